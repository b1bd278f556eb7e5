"""Vectors of several segments: exact sums, exact scores, and what approximate search finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import approximate
from index.approximate import Approximate
from index.dense import DenseIndex, Moments
from index.flat import Flat

DIM = 16


def unit(rows: int, seed: int) -> np.ndarray:
    found = np.random.default_rng(seed).standard_normal((rows, DIM)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_sums_do_not_depend_on_the_order_and_are_taken_off_exactly() -> None:
    rows = unit(300, 1)
    whole = Moments.of(rows)
    parts = [Moments.of(rows[at : at + 60]) for at in range(0, 300, 60)]
    other = parts[3].plus(parts[0]).plus(parts[4]).plus(parts[1]).plus(parts[2])
    again = other.plus(Moments.of(unit(50, 2))).plus(Moments.of(unit(50, 2)), -1)
    for found in (other, again):
        assert found.rows == 300
        assert found.sums.tolist() == whole.sums.tolist()
        assert found.products.tolist() == whole.products.tolist()


def test_scores_are_those_of_the_live_rows() -> None:
    rows, query = unit(12, 3), unit(1, 4)[0]
    live = np.array([True, True, False, True, True, False, True])
    parts = [(Flat.of(rows[:7]), live), (Flat.of(rows[7:]), np.ones(5, dtype=np.bool_))]
    dense = DenseIndex(parts, Moments.of(rows))
    kept = np.concatenate([rows[:7][live], rows[7:]])
    expected = DenseIndex.build(kept).scores(query)
    np.testing.assert_allclose(expected, kept @ query, rtol=0, atol=1e-6)
    assert dense.scores(query).tolist() == expected.tolist()
    for lo, hi in ((0, 3), (2, 8), (5, 10), (4, 5), (10, 10)):
        assert dense.scores(query, lo, hi).tolist() == expected[lo:hi].tolist()
    np.testing.assert_array_equal(dense.vectors(), kept)
    some = np.array([0, 2, 4, 7, 9])
    assert dense.at(query, some).tolist() == expected[some].tolist()
    assert set(np.argsort(-expected)[:4]) <= set(dense.nearest(query, 4).tolist())


@pytest.mark.slow
def test_approximate_search_finds_nearly_all_and_scores_exactly(tmp_path: Path) -> None:
    rows = unit(6000, 5)
    probes = approximate.write(tmp_path / "near.faiss", rows)
    live = np.arange(6000) % 3 > 0
    parts = [(Flat.of(rows), live), (Flat.of(unit(50, 6)), np.ones(50, dtype=np.bool_))]
    near = [Approximate(tmp_path / "near.faiss", probes), None]
    dense = DenseIndex(parts, Moments.of(rows), near)
    assert dense.approximate
    assert not dense.exact().approximate
    shares = []
    for query in unit(40, 7):
        exact = dense.exact().scores(query)
        best = np.argsort(-exact)[: approximate.NEAREST]
        found = dense.nearest(query, approximate.NEAREST)
        assert (np.diff(found) > 0).all()
        assert dense.at(query, found).tolist() == exact[found].tolist()
        shares.append(np.isin(best, found).mean())
    assert np.mean(shares) > 0.9
    assert approximate.lists(6000) == 64
