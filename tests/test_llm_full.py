"""Mode `full`: summaries and reasons from whole clauses, packed into the model's window."""

from __future__ import annotations

from typing import Any

import pytest

from index.passages import count_tokens
from index.plan import Plan
from index.reading import Reading
from index.units import unit_names
from rag.answer import Span
from rag.assistant import Assistant
from rag.llm import full
from rag.llm.evidence import of_span
from rag.llm.gate import FREE, Gate
from rag.llm.packing import MARGIN, pack
from rag.llm.statements import Statements, cut
from tests.test_llm_words import fluent

SUMMARY = "概括智慧助老的主要内容"
SAID = "智慧助老教老年人使用智能手机。[1]\n还要防范电信诈骗。[1]\n由县民政局牵头。[1]"


@pytest.mark.parametrize(
    ("question", "prompt"),
    [
        (SUMMARY, "summary"),
        ("请用通俗的话解释智慧助老", "explain"),
        ("为什么要实施智慧助老", "answer"),
        ("智慧助老怎么做", ""),
        ("智慧助老由谁牵头，为什么", ""),  # who leads is a fact, whatever else is asked
        ("总结一下今天的天气", ""),
    ],
)
def test_only_what_asks_for_a_model_s_words_gets_them(
    synthetic: Assistant, question: str, prompt: str
) -> None:
    model = fluent(synthetic, SAID, mode="full")
    assert full.asked_for(model._composed(question, ["qingshi"], (), "full")) == prompt


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("请用通俗的话解释智慧助老", "智慧助老的主要内容是什么"),
        ("青石县的智慧助老是什么意思？", "青石县的智慧助老的主要内容是什么"),
        ("帮我总结一下老年人行动", "老年人行动的主要内容是什么"),
        ("请总结一下", ""),
        ("智慧助老由谁牵头", ""),
    ],
)
def test_the_words_that_ask_for_an_explanation_are_no_matter(question: str, plain: str) -> None:
    assert full.bare(question, "zh") == plain


def test_a_summary_cites_whole_clauses(synthetic: Assistant) -> None:
    answer = fluent(synthetic, SAID, mode="full").ask(SUMMARY, ["qingshi"])
    assert answer.answer.splitlines()[:3] == [
        "智慧助老教老年人使用智能手机。 [1]",
        "还要防范电信诈骗。 [1]",
        "由县民政局牵头。 [1]",
    ]
    assert answer.engine["mode"] == "full"
    assert str(answer.engine["prompt"]).startswith("summary.zh 1 ")
    plan = synthetic.index.by_id()["qingshi"]
    cited = answer.citations[0]
    assert "1.实施智慧助老" in plan.source[cited.start : cited.end]
    assert "llm_note" not in answer.engine


def test_a_statement_that_fails_twice_is_left_out_and_it_is_told(synthetic: Assistant) -> None:
    model = fluent(synthetic, f"{SAID}\n每年举办9场。[1]", mode="full")
    grown = list(model.stream(SUMMARY, ["qingshi"]))
    assert not any("9场" in a.answer for a in grown)
    assert "1句话未通过核对" in str(grown[-1].engine["llm_note"])
    assert "数字、年份或日期" in model._connection.prompts[1]  # type: ignore[attr-defined]


def test_more_lies_than_truth_fall_back(synthetic: Assistant) -> None:
    lies = "每年举办9场。[1]\n由县财政局牵头。[1]\n教老年人使用智能手机。[1]"
    answer = fluent(synthetic, lies, mode="full").ask(SUMMARY, ["qingshi"])
    assert answer.answer == synthetic.ask(SUMMARY, ["qingshi"]).answer
    assert "未通过核对" in str(answer.engine["llm_note"])


def test_a_summary_asked_for_next_takes_no_fact_over(synthetic: Assistant) -> None:
    talk = [("智慧助老由谁牵头", "牵头单位：县民政局")]
    answer = fluent(synthetic, SAID, mode="full").ask(SUMMARY, ["qingshi"], talk)
    assert str(answer.engine["prompt"]).startswith("summary.zh")


