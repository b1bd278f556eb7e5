"""A living index: whatever way it came about, it answers as one that is built at once."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

import index.corpus
import index.writer
from eval.made import invented_places
from index import generation, store
from index.build import add, build, follow, remove
from index.corpus import plan_files
from index.dictionary import Dictionary
from index.encoders import Vectors
from index.errors import CorpusError, IndexMissing, InputError
from index.store import Index
from index.writer import FAN, tier
from rag.assistant import Assistant
from rag.search import Searcher
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER, TinyEncoder

WORDS = {"science": {"科学": 1.0, "科普": 0.5, "手机": 0.5}, "farmer": {"农民": 1.0}}
QUESTIONS = (
    "智慧助老由谁牵头",
    "民政局有哪些任务",
    "哪些方案提到了高素质农民",
    "公民具备科学素质的比例到2025年是多少",
    "科普小院由谁负责",
    "who leads science classrooms",
)
NAMES = [name for name, _ in zip(invented_places(), range(40), strict=False)]


class Counting(TinyEncoder):
    """The tiny encoder, with what it was asked to embed."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode_document(self, texts: list[str]) -> Vectors:
        self.seen += texts
        return self.encode_query(texts)


@pytest.fixture(autouse=True)
def _small_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    words = frozenset({"科学", "素质", "手机", "农民"})
    found = Dictionary(WORDS, {"科": ("ke",)}, {"學": "学"}, words, {})
    monkeypatch.setattr(index.writer, "read_dictionary", lambda: found)


@pytest.fixture
def encoder() -> Counting:
    return Counting()


def text_of(n: int, version: int = 0) -> str:
    """The text of plan number n; another version has another figure and a clause more."""
    if n % 2:
        text = SYNTHETIC_OTHER.replace("白沙区", NAMES[n]).replace("500名", f"{500 + n}名")
        return text + f"3.第{version}次补充。增加科普讲座{version}场。\n" if version else text
    text = SYNTHETIC.replace("青石县", NAMES[n]).replace("3场", f"{n + 3 + 100 * version}场")
    return text.replace("智能手机，", f"智能手机{version}，") if version else text


def put(folder: Path, n: int, version: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"p{n:02}.txt"
    path.write_text(text_of(n, version), "utf-8")
    return path


def corpus_of(folder: Path, *numbers: int) -> Path:
    folder.mkdir()
    for n in numbers:
        put(folder, n)
    return folder


def assert_alike(one: Index, other: Index) -> None:
    """The same plans, counts and scores, to the last digit, and the same answers."""
    assert [c.id for c in one.held_index().cards] == [c.id for c in other.held_index().cards]
    assert list(one.plans) == list(other.plans)
    assert one.vocabulary == other.vocabulary
    assert one.corpus == other.corpus
    assert one.text_index().pairs == other.text_index().pairs
    for kind in ("unit", "heading", "quoted"):
        assert one.held_index().words(kind) == other.held_index().words(kind)
    np.testing.assert_array_equal(one.dense.moments.products, other.dense.moments.products)
    tiny = TinyEncoder()
    searchers = [Searcher(i, tiny) for i in (one, other)]
    assistants = [Assistant(i, tiny) for i in (one, other)]
    for text in QUESTIONS:
        question = assistants[0].understand(text)
        ids = [c.id for c in one.held_index().cards]
        ranked = [
            {
                plan: [(h.clause.id, h.score, h.dense, h.sparse, h.coverage) for h in hits]
                for plan, hits in s.rank(question, ids).items()
            }
            for s in searchers
        ]
        assert ranked[0] == ranked[1]
        near = [sorted(map(repr, s.nearest(question))) for s in searchers]
        assert near[0] == near[1]
        told = [a.ask(text).to_dict() for a in assistants]
        assert {**told[0], "latency_ms": 0} == {**told[1], "latency_ms": 0}


# -- the history does not matter ----------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_added_replaced_and_removed_before(
    tmp_path: Path, encoder: Counting, seed: int
) -> None:
    chance = random.Random(seed)
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1, 2), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    versions = {0: 0, 1: 0, 2: 0}
    for step in range(14):
        n = chance.randrange(12)
        if n not in versions:
            add([put(tmp_path / "new", n)], corpus, folder, encoder, progress=False)
            versions[n] = 0
        elif len(versions) > 2 and chance.random() < 0.4:
            remove([f"p{n:02}"], corpus, folder, encoder, progress=False)
            del versions[n]
        else:
            versions[n] += step
            path = put(tmp_path / "new", n, versions[n])
            add([path], corpus, folder, encoder, replace=True, progress=False)
    assert len(list(corpus.glob("*.txt"))) == len(versions)
    whole = build(corpus, tmp_path / "whole", encoder, progress=False)
    assert_alike(store.load(folder), whole)


