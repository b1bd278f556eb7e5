"""Whether a plan speaks of one thing at all, asked in English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.assistant import Assistant
from rag.mentioned import thing_asked
from tests.conftest import TinyEncoder, read_plan

Make = Callable[[list[tuple[Plan, Reading]]], Index]
TEXT = """青石县科学素质方案
一、主要任务
（一）科学教育。开展青少年科学教育和安全教育，举办机器人竞赛。（责任单位：县教育局）
（二）防骗。有效预防和应对网络谣言、电信诈骗。（责任单位：县公安局）
"""


@pytest.fixture
def ask(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> Callable[[str], tuple[str, str]]:
    assistant = Assistant(make_index([read_plan(TEXT, tmp_path, "qingshi")]), tiny)

    def asked(question: str) -> tuple[str, str]:
        answer = assistant.ask(question)
        return answer.status, answer.answer

    return asked


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("does  mention nuclear safety education?", "nuclear safety education"),
        ("does 's plan say anything about drones?", "drones"),
        ("does the plan of  ever talk about telecom fraud", "telecom fraud"),
        ("is telecom fraud mentioned anywhere in 's plan?", "telecom fraud"),
        ("are robots brought up in the  plan at all?", "robots"),
        ("anything about a robot contest in the plan", "robot contest"),
        ("is there any mention of maker spaces in ?", "maker spaces"),
        ("does  run a campaign for science towns (科普小镇)?", "科普小镇"),
    ],
)
def test_the_thing_is_what_is_left(text: str, thing: str) -> None:
    assert thing_asked(text) == thing


@pytest.mark.parametrize(
    "text",
    [
        "does  mention who leads the robot contest?",  # a unit is asked for
        "does the plan say anything about how many robots there are",
        "does the bus service cover all villages?",  # it is not the plan that covers
        "which bureau is mentioned under telecom fraud",
        "does the plan mention the training of farmers in modern farming techniques by experts",
    ],
)
def test_what_asks_for_more_is_another_question(text: str) -> None:
    assert thing_asked(text) == ""


def test_what_is_printed_is_told_plainly(ask: Callable[[str], tuple[str, str]]) -> None:
    status, answer = ask("Does Qingshi mention telecom fraud?")
    assert status == "answered"
    assert "电信诈骗" in answer.splitlines()[0]
    assert "未找到" not in answer


def test_a_neighbour_in_meaning_is_not_the_thing(ask: Callable[[str], tuple[str, str]]) -> None:
    status, answer = ask("Does Qingshi mention nuclear safety education?")
    assert status == "not_mentioned"
    assert "nuclear" in answer


def test_of_a_word_no_dictionary_has_nothing_follows(
    ask: Callable[[str], tuple[str, str]],
) -> None:
    assert "“flurbish" not in ask("Does Qingshi mention flurbish robots?")[1]
