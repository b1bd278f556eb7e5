"""Literal search: the arrays say of every clause what its own words say one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.arrays import read_arrays, write_arrays
from index.literal import LEVELS, LiteralIndex, build_literal, headings, searched
from index.passages import body_span
from index.store import Index
from index.tokens import tokens
from rag.coverage import LAY_SHARE, carried, coverage, largest
from rag.question import Concept, concepts_of
from rag.search import Searcher
from tests.conftest import TinyEncoder

CONCEPTS = (
    *concepts_of("老年人使用智能手机防范诈骗"),
    Concept("手机班", ("手机班", "智能手机", "科学素质"), 1.6),
    Concept("量子", ("量子",)),
    Concept("farmers", ("农民", "高素质农民")),
)
WEIGHTS = {c.said: 0.5 + n / 7 for n, c in enumerate(CONCEPTS)}


@pytest.fixture(scope="module")
def literal(index: Index) -> LiteralIndex:
    return build_literal(index.plans, index.readings, index.passages)


def by_hand(index: Index) -> dict[str, list[set[str]]]:
    """The tokens of every entry and sentence, read anew from the plans."""
    held: dict[str, list[set[str]]] = {name: [] for name in LEVELS}
    for plan in index.plans:
        text = index.readings[plan.id].text
        for clause in searched(plan):
            lo, hi = body_span(index.readings[plan.id], clause)
            pieces = [p for p in text[lo:hi].replace("\n", "。").split("。") if p]
            title = {t for h in headings(plan, clause) for t in tokens(h)}
            held["own"].append(set(tokens(clause.title)))
            held["title"].append(title)
            held["whole"].append(title | {t for p in pieces for t in tokens(p)})
    return held


@pytest.mark.parametrize("level", ["own", "title", "whole"])
def test_coverage_of_all_clauses_is_that_of_each(
    index: Index, literal: LiteralIndex, level: str
) -> None:
    held = by_hand(index)[level]
    total = sum(WEIGHTS.values())
    one_by_one = [
        sum(WEIGHTS[c.said] * carried(c, frozenset(pairs)) for c in CONCEPTS) / total
        for pairs in held
    ]
    span = (0, literal.entries)
    found = coverage(literal, level, span, CONCEPTS, WEIGHTS)
    # Python's sum rounds otherwise than a running sum from 3.12 on
    np.testing.assert_allclose(found, one_by_one, rtol=1e-12)
    assert max(one_by_one) > 0.2
    lo, hi = literal.plan_starts[2:4].tolist()
    part = coverage(literal, level, (lo, hi), CONCEPTS, WEIGHTS)
    assert part.tolist() == found[lo:hi].tolist()


def test_hits_carry_what_their_sentences_say(index: Index, tiny: TinyEncoder) -> None:
    searcher = Searcher(index, tiny)
    plan = index.plans[1]
    for entry in searcher.entries(plan.id):
        for s in entry.sentences:
            assert index.readings[plan.id].text[s.lo : s.hi] == s.text
            assert index.readings[plan.id].to_source(s.lo, s.hi) == (s.start, s.end)
            assert set(s.rows) <= set(entry.rows)
            assert s.start < index.passages[s.rows[0]].end
        assert {index.passages[r].clause for r in entry.rows} == {entry.clause.id}


def test_an_english_word_is_as_rare_as_the_commonest_that_it_stands_for(
    index: Index, tiny: TinyEncoder
) -> None:
    searcher = Searcher(index, tiny)
    common, rare = sorted(
        ("科普", "科学素质", "社区", "工作方案"), key=lambda w: searcher.weight(Concept(w, (w,)))
    )[::3]
    least, most = (searcher.weight(Concept(w, (w,))) for w in (common, rare))
    assert least < most
    # either would do to say it; a Chinese lay word stands for the one that is told apart
    assert searcher.weight(Concept("thing", (rare, common))) == least
    assert searcher.weight(Concept("东西", (rare, common))) == most


def test_a_plan_word_stands_for_the_lay_word(literal: LiteralIndex) -> None:
    said = Concept("土话说法", ("土话说法", "科学素质"))
    found = coverage(literal, "whole", (0, literal.entries), [said], {said.said: 2.0})
    assert set(np.round(found, 6)) == {0.0, LAY_SHARE}


def test_what_was_saved_comes_back(literal: LiteralIndex, tmp_path: Path) -> None:
    write_arrays(tmp_path / "arrays", literal.arrays())
    loaded = LiteralIndex.of(list(literal.words), read_arrays(tmp_path / "arrays"))
    assert loaded.words == literal.words
    for name in LEVELS:
        np.testing.assert_array_equal(loaded.levels[name].rows, literal.levels[name].rows)
        np.testing.assert_array_equal(loaded.levels[name].starts, literal.levels[name].starts)
    np.testing.assert_array_equal(loaded.spans, literal.spans)
    np.testing.assert_array_equal(loaded.plan_starts, literal.plan_starts)


def test_the_largest_of_stretches_some_empty() -> None:
    values = np.array([-3.0, -1.0, 5.0, 2.0])
    starts = np.array([0, 0, 2, 2, 4, 4])
    assert largest(values, starts).tolist() == [0.0, -1.0, 0.0, 5.0, 0.0]
    assert largest(values[:0], np.array([0, 0])).tolist() == [0.0]
