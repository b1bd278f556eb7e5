"""The examination: each fault is found, told in a line, and mended by the command that is named."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import index.encoders
from eval.crash import HashEncoder, begin, text_of
from index import generation, journal
from index.build import build
from index.dictionary import Dictionary
from index.disk import dump, switch
from index.doctor import Finding, examine
from index.lock import writing
from rag.cli import main

Places = tuple[Path, Path]
ENCODER = HashEncoder()


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setattr(index.encoders, "load_encoder", lambda *_: ENCODER)
    return begin(tmp_path, Dictionary({}, {}, {}, frozenset(), {}))


def found(places: Places, encoder: str = ENCODER.name) -> list[Finding]:
    return list(examine(places[1], places[0], encoder))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def _current(places: Places) -> Path:
    return places[1] / generation.current(places[1])


def _moments(places: Places) -> None:
    """Wrong counts whose digest is right."""
    at = _current(places)
    data = bytearray((at / "moments.bin").read_bytes())
    data[-64] ^= 0x40
    (at / "moments.bin").write_bytes(bytes(data))
    head = json.loads((at / "generation.json").read_text("utf-8"))
    head["files"].update(generation.fingerprints([at / "moments.bin"]))
    dump(at / "generation.json", head)


def _journal(places: Places) -> None:
    corpus, folder = places
    waiting = {"generation": _current(places).name, "corpus": str(corpus)}
    switch(folder / journal.JOURNAL, json.dumps({**waiting, "put": [], "drop": ["p2.txt"]}))


FAULTS: dict[str, Callable[[Places], object]] = {
    "is damaged": lambda p: flip(next(p[1].glob("seg-*/arrays.bin"))),
    "is torn": lambda p: next(p[1].glob("gen-*/pairs.json")).unlink(),
    "head.json": lambda p: next(p[1].glob("seg-*/head.json")).unlink(),
    "no index": lambda p: (p[1] / "CURRENT").unlink(),
    "cannot be read": lambda p: (p[1] / "CURRENT").write_text("gen-gone"),
    "counted over all passages": _moments,
    "in the corpus and not": lambda p: (p[0] / "p7.txt").write_text(text_of(7, 0), "utf-8"),
    "no more in the corpus: p1.txt": lambda p: (p[0] / "p1.txt").unlink(),
    "changed since": lambda p: (p[0] / "p1.txt").write_text(text_of(1, 8), "utf-8"),
    "otherwise": lambda p: (p[0] / "manifest.toml").write_text('[[plan]]\nid="p1"\ncity="a"'),
    "left by a change": lambda p: (p[1] / "seg-rubble").mkdir(),
    "cut short and": _journal,
}


def test_a_sound_index(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(places) == []
    where = ["--corpus", str(places[0]), "--index", str(places[1])]
    assert main(["doctor", *where]) == 0
    assert "is sound" in capsys.readouterr().out


@pytest.mark.parametrize("words", FAULTS)
def test_a_fault_is_found_and_mended(
    places: Places, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    FAULTS[words](places)
    faults = [f for f in found(places) if words in f.what]
    assert [f.level for f in faults] == ["fault"]
    where = ["--corpus", str(places[0]), "--index", str(places[1])]
    assert main(["doctor", "--json", *where]) == 3
    told = json.loads(capsys.readouterr().out)
    assert not told["sound"]
    assert any(words in f["what"] for f in told["findings"])
    assert main([*faults[0].mend.split()[1:], *where]) == 0
    assert found(places) == []


def test_a_twin_in_the_corpus(places: Places) -> None:
    shutil.copyfile(places[0] / "p1.txt", places[0] / "copy.txt")
    build(places[0], places[1], ENCODER, progress=False)
    (fault,) = found(places)
    assert "of the same text as copy: p1" in fault.what
    assert (
        main([*fault.mend.split()[1:], "--corpus", str(places[0]), "--index", str(places[1])]) == 0
    )
    assert found(places) == []


def test_another_encoder_and_other_code(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    (fault,) = found(places, "another")
    assert "another" in fault.what
    monkeypatch.setattr("index.doctor.reading_code", lambda: "x")
    assert ["version" in f.what for f in found(places)] == [True]


def test_a_staged_file_that_was_left(places: Places) -> None:
    (places[0] / journal.staged(places[1], "p9.txt")).write_text("x")
    (fault,) = found(places)
    assert "left in the corpus" in fault.what
    build(places[0], places[1], ENCODER, progress=False)
    assert found(places) == []


def test_what_is_only_worth_knowing(places: Places) -> None:
    (places[1] / "holiday.jpg").write_bytes(b"x")
    (places[0] / "manifest.toml").write_text('[[plan]]\nid = "gone"\n')
    assert {f.level for f in found(places)} == {"note"}
    assert len(found(places)) == 2
    with writing(places[1]):
        assert any("at this moment" in f.what for f in found(places))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_only_be_read(places: Places) -> None:
    places[1].chmod(0o500)
    try:
        assert [f.level for f in found(places)] == ["note"]
    finally:
        places[1].chmod(0o700)
