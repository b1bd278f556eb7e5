"""How opening, memory and answers grow with the number of plans, over made corpora (eval.made).

Each corpus is made in one process and measured in another: a process's peak memory never falls
below what its parent held, so this one stays small.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import InputError

ROOT = Path(__file__).resolve().parent.parent
CHILD = "from eval.scale import child; child()"
ASKED = 60  # questions asked with a place and as many without: a median to some 5%
STRIDE = 37  # asked are every so many plans in turn, so that few are asked twice


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured over so many plans; times are of warm answers, in milliseconds."""

    plans: int
    clauses: int
    index_mb: float
    open_s: float
    memory_mb: float
    named_ms: float
    named_p95_ms: float
    unnamed_ms: float
    unnamed_p95_ms: float


def table(sizes: Sequence[Size]) -> Iterator[str]:
    """The sizes as a Markdown table, one row each."""
    yield (
        "| plans | clauses | index | opening | memory | a place named, median / 95th percentile "
        "| no place named |"
    )
    yield "|---|---|---|---|---|---|---|"
    for s in sizes:
        yield (
            f"| {s.plans:,} | {s.clauses:,} | {s.index_mb:.0f} MB | {s.open_s:.1f} s "
            f"| {s.memory_mb:.0f} MB | {s.named_ms:.0f} / {s.named_p95_ms:.0f} ms "
            f"| {s.unnamed_ms:.0f} / {s.unnamed_p95_ms:.0f} ms |"
        )


def grow(places: Namespace, gold: Sequence[Path], sizes: Sequence[int]) -> Iterator[Size]:
    """Makes and measures a corpus of each size; yields each as soon as it is measured.

    Raises InputError where a process fails.
    """
    where = {k: str(v.resolve()) if v else "" for k, v in _places(places)}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="tiaowen-scale-") as folder:
            job = {**where, "encoder": places.encoder, "folder": folder, "size": size}
            _child({**job, "do": "make"})
            said = _child({**job, "do": "measure", "gold": [str(p.resolve()) for p in gold]})
            yield Size(**json.loads(said))


def _places(places: Namespace) -> tuple[tuple[str, Path | None], ...]:
    return ("corpus", places.corpus), ("index", places.index)


def _child(job: dict[str, object]) -> str:
    """Does the job in a process of its own; what it printed last."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        cwd=ROOT, input=json.dumps(job), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise InputError((done.stderr.strip().splitlines() or ["a process failed"])[-1])
    return done.stdout


def child() -> None:
    """The other process: reads its job from stdin, prints what it measured."""
    job = json.load(sys.stdin)
    folder = Path(job["folder"])
    if job["do"] == "make":
        from eval.made import make

        given = {k: Path(job[k]) if job[k] else None for k in ("corpus", "index")}
        make(Namespace(**given, encoder=job["encoder"]), folder, job["size"])
    else:
        print(json.dumps(asdict(measure(folder, job["encoder"], [Path(p) for p in job["gold"]]))))


def measure(folder: Path, encoder: str, gold: Sequence[Path]) -> Size:
    """Opens the made index of the folder in this process and asks it."""
    import resource

    from eval.statistics import percentile
    from rag.cli import open_assistant

    places = Namespace(corpus=folder / "corpus", index=folder / "index", encoder=encoder)
    began = time.perf_counter()
    assistant = open_assistant(places)
    opened = time.perf_counter() - began
    plans = assistant.index.plans
    times: dict[bool, list[float]] = {True: [], False: []}
    for named, text in _questions(gold, [p.place for p in plans]):
        times[named].append(assistant.ask(text).latency_ms)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Size(
        plans=len(plans),
        clauses=sum(len(p.clauses) for p in plans),
        index_mb=sum(p.stat().st_size for p in places.index.rglob("*") if p.is_file()) / 1e6,
        open_s=opened,
        memory_mb=peak / (1e6 if sys.platform == "darwin" else 1e3),
        named_ms=percentile(times[True], 0.5),
        named_p95_ms=percentile(times[True], 0.95),
        unnamed_ms=percentile(times[False], 0.5),
        unnamed_p95_ms=percentile(times[False], 0.95),
    )


def _questions(gold: Sequence[Path], places: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """Gold questions that name one place: with one of the places there, and with none.

    Whether a place is named, and the question. Held questions are left alone.
    """
    from eval.gold import read_gold

    found = [
        (g.question, name)
        for g in read_gold([p for p in gold if ".held." not in p.name])
        if not g.history and len(names := [p for p in places if p and p in g.question]) == 1
        for name in names
    ]
    if not found:
        raise InputError("no gold question names a place of the corpus")
    every = max(1, len(found) // ASKED)
    for n, (text, name) in enumerate(found[::every][:ASKED]):
        yield True, text.replace(name, places[n * STRIDE % len(places)] or name)
        yield False, text.replace(name, "")
