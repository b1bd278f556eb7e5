"""Texts that lost their line ends, and page numbers between their lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.breaks import LONG_LINE, lost_breaks, page_numbers
from index.reading import read
from tests.conftest import clauses_of, squeezed

# Enough running text that a line with it is longer than any printed paragraph.
FILL = "各级各部门要广泛开展科普活动，提升公民科学素质。" * 40
assert len(FILL) > LONG_LINE


def starts(source: str) -> list[str]:
    """What stands at each lost line end, two characters of it."""
    return [source[at : at + 2] for at in sorted(lost_breaks(source))]


def test_a_text_of_one_line_is_cut_at_its_numbers() -> None:
    source = (
        f"青石县方案。一、总体要求。{FILL}二、任务。（一）青少年。甲。"
        "（二）农民。1.乙事。2.丙事。三、保障。丁。"
    )
    assert starts(source) == ["一、", "二、", "（一", "（二", "1.", "2.", "三、"]
    assert [(c.number, c.title) for c in clauses_of(source)] == [
        ("一、", "总体要求"), ("二、", "任务"), ("（一）", "青少年"), ("（二）", "农民"),
        ("1.", "乙事"), ("2.", "丙事"), ("三、", "保障"),
    ]  # fmt: skip


def test_chapters_of_one_line() -> None:
    source = (
        f"条例。第一章 总则。{FILL}第二章 任务。第一节 青少年。甲。"
        "第二节 农民。乙。第三章 保障。丁。"
    )
    assert starts(source) == ["第一", "第二", "第一", "第二", "第三"]


def test_numbers_in_a_sentence_are_no_line_ends() -> None:
    source = f"一、任务。{FILL}按第（一）条和第（二）项落实，做好一、二、三次产业融合。{FILL}"
    assert starts(source) == []
    source = f"一、任务。{FILL}如（三）所述，见（五）。"  # they do not count up from one
    assert starts(source) == []


def test_each_list_begins_at_one_again() -> None:
    source = f"方案。一、甲。（一）乙。（二）丙。{FILL}二、丁。（一）戊。（二）己。"
    assert starts(source) == ["一、", "（一", "（二", "二、", "（一", "（二"]


def test_a_number_left_out_ends_the_count() -> None:
    source = f"。一、甲。{FILL}二、乙。四、丙。三、丁。"
    assert starts(source) == ["一、", "二、", "三、"]


def test_indents_of_a_text_without_line_ends() -> None:
    source = f"\u3000\u3000青石县方案\u3000\u3000为了科普。\u3000\u3000一、任务\u3000\u3000{FILL}"
    assert [source[at + 2 : at + 4] for at in sorted(lost_breaks(source))][1:3] == ["为了", "一、"]
    lines = [read(source).text[a:b] for a, b in read(source).lines]
    assert lines[:3] == ["青石县方案", "为了科普。", "一、任务"]


def test_indents_are_left_alone_where_lines_are_as_long_as_printed() -> None:
    source = "青石县方案\n" + "为了科普。\u3000\u3000抓实。\n" * 9
    assert lost_breaks(source) == frozenset()


def test_a_paragraph_of_usual_length_is_not_cut() -> None:
    source = "一、任务。抓好两件事：（一）科普大篷车。（二）科普馆。\n"
    assert lost_breaks(source) == frozenset()


def test_only_the_long_line_of_several_is_cut() -> None:
    source = f"一、任务。（一）甲。（二）乙。\n二、保障。{FILL}（一）丙。（二）丁。\n"
    assert all(at > source.index("\n") for at in lost_breaks(source))
    assert starts(source) == ["（一", "（二"]


# -- page numbers -------------------------------------------------------------------------


def removed(source: str) -> list[str]:
    return [source[a:b] for a, b in page_numbers(source)]


def test_bare_numbers_that_count_up_are_pages() -> None:
    source = "一、任务\n甲，乙。\n1\n丙，\n 2 \n丁。\n\u30003\n戊。\n"
    assert removed(source) == ["1", "2", "3"]
    assert [c.text for c in clauses_of(source)] == ["一、任务\n甲，乙。\n丙，丁。\n戊。"]


def test_pages_without_a_number_do_not_end_the_count() -> None:
    assert removed("甲\n1\n乙\n4\n丙\n5\n丁\n8\n") == ["1", "4", "5", "8"]


@pytest.mark.parametrize(
    "source",
    [
        "甲\n1\n乙\n2\n丙\n",  # too few
        "甲\n10\n乙\n50\n丙\n90\n",  # too far apart
        "甲\n7\n乙\n5\n丙\n3\n",  # counting down
        "1.甲\n2.乙\n3.丙\n",  # clauses
        "甲1\n乙2\n丙3\n",  # behind words
        "",
    ],
)
def test_other_numbers_stay(source: str) -> None:
    assert removed(source) == []


def test_a_stray_number_between_the_pages_is_not_one_of_them() -> None:
    assert removed("甲\n1\n乙\n2\n丙\n3\n丁\n2025\n戊\n4\n") == ["1", "2", "3", "4"]


# -- any text -----------------------------------------------------------------------------

PIECES = [
    "一、", "二、", "三、", "（一）", "（二）", "1.", "2.", "第一章", "第二章", "。", "；",
    "\u3000\u3000", "\n", "甲乙", "1", "2", "3", " ", FILL[:450],
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_breaks_lie_inside_and_nothing_but_page_numbers_is_lost(source: str) -> None:
    assert all(0 <= at < len(source) for at in lost_breaks(source))
    pages = page_numbers(source)
    assert all(source[a:b].isdecimal() for a, b in pages)
    hidden = {at for a, b in pages for at in range(a, b)}
    seen = "".join(c for at, c in enumerate(source) if at not in hidden)
    assert squeezed(read(source).text) == squeezed(seen)
