"""Questions across plans: how they are read, what the sentence says, and a row for every plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.across.asked import Across, read_across
from rag.across.cells import iso
from rag.across.order import months
from rag.across.titles import alike, within
from rag.assistant import Assistant
from tests.conftest import TinyEncoder, read_plan
from tests.test_assistant import ask, plain

# Three places that do not exist, whose plans say the same things in different words and amounts.
HIGH = """东溪县科学素质行动方案
东溪县人民政府
2022年3月1日
一、总体要求
到2025年，全县公民具备科学素质的比例超过18%。
二、重点工程
（一）科技馆建设工程。建成科技馆3座。（牵头单位：县科协、县教育局；责任单位：县财政局）
（二）智慧助老工程。教老年人使用智能手机。（牵头单位：县民政局；责任单位：县科协）
（三）科学教育工程。深入推行科技特派员制度。（牵头单位：县教育局；责任单位：县财政局）
"""
LOW = """西岭区科学素质行动方案
西岭区人民政府
2023年5月10日
一、总体要求
到2025年，全区公民具备科学素质的比例超过12.5%。
二、重点工程
（一）科技馆建设工程。建成科技馆5座。（牵头单位：区教育局；责任单位：区科协）
（二）智慧助老工程。教老年人使用智能手机。（牵头单位：区民政局；责任单位：区科协）
"""
NONE = """南泽市科学素质行动方案（征求意见稿）
一、总体要求
到2025年，全市公民具备科学素质的比例超过15%。
二、重点工程
（一）科技馆建设工程。推进科技馆建设。（责任单位：市科协、市教育局）
（二）智慧助老工程。深入推行科技特派员制度。（责任单位：市民政局）
"""


@pytest.fixture(scope="module")
def three(assistant_of: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_of({"dongxi": HIGH, "xiling": LOW, "nanze": NONE})


# -- reading ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "places", "told"),
    [
        ("五份方案里有几份写了科技小院", 0, {"which", "counted", "mention", "all_plans"}),
        ("哪份压根没提科技特派员", 0, {"which", "absent"}),
        ("科学素质比例谁定得高,高几个百分点", 2, {"which", "high", "difference"}),
        ("科学素质比例从高到低给我排一排,各县", 0, {"rank", "all_plans"}),
        ("智慧助老的牵头单位一样吗", 2, {"same"}),
        ("文件谁先出来的,差多久", 2, {"which", "early", "difference"}),
        ("各方案谁牵头,列个表", 0, {"table", "all_plans"}),
        ("有而没有的工程是哪个", 2, {"which", "same"}),
    ],
)
def test_framing_of_several_plans(text: str, places: int, told: set[str]) -> None:
    across, rest = read_across(text, "zh", places)
    assert across is not None
    assert {n for n in Across.__slots__ if getattr(across, n)} == told
    assert len(rest) == len(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("which plans mention couriers, and which do not", {"which", "mention", "absent"}),
        ("by how many percentage points is the target higher", {"difference", "high"}),
        ("which of the five plans is the earliest", {"which", "early"}),
        ("do they have the same lead unit", {"same"}),
    ],
)
def test_english_framing_of_several_plans(text: str, told: set[str]) -> None:
    across, _ = read_across(text, "en", 2)
    assert across is not None
    assert {n for n in Across.__slots__ if getattr(across, n)} == told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("要在哪几个地方建科普馆", 1),
        ("智慧助老由谁牵头", 0),
        ("依据哪些文件制定", 0),
        ("2025年最高目标是多少", 1),
    ],
)
def test_questions_of_one_plan_are_left_alone(text: str, places: int) -> None:
    assert read_across(text, "zh", places) == (None, text)


# -- the sentence -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "东溪和西岭2025年公民科学素质比例谁高，高几个百分点",
            "东溪县更高，高5.5个百分点（东溪县超过18%，西岭区超过12.5%）。",
        ),
        (
            "三份方案2025年公民具备科学素质的比例从高到低排一下",
            "由高到低：东溪县（超过18%）；南泽市（超过15%）；西岭区（超过12.5%）。",
        ),
        ("哪几份方案提到科技特派员", "2份提到：东溪县、南泽市；1份未提及：西岭区。"),
        ("三份方案哪份没提科技特派员", "1份未提及：西岭区；2份提到：东溪县、南泽市。"),
        (
            "科技馆建设工程，哪几个地方把科协列为牵头单位",
            "1份由其牵头：东溪县；2份不由其牵头：西岭区、南泽市。",
        ),
        ("东溪和西岭科技馆建设工程的牵头单位一样吗", "不一样。仅东溪县有：县科协。"),
        ("东溪和西岭智慧助老工程的牵头单位一样吗", "一样（同类单位）。"),
        ("东溪和南泽科技馆建设工程的牵头单位一样吗", "不一样：南泽市未指明。"),
        ("三份方案里有几份还没定稿", "1份：南泽市；其余2份不是：东溪县、西岭区。"),
        (
            "东溪和西岭的方案哪个印发得早，差多少天",
            "东溪县更早（2022年3月1日），西岭区在后（2023年5月10日），相差435天，约14个月（1年零2个月）。",
        ),
        (
            "东溪有而西岭没有的重点工程是哪个",
            "不一样。仅东溪县有：科学教育工程。东溪县更多，多1项（东溪县3项，西岭区2项）。",
        ),
        (
            "哪份方案通篇没标牵头单位",
            "1份未标明牵头单位：南泽市；2份标明牵头单位：东溪县、西岭区。",
        ),
    ],
)
def test_the_sentence_above_the_rows(three: Assistant, question: str, first: str) -> None:
    answer = ask(three, question)
    assert answer.status == "answered"
    assert plain(answer).split("\n")[0] == first


def test_the_figure_compared_is_told_in_each_plans_words(
    make_index: Callable[[list[tuple[Plan, Reading]]], Index], tiny: TinyEncoder, tmp_path: Path
) -> None:
    """目标 stands in one plan's heading only; the other's figure is told in the same words."""
    texts = {
        "dongxi": HIGH.replace("一、总体要求\n", "一、总体要求\n（一）主要目标。"),
        "xiling": LOW.replace("一、总体要求\n", "一、总体要求\n抓好落实，务求实效。"),
    }
    plans = [read_plan(t, tmp_path, n) for n, t in texts.items()]
    answer = ask(Assistant(make_index(plans), tiny), "哪个县的主要目标最高")
    assert "超过18%" in answer.answer
    assert "超过12.5%" in answer.answer


def test_the_sentence_in_english(three: Assistant) -> None:
    answer = ask(three, "Which of the three plans mention 科技特派员?")
    assert answer.lang == "en"
    assert plain(answer).startswith("Mentioned in 2 of the plans: ")


def test_every_plan_has_its_row_and_cites(three: Assistant) -> None:
    answer = ask(three, "三份方案的科技馆各要建几座")
    assert [r.place for r in answer.table] == ["东溪县", "西岭区", "南泽市"]
    assert [r.status for r in answer.table] == ["answered", "answered", "not_mentioned"]
    assert all(r.citations for r in answer.table)
    cited = {c.n: c.plan for c in answer.citations}
    assert all(cited[n] == r.plan for r in answer.table for n in r.citations)


def test_a_missing_number_is_told_with_what_the_plan_does_say(three: Assistant) -> None:
    answer = ask(three, "科技馆，东溪和南泽各建几座")
    assert "南泽市：方案未提及这一数字。相关表述：推进科技馆建设。" in plain(answer)


def test_one_plan_alone_has_no_table(three: Assistant) -> None:
    assert ask(three, "东溪县科技馆建成几座").table == ()


def test_what_no_plan_has_is_not_mentioned(three: Assistant) -> None:
    answer = ask(three, "哪几份方案提到“量子计算”")
    assert answer.status == "not_mentioned"


# -- asking back --------------------------------------------------------------------------

TWO_WAYS = """北原县科学素质行动方案
一、重点任务
（一）农民培训。办好农民夜校。（牵头单位：县农业农村局）
（二）工人培训。办好工人夜校。（牵头单位：县总工会）
（三）科技馆建设。建成科技馆。（牵头单位：县科协）
"""


@pytest.fixture(scope="module")
def open_plan(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("open")
    return Assistant(make_index([read_plan(TWO_WAYS, folder, "beiyuan")]), tiny)


def test_an_open_question_is_asked_back(open_plan: Assistant) -> None:
    answer = ask(open_plan, "北原县培训由谁牵头", "beiyuan")
    assert answer.status == "clarify"
    assert [c.label.split("）")[-1] for c in answer.choices] == ["农民培训", "工人培训"]
    chosen = ask(open_plan, answer.choices[1].question, "beiyuan")
    assert plain(chosen) == "牵头单位：县总工会"


def test_a_clear_question_is_answered(open_plan: Assistant) -> None:
    answer = ask(open_plan, "北原县工人培训由谁牵头", "beiyuan")
    assert (answer.status, answer.choices) == ("answered", ())


def test_what_can_be_answered_for_all_is_not_asked_back(three: Assistant) -> None:
    assert ask(three, "工程由谁牵头").status != "clarify"


# -- small parts --------------------------------------------------------------------------


def test_dates_and_months() -> None:
    assert iso("2023年4月6日") == "2023-04-06"
    assert iso("2023-04-06") == "2023-04-06"
    assert months(187) == 6  # 187 / 30.44 = 6.1


def test_two_wordings_are_alike_though_one_says_more() -> None:
    short, long = "公民科学比例超过", "到年，我市公民科学比例超过，力争高于平均水平"
    assert within(short, long) > 0.8 > alike(short, long)
    assert within(short, "每年培训农民") == within("", short) == 0.0


def test_headings_of_one_matter_are_alike() -> None:
    assert alike("科普基础设施建设工程", "科普基础设施工程") > 0.5
    assert alike("科普信息化提升工程", "科学素质开放合作工程") < 0.2


@pytest.mark.parametrize(
    "text",
    [
        "几个方案提到了科技特派员",
        "三份方案里有几个提到科技特派员",
        "提到科技特派员的方案有几个",
        "科技特派员有几家写了",
        "写了科技特派员的有哪几家",
        "how many plans mention 科技特派员",
    ],
)
def test_plans_are_counted_in_any_order_of_words(three: Assistant, text: str) -> None:
    said = plain(ask(three, text))
    assert said.startswith(
        "2份提到：东溪县、南泽市" if "plans" not in text else "Mentioned in 2 of the plans"
    )


def test_amounts_are_added_up_and_shares_are_not(three: Assistant) -> None:
    added = plain(ask(three, "三个地方建成科技馆加起来多少座"))
    assert added.startswith("写明数字的2份合计8座。")
    shares = plain(ask(three, "三个地方2025年公民具备科学素质的比例加起来多少"))
    assert shares.startswith("比例不能相加。")
    average = plain(ask(three, "三个地方2025年公民具备科学素质的比例平均多少"))
    assert average.startswith("写明数字的3份平均15.17%。其中有的数字只是界限")


def test_other_places_than_the_one_named_are_asked_for(three: Assistant) -> None:
    said = plain(ask(three, "除了东溪，还有谁提了科技特派员"))
    assert said.startswith("1份提到：南泽市；1份未提及：西岭区。")


def test_a_name_that_plans_quote_must_stand_where_it_is_mentioned(
    tmp_path: Path, make_index: Callable[[list[tuple[Plan, Reading]]], Index], tiny: TinyEncoder
) -> None:
    whole = HIGH.replace("深入推行科技特派员制度", "办好“青苗讲堂”，教孩子做实验")
    parts = LOW.replace("教老年人使用智能手机", "办好青苗种植讲堂，教孩子做实验")
    plans = [read_plan(whole, tmp_path, "dongxi"), read_plan(parts, tmp_path, "xiling")]
    said = plain(ask(Assistant(make_index(plans), tiny), "几个方案提到了青苗讲堂"))
    assert said.startswith("1份提到：东溪县；1份未提及：西岭区。")


# The west of the two has no such name, but under the like heading what stands in its place.
NAMING = """东溪县科学素质行动方案
一、提升行动
（一）农民科学素质行动。实施“百家帮百村”行动，组织企业联点帮扶行政村，发展特色产业。
（二）青少年科学素质行动。举办中小学生科技节。
"""
WITHOUT = """西岭区科学素质行动方案
一、提升行动
（一）农民科学素质提升行动。举办农民丰收节。开展结对帮扶，五年内组织商会和企业联系帮扶乡村产业。
（二）青少年科学素质提升行动。加强中小学科学教师培训。
"""


def test_a_plan_that_lacks_the_name_shows_the_sentence_that_stands_in_its_place(
    assistant_of: Callable[[Mapping[str, str]], Assistant],
) -> None:
    two = assistant_of({"dongxi": NAMING, "xiling": WITHOUT})

    answer = ask(two, "东溪县搞“百家帮百村”，西岭区有没有")

    told = next(r for r in answer.table if r.plan == "xiling")
    assert told.status == "not_mentioned"
    assert "相关表述：" in told.answer
    assert "组织商会和企业联系帮扶乡村产业" in told.answer
    assert told.citations


ROLES_APART = """北川县科学素质行动方案
一、重点工程
（一）科普设施建设工程。建设县级科普设施，资源共享。（牵头单位：县科协；责任单位：县财政局、县教育局）
（二）科技资源工程。利用科普设施开展工程教育。（牵头单位：县教育局；责任单位：县财政局）
二、保障措施
1.经费保障。加大投入。（牵头单位：县财政局）
2.基地保障。到2030年，建成3家以上省级实训基地、7家以上市级实训基地。（牵头单位：县人社局）
"""
ROLES_BESIDE = """南山区科学素质行动方案
一、重点工程
（一）科普设施建设工程。推进科普设施。（牵头单位：区科协、区教育局；责任单位：区财政局）
（二）科技资源工程。发挥科普设施的教育作用，开放工程资源。（牵头单位：区科技局）
二、保障措施
1.经费保障。强化协作。（责任单位：区财政局）
2.基地保障。到2030年，建成市级实训基地3家。（牵头单位：区人社局）
"""


@pytest.fixture(scope="module")
def beside(assistant_of: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_of({"beichuan": ROLES_APART, "nanshan": ROLES_BESIDE})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("教育局在科普设施建设工程里的角色，北川和南山一样吗", "不一样。"),
        ("财政局在北川和南山的科普设施建设工程里是不是同一个角色", "一样，都是责任单位。"),
        ("科普设施建设工程的牵头单位，北川和南山是不是一个路数", "不一样。仅南山区有：区教育局"),
    ],
)
def test_roles_are_held_against_each_other(beside: Assistant, question: str, said: str) -> None:
    assert ask(beside, question).answer.startswith(said)


def test_figures_compared_are_of_the_grade_that_stands_beside_them(beside: Assistant) -> None:
    answer = ask(beside, "市级实训基地，北川和南山谁定得多，差几家").answer
    assert answer.startswith("北川县更多，多4家（北川县7家以上，南山区3家）")


def test_what_is_called_a_project_is_read_from_its_heading(beside: Assistant) -> None:
    assert "县科协" in ask(beside, "科普设施这项工程北川由谁牵头").answer
    assert (
        "仅南山区有：区教育局" in ask(beside, "科普设施这项工程北川和南山各由谁牵头，差在哪").answer
    )


def test_which_plans_let_a_unit_lead_that_mostly_takes_part(beside: Assistant) -> None:
    answer = ask(beside, "教育局多是责任单位，有没有哪份让教育局当过牵头单位").answer
    assert answer.startswith("2份都由其牵头")
    answer = ask(beside, "财政局多是责任单位，有没有哪份让财政局当过牵头单位").answer
    assert answer.startswith("1份由其牵头：北川县；1份不由其牵头：南山区")


def test_all_of_so_many_plans_are_sorted_by_what_they_say(beside: Assistant) -> None:
    answer = ask(beside, "推进科普设施，是不是两个方案都写了").answer
    assert answer.startswith("1份提到：南山区；1份未提及：北川县")


GRADED = """东溪县科学素质行动方案
一、重点工程
（一）科普基地建设工程。到2025年，建设省级科普基地3家、市级科普基地7家。（牵头单位：县科协）
"""
OTHERWISE = """西岭区科学素质行动方案（征求意见稿）
一、重点工程
（一）科普基地建设工程。到2025年，建设市级科普基地3家、县级科普基地3家。（牵头单位：区科协）
"""


def test_numbers_told_by_grade_are_not_set_against_others(
    assistant_of: Callable[[Mapping[str, str]], Assistant],
) -> None:
    two = assistant_of({"dongxi": GRADED, "xiling": OTHERWISE})
    assert "不能直接相比" in ask(two, "东溪和西岭，谁的科普基地建得多").answer
    graded = ask(two, "东溪和西岭，谁的市级科普基地建得多").answer
    assert "不能直接相比" not in graded


def test_which_is_no_more_than_a_draft_whatever_else_is_asked(three: Assistant) -> None:
    first = plain(ask(three, "还没定稿的方案是哪几份，印发日期都没有吗")).split("\n")[0]
    assert "1份：南泽市" in first
