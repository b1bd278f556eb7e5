"""From when and until when a document holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.answer import Answer
from rag.assistant import Assistant
from tests.conftest import TinyEncoder, read_plan

Make = Callable[[list[tuple[Plan, Reading]]], Index]
HEAD = "青石县科普若干措施\n一、任务\n1.办好科普，抓实。\n2.建成科普馆10个。\n二、附则\n"


@pytest.fixture
def ask(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> Callable[[str, str], Answer]:
    def asked(closing: str, question: str) -> Answer:
        plan = read_plan(HEAD + closing, tmp_path, "qingshi")
        return Assistant(make_index([plan]), tiny).ask(question)

    return asked


@pytest.mark.parametrize(
    "closing",
    [
        "1.本措施自2026年5月21日起施行，有效期至2028年12月31日。\n",
        "1.本措施由县科协解释，自印发之日起实施。\n",
        "1.本措施有效期2年。\n",
        "1.本措施自公布之日起30日后施行。\n",
    ],
)
@pytest.mark.parametrize(
    "question", ["青石措施什么时候开始施行", "青石措施有效期到什么时候", "青石措施从哪天起生效"]
)
def test_the_sentence_that_says_so(
    ask: Callable[[str, str], Answer], closing: str, question: str
) -> None:
    answer = ask(closing, question)
    said = closing.strip().removeprefix("1.")
    assert answer.status == "answered"
    assert said.rstrip("。") in answer.answer
    assert [said[:8] in c.quote for c in answer.citations] == [True]


def test_the_day_of_signing_is_another_matter(ask: Callable[[str, str], Answer]) -> None:
    closing = "1.本措施自2026年5月21日起施行。\n青石县人民政府\n2026年4月20日\n"
    assert "4月20日" in ask(closing, "青石措施哪天印发的").answer
    assert "5月21日" in ask(closing, "青石措施哪天起施行").answer


def test_a_sentence_on_the_way_is_not_the_closing_one(ask: Callable[[str, str], Answer]) -> None:
    closing = "1.本措施有效期内可申请补贴。\n2.本措施自2026年5月21日起施行。\n"
    assert "5月21日" in ask(closing, "青石措施哪天起施行").answer


def test_a_document_that_does_not_say(ask: Callable[[str, str], Answer]) -> None:
    answer = ask("1.由县科协解释。\n", "青石措施什么时候开始施行")
    assert answer.status == "not_mentioned"


@pytest.mark.parametrize(
    "closing",
    [
        "青石县科学技术局2026年5月25日发布，征求意见截止2026年6月24日。\n",
        "请于2026年6月24日前将修改意见反馈至县科技局。\n",
    ],
)
def test_until_when_opinions_are_heard(ask: Callable[[str, str], Answer], closing: str) -> None:
    answer = ask(closing, "青石措施征求意见到哪天截止")
    assert "2026年6月24日" in answer.answer
    assert ask("", "青石措施征求意见到哪天截止").status == "not_mentioned"
