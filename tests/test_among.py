"""Whether one thing is among those that a plan lists, and names that need no quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from rag.assistant import Assistant
from rag.detail import lacks_detail
from tests.conftest import unjudged

SOUTH = """南山县科普工作方案
一、重点工程
1.自然教育工程。把自然教育纳入中小学课程，鼓励学生走进自然。（牵头单位：县教育局）
"""
NORTH = """北川县科普工作方案
一、重点工程
1.学生竞赛工程。组织学生参加机器人大赛、科幻作文比赛和劳动技能竞赛，培养学生创新精神。（牵头单位：县教育局）
2.农民培训工程。组织农民参加种植、养鱼培训，提高农民科技素质。（牵头单位：县农业农村局、县自然资源局）
3.学校教育工程。加强中小学科学教育，培养学生对自然科学的兴趣，办好自然科学课程。（牵头单位：县教育局）
"""


@pytest.fixture(scope="module")
def north(assistant_of: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_of({"beichuan": NORTH, "nanshan": SOUTH})


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("北川县的学生比赛有玩航模的没", "航模"),
        ("北川县学生参加的比赛里有没有围棋", "围棋"),
        ("北川县的农民培训包括养蜂吗", "养蜂"),
        ("北川县的学生有没有航模比赛", "航模"),
    ],
)
def test_what_is_not_among_those_listed_is_not_told_of(
    north: Assistant, question: str, lacking: str
) -> None:
    answer = north.ask(question)
    assert answer.status == "not_mentioned"
    assert answer.answer.startswith(f"方案未提及“{lacking}”")


@pytest.mark.parametrize(
    "question",
    ["北川县的学生比赛有机器人的没", "北川县的农民培训包括养鱼吗", "北川县有没有作文比赛"],
)
def test_what_is_among_them_is_told(north: Assistant, question: str) -> None:
    assert north.ask(question).status == "answered"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("讲家风的那支队伍叫什么", "组建青禾家风宣讲团，深入开展宣讲。"),
        ("给老工人留影像的那个工程正式叫啥", "开展百名工匠口述史采集工程，展示成就。"),
        ("讲家风的宣讲队起了啥名字", "组建“春风”宣讲团。"),
        ("学生动手的那个奖全称叫啥来着", "举办青石创新成果市长奖系列活动。"),
        ("要算进什么评选里头", "纳入“好邻居”等评选标准。"),
    ],
)
def test_a_name_is_told_with_or_without_quotation_marks(question: str, told: str) -> None:
    assert not lacks_detail(question, [told])


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("讲家风的宣讲队起了啥名字", "深入开展家风宣讲，引导群众成为表率。"),
        ("讲家风的那支队伍叫什么", "组建讲家风的队伍。"),  # the question's own words
        ("学生的那个比赛叫啥来着", "开展丰富多彩的比赛。"),
        ("有没有哪个奖是给学生的", "举办机器人大赛。"),
        ("北川的农民夜校叫什么名字", "举办“领头雁”培训班。"),
        ("志愿服务的品牌叫什么", "开展科技志愿服务活动。"),
    ],
)
def test_no_name_is_told(question: str, told: str) -> None:
    assert lacks_detail(question, [told])


def test_a_compound_of_another_plan_is_not_made_of_other_compounds(north: Assistant) -> None:
    told = north.ask("Does 北川县 bring nature education into the schools?")
    assert told.status == "not_mentioned"
    assert "“自然教育”" in told.answer
    asked = "Does 南山县 bring nature education into the schools?"
    assert unjudged(north).ask(asked).status == "answered"


def test_whom_cooperation_is_with_is_no_unit_on_duty(north: Assistant) -> None:
    asked = "Whom abroad does 北川县 want to set up cooperation mechanisms with?"
    assert north.examine(asked).question.kind == "measure"
