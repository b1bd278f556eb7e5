"""The vectors of a segment: a FAISS index of exact inner products (`IndexFlatIP`).

The file is mapped, not read: opening it costs nothing, and a row comes into memory when it is
asked for. A score is one row's product alone (`compute_distance_subset`), so it does not depend on
which other rows are asked with it, nor on which segment the row lies in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors

Rows = NDArray[np.int64]


class Flat:
    """Unit vectors, (n, dim); the inner product with a unit vector is the cosine."""

    def __init__(self, index: Any) -> None:
        """From a FAISS index that keeps its rows uncompressed."""
        self._index = index
        self.rows: Vectors = np.asarray(_Held(index)) if index.ntotal else _none(index.d)

    @classmethod
    def of(cls, rows: Vectors) -> Flat:
        """Of the rows of a matrix, which are copied."""
        import faiss

        index: Any = faiss.IndexFlatIP(rows.shape[1])
        index.add(np.ascontiguousarray(rows, dtype=np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> Flat:
        """Of a file. Raises ValueError where it is no such index, OSError where it is gone."""
        import faiss

        with path.open("rb"):
            pass  # FAISS tells a missing file from a broken one by its message only
        try:
            index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise ValueError(f"{path} is no index of vectors") from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise ValueError(f"{path} is an index of another kind")
        return cls(index)

    def write(self, path: Path) -> None:
        """Writes the file; it is whole once this returns, though perhaps not yet on disk."""
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def scores(self, query: Vectors, rows: Rows) -> Vectors:
        """Inner products of the query (dim,) with these rows, in their order."""
        import faiss

        found = np.empty(len(rows), dtype=np.float32)
        if len(rows):
            asked = np.ascontiguousarray(query, dtype=np.float32)
            wanted = np.ascontiguousarray(rows, dtype=np.int64)
            of, into, which = (faiss.swig_ptr(a) for a in (asked, found, wanted))
            self._index.compute_distance_subset(1, of, len(rows), into, which)
        return found


class _Held:
    """The rows of a FAISS index for numpy, which keeps the index as long as it keeps the rows."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.__array_interface__ = {
            "shape": (index.ntotal, index.d),
            "typestr": "<f4",
            "data": (int(index.get_xb()), True),  # read-only
            "version": 3,
        }


def _none(dim: int) -> Vectors:
    return np.zeros((0, dim), dtype=np.float32)
