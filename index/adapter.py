"""The query adapter: a low-rank turn of a question's vector towards the passages that answer.

e5-small was trained on the web, where a question and its answer share most words; officials ask in
everyday words for what a plan says in the words of administration. Vectors of passages stay as
they are, so an index need not be built anew for another adapter. Fitted by `python -m eval adapt`
(eval.adapting) on questions with the passage that answers them, never by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
FILE = "data/adapter.npz"


@dataclass(frozen=True, slots=True)
class Adapter:
    """q + (q @ down) @ up, brought to length 1; `down` is (dim, rank), `up` (rank, dim)."""

    down: Vectors
    up: Vectors

    def __call__(self, rows: Vectors) -> Vectors:
        """The rows (n, dim), of length 1, adapted."""
        turned = rows + (rows @ self.down) @ self.up
        length = np.linalg.norm(turned, axis=1, keepdims=True)
        found: Vectors = (turned / np.where(length, length, 1)).astype(np.float32)
        return found

    def write(self, out: Path) -> None:
        """Writes it in half precision, in which no cosine changes by more than 0.001."""
        np.savez_compressed(out, down=np.float16(self.down), up=np.float16(self.up))


@lru_cache(maxsize=1)
def bundled_adapter() -> Adapter:
    """The adapter of the bundled encoder."""
    with files("index").joinpath(FILE).open("rb") as file:
        held = np.load(file, allow_pickle=False)
        return Adapter(held["down"].astype(np.float32), held["up"].astype(np.float32))
