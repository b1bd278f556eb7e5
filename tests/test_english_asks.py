"""English questions that ask for several things in one breath, and what is to be measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.assistant import Assistant
from rag.english_asks import pieces
from rag.english_measures import answers_in
from rag.translate import amounts
from tests.conftest import TinyEncoder, read_plan

LOANS = """青石县支持创业若干措施
一、支持措施
1.创业担保贷款。符合条件的创业者可申请最高30万元、最长3年的创业担保贷款。（县财政局负责）
2.创业社区。到2027年建成创业社区20个，集聚超千家企业。（县科技局负责）
"""


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
        "what about the county, and which average does it beat?",  # what about asks nothing itself
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
    ("text", "fitting", "others"),
    [
        ("for how many days can they stay?", "天", ("元", "个月", "名")),
        ("how many front-line workers a year are trained?", "名", ("元", "年")),
        ("how long is the loan?", "个月", ("元", "名")),
        ("what budget is set aside?", "元", ("名", "年")),
        ("how much of the price is paid back, what subsidy?", "%", ("名",)),
        ("what share of the fund is borne?", "%", ()),
        ("how many kilometres are built?", "公里", ("个", "亩")),
    ],
)
def test_what_is_measured(text: str, fitting: str, others: tuple[str, ...]) -> None:
    assert answers_in(text, fitting)
    assert not any(answers_in(text, unit) for unit in others)


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


@pytest.fixture(scope="module")
def loans(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    folder = tmp_path_factory.mktemp("loans")
    return Assistant(make_index([read_plan(LOANS, folder, "qingshi")]), tiny)


def test_a_length_of_time_answers_what_asks_for_one(loans: Assistant) -> None:
    said = loans.ask("How long is the start-up guaranteed loan in Qingshi?")
    assert "最长3年" in said.answer
    said = loans.ask("How many start-up guaranteed loans are there in Qingshi?")
    assert said.status == "not_mentioned"
    assert said.answer.startswith("The plan does not state this figure")


def test_sum_and_time_in_one_question(loans: Assistant) -> None:
    said = loans.ask(
        "How much is the start-up guaranteed loan in Qingshi at most, and how long is its term?"
    )
    assert "最高30万元" in said.answer
    assert "最长3年" in said.answer
