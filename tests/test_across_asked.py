"""What people ask of several plans: the same or not, how many more, what a number counts in each,
which documents of a level, who says a name, which unit is in all. Three places that do not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from rag.across.asked import read_across
from rag.assistant import Assistant
from rag.functional import units_spelt
from tests.conftest import unjudged
from tests.test_assistant import ask, plain

NORTH = """北岭县河湖保护行动方案
北岭县人民政府
2022年3月1日
根据《国务院关于印发河湖保护规划的通知》（国发〔2021〕7号）、《江西省人民政府关于印发江西省河湖保护方案的通知》（赣府发〔2021〕40号）、《赣州市河湖保护行动方案》（赣市府办发〔2022〕11号），制定本方案。
一、总体要求
到2025年，全县岸线绿化水平不低于40%。
二、重点工程
（一）清淤疏浚工程。建成示范河段6个。每年组织1.5万人次村民进河道清理漂浮物。（牵头单位：县水利局、县农业农村局；责任单位：县财政局）
（二）截污纳管工程。推广“河小青”志愿服务。（牵头单位：县住建局、县水利局；责任单位：县财政局）
（三）岸线绿化工程。建设生态护坡。（牵头单位：县林业局、县水利局；责任单位：县农业农村局）
（四）巡河联防工程。与邻县联合巡河。（牵头单位：县水利局、县公安局；责任单位：县财政局）
三、组织保障
（一）经费保障。加大投入。（牵头单位：县财政局）
（二）旱涝灾情宣教。开展防汛宣教。（牵头单位：县应急管理局；责任单位：县水利局）
"""
SOUTH = """南屏区河湖保护行动方案
南屏区人民政府
2023年5月10日
根据《国务院关于印发河湖保护规划的通知》（国发〔2021〕7号）、《江西省人民政府关于印发江西省河湖保护方案的通知》（赣府发〔2021〕40号）、《吉安市河湖保护行动方案》（吉府办发〔2022〕23号），制定本方案。
一、总体要求
到2025年，全区岸线绿化水平不低于40%。
二、落实“三大工程”
（一）截污纳管工程。持续推广。（牵头单位：区住建局、区水利局；责任单位：区财政局）
（二）清淤疏浚工程。建成示范河段2个。到2025年，河道保洁员注册人数达到1.5万人。（牵头单位：区水利局、区农业农村局；责任单位：区财政局）
（三）岸线绿化工程。建设生态护坡。（牵头单位：区林业局、区水利局；责任单位：区财政局）
"""
EAST = """东湾市河湖保护行动方案
东湾市人民政府
2022年9月1日
一、重点工程
（一）清淤疏浚工程。持续开展“河小青”志愿服务和保洁。（责任单位：市水利局、市财政局）
（二）截污纳管工程。推进建设。（责任单位：市住建局、市水利局）
"""


@pytest.fixture(scope="module")
def rivers(assistant_of: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_of({"beiling": NORTH, "nanping": SOUTH, "dongwan": EAST})


def first_line(assistant: Assistant, question: str) -> str:
    return plain(ask(assistant, question)).split("\n")[0]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("岸线绿化水平定的线，北岭和南屏一样不", "一样，都是不低于40%。"),
        (
            "示范河段，北岭和南屏各打算建几个，谁多，多几个",
            "北岭县更多，多4个（北岭县6个，南屏区2个）。",
        ),
        ("北岭和南屏清淤疏浚工程的牵头单位是一个模子刻出来的吗", "一样（同类单位）。"),
        ("北岭和南屏清淤疏浚工程的牵头单位有没有出入", "一样（同类单位）。"),
    ],
)
def test_the_same_or_not(rivers: Assistant, question: str, first: str) -> None:
    assert first_line(rivers, question) == first


# -- parts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "北岭的重点工程比南屏的“三大工程”多哪一个？",
        "北岭有而南屏没有的重点工程是哪个",
        "北岭的重点工程比南屏多哪几项",
    ],
)
def test_what_only_one_of_them_has_with_how_many_more(rivers: Assistant, question: str) -> None:
    assert first_line(rivers, question) == (
        "不一样。仅北岭县有：巡河联防工程。北岭县更多，多1项（北岭县4项，南屏区3项）。"
    )


def test_a_part_is_known_by_its_headings_whatever_it_is_called(rivers: Assistant) -> None:
    answer = plain(ask(rivers, "北岭比南屏的三大工程多一个还是少一个"))
    assert "北岭县：重点工程：共4项" in answer
    assert "仅北岭县有：巡河联防工程" in answer


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("北岭和南屏，重点工程的先后顺序一样吗", "顺序不一样。仅北岭县有：巡河联防工程。"),
        (
            "北岭和东湾重点工程的排列顺序有没有出入",
            "顺序一样。仅北岭县有：岸线绿化工程、巡河联防工程。",
        ),
    ],
)
def test_whether_parts_stand_in_the_same_order(
    rivers: Assistant, question: str, first: str
) -> None:
    assert first_line(rivers, question) == first


def test_what_is_built_is_no_part_of_the_plan(rivers: Assistant) -> None:
    assert rivers.understand("示范河段北岭和南屏各建几个，谁多").kind == "figure"
    assert rivers.understand("重点工程北岭和南屏各有几个，谁多").kind == "list"


# -- numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("我看北岭和南屏都出现了“1.5万”，说的是一回事吗", "不是一回事。"),
        ("北岭、南屏都有“40%”，是不是一码事", "说的是一回事。"),
    ],
)
def test_whether_a_number_counts_the_same(rivers: Assistant, question: str, first: str) -> None:
    assert first_line(rivers, question) == first


def test_does_it_mean_is_no_average() -> None:
    across, _ = read_across("do a and b both set 40%, and does it mean the same", "en", 2)
    assert across is not None
    assert not across.average


# -- documents ----------------------------------------------------------------------------


def test_the_basis_of_the_level_that_is_asked_for(rivers: Assistant) -> None:
    asked = "制定依据里，北岭和南屏都引了省里40号文，那市一级的文件各引的哪个文号"
    answer = plain(ask(rivers, asked))
    assert "赣市府办发〔2022〕11号" in answer
    assert "吉府办发〔2022〕23号" in answer
    assert "赣府发" not in answer


def test_whether_they_cite_the_same_document(rivers: Assistant) -> None:
    for asked in ("引的省级文件文号一致吗", "依据的文件，省里那份是同一个文号吗"):
        assert first_line(rivers, f"北岭和南屏{asked}") == "一样，都是赣府发〔2021〕40号。"


# -- units --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "水利局在北岭和南屏牵头的项数一样多吗",
            "不一样。北岭县更多，多1项（北岭县4项，南屏区3项）。",
        ),
        ("农业农村局在北岭和南屏牵头的项数一样多吗", "一样，都是1项。"),
    ],
)
def test_whether_a_unit_has_as_much_to_lead(rivers: Assistant, question: str, first: str) -> None:
    assert first_line(rivers, question) == first


def test_units_by_domain_alone_are_spelt_out() -> None:
    known = {"水利部门", "农业农村部门"}
    spelt = units_spelt("都归水利和农业农村牵头吗", known.__contains__)
    assert spelt == "都归水利部门和农业农村部门牵头吗"
    assert units_spelt("由谁和谁牵头", known.__contains__) == "由谁和谁牵头"


def test_all_led_by_the_units_named(rivers: Assistant) -> None:
    asked = "清淤疏浚工程北岭跟南屏是不是都归水利和农业农村牵头"
    assert first_line(rivers, asked) == "是的，2份都由其牵头。"


def test_leads_are_counted_place_by_place(rivers: Assistant) -> None:
    for asked in (
        "截污纳管工程，北岭有几个牵头的，南屏有几个",
        "截污纳管工程，北岭几家牵头，南屏几家牵头",
    ):
        answer = plain(ask(rivers, asked))
        assert "北岭县" in answer.split("\n")[0]
        assert "县住建局、县水利局（共2家）" in answer
        assert "区住建局、区水利局（共2家）" in answer


def test_which_plan_has_the_unit_as_lead_and_of_what(rivers: Assistant) -> None:
    answer = plain(ask(rivers, "翻一翻，哪份方案把财政局摆到牵头位置上了？牵的什么"))
    assert answer.startswith("1份由其牵头：北岭县")
    assert "经费保障" in answer


def test_what_a_unit_is_called_in_each(rivers: Assistant) -> None:
    answer = ask(rivers, "管水利的局，这几份方案里各叫什么名字")
    assert answer.kind == "tasks"
    assert {"县水利局", "区水利局", "市水利局"} <= set(
        plain(answer).replace("：", "\n").split("\n")
    )


def test_units_of_parts_that_are_only_counted(rivers: Assistant) -> None:
    answer = plain(ask(rivers, "北岭四大工程各由谁牵头"))
    assert answer.count("牵头单位：") == 4
    assert plain(ask(rivers, "北岭七大工程各由谁牵头")).count("牵头单位：") < 4


# -- names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("“河小青”都有哪几个县区写进去了，几个", "2份提到：北岭县、东湾市；1份未提及：南屏区。"),
        ("“河小青”这个做法几家在推", "2份提到：北岭县、东湾市；1份未提及：南屏区。"),
        ("哪家把“河小青”写进去了", "2份提到：北岭县、东湾市；1份未提及：南屏区。"),
        ("谁的方案没写“河小青”", "1份未提及：南屏区；2份提到：北岭县、东湾市。"),
        ("有没有把“河小青”写进方案的，有几家", "2份提到：北岭县、东湾市；1份未提及：南屏区。"),
    ],
)
def test_plans_that_print_a_name_are_counted(rivers: Assistant, question: str, first: str) -> None:
    assert first_line(rivers, question) == first


def test_the_chinese_name_in_brackets_is_what_is_asked_for(rivers: Assistant) -> None:
    answer = plain(
        ask(rivers, "How many plans mention the 'River Protection Project' (河小青) brand?")
    )
    assert answer.startswith("Mentioned in 2 of the plans")


# -- turns --------------------------------------------------------------------------------


def test_which_unit_has_a_share_in_all_that_were_told(rivers: Assistant) -> None:
    before = [("北岭四项重点工程各由谁牵头", "清淤疏浚工程：牵头单位：县水利局、县农业农村局")]
    answer = rivers.ask("这里头哪一家四项都有份", history=before)
    assert plain(answer).startswith("县水利局：牵头单位4项")
    assert "县财政局" not in answer.answer  # it is responsible, and none of those told


def test_that_no_unit_has_a_share_in_all(rivers: Assistant) -> None:
    answer = plain(ask(rivers, "南屏区的三大工程里哪个单位每项都牵头"))
    assert answer.startswith("区水利局：牵头单位3项")
    none = plain(ask(rivers, "北岭县的四项重点工程里哪家每项都是责任单位"))
    assert "县水利局：" not in none


def test_back_to_a_place_and_its_clause(rivers: Assistant) -> None:
    before = [
        ("Who leads sewage interception (截污纳管) in Beiling (北岭县)?", "县住建局"),
        ("And in 南屏区?", "区住建局"),
    ]
    answer = rivers.ask("Back to 北岭县: who are the responsible units in that clause?", (), before)
    assert "县财政局" in answer.answer


def test_the_same_number_in_another_place(rivers: Assistant) -> None:
    before = [("北岭岸线绿化水平要达到多少", "不低于40%")]
    answer = rivers.ask("南屏也是这个数吗", history=before)
    assert plain(answer).split("\n")[0] == "一样，都是不低于40%。"


def test_it_is_the_place_before(rivers: Assistant) -> None:
    before = [("南屏的重点工程有哪几项", "落实“三大工程”：共3项")]
    answer = rivers.ask("北岭跟它比多了哪个", history=before)
    assert "仅北岭县有：巡河联防工程" in answer.answer


def test_leads_counted_in_another_place(rivers: Assistant) -> None:
    before = [("北岭截污纳管工程几家牵头", "牵头单位：县住建局、县水利局（共2家）")]
    answer = plain(rivers.ask("南屏那边几家", history=before))
    assert "区住建局、区水利局（共2家）" in answer


def test_the_level_of_the_basis_goes_on(rivers: Assistant) -> None:
    before = [("北岭依据的市级文件是几号", "赣市府办发〔2022〕11号")]
    answer = plain(rivers.ask("南屏的呢", history=before))
    assert "吉府办发〔2022〕23号" in answer
    assert "赣府发" not in answer


@pytest.mark.parametrize(
    ("asked", "verdict"), [("南屏也是按人次定的吗", "不是。"), ("南屏是按人算的吗", "是。")]
)
def test_by_what_a_figure_is_counted(rivers: Assistant, asked: str, verdict: str) -> None:
    before = [("南屏河道保洁员注册要多少", "1.5万人")]
    assert plain(unjudged(rivers).ask(asked, history=before)).startswith(verdict)


# -- headings -----------------------------------------------------------------------------


def test_a_heading_is_known_by_what_is_rare_in_it(
    assistant_of: Callable[[Mapping[str, str]], Assistant],
) -> None:
    one = NORTH.replace("截污纳管工程", "城镇截污纳管提质工程")
    two = assistant_of({"beiling": one, "nanping": SOUTH, "dongwan": EAST})
    answer = plain(ask(two, "北岭的“城镇截污纳管提质工程”，南屏对应的叫什么"))
    assert "最接近的表述：截污纳管工程" in answer
    none = plain(ask(two, "北岭的“旱涝灾情宣教”，南屏对应的叫什么"))
    assert "最接近的表述" not in none  # no heading is like it