def test_segments_are_merged_in_tiers(tmp_path: Path, encoder: Counting) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    for n in range(1, 21):
        add([put(tmp_path / "new", n)], corpus, folder, encoder, progress=False)
        name = generation.current(folder)
        opened = generation.open_segments(folder, name, generation.read_head(folder, name)[0])
        tiers = [tier(int(live.sum())) for _, live in opened.parts]
        assert max(map(tiers.count, tiers)) < FAN
        kept = {p.name for p in folder.glob("seg-*")}
        assert kept == {p.name for p in opened.generation.segments}
    assert_alike(store.load(folder), build(corpus, tmp_path / "w", encoder, progress=False))


# -- what a change costs ------------------------------------------------------------------


def test_only_what_is_new_is_embedded(tmp_path: Path, encoder: Counting) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    encoder.seen.clear()
    held = {p.text for p in store.load(folder).passages}
    change, _ = add([put(tmp_path / "new", 3)], corpus, folder, encoder, progress=False)
    new = {p.text for p in store.load(folder).passages if p.plan == "p03"}
    assert set(encoder.seen) == new - held
    assert len(encoder.seen) == change.embedded < len(new)
    encoder.seen.clear()
    put(corpus, 0, version=1)
    done = follow(corpus, folder, encoder, progress=False)
    assert done is not None
    assert done.put == ("p00",)
    assert {"校园科技节" in t or "智能手机1" in t for t in encoder.seen} == {True}
    assert len(encoder.seen) == 2


def test_a_build_of_the_same_corpus_does_nothing(tmp_path: Path, encoder: Counting) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    name = generation.current(folder)
    encoder.seen.clear()
    assert follow(corpus, folder, encoder, progress=False) is None
    assert generation.current(folder) == name
    assert follow(corpus, folder, encoder, progress=False, fresh=True) is not None
    assert encoder.seen
    assert generation.current(folder) != name


def test_a_build_follows_the_corpus(tmp_path: Path, encoder: Counting) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1, 2), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    (corpus / "p01.txt").unlink()
    (corpus / "manifest.toml").write_text('[[plan]]\nid = "p02"\nplace = "乌兰县"\n', "utf-8")
    done = follow(corpus, folder, encoder, progress=False)
    assert done is not None
    assert (done.put, done.gone, done.embedded) == (("p02",), ("p01",), 0)
    assert [c.name for c in store.load(folder).held_index().cards] == [NAMES[0], "乌兰县"]


def test_plans_read_by_other_code_are_read_again(
    tmp_path: Path, encoder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    encoder.seen.clear()
    monkeypatch.setattr(index.writer, "reading_code", lambda: "another")
    done = follow(corpus, folder, encoder, progress=False)
    assert done is not None
    assert done.put == ("p00", "p01")
    assert not encoder.seen
    assert follow(corpus, folder, encoder, progress=False) is None


# -- the same content twice ---------------------------------------------------------------


def test_a_text_that_is_held_is_refused(tmp_path: Path, encoder: Counting) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(text_of(1).replace("\n", "\r\n").encode("gb18030"))
    with pytest.raises(InputError, match=r"copy\.txt has the same text as the plan 'p01'"):
        add([copy], corpus, folder, encoder, progress=False)
    assert [p.name for p in corpus.iterdir()] == ["p00.txt", "p01.txt"]
    one, other = put(tmp_path / "n", 4), tmp_path / "n" / "again.txt"
    other.write_bytes(one.read_bytes())
    with pytest.raises(InputError, match="same text as the plan 'p04'"):
        add([one, other], corpus, folder, encoder, progress=False)


def test_nearly_the_same_text_is_told(tmp_path: Path, encoder: Counting) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0), tmp_path / "index"
    body = "".join(f"{n}.做好第{n}件事。办好{n}场活动。\n" for n in range(1, 60))
    (corpus / "long.txt").write_text(f"乌兰县方案\n一、任务\n{body}", "utf-8")
    build(corpus, folder, encoder, progress=False)
    other = tmp_path / "other.txt"
    other.write_text(f"乌兰县方案\n一、任务\n{body.replace('办好7场', '办好八场')}", "utf-8")
    _, told = add([other], corpus, folder, encoder, progress=False)
    assert len(told) == 1
    assert "'other'" in told[0]
    assert "'long'" in told[0]
    _, told = add([put(tmp_path / "new", 2)], corpus, folder, encoder, progress=False)
    assert told == []


