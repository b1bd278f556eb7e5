"""Clauses that tell of the asker, the day, or what the answer is for are no part of a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from rag.asides import without_asides
from rag.assistant import Assistant
from rag.breath import pieces
from rag.functional import units_spelt


def names(text: str) -> bool:
    return "北川" in text


def units(text: str) -> Sequence[str]:
    return [u for u in ("文旅局", "水务局") if u in text]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            "北川那个给学生的奖叫啥来着，我同桌问我我一下卡壳了",
            "北川那个给学生的奖叫啥来着",
        ),
        ("北川这份方案的文号是多少，稿子里要标", "北川这份方案的文号是多少"),
        ("稿子后天要交，北川一年培训多少老师", "北川一年培训多少老师"),
        ("北川的宣传口号是哪一句，标题想用", "北川的宣传口号是哪一句"),
        ("北川那支讲故事的队伍，名字挺逗的，叫什么", "北川那支讲故事的队伍，叫什么"),
        ("北川老师每年培训多少人 我翻了半天没找到", "北川老师每年培训多少人"),
        ("前任啥也没交代，领导今天忽然问北川一年培训多少老师", "北川一年培训多少老师"),
        ("下周培训班要讲，北川一年培训多少老师", "北川一年培训多少老师"),
        ("明天请人来作报告，北川一年培训多少老师", "北川一年培训多少老师"),
        ("主编非要个数，北川一年培训多少老师", "北川一年培训多少老师"),
        ("北川老师每年培训多少人？我记不清了", "北川老师每年培训多少人？"),
        ("北川这份的文号是多少（不是它引的那份）", "北川这份的文号是多少"),
        ("下周要报劳模，北川这方案归谁管", "北川这方案归谁管"),
        ("文旅局牵头我知道，北川一年培训多少老师", "北川一年培训多少老师"),
        ("我刚调到文旅局，北川这边我们要参加哪项", "北川这边文旅局要参加哪项"),
        ("昨天碰见文旅局的人，我还纳闷呢，它在北川方案里牵头哪项", "文旅局在北川方案里牵头哪项"),
    ],
)
def test_an_aside_is_left_out(said: str, asked: str) -> None:
    assert without_asides(said, names, units) == asked


@pytest.mark.parametrize(
    "text",
    [
        "农民工想提学历，北川一年资助多少人",
        "我们想把老厂房改成展馆，北川有什么支持",
        "我家老厂房空着，北川管不管",  # without it nothing is left to be asked about
        "老年人，北川有什么安排",
        "我想知道北川的标题想用什么",
        "昨天说的是北川，老师一共培训多少人",  # the place stands nowhere else
        "领导干部要学什么，北川怎么安排",
        "北川群众问题怎么解决",
        "北川对领导问责有什么规定",
        " 北川一年培训多少老师，",  # as it was typed
        "下周要报劳模，北川这评选归谁管",  # 这 points at what is ahead
    ],
)
def test_what_is_asked_about_is_no_aside(text: str) -> None:
    assert without_asides(text, names, units) == text


def test_of_two_units_none_takes_the_place_of_the_pronoun() -> None:
    said = "昨天文旅局和水务局都来了，它在北川方案里牵头哪项"
    assert without_asides(said, names, units) == "它在北川方案里牵头哪项"


def test_what_nobody_did_asks_nothing() -> None:
    assert pieces("前任啥也没交代，北川培训多少老师") == ()


def test_a_body_pointed_at_loosely_is_spelt_out() -> None:
    known = {"民政局", "数据中心", "公安部门"}
    assert units_spelt("北川公安那边分到啥任务没", known.__contains__) == "北川公安部门分到啥任务没"
    assert units_spelt("北川民政那个局参加哪几项", known.__contains__) == "北川民政局参加哪几项"
    assert units_spelt("北川数据的那个中心管啥", known.__contains__) == "北川数据中心管啥"
    assert units_spelt("北川文化那个中心建在哪", known.__contains__) == "北川文化那个中心建在哪"


PLAN = """北川县科普工作方案
一、重点工程
1.科普下乡工程。提出“科学就在身边”宣传口号。每年培训科技教师200人次。（牵头单位：县科协；参加单位：县司法局、县文旅局）
2.安全教育工程。落实《北川县校园安全办法》（川教〔2031〕7号），开展应急演练。（牵头单位：县应急局）
"""


@pytest.fixture(scope="module")
def north(assistant_of: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    return assistant_of({"beichuan": PLAN})


@pytest.mark.parametrize(
    ("question", "kind", "told"),
    [
        ("北川县的宣传口号是哪一句，标题想用", "list", "科学就在身边"),
        ("上周开会司法局也来了，它在北川县方案里参加哪一项", "tasks", "科普下乡工程"),
        ("北川县讲安全教育引的是几号文件，稿子里要标", "ground", "川教〔2031〕7号"),
        ("北川县说应急演练那句 引的是教育厅哪个文", "ground", "川教〔2031〕7号"),
        ("北川县讲安全教育时引的那个文件是几号", "ground", "川教〔2031〕7号"),
    ],
)
def test_an_aside_does_not_change_what_is_asked(
    north: Assistant, question: str, kind: str, told: str
) -> None:
    answer = north.ask(question)
    assert told in answer.answer
    assert answer.kind in (kind, "measure")


@pytest.mark.parametrize("question", ["北川县给教师补哪方面的课", "北川县指望谁来给教师上课"])
def test_no_unit_is_asked_for(north: Assistant, question: str) -> None:
    assert north.examine(question).question.kind != "duty"
