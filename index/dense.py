"""Dense search over unit vectors, so the inner product is the cosine.

The rows lie in one FAISS index a segment (index.flat), and beside a large one lies another that
finds its nearest rows without reading all (index.approximate).

How close a passage is to a question is judged against all passages. Mean and spread of the cosine
over all rows follow from the rows' mean vector m and covariance C alone: they are m·q and the root
of q·C·q. So a question to one plan reads that plan's rows only, however many plans there are. The
sums behind m and C (`Moments`) are kept over coordinates rounded to whole numbers: whole numbers
add up to the same in any order and can be taken off again exactly when a plan goes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.approximate import Approximate
from index.encoders import Vectors
from index.flat import Flat, Rows

Sums = NDArray[np.float64]
# Coordinates are rounded to 2^-15, which moves a cosine's z-score by less than a thousandth; sums
# of their products stay exact in a float64 up to 2^23 rows of coordinates up to 1.
GRID = 2.0**15
BLOCK = 50_000  # rows summed at a time: 150 MB of float64 at 384 dimensions


@dataclass(frozen=True, slots=True)
class Moments:
    """How many rows, the sum of them and of their outer products, in units of 1/GRID."""

    rows: int
    sums: Sums
    products: Sums

    @classmethod
    def of(cls, vectors: Vectors) -> Moments:
        """Of the rows of a matrix."""
        dim = vectors.shape[1]
        sums, products = np.zeros(dim), np.zeros((dim, dim))
        for at in range(0, len(vectors), BLOCK):
            grid = np.rint(vectors[at : at + BLOCK].astype(np.float64) * GRID)
            sums += grid.sum(axis=0)
            products += grid.T @ grid
        return cls(len(vectors), sums, products)

    def plus(self, other: Moments, sign: int = 1) -> Moments:
        """With the rows of the other, or with sign -1 without them."""
        return Moments(
            self.rows + sign * other.rows,
            self.sums + sign * other.sums,
            self.products + sign * other.products,
        )

    def spread(self, query: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of the query's cosine over all rows; no deviation is 1."""
        wide = query.astype(np.float64) / GRID
        many = max(self.rows, 1)
        mean = float(wide @ self.sums) / many
        variance = float(wide @ self.products @ wide) / many - mean * mean
        # what is below a step of the grid is rounding
        return mean, float(np.sqrt(variance)) if variance > GRID**-2 else 1.0


class DenseIndex:
    """Exact inner products with the live rows of several segments, one behind the other."""

    def __init__(
        self,
        parts: Sequence[tuple[Flat, NDArray[np.bool_]]],
        moments: Moments,
        near: Sequence[Approximate | None] = (),
    ) -> None:
        """From each segment's vectors and which of them live, and its approximate index if any."""
        self._near = list(near) or [None] * len(parts)
        self._parts = [flat for flat, _ in parts]
        self._live = [None if live.all() else np.flatnonzero(live) for _, live in parts]
        self._bounds = [0]
        for _, live in parts:
            self._bounds.append(self._bounds[-1] + int(live.sum()))
        self.moments = moments

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """From an (n, dim) matrix."""
        live = np.ones(len(vectors), dtype=np.bool_)
        return cls([(Flat.of(vectors), live)], Moments.of(vectors))

    @property
    def dim(self) -> int:
        return len(self.moments.sums)

    def __len__(self) -> int:
        return self._bounds[-1]

    def vectors(self) -> Vectors:
        """The live rows as one matrix, (n, dim); read it, do not write it."""
        found = [
            flat.rows if live is None else flat.rows[live]
            for flat, live in zip(self._parts, self._live, strict=True)
        ]
        if len(found) == 1:
            return found[0]
        return np.concatenate(found) if found else np.zeros((0, self.dim), np.float32)

    def scores(self, query: Vectors, lo: int = 0, hi: int | None = None) -> Vectors:
        """Cosine of the query vector (dim,) with rows lo to hi, in row order."""
        hi = len(self) if hi is None else hi
        found: list[Vectors] = []
        for n in range(bisect_right(self._bounds, lo) - 1, len(self._parts)):
            start, end = self._bounds[n], self._bounds[n + 1]
            if start >= hi:
                break
            own = np.arange(max(lo - start, 0), min(hi, end) - start)
            found.append(self._scores(n, query, own))
        if len(found) == 1:
            return found[0]
        return np.concatenate(found) if found else np.zeros(0, np.float32)

    def exact(self) -> DenseIndex:
        """The same rows, all of them read for every query; to measure what is lost otherwise."""
        if self._near == [None] * len(self._parts):
            return self
        copy = DenseIndex([], self.moments)
        copy._parts, copy._live, copy._bounds = self._parts, self._live, self._bounds
        copy._near = [None] * len(self._parts)
        return copy

    @property
    def approximate(self) -> bool:
        """Whether there are so many rows that `nearest` does not read them all."""
        return any(self._near)

    def nearest(self, query: Vectors, count: int) -> Rows:
        """The rows nearest to the query, ascending: all of the nearest where every row is read,
        else most of them, and some more."""
        found: list[Rows] = []
        for n, near in enumerate(self._near):
            start, end = self._bounds[n], self._bounds[n + 1]
            if near is None:
                scores = self.scores(query, start, end)
                few = min(count, len(scores))
                found.append(np.argpartition(scores, len(scores) - few)[-few:] + start)
                continue
            rows, live = near.nearest(query, count), self._live[n]
            if live is not None:
                rows = rows[np.isin(rows, live)]
                rows = np.searchsorted(live, rows)
            found.append(rows + start)
        return np.sort(np.concatenate(found))

    def at(self, query: Vectors, rows: Rows) -> Vectors:
        """Cosine of the query with these rows, ascending."""
        ends = np.searchsorted(rows, self._bounds)
        found = [np.zeros(0, dtype=np.float32)]
        for n, start in enumerate(self._bounds[:-1]):
            found.append(self._scores(n, query, rows[ends[n] : ends[n + 1]] - start))
        return np.concatenate(found)

    def spread(self, query: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of the query's cosine over all rows; no deviation is 1."""
        return self.moments.spread(query)

    def _scores(self, n: int, query: Vectors, own: Rows) -> Vectors:
        """Cosine of the query with these live rows of part n."""
        live = self._live[n]
        return self._parts[n].scores(query, own if live is None else live[own])
