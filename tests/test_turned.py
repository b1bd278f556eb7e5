"""Follow-ups that correct, point at places or take the matter up; parts asked of each place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from rag.across.own_part import own_parts
from rag.assistant import Assistant
from rag.functional import units_spelt
from rag.periods import with_years
from rag.question import Question
from rag.turns.corrected import corrected, denied
from tests.test_across_turns import talk
from tests.test_assistant import ask, plain

UPPER = """上原县社区食堂行动方案（2022—2026年）
上原县人民政府办公室
2022年3月1日
一、重点行动
（一）长者食堂行动
1.建设长者食堂。建成长者食堂30个。推行“三员制”管理，配备送餐员。
2.培训厨师。每年培训厨师200人次。给予厨师岗位补贴。
（牵头单位：县民政局、县发改局；责任单位：县财政局、县教育局）
（二）校园食堂行动
1.改造校园食堂。改造校园食堂12个。
（牵头单位：县教育局；责任单位：县财政局）
"""
LOWER = """下渡区社区食堂行动方案
下渡区人民政府办公室
2023年9月1日
一、重点行动
（一）长者食堂行动
1.建设长者食堂。建成长者食堂10个。推行“五员制”管理。
2.培训厨师。每年培训厨师100人次。
（牵头单位：区民政局；责任单位：区教育局）
"""
U, D = ("shangyuan",), ("xiadu",)
LEADS = "上原长者食堂行动谁牵头"


@pytest.fixture(scope="module")
def two(assistant_of: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_of({U[0]: UPPER, D[0]: LOWER})


def understood(assistant: Assistant, *asked: str) -> Question:
    history: list[tuple[str, str]] = []
    for question in asked[:-1]:
        history.append((question, assistant.ask(question, history=history).answer))
    return assistant.examine(asked[-1], history=history).question


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("不是问学校，问社区", "社区"),
        ("不对，我要的是发奖的那条", "发奖的那条"),
        ("我问的是社区，不是学校", "社区"),
        ("上原呢，不问人数，问有哪些补贴", "上原呢，有哪些补贴"),
        ("no, i meant the schools", "the schools"),
        ("not the schools but the canteens", "the canteens"),
        # questions whether it is so correct nothing
        ("是不是牵头", "是不是牵头"),
        ("不是说三家吗", "不是说三家吗"),
    ],
)
def test_what_is_not_meant_is_left_out(said: str, meant: str) -> None:
    assert corrected(said) == meant


def test_what_is_denied() -> None:
    assert denied("不是问学校，问社区") == "学校"
    assert denied("谁牵头") == ""


# (turns, what must have been understood of the last)
TURNS: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    # corrections: of the place, and of a word in the matter before
    ((LEADS, "不是上原，是下渡"), {"plans": D, "kind": "duty", "matter": "长者食堂行动"}),
    ((LEADS, "不是长者，是校园"), {"plans": U, "kind": "duty", "matter": "校园食堂行动"}),
    # places pointed at
    ((LEADS, "下渡呢", "前面那个地方的责任单位呢"), {"plans": U, "roles": ("responsible",)}),
    (("上原建多少长者食堂", "下渡呢", "前一个是后一个的几倍"),
     {"plans": (*U, *D), "kind": "figure"}),
    (("上原长者食堂怎么建", "下渡也这么写吗", "两家谁牵头"), {"plans": (*U, *D), "kind": "duty"}),
    ((LEADS, "连下渡一起看，谁没让发改部门牵头"), {"plans": (*U, *D), "kind": "role_check"}),
    # the matter taken up, measured, or by a shorter name
    (("上原厨师多少人", "给这些人哪些补贴"), {"matter": "厨师 补贴", "plans": U}),
    (("上原长者食堂怎么建", "面积多大"), {"matter": "长者食堂 建 面积", "kind": "figure"}),
    (("上原建多少长者食堂", "下渡的食堂怎么建"), {"plans": D, "matter": "建 长者食堂"}),
    # a role in the matter before, of a unit
    ((LEADS, "教育局算什么"), {"kind": "role_check", "matter": "长者食堂行动"}),
    ((LEADS, "管钱的参加了没有"), {"kind": "role_check", "matter": "长者食堂行动"}),
    # years
    (("上原2024年怎么安排食堂", "最后一年呢"), {"years": (2026,)}),
    (("上原2024年怎么安排食堂", "下渡那一年建多少食堂"), {"years": (2024,), "plans": D}),
    # kinds
    ((LEADS, "那里面具体要做些什么"), {"kind": "measure", "matter": "长者食堂行动"}),
    (("When was the Shangyuan plan issued?", "And Xiadu? Give me the document number too."),
     {"plans": D, "meta": ("date", "number")}),
    (("Does the civil affairs bureau lead the 长者食堂行动 in Shangyuan?",
      "In Xiadu, does it lead?"),
     {"plans": D, "kind": "role_check"}),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "expected"), TURNS)
def test_turns(two: Assistant, turns: tuple[str, ...], expected: dict[str, Any]) -> None:
    question = understood(two, *turns)
    assert {name: getattr(question, name) for name in expected} == expected


def test_so_many_times_as_much(two: Assistant) -> None:
    said = talk(two, "上原建多少长者食堂", "下渡呢", "前一个的总数是后一个的几倍")
    assert said.startswith("上原县是下渡区的3倍")


def test_units_by_what_they_see_to() -> None:
    def known(name: str) -> bool:
        return name in ("财政部门", "气象部门", "人社部门")

    assert units_spelt("配合单位里有管钱的没", known) == "配合单位里有财政部门没"
    assert units_spelt("管气象的牵头吗", known) == "气象部门牵头吗"
    assert units_spelt("人社在里面算什么", known) == "人社部门在里面算什么"
    for left in ("归谁管的", "谁管钱的事", "食堂算什么"):
        assert units_spelt(left, known) == left


def test_the_last_year_is_told_by_the_title() -> None:
    assert with_years("最后一年做什么", ["某县规划（2021—2025年）"]) == "2025年做什么"
    assert with_years("最后一年做什么", ["某县规划"]) == "最后一年做什么"
    assert with_years("最后一年", ["甲（2021—2025年）", "乙（2022—2026年）"]) == "最后一年"


def parts(assistant: Assistant, text: str) -> dict[str, Question]:
    reader = assistant._reader
    texts = {U[0]: "".join(UPPER.split()), D[0]: "".join(LOWER.split())}
    read, places, stands = reader.read, reader.places, reader.stands
    return dict(own_parts(reader.read(text), read, places, stands, texts.__getitem__))


def test_each_place_is_asked_its_own_part(two: Assistant) -> None:
    found = parts(two, "上原讲“三员制”，下渡讲的是几员")
    assert found[D[0]].text == "下渡讲的是“五员制”"
    said = plain(ask(two, "上原讲“三员制”，下渡讲的是几员"))
    assert "推行“三员制”管理" in said
    assert "推行“五员制”管理" in said
    found = parts(two, "上原长者食堂由民政局牵头，下渡的又是哪家")
    assert found[D[0]].kind == "duty"
    assert "长者食堂" in found[D[0]].matter


@pytest.mark.parametrize(
    "text",
    [
        "上原的长者食堂谁牵头，下渡呢",
        "上原长者食堂两家牵头，下渡一家，多出来的是哪家",
        "上原和下渡的长者食堂谁牵头",
        "上原和下渡长者食堂哪个多",
    ],
)
def test_all_places_are_asked_the_same(two: Assistant, text: str) -> None:
    assert parts(two, text) == {}


@pytest.mark.parametrize(
    "turns",
    [
        ("上原比下渡早印发多久",),
        ("上原和下渡的方案隔了几个月才发",),
        ("上原方案什么时候印发的", "下渡呢", "中间隔了多久"),
        ("上原方案什么时候印发的", "下渡呢", "早下发多长时间"),
    ],
)
def test_how_long_lies_between_two_dates(two: Assistant, turns: tuple[str, ...]) -> None:
    said = talk(two, *turns)
    assert "相差549天，约18个月（1年零6个月）" in said


def test_a_number_without_its_subject_is_of_what_was_spoken_of(two: Assistant) -> None:
    question = understood(
        two, "What does Shangyuan do for chefs?", "How many are trained each year?"
    )
    assert "chefs" in question.matter


def test_whom_only_one_of_the_places_has(two: Assistant) -> None:
    said = talk(two, "上原和下渡的长者食堂行动谁牵头", "少的是哪家")
    assert said.startswith("不一样。仅上原县有：县发改局")


def test_a_unit_by_its_domain_among_those_of_a_role(two: Assistant) -> None:
    question = understood(two, LEADS, "责任的有财政吗")
    assert (question.kind, [u.text for u in question.units]) == ("role_check", ["财政部门"])
