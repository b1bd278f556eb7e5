"""What the text itself gives a unit to do, beside the notes that assign whole clauses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.assistant import Assistant
from tests.conftest import TinyEncoder, read_plan

SCHOOL = """白岭县科普工作方案
一、重点任务
1.加强干部培训。县委党校（县行政学校）合理安排培训班次，充实干部培训教材。（责任单位：县委组织部、县委党校）
2.建设学习平台。用好县委党校等平台，开展干部网络培训。（责任单位：县委组织部）
3.服务老年人。县民政局、县科协组织志愿者服务老年人。（责任单位：县民政局）
二、附则
县文化馆负责流动展品的维护。
"""


@pytest.fixture(scope="module")
def school(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    folder = tmp_path_factory.mktemp("school")
    return Assistant(make_index([read_plan(SCHOOL, folder, "bailing")]), tiny)


def test_the_sentence_on_the_matter_is_told_beside_the_notes(school: Assistant) -> None:
    answer = school.ask("县委党校在干部培训上要做哪几件事").answer
    assert "合理安排培训班次" in answer
    assert "责任单位（1项）" in answer


def test_a_unit_that_is_only_spoken_of_does_nothing(school: Assistant) -> None:
    assert "用好县委党校" not in school.ask("县委党校在干部培训上要做哪几件事").answer


def test_one_of_several_subjects(school: Assistant) -> None:
    assert "组织志愿者" in school.ask("县民政局在服务老年人上要做哪几件事").answer
    assert "组织志愿者" in school.ask("县科协在服务老年人上要做哪几件事").answer


def test_another_matter_is_left_out(school: Assistant) -> None:
    assert "合理安排培训班次" not in school.ask("县委党校在服务老年人上要做哪几件事").answer


def test_without_a_matter_the_notes_answer_and_the_text_is_told_below(school: Assistant) -> None:
    notes, _, text = school.ask("县委党校有哪些任务").answer.partition("正文中另有：")
    assert "责任单位（1项）" in notes
    assert "合理安排培训班次" in text
    assert "用好县委党校" not in text
    assert "正文中另有" not in school.ask("县委党校牵头哪些任务").answer


def test_few_tasks_are_told_with_how_they_begin(school: Assistant) -> None:
    answer = school.ask("县委组织部有哪些任务").answer
    assert "建设学习平台 [3][4]\n用好县委党校等平台，开展干部网络培训。" in answer
