"""The stored columns give the same scores as the library that computed them."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np

from index.sparse import SparseIndex
from index.tokens import tokens

TEXTS = [
    "智慧助老由民政局牵头",
    "科普基地达到15家",
    "民政局参加科普，民政局负责",
    "unrelated words",
]
QUERIES = ["民政局科普", "15家", "没有的词", "民政局民政局", ""]


def test_scores_are_those_of_bm25s(tmp_path: Path) -> None:
    SparseIndex.build(TEXTS).save(tmp_path / "sparse")
    index = SparseIndex.load(tmp_path / "sparse")
    library = bm25s.BM25(method="lucene")
    library.index([tokens(t) for t in TEXTS], show_progress=False)
    for query in QUERIES:
        known = [t for t in tokens(query) if t in library.vocab_dict]
        expected = library.get_scores(known) if known else np.zeros(len(TEXTS))
        assert np.allclose(index.scores(query), expected)