# -- refusals -----------------------------------------------------------------------------


def test_a_name_that_is_taken(tmp_path: Path, encoder: Counting) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1), tmp_path / "index"
    new = put(tmp_path / "new", 0, version=1)
    with pytest.raises(InputError, match=r"p00\.txt is already in .* tiaowen add --replace"):
        add([new], corpus, folder, encoder, progress=False)
    add([new], corpus, folder, encoder, replace=True, progress=False)
    assert (corpus / "p00.txt").read_bytes() == new.read_bytes()
    assert store.load(folder).plan("p00").source == new.read_text("utf-8")


@pytest.mark.parametrize(
    "fail", [OSError(28, "No space left on device"), KeyboardInterrupt(), CorpusError("bad")]
)
def test_a_change_that_fails_leaves_all_as_it_was(
    tmp_path: Path, encoder: Counting, monkeypatch: pytest.MonkeyPatch, fail: BaseException
) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    before = sorted(p.name for p in folder.iterdir())

    def failing(*_: object) -> None:
        raise fail

    for name in ("put", "put_segment"):
        with monkeypatch.context() as patched:
            patched.setattr(generation, name, failing)
            with pytest.raises(type(fail)):
                add([put(tmp_path / "new", 2)], corpus, folder, encoder, progress=False)
    monkeypatch.setattr(index.build.journal, "stage", failing)
    with pytest.raises(type(fail)):
        add([put(tmp_path / "new", 2)], corpus, folder, encoder, progress=False)
    assert sorted(p.name for p in folder.iterdir()) == before
    assert [p.name for p in plan_files(corpus)] == ["p00.txt", "p01.txt"]
    assert [p.id for p in store.load_for(folder, corpus).plans] == ["p00", "p01"]


def test_a_plan_that_goes_while_it_is_read_is_a_change_and_no_damage(
    tmp_path: Path, encoder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    put(corpus, 2)
    whole, going = index.corpus.load, corpus / "p02.txt"

    def load(path: Path) -> bytes:
        if path == going:
            path.unlink(missing_ok=True)  # between being seen and being read
        return whole(path)

    monkeypatch.setattr(index.corpus, "load", load)
    with pytest.raises(IndexMissing):  # as for any change that nobody is known to be making
        store.load_for(folder, corpus)
    assert [p.id for p in store.load_for(folder, corpus).plans] == ["p00", "p01"]
    (corpus / "p03.txt").mkdir()
    with pytest.raises(CorpusError):  # what is there and cannot be read is told
        store.load_for(folder, corpus)


def test_an_opened_index_outlives_its_files(tmp_path: Path, encoder: Counting) -> None:
    corpus, folder = corpus_of(tmp_path / "corpus", 0, 1), tmp_path / "index"
    build(corpus, folder, encoder, progress=False)
    opened = Assistant(store.load(folder), encoder)
    remove(["p00"], corpus, folder, encoder, progress=False)
    follow(corpus, folder, encoder, progress=False, fresh=True)
    assert "县民政局" in opened.ask(f"{NAMES[0]}智慧助老由谁牵头").answer
    assert "p00" not in store.load(folder).by_id()
