"""Passages: within the budget, verbatim, complete, linked to their clause, without the note."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.passages import LABELS, WORDS_MOST, body_span, count_tokens, make_passages
from index.plan import Passage, Plan
from index.reading import Reading
from tests.conftest import PLAN_IDS, read_plan, squeezed

Corpus = dict[str, tuple[Plan, Reading]]


def _words(passage: Passage) -> int:
    """Tokens of the passage without the headings above it."""
    return count_tokens(passage.text.rpartition("\n")[2])


SENTENCE = "广泛开展面向基层群众的科学普及活动，持续提升公民科学素质。"


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_budget_and_link(corpus: Corpus, plan_id: str) -> None:
    plan, reading = corpus[plan_id]
    passages = list(make_passages(plan, reading))
    assert len({p.id for p in passages}) == len(passages)
    for passage in passages:
        assert passage.plan == plan_id
        clause = plan[passage.clause]
        assert clause.start <= passage.start < passage.end <= clause.own_end
        assert _words(passage) <= WORDS_MOST
        assert passage.text.startswith(" › ".join(plan.path(clause)[-LABELS:]))


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_words_are_the_slice_and_add_up_to_the_body(corpus: Corpus, plan_id: str) -> None:
    plan, reading = corpus[plan_id]
    words: dict[str, str] = {}
    for passage in make_passages(plan, reading):
        _, _, said = passage.text.partition("\n")
        if said:
            lo, hi = reading.from_source(passage.start, passage.end)
            assert said == reading.text[lo:hi]
        words[passage.clause] = words.get(passage.clause, "") + said
    for clause in plan.clauses:
        if clause.level not in ("plan", "tail"):
            lo, hi = body_span(reading, clause)
            assert squeezed(words[clause.id]) == squeezed(reading.text[lo:hi])


def test_notes_are_left_out(corpus: Corpus) -> None:
    for plan, reading in corpus.values():
        for passage in make_passages(plan, reading):
            assert "责任单位：" not in passage.text
            assert "牵头单位：" not in passage.text


def test_what_is_told_behind_a_note_in_the_middle_is_kept(tmp_path: Path) -> None:
    road = "1.修路。修路10条（县交通局负责）。已修路12条，全部通车。"
    text = f"一、任务\n{road}\n2.造桥。造桥3座（县交通局负责）。\n"
    plan, reading = read_plan(text, tmp_path, "t")
    said = {p.clause: p.text for p in make_passages(plan, reading)}
    assert "已修路12条" in said["t:1.1"]
    assert said["t:1.2"].endswith("造桥3座")


def test_long_clause_is_cut_at_sentence_ends(tmp_path: Path) -> None:
    plan, reading = read_plan(
        f"一、任务\n1.活动。{SENTENCE * 40}（责任单位：县科协）\n", tmp_path, "t"
    )
    pieces = [p for p in make_passages(plan, reading) if p.clause == "t:1.1"]
    assert len(pieces) > 3
    assert all(p.text.endswith("。") for p in pieces)
    assert all(_words(p) <= WORDS_MOST for p in pieces)
    assert "".join(plan.source[p.start : p.end] for p in pieces) == SENTENCE * 40


def test_text_without_any_punctuation_is_cut_too(tmp_path: Path) -> None:
    plan, reading = read_plan("一、任务\n1.活动。" + "科" * 2000 + "\n", tmp_path, "t")
    pieces = [p for p in make_passages(plan, reading) if p.clause == "t:1.1"]
    assert len(pieces) > 1
    assert all(_words(p) <= WORDS_MOST for p in pieces)


def test_heading_without_text_is_a_passage_of_its_path(tmp_path: Path) -> None:
    plan, reading = read_plan("一、任务\n（一）行动\n1.活动。做好，抓实。\n", tmp_path, "t")
    texts = {p.clause: p.text for p in make_passages(plan, reading)}
    assert texts == {
        "t:1": "一、任务",
        "t:1.1": "一、任务 › （一）行动",
        "t:1.1.1": "（一）行动 › 1.活动\n做好，抓实。",
    }
