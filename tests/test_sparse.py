"""The stored columns give the same scores as the library that computed them."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np

from index.arrays import read_arrays, write_arrays
from index.sparse import Counts, SparseIndex
from index.tokens import tokens

TEXTS = [
    "智慧助老由民政局牵头",
    "科普基地达到15家",
    "民政局参加科普，民政局负责",
    "unrelated words",
]
QUERIES = ["民政局科普", "15家", "没有的词", "民政局民政局", ""]


def test_scores_are_those_of_bm25s(tmp_path: Path) -> None:
    counts = Counts.build(TEXTS)
    write_arrays(tmp_path / "arrays", counts.arrays())
    kept = Counts.of(list(counts.words), read_arrays(tmp_path / "arrays"))
    index = SparseIndex([(kept, np.ones(len(TEXTS), dtype=np.bool_))])
    library = bm25s.BM25(method="lucene")
    library.index([tokens(t) for t in TEXTS], show_progress=False)
    for query in QUERIES:
        known = [t for t in tokens(query) if t in library.vocab_dict]
        expected = library.get_scores(known) if known else np.zeros(len(TEXTS))
        assert np.allclose(index.scores(query), expected)


def test_scores_are_those_over_the_live_passages_of_all_segments() -> None:
    gone = ["民政局民政局科普", "科普"]
    live = np.array([False, True, True, False, True])
    parts = [
        (Counts.build([gone[0], *TEXTS[:2], gone[1], TEXTS[2]]), live),
        (Counts.build(TEXTS[3:]), np.ones(1, dtype=np.bool_)),
    ]
    index, whole = SparseIndex(parts), SparseIndex.build(TEXTS)
    assert len(index) == len(TEXTS)
    for query in QUERIES:
        assert index.scores(query).tolist() == whole.scores(query).tolist()
        for lo, hi in ((1, 3), (0, 1), (2, 4), (3, 4), (4, 4)):
            assert index.scores(query, lo, hi).tolist() == whole.scores(query)[lo:hi].tolist()
