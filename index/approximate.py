"""Approximate search for the nearest vectors of a large segment (FAISS).

Exact search reads every row: some 70 ms for a million rows of 384 dimensions where they lie in
memory, and a question that names no plan reads them twice. So a segment of `LEAST` rows or more
gets an inverted file beside its rows: they are assigned to the nearest of `lists(n)` centroids and
kept in 8 bits a coordinate; a query looks into the lists of its nearest centroids only. What is
found is scored again with the exact rows, so that only which rows are found is approximate, never a
score.

How many lists are looked into is measured when the segment is written: as few as find, of the
`NEAREST` nearest rows of sampled rows, all but `LOST` of what the largest number finds; times
`FARTHER`, for a question lies farther from passages than they from each other. (Jégou, Douze and
Schmid, TPAMI 2011; FAISS's IndexIVFScalarQuantizer.)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors

LEAST = 200_000  # rows; exact search reads fewer in 15 ms
NEAREST = 40  # rows that a question looks at (rag.search)
LOST = 0.01  # share of them that may be missed for speed
SAMPLED = 100  # rows tried as queries: the share is then known to a hundredth or two
TRAINED = 40  # rows a centroid is placed by: FAISS asks for 39 at least
FARTHER = 4  # 8 lists of 512 found 95% for 99 gold questions over 4,000 made plans, 32 found 98.5%
PROBES = (8, 16, 32, 64, 128, 256)
SPARE = 8  # times as many rows are taken from the lists as are wanted, to be scored again
SEED = 7


class Approximate:
    """The approximate index of one segment, read when it is first asked."""

    def __init__(self, path: Path, probes: int) -> None:
        self._path, self._probes = path, probes
        self._index: Any = None

    def nearest(self, query: Vectors, count: int) -> NDArray[np.int64]:
        """Rows that are likely the nearest, `SPARE` times `count` of them, in no order."""
        import faiss

        if self._index is None:
            index: Any = faiss.read_index(str(self._path), faiss.IO_FLAG_MMAP)
            index.nprobe = self._probes
            self._index = index
        _, rows = self._index.search(query[np.newaxis], SPARE * count)
        found: NDArray[np.int64] = rows[0][rows[0] >= 0]
        return found


def lists(rows: int) -> int:
    """Into how many lists so many rows are sorted: the root of their number, as a power of two."""
    return int(2 ** round(np.log2(np.sqrt(rows))))


def write(path: Path, rows: Vectors) -> int:
    """Writes the approximate index of the rows; returns how many lists are to be looked into."""
    import faiss

    chance = np.random.default_rng(SEED)
    dim, many = rows.shape[1], lists(len(rows))
    index: Any = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim), dim, many, faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )  # fmt: skip
    sample = chance.choice(len(rows), min(len(rows), TRAINED * many), replace=False)
    index.train(np.ascontiguousarray(rows[np.sort(sample)]))
    index.add(rows)
    tried = rows[np.sort(chance.choice(len(rows), min(len(rows), SAMPLED), replace=False))]
    exact = [_top(np.vecdot(rows, query), NEAREST) for query in tried]
    shares: dict[int, float] = {}
    for probes in PROBES:
        index.nprobe = probes
        found = index.search(np.ascontiguousarray(tried), SPARE * NEAREST)[1]
        hits = [np.isin(e, f).mean() for e, f in zip(exact, found, strict=True)]
        shares[probes] = float(np.mean(hits))
    faiss.write_index(index, str(path))
    enough = next(p for p, share in shares.items() if share >= max(shares.values()) - LOST)
    return min(FARTHER * enough, many)


def _top(scores: Vectors, count: int) -> NDArray[np.int64]:
    return np.argpartition(-scores, min(count, len(scores) - 1))[:count]
