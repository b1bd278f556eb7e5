"""Reading: what a page has torn apart is joined, what is no text is gone, offsets map back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.plan import Plan
from index.reading import Reading, quote, read
from tests.conftest import CORPUS, PLAN_IDS, squeezed

# Text that looks like plans: the pieces on which joining, furniture and spaces depend.
PIECES = st.sampled_from(
    ["一、", "（一）", "1.", "①", "——", "甲乙", "县科协", "，", "。", "；", "、", "：", "（", "）",
     "〔", "]", "<", "》", "\n", "\n\n", "\r\n", "\t", "\u3000", " ", "**", "*", "[bookmark:",
     "[bookmark:_a]", "\udcff", "\ufeff", "\u200b", "\x00", "\x0b", "\x85", "\u2028", "—", "3",
     "19", "AI", "2035", "年", "🙂"]
)  # fmt: skip
PLANLIKE = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("（牵头单位：县科\n\n协、县妇联）", "（牵头单位：县科协、县妇联）"),
        ("〔牵\n头单位：县科协〕", "〔牵头单位：县科协〕"),
        ("引导村民，激励青\n\n少年投身科学。", "引导村民，激励青少年投身科学。"),
        ("责任单位为县教育局、\n县科协。", "责任单位为县教育局、县科协。"),
        ("到 2035 年，达到 25%。", "到2035年，达到25%。"),
        ("　　全　文", "全文"),
        ("用 Open Source 软件", "用Open Source软件"),
        ("认定**3**家。", "认定3家。"),
        ("[bookmark: _Hlk85955142]——甲。", "——甲。"),
        ("\ufeff一、总则", "一、总则"),
        ("甲\u200b乙", "甲乙"),
        ("上文，\n\n— 3 —\n\n下文。", "上文，下文。"),
        ("甲\x00乙\x1b丙", "甲乙丙"),
    ],
)
def test_what_a_page_has_torn_or_added_is_mended(source: str, text: str) -> None:
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("一、总体要求\n（一）指导思想。甲，乙。", ["一、总体要求", "（一）指导思想。甲，乙。"]),
        ("1.甲，乙。\r\n2.丙，丁。", ["1.甲，乙。", "2.丙，丁。"]),
        ("二、行动\n围绕甲，做好乙。", ["二、行动", "围绕甲，做好乙。"]),
        ("甲，乙。\n〔责任单位：县科协〕", ["甲，乙。", "〔责任单位：县科协〕"]),
        ("青石县实施方案\n2023年4月6日", ["青石县实施方案", "2023年4月6日"]),
        ("各乡镇人民政府：\n现印发给你们。", ["各乡镇人民政府：", "现印发给你们。"]),
    ],
)
def test_paragraphs_stay_apart(source: str, lines: list[str]) -> None:
    reading = read(source)
    assert [reading.text[a:b] for a, b in reading.lines] == lines


def test_a_span_of_the_reading_maps_to_the_source_and_back() -> None:
    source = "一、分工\n（牵头单位：县科\n\n协、县 妇联）"
    reading = read(source)
    at = reading.text.index("县科协")
    start, end = reading.to_source(at, at + 3)
    assert source[start:end] == "县科\n\n协"
    assert reading.from_source(start, end) == (at, at + 3)
    start, end = reading.to_source(len(reading.text), len(reading.text))
    assert start == end == len(source)


def test_a_quote_is_the_slice_without_line_breaks_and_markup() -> None:
    source = "前。认定**3**家，\n  到 2035 年[bookmark: x]达标。 后"
    assert quote(source, 2, len(source) - 2) == "认定3家，到 2035 年达标。"


def test_the_plans_lose_no_character() -> None:
    """Only white space, asterisks, bookmarks and page footers are left out of the real plans."""
    for path in CORPUS.glob("*.txt"):
        source = path.read_text("utf-8")
        kept = set(read(source).origin)
        lost = "".join(c for i, c in enumerate(source) if i not in kept)
        rest = lost.replace("[bookmark: _GoBack]", "").replace("[bookmark: _Hlk85955142]", "")
        # what remains are the parts of one printed page number
        assert set(squeezed(rest)) <= set("*（()）—19\ufeff"), path.name


@given(st.one_of(PLANLIKE, st.text()))
def test_any_text_is_read_and_every_character_knows_its_origin(source: str) -> None:
    reading = read(source)
    assert len(reading.text) == len(reading.origin)
    assert all(a < b for a, b in zip(reading.origin, reading.origin[1:], strict=False))
    for char, at in zip(reading.text, reading.origin, strict=True):
        assert 0 <= at < len(source)
        assert char == "\n" or source[at] == char  # a line end may stand for dropped blanks
    assert "\n\n" not in reading.text
    for a, b in reading.lines:
        start, end = reading.to_source(a, b)
        assert reading.from_source(start, end) == (a, b)


@given(PLANLIKE)
def test_reading_what_was_read_changes_no_visible_character(source: str) -> None:
    once = read(source).text
    again = read(once).text
    assert squeezed(again) == squeezed(once) or "*" in once or "—" in once or "[" in once


def _seconds(text: str) -> float:
    began = time.perf_counter()
    read(text)
    return time.perf_counter() - began


def test_time_is_linear_in_paragraphs() -> None:
    paragraph = "1.开展活动。广泛开展科普宣传，提升科学素质。（责任单位：县科协、县教育局）\n"
    assert _seconds(paragraph * 4000) < 40 * max(_seconds(paragraph * 400), 0.002)


def test_time_is_linear_in_the_lines_of_one_paragraph() -> None:
    line = "科学素质，\n"
    assert _seconds(line * 1600) < 24 * max(_seconds(line * 200), 0.001)


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_a_stored_reading_is_the_same_reading(
    plan_id: str, corpus: dict[str, tuple[Plan, Reading]]
) -> None:
    reading = corpus[plan_id][1]
    assert Reading.join(reading.source, reading.stretches()) == reading
