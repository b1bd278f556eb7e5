"""Several plans and several turns: places in a row, items and units of the last answer.

Three places that do not exist; their plans share actions and differ in units and parts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from index.units import UnitNames, unit_names
from rag.assistant import Assistant
from rag.composers.called import names, noun_asked
from rag.framing import Frame
from rag.periods import later_spelt
from rag.turns.pointing import items_pointed, with_units
from rag.turns.slots import own
from tests.conftest import TinyEncoder, read_plan
from tests.test_assistant import ask, plain

NORTH = """北岭县数字乡村行动方案
北岭县人民政府
2022年3月1日
根据《国务院关于印发数字乡村发展规划（2021—2035年）的通知》（国发〔2021〕77号）制定本方案。
一、重点行动
（一）宽带进村行动
1.建设乡村基站。建成乡村基站30座。
2.推广远程医疗。推动应急广播进村组、进机关。
（牵头单位：县工信局、县农业农村局；责任单位：县财政局、县教育局、县科协等）
（二）智慧农业行动
1.发展智慧大棚。打造“北岭优选”农产品直播品牌。
2.培训新农人。每年培训新农人200人次。
（牵头单位：县农业农村局；责任单位：县商务局）
二、组织保障
（一）进度安排
2025年全面总结验收。（牵头单位：县农业农村局；责任单位：县财政局）
"""
SOUTH = """南屏区数字乡村行动方案
南屏区人民政府
2023年5月10日
根据《国务院关于印发数字乡村发展规划（2021—2035年）的通知》（国发〔2021〕77号）制定本方案。
一、重点行动
（一）宽带进村行动
1.建设乡村基站。建成乡村基站20座。
2.推广远程医疗。推动应急广播进村组。开展道德模范进机关活动。
3.组织村民参加数字技能比赛。组织村民参加数字技能比赛。
（牵头单位：区工信局、区农业农村局、区民政局；责任单位：区财政局、区教育局）
（二）智慧农业行动
1.发展智慧大棚。打造“南屏好物”农产品直播品牌。
（牵头单位：区农业农村局；责任单位：区商务局）
"""
EAST = """东湾市数字乡村行动方案
一、重点行动
（一）宽带进村行动
1.建设乡村基站。建成乡村基站20座。组织村民参加数字技能比赛。
（牵头单位：市工信局、市农业农村局；责任单位：市财政局）
"""
LEADS = "北岭宽带进村行动谁牵头"
PARTS = "北岭宽带进村行动有哪几条"
N, S, E = "beiling", "nanping", "dongwan"


@pytest.fixture(scope="module")
def three(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("turns")
    texts = {N: NORTH, S: SOUTH, E: EAST}
    return Assistant(make_index([read_plan(t, folder, n) for n, t in texts.items()]), tiny)


def talk(assistant: Assistant, *asked: str) -> str:
    """The answer to the last question, the earlier ones answered by the assistant itself."""
    history: list[tuple[str, str]] = []
    for question in asked:
        history.append((question, assistant.ask(question, history=history).answer))
    return plain(assistant.ask(asked[-1], history=history[:-1]))


# -- which unit has the most, and how many units -------------------------------------------


def test_the_unit_that_leads_most_is_counted_over_the_notes(three: Assistant) -> None:
    answer = plain(ask(three, "北岭哪个部门牵头最多"))
    assert answer == "县农业农村局：牵头单位3项：宽带进村行动、智慧农业行动、进度安排"
    assert "牵头单位2项" in plain(ask(three, "北岭重点行动里谁牵头最多"))
    assert plain(ask(three, "Which bureau leads most often in Beiling?")).startswith("县农业农村局")


def test_the_most_of_each_of_several_plans(three: Assistant) -> None:
    answer = plain(ask(three, "北岭、南屏两家，哪个部门牵头次数最多，各几项"))
    assert answer.startswith("最多：北岭县（3项）")
    assert "区农业农村局：牵头单位2项" in answer


def test_most_of_the_clauses_last_spoken_of(three: Assistant) -> None:
    assert "牵头单位2项" in talk(three, "北岭重点行动谁牵头", "这几家里谁牵头得最多")


@pytest.mark.parametrize("noun", ["哪家参加单位最多", "参加单位最多的是哪份"])
def test_units_counted_are_not_the_unit_that_has_most(three: Assistant, noun: str) -> None:
    assert three.understand(noun).kind != "tally"


def test_units_are_counted_and_an_open_list_has_at_least_those(three: Assistant) -> None:
    assert "（列出3家）" in plain(ask(three, "北岭宽带进村行动责任单位有多少家"))
    assert "（共2家）" in plain(ask(three, "北岭宽带进村行动几家单位牵头"))
    assert Frame("宽带进村牵头的有几家", [], frozenset(), False).kind() == "duty"
    english = plain(
        ask(three, "How many lead units does Beiling name for the 宽带进村行动 action?")
    )
    assert "(2 in all)" in english


def test_the_units_last_told_are_counted(three: Assistant) -> None:
    assert talk(three, LEADS, "责任单位呢", "一共几家").endswith("（列出3家）")
    first = "Who leads the 宽带进村行动 action in Beiling?"
    assert "(2 in all)" in talk(three, first, "How many are they?")


def test_plans_are_ordered_by_how_many_units_they_list(three: Assistant) -> None:
    answer = plain(ask(three, "宽带进村行动，牵头单位北岭列得多还是南屏列得多，各多少家"))
    assert answer.startswith("最多：南屏区（3家）")
    assert "（共2家）" in answer


@pytest.mark.parametrize(
    "text",
    ["哪个部门承担的任务最重要", "哪些单位负责的项目最多补贴多少万元", "谁牵头的项目最多奖5万元"],
)
def test_a_limit_is_not_the_most(three: Assistant, text: str) -> None:
    assert three.understand(text).kind != "tally"


def test_parts_are_counted_against_each_other(three: Assistant) -> None:
    answer = plain(ask(three, "北岭和南屏的宽带进村行动各有几条措施，谁多"))
    assert answer.startswith("最多：南屏区（3项）")


def test_gaps_are_told_from_the_place_named_first(three: Assistant) -> None:
    answer = plain(ask(three, "乡村基站北岭比南屏多几座，比东湾多几座"))
    assert "北岭县比南屏区多10座；比东湾市多10座。" in answer


def test_values_that_are_not_all_alike_are_grouped(three: Assistant) -> None:
    answer = plain(ask(three, "三份方案乡村基站的数量一样吗"))
    assert answer.startswith("不一样。由高到低：北岭县（30座）；")
    assert "东湾市（20座）" in answer.split("\n")[0]


def test_alone_in_the_lead_is_said_as_such(three: Assistant) -> None:
    answer = plain(ask(three, "哪些地方的智慧农业行动由农业农村局单独牵头"))
    assert answer.startswith("2份由其单独牵头：北岭县、南屏区")


# -- items of the last answer --------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((PARTS, "第二个讲什么"), "应急广播"),
        ((PARTS, "最后一条讲什么"), "应急广播"),
        (("北岭重点行动有哪几项", "最后那个行动里头第二条讲什么"), "200人次"),
        (("北岭重点行动有哪几项", "倒数第二个谁牵头"), "县工信局"),
        ((LEADS, "第一条讲什么"), "30座"),
        (("What are the actions under 重点行动 in Beiling?", "Who leads the last one?"), "商务"),
    ],
)
def test_items_are_reached_by_number_and_down_the_tree(
    three: Assistant, asked: tuple[str, ...], told: str
) -> None:
    answer = talk(three, *asked)
    assert told in answer or (told == "商务" and "县农业农村局" in answer)


def test_a_part_of_what_the_question_itself_names(three: Assistant) -> None:
    assert "应急广播" in plain(ask(three, "北岭宽带进村行动第二条讲什么"))
    assert "县农业农村局" in plain(ask(three, "北岭重点行动最后一项谁牵头"))


def test_a_way_down_is_read_from_the_outside_in() -> None:
    path, rest = items_pointed("最后那个工程里头第一条,谁负责")
    assert [step.n for step in path] == [-1, 1]
    assert rest.strip(" ,") == "谁负责"
    assert items_pointed("第十四个五年规划怎么说")[0] == ()


# -- units of the last answer --------------------------------------------------------------


def test_units_are_spelt_out_from_a_part_or_a_number() -> None:
    names: UnitNames = unit_names()
    units = names.mentions("县民政局、县卫生健康局")
    assert with_units("民政那家还管啥", units) == f"{units[0].text}还管啥"
    assert with_units("卫健那边呢", units) == f"{units[1].text}呢"
    assert with_units("第二家呢", units) == f"{units[1].text}呢"
    assert with_units("第三家呢", units) == "第三家呢"
    assert with_units("公安那家呢", units) == "公安那家呢"


def test_what_else_a_unit_has_beside_the_last(three: Assistant) -> None:
    answer = talk(three, LEADS, "农业那家除了这项还牵头别的不")
    assert "智慧农业行动" in answer
    assert "宽带进村行动" not in answer
    assert "没有其他任务" in talk(three, LEADS, "第一家还牵头什么")


# -- places in a row -----------------------------------------------------------------------


def test_all_places_asked_in_a_row_are_held_against_each_other(three: Assistant) -> None:
    row = (LEADS, "南屏呢", "东湾呢")
    answer = talk(three, *row, "也就是说三家一样对吧")
    assert answer.startswith("不一样。仅南屏区有：区民政局")
    assert "东湾市" in answer
    assert talk(three, "北岭宽带进村行动谁牵头", "东湾呢", "一样吗").startswith("一样")
    assert "东湾市" not in talk(three, *row[:2], "谁列得多")


def test_which_of_them_has_more_units_in_english(three: Assistant) -> None:
    first = "Who leads the 宽带进村行动 action in Beiling?"
    answer = talk(three, first, "And Nanping?", "Which of them names more lead units?")
    assert answer.startswith("Most: ")
    assert "(3 units)" in answer.split("\n")[0]


# -- which plans ---------------------------------------------------------------------------


def test_all_but_the_place_named(three: Assistant) -> None:
    said = plain(ask(three, "除了北岭还有谁提到数字技能比赛"))
    assert said.startswith("2份都提到。")
    english = plain(ask(three, "Does any plan besides Beiling mention 应急广播?"))
    assert english.startswith("Mentioned in 1 of the plans: ")
    after = talk(three, "北岭提到应急广播了吗", "除了北岭还有谁")
    assert after.startswith("1份提到：南屏区；1份未提及：东湾市")


def test_the_others_are_sorted_by_what_they_say(three: Assistant) -> None:
    assert talk(three, "北岭有没有写应急广播", "别的地方呢").startswith("1份提到：南屏区")
    assert talk(three, "哪几份方案提到了应急广播", "那没提的呢").startswith("1份未提及：东湾市")
    again = talk(three, "北岭有没有写应急广播", "别的地方呢", "那没写的是哪几家")
    assert again.startswith("1份未提及：东湾市；1份提到：南屏区")


@pytest.mark.parametrize(
    "question",
    [
        "提应急广播的都有谁家，帮我数一数",
        "写到应急广播的，两份还是三份",
        "写了应急广播的到底是哪几家",
    ],
)
def test_plans_are_counted_in_any_framing(three: Assistant, question: str) -> None:
    assert plain(ask(three, question)).startswith("2份提到：北岭县、南屏区；1份未提及：东湾市")


def test_what_is_quoted_counts_with_its_matter(three: Assistant) -> None:
    asked = "应急广播“进机关”的有几家，别和道德模范进机关混了"
    assert plain(ask(three, asked)).startswith("1份提到：北岭县；")


def test_a_verb_of_the_matter_is_no_role(three: Assistant) -> None:
    question = three.understand("各地都组织村民参加数字技能比赛吗")
    assert question.kind == "measure"


def test_a_choice_between_places_asks_which(three: Assistant) -> None:
    answer = plain(ask(three, "应急广播南屏还是东湾写了"))
    assert answer.startswith("1份提到：南屏区；1份未提及：东湾市")


def test_a_unit_among_the_units_of_a_role(three: Assistant) -> None:
    answer = plain(ask(three, "北岭和南屏，谁的宽带进村行动责任单位里有科协"))
    assert answer.startswith("1份是：北岭县；1份不是：南屏区")


def test_documents_cited_by_number(three: Assistant) -> None:
    answer = plain(ask(three, "Do all three plans cite 国发〔2021〕77号?"))
    assert answer.startswith("Mentioned in 2 of the plans: ")


def test_what_stands_in_the_place_of_a_name(three: Assistant) -> None:
    answer = plain(ask(three, "北岭的“北岭优选”，南屏对应的是什么品牌"))
    assert "方案未提及“北岭优选”。最接近的表述：打造“南屏好物”农产品直播品牌" in answer


def test_a_quotation_is_named_as_it_stands(three: Assistant) -> None:
    assert "进度安排" in three.understand("哪几份方案专门写了“进度安排”").matter


def test_a_year_of_a_title_is_no_year_set(three: Assistant) -> None:
    asked = "哪几份方案写了2035年的目标"
    assert plain(ask(three, asked)).startswith("3份都未写明。")


# -- what a follow-up may mean -------------------------------------------------------------


def test_words_that_name_nothing_put_the_question_to_the_new_place(three: Assistant) -> None:
    brand = "北岭农产品直播品牌叫什么"
    assert "南屏好物" in talk(three, brand, "再凑个选项，南屏的")
    assert "南屏好物" in talk(three, brand, "南屏对应的叫法")


def test_what_names_a_thing_of_its_own_is_not_read_away(three: Assistant) -> None:
    answer = talk(three, "北岭农产品直播品牌叫什么", "南屏提到飞艇没有")
    assert "南屏好物" not in answer
    assert "未提及" in answer


def test_years_after_the_one_spoken_of_are_spelt() -> None:
    assert later_spelt("再往后十年的数", [2025]) == "2035年的数"
    assert later_spelt("五年后呢", [2025]) == "2030年呢"
    assert later_spelt("and ten years after that?", [2025]) == "and 2035?"
    assert later_spelt("a decade later", [2025]) == "2035"
    assert later_spelt("再往后十年的数", [2025, 2035]) == "再往后十年的数"
    assert later_spelt("五年内", [2025]) == "五年内"


def test_a_doubt_is_whether_the_unit_has_the_role(three: Assistant) -> None:
    assert talk(three, LEADS, "确定？不是科协吗").startswith("县科协是责任单位；牵头单位：县工信局")
    assert talk(three, LEADS, "不是科协牵头").startswith("不是。县科协是责任单位")


def test_another_clause_by_its_number_beside_the_one_told(three: Assistant) -> None:
    assert "每年培训新农人200人次" in talk(three, "北岭打造什么农产品直播品牌", "第二条呢")


def test_a_unit_is_asked_about_in_what_was_counted(three: Assistant) -> None:
    asked = ("北岭要建几座乡村基站", "县科协也在这件事里吗")
    assert "县科协是责任单位" in talk(three, *asked)


def test_what_else_a_unit_leads_elsewhere(three: Assistant) -> None:
    answer = talk(three, LEADS, "农业农村局还在别处牵过头吗")
    assert "智慧农业行动" in answer
    assert "宽带进村行动" not in answer


def test_they_are_the_people_named_before(three: Assistant) -> None:
    assert not own(three.understand("乡下的孩子呢，怎么帮他们"), "乡下的孩子呢，怎么帮他们").named
    assert own(three.understand("农民那个行动也是他们"), "农民那个行动也是他们").named


def test_of_two_places_before(three: Assistant) -> None:
    answer = talk(three, "北岭和南屏要建几座乡村基站", "东湾比它俩少几座")
    assert "东湾市比北岭县少10座" in answer
    assert "与南屏区相同" in answer


def test_units_that_lead_together(three: Assistant) -> None:
    asked = "宽带进村行动由工信局、农业农村局和民政局三家一起牵头的有几个地方"
    assert plain(ask(three, asked)).startswith("1份由其牵头：南屏区")


def test_which_place_does_it_is_no_unit(three: Assistant) -> None:
    answer = plain(ask(three, "北岭和南屏谁推广远程医疗进机关"))
    assert "牵头单位" not in answer


def test_taking_part_for_others_is_no_role(three: Assistant) -> None:
    question = three.understand("东湾有没有组织村民参加数字技能比赛")
    assert question.kind == "measure"
    assert not question.roles


def test_what_each_lacks_is_asked_of_the_clause_with_the_same_heading(three: Assistant) -> None:
    answer = plain(ask(three, "宽带进村行动里，民政局在北岭和南屏的位置一样吗"))
    assert "民政局不在该条的单位之列" in answer
    assert "区民政局是牵头单位" in answer


def test_leads_beside_the_one_named(three: Assistant) -> None:
    assert "县农业农村局" in plain(ask(three, "北岭宽带进村行动，牵头的除了工信局还有谁"))


def test_how_a_thing_is_called_is_not_the_place(three: Assistant) -> None:
    answer = plain(ask(three, "给农产品直播打的品牌，南屏叫什么"))
    assert "未说明" not in answer
    assert "南屏好物" in answer


def test_a_name_is_found_by_the_noun_it_stands_before(three: Assistant) -> None:
    answer = plain(ask(three, "北岭、南屏给村里的货起的品牌分别叫什么"))
    assert "北岭优选" in answer
    assert "南屏好物" in answer
    assert noun_asked("分别叫啥工匠") == "工匠"
    assert noun_asked("各县的工匠牌子叫什么") == "工匠"
    assert names("各叫什么工匠", "工匠", "着力培育“某州工匠”，弘扬工匠精神。")
    assert not names("各叫什么工匠", "工匠", "弘扬“工匠”精神。")


def test_over_a_year_of_which_nothing_is_said_there_is_no_difference(three: Assistant) -> None:
    answer = ask(three, "北岭2025年的乡村基站比2020年多几座")
    assert answer.status == "not_mentioned"
