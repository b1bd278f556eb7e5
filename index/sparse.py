"""Sparse search: BM25 (Lucene's variant) over the tokens of `index.tokens`.

bm25s computes the scores when the index is built: it stores, for every token, the score it adds to
each passage that holds it (Lù, BM25S, 2024, https://arxiv.org/abs/2407.03618). A query is then a
sum of stored columns, which is done here: importing bm25s and the SciPy it brings takes a third
of a second, more than all the rest of opening an index.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.tokens import tokens

SCORES, ROWS, STARTS, WORDS = "scores.npy", "rows.npy", "starts.npy", "words.json"


class SparseIndex:
    """BM25 over passages. Row order is the order they were given in."""

    def __init__(
        self,
        scores: Vectors,
        rows: NDArray[np.int32],
        starts: NDArray[np.int64],
        words: dict[str, int],
        size: int,
    ) -> None:
        self._scores, self._rows, self._starts = scores, rows, starts
        self._words = words
        self._size = size

    @classmethod
    def build(cls, texts: list[str]) -> SparseIndex:
        """Scores the texts; there must be at least one."""
        import bm25s

        model = bm25s.BM25(method="lucene")
        model.index([tokens(t) or [""] for t in texts], show_progress=False)
        columns = model.scores
        words = {str(word): int(n) for word, n in model.vocab_dict.items()}
        starts, rows = columns["indptr"], columns["indices"]
        of = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        order = np.lexsort((rows, of))  # by row within each token's column
        return cls(columns["data"][order], rows[order], starts, words, len(texts))

    def save(self, folder: Path) -> None:
        """Writes the arrays and the words into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in ((SCORES, self._scores), (ROWS, self._rows), (STARTS, self._starts)):
            np.save(folder / name, array, allow_pickle=False)
        words = {"passages": self._size, "words": self._words}
        (folder / WORDS).write_text(json.dumps(words, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> SparseIndex:
        """Raises ValueError, KeyError or OSError where a file is missing or of another kind."""
        scores, rows, starts = (
            np.load(folder / name, allow_pickle=False) for name in (SCORES, ROWS, STARTS)
        )
        words = json.loads((folder / WORDS).read_text("utf-8"))
        return cls(scores, rows, starts, words["words"], int(words["passages"]))

    def scores(self, text: str, lo: int = 0, hi: int | None = None) -> Vectors:
        """BM25 score of rows lo to hi for the text's tokens; 0 without a common token."""
        hi = self._size if hi is None else hi
        found = np.zeros(hi - lo, dtype=np.float32)
        for token in tokens(text):
            column = self._words.get(token)
            if column is not None:
                start, end = self._starts[column], self._starts[column + 1]
                rows = self._rows[start:end]
                first, last = np.searchsorted(rows, (lo, hi))  # a column's rows ascend
                # a row stands once in a column, so plain indexing adds to each
                found[rows[first:last] - lo] += self._scores[start + first : start + last]
        return found
