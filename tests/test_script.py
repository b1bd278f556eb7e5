"""Traditional script: characters, quotation marks and regional words, and equal answers."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.script import Script

SCRIPT = Script({"資": "资", "訊": "讯", "參": "参", "著": "着", "誰": "谁"})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("資訊由誰參加", "信息由谁参加"),  # the word of the region after the characters
        ("「資訊」『誰』", "“信息”‘谁’"),
        ("他看著誰", "他看着谁"),
        ("专著由谁写", "专著由谁写"),  # simplified text: 著 stays
        ("资讯由谁参加", "资讯由谁参加"),  # in simplified script the word means itself
        ("Who leads?", "Who leads?"),
    ],
)
def test_simplified(typed: str, read: str) -> None:
    assert SCRIPT.simplified(typed) == read


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("青石縣智慧助老由誰牽頭？", "青石县智慧助老由谁牵头？"),
        ("青石縣建成多少個科學教室", "青石县建成多少个科学教室"),
        ("青石的「智慧助老」有哪些參加單位", "青石的“智慧助老”有哪些参加单位"),
        ("縣教育局在青石方案裡有哪些任務", "县教育局在青石方案里有哪些任务"),
    ],
)
def test_the_twins_get_equal_answers(
    synthetic: Assistant, traditional: str, simplified: str
) -> None:
    one, other = synthetic.ask(traditional), synthetic.ask(simplified)
    assert (one.answer, one.kind) == (other.answer, other.kind)
    assert one.question == traditional
