"""Sparse search: BM25 (Lucene's variant) over the tokens of `index.tokens`.

A segment keeps how often each token stands in each of its passages and how long these are. Rarity
and average length are those of all live passages of an index, counted when it is opened, so that
the scores are the same whatever segments the passages lie in:

    idf(t) * tf / (tf + K1 * (1 - B + B * length / average))
    idf(t) = ln(1 + (N - n + .5) / (n + .5))

with n of N passages holding t (Kamphuis et al., ECIR 2020, their row "Lucene (accurate)"; the tests
hold it against bm25s).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays
from index.encoders import Vectors
from index.postings import GONE, Postings, Rows, renumbered
from index.tokens import tokens

K1, B = 1.5, 0.75  # the usual values, and bm25s's
IDFS_KEPT = 50_000  # tokens whose rarity is remembered
MOST = 65_535  # a token's count is kept in 16 bits; no passage has so many tokens


@dataclass(frozen=True, slots=True)
class Counts:
    """A segment's counts: token k stands counts[i] times in passage postings.rows[i]."""

    words: Mapping[str, int]
    postings: Postings
    counts: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    @classmethod
    def build(cls, texts: Sequence[str]) -> Counts:
        """Of the texts, one a row. A text without a token has length 1, as one with one has."""
        words: dict[str, int] = {}
        held: list[dict[int, int]] = []
        lengths = np.ones(len(texts), dtype=np.int32)
        for n, text in enumerate(texts):
            found = tokens(text)
            lengths[n] = max(len(found), 1)
            held.append({words.setdefault(t, len(words)): c for t, c in Counter(found).items()})
        flat = np.fromiter((t for h in held for t in h), dtype=np.int32)
        counts = np.fromiter((min(c, MOST) for h in held for c in h.values()), dtype=np.uint16)
        order = np.argsort(flat, kind="stable")
        return cls(words, Postings.build(held, len(words)), counts[order], lengths)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All but the words, by name, as a segment keeps them."""
        return {
            "sparse_starts": self.postings.starts,
            "sparse_rows": self.postings.rows,
            "sparse_counts": self.counts,
            "lengths": self.lengths,
        }

    @classmethod
    def of(cls, words: Sequence[str], arrays: Arrays) -> Counts:
        """From what `arrays` gave. Raises KeyError where something is missing."""
        postings = Postings(arrays["sparse_starts"], arrays["sparse_rows"])
        numbers = {w: n for n, w in enumerate(words)}
        return cls(numbers, postings, arrays["sparse_counts"], arrays["lengths"])


class SparseIndex:
    """BM25 over the live passages of several segments, one segment behind the other."""

    def __init__(self, parts: Sequence[tuple[Counts, NDArray[np.bool_]]]) -> None:
        """From each segment's counts and which of its passages live."""
        self._parts = [counts for counts, _ in parts]
        self._bounds = [0]
        self._new: list[NDArray[np.int64] | None] = []
        total = 0
        for counts, live in parts:
            self._new.append(None if live.all() else renumbered(live, 0))
            self._bounds.append(self._bounds[-1] + int(live.sum()))
            total += int(counts.lengths[live].sum(dtype=np.int64))
        self._average = total / max(self._bounds[-1], 1)
        self._norms: list[Vectors | None] = [None] * len(parts)
        self.idf = lru_cache(IDFS_KEPT)(self._idf)

    @classmethod
    def build(cls, texts: Sequence[str]) -> SparseIndex:
        """Over the texts alone."""
        return cls([(Counts.build(texts), np.ones(len(texts), dtype=np.bool_))])

    def __len__(self) -> int:
        return self._bounds[-1]

    def scores(self, text: str, lo: int = 0, hi: int | None = None) -> Vectors:
        """BM25 score of rows lo to hi for the text's tokens; 0 without a common token."""
        hi = len(self) if hi is None else hi
        found = np.zeros(hi - lo, dtype=np.float32)
        said = tokens(text)
        for n in range(bisect_right(self._bounds, lo) - 1, len(self._parts)):
            start, end = self._bounds[n], self._bounds[n + 1]
            if start >= hi:
                break
            for token in said:
                self._add(found, n, token, (lo - start, min(hi, end) - start))
        return found

    def _add(self, found: Vectors, n: int, token: str, span: tuple[int, int]) -> None:
        """Adds what the token gives the rows of part n; span begins where `found` does."""
        part, new = self._parts[n], self._new[n]
        column = part.words.get(token)
        if column is None:
            return
        at = int(part.postings.starts[column])
        rows = part.postings.of(column)
        numbers: Rows | NDArray[np.int64] = rows
        counts = part.counts[at : at + len(rows)]
        if new is not None:
            numbers = new[rows]
            stays = numbers != GONE
            rows, numbers, counts = rows[stays], numbers[stays], counts[stays]
        first, last = np.searchsorted(numbers, span)  # a column's rows ascend
        tf = counts[first:last].astype(np.float32)
        share = tf / (tf + self._norm(n)[rows[first:last]])
        # a row stands once in a column, so plain indexing adds to each
        found[numbers[first:last] - span[0]] += np.float32(self.idf(token)) * share

    def _norm(self, n: int) -> Vectors:
        """What a count in each passage is held against, by the passage's length."""
        norm = self._norms[n]
        if norm is None:
            lengths = self._parts[n].lengths
            norm = (K1 * (1 - B + B * lengths / self._average)).astype(np.float32)
            self._norms[n] = norm
        return norm

    def _idf(self, token: str) -> float:
        """Rarity of the token among the live passages."""
        held = 0
        for part, new in zip(self._parts, self._new, strict=True):
            column = part.words.get(token)
            if column is not None:
                rows = part.postings.of(column)
                held += len(rows) if new is None else int((new[rows] != GONE).sum())
        return math.log(1 + (len(self) - held + 0.5) / (held + 0.5))
