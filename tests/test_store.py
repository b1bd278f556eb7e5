"""The index on disk: what is saved comes back, what is not whole is refused with the way out."""

from __future__ import annotations

import ast
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import generation, segment, store
from index.arrays import KINDS, read_arrays
from index.errors import IndexMissing, InputError
from index.flat import Flat
from index.plan import Plan
from index.reading import Reading
from index.store import Index
from index.vocabulary import Vocabulary
from rag.assistant import Assistant
from tests.conftest import ROOT, SYNTHETIC, TinyEncoder, read_plan

SMALL = Vocabulary(
    {"science": ("科学",)}, {"科": ("ke",)}, {"學": "学"}, frozenset({"科学", "素质"})
)


@pytest.fixture(scope="module")
def small(
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tmp_path_factory: pytest.TempPathFactory,
) -> Index:
    plan = read_plan(SYNTHETIC, tmp_path_factory.mktemp("plan"), "qingshi")
    return replace(make_index([plan]), vocabulary=SMALL, corpus="digest")


@pytest.fixture
def saved(small: Index, tmp_path: Path) -> Path:
    store.save(small, tmp_path / "index")
    return tmp_path / "index"


def serving(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text("utf-8").strip()


def file_of(folder: Path, name: str) -> Path:
    """The file of that name in the serving generation or in its one segment."""
    found = [p for p in folder.glob(f"*/{name}") if p.parent.name.startswith(("gen-", "seg-"))]
    assert len(found) == 1
    return found[0]


def refused(folder: Path) -> str:
    """The message with which the index is refused: one line that names the mending command."""
    with pytest.raises(IndexMissing) as caught:
        store.load(folder)
    message = str(caught.value)
    assert "tiaowen build" in message
    assert "\n" not in message
    assert caught.value.exit_code == 3
    return message


# -- round trip ---------------------------------------------------------------------------


def test_round_trip_of_the_corpus(built: tuple[Path, Index], index: Index) -> None:
    before = built[1]
    assert list(index.plans) == list(before.plans)
    assert list(index.passages) == list(before.passages)
    assert index.passages[7] == before.passages[7]
    assert (index.encoder, index.corpus) == (before.encoder, before.corpus)
    assert index.vocabulary == before.vocabulary
    query = TinyEncoder().encode_query(["老年人使用智能手机"])[0]
    np.testing.assert_array_equal(index.dense.scores(query), before.dense.scores(query))
    np.testing.assert_allclose(
        index.sparse.scores("老年人使用智能手机"), before.sparse.scores("老年人使用智能手机")
    )


def test_round_trip_of_types(saved: Path, small: Index) -> None:
    loaded = store.load(saved)
    assert list(loaded.plans) == list(small.plans)
    assert loaded.plans[0].clauses == small.plans[0].clauses
    assert loaded.plans[0]["qingshi:1.1"].figures == small.plans[0]["qingshi:1.1"].figures
    assert loaded.vocabulary.words == SMALL.words
    assert loaded.corpus == "digest"


def test_rows_are_found_again(saved: Path, small: Index) -> None:
    loaded = store.load(saved)
    query = TinyEncoder().encode_query([small.passages[5].text])[0]
    assert int(loaded.dense.scores(query).argmax()) == 5
    assert len(loaded.dense) == len(loaded.passages)


def test_unknown_plan(small: Index) -> None:
    assert small.plan("qingshi").place == "青石县"
    with pytest.raises(InputError, match=r"unknown plan 'x'.*qingshi"):
        small.plan("x")


# -- refusals -----------------------------------------------------------------------------


def test_missing(tmp_path: Path) -> None:
    assert not store.exists(tmp_path / "nothing")
    assert "no index" in refused(tmp_path / "nothing")


def test_half_written_index_is_no_index(saved: Path) -> None:
    (saved / "CURRENT").unlink()
    assert "no index" in refused(saved)


FILES = ("head.json", "words.json", "arrays.bin", "vocabulary.json", "pairs.json", "moments.bin")


@pytest.mark.parametrize("name", FILES)
def test_truncated(saved: Path, name: str) -> None:
    path = file_of(saved, name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert name in refused(saved)


@pytest.mark.parametrize("name", FILES)
def test_missing_file(saved: Path, name: str) -> None:
    file_of(saved, name).unlink()
    refused(saved)


@pytest.mark.parametrize("name", FILES)
def test_damaged_at_the_same_size(saved: Path, name: str) -> None:
    path = file_of(saved, name)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    assert "damaged" in refused(saved)


def test_of_large_segments_only_the_size_is_checked(
    saved: Path, small: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "CHECKED", 0)
    path = file_of(saved, "arrays.bin")
    data = bytearray(path.read_bytes())
    data[-1] ^= 0xFF
    path.write_bytes(bytes(data))
    assert list(store.load(saved).plans) == list(small.plans)
    path.write_bytes(bytes(data[:-1]))
    assert "arrays.bin" in refused(saved)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "null", '{"format": 99}', "\ufffd\x00"])
