"""Dense search: a flat FAISS index over unit vectors, so the inner product is the cosine.

How close a passage is to a question is judged against all passages. Mean and spread of the cosine
over all rows follow from the rows' mean vector m and covariance C alone: they are m·q and the root
of q·C·q. So a question to one plan reads that plan's rows only, however many plans there are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.encoders import Vectors
from index.errors import IndexMissing


class DenseIndex:
    """Exact inner products with the rows of a matrix of unit vectors."""

    def __init__(self, index: faiss.Index, mean: Vectors, covariance: Vectors) -> None:
        self._index = index
        size = index.ntotal * index.d
        stored: Any = index  # FAISS's type stubs do not know the rows of a flat index
        # FAISS's own memory, not a copy; it lives as long as `index`
        flat = faiss.rev_swig_ptr(stored.get_xb(), size) if size else np.zeros(0, np.float32)
        self._rows: Vectors = flat.reshape(index.ntotal, index.d)
        self._mean, self._covariance = mean, covariance

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """From an (n, dim) matrix."""
        rows = np.ascontiguousarray(vectors)
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(rows)
        mean = rows.mean(axis=0, dtype=np.float64) if len(rows) else np.zeros(rows.shape[1])
        apart = rows - mean.astype(np.float32)
        covariance = apart.T @ apart / max(len(rows), 1)
        return cls(index, mean.astype(np.float32), covariance.astype(np.float32))

    def save(self, path: Path) -> None:
        """Writes the rows into `path` and what is known of all of them beside it."""
        faiss.write_index(self._index, str(path))
        moments = np.vstack([self._mean, self._covariance])
        np.save(_beside(path), moments, allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Raises IndexMissing where FAISS cannot read the file; OSError or ValueError for the
        file beside it."""
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexMissing(f"{path} is no FAISS index; mend it with: tiaowen build") from error
        moments = np.load(_beside(path), allow_pickle=False)
        if moments.shape != (index.d + 1, index.d):
            raise ValueError(f"{_beside(path)} is of other vectors")
        return cls(index, moments[0], moments[1:])

    @property
    def dim(self) -> int:
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vectors(self) -> Vectors:
        """The matrix itself, (n, dim); read it, do not write it."""
        return self._rows

    def scores(self, query: Vectors, lo: int = 0, hi: int | None = None) -> Vectors:
        """Cosine of the query vector (dim,) with rows lo to hi, in row order."""
        found: Vectors = self._rows[lo:hi] @ query
        return found

    def spread(self, query: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of the query's cosine over all rows; no deviation is 1."""
        wide = query.astype(np.float64)
        variance = float(wide @ self._covariance.astype(np.float64) @ wide)
        return float(wide @ self._mean), float(np.sqrt(max(variance, 0.0))) or 1.0


def _beside(path: Path) -> Path:
    return path.with_suffix(".moments.npy")
