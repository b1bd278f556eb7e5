"""Named arrays in one file, read where they lie: nothing is copied until it is used.

    8 bytes        length of the table, little-endian
    the table      JSON: name -> [dtype, shape, offset]
    the arrays     each at a multiple of `ALIGNED` bytes

One file instead of thirty: opening an index is a map and a few views, saving it one flush to disk.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNED = 64  # bytes: a cache line, which every number type divides
KINDS = frozenset({"<f4", "<f8", "<i4", "<i8", "<u2", "<u8", "|u1"})  # plain numbers, no objects

Arrays = Mapping[str, NDArray[Any]]


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Writes the arrays; the file is whole once this returns, though perhaps not yet on disk."""
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    table: dict[str, tuple[str, tuple[int, ...], int]] = {}
    at = 0
    for name, array in whole.items():
        table[name] = (array.dtype.str, array.shape, at)
        at += -(-array.nbytes // ALIGNED) * ALIGNED
    head = json.dumps(table).encode()
    head += b" " * (-(8 + len(head)) % ALIGNED)
    with path.open("wb") as out:
        out.write(len(head).to_bytes(8, "little") + head)
        for array in whole.values():
            out.write(array.data if array.size else b"")
            out.write(b"\0" * (-array.nbytes % ALIGNED))


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file, mapped and read-only. They outlive the file's name.

    Raises ValueError, KeyError, TypeError or OSError where it is no such file.
    """
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(data[:8], "little")
    table = json.loads(data[8 : 8 + length])
    found = {}
    for name, (kind, shape, at) in table.items():
        if kind not in KINDS:
            raise ValueError(f"{path} holds arrays of another kind")
        count = int(np.prod(shape, dtype=np.int64))
        start = 8 + length + at
        found[name] = np.frombuffer(data, kind, count, start).reshape(shape)
    return found