def test_foreign_head(saved: Path, content: str) -> None:
    (serving(saved) / "generation.json").write_text(content, "utf-8")
    refused(saved)


@pytest.mark.parametrize("content", ["", "gen-gone", "../..", "\x00", "x" * 5000])
def test_pointer_to_nothing(saved: Path, content: str) -> None:
    (saved / "CURRENT").write_text(content, "utf-8")
    refused(saved)


def test_rows_and_passages_that_differ(saved: Path) -> None:
    head = serving(saved) / "generation.json"
    data = json.loads(head.read_text("utf-8"))
    head.write_text(json.dumps({**data, "rows": data["rows"] + 1}), "utf-8")
    assert "rows" in refused(saved)


def test_index_of_an_older_version(saved: Path) -> None:
    shutil.rmtree(serving(saved))
    serving(saved).mkdir()
    (serving(saved) / "index.json").write_text('{"format": 4}', "utf-8")
    assert "older version" in refused(saved)


def test_index_of_another_encoder(saved: Path, tiny: TinyEncoder) -> None:
    class Other(TinyEncoder):
        name = "another"

    with pytest.raises(IndexMissing, match=rf"{tiny.name}.*another.*tiaowen build"):
        Assistant.open(saved, Other())


@pytest.mark.parametrize("files", [[], {}])
def test_head_that_lists_no_files(saved: Path, files: object) -> None:
    head = serving(saved) / "generation.json"
    data = json.loads(head.read_text("utf-8"))
    head.write_text(json.dumps({**data, "files": files}), "utf-8")
    refused(saved)


def test_pointer_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    refused(tmp_path)


# -- writing ------------------------------------------------------------------------------


def test_a_second_save_replaces_the_first(saved: Path, small: Index) -> None:
    first = serving(saved)
    store.save(replace(small, corpus="newer"), saved)
    assert store.load(saved).corpus == "newer"
    assert not first.exists()
    names = sorted(p.name.split("-")[0] for p in saved.iterdir())
    assert names == ["CURRENT", "gen", "seg"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_write_keeps_the_old_generation(
    saved: Path, small: Index, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(path: Path, _: object) -> None:
        path.write_bytes(b"half")
        raise error

    before = serving(saved)
    monkeypatch.setattr(segment, "write_arrays", fail)
    with pytest.raises(type(error)):
        store.save(replace(small, corpus="newer"), saved)
    assert store.load(saved).corpus == "digest"
    assert serving(saved) == before


def test_a_failed_switch_keeps_the_old_generation(
    saved: Path, small: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="Input/output"):
        store.save(replace(small, corpus="newer"), saved)
    assert store.load(saved).corpus == "digest"


def test_rubble_of_a_crash_does_not_disturb(saved: Path, small: Index) -> None:
    shutil.copytree(serving(saved), saved / "gen-rubble")
    (saved / "gen-rubble" / "generation.json").unlink()
    (saved / "seg-rubble").mkdir()
    assert store.load(saved).corpus == "digest"
    store.save(small, saved)
    assert not (saved / "gen-rubble").exists()
    assert not (saved / "seg-rubble").exists()


def test_folder_that_cannot_be_made(small: Index, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="--index"):
        store.save(small, tmp_path / "file" / "index")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission(small: Index, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(InputError, match="cannot write"):
            store.save(small, tmp_path / "index")
    finally:
        tmp_path.chmod(0o700)


# -- safety -------------------------------------------------------------------------------


def test_nothing_is_pickled(saved: Path) -> None:
    """The files are JSON, plain numbers and FAISS's own; no module that unpickles is imported."""
    files = [p for p in saved.rglob("*") if p.is_file() and p.name != "CURRENT"]
    assert {p.suffix for p in files} == {".json", ".bin", ".faiss"}
    for path in files:
        if path.suffix == ".bin":
            assert all(a.dtype.str in KINDS for a in read_arrays(path).values())
        elif path.suffix == ".faiss":
            assert Flat.read(path).rows.dtype.str in KINDS
        else:
            json.loads(path.read_text("utf-8"))
    for path in [*(ROOT / "index").glob("*.py"), *(ROOT / "rag").rglob("*.py")]:
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in [getattr(node, "module", None) or "", *(a.name for a in node.names)]
        }
        assert not names & {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal"}, path
