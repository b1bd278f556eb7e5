"""How opening, memory, answers and changes grow with the number of plans, over made corpora.

One corpus grows from size to size (eval.made), so the index of each size has come about in pieces,
as a living index does. Each is made in one process, measured in another and changed in a third: a
process's peak memory never falls below what its parent held, so this one stays small.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from index.errors import InputError

if TYPE_CHECKING:
    from rag.assistant import Assistant

ROOT = Path(__file__).resolve().parent.parent
CHILD = "from eval.scale import child; child()"
ASKED = 60  # questions asked with a place and as many without: a median to some 5%
STRIDE = 37  # asked are every so many plans in turn, so that few are asked twice


ADDED = 3  # plans added to each size, one by one
RECALLED = 30  # questions of which it is looked at what approximate search misses


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured over so many plans; times are of warm answers, in milliseconds.

    `per_s` are plans read and written a second, `add_s` seconds to add one more; embedding, which
    takes a passage's length of time whatever else there is, is in neither. `open_mb` is memory once
    opened, `memory_mb` its peak after the questions. Where search for the nearest vectors is
    approximate, `recall` is the share it finds of the 40 nearest passages, and `chosen` how much of
    the score of the plans that comparing every passage would choose those that are chosen reach.
    """

    plans: int
    clauses: int
    per_s: float
    index_mb: float
    open_s: float
    open_mb: float
    memory_mb: float
    named_ms: float
    named_p95_ms: float
    unnamed_ms: float
    unnamed_p95_ms: float
    recall: float | None = None
    chosen: float | None = None
    add_s: float = 0.0


def table(sizes: Sequence[Size]) -> Iterator[str]:
    """The sizes as a Markdown table, one row each."""
    yield (
        "| plans | clauses | built, plans/s | index | bytes a clause | opening "
        "| memory, opened / peak | a place named, median / 95th percentile | no place named "
        "| one plan added | nearest found / score of plans chosen |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for s in sizes:
        lost = "all" if s.recall is None else f"{s.recall:.1%} / {s.chosen:.1%}"
        yield (
            f"| {s.plans:,} | {s.clauses:,} | {s.per_s:.1f} | {s.index_mb:.0f} MB "
            f"| {s.index_mb * 1e6 / max(s.clauses, 1):,.0f} | {s.open_s:.1f} s "
            f"| {s.open_mb:.0f} / {s.memory_mb:.0f} MB "
            f"| {s.named_ms:.0f} / {s.named_p95_ms:.0f} ms "
            f"| {s.unnamed_ms:.0f} / {s.unnamed_p95_ms:.0f} ms | {s.add_s:.1f} s | {lost} |"
        )


def grow(places: Namespace, gold: Sequence[Path], sizes: Sequence[int]) -> Iterator[Size]:
    """Makes and measures a corpus of each size; yields each as soon as it is measured.

    Raises InputError where a process fails.
    """
    where = {k: str(v.resolve()) if v else "" for k, v in _places(places)}
    with tempfile.TemporaryDirectory(prefix="tiaowen-scale-") as folder:
        for size in sorted(set(sizes)):
            job = {**where, "encoder": places.encoder, "folder": folder, "size": size}
            made = json.loads(_child({**job, "do": "make"}))
            told = {"gold": [str(p.resolve()) for p in gold], "per_s": made["per_s"]}
            found = Size(**json.loads(_child({**job, **told, "do": "measure"})))
            added = json.loads(_child({**job, "do": "add"}))
            yield replace(found, add_s=added["add_s"])


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
    given = {k: Path(job[k]) if job[k] else None for k in ("corpus", "index")}
    real = Namespace(**given, encoder=job["encoder"])
    if job["do"] == "make":
        from eval.made import make

        print(json.dumps({"per_s": make(real, folder, job["size"])}))
    elif job["do"] == "add":
        print(json.dumps({"add_s": _adding(real, folder, job["size"])}))
    else:
        found = measure(folder, job["encoder"], [Path(p) for p in job["gold"]], job["per_s"])
        print(json.dumps(asdict(found)))


def _adding(real: Namespace, folder: Path, size: int) -> float:
    """Seconds to add a plan: the median of some, which are removed again."""
    from eval.made import MovedEncoder, more
    from index.build import add, remove
    from rag.cli import open_assistant

    encoder = MovedEncoder(open_assistant(real).index)
    corpus, index = folder / "corpus", folder / "index"
    times = []
    paths = [folder / f"y{n}.txt" for n in range(ADDED)]
    for path, text in zip(paths, more(real, size, ADDED), strict=True):
        path.write_text(text, "utf-8")
        began = time.perf_counter()
        add([path], corpus, index, encoder, progress=False)
        times.append(time.perf_counter() - began)
    remove([path.stem for path in paths], corpus, index, encoder, progress=False)
    return median(times)


def _memory() -> float:
    """The peak of this process's memory so far, in MB."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def measure(folder: Path, encoder: str, gold: Sequence[Path], per_s: float) -> Size:
    """Opens the made index of the folder in this process and asks it."""
    from eval.statistics import percentile
    from rag.cli import open_assistant

    places = Namespace(corpus=folder / "corpus", index=folder / "index", encoder=encoder)
    began = time.perf_counter()
    assistant = open_assistant(places)
    opened, open_mb = time.perf_counter() - began, _memory()
    index = assistant.index
    questions = list(_questions(gold, [c.place for c in index.held_index().cards]))
    times: dict[bool, list[float]] = {True: [], False: []}
    for named, text in questions:
        times[named].append(assistant.ask(text).latency_ms)
    peak = _memory()
    unnamed = [text for named, text in questions if not named][:RECALLED]
    recall, chosen = _missed(assistant, unnamed) if index.dense.approximate else (None, None)
    return Size(
        plans=len(index.plans),
        clauses=index.literal_index().entries,
        per_s=per_s,
        index_mb=sum(p.stat().st_size for p in places.index.rglob("*") if p.is_file()) / 1e6,
        open_s=opened,
        open_mb=open_mb,
        memory_mb=peak,
        named_ms=percentile(times[True], 0.5),
        named_p95_ms=percentile(times[True], 0.95),
        unnamed_ms=percentile(times[False], 0.5),
        unnamed_p95_ms=percentile(times[False], 0.95),
        recall=recall,
        chosen=chosen,
    )


def _missed(assistant: Assistant, questions: Sequence[str]) -> tuple[float, float]:
    """The share of the nearest passages that is found, and of the best plans' scores."""
    import numpy as np

    from rag.choice import PLANS_ASKED
    from rag.near import NEAREST
    from rag.search import Searcher

    index = assistant.index
    exact = replace(index, dense=index.dense.exact())
    searchers = [Searcher(i, assistant.encoder) for i in (index, exact)]
    ids = [c.id for c in index.held_index().cards]
    passages, plans = [], []
    for text in questions:
        question = assistant.understand(text)
        vector = assistant.encoder.encode_query([question.searched])[0]
        best = np.argsort(-exact.dense.scores(vector), kind="stable")[:NEAREST]
        rows = index.dense.nearest(vector, NEAREST)
        passages.append(np.isin(best, rows).mean())
        found = (s.rank(question, ids, PLANS_ASKED).values() for s in searchers)
        some, every = (sum(hits[0].score for hits in of) for of in found)
        plans.append(some / every)
    return float(np.mean(passages)), float(np.mean(plans))


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
