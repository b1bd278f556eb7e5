"""Questions that ask for things of several kinds in one breath."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.assistant import Assistant
from rag.breath import pieces
from rag.turns.dialogue import resolve
from tests.conftest import TinyEncoder, read_plan

CAMP = """白岭县科普工作实施方案（2021—2025年）
白岭县人民政府办公室
2022年3月4日
一、重点任务
（一）青少年行动
1.开展科技夏令营。每年举办科技夏令营6期，由中小学教师和退休专家担任营地辅导员。（牵头单位：县教育局）
2.培训农民。每年培训高素质农民300人次。（牵头单位：县农业农村局；责任单位：县科协）
（二）评估。2023年，对方案开展中期督查；2025年，对方案落实情况进行总结评估。（牵头单位：县科协）
二、组织领导
成立科普工作领导小组，由县政府分管领导任组长，统筹推进工作；领导小组办公室设在县科协，负责日常协调。
"""


@pytest.fixture(scope="module")
def camp(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    folder = tmp_path_factory.mktemp("camp")
    return Assistant(make_index([read_plan(CAMP, folder, "bailing")]), tiny)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("夏令营谁牵头，哪年办完", ("夏令营谁牵头", "哪年办完")),
        ("办几期、由谁来办", ("办几期", "由谁来办")),
        ("怎么补？另外对主办单位，一年补多少", ("怎么补", "另外对主办单位，一年补多少")),
        ("由哪些单位建站、建馆，哪年完成", ("由哪些单位建站、建馆", "哪年完成")),
        ("有没有专项资金，有的话多少", ("有没有专项资金", "有的话多少")),
    ],
)
def test_each_asking_clause_is_a_piece(text: str, parts: tuple[str, ...]) -> None:
    assert pieces(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "夏令营谁牵头",
        "谁在什么时候办夏令营",  # one clause with two asking words
        "《怎么办，怎么建》是什么",  # a title asks nothing
        "，".join(["谁牵头"] * 9),  # no question in one breath
        "",
    ],
)
def test_one_question_is_not_cut(text: str) -> None:
    assert pieces(text) == ()


# (question, kinds of its parts)
@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("科技夏令营谁牵头，一年办几期", ("duty", "figure")),
        ("科技夏令营一年办几期，由哪些人来当辅导员", ("figure", "measure")),
        ("哪年中期督查，哪年总评", ("when", "when")),
        ("这个方案谁印发的，科技夏令营办几期", ("meta", "figure")),
        # what one composer answers together
        ("科技夏令营谁牵头，哪些单位参加", ()),
        ("方案哪年印发、文号多少、谁发的", ()),
        ("科技夏令营办几期，培训农民多少人次", ()),
        ("夏令营谁牵头，对吗", ()),
        ("夏令营怎么办，方案怎么说", ()),
        ("县科协牵头哪些任务，参加哪些", ()),
    ],
)
def test_parts_are_of_different_kinds(
    camp: Assistant, question: str, kinds: tuple[str, ...]
) -> None:
    found = camp.examine(question).question
    assert tuple(part.kind for part in found.each) == kinds


def test_a_part_takes_what_it_leaves_out(camp: Assistant) -> None:
    first, second = camp.examine("2025年白岭科技夏令营谁牵头，办几期").question.each
    assert first.plans == second.plans == ("bailing",)
    assert "夏令营" in {c.said for c in second.concepts}


def test_the_first_part_takes_the_matter_of_a_later_one(camp: Assistant) -> None:
    first, _ = camp.examine("谁牵头，科技夏令营一年办几期").question.each
    assert "夏令营" in {c.said for c in first.concepts}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("科技夏令营谁牵头，一年办几期", ("县教育局", "6期")),
        ("科技夏令营一年办几期，由哪些人来当辅导员", ("6期", "退休专家")),
        ("哪年中期督查，哪年总评", ("2023年", "2025年")),  # 总评 shortens 总结评估
        ("领导小组谁当组长，办公室设在哪个单位", ("分管领导任组长", "设在县科协")),
        ("方案哪年印发的，科技夏令营谁牵头", ("2022年3月4日", "县教育局")),
    ],
)
def test_answers_stand_one_below_the_other(
    camp: Assistant, question: str, told: tuple[str, ...]
) -> None:
    answer = camp.ask(question)
    places = [answer.answer.find(word) for word in told]
    assert answer.status == "answered"
    assert min(places) >= 0
    assert places == sorted(places)
    assert all(CAMP[c.start : c.end] for c in answer.citations)


def test_a_part_that_is_not_answered_says_so(camp: Assistant) -> None:
    answer = camp.ask("科技夏令营谁牵头，花多少钱")
    assert "县教育局" in answer.answer
    assert "“花多少钱”：方案未提及" in answer.answer


def test_an_english_part_that_is_not_answered_says_so(camp: Assistant) -> None:
    answer = camp.ask("Who leads the training of high-quality farmers and by when?")
    assert "县农业农村局" in answer.answer
    assert "“by when”" in answer.answer
    assert "未提及" in answer.answer


def test_nothing_answered_is_a_refusal(camp: Assistant) -> None:
    assert camp.ask("低空经济谁牵头，投多少钱").status != "answered"


def test_several_plans_are_asked_as_a_whole(synthetic: Assistant) -> None:
    """Questions across plans have their own ways of setting answers side by side."""
    answer = synthetic.examine("机器人比赛谁牵头，一年办几场")
    assert answer.question.each == ()


def test_a_follow_up_of_several_parts(camp: Assistant) -> None:
    history = [("白岭科技夏令营谁牵头", "县教育局")]
    found = resolve(camp._reader, "办几期，由谁来当辅导员", history)
    assert [p.kind for p in found.each] == ["figure", "measure"]
    assert "夏令营" in {c.said for c in found.each[0].concepts}


def test_whether_there_is_something_is_not_told_by_what_was_handed_on(camp: Assistant) -> None:
    answer = camp.ask("科技夏令营谁牵头，有没有补贴").answer
    assert "县教育局" in answer
    assert "“有没有补贴”：方案未提及" in answer


def test_what_the_plan_lacks_by_name_is_lacking_in_what_goes_on_about_it(
    synthetic: Assistant,
) -> None:
    """The plan has science classrooms with a lead, but none of this name."""
    answer = synthetic.ask("青石“农民科学教室”有几个，谁牵头")
    assert answer.status == "not_mentioned"
    assert "县教育局" not in answer.answer
