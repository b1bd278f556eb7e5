"""Arrays in one file: what was written is mapped back as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.arrays import ALIGNED, read_arrays, write_arrays

ARRAYS = {
    "rows": np.arange(12, dtype=np.float32).reshape(3, 4),
    "none": np.zeros((0, 4), dtype=np.float32),
    "bytes": np.frombuffer(b"abc", dtype=np.uint8),
    "keys": np.array([3, 2**63], dtype=np.uint64),
    "every other": np.arange(10, dtype=np.int64)[::2],
}


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.bin", ARRAYS)
    found = read_arrays(tmp_path / "a.bin")
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype
        assert found[name].ctypes.data % ALIGNED == 0 or not array.size
    with pytest.raises(ValueError, match="read-only"):
        found["rows"][0, 0] = 1


def test_arrays_outlive_their_file(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.bin", ARRAYS)
    found = read_arrays(tmp_path / "a.bin")
    (tmp_path / "a.bin").unlink()
    assert found["rows"][2].tolist() == [8, 9, 10, 11]


def test_objects_are_refused(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a.bin", {"x": np.array([1, 2], dtype=np.int16)})
    with pytest.raises(ValueError, match="another kind"):
        read_arrays(tmp_path / "a.bin")


@pytest.mark.parametrize("cut", [0, 5, 40, 200])
def test_a_cut_file_is_refused(tmp_path: Path, cut: int) -> None:
    write_arrays(tmp_path / "a.bin", ARRAYS)
    (tmp_path / "a.bin").write_bytes((tmp_path / "a.bin").read_bytes()[:cut])
    with pytest.raises(ValueError):  # noqa: PT011  NumPy, JSON and mmap each word it their way
        read_arrays(tmp_path / "a.bin")
