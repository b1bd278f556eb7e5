"""Lists that a sentence announces or enumerates, and tasks that sentences assign."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.assistant import Assistant
from tests.conftest import TinyEncoder, read_plan, unjudged

Make = Callable[[list[tuple[Plan, Reading]]], Index]
GROUPED = """青石县产业行动方案
一、重点方向
聚焦四大特色领域培育创新主体。
（一）优势领域
1.智能制造。发展智能装备。
2.企业服务。发展商务服务。
（二）新兴领域
1.内容创作。培育创作团队。
2.数据加工。建设标注基地。
二、保障措施
（一）健全机制。县经信局牵头建立联席会议机制、市区联动机制、社区认定机制，形成合力。县经信局要求各区建立工作机制，制定专项方案。
（二）对外开放。把园区建设成为加工制造中心、研发设计中心、物流分拨中心。
（三）强化服务。园区要把服务中心建成样板，建成园区中心。
三、附则
1.本方案由县经信局负责解释。
"""


@pytest.fixture
def ask(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> Callable[[str], str]:
    def asked(question: str) -> str:
        plan = read_plan(GROUPED, tmp_path, "qingshi")
        return unjudged(Assistant(make_index([plan]), tiny)).ask(question).answer

    return asked


def test_parts_that_a_sentence_counts_are_listed_though_groups_lie_between(
    ask: Callable[[str], str],
) -> None:
    answer = ask("青石重点培育的四大特色领域是哪四个")
    assert "共4项" in answer
    for name in ("智能制造", "企业服务", "内容创作", "数据加工"):
        assert name in answer
    assert "优势领域" not in answer.split("\n", 1)[1]


def test_a_sentence_with_as_many_as_were_asked_for_is_told(ask: Callable[[str], str]) -> None:
    answer = ask("青石要把园区建成哪三个中心")
    assert "加工制造中心、研发设计中心、物流分拨中心" in answer


def test_what_is_enumerated_under_the_name_asked_for_is_told_alone(
    ask: Callable[[str], str],
) -> None:
    answer = ask("青石县经信局要牵头建立哪几个机制")
    assert "联席会议机制、市区联动机制、社区认定机制" in answer
    assert "专项方案" not in answer


def test_a_sentence_that_stands_alone_assigns_too(ask: Callable[[str], str]) -> None:
    answer = ask("青石县经信局有哪些任务")
    assert "负责解释" in answer
    assert "联席会议机制" in answer