def test_facts_asked_for_stay_with_the_composed_answer(synthetic: Assistant) -> None:
    model = fluent(synthetic, "由县民政局牵头。[1][2]", mode="full")
    assert model.ask("智慧助老由谁牵头", ["qingshi"]).engine["mode"] == "full"
    assert "答案：" in model._connection.prompts[0]  # type: ignore[attr-defined]


def clauses(corpus: dict[str, tuple[Plan, Reading]], n: int) -> list[Any]:
    plan = next(iter(corpus.values()))[0]
    return [(plan, c) for c in plan.clauses if c.level == "item"][:n]


@pytest.mark.parametrize("room", [300, 900, 2500])
def test_clauses_are_packed_whole_into_the_room(
    corpus: dict[str, tuple[Plan, Reading]], room: int
) -> None:
    given = clauses(corpus, 10)
    packed = pack(given, "zh", room)
    assert count_tokens(packed.text) * MARGIN <= room
    assert len(packed.passages) + len(packed.no_room) == len(given)
    for passage in packed.passages:
        plan, clause = next(x for x in given if x[1].id == passage.span.clause)
        words = "".join(clause.text.split())[-12:]
        assert words.translate(str.maketrans("[]", "［］")) in "".join(passage.text.split())
        assert passage.text.startswith(f"[{passage.n}] {plan.name}")


def test_the_most_useful_stands_first_and_the_next_last(
    corpus: dict[str, tuple[Plan, Reading]],
) -> None:
    packed = pack(clauses(corpus, 6), "zh", 5000)
    assert [p.n for p in packed.passages] == [1, 3, 5, 6, 4, 2]


def test_what_no_window_holds_is_told(synthetic: Assistant) -> None:
    from dataclasses import replace

    model = fluent(synthetic, SAID, mode="full")
    model.settings = replace(model.settings, window=10)
    answer = model.ask(SUMMARY, ["qingshi"])
    assert answer.answer == synthetic.ask(SUMMARY, ["qingshi"]).answer
    assert "超出" in str(answer.engine["llm_note"])


def test_each_statement_is_held_against_the_slice_it_cites(synthetic: Assistant) -> None:
    plan = synthetic.index.by_id()["qingshi"]
    clause = next(c for c in plan.clauses if "机器人比赛" in c.text)
    goals = next(c for c in plan.clauses if "主要目标" in c.title or "2035年" in c.text)
    units = unit_names()
    gate = Gate(units, "zh", FREE)

    def fault(said: str, which: Any = clause) -> str:
        span = Span("qingshi", which.id, which.start, which.own_end)
        return gate.fault(said, of_span(span, {"qingshi": plan}, units))

    assert fault("每年举办机器人比赛不少于3场。") == ""
    assert fault("每年举办机器人比赛3场。") == "figure"
    assert fault("每年举办机器人比赛不少于5场。") == "number"
    assert fault("由县教育局举办机器人比赛。") == "unit"
    assert fault("到2035年，具备科学素质的比例达到24%。", goals) == ""
    assert fault("到2025年，具备科学素质的比例达到24%。", goals) == "figure"
    assert fault("到2030年，具备科学素质的比例达到24%。", goals) == "number"


# -- cutting ---------------------------------------------------------------------------------

TEXT = (
    "由县教育局牵头。[1] 目标为16.5%。【2】\n1. 每年3场！[1, 2]\n**小结**\n"
    "The lead unit is 县教育局. [1] It has 3.5 units.[2]\n<think>hm。[9]</think>最后一句。[3]"
)
CUT = [
    "由县教育局牵头。[1]",
    "目标为16.5%。[2]",
    "每年3场！[1][2]",
    "小结",
    "The lead unit is 县教育局. [1]",
    "It has 3.5 units.[2]",
    "最后一句。[3]",
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_draft_is_cut_into_the_same_statements_however_it_comes(size: int) -> None:
    cutter = Statements()
    found = [s for i in range(0, len(TEXT), size) for s in cutter.feed(TEXT[i : i + size])]
    assert [*found, *cutter.rest()] == CUT
    assert cut(TEXT) == CUT


def test_a_statement_is_given_before_the_draft_ends() -> None:
    cutter = Statements()
    assert cutter.feed("由县教育局牵头。[1]") == []
    assert cutter.feed("再") == ["由县教育局牵头。[1]"]
