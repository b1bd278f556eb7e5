"""Tables as lines: tables of duties as the sentences a plan would print, others by rows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clauses import parse
from index.formats.grid import Raw
from index.formats.tables import table_lines
from index.reading import read


def rows(*lines: str) -> list[list[Raw]]:
    """A row a line, cells apart by |, ^ for a cell that goes on from above, \\ for a line end."""
    return [
        [Raw("", rows=0) if c == "^" else Raw(c.replace("\\", "\n")) for c in line.split("|")]
        for line in lines
    ]


def test_the_labels_are_the_headers_own() -> None:
    for head in ("责任部门", "主办单位", "牵头（责任）单位", "配合单位", "参与科室", "实施主体"):
        assert table_lines(rows(f"任务|{head}", "甲|乙局")) == [f"甲（{head}：乙局）"]


def test_several_task_columns_are_sentences() -> None:
    found = table_lines(rows("重点任务|具体措施|责任单位", "智慧助老|教老人用手机。|县民政局"))
    assert found == ["智慧助老。教老人用手机。（责任单位：县民政局）"]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("县科协\\县教育局", "县科协、县教育局"),
        ("县科协　县教育局", "县科协、县教育局"),
        ("县科协、\\县教育局，\\团县委。", "县科协、县教育局，团县委"),
        ("县 科 协", "县科协"),
        ("县科协（\\牵头）", "县科协（牵头）"),
        ("各乡镇（街道）\\县科协等", "各乡镇（街道）、县科协等"),
    ],
)
def test_units_of_a_cell(cell: str, units: str) -> None:
    assert table_lines(rows("任务|责任单位", f"甲|{cell}")) == [f"甲（责任单位：{units}）"]


def test_a_cell_that_labels_its_units_itself() -> None:
    found = table_lines(rows("任务|责任单位", "甲|牵头单位：县科协\\配合单位：县教育局 团县委"))
    assert found == ["甲（牵头单位：县科协；配合单位：县教育局、团县委）"]


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("1", "1. 甲"),
        ("1.", "1.甲"),
        ("一", "一、甲"),
        ("（一）", "（一）甲"),
        ("1.1", "1.1. 甲"),
        ("x", "甲"),
    ],
)
def test_own_numbers(number: str, line: str) -> None:
    assert table_lines(rows("序号|任务|责任单位", f"{number}|甲|乙局")) == [
        f"{line}（责任单位：乙局）"
    ]


def test_a_task_that_brings_its_number_keeps_it() -> None:
    assert table_lines(rows("序号|任务|责任单位", "3|（二）甲|乙局")) == [
        "（二）甲（责任单位：乙局）"
    ]


def test_merged_categories_their_numbers_and_rows_over_the_whole_width() -> None:
    found = table_lines(
        [
            [Raw("任务分解表", columns=4)],
            *rows("序号|类别|任务|责任单位"),
            [Raw("一、重点任务", columns=4)],
            *rows("一|青少年|甲|县教育局", "^|^|乙|县科协", "二|老年人|丙|县民政局", "^|^|丁|^"),
        ]
    )
    assert found == [
        "任务分解表",
        "一、重点任务",
        "一、青少年",
        "甲（责任单位：县教育局）",
        "乙（责任单位：县科协）",
        "二、老年人",
        "丙（责任单位：县民政局）",
        "丁（责任单位：县民政局）",
    ]


def test_a_header_of_two_rows() -> None:
    found = table_lines(
        [
            [Raw("任务", rows=2), Raw("责任分工", columns=2)],
            [Raw("牵头单位"), Raw("配合单位")],
            [Raw("甲"), Raw("县科协"), Raw("县教育局")],
        ]
    )
    assert found[-1] == "甲（牵头单位：县科协；配合单位：县教育局）"


def test_the_header_again_on_the_next_page_is_left_out() -> None:
    found = table_lines(rows("任务|责任单位", "甲|乙局", "任务|责任单位", "丙|丁局"))
    assert found == ["甲（责任单位：乙局）", "丙（责任单位：丁局）"]


def test_what_else_a_row_tells() -> None:
    found = table_lines(rows("任务|责任单位|责任人|完成时限|备注", "甲|乙局|张三|2025年\\12月|/"))
    assert found == ["甲（责任单位：乙局；责任人：张三；完成时限：2025年12月）"]


def test_units_come_first_and_nothing_else_is_one() -> None:
    found = table_lines(rows("任务|完成时限|责任人|牵头单位|备注", "甲|2025年|张三|乙局|长期"))
    assert found == ["甲（牵头单位：乙局；完成时限：2025年；责任人：张三；备注：长期）"]
    (clause,) = [c for c in parse(read(f"1.{found[0]}"), "t") if c.level == "item"]
    assert clause.units() == ("乙局",)


def test_other_tables_are_rows_of_tabs() -> None:
    found = table_lines(rows("指标|2025年|2035年", "比例|16%|24%", "||", "人数|3\\万|"))
    assert found == ["指标\t2025年\t2035年", "比例\t16%\t24%", "人数\t3 万"]


def test_a_merged_cell_of_another_table_is_written_once() -> None:
    table = [[Raw("类", columns=2), Raw("数")], *rows("甲|子|1", "^|丑|2")]
    assert table_lines(table) == ["类\t数", "甲\t子\t1", "\t丑\t2"]


def test_tables_for_layout_are_running_text() -> None:
    assert table_lines(rows("一段\\二段", "三段")) == ["一段", "二段", "三段"]
    tall = "\\".join(f"第{n}段" for n in range(12))
    assert table_lines(rows(f"栏目|{tall}"))[:2] == ["栏目", "第0段"]


def test_a_word_of_duties_in_a_cell_is_no_header() -> None:
    assert table_lines(rows("名称|电话", "牵头单位办公室|123")) == [
        "名称\t电话",
        "牵头单位办公室\t123",
    ]
    assert table_lines(rows("牵头单位|责任单位")) == ["牵头单位\t责任单位"]


def test_the_lines_are_read_as_clauses_with_duties() -> None:
    table = table_lines(
        rows(
            "序号|任务|牵头单位|配合单位",
            "1|办好科技节|县教育局|县科协 团县委",
            "2|助老|县民政局|—",
        )
    )
    found = [c for c in parse(read("一、任务\n" + "\n".join(table)), "t") if c.level == "item"]
    assert [(c.number, c.units("lead"), c.units("support")) for c in found] == [
        ("1.", ("县教育局",), ("县科协", "团县委")),
        ("2.", ("县民政局",), ()),
    ]


raws = st.builds(
    Raw,
    st.sampled_from(
        ["", "甲", "1", "责任单位", "任务", "序号", "县科协 团县委", "a\nb", "牵头单位：x"]
    ),
    st.integers(-1, 4),
    st.integers(-1, 4),
)


@given(st.lists(st.lists(raws, max_size=5), max_size=6))
def test_any_table_is_lines(table: list[list[Raw]]) -> None:
    assert all(line.strip() and "\n" not in line for line in table_lines(table))


def test_time_grows_with_the_rows() -> None:
    def seconds(count: int) -> float:
        table = rows("序号|任务|责任单位", *["1|甲|乙局"] * count)
        start = time.process_time()
        table_lines(table)
        return time.process_time() - start

    assert seconds(20_000) < 40 * max(seconds(1_000), 0.01)
