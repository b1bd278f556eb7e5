"""Finding duty notes: what is one, where it ends, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.notes import find_notes, first_leads_from, says_first_leads
from index.wording import Span


def found(text: str) -> list[str]:
    return [text[a:b] for a, b in find_notes(text, 0, len(text))]


@pytest.mark.parametrize(
    "note",
    [
        "（牵头单位：县科协；责任单位：县教育局）",
        "（责任单位 县科协、县教育局）",  # without its colon, but all that follows are bodies
        "（牵头单位县科协）",
        "（县科协、县教育局负责）",
        "（县科协牵头，县教育局、县财政局配合）",
        "（市科协、县教育局指导）",
        "（市科协指导，县科协参与）",
        "（由县科协牵头负责，县教育局等相关部门配合）",
        "（县委办、县政府办牵头，县直各部门、各乡镇按职责分工落实）",
        "（各市、县人民政府，省有关单位负责）",
        "（商务部、财政部等部门和各省级人民政府负责）",
        "（县科协、县教育局负责，列第一位的为牵头单位，下同）",
        "（完成时限：2025年底；责任单位：县科协）",
        "（责任科室：普及科、办公室）",
        "[牵头单位：县科协]",
    ],
)
def test_brackets_that_are_notes(note: str) -> None:
    assert found(f"做好工作。{note}下文。") == [note]


@pytest.mark.parametrize(
    "text",
    [
        "广泛宣传（包括县教育局、县科协）。",
        "广泛宣传（县教育局、县科协等单位）。",
        "以下简称（县科协）。",
        "动员社会（企业自主负责）。",
        "落实责任（谁主管谁负责）。",
        "压实责任（落实负责人）。",
        "组织活动（参加人数不少于100人）。",
        "见通知（县科协的通知，由县科协负责解释）。",
        "安排资金（含由县财政局负责的资金）。",
        "排序（排名第一的为牵头单位）。",
        "工作由县教育局负责。",
        "各项补贴由县财政局负责，按规定发放。",
        "由县科协牵头，县教育局、县财政局配合，建立机制。",
        "加强领导，各级各部门分工负责。",
    ],
)
def test_brackets_and_prose_that_are_none(text: str) -> None:
    assert found(text) == []


def test_lines_of_labels_below_each_other_are_one_note() -> None:
    text = "做好工作，抓实。\n牵头单位：县科协\n责任单位：县教育局、县财政局\n下一段，继续。"
    assert found(text) == ["牵头单位：县科协\n责任单位：县教育局、县财政局"]


def test_a_line_of_text_between_two_label_lines_parts_them() -> None:
    text = "甲，乙。\n牵头单位：县科协\n丙，丁。\n牵头单位：县教育局\n"
    assert found(text) == ["牵头单位：县科协", "牵头单位：县教育局"]


def test_a_bracket_below_a_label_line_is_a_note_of_its_own() -> None:
    text = "甲，乙。\n牵头单位：县科协\n（责任单位：县教育局）"
    assert found(text) == ["牵头单位：县科协", "（责任单位：县教育局）"]


def test_a_label_counts_only_at_the_head_of_a_line() -> None:
    assert found("明确的责任单位：县科协，县教育局。") == []
    assert found("甲，乙。\n责任单位：县科协，县教育局。") == ["责任单位：县科协，县教育局。"]


def test_a_line_of_its_own_may_be_a_list_with_a_verb() -> None:
    assert found("甲，乙。\n县科协、县教育局按职责分工负责。") == [
        "县科协、县教育局按职责分工负责。"
    ]


def test_a_note_that_is_never_closed_ends_with_its_paragraph() -> None:
    assert found("甲（责任单位：县科协、县妇联\n乙，丙。") == ["（责任单位：县科协、县妇联"]


def test_notes_are_looked_for_in_the_span_alone() -> None:
    text = "（县科协负责）甲。（县妇联负责）"
    assert find_notes(text, 1, len(text)) == [Span(text.index("（县妇联"), len(text))]


# -- remarks that the first of a list leads ---------------------------------------------


@pytest.mark.parametrize(
    "remark",
    [
        "列第一位的为牵头单位，下同",
        "列第一位者为牵头单位，下同",
        "排在第一位的为牵头部门，下同",
        "排在首位的单位为牵头单位，下同",
        "以下各项均同，列首位的为牵头单位",
    ],
)
def test_said_once_for_what_follows(remark: str) -> None:
    text = f"甲。（县妇联负责）乙。（县科协、县教育局负责，{remark}）丙。"
    at = first_leads_from(text)
    assert text.index("乙") < at < text.index("丙")


def test_said_without_more_it_holds_for_its_note_alone() -> None:
    text = "甲。（县科协、县教育局负责，列第一位的为牵头单位）乙。（县妇联负责）"
    assert first_leads_from(text) == len(text)
    assert [says_first_leads(text, n) for n in find_notes(text, 0, len(text))] == [True, False]


@pytest.mark.parametrize("line", ["注：列第一位的为牵头单位", "（备注：排在首位的为牵头单位）"])
def test_said_in_a_remark_below_it_holds_for_all(line: str) -> None:
    assert first_leads_from(f"甲。（县科协、县教育局负责）\n{line}\n") == 0


def test_a_text_that_says_nothing_of_it() -> None:
    text = "甲。（县科协、县教育局负责）"
    assert first_leads_from(text) == len(text)


PIECES = [
    "（", "）", "[", "]", "\n", "县科协", "县教育局", "、", "；", "，", "。", "负责", "由",
    "牵头", "配合", "牵头单位：", "责任单位：", "完成时限：", "2025年", "下同", "等",
    "列第一位的为牵头单位",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_notes_are_in_order_apart_and_inside(text: str) -> None:
    notes = find_notes(text, 0, len(text))
    assert all(0 <= a < b <= len(text) for a, b in notes)
    assert all(x.end <= y.start for x, y in pairwise(notes))
    assert 0 <= first_leads_from(text) <= len(text)
