"""Speed and size, measured as a user meets them: whole processes, then a warm one.

Whole processes are started and waited for with os.wait4, which gives each one's own peak memory.
A child's peak never falls below what its parent held when it was started, so this module and
whatever leads here stay small: nothing of the program is loaded until the processes are measured
but the gold questions, whose faults are to be told before a minute of measuring (50 MB in all; the
smallest process takes 100).
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from index.errors import IndexMissing, InputError

if TYPE_CHECKING:
    from eval.gold import Gold

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("torch", "sentence_transformers", "gradio", "langchain")
# A question that takes the whole way: place, search, duty note, check. It names no place.
QUESTION = "智慧助老由谁牵头"
PROBE = "import sys; from rag.cli import main; main(sys.argv[1:]); print(*sys.modules)"


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured. Of `ask` medians over `runs` processes; `build` is one process."""

    machine: str
    runs: int
    ask_s: float
    ask_min_s: float
    ask_mb: float
    warm_n: int
    warm_ms: float
    warm_p95_ms: float
    build_s: float
    build_mb: float
    imported: tuple[str, ...]

    def lines(self) -> list[str]:
        """The figures as text, one a line."""
        loaded = ", ".join(self.imported) or "none"
        return [
            f"machine                 {self.machine}",
            f"ask, whole process      {self.ask_s:.2f} s (fastest {self.ask_min_s:.2f} s), "
            f"peak {self.ask_mb:.0f} MB, median of {self.runs}",
            f"ask, warm               median {self.warm_ms:.0f} ms, 95th percentile "
            f"{self.warm_p95_ms:.0f} ms, {self.warm_n} questions",
            f"build                   {self.build_s:.1f} s, peak {self.build_mb:.0f} MB",
            f"imported on the way     {loaded} (of {', '.join(HEAVY)})",
        ]


def measure(places: Namespace, gold: Sequence[Path], runs: int) -> Bench:
    """Runs the whole benchmark. Raises InputError or IndexMissing where a process fails."""
    from eval.gold import read_gold

    questions = list(read_gold(gold))
    where = _options(places)
    ask = [sys.executable, "-m", "rag", "ask", *where, QUESTION]
    _process(ask)  # the first one reads from disk what later ones find in memory
    asked = [_process(ask) for _ in range(runs)]
    imported = _imported(where)
    with tempfile.TemporaryDirectory(prefix="tiaowen-bench-") as folder:
        built = _process(
            [sys.executable, "-m", "rag", "build", *_options(places, index=Path(folder))]
        )
    times = _warm(places, questions)
    from eval.statistics import percentile

    return Bench(
        machine=f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        runs=runs,
        ask_s=median(s for s, _ in asked),
        ask_min_s=min(s for s, _ in asked),
        ask_mb=median(mb for _, mb in asked),
        warm_n=len(times),
        warm_ms=percentile(times, 0.5),
        warm_p95_ms=percentile(times, 0.95),
        build_s=built[0],
        build_mb=built[1],
        imported=imported,
    )


def save(bench: Bench, path: Path) -> None:
    """Writes the result as JSON."""
    path.write_text(json.dumps(asdict(bench), indent=2) + "\n", "utf-8")


def load(path: Path) -> Bench:
    """A saved result. Raises InputError for a file that is none."""
    try:
        data = json.loads(path.read_text("utf-8"))
        names = {f.name for f in fields(Bench)}
        if set(data) != names:
            raise InputError(f"{path} is no result of: python -m eval bench --out FILE")
        return Bench(**{**data, "imported": tuple(data["imported"])})
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except (TypeError, ValueError) as error:
        raise InputError(f"{path} is no result of: python -m eval bench --out FILE") from error


def _options(places: Namespace, index: Path | None = None) -> list[str]:
    """The places as options of the command line, absolute, since processes start in ROOT."""
    found: list[str] = []
    for name, value in (("--corpus", places.corpus), ("--index", index or places.index)):
        if value:
            found += [name, str(value.resolve())]
    return found + (["--encoder", places.encoder] if places.encoder else [])


def _process(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of a process run to its end."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            errors.seek(0)
            _fail(child.returncode, errors.read().decode("utf-8", "replace"))
    scale = 1e6 if sys.platform == "darwin" else 1e3  # ru_maxrss is in bytes there, in kB elsewhere
    return seconds, usage.ru_maxrss / scale


def _imported(where: Sequence[str]) -> tuple[str, ...]:
    """Which of HEAVY an `ask` has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, "ask", *where, QUESTION],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        _fail(done.returncode, done.stderr)
    loaded = {name.split(".")[0] for name in done.stdout.split("\n")[-2].split()}
    return tuple(name for name in HEAVY if name in loaded)


def _fail(code: int, said: str) -> None:
    last = (said.strip().splitlines() or [f"exit code {code}"])[-1].removeprefix("tiaowen: ")
    raise IndexMissing(last) if code == IndexMissing.exit_code else InputError(last)


def _warm(places: Namespace, questions: Sequence[Gold]) -> list[float]:
    """Milliseconds a question in one process, after one that warms it up."""
    from eval.runner import answer
    from eval.systems.tiaowen import Tiaowen
    from rag.cli import open_assistant

    assistant = open_assistant(places)
    assistant.ask(QUESTION)
    system = Tiaowen(assistant)
    return [answer(system, question).latency_ms for question in questions]
