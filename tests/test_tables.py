"""Tables in a text: columns that give units their role, rows of bodies, and what is no table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clauses import parse
from index.reading import read
from index.tables import Row, table_rows
from tests.conftest import clauses_of


def rows(text: str) -> list[Row]:
    found = table_rows(read(text))
    return [found[at] for at in sorted(found)]


def shown(text: str) -> list[tuple[str, str, str]]:
    """number, title, role:cell … of every row."""
    said = read(text).text
    return [
        (
            said[slice(*r.number)] if r.number else "",
            said[slice(*r.title)] if r.title else "",
            " ".join(f"{role}:{said[slice(*span)]}" for role, span in r.units),
        )
        for r in rows(text)
    ]


def test_columns_with_a_role() -> None:
    text = (
        "任务\t牵头单位\t责任单位\n"
        "开展科普\t县科协\t县教育局、县财政局\n建科普馆\t县住建局\t县科协\n"
    )
    assert shown(text) == [
        ("", "开展科普", "lead:县科协 responsible:县教育局、县财政局"),
        ("", "建科普馆", "lead:县住建局 responsible:县科协"),
    ]


def test_a_column_of_ordinals_is_the_number_and_other_columns_are_no_units() -> None:
    text = (
        "序号\t重点任务\t责任部门\t完成时限\n1\t开展科普\t县科协\t2025年底\n"
        "2.\t建馆\t县住建局\t2026年底\n三\t办展\t县文旅局\t全年\n"
    )
    assert shown(text) == [
        ("1", "开展科普", "responsible:县科协"),
        ("2.", "建馆", "responsible:县住建局"),
        ("三", "办展", "responsible:县文旅局"),
    ]


def test_units_before_the_task() -> None:
    text = "责任单位\t任务\n县科协\t开展科普\n县教育局\t办科技节\n"
    assert shown(text) == [
        ("", "开展科普", "responsible:县科协"),
        ("", "办科技节", "responsible:县教育局"),
    ]


def test_a_merged_cell_leaves_its_place_empty_at_the_left() -> None:
    text = "类别\t任务\t牵头单位\n宣传\t开展科普\t县科协\n办展\t县文旅局\n"
    assert shown(text)[1] == ("", "办展", "lead:县文旅局")


def test_rows_of_bodies() -> None:
    text = "部门\t职责\n县科协\t组织科普，办好活动\n县教育局\t办好科技节\n"
    found = rows(text)
    assert [read(text).text[slice(*r.body)] for r in found if r.body] == ["县科协", "县教育局"]
    assert all(not r.units for r in found)


def test_a_long_cell_is_no_title() -> None:
    long = "开展科普活动" * 8
    text = f"任务\t牵头单位\n{long}\t县科协\n建馆\t县住建局\n"
    assert [(t, u) for _, t, u in shown(text)] == [("", "lead:县科协"), ("建馆", "lead:县住建局")]


@pytest.mark.parametrize(
    "text",
    [
        "任务\t牵头单位\n",  # a header alone
        "姓名\t电话\n",
        "开展科普\t县科协\n",  # one line with a tab
        f"{'开展科普活动' * 4}\t县科协\n甲\t乙\n丙\t丁\n",  # no header so long
        "一、任务\n做好，抓实。\n",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert rows(text) == []


def test_a_line_without_tabs_ends_a_table() -> None:
    text = "任务\t牵头单位\n甲\t县科协\n乙\t县妇联\n说明\n任务\t参加单位\n丙\t县工会\n丁\t县团委\n"
    assert [u for _, _, u in shown(text)] == [
        "lead:县科协", "lead:县妇联", "participant:县工会", "participant:县团委",
    ]  # fmt: skip


# -- in the tree --------------------------------------------------------------------------


def test_rows_are_items_below_what_the_table_stands_in() -> None:
    text = (
        "一、总则\n做好，抓实。\n附件\n任务分解表\n序号\t任务\t牵头单位\t配合单位\n"
        "1\t开展科普\t县科协\t县教育局等\n2\t建馆\t县住建局\t县科协\n"
    )
    annex, first, second = clauses_of(text)[1:]
    assert (annex.level, annex.title) == ("annex", "任务分解表")
    assert [(c.level, c.number, c.title, c.parent) for c in (first, second)] == [
        ("item", "1", "开展科普", annex.id), ("item", "2", "建馆", annex.id),
    ]  # fmt: skip
    assert [(d.role, d.unit) for d in first.duties] == [
        ("lead", "县科协"), ("support", "县教育局"),
    ]  # fmt: skip
    assert first.open
    assert not second.open


def test_the_row_of_a_body_is_its_duty() -> None:
    text = (
        "一、职责\n部门\t职责\n县科协\t组织科普，办好活动\n县教育局\t办好科技节\n二、保障\n甲。\n"
    )
    part, first, second, last = clauses_of(text)
    assert part.duty_source == "none"
    assert [[(d.role, d.unit) for d in c.duties] for c in (first, second)] == [
        [("responsible", "县科协")], [("responsible", "县教育局")],
    ]  # fmt: skip
    assert last.duty_source == "none"


def test_a_table_without_units_assigns_nothing() -> None:
    text = "一、指标\n指标\t单位\t2025年\n科学素质\t%\t15\n科普馆\t个\t10\n"
    assert all(c.duty_source == "none" for c in clauses_of(text))


CELLS = [
    "县科协", "县教育局、县财政局等", "1", "2.", "开展科普", "牵头单位", "责任部门", "任务", "序号",
    "部门", "", " ", "2025年底", "（牵头）", "一、", "列第一位的为牵头单位",
]  # fmt: skip
LINES = st.lists(
    st.lists(st.sampled_from(CELLS), min_size=1, max_size=4).map("\t".join), max_size=9
)


@given(LINES.map("\n".join))
def test_any_table_is_read_and_its_rows_lie_inside(text: str) -> None:
    reading = read(text)
    for at, row in table_rows(reading).items():
        spans = [row.number, row.title, row.body, *(span for _, span in row.units)]
        assert all(at <= s.start < s.end <= len(reading.text) for s in spans if s)
    for clause in parse(reading, "t"):
        for duty in clause.duties:
            lo, hi = reading.from_source(duty.start, duty.end)
            assert reading.text[lo:hi] == duty.unit
