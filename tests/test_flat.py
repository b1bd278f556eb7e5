"""The FAISS index of a segment's vectors, on disk and in memory."""

from __future__ import annotations

import gc
from pathlib import Path

import faiss
import numpy as np
import pytest

from index.flat import Flat

ROWS = np.random.default_rng(3).standard_normal((20, 24)).astype(np.float32)
ROWS /= np.linalg.norm(ROWS, axis=1, keepdims=True)


def test_a_file_is_a_faiss_index_of_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.faiss"
    Flat.of(ROWS).write(path)
    plain = faiss.read_index(str(path))
    assert isinstance(plain, faiss.IndexFlatIP)
    np.testing.assert_array_equal(plain.reconstruct_n(0, 20), ROWS)
    found = Flat.read(path)
    np.testing.assert_array_equal(found.rows, ROWS)
    assert len(found) == 20


def test_scores_are_those_that_faiss_finds_whichever_rows_are_asked(tmp_path: Path) -> None:
    path, query = tmp_path / "rows.faiss", ROWS[4]
    Flat.of(ROWS).write(path)
    flat = Flat.read(path)
    every = flat.scores(query, np.arange(20))
    np.testing.assert_allclose(every, ROWS @ query, rtol=0, atol=1e-6)
    some = np.array([17, 3, 4])
    assert flat.scores(query, some).tolist() == every[some].tolist()
    assert Flat.of(ROWS[3:5]).scores(query, np.arange(2)).tolist() == every[3:5].tolist()
    assert flat.scores(query, np.array([], dtype=np.int64)).tolist() == []


def test_rows_are_read_only_and_outlive_index_and_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.faiss"
    Flat.of(ROWS).write(path)
    rows = Flat.read(path).rows
    path.unlink()
    gc.collect()
    np.testing.assert_array_equal(rows, ROWS)
    with pytest.raises(ValueError, match="read-only"):
        rows[0, 0] = 1


def test_no_rows_at_all(tmp_path: Path) -> None:
    Flat.of(ROWS[:0]).write(tmp_path / "rows.faiss")
    assert Flat.read(tmp_path / "rows.faiss").rows.shape == (0, 24)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.faiss"
    with pytest.raises(FileNotFoundError):
        Flat.read(path)
    Flat.of(ROWS).write(path)
    whole = path.read_bytes()
    for broken in (b"", b"nothing of the kind", whole[:100], whole[: len(whole) // 2]):
        path.write_bytes(broken)
        with pytest.raises(ValueError, match="no index"):
            Flat.read(path)
    other = faiss.IndexFlatL2(24)
    other.add(ROWS)
    faiss.write_index(other, str(path))
    with pytest.raises(ValueError, match="another kind"):
        Flat.read(path)
