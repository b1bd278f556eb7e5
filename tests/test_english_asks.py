"""English questions that ask for several things in one breath, and what is to be measured."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.english_asks import pieces
from rag.english_measures import MONEY_UNITS, SHARE_UNITS, TIME_UNITS, measured_as
from rag.translate import amounts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how many clubs, and how many tutors are wanted?",
         ("how many clubs", "how many tutors are wanted?")),
        ("under the plan, how long may they rent, and at roughly what share of the price?",
         ("under the plan, how long may they rent", "at roughly what share of the price?")),
        ("what is the number, when was it dated, and which law does it follow?",
         ("what is the number", "when was it dated", "which law does it follow?")),
        ("who leads the fair and which bodies take part?",
         ("who leads the fair", "which bodies take part?")),
    ],
)  # fmt: skip
def test_each_ask_is_a_question(text: str, parts: tuple[str, ...]) -> None:
    assert pieces(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "how many clubs and tutors are wanted?",
        "in the county, who leads?",  # nothing is asked before the comma
        "tell me who leads and why not",
        "",
    ],
)
def test_one_question_is_not_cut(text: str) -> None:
    assert pieces(text) == ()


def test_a_part_takes_what_it_leaves_out(synthetic: Assistant) -> None:
    first, second = synthetic.understand(
        "How many science classrooms does Qingshi build, and who leads it?"
    ).parts
    assert (first.kind, second.kind) == ("figure", "duty")
    assert first.plans == second.plans == ("qingshi",)
    assert {c.said for c in first.concepts} <= {c.said for c in second.concepts}
    assert second.inherits


def test_all_that_is_asked_is_answered(synthetic: Assistant) -> None:
    said = synthetic.ask("How many robot contests are held in Qingshi, and who leads them?")
    assert "不少于3场" in said.answer
    assert "县教育局" in said.answer
    assert said.answer.count("不少于3场") == 1


def test_the_facts_of_a_document_are_one_answer(synthetic: Assistant) -> None:
    question = synthetic.understand(
        "What is the document number of Qingshi's plan, when was it dated,"
        " and which law does it implement?"
    )
    assert (question.kind, question.parts) == ("meta", ())
    assert set(question.meta) == {"number", "date", "basis"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Which two bodies issued Qingshi's plan, and when?", {"issuer", "date"}),
        ("What are the date and the document number of Qingshi's plan?", {"number", "date"}),
    ],
)
def test_facts_asked_together(synthetic: Assistant, text: str, wanted: set[str]) -> None:
    question = synthetic.understand(text)
    assert question.kind == "meta"
    assert set(question.meta) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Who chairs the leading group in Qingshi?",
        "Which bodies work with the Finance Bureau to check the plan of Qingshi?",
        "In Qingshi, which bureau hosts its office?",
    ],
)
def test_what_the_text_tells_is_no_duty(synthetic: Assistant, text: str) -> None:
    assert synthetic.understand(text).kind == "measure"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("for how many days can they stay?", {"天", "个工作日", "工作日"}),
        ("how many front-line workers a year are trained?", None),
        ("how long is the loan?", TIME_UNITS),
        ("what budget is set aside?", MONEY_UNITS | SHARE_UNITS),
        ("what share of the fund is borne?", None),
        ("how many clubs?", None),
    ],
)
def test_what_is_measured(text: str, units: frozenset[str] | set[str] | None) -> None:
    assert measured_as(text) == units


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("up to 5 million yuan", "500万元"), ("20,000 yuan", "2万元"), ("300 yuan", "300元"),
        ("1.5 billion yuan", "15亿元"), ("2 million people", "200万"),
    ],
)  # fmt: skip
def test_sums_as_plans_print_them(text: str, printed: str) -> None:
    ((_, _, found),) = amounts(text)
    assert found == printed


def test_a_plain_number_is_no_sum() -> None:
    assert amounts("300 clubs by 2025, 12 m apart") == []
