"""Literal search by clause: which clauses and sentences hold a token, looked up instead of walked.

Every clause that can be found (all but the root and the printing line) is an *entry*; entries,
their sentences and their passages are numbered through all plans in text order, so that a plan is
one range of each. For each of four levels a token has the ascending numbers of what holds it:

  own       entries, by their own heading
  title     entries, by their heading and the one above
  whole     entries, by these headings and their own words
  sentence  sentences, by their words

Whatever asks how much of a question each clause carries then adds up a few arrays, whose length is
that of the plans asked, instead of visiting every clause. The arrays are made when the index is
built and only read afterwards.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.passages import body_span
from index.plan import Clause, Passage, Plan
from index.reading import Reading
from index.tokens import tokens

Rows = NDArray[np.int32]
Offsets = NDArray[np.int64]

SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
LEVELS = ("own", "title", "whole", "sentence")
TABLES = ("spans", "sentence_starts", "passage_starts", "plan_starts")
WORDS = "words.json"


@dataclass(frozen=True, slots=True)
class Level:
    """Token number t is held by rows[starts[t]:starts[t + 1]], ascending, each once."""

    starts: Offsets
    rows: Rows

    @classmethod
    def build(cls, held: Sequence[Collection[int]], words: int) -> Level:
        """From the distinct token numbers of every row."""
        sizes = [len(h) for h in held]
        flat = np.fromiter((t for h in held for t in h), dtype=np.int32, count=sum(sizes))
        rows = np.repeat(np.arange(len(held), dtype=np.int32), sizes)
        order = np.argsort(flat, kind="stable")  # keeps the rows of a token ascending
        starts = np.zeros(words + 1, dtype=np.int64)
        np.cumsum(np.bincount(flat, minlength=words), out=starts[1:])
        return cls(starts, rows[order])


@dataclass(frozen=True, slots=True)
class LiteralIndex:
    """The levels, and how plans, entries, sentences and passages are numbered.

    Entries of plan p are plan_starts[p]:plan_starts[p + 1]; the sentences of entry e are
    sentence_starts[e]:sentence_starts[e + 1] and its passages likewise. A row of `spans` is a
    sentence: start and end in the source, start and end in the reading text, passage row or -1.
    """

    words: Mapping[str, int]
    levels: Mapping[str, Level]
    spans: Rows
    sentence_starts: Offsets
    passage_starts: Offsets
    plan_starts: Offsets

    def holding(self, level: str, token: str, lo: int, hi: int) -> Rows:
        """The rows lo to hi of the level that hold the token, ascending, counted from lo."""
        at = self.words.get(token)
        if at is None:
            return NONE
        of = self.levels[level]
        rows = of.rows[of.starts[at] : of.starts[at + 1]]
        first, last = np.searchsorted(rows, (lo, hi))
        return rows[first:last] - lo if lo else rows[first:last]

    def spread(self, token: str) -> int:
        """How many entries hold the token in heading or words."""
        at = self.words.get(token)
        if at is None:
            return 0
        starts = self.levels["whole"].starts
        return int(starts[at + 1] - starts[at])

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return int(self.plan_starts[-1])

    def save(self, folder: Path) -> None:
        """Writes the arrays and the words into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in LEVELS:
            np.save(folder / f"{name}-starts.npy", self.levels[name].starts, allow_pickle=False)
            np.save(folder / f"{name}-rows.npy", self.levels[name].rows, allow_pickle=False)
        for name in TABLES:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        words = sorted(self.words, key=self.words.__getitem__)
        (folder / WORDS).write_text(json.dumps(words, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> LiteralIndex:
        """Raises ValueError or OSError where a file is missing or of another kind."""

        def array(name: str) -> Any:
            return mapped(folder / f"{name}.npy")

        words = json.loads((folder / WORDS).read_text("utf-8"))
        levels = {n: Level(array(f"{n}-starts"), array(f"{n}-rows")) for n in LEVELS}
        tables = [array(t) for t in TABLES]
        return cls({w: n for n, w in enumerate(words)}, levels, *tables)


def mapped(path: Path) -> Any:
    """A saved array that stays on disk: of a large one a question touches little.

    Raises ValueError or OSError where the file is missing or of another kind.
    """
    return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)


NONE: Rows = np.zeros(0, dtype=np.int32)


def searched(plan: Plan) -> list[Clause]:
    """The clauses of a plan that can be found, in text order."""
    return [c for c in plan.clauses if c.level not in ("plan", "tail")]


def headings(plan: Plan, clause: Clause) -> list[str]:
    """The clause's own heading and the one above."""
    return [c.title for c in (clause, *plan.ancestors(clause)) if c.level != "plan"][:2]


def build_literal(
    plans: Sequence[Plan], readings: Mapping[str, Reading], passages: Sequence[Passage]
) -> LiteralIndex:
    """From the plans of an index, in its order; `passages` follow the order of the clauses."""
    ends: dict[str, list[int]] = {}
    for passage in passages:
        ends.setdefault(passage.clause, []).append(passage.end)
    collected = _Collected()
    starts = [0]
    for plan in plans:
        for clause in searched(plan):
            collected.add(plan, clause, readings[plan.id], ends.get(clause.id, []))
        starts.append(len(collected.counts))
    sizes = np.zeros((len(collected.counts) + 1, 2), dtype=np.int64)
    np.cumsum(np.array(collected.counts).reshape(-1, 2), axis=0, out=sizes[1:])
    words = collected.words
    return LiteralIndex(
        words,
        {name: Level.build(held, len(words)) for name, held in collected.held.items()},
        np.array(collected.spans, dtype=np.int32).reshape(-1, 5),
        sizes[:, 0].copy(),
        sizes[:, 1].copy(),
        np.array(starts, dtype=np.int64),
    )


class _Collected:
    """What was read of the entries so far; `counts` are each one's sentences and passages."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.held: dict[str, list[set[int]]] = {name: [] for name in LEVELS}
        self.spans: list[tuple[int, int, int, int, int]] = []
        self.counts: list[tuple[int, int]] = []
        self._rows = 0

    def add(self, plan: Plan, clause: Clause, reading: Reading, ends: Sequence[int]) -> None:
        """Adds an entry; `ends` are where its passages end in the source."""
        title = self._numbers("\n".join(headings(plan, clause)))
        whole = set(title)
        spans = list(_sentences(reading, clause, ends, self._rows))
        for _, _, lo, hi, _ in spans:
            said = self._numbers(reading.text[lo:hi])
            self.held["sentence"].append(said)
            whole |= said
        self.held["own"].append(self._numbers(clause.title))
        self.held["title"].append(title)
        self.held["whole"].append(whole)
        self.spans += spans
        self.counts.append((len(spans), len(ends)))
        self._rows += len(ends)

    def _numbers(self, text: str) -> set[int]:
        return {self.words.setdefault(t, len(self.words)) for t in tokens(text)}


def _sentences(
    reading: Reading, clause: Clause, ends: Sequence[int], row: int
) -> Iterator[tuple[int, int, int, int, int]]:
    """The clause's sentences; each belongs to the first passage that ends after it begins."""
    start, end = body_span(reading, clause)
    for m in SENTENCE.finditer(reading.text, start, end):
        span = reading.to_source(*m.span())
        at = next((n for n, stop in enumerate(ends) if span[0] < stop), len(ends) - 1)
        yield *span, *m.span(), row + at if ends else -1
