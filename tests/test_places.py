"""Which plans a question names, all of them, and places whose plans are not held."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.answer import Citation
from rag.assistant import Assistant
from rag.phrases import SHOWN_PLACES
from rag.places import bare
from rag.show import Painter, answer_lines, whose
from tests.conftest import TinyEncoder, read_plan

HUNAN = ("xiangtan", "yanfeng", "zhongfang")

NAMED = [
    ("Lèzhì 2025 target", ("lezhi",)),
    ("What does le4zhi4 xian aim for", ("lezhi",)),
    ("le zhi: who leads the digital skills action", ("lezhi",)),
    ("Xiang-tan's plan", ("xiangtan",)),
    ("YANFENG QU farmers", ("yanfeng",)),
    ("Huai'yin district's target", ("huaiyin",)),
    ("樂至縣誰牽頭", ("lezhi",)),
    ("湘谭科普谁牵头", ("xiangtan",)),
    ("雁锋和中方各依据哪份文件", ("yanfeng", "zhongfang")),
    ("怀阴的目标", ("huaiyin",)),
    ("湖南省湘潭市的老年人行动", ("xiangtan",)),
    ("湖南的三份方案哪份最高", HUNAN),
    ("湖南三个县区谁牵头", HUNAN),
    ("the Hunan plans: who leads emergency science communication", HUNAN),
    ("衡阳那个区科普信息化谁管", ("yanfeng",)),
    ("两个湖南区县，雁锋和中方各怎么写", ("yanfeng", "zhongfang")),
    ("湘潭比全省平均水平高吗", ("xiangtan",)),
    # what only looks like a name
    ("湖南省政府的文件是哪个", ()),
    ("其中方案怎么说农民", ()),
    ("快乐至上的科普", ()),
    ("这种方案由谁牵头", ()),
    ("集中防控突发事件的科普", ()),
    ("长株潭一体化怎么做", ()),
]

ALL = [
    "五份方案分别由谁牵头",
    "五份里有几份写了",
    "把五个地方的牵头单位都列给我",
    "哪一份没写财政预算",
    "各方案谁牵头，列个表",
    "哪几个地方把科协列成牵头的",
    "五地公民科学素质比例排一排",
    "湖南的三份方案哪份最高",
    "每份方案谁负责",
    "all five plans: which one is highest",
    "Which of the plans mention time banks",
    "in each plan who leads the elderly action",
    "写到时间银行的有哪些地方",
    "哪些县的方案写到时间银行",
    "哪几个市县没有写时间银行",
    "写到时间银行的是哪些区",
    "湖南哪个县的目标最高",
    "哪些地方把科协列成牵头的",
]
NOT_ALL = [
    "湘潭各县市区怎么考核",
    "乐至谁牵头",
    "智慧助老谁牵头",
    "who leads youth science",
    "文号",
    "鼓励企业共建实训基地，对接哪些地方",  # what something is done to
    "鼓励企业共建实训基地，要去哪些县",
    "跟哪些市合作办科普",
    "哪些市直单位参加智慧助老",
    "哪些市民可以参加",
]

ELSEWHERE = [
    ("成都的科学素质目标是多少", ("成都",)),
    ("北京市谁牵头老年人行动", ("北京市",)),
    ("湘潭县的科普基地几个", ("湘潭县",)),  # another place than the city of that name
    ("请问岳麓区农民谁管", ("岳麓区",)),
    ("青石县谁牵头", ("青石县",)),
    ("那成都呢", ("成都",)),
    ("谁来负责杭州的智慧助老", ("杭州",)),
    ("日本的科学素质计划谁负责", ("日本",)),
    ("湖南的目标是多少", ("湖南",)),
    ("who leads it in Beijing", ("Beijing",)),
    ("Shanghai's target for 2025", ("Shanghai",)),
    ("what is California's plan for science literacy", ("California",)),
    # part of the matter
    ("乐至跟成都、重庆怎么合作", ()),
    ("跟成都、重庆合作谁负责", ()),
    ("成都、重庆的交流合作由谁牵头", ()),
    ("让企业跟长沙大学科技城对接是图啥", ()),
    ("Who cooperates with Chengdu and Chongqing on science literacy", ()),
    ("中国科协谁牵头", ()),
    # no places at all
    ("产业园区建科普基地几个", ()),
    ("农村社区谁牵头", ()),
    ("惠农政策谁管", ()),
    ("资源科普化工程谁牵头", ()),
    ("那两个区呢", ()),
    ("哪些县的方案写到时间银行", ()),
    ("Tell us who leads youth science", ()),
]


@pytest.mark.parametrize(("question", "plans"), NAMED)
def test_plans_named(assistant: Assistant, question: str, plans: tuple[str, ...]) -> None:
    assert tuple(sorted(assistant.understand(question).plans)) == tuple(sorted(plans))


@pytest.mark.parametrize("question", ALL)
def test_all_plans_are_meant_and_the_words_for_it_are_not_searched(
    assistant: Assistant, question: str
) -> None:
    read = assistant.understand(question)
    assert read.all_plans
    assert not any(word in read.matter for word in ("份", "方案", "plans", "five"))


@pytest.mark.parametrize("question", NOT_ALL)
def test_not_all_plans(assistant: Assistant, question: str) -> None:
    assert not assistant.understand(question).all_plans


@pytest.mark.parametrize(("question", "places"), ELSEWHERE)
def test_places_not_held(assistant: Assistant, question: str, places: tuple[str, ...]) -> None:
    assert assistant.understand(question).elsewhere == places


@pytest.mark.parametrize(
    ("question", "says"),
    [("成都的目标是多少", "未收录成都的方案"), ("Who leads it in Beijing?", "No plan of Beijing")],
)
def test_a_place_not_held_is_named_with_those_that_are(
    assistant: Assistant, question: str, says: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "out_of_scope"
    assert says in answer.answer
    assert "未提及" in answer.answer
    assert len(assistant.index.plans) <= SHOWN_PLACES
    assert all(plan.place in answer.answer for plan in assistant.index.plans)


def test_a_place_not_held_is_told_in_a_conversation(assistant: Assistant) -> None:
    history = [("乐至青少年行动谁牵头", "县教育和体育局")]
    assert assistant.ask("那成都呢", history=history).status == "out_of_scope"
    assert assistant.ask("那湘潭呢", history=history).status != "out_of_scope"


# -- namesakes ----------------------------------------------------------------------------

PLAN = """{above}鼓楼区养老服务方案
一、重点任务
（一）助餐服务。建设社区食堂{n}个。（牵头单位：{lead}）
"""


@pytest.fixture(scope="module")
def namesakes(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    """Two plans of districts with one name, in two cities of one province."""
    folder = tmp_path_factory.mktemp("namesakes")
    made = [
        read_plan(PLAN.format(above="江苏省南京市", n=20, lead="区民政局"), folder, "nanjing"),
        read_plan(PLAN.format(above="江苏省徐州市", n=30, lead="区卫健委"), folder, "xuzhou"),
    ]
    index = make_index(made)
    return Assistant(index, tiny)


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("南京鼓楼区助餐服务由谁牵头", ("nanjing",)),
        ("徐州市鼓楼区助餐服务由谁牵头", ("xuzhou",)),
        ("江苏省徐州市鼓楼区助餐服务由谁牵头", ("xuzhou",)),
        ("徐州那个鼓楼区助餐服务谁牵头", ("xuzhou",)),
        ("鼓楼区（徐州）助餐服务由谁牵头", ("xuzhou",)),
        ("助餐服务在鼓楼由谁牵头，南京的", ("nanjing",)),
        ("徐州鼓楼区和南京鼓楼区助餐服务分别由谁牵头", ("xuzhou", "nanjing")),
        ("鼓楼区助餐服务由谁牵头", ("nanjing", "xuzhou")),
        ("江苏鼓楼区助餐服务由谁牵头", ("nanjing", "xuzhou")),  # both lie there
        ("Who leads the canteens in Gulou District, Xuzhou?", ("xuzhou",)),
        ("Who leads the canteens in Nanjing Gulou?", ("nanjing",)),
    ],
)
def test_the_city_picks_the_namesake(
    namesakes: Assistant, text: str, plans: tuple[str, ...]
) -> None:
    assert namesakes.understand(text).plans == plans


def test_answers_and_citations_show_the_city(namesakes: Assistant) -> None:
    answer = namesakes.ask("鼓楼区助餐服务由谁牵头")
    assert [r.place for r in answer.table] == ["南京市鼓楼区", "徐州市鼓楼区"]
    assert {c.place for c in answer.citations} == {"南京市鼓楼区", "徐州市鼓楼区"}
    assert next(iter(answer_lines(answer, Painter(io.StringIO())))).startswith("南京市鼓楼区")
    one = namesakes.ask("徐州鼓楼区助餐服务由谁牵头")
    assert "区卫健委" in one.answer
    assert "区民政局" not in one.answer


def test_several_plans_of_one_place_each_have_their_row(
    tmp_path: Path,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> None:
    made = [
        read_plan(PLAN.format(above="江苏省徐州市", n=30, lead="区民政局"), tmp_path, "care"),
        read_plan(
            "徐州市鼓楼区政府工作报告\n一、任务\n（一）修路。修路5公里。（区住建局负责）\n",
            tmp_path, "report",
        ),
    ]  # fmt: skip
    index = make_index(made)
    assistant = Assistant(index, tiny)
    answer = assistant.ask("鼓楼区助餐服务由谁牵头")
    assert [(r.place, r.status) for r in answer.table] == [
        ("鼓楼区《养老服务方案》", "answered"),
        ("鼓楼区《政府工作报告》", "not_mentioned"),
    ]
    assert "区民政局" in answer.answer


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("云岭土家族苗族自治州", "云岭"),
        ("广西壮族自治区", "广西"),
        ("东江市", "东江"),
        ("叶县", "叶县"),
    ],
)
def test_bare(name: str, stem: str) -> None:
    assert bare(name) == stem


def test_a_citation_says_the_city_where_the_title_does_not() -> None:
    def cited(place: str, title: str) -> str:
        return whose(Citation(1, "a", place, title, "a:1", (), "", 0, 0, "a.txt"))

    assert cited("徐州市鼓楼区", "鼓楼区养老服务方案") == "徐州市鼓楼区 鼓楼区养老服务方案"
    assert (
        cited("徐州市鼓楼区", "江苏省徐州市鼓楼区养老服务方案") == "江苏省徐州市鼓楼区养老服务方案"
    )
    assert cited("东江市", "政府工作报告") == "东江市 政府工作报告"
    assert cited("a", "养老服务方案") == "养老服务方案"  # no place is known
    assert cited("东江市", "") == "东江市"


def test_the_head_of_a_county_is_no_county(synthetic: Assistant) -> None:
    question = synthetic.understand("青石县长是谁")
    assert question.plans == ("qingshi",)
    assert question.matter.strip() == "县长"
    assert synthetic.understand("青石县长期目标是什么").matter.strip() == "长期目标"
