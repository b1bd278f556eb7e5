"""Writers that die, and several at once: the index is always one of those that were wanted."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from eval.crash import LEAST, HashEncoder, begin, run, text_of
from index import build as building
from index import generation, journal, store
from index.build import add, follow, remove
from index.dictionary import Dictionary
from index.errors import IndexMissing, InputError, TiaowenError
from index.journal import Journal
from index.lock import is_held, writing
from rag.assistant import Assistant

ENCODER = HashEncoder()
KILLS = 20  # in CI; the full run is `python -m eval crash`


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A corpus of three plans and its index, with a dictionary of no words."""
    return begin(tmp_path, Dictionary({}, {}, {}, frozenset(), {}))


def new_file(folder: Path, n: int, version: int = 1) -> Path:
    path = folder / f"p{n}.txt"
    path.write_text(text_of(n, version), "utf-8")
    return path


def ids(folder: Path) -> list[str]:
    return [p.id for p in store.load(folder).plans]


# -- killed -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_writer_that_is_killed_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    outcomes = list(run(KILLS, tmp_path / "crash", seed=os.getpid()))
    assert len(outcomes) == KILLS
    assert outcomes[-1].amid > KILLS // 2


@pytest.mark.slow
def test_the_crash_test_notices_a_torn_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = store.load

    def torn(folder: Path) -> store.Index:
        opened = load(folder)
        return replace(opened, plans=list(opened.plans)[:-1])

    monkeypatch.setattr(store, "load", torn)
    with pytest.raises(InputError, match="neither the old state nor the new"):
        list(run(1, tmp_path / "crash"))


# -- the journal --------------------------------------------------------------------------


class Died(BaseException):
    """Stands for the process's end."""


STEPS = ("before the journal", "before the switch", "amid the files", "before its deletion")


def die(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """The next change ends at that step."""

    def dying(*_: object) -> None:
        raise Died

    if step == "before the journal":
        monkeypatch.setattr(journal, "switch", dying)
    elif step == "before the switch":
        monkeypatch.setattr(generation, "serve", dying)
    elif step == "amid the files":
        monkeypatch.setattr(Path, "replace", _all_but_plans(Path.replace))
    else:
        monkeypatch.setattr(journal, "flush", _all_but_folders(journal.flush))


def _all_but_plans(moved: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    def replacing(path: Path, to: Path) -> Path:
        if to.name == "p4.txt":
            raise Died
        return moved(path, to)

    return replacing


def _all_but_folders(flush: Callable[[Path], None]) -> Callable[[Path], None]:
    def flushing(path: Path) -> None:
        if path.name == "corpus":
            raise Died
        flush(path)

    return flushing


@pytest.mark.parametrize("step", STEPS)
def test_a_change_cut_short_is_finished_or_has_never_been(
    places: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    corpus, folder = places
    files = [new_file(tmp_path, 3), new_file(tmp_path, 4)]
    with monkeypatch.context() as patched:
        die(patched, step)
        with pytest.raises(Died):
            add(files, corpus, folder, ENCODER, progress=False)
    began = step != "before the journal"
    assert (journal.read(folder) is not None) == began
    # a reader that may change nothing
    held = [p.id for p in store.load_for(folder, corpus).plans]
    assert held in (["p0", "p1", "p2"], ["p0", "p1", "p2", "p3", "p4"])
    journal.finish(folder)
    assert journal.read(folder) is None
    expected = ["p0", "p1", "p2", *(["p3", "p4"] if began else [])]
    assert [p.id for p in store.load_for(folder, corpus).plans] == expected
    assert sorted(p.stem for p in corpus.glob("p*.txt")) == expected
    follow(corpus, folder, ENCODER, progress=False)
    assert not list(corpus.glob(".*"))
    assert len(list(folder.glob("gen-*"))) == 1


def test_a_journal_that_names_files_elsewhere_is_refused(places: tuple[Path, Path]) -> None:
    corpus, folder = places
    bad = {"generation": "gen-x", "corpus": str(corpus), "put": [], "drop": ["../p0.txt"]}
    for content in (json.dumps(bad), "{", "[]", "null"):
        (folder / journal.JOURNAL).write_text(content, "utf-8")
        with pytest.raises(IndexMissing, match="JOURNAL"):
            journal.finish(folder)
    assert (corpus / "p0.txt").exists()


def test_doing_a_journal_again_changes_nothing_more(places: tuple[Path, Path]) -> None:
    corpus, folder = places
    name = generation.current(folder)
    done = Journal(name, str(corpus), put=("p0.txt",), drop=("gone.txt",))
    journal.commit(folder, done)
    journal.commit(folder, done)
    assert ids(folder) == ["p0", "p1", "p2"]
    assert generation.current(folder) == name


def test_a_journal_of_a_corpus_that_was_moved(places: tuple[Path, Path]) -> None:
    corpus, folder = places
    gone = Journal(generation.current(folder), str(corpus / "gone"), drop=("p0.txt",))
    journal.switch(folder / journal.JOURNAL, json.dumps(asdict(gone)))
    journal.finish(folder)
    assert journal.read(folder) is None
    assert [p.id for p in store.load_for(folder, corpus).plans] == ["p0", "p1", "p2"]


# -- several at once ----------------------------------------------------------------------


def test_a_second_writer_is_told(
    places: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, folder = places
    assert not is_held(folder)
    monkeypatch.setattr(building, "writing", lambda at: writing(at, wait=0.05))
    with writing(folder):
        assert is_held(folder)
        with pytest.raises(InputError, match="another tiaowen is changing the index"):
            add([new_file(tmp_path, 3)], corpus, folder, ENCODER, progress=False)
        assert ids(folder) == ["p0", "p1", "p2"]  # who reads waits for nobody
    add([new_file(tmp_path, 3)], corpus, folder, ENCODER, progress=False)
    assert ids(folder) == ["p0", "p1", "p2", "p3"]


@pytest.mark.slow
def test_readers_and_writers_at_once(places: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, folder = places
    over, faults, opened = time.monotonic() + 6, list[str](), list[int]()

    def write(plan: int) -> None:
        version = 1
        while time.monotonic() < over:
            version += 1
            new = new_file(tmp_path, plan, version)
            add([new], corpus, folder, ENCODER, replace=True, progress=False)
            if version % 3 == 0:
                remove([f"p{plan}"], corpus, folder, ENCODER, progress=False)

    def read() -> None:
        while time.monotonic() < over:
            index = store.load_for(folder, corpus)
            told = Assistant(index, ENCODER).ask("智慧助老由谁牵头").answer
            opened.append(len(index.plans))
            if told.count("县民政局") < LEAST:
                faults.append(told)

    def watched(run: Callable[..., None], *given: int) -> None:
        try:
            run(*given)
        except (TiaowenError, OSError) as error:
            faults.append(f"{run.__name__}: {error}")

    jobs = [(write, 5), (write, 6), (read,), (read,)]
    threads = [threading.Thread(target=watched, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(set(opened)) > 1
    assert follow(corpus, folder, ENCODER, progress=False) is None
