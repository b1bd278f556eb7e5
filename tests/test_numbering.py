"""Numbers of clauses: every style in use, and the figures and years that are none."""

from __future__ import annotations

import pytest

from index.numbering import LEVEL_OF, STYLES, chinese_number, marker_at


@pytest.mark.parametrize(
    ("paragraph", "text", "style", "ordinal"),
    [
        ("一、总体要求", "一、", "part", 1),
        ("十二、附则", "十二、", "part", 12),
        ("第三章 任务", "第三章", "chapter", 3),
        ("第二节 目标", "第二节", "chapter-section", 2),
        ("第十五条 本办法", "第十五条", "article", 15),
        ("（二）主要目标", "（二）", "section", 2),
        ("(十一)保障", "(十一)", "section", 11),
        ("1.实施", "1.", "item", 1),
        ("12．实施", "12．", "item", 12),
        ("3、实施", "3、", "item", 3),
        ("2.1建设", "2.1", "decimal2", 1),
        ("2.1.4建设", "2.1.4", "decimal3", 4),
        ("（3）建设", "（3）", "paren", 3),
        ("4）建设", "4）", "half-paren", 4),
        ("③建设", "③", "circle", 3),
        ("——突出引领", "——", "bullet", 0),
    ],
)
def test_styles(paragraph: str, text: str, style: str, ordinal: int) -> None:
    marker = marker_at(paragraph)
    assert marker is not None
    assert (marker.text, marker.style, marker.ordinal) == (text, style, ordinal)


@pytest.mark.parametrize(
    "paragraph",
    [
        "2023年，配合做好调查",
        "1.5万名农民",
        "17.5%以上",
        "2.5亿元",
        "3.2个百分点",
        "100家企业",
        "一是加强领导",
        "一方面",
        "十四五期间",
        "第三方评估",
        "（试行）",
        "（2021—2025年）",
        "（征求意见稿）",
        "20世纪",
        "",
        "总体要求",
    ],
)
def test_figures_years_and_words_are_no_markers(paragraph: str) -> None:
    assert marker_at(paragraph) is None


def test_a_line_of_dashes_is_no_marker() -> None:
    assert marker_at("——") is None


def test_ranks_go_from_the_outermost_style_inwards() -> None:
    """党政机关公文格式: 一、 then （一） then 1. then （1）."""
    order = [
        marker_at(p) for p in ("第一章", "一、甲", "（一）甲", "1.甲", "（1）甲", "①甲", "——甲")
    ]
    ranks = [m.rank for m in order if m]
    assert len(ranks) == len(order)
    assert ranks == sorted(set(ranks))


def test_every_style_has_a_level() -> None:
    assert {style for style, _, _ in STYLES} == set(LEVEL_OF)


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十四", 14), ("二十", 20), ("二十三", 23), ("一百", 100), ("百", 100),
     ("一百零五", 105), ("三百二十一", 321), ("两", 2), ("甲", 0), ("", 0), ("二甲", 0)],
)  # fmt: skip
def test_chinese_number(text: str, value: int) -> None:
    assert chinese_number(text) == value
