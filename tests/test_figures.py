"""Figures: value, measure, bound, year, yearly or in total, and the numbers that are none."""

from __future__ import annotations

import pytest

from index.figures import find_figures
from index.plan import Figure
from index.reading import read


def figures(source: str) -> list[Figure]:
    reading = read(source)
    return list(find_figures(reading, 0, len(reading.text)))


def only(source: str) -> Figure:
    (figure,) = figures(source)
    return figure


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("培训1.5万名农民", 15000.0, "名"),
        ("培训1500名农民", 1500.0, "名"),
        ("培训1,500人", 1500.0, "人"),
        ("入户1.2万人次", 12000.0, "人次"),
        ("投入50万元", 500000.0, "元"),
        ("投入3.5亿元", 350000000.0, "元"),
        ("突破200万次", 2000000.0, "次"),
        ("比例为17.5%", 17.5, "%"),
        ("比例为25％", 25.0, "%"),
        ("提高2个百分点", 2.0, "个百分点"),
        ("死亡率控制在9/10万及以下", 9.0, "/10万"),
        ("每万人160平方米", 160.0, "平方米"),
        ("培训300多名", 300.0, "名"),
        ("培训1万余人", 10000.0, "人"),
        ("一村一名科普员", 1.0, "名"),
        ("评估两年一次", 1.0, "次"),
        ("提供2000卡时算力", 2000.0, "卡时"),
        ("培育超千家企业", 1000.0, "家"),
        ("集聚近万名人才", 10000.0, "名"),
        ("贷款最长3年", 3.0, "年"),
        ("租住36个月", 36.0, "个月"),
        ("占教师总数超过一半", 50.0, "%"),
        ("占总数的四分之三以上", 75.0, "%"),
        ("三年内全覆盖", 3.0, "年"),
        ("给予1—3年观察期", 3.0, "年"),
        ("最长24个月", 24.0, "个月"),
        ("3个工作日内办结", 3.0, "个工作日"),
    ],
)
def test_value_and_measure(text: str, value: float, unit: str) -> None:
    figure = only(text)
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("比例超过15%", "超过"), ("不低于25%", "不低于"), ("不少于3场", "不少于"),
        ("建成3家以上", "以上"), ("控制在5%以内", "以内"), ("达到20个", "达到"),
        ("力争达到20个", "力争达到"), ("10%左右", "左右"), ("至少1名", "至少"), ("建成20个", ""),
    ],
)  # fmt: skip
def test_bound(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("到2025年，比例超过15%", 2025),
        ("2025年末，建成3个", 2025),
        ("到2025年底前建成3个", 2025),
        ("“十四五”期间建成3个", 2025),
        ("十五五末建成3个", 2030),
        ("建成3个，到2030年再评估", None),
        ("建成3个", None),
    ],
)
def test_year(text: str, year: int | None) -> None:
    assert only(text).year == year


def test_each_figure_takes_the_last_year_before_it() -> None:
    found = figures("到2025年，比例超过15%，到2035年，达到25%。建成3个。")
    assert [(f.value, f.year) for f in found] == [(15.0, 2025), (25.0, 2035), (3.0, None)]


def test_the_year_goes_on_over_a_semicolon() -> None:
    found = figures("到2025年，建成科普小院3个；培训农民1000人。")
    assert [f.year for f in found] == [2025, 2025]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("每年培育3000名以上", [True]),
        ("年均增长3%", [True]),
        ("每年度组织2次", [True]),
        ("到2025年建成10个", [False]),
        ("每年组织2次，到2025年达到10个", [True, False]),
        ("每年组织2次，培训300人", [True, False]),
    ],
)
def test_per_year(text: str, flags: list[bool]) -> None:
    assert [f.per_year for f in figures(text)] == flags


@pytest.mark.parametrize(
    "text",
    [
        "国发〔2021〕9号", "（国发〔2021〕9号）", "2021—2025年", "2023年5月6日", "拨打12316热线",
        "运用5G技术", "第3项任务", "到2035年", "一、总体要求", "1.实施行动", "4K直播",
    ],
)  # fmt: skip
def test_numbers_that_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_span_is_the_slice_over_a_page_break() -> None:
    source = "到 2025 年，培育 30\n\n00 名以上。"
    figure = only(source)
    assert (figure.value, figure.text) == (3000.0, "3000名以上")
    assert source[figure.start : figure.end] == "30\n\n00 名以上"


def test_figure_in_brackets() -> None:
    assert only("新建省级科普基地（12个）").value == 12.0


def test_range() -> None:
    assert 5.0 in [f.value for f in figures("每校建设3—5个科学社团")]


def test_a_number_in_a_name_is_no_figure() -> None:
    assert figures("实施333人才工程") == []


def test_bound_is_a_word_of_its_own() -> None:
    assert only("服务附近3个村").bound == ""


def test_a_rate_is_counted_once() -> None:
    assert [f.text for f in figures("评估三年2次")] == ["三年2次"]
