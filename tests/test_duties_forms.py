"""Duty notes as other plans write them: remarks, labels beside, roles in brackets, open lists."""

from __future__ import annotations

import pytest

from index.duties import read_cells, read_note
from index.notes import find_notes
from index.plan import DutyNote
from index.reading import read
from index.wording import Span
from tests.conftest import clauses_of


def note_of(text: str, first_leads: bool = False) -> DutyNote:
    reading = read(f"做好工作。{text}" if text[0] in "（[" else text)
    (span,) = find_notes(reading.text, 0, len(reading.text))
    return read_note(reading, span, first_leads)


def duties(text: str, first_leads: bool = False) -> str:
    return " ".join(f"{d.role}:{d.unit}" for d in note_of(text, first_leads).duties)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        # two lists and their verbs
        ("（县科协牵头，县教育局、县财政局配合）", "lead:县科协 support:县教育局 support:县财政局"),
        ("（市科协指导，县科协参与）", "guide:市科协 participant:县科协"),
        ("（县科协按职责分工负责，各乡镇参与）", "responsible:县科协 participant:各乡镇"),
        ("（责任单位：县科协牵头，县教育局配合）", "lead:县科协 support:县教育局"),
        # labels
        ("（牵头单位：县科协；指导单位：市科协）", "lead:县科协 guide:市科协"),
        ("（责任部门：县科协 指导单位：市科协）", "responsible:县科协 guide:市科协"),
        ("（牵头单位：县科协。责任单位：县教育局）", "lead:县科协 responsible:县教育局"),
        ("（牵头单位县科协）", "lead:县科协"),
        # what else a note states is no unit
        ("（牵头单位：县科协；完成时限：2025年底）", "lead:县科协"),
        ("（责任单位：县科协，完成时限：2025年12月底前）", "responsible:县科协"),
        ("（完成时限：2025年底；责任单位：县科协、县教育局）",
         "responsible:县科协 responsible:县教育局"),
        ("（责任单位：县教育局；责任人：张三）", "responsible:县教育局"),
        ("（牵头领导：张三；责任单位：县科协）", "responsible:县科协"),
        # a role in a bracket behind one unit
        ("（责任单位：县教育局（牵头）、县科协）", "lead:县教育局 responsible:县科协"),
        ("（责任单位：县教育局(牵头单位)、县科协（配合）、县财政局）",
         "lead:县教育局 support:县科协 responsible:县财政局"),
        # remarks on the list
        ("（责任单位：县教育局、县科协，以下各项均不再列出各乡镇）",
         "responsible:县教育局 responsible:县科协"),
        ("（县科协负责，县教育局配合，下同）", "responsible:县科协 support:县教育局"),
        # what a bracket adds to a name is no part of it, its second name is
        ("（责任单位：各区人民政府（含开发区管委会，下同）、市科协）",
         "responsible:各区人民政府 responsible:市科协"),
        ("（责任单位：县委组织部（县委人才办）、县科协）",
         "responsible:县委组织部（县委人才办） responsible:县科协"),
        # 和 between whole names, not inside one
        ("（县教育局和县科协负责）", "responsible:县教育局 responsible:县科协"),
        ("（县文化和旅游局负责）", "responsible:县文化和旅游局"),
        ("（责任单位：县委宣传部及县科协）", "responsible:县委宣传部 responsible:县科协"),
        # 各 reaches over the level to its noun
        ("（各市、县人民政府，省有关单位负责）",
         "responsible:各市、县人民政府 responsible:省有关单位"),
        ("（各县（市、区）人民政府，市科协负责）",
         "responsible:各县（市、区）人民政府 responsible:市科协"),
    ],
)  # fmt: skip
def test_forms(note: str, expected: str) -> None:
    assert duties(note) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("（责任单位：商务部等和各有关省级人民政府）",
         "responsible:商务部 responsible:各有关省级人民政府"),
        ("（商务部、财政部等部门和各省级人民政府负责）",
         "responsible:商务部 responsible:财政部 responsible:各省级人民政府"),
        ("（商务部等有关部门及各省级人民政府负责）",
         "responsible:商务部 responsible:各省级人民政府"),
    ],
)  # fmt: skip
def test_an_open_list_may_be_followed_by_one_more_unit(note: str, expected: str) -> None:
    assert duties(note) == expected
    assert note_of(note).open_roles == ("responsible",)


def test_lines_below_each_other() -> None:
    text = "甲，乙。\n牵头单位：县科协；\n配合单位：县教育局等\n"
    assert duties(text) == "lead:县科协 support:县教育局"
    assert note_of(text).open_roles == ("support",)


# -- the first in the list ----------------------------------------------------------------


def test_the_first_leads_where_the_text_says_so_and_else_not() -> None:
    note = "（县科协、县教育局、县财政局负责）"
    assert duties(note) == "responsible:县科协 responsible:县教育局 responsible:县财政局"
    assert duties(note, True) == "lead:县科协 responsible:县教育局 responsible:县财政局"


def test_a_list_with_roles_of_its_own_is_left_as_it_is() -> None:
    note = "（县科协牵头，县教育局配合）"
    assert duties(note, True) == duties(note)
    assert duties("（牵头单位：县科协、县教育局）", True) == "lead:县科协 lead:县教育局"


def units(text: str) -> list[list[str]]:
    """role:unit of each clause with a note of its own."""
    held = [c for c in clauses_of(text) if c.duty_source == "own"]
    return [[f"{d.role}:{d.unit}" for d in c.duties] for c in held]


def test_said_once_with_below_likewise_it_holds_from_there_on() -> None:
    text = (
        "一、任务\n1.甲，乙。（县妇联、县科协负责）\n"
        "2.丙，丁。（县科协、县教育局负责，排在第一位的为牵头单位，下同）\n"
        "3.戊，己。（县财政局、县科协负责）\n"
    )
    assert units(text) == [
        ["responsible:县妇联", "responsible:县科协"],
        ["lead:县科协", "responsible:县教育局"],
        ["lead:县财政局", "responsible:县科协"],
    ]


def test_said_without_below_likewise_it_holds_for_its_note() -> None:
    text = (
        "一、任务\n1.甲，乙。（责任单位：县科协、县教育局，列第一位的为牵头单位）\n"
        "2.丙，丁。（责任单位：县财政局、县科协）\n"
    )
    assert units(text) == [
        ["lead:县科协", "responsible:县教育局"],
        ["responsible:县财政局", "responsible:县科协"],
    ]


def test_said_in_a_remark_line_it_holds_for_all_before_it_too() -> None:
    text = (
        "一、任务\n1.甲，乙。（县妇联、县科协负责）\n2.丙，丁。（县财政局、县科协负责）\n"
        "注：列第一位的为牵头单位。\n"
    )
    assert [u[0] for u in units(text)] == ["lead:县妇联", "lead:县财政局"]


# -- cells of a table ---------------------------------------------------------------------


def test_cells_are_read_by_the_role_of_their_column() -> None:
    reading = read("科普\t县科协\t县教育局、县财政局等\n")
    at = reading.text.index
    lists = (
        ("lead", Span(at("县科协"), at("县教育局"))),
        ("responsible", Span(at("县教育局"), len(reading.text))),
    )
    note = read_cells(reading, lists)  # type: ignore[arg-type]
    assert [(d.role, d.unit) for d in note.duties] == [
        ("lead", "县科协"), ("responsible", "县教育局"), ("responsible", "县财政局"),
    ]  # fmt: skip
    assert note.open_roles == ("responsible",)
    assert [reading.source[d.start : d.end] for d in note.duties] == [
        "县科协",
        "县教育局",
        "县财政局",
    ]
