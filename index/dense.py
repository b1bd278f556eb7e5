"""Dense search: a flat FAISS index over unit vectors, so the inner product is the cosine."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from index.encoders import Vectors
from index.errors import IndexMissing


class DenseIndex:
    """Exact inner-product search over the rows of a matrix of unit vectors."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """From an (n, dim) matrix."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Raises IndexMissing where FAISS cannot read the file."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexMissing(f"{path} is no FAISS index; mend it with: tiaowen build") from error

    @property
    def dim(self) -> int:
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def scores(self, query: Vectors) -> Vectors:
        """Cosine of the query vector (dim,) with every row, in row order, shape (n,)."""
        found = np.zeros(len(self), dtype=np.float32)
        if len(self):
            values, rows = self._index.search(query.reshape(1, -1), len(self))
            found[rows[0]] = values[0]
        return found
