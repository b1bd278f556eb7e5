"""Sparse search: BM25 (Lucene's variant, by bm25s) over the tokens of `index.tokens`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from index.encoders import Vectors
from index.tokens import tokens


class SparseIndex:
    """BM25 over passages. Row order is the order they were given in."""

    def __init__(self, model: Any) -> None:
        self._model = model

    @classmethod
    def build(cls, texts: list[str]) -> SparseIndex:
        import bm25s

        model = bm25s.BM25(method="lucene")
        model.index([tokens(t) or [""] for t in texts], show_progress=False)
        return cls(model)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._model.save(str(folder))

    @classmethod
    def load(cls, folder: Path) -> SparseIndex:
        import bm25s

        return cls(bm25s.BM25.load(str(folder)))

    def scores(self, text: str) -> Vectors:
        """BM25 score of every row for the text's tokens, shape (n,); 0 without a common token."""
        vocabulary = self._model.vocab_dict
        known = [t for t in tokens(text) if t in vocabulary]
        if not known:
            return np.zeros(int(self._model.scores["num_docs"]), dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)
