"""The clause tree in forms that other plans have: annexes, glossaries, contents, items by body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clauses import parse
from index.notes import find_notes
from index.reading import read
from tests.conftest import clauses_of, squeezed


def outline(text: str) -> list[tuple[str, str, str]]:
    return [(c.level, c.number, c.title) for c in clauses_of(text)]


def own(text: str) -> list[tuple[str, list[str]]]:
    """Number or level of each clause with a note of its own, with role:unit of its duties."""
    return [
        (c.number or c.level, [f"{d.role}:{d.unit}" for d in c.duties])
        for c in clauses_of(text)
        if c.duty_source == "own"
    ]


# -- annexes, glossaries, contents --------------------------------------------------------


@pytest.mark.parametrize("line", ["附件", "附件：", "附件1", "附件 2", "附表", "附录一", "附件1-2"])
def test_a_line_that_says_annex_opens_one(line: str) -> None:
    found = clauses_of(f"一、总则\n做好，抓实。\n{line}\n实施细则\n一、细则\n1.甲，乙。\n")
    assert [(c.level, c.title) for c in found] == [
        ("part", "总则"), ("annex", "实施细则"), ("part", "细则"), ("item", ""),
    ]  # fmt: skip
    assert found[1].number == line.replace(" ", "").rstrip("：")
    assert found[2].parent == found[1].id
    assert found[1].parent == "t"


def test_numbers_begin_anew_in_each_annex() -> None:
    text = (
        "一、甲\n做好，抓实。\n二、乙\n做好，抓实。\n附件1\n任务书\n一、丙\n做好，抓实。\n"
        "附件2\n责任书\n一、丁\n做好，抓实。\n"
    )
    found = clauses_of(text)
    assert [(c.number, c.parent) for c in found] == [
        ("一、", "t"), ("二、", "t"), ("附件1", "t"), ("一、", "t:3"),
        ("附件2", "t"), ("一、", "t:4"),
    ]  # fmt: skip


def test_an_annex_that_a_sentence_mentions_opens_none() -> None:
    text = "一、总则\n按附件1要求抓好，任务见附件2。\n二、任务\n甲，乙。\n"
    assert [c.level for c in clauses_of(text)] == ["part", "part"]


def test_an_annex_may_begin_with_a_number_at_once() -> None:
    found = clauses_of("一、总则\n做好，抓实。\n附件\n1.甲，乙。\n2.丙，丁。\n")
    assert [(c.level, c.number, c.title) for c in found][1:] == [
        ("annex", "附件", ""), ("item", "1.", ""), ("item", "2.", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["名词解释", "重点名词解释", "附件：名词解释", "《政府工作报告》名词解释", "术语说明"]
)
def test_entries_of_a_glossary_are_terms(line: str) -> None:
    text = f"一、任务\n做好，抓实。\n{line}\n1.科普：指科学技术普及。\n2.一人公司：指OPC。\n"
    assert [c.level for c in clauses_of(text)] == ["part", "annex", "term", "term"]


def test_a_glossary_as_annex_is_one_annex() -> None:
    text = "一、任务\n做好，抓实。\n附件1\n名词解释\n1.科普：指科学技术普及。\n"
    assert outline(text)[1:] == [("annex", "附件1", "名词解释"), ("term", "1.", "科普")]


def test_terms_inherit_no_duties() -> None:
    text = "一、任务\n1.甲，乙。（牵头单位：县科协）\n名词解释\n1.科普：由县科协负责。\n"
    assert own(text) == [("1.", ["lead:县科协"])]
    assert clauses_of(text)[-1].duty_source == "none"


def test_a_list_of_contents_is_no_clauses() -> None:
    text = (
        "青石县规划\n目录\n一、总体要求……1\n（一）目标……1\n二、任务……3\n"
        "一、总体要求\n（一）目标\n甲，乙。\n二、任务\n丙，丁。\n"
    )
    found = clauses_of(text)
    assert [(c.number, c.title) for c in found] == [
        ("一、", "总体要求"), ("（一）", "目标"), ("二、", "任务"),
    ]  # fmt: skip
    assert "甲，乙。" in found[1].text


def test_contents_that_never_come_again_are_the_plan() -> None:
    text = "目录\n一、总体要求\n甲，乙。\n二、任务\n丙，丁。\n"
    assert [c.number for c in clauses_of(text)] == ["一、", "二、"]


# -- numbers ------------------------------------------------------------------------------


def test_a_figure_behind_an_items_number_is_no_part_of_it() -> None:
    text = "一、任务\n36.甲，乙。\n37.丙，丁。\n38.15分钟生活圈，建好。\n39.戊，己。\n"
    assert [c.number for c in clauses_of(text)] == ["一、", "36.", "37.", "38.", "39."]
    assert clauses_of(text)[3].text == "38.15分钟生活圈，建好。"


def test_a_decimal_number_stays_one_where_no_item_precedes() -> None:
    text = "1.总则\n甲，乙。\n1.1目标\n丙，丁。\n1.2原则\n戊，己。\n"
    assert [c.number for c in clauses_of(text)] == ["1.", "1.1", "1.2"]


def test_a_year_behind_the_number_is_text() -> None:
    text = (
        "一、2017年工作回顾\n甲，乙。\n二、2018年工作安排\n1.2018年建成，投用。\n2.开工，建设。\n"
    )
    assert outline(text) == [
        ("part", "一、", "2017年工作回顾"), ("part", "二、", "2018年工作安排"),
        ("item", "1.", ""), ("item", "2.", ""),
    ]  # fmt: skip


def test_numbers_that_run_on_over_sections() -> None:
    text = "一、甲\n（一）乙。丙。\n（二）丁。戊。\n二、己\n（三）庚。辛。\n"
    assert [(c.number, c.parent) for c in clauses_of(text)] == [
        ("一、", "t"), ("（一）", "t:1"), ("（二）", "t:1"), ("二、", "t"), ("（三）", "t:2"),
    ]  # fmt: skip


def test_a_heading_run_into_its_text_by_a_colon() -> None:
    assert [c.title for c in clauses_of("一、方向\n1.远程教育：办好课程，培训教师。\n")] == [
        "方向", "远程教育",
    ]  # fmt: skip


def test_a_dash_before_the_first_number_begins_no_clause() -> None:
    text = "工作报告\n——2024年1月8日在大会上\n县长\n一、回顾\n甲，乙。\n"
    assert [c.number for c in clauses_of(text)] == ["一、"]


def test_dashes_alone_are_clauses() -> None:
    assert [c.number for c in clauses_of("任务\n——甲，乙。\n——丙，丁。\n")] == ["——", "——"]


# -- notes and what follows them ----------------------------------------------------------

MORE = "推进丙事，落实丁事，长期坚持，久久为功。"


def test_paragraphs_after_a_note_are_none_of_its_business() -> None:
    text = f"一、任务\n（一）行动。抓好甲事。（牵头单位：县科协）\n{MORE}\n"
    section, noted, after = clauses_of(text)[1:]
    assert (section.title, section.duty_source) == ("行动", "none")
    assert noted.text == "抓好甲事。（牵头单位：县科协）"
    assert (after.level, after.text, after.duty_source) == ("paragraph", MORE, "none")


@pytest.mark.parametrize("rest", ["。\n", "\n2024年3月5日\n", "\n（续表）\n"])
def test_a_full_stop_or_a_word_after_the_note_is_no_paragraph(rest: str) -> None:
    text = f"一、任务\n（一）行动。抓好甲事。（牵头单位：县科协）{rest}（二）其他。乙。\n"
    assert [c.level for c in clauses_of(text)] == ["part", "section", "section"]


def test_parts_of_one_paragraph_each_with_its_note() -> None:
    text = "一、任务\n1.抓好甲事。（县科协负责）抓好乙事。（县妇联负责）抓好丙事。\n"
    found = clauses_of(text)
    assert [c.text for c in found if c.level == "paragraph"] == [
        "（县科协负责）", "抓好乙事。（县妇联负责）抓好丙事。",
    ]  # fmt: skip
    assert found[1].title == "抓好甲事"


def test_label_lines_below_each_other_are_one_clauses_note() -> None:
    text = (
        "一、任务\n1.甲，乙。\n牵头单位：县科协\n责任单位：县教育局\n2.丙，丁。\n牵头单位：县妇联\n"
    )
    assert own(text) == [
        ("1.", ["lead:县科协", "responsible:县教育局"]), ("2.", ["lead:县妇联"]),
    ]  # fmt: skip


# -- items by body ------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["：", "。", "\n"])
def test_items_that_begin_with_bodies_are_their_duties(sign: str) -> None:
    text = "一、职责分工\n" + "".join(
        f"{n}.{unit}{sign}做好科普，抓实。\n"
        for n, unit in enumerate(("县教育局", "县科协", "县财政局"), 1)
    )
    assert own(text) == [
        ("1.", ["responsible:县教育局"]), ("2.", ["responsible:县科协"]),
        ("3.", ["responsible:县财政局"]),
    ]  # fmt: skip


def test_a_verb_after_the_body_does_as_well() -> None:
    text = "一、分工\n1.县教育局负责校园。\n2.县科协牵头科普馆。\n3.县财政局负责经费。\n"
    assert [units for _, units in own(text)] == [
        ["responsible:县教育局"], ["responsible:县科协"], ["responsible:县财政局"],
    ]  # fmt: skip


def test_one_or_two_such_headings_are_headings() -> None:
    assert own("一、机构\n1.县科普办公室\n甲，乙。\n2.县科普中心\n丙，丁。\n") == []
    mixed = "一、任务\n1.县科协：甲。\n2.建馆：乙。\n3.办展：丙。\n4.培训：丁。\n5.宣传：戊。\n"
    assert own(mixed) == []


def test_a_note_of_its_own_goes_before_the_body_in_the_heading() -> None:
    text = (
        "一、分工\n1.县教育局：甲。\n2.县科协：乙。\n3.县财政局：丙。\n"
        "4.县妇联：丁。（牵头单位：县文明办）\n"
    )
    assert own(text)[-1] == ("4.", ["lead:县文明办"])


# -- the closing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "closing",
    [
        "青石县人民政府\n2024年3月5日\n",
        "（此件公开发布）\n",
        "抄送：县委各部门\n青石县人民政府办公室2024年3月6日印发\n",
        "青石县科技局2024年5月25日发布，征求意见截止6月25日。\n",
    ],
)
def test_who_signs_below_the_last_clause_is_tail(closing: str) -> None:
    found = parse(read(f"一、任务\n做好，抓实。\n{closing}"), "t")
    assert [c.level for c in found] == ["plan", "part", "tail"]
    assert found[-1].text.startswith(closing[:4])
    assert found[1].text == "一、任务\n做好，抓实。"


# -- any text -----------------------------------------------------------------------------

LINES = [
    "附件", "附件1：", "任务分解表", "序号\t任务\t牵头单位", "1\t科普\t县科协、县教育局等",
    "2\t\t县妇联", "部门\t职责", "县科协\t办好科普", "县教育局\t办好校园", "名词解释",
    "1.科普：指科学技术普及。", "目录", "一、总体要求……1", "一、总体要求",
    "（一）行动。甲，乙。（县科协负责）丙。", "38.15分钟，好。", "37.甲，乙。", "牵头单位：县科协",
    "责任单位：县教育局等", "注：列第一位的为牵头单位，下同", "1.县科协：负责。",
    "2.县教育局：负责。",
    "3.县财政局：负责。", "青石县人民政府", "2024年3月5日", "——甲。", "第一章 总则", "第一条 甲。",
    "做好工作，抓实，长期坚持，久久为功，确保成效。", "\t", "1", "2", "3", "4",
]  # fmt: skip
PLANLIKE = st.lists(st.sampled_from(LINES), max_size=25)


def check_tree(source: str) -> None:
    """Own texts follow each other, and with the closing notes they hold all that is read."""
    reading = read(source)
    found = parse(reading, "t")
    assert len({c.id for c in found}) == len(found)
    covered: set[int] = set()
    at = 0
    for clause in found:
        assert at <= clause.start <= clause.own_end <= clause.end <= len(source)
        at = clause.own_end
        covered.update(range(clause.start, clause.own_end))
        note = clause.note if clause.duty_source == "own" else None
        if note:
            covered.update(range(note.start, note.end))
        for duty in clause.duties:
            lo, hi = reading.from_source(duty.start, duty.end)
            assert reading.text[lo:hi] == duty.unit
            assert duty.unit
    # notes that close a section, and what follows them, are looked at in test_ways_of_writing.py
    for start, _ in find_notes(reading.text, 0, len(reading.text)):
        if start == 0 or reading.text[start - 1] == "\n":
            lo = reading.origin[start]
            covered.update(range(lo, min((c.start for c in found if c.start > lo), default=10**6)))
    pairs = zip(reading.text, reading.origin, strict=True)
    assert not squeezed("".join(c for c, o in pairs if o not in covered))


@given(PLANLIKE.map("\n".join))
def test_any_lines_give_a_tree_that_loses_nothing(source: str) -> None:
    check_tree(source)


@given(PLANLIKE.map("".join))
def test_so_do_the_same_without_line_ends(source: str) -> None:
    check_tree(source)


@given(PLANLIKE.map("。\u3000\u3000".join), st.integers(0, 60))
def test_so_do_long_lines_with_indents(source: str, times: int) -> None:
    check_tree(source + "各级各部门要广泛开展科普活动，提升科学素质。" * times + source)
