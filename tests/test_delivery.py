"""Reports given to a congress: when, where and by whom; and whose number a number is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.assistant import Assistant
from tests.conftest import TinyEncoder, read_plan

Make = Callable[[list[tuple[Plan, Reading]]], Index]
SAID = "2021年2月2日在青石县第十四届人民代表大会第六次会议上"
REPORT = (
    f"政府工作报告\n——{SAID}\n县长 林小山\n各位代表：\n"
    "现在，我代表县人民政府报告工作，请予审议。\n一、工作回顾\n建成科普馆10个。\n二、工作安排\n办好科普。\n"
)
PLAN = (
    "青石县科普工作方案\n青政发〔2024〕7号\n各乡镇人民政府：\n"
    "根据《国务院关于科普工作的意见》（国发〔2023〕12号），制定本方案。\n"
    "一、任务\n1.办好科普。\n二、保障\n抓好落实。\n"
)


@pytest.fixture
def ask(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> Callable[[str, str], str]:
    def asked(text: str, question: str) -> str:
        plan = read_plan(text, tmp_path, "qingshi")
        return Assistant(make_index([plan]), tiny).ask(question).answer

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "青石政府工作报告是谁作的",
        "青石的工作报告是在什么会上作的",
        "青石县政府工作报告哪天作的，谁作的",
        "青石县政府工作报告是哪位县长作的",
        "who delivered the Qingshi government work report",
    ],
)
def test_who_gave_a_report_and_where(ask: Callable[[str, str], str], question: str) -> None:
    answer = ask(REPORT, question)
    assert SAID in answer
    assert "林小山" in answer


def test_what_a_report_says_is_no_question_who_gave_it(ask: Callable[[str, str], str]) -> None:
    assert SAID not in ask(REPORT, "青石政府工作报告里，科技馆要建几座")


def test_a_plan_that_nobody_gave(ask: Callable[[str, str], str]) -> None:
    assert "未提及" in ask(PLAN, "青石方案是谁作的报告")


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("青石方案文号多少", "青政发〔2024〕7号"),
        ("青石方案文号多少，依据国务院哪个文件", "青政发〔2024〕7号"),
        ("青石方案依据国务院哪个文件，文号多少", "国发〔2023〕12号"),
    ],
)
def test_whose_number_is_asked(ask: Callable[[str, str], str], question: str, number: str) -> None:
    assert number in ask(PLAN, question)
