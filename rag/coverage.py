"""How much of a question every clause carries, for many clauses at once.

The same sums as for a single set of words (`carried`, `Searcher.coverage`), term by term in the
same order, over the arrays of `index.literal`: a question costs a few array operations a word,
whatever the number of clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.literal import Literal
from index.postings import NONE, Rows, starts_of
from index.tokens import bigrams
from rag.question import Concept

Shares = NDArray[np.float64]
LAY_SHARE = 0.9  # a plan word standing for the lay word said


@lru_cache(maxsize=20_000)
def pairs_of(word: str) -> frozenset[str]:
    """The tokens by which a word is told to stand somewhere."""
    return frozenset(bigrams(word) or [word])


def carried(concept: Concept, pairs: frozenset[str]) -> float:
    """How far the pairs carry the concept: the share of what was said, or a whole plan word."""
    said = pairs_of(concept.said)
    share = sum(p in pairs for p in said) / len(said)
    if share < LAY_SHARE and any(pairs_of(w) <= pairs for w in concept.carriers):
        return LAY_SHARE
    return share


def coverage(
    literal: Literal,
    level: str,
    span: tuple[int, int],
    concepts: Sequence[Concept],
    weights: Mapping[str, float],
) -> Shares:
    """Share of the concepts' weight, 0 to 1, that each row of the span carries."""
    lo, hi = span
    found: Shares = np.zeros(hi - lo)
    for concept in concepts:
        rows, share = _carried(literal, level, lo, hi, concept)
        found[rows] += weights[concept.said] * share
    return found / (sum(weights.values()) or 1.0)


def coverage_of(
    present: Callable[[str], NDArray[np.bool_]],
    rows: int,
    concepts: Sequence[Concept],
    weights: Mapping[str, float],
) -> Shares:
    """The same for so many rows of which it is known, by token, whether each holds it."""
    found: Shares = np.zeros(rows)
    for concept in concepts:
        said = pairs_of(concept.said)
        share: Shares = np.zeros(rows)
        for pair in said:
            share += present(pair)
        share /= len(said)
        for word in concept.carriers:
            whole = np.all([present(pair) for pair in pairs_of(word)], axis=0)
            share[whole & (share < LAY_SHARE)] = LAY_SHARE
        found += weights[concept.said] * share
    return found / (sum(weights.values()) or 1.0)


def _carried(
    literal: Literal, level: str, lo: int, hi: int, concept: Concept
) -> tuple[Rows | slice, Shares | float]:
    """Rows that carry the concept, and how far; all other rows do not carry it."""
    said = pairs_of(concept.said)
    held = [literal.holding(level, pair, lo, hi) for pair in said]
    others = concept.carriers
    if len(held) == 1 and not others:
        return held[0], 1.0
    share: Shares = np.zeros(hi - lo)
    for rows in held:
        share[rows] += 1
    share /= len(held)
    for word in others:
        rows = _together([literal.holding(level, pair, lo, hi) for pair in pairs_of(word)])
        share[rows[share[rows] < LAY_SHARE]] = LAY_SHARE
    return slice(None), share


def _together(held: list[Rows]) -> Rows:
    """The rows that stand in every list; each list ascends."""
    held.sort(key=len)
    rows = held[0]
    for other in held[1:]:
        if not len(rows):
            return NONE
        at = np.searchsorted(other, rows)
        at[at == len(other)] = 0
        rows = rows[other[at] == rows]
    return rows


def largest(values: NDArray[np.floating], starts: NDArray[np.int64]) -> Shares:
    """The largest value of each stretch values[starts[i]:starts[i + 1]]; 0 for an empty one."""
    found: Shares = np.zeros(len(starts) - 1)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        # the stretches left out are empty, so each filled one reaches to the next filled one
        found[filled] = np.maximum.reduceat(values, starts[filled])
    return found


def ranges(
    starts: NDArray[np.int64], of: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers from starts[i] to starts[i + 1] for each i of `of`, and where each begins."""
    sizes = starts[of + 1] - starts[of]
    ends = starts_of(sizes)
    return np.arange(ends[-1]) + np.repeat(starts[of] - ends[:-1], sizes), ends


def neighbours(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as ranges, end exclusive; repeats are allowed."""
    at = 0
    while at < len(numbers):
        first = last = numbers[at]
        while at < len(numbers) and numbers[at] <= last + 1:
            last = numbers[at]
            at += 1
        yield first, last + 1
