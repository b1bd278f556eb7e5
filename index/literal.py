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

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays
from index.passages import body_span
from index.plan import Clause, Passage, Plan
from index.postings import GONE, NONE, Offsets, Postings, Rows, renumbered, starts_of
from index.reading import Reading
from index.tokens import tokens

SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
LEVELS = ("own", "title", "whole", "sentence")
TABLES = ("spans", "sentence_starts", "passage_starts", "plan_starts")


class Literal(Protocol):
    """What search asks of literal search, whether its plans lie in one segment or in several.

    Entries of plan p are plan_starts[p]:plan_starts[p + 1]; the sentences of entry e are
    sentence_starts[e]:sentence_starts[e + 1] and its passages likewise.
    """

    @property
    def plan_starts(self) -> Offsets: ...
    @property
    def sentence_starts(self) -> Offsets: ...
    @property
    def passage_starts(self) -> Offsets: ...
    @property
    def entries(self) -> int:
        """How many entries there are."""

    def holding(self, level: str, token: str, lo: int, hi: int) -> Rows:
        """The rows lo to hi of the level that hold the token, ascending, counted from lo."""

    def having(self, level: str, token: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows of the level, ascending, hold the token."""

    def spread(self, token: str) -> int:
        """How many entries hold the token in heading or words."""

    def sentences(self, entry: int) -> Rows:
        """A row a sentence of the entry: start and end in the source, start and end in the reading
        text, first and last of its passages, or -1 and -1."""


@dataclass(frozen=True, slots=True)
class LiteralIndex:
    """The literal search of one segment; `spans` has the rows that `sentences` gives."""

    words: Mapping[str, int]
    levels: Mapping[str, Postings]
    spans: Rows
    sentence_starts: Offsets
    passage_starts: Offsets
    plan_starts: Offsets

    def holding(self, level: str, token: str, lo: int, hi: int) -> Rows:
        """See `Literal`."""
        at = self.words.get(token)
        if at is None:
            return NONE
        rows = self.levels[level].of(at)
        first, last = np.searchsorted(rows, (lo, hi))
        return rows[first:last] - lo if lo else rows[first:last]

    def having(self, level: str, token: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """See `Literal`."""
        at = self.words.get(token)
        held = NONE if at is None else self.levels[level].of(at)
        if not len(held):
            return np.zeros(len(rows), dtype=np.bool_)
        places = np.minimum(np.searchsorted(held, rows), len(held) - 1)
        found: NDArray[np.bool_] = held[places] == rows
        return found

    def spread(self, token: str) -> int:
        """See `Literal`."""
        at = self.words.get(token)
        return 0 if at is None else len(self.levels["whole"].of(at))

    def sentences(self, entry: int) -> Rows:
        """See `Literal`."""
        return self.spans[self.sentence_starts[entry] : self.sentence_starts[entry + 1]]

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return int(self.plan_starts[-1])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All but the words, by name, as a segment keeps them."""
        found: dict[str, NDArray[Any]] = {name: getattr(self, name) for name in TABLES}
        for name, level in self.levels.items():
            found[f"{name}_starts_"], found[f"{name}_rows_"] = level.starts, level.rows
        return found

    @classmethod
    def of(cls, words: Sequence[str], arrays: Arrays) -> LiteralIndex:
        """From what `arrays` gave. Raises KeyError where something is missing."""
        levels = {n: Postings(arrays[f"{n}_starts_"], arrays[f"{n}_rows_"]) for n in LEVELS}
        return cls({w: n for n, w in enumerate(words)}, levels, *(arrays[t] for t in TABLES))


class JoinedLiteral:
    """Several segments' literal search as one: their live plans one behind the other.

    Where plans of a segment are dead, its rows are numbered anew over the live ones.
    """

    def __init__(self, parts: Sequence[tuple[LiteralIndex, NDArray[np.bool_]]]) -> None:
        self._parts = [part for part, _ in parts]
        self._new: dict[str, list[NDArray[np.int64] | None]] = {"whole": [], "sentence": []}
        self._bounds: dict[str, list[int]] = {"whole": [0], "sentence": [0]}
        sizes: list[list[NDArray[np.int64]]] = [[], [], []]
        # by part: the own number of each live entry and sentence
        self._own: dict[str, list[NDArray[np.int64]]] = {"whole": [], "sentence": []}
        for part, live in parts:
            entries = np.repeat(live, np.diff(part.plan_starts))
            sentences = np.repeat(entries, np.diff(part.sentence_starts))
            for level, stays in (("whole", entries), ("sentence", sentences)):
                self._new[level].append(None if live.all() else renumbered(stays, 0))
                self._bounds[level].append(self._bounds[level][-1] + int(stays.sum()))
                self._own[level].append(np.flatnonzero(stays))
            starts = part.plan_starts, part.sentence_starts, part.passage_starts
            for into, of, stays in zip(sizes, starts, (live, entries, entries), strict=True):
                into.append(np.diff(of)[stays])
        self.plan_starts, self.sentence_starts, self.passage_starts = (
            starts_of(np.concatenate(of)) for of in sizes
        )

    @property
    def entries(self) -> int:
        """How many live entries there are."""
        return int(self.plan_starts[-1])

    def holding(self, level: str, token: str, lo: int, hi: int) -> Rows:
        """See `Literal`."""
        kind = "sentence" if level == "sentence" else "whole"
        bounds, found = self._bounds[kind], []
        for n in range(bisect_right(bounds, lo) - 1, len(self._parts)):
            start, end = bounds[n], bounds[n + 1]
            if start >= hi:
                break
            first, last = max(lo - start, 0), min(hi, end) - start
            rows = self._of(n, kind, level, token, first, last)
            found.append(rows + (start + first - lo) if start + first > lo else rows)
        if len(found) == 1:
            return found[0]
        return np.concatenate(found) if found else NONE

    def _of(self, n: int, kind: str, level: str, token: str, first: int, last: int) -> Rows:
        part, new = self._parts[n], self._new[kind][n]
        if new is None:
            return part.holding(level, token, first, last)
        at = part.words.get(token)
        if at is None:
            return NONE
        numbers = new[part.levels[level].of(at)]
        wanted = numbers[(numbers >= first) & (numbers < last)] - first
        return wanted.astype(np.int32)

    def having(self, level: str, token: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """See `Literal`."""
        kind = "sentence" if level == "sentence" else "whole"
        ends = np.searchsorted(rows, self._bounds[kind])
        found = [np.zeros(0, dtype=np.bool_)]
        for n, part in enumerate(self._parts):
            if ends[n] < ends[n + 1]:
                local = rows[ends[n] : ends[n + 1]] - self._bounds[kind][n]
                found.append(part.having(level, token, self._own[kind][n][local]))
        return np.concatenate(found)

    def spread(self, token: str) -> int:
        """See `Literal`."""
        return sum(map(len, (self._whole(n, token) for n in range(len(self._parts)))))

    def _whole(self, n: int, token: str) -> NDArray[Any]:
        part, new = self._parts[n], self._new["whole"][n]
        at = part.words.get(token)
        if at is None:
            return NONE
        rows = part.levels["whole"].of(at)
        return rows if new is None else rows[new[rows] != GONE]

    def sentences(self, entry: int) -> Rows:
        """See `Literal`."""
        n = bisect_right(self._bounds["whole"], entry) - 1
        own = int(self._own["whole"][n][entry - self._bounds["whole"][n]])
        found = self._parts[n].sentences(own).copy()
        # its passages have other numbers here: the entry's first one tells by how much
        moved = int(self.passage_starts[entry] - self._parts[n].passage_starts[own])
        found[found[:, 4] >= 0, 4:] += moved
        return found


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
        {name: Postings.build(held, len(words)) for name, held in collected.held.items()},
        np.array(collected.spans, dtype=np.int32).reshape(-1, 6),
        sizes[:, 0].copy(),
        sizes[:, 1].copy(),
        np.array(starts, dtype=np.int64),
    )


class _Collected:
    """What was read of the entries so far; `counts` are each one's sentences and passages."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.held: dict[str, list[set[int]]] = {name: [] for name in LEVELS}
        self.spans: list[tuple[int, ...]] = []
        self.counts: list[tuple[int, int]] = []
        self._rows = 0

    def add(self, plan: Plan, clause: Clause, reading: Reading, ends: Sequence[int]) -> None:
        """Adds an entry; `ends` are where its passages end in the source."""
        title = self._numbers("\n".join(headings(plan, clause)))
        whole = set(title)
        spans = list(_sentences(reading, clause, ends, self._rows))
        for _, _, lo, hi, *_ in spans:
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
) -> Iterator[tuple[int, ...]]:
    """The clause's sentences; each lies in the passages that end after it begins, up to its end."""
    start, end = body_span(reading, clause)
    last = len(ends) - 1
    for m in SENTENCE.finditer(reading.text, start, end):
        lo, hi = reading.to_source(*m.span())
        first = next((n for n, stop in enumerate(ends) if lo < stop), last)
        until = next((n for n, stop in enumerate(ends) if hi <= stop), last)
        yield lo, hi, *m.span(), *((row + first, row + until) if ends else (-1, -1))
