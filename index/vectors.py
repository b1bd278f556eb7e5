"""Vectors of passages: taken over from one of the same text if an index has it, else embedded."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np

from index.encoders import Encoder, Vectors
from index.segment import Segment

BATCH = 8  # passages a progress step; small, so that the bar moves on a slow machine
TEXTS_KEPT = 64  # plans whose passages stay read while vectors are looked for
T = TypeVar("T")


class Vectorer:
    """Gives vectors and counts how many texts were embedded and how many took one over."""

    def __init__(self, encoder: Encoder, progress: bool) -> None:
        self._encoder, self._progress = encoder, progress
        self.embedded = self.reused = 0

    def of(self, texts: Sequence[str], held: Sequence[Segment]) -> Vectors:
        """A row a text; vectors are taken over from the segments, the first one first."""
        found: Vectors = np.zeros((len(texts), self._encoder.dim), dtype=np.float32)
        missing: dict[str, list[int]] = {}
        for n, text in enumerate(texts):
            row = self._held(text, held)
            if row is None:
                missing.setdefault(text, []).append(n)
            else:
                found[n] = row
        if missing:
            for rows, vector in zip(missing.values(), self._encode(list(missing)), strict=True):
                found[rows] = vector
        self.embedded += len(missing)
        self.reused += len(texts) - len(missing)
        return found

    def _held(self, text: str, segments: Sequence[Segment]) -> Vectors | None:
        for held in segments:
            for row, n in held.with_key(text):
                # two texts of one digest are improbable, a wrong vector would never be noticed
                if _texts_of(held, n)[row - int(held.row_starts[n])] == text:
                    vector: Vectors = held.rows[row]
                    return vector
        return None

    def _encode(self, texts: list[str]) -> Vectors:
        from tqdm import tqdm

        bar = tqdm(
            total=len(texts), desc="embedding clauses", unit="clause", file=sys.stderr,
            disable=not self._progress, leave=False,
        )  # fmt: skip
        with bar:
            rows: list[Vectors] = []
            for batch in batches(texts, BATCH):
                rows.append(self._encoder.encode_document(list(batch)))
                bar.update(len(rows[-1]))
        return np.concatenate(rows)


def batches(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The things in their order, so many at a time."""
    for at in range(0, len(things), size):
        yield things[at : at + size]


@lru_cache(TEXTS_KEPT)
def _texts_of(held: Segment, n: int) -> tuple[str, ...]:
    """The texts of the passages of plan n."""
    return tuple(p.text for p in held.records.passages(n, ""))
