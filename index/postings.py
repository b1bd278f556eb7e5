"""Which rows hold a key: lists of ascending row numbers, end to end in one array."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Offsets = NDArray[np.int64]
NONE: Rows = np.zeros(0, dtype=np.int32)
GONE = -1  # the new number of a row that is left out


@dataclass(frozen=True, slots=True)
class Postings:
    """Key number k is held by rows[starts[k]:starts[k + 1]], ascending, each once."""

    starts: Offsets
    rows: Rows

    @classmethod
    def build(cls, held: Sequence[Collection[int]], keys: int) -> Postings:
        """From the distinct key numbers of every row."""
        sizes = [len(h) for h in held]
        flat = np.fromiter((t for h in held for t in h), dtype=np.int32, count=sum(sizes))
        rows = np.repeat(np.arange(len(held), dtype=np.int32), sizes)
        order = np.argsort(flat, kind="stable")  # keeps the rows of a key ascending
        return cls(starts_of(np.bincount(flat, minlength=keys)), rows[order])

    def of(self, key: int) -> Rows:
        """The rows that hold the key."""
        return self.rows[self.starts[key] : self.starts[key + 1]]


@dataclass(frozen=True, slots=True)
class Part:
    """Postings to be merged: the new number of each key and of each row (`GONE`: left out)."""

    postings: Postings
    keys: NDArray[np.int64]
    rows: NDArray[np.int64]


def merged(parts: Sequence[Part], keys: int, *beside: Sequence[NDArray[Any]]) -> list[Any]:
    """The postings of all parts under `keys` keys, and the arrays `beside`, one a posting.

    The rows of a part must be numbered behind those of the parts before, in their old order.
    """
    sizes = np.zeros(keys, dtype=np.int64)
    for part in parts:
        sizes += np.bincount(_moved(part)[0], minlength=keys)
    starts = starts_of(sizes)
    joined: Rows = np.zeros(starts[-1], dtype=np.int32)
    others = [np.zeros(starts[-1], dtype=of[0].dtype) for of in beside]
    at = starts[:-1].copy()
    for n, part in enumerate(parts):  # a second time, for holding all at once takes gigabytes
        key, numbers, stays = _moved(part)
        first = np.flatnonzero(np.diff(key, prepend=-1))  # a key's postings stand together
        within = np.arange(len(key)) - np.repeat(first, np.diff(first, append=len(key)))
        to = at[key] + within
        joined[to] = numbers
        for other, of in zip(others, beside, strict=True):
            other[to] = of[n][stays]
        at += np.bincount(key, minlength=keys)
    return [Postings(starts, joined), *others]


def _moved(part: Part) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The new key and the new row of each posting that stays, and which of them do."""
    rows = part.rows[part.postings.rows]
    stays = rows != GONE
    key = np.repeat(part.keys, np.diff(part.postings.starts))
    return key[stays], rows[stays], stays


def starts_of(sizes: NDArray[np.integer[Any]]) -> Offsets:
    """Where each of neighbouring lists of these sizes starts, and where the last one ends."""
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def renumbered(stays: NDArray[np.bool_], offset: int) -> NDArray[np.int64]:
    """The new number of every row where only some stay, in their order, from `offset` on."""
    numbers = np.cumsum(stays, dtype=np.int64) - 1 + offset
    numbers[~stays] = GONE
    return numbers


def lexicon(parts: Sequence[Sequence[str]]) -> tuple[list[str], list[NDArray[np.int64]]]:
    """All words of several lists, each once, and the number there of each part's words."""
    words: dict[str, int] = {}
    numbers = [
        np.fromiter((words.setdefault(w, len(words)) for w in part), np.int64, len(part))
        for part in parts
    ]
    return list(words), numbers
