"""Whose units are told: which clause they are from, and who asks for them and who does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.assistant import Assistant
from tests.conftest import TinyEncoder, read_plan

VALLEY = """青谷县科普工作方案
一、重点任务
1.加强学校科普。开设科学课程，定期组织学生走进气象馆，抓好学年总结。（牵头单位：县教育局；参加单位：县科协、县气象局）
2.推进乡村科普。培养乡土人才，每年培训农技骨干200名。各乡镇文化服务中心结合实际排演节目。（牵头单位：县农业农村局；参加单位：各乡镇）
二、保障措施
1.加大经费投入。各有关部门落实科普经费。
2.抓好总结评价。2029年开展方案实施情况总结。
"""


@pytest.fixture(scope="module")
def valley(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    folder = tmp_path_factory.mktemp("valley")
    return Assistant(make_index([read_plan(VALLEY, folder, "qinggu")]), tiny)


def test_a_matter_of_the_text_is_told_with_the_clause(valley: Assistant) -> None:
    answer = valley.ask("组织学生走进气象馆由谁牵头").answer
    assert answer.startswith("见“加强学校科普”：")
    assert "县教育局" in answer


def test_a_matter_of_the_heading_needs_no_clause_named(valley: Assistant) -> None:
    assert valley.ask("加强学校科普由谁牵头").answer.startswith("牵头单位：县教育局")


def test_another_clause_is_not_taken_for_the_one_just_told(valley: Assistant) -> None:
    answer = valley.ask("方案总结哪年开展，由谁来做").answer
    assert "2029年" in answer
    assert "县教育局" not in answer or "上面那一条未列出责任分工" in answer


def test_who_does_it_and_who_takes_part_are_both_told(valley: Assistant) -> None:
    answer = valley.ask("学校科普由谁来抓，参加单位有哪些").answer
    assert "牵头单位：县教育局" in answer
    assert "参加单位：县科协、县气象局" in answer


@pytest.mark.parametrize("question", ["乡村科普要培养谁", "推进乡村科普每年培训谁"])
def test_whom_a_measure_is_for_is_no_question_for_units(valley: Assistant, question: str) -> None:
    assert valley.examine(question).question.kind == "measure"


def test_who_pays_asks_for_the_funding(valley: Assistant) -> None:
    question = valley.examine("Who pays for science popularisation in Qinggu?").question
    assert any("经费" in c.words for c in question.concepts)


def test_many_bodies_that_open_a_name_are_not_meant_by_it(valley: Assistant) -> None:
    answer = valley.ask("青谷各乡镇文化服务中心要干什么").answer
    assert answer.startswith("各乡镇文化服务中心结合实际排演节目")
    assert "推进乡村科普" in valley.ask("青谷各乡镇要干什么").answer


@pytest.mark.parametrize("question", ["学校科普那块县气象局管不管", "县气象局得管学校科普吗"])
def test_whether_a_unit_has_to_see_to_it(valley: Assistant, question: str) -> None:
    assert valley.examine(question).question.kind == "role_check"
    assert valley.ask(question).answer.startswith("是。")


def test_in_which_actions_a_unit_stands_are_its_tasks(valley: Assistant) -> None:
    asked = "Which campaigns list the county weather bureau (县气象局) in Qinggu?"
    assert valley.examine(asked).question.kind == "tasks"
    assert "加强学校科普" in valley.ask(asked).answer


def test_a_unit_without_a_part_is_not_given_one(valley: Assistant) -> None:
    answer = valley.ask("县司法局在学校科普里是牵头还是参加")
    assert answer.status == "not_mentioned"
    assert answer.answer.startswith("方案未提及司法局在该条的分工；牵头单位：县教育局")
    assert valley.ask("县气象局在学校科普里是牵头还是参加").status == "answered"


def test_whether_it_is_said_at_all_is_no_question_for_units(valley: Assistant) -> None:
    assert valley.examine("参加气象馆活动这事，青谷提没提").question.kind == "measure"


def test_what_a_quoted_name_means_is_no_task_of_its_unit(valley: Assistant) -> None:
    asked = "青谷科协那个“三长制”到底是哪三个长"
    assert valley.examine(asked).question.kind != "tasks"
