"""Duty notes: both grammars, the ends of lists, brackets, and offsets that give the unit back."""

from __future__ import annotations

import pytest

from index.duties import read_note
from index.notes import find_notes
from index.plan import DutyNote
from index.reading import read
from tests.conftest import squeezed


def notes_of(source: str) -> list[DutyNote]:
    reading = read(source)
    return [read_note(reading, span) for span in find_notes(reading.text, 0, len(reading.text))]


def duties_of(source: str) -> list[str]:
    """role:unit of every duty of the single note in the text."""
    (note,) = notes_of(source)
    for duty in note.duties:
        assert squeezed(source[duty.start : duty.end]) == duty.unit
        assert note.start <= duty.start < duty.end <= note.end
    return [f"{d.role}:{d.unit}" for d in note.duties]


@pytest.mark.parametrize(
    ("note", "duties"),
    [
        # label: a role word, a colon, a list
        ("（牵头单位：甲局、乙局；责任单位：丙局）", "lead:甲局 lead:乙局 responsible:丙局"),
        ("〔责任单位：甲局，乙局〕", "responsible:甲局 responsible:乙局"),
        ("（牵头部门:甲局;配合单位:乙局,丙局）", "lead:甲局 support:乙局 support:丙局"),
        ("（牵头责任单位：甲局）", "lead:甲局"),
        ("（总牵头单位：甲局）", "lead:甲局"),
        ("（主办单位：甲局；协办单位：乙局）", "lead:甲局 support:乙局"),
        ("（责任分工：牵头单位：甲局；参与单位：乙局）", "lead:甲局 participant:乙局"),
        ("（牵头单位：甲局 责任单位：乙局）", "lead:甲局 responsible:乙局"),
        ("（牵头单位：甲局；完成时限：2025年底；责任人：张三）", "lead:甲局"),
        ("责任单位：甲局、乙局", "responsible:甲局 responsible:乙局"),
        # verb: a list, then what its units do
        ("（责任分工：由甲局、乙局牵头，丙局、丁局等单位参加）",
         "lead:甲局 lead:乙局 participant:丙局 participant:丁局"),
        ("（甲局牵头负责，乙局、丙局配合）", "lead:甲局 support:乙局 support:丙局"),
        ("（甲局牵头，乙局参与）", "lead:甲局 participant:乙局"),
        ("（甲局、乙局等负责）", "responsible:甲局 responsible:乙局"),
        ("（甲局、乙局按职责分工负责）", "responsible:甲局 responsible:乙局"),
        ("（甲局、乙局分别负责）", "responsible:甲局 responsible:乙局"),
    ],
)  # fmt: skip
def test_grammars(note: str, duties: str) -> None:
    assert duties_of(f"做好各项工作。{note}" if note[0] in "（〔" else note) == duties.split()


@pytest.mark.parametrize(
    "tail", ["等", "等部门", "等单位", "等有关部门", "等相关单位", "等按职责分工"]
)
def test_a_trailing_deng_is_no_unit_and_opens_the_list(tail: str) -> None:
    (note,) = notes_of(f"文。（牵头单位：甲局；责任单位：乙局、丙局{tail}）")
    assert [d.unit for d in note.duties] == ["甲局", "乙局", "丙局"]
    assert note.open_roles == ("responsible",)


def test_a_deng_in_the_middle_opens_the_list_and_what_follows_counts() -> None:
    (note,) = notes_of("文。（责任单位：甲局、科协等，各镇、街道）")
    assert [d.unit for d in note.duties] == ["甲局", "科协", "各镇、街道"]
    assert note.open_roles == ("responsible",)


def test_a_closed_list_is_not_open() -> None:
    (note,) = notes_of("文。（责任单位：甲局、乙局）")
    assert note.open_roles == ()


def test_a_roles_own_list_is_open_not_its_neighbours() -> None:
    (note,) = notes_of("文。（由甲局等牵头，乙局、丙局参加）")
    assert note.open_roles == ("lead",)


@pytest.mark.parametrize(
    ("listed", "units"),
    [
        ("县科协，各镇、街道", ["县科协", "各镇、街道"]),
        ("各乡、镇、街道", ["各乡、镇、街道"]),
        ("各乡镇（街道）人民政府（办事处）", ["各乡镇（街道）人民政府（办事处）"]),
        ("区委宣传部<区文明办>，教体局", ["区委宣传部<区文明办>", "教体局"]),
        ("区委宣传部‹区文明办、区网信办›、教体局", ["区委宣传部‹区文明办、区网信办›", "教体局"]),
        ("县委党校（行政学院、干部学院），县科协", ["县委党校（行政学院、干部学院）", "县科协"]),
        ("各单位、县科协", ["各单位", "县科协"]),
        ("县科协、县妇联、县科协", ["县科协", "县妇联"]),
    ],
)
def test_lists_are_cut_only_between_units(listed: str, units: list[str]) -> None:
    (note,) = notes_of(f"文。（责任单位：{listed}）")
    assert [d.unit for d in note.duties] == units


def test_one_unit_may_hold_two_roles() -> None:
    assert duties_of("文。（牵头单位：甲局；责任单位：甲局、乙局）") == [
        "lead:甲局", "responsible:甲局", "responsible:乙局",
    ]  # fmt: skip


def test_offsets_reach_over_page_breaks_spaces_and_markup() -> None:
    source = "甲，乙。〔牵头单位：县科\n\n协、 县 教育局；责任单位：**县妇联**〕"
    (note,) = notes_of(source)
    assert [d.unit for d in note.duties] == ["县科协", "县教育局", "县妇联"]
    slices = [source[d.start : d.end] for d in note.duties]
    assert slices == ["县科\n\n协", "县 教育局", "县妇联"]
    assert source[note.start : note.end] == source[source.index("〔") :]


@pytest.mark.parametrize(
    "text",
    [
        "加强领导（主要是经费保障）。",
        "由县科协牵头，县教育局配合，做好工作。",
        "（2021—2025年）",
        "明确责任单位，压实责任。",
        "每年开展活动（含讲座、展览等）。",
        "（县科协）",
    ],
)
def test_what_is_no_note(text: str) -> None:
    assert notes_of(text) == []


def test_notes_in_order() -> None:
    source = "甲事。（牵头责任单位：甲局）乙事。（配合单位：乙局）"
    assert [[d.unit for d in n.duties] for n in notes_of(source)] == [["甲局"], ["乙局"]]


@pytest.mark.parametrize("head", ["以上各项", "本项工作", "以上工作均"])
def test_words_before_you_are_no_part_of_the_unit(head: str) -> None:
    assert duties_of(f"文。（{head}由县科协负责）") == ["responsible:县科协"]
