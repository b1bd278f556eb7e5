"""Segments: merged ones hold what one made at once holds, less what is dead."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import segment
from index.corpus import Source
from index.literal import LEVELS, JoinedLiteral
from index.merging import merge
from index.passages import make_passages
from index.segment import Item, Segment, key_of
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER, TinyEncoder, read_plan

TEXTS = {
    "a": SYNTHETIC,
    "b": SYNTHETIC_OTHER,
    "c": SYNTHETIC.replace("青石", "东江").replace("3场", "7场"),
    "d": SYNTHETIC_OTHER.replace("白沙", "西岭").replace("科普小院", "乡村书屋"),
}


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Item]:
    folder, tiny = tmp_path_factory.mktemp("plans"), TinyEncoder()
    found = {}
    for name, text in TEXTS.items():
        plan, reading = read_plan(text, folder, name)
        passages = tuple(make_passages(plan, reading))
        vectors = tiny.encode_document([p.text for p in passages])
        found[name] = Item(plan, reading, passages, vectors, Source(plan.file, plan.sha256))
    return found


def made(items: dict[str, Item], names: str) -> Segment:
    return segment.make([items[n] for n in names])


def assert_same(one: Segment, other: Segment) -> None:
    """Every array but those that depend on how words are numbered, and every list of rows."""
    assert (one.cards, one.sources) == (other.cards, other.sources)
    for name in ("rows", "keys"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    for name in ("spans", "sentence_starts", "passage_starts", "plan_starts"):
        np.testing.assert_array_equal(getattr(one.literal, name), getattr(other.literal, name))
    assert one.literal.words.keys() == other.literal.words.keys()
    hi = len(one.literal.spans)
    for word in one.literal.words:
        for level in LEVELS:
            rows = [s.literal.holding(level, word, 0, hi).tolist() for s in (one, other)]
            assert rows[0] == rows[1], (word, level)
    assert one.counts.words.keys() == other.counts.words.keys()
    np.testing.assert_array_equal(one.counts.lengths, other.counts.lengths)
    for word, n in one.counts.words.items():
        m = other.counts.words[word]
        assert one.counts.postings.of(n).tolist() == other.counts.postings.of(m).tolist()
        counts = [
            s.counts.counts[s.counts.postings.starts[k] : s.counts.postings.starts[k + 1]].tolist()
            for s, k in ((one, n), (other, m))
        ]
        assert counts[0] == counts[1]
    for name, array in one.texts.arrays().items():
        np.testing.assert_array_equal(array, other.texts.arrays()[name])
    terms = [
        {
            (k, w): s.terms.held.of(n).tolist()
            for n, (k, w) in enumerate(zip(s.terms.kinds.tolist(), s.terms.words, strict=True))
        }
        for s in (one, other)
    ]
    assert terms[0] == terms[1]
    for n in range(len(one.cards)):
        assert one.records.plan(n) == other.records.plan(n)


def mask(*on: bool) -> np.ndarray:
    return np.array(on, dtype=np.bool_)


def test_merged_is_made_at_once(items: dict[str, Item]) -> None:
    parts = [(made(items, "ab"), mask(True, True)), (made(items, "cd"), mask(True, True))]
    assert_same(merge(parts), made(items, "abcd"))


def test_what_is_dead_leaves_nothing_behind(items: dict[str, Item]) -> None:
    parts = [(made(items, "abc"), mask(False, True, True)), (made(items, "da"), mask(True, False))]
    assert_same(merge(parts), made(items, "bcd"))
    assert_same(merge([(made(items, "abcd"), mask(True, False, False, True))]), made(items, "ad"))


def test_what_is_written_comes_back(items: dict[str, Item], tmp_path: Path) -> None:
    before = made(items, "abcd")
    segment.write(before, tmp_path)
    assert_same(segment.read(tmp_path), before)


def test_passages_are_found_by_their_text(items: dict[str, Item]) -> None:
    held = made(items, "abcd")
    passages = [p for n in "abcd" for p in items[n].passages]
    for row, passage in enumerate(passages):
        assert (row, "abcd".index(passage.plan)) in list(held.with_key(passage.text))
    assert list(held.with_key("nowhere")) == []
    assert key_of("甲") != key_of("乙")


def test_joined_literal_search_is_that_of_the_live_plans(items: dict[str, Item]) -> None:
    parts = [
        (made(items, "ab").literal, mask(False, True)),
        (made(items, "c").literal, mask(True)),
        (made(items, "da").literal, mask(True, False)),
    ]
    joined, whole = JoinedLiteral(parts), made(items, "bcd").literal
    assert joined.entries == whole.entries
    np.testing.assert_array_equal(joined.plan_starts, whole.plan_starts)
    np.testing.assert_array_equal(joined.sentence_starts, whole.sentence_starts)
    np.testing.assert_array_equal(joined.passage_starts, whole.passage_starts)
    for entry in range(whole.entries):
        np.testing.assert_array_equal(joined.sentences(entry), whole.sentences(entry))
    for word in ["科", "科普", "手机", "2025", "没有"]:
        assert joined.spread(word) == whole.spread(word)
        for level in LEVELS:
            end = len(whole.spans) if level == "sentence" else whole.entries
            for lo, hi in ((0, end), (3, end - 2), (end - 1, end), (0, 1), (end, end)):
                found = joined.holding(level, word, lo, hi).tolist()
                assert found == whole.holding(level, word, lo, hi).tolist()
            rows = np.arange(0, end, 2)
            found = joined.having(level, word, rows).tolist()
            assert found == whole.having(level, word, rows).tolist()
            held = set(whole.holding(level, word, 0, end).tolist())
            assert found == [row in held for row in rows.tolist()]
