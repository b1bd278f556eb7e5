"""What exactly is asked for: a year's figures, one lead alone, a name, units beside one named."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from rag.assistant import Assistant
from rag.composers.wanted import wanted
from rag.detail import lacks_detail
from rag.english_measures import answers_in
from tests.conftest import unjudged

NORTH = """北川县科普工作方案
一、总体目标
到2030年，全县科普站达到40个。到2040年，孕产妇死亡率控制在9/10万及以下。
二、重点工程
1.科普下乡工程。每村配备2名科普员，培训农民300人次。探索智能设备、老年大学建设。配合“书香北川”活动，食品抽检达到每千人7份。（牵头单位：县科协；责任单位：县农业农村局、县财政局）
2.安全教育工程。开展应急演练。（牵头单位：县应急局、县教育局）
三、民生实事
1.发放津贴。发放高龄津贴。（责任单位：县老龄办）
"""
SOUTH = """南山县科普工作方案
一、总体目标
到2030年，全县科普站达到60个。
二、重点工程
1.科普下乡工程。送科技下乡。（牵头单位：县科协、县农业农村局）
2.安全教育工程。开展应急演练。（牵头单位：县应急局）
"""


@pytest.fixture(scope="module")
def two(assistant_of: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_of({"beichuan": NORTH, "nanshan": SOUTH})


def test_a_year_alone_asks_for_all_its_figures(two: Assistant) -> None:
    assert "40个" in two.ask("北川县2030年要达到多少").answer
    assert two.ask("南山县2040年要达到多少").status == "not_mentioned"


def test_which_plan_sets_anything_for_a_year(two: Assistant) -> None:
    assert two.ask("哪个方案写了2040年要达到多少").answer.startswith("1份写明：北川县")


@pytest.mark.parametrize(
    "question", ["科普下乡工程哪个县是一家单独牵头", "科普下乡工程只有一个牵头单位的是哪个县"]
)
def test_one_lead_alone(two: Assistant, question: str) -> None:
    assert two.ask(question).answer.startswith("1份只有一家牵头：北川县")


def test_one_lead_alone_by_its_name(two: Assistant) -> None:
    answer = two.ask("安全教育工程由应急部门单独一家牵头的是哪里").answer
    assert answer.startswith("1份由其单独牵头：南山县")


def test_what_a_measure_goes_with_is_no_supporting_unit(two: Assistant) -> None:
    question = two.examine("配合“书香北川”的，有几份提了").question
    assert question.kind == "measure"
    assert question.roles == ()


def test_samples_are_no_plans(two: Assistant) -> None:
    question = two.examine("北川县食品抽检，每一千人要抽几份").question
    assert question.across is None
    assert "7份" in two.ask("北川县食品抽检，每一千人要抽几份").answer


def test_numbered_parts_have_no_title(two: Assistant) -> None:
    answer = two.ask("北川县两项工程都叫什么名字").answer
    assert "科普下乡工程" in answer
    assert "标题" not in answer


def test_the_unit_that_is_named_is_left_out(two: Assistant) -> None:
    answer = two.ask("北川县发放津贴除了老龄办还有哪些责任单位").answer
    assert "老龄办" not in answer
    assert "未提及其他单位" in answer


def test_deaths_of_a_hundred_thousand_are_a_rate(two: Assistant) -> None:
    assert "9/10万" in two.ask("北川县孕产妇死亡率是多少").answer


def test_things_counted_have_no_extent() -> None:
    assert not answers_in("how many talents does it want", "平方米")
    assert answers_in("how many square metres are there", "平方米")


def test_a_name_of_another_thing_is_no_name() -> None:
    told = ["建立“四方”联盟，定期举办创业大赛"]
    assert lacks_detail("创业大赛叫什么名字", told)
    assert not lacks_detail("创业大赛叫什么名字", ["举办“山水杯”创业大赛"])


def test_what_each_of_many_is_to_have(two: Assistant) -> None:
    assert "2名" in two.ask("北川县科普员一个村配几名").answer
    assert two.ask("南山县科普员一个村配几名").status == "not_mentioned"


def test_what_is_only_spoken_of_is_no_number(two: Assistant) -> None:
    assert two.ask("北川县老年大学办几个").status == "not_mentioned"


def test_until_when_a_plan_runs_is_no_date_of_effect(two: Assistant) -> None:
    assert two.examine("北川县的方案什么时候到期").question.meta == ("effective",)


def test_a_city_is_asked_by_its_name() -> None:
    assert lacks_detail("跟哪个城市合作", ["服务创新型城市建设，加强与本市其他区合作"])
    assert not lacks_detail("跟哪个城市合作", ["加强与青州市的合作"])


def test_which_of_several_needs_a_list() -> None:
    assert lacks_detail("写清是哪三种“长”了吗", ["落实“三长制”，建强组织"])


@pytest.mark.parametrize(
    ("question", "now", "reached"),
    [
        ("编方案那会儿比例实际是多少", True, False),
        ("目前有多少个科普站", True, False),
        ("浓度降到了多少", False, True),
        ("浓度下降了多少", False, False),
    ],
)
def test_how_things_stand_and_what_is_reached(question: str, now: bool, reached: bool) -> None:
    want = wanted(question)
    assert (want.now, want.reached) == (now, reached)


def test_what_is_aimed_at_is_not_how_things_stand(two: Assistant) -> None:
    assert two.ask("北川县目前有多少个科普站").status == "not_mentioned"


def test_nothing_of_the_kind_has_no_name() -> None:
    assert lacks_detail("科技老师组的工作室叫啥", ["依托“国培计划”培训教师"])
    assert lacks_detail("有没有以县长名义设的奖", ["培育具备科学家潜质的青少年"])
    assert not lacks_detail("有没有以县长名义设的奖", ["开展科技创新县长奖系列活动"])


def test_english_things_are_told_by_their_noun() -> None:
    assert lacks_detail("what alliance does it want", ["建立科技教育团体"])
    assert not lacks_detail("does it want to set up science funds", ["设立科普基金"])


@pytest.mark.parametrize(
    ("question", "told", "lacks"),
    [
        ("科普员找谁来当", "加强科普员队伍建设，注册人数达到1万人。", True),
        ("科普员找谁来当", "引导村干部成为科普员。", False),
        ("新科技馆建在哪里", "规划建设具有北川特色的科技馆。", True),
        ("新科技馆建在哪里", "在老城区建设科技馆。", False),
        ("流动科技馆开到哪里去", "推动流动科技馆巡展换展。", True),
        ("让劳模走进哪几类地方", "大力宣传劳模精神，进行表彰。", True),
        ("让劳模走进哪几类地方", "组织劳模进校园、进企业。", False),
        ("把企业分成哪几类来培育", "开展培训、沙龙和对接会，提供算力、大模型服务。", True),
        ("把企业分成哪几类来培育", "按初创型、成长型培育。", False),
        ("让高校办起哪些创业场所", "支持高校进行创业教育，开展竞赛。", True),
        ("让高校办起哪些创业场所", "支持高校建设创业园。", False),
        ("宣讲的那个宣讲团叫什么名", "开展宣讲活动。", True),
        ("产品有哪几种，各叫什么名字", "搭建“全周期”平台，设立专项产品。", True),
        ("产品有哪几种，各叫什么名字", "推出“科普贷”产品、“研学贷”产品。", False),
    ],
)
def test_who_where_and_what_sort(question: str, told: str, lacks: bool) -> None:
    assert lacks_detail(question, [told]) is lacks


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("北川鼓励谁来设科普奖", "measure"),
        ("北川哪些单位被鼓励免费开放", "measure"),
        ("北川谁来设科普奖", "duty"),
    ],
)
def test_whom_a_measure_is_for_is_no_question_for_units(
    two: Assistant, question: str, kind: str
) -> None:
    assert two.examine(question).question.kind == kind


def test_how_often_is_no_number_of_things_in_english() -> None:
    assert not answers_in("how many 5g base stations are to be built", "次")
    assert answers_in("how many drills are to be held a year", "次")


def test_what_is_given_back_may_be_told_as_a_share() -> None:
    assert wanted("损失了风险补偿最高给到多少").of_unit("%")
    assert not wanted("每个基地奖多少").of_unit("%")


def test_a_figure_of_the_year_asked_for_goes_before_one_without(two: Assistant) -> None:
    assert (
        unjudged(two)
        .ask("到2030年北川县科普站达到多少个")
        .answer.startswith("到2030年，全县科普站达到40个")
    )


def test_money_given_is_told_by_a_text_that_speaks_of_money_given() -> None:
    asked = "有没有给科普志愿者发补贴"
    assert lacks_detail(asked, ["加强科技志愿者队伍建设，打造品牌。"])
    assert not lacks_detail(asked, ["对优秀志愿者给予奖补。"])
