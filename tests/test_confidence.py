"""When to refuse and how sure to be: the evidence, the models, the file they come from."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from conftest import TinyEncoder

from index.store import Index
from rag.answer import Draft
from rag.assistant import Assistant
from rag.confidence import (
    Logistic,
    Paired,
    model,
    paired,
    refused_values,
    right_values,
    standard,
    together,
)
from rag.context import Context
from rag.evidence import FEATURES, Evidence, evidence
from rag.parts import Parts


def _evidence(**given: float) -> Evidence:
    return Evidence(**{**dict.fromkeys(FEATURES, 0.0), **given})


def test_log_odds_are_the_bias_and_the_weighted_sum() -> None:
    fitted = Logistic(1.0, {"clause": 2.0, "gap": -4.0})
    values = {"clause": 0.5, "gap": 0.25, "run": 9.0}
    assert fitted.odds(values) == 1.0
    assert fitted.probability(values) == pytest.approx(1 / (1 + math.exp(-1)))
    assert fitted.probability({"clause": 9e9, "gap": 0.0}) == pytest.approx(1.0)


def test_values_tell_in_pairs_and_no_further_than_three_deviations() -> None:
    values = standard({"near": 5.0, "gap": 1.0, "flat": 7.0}, MIDDLE, {**MIDDLE, "flat": 0.0})
    assert values == {"near": 1.5, "gap": 0.0, "flat": 0.0}
    assert standard({"near": 90.0, "gap": 1.0, "flat": 7.0}, MIDDLE, MIDDLE)["near"] == 3.0
    pairs = paired(values)
    assert (pairs["near"], pairs["near-near"], pairs["near-gap"]) == (1.5, 2.25, 0.0)
    assert len(pairs) == 3 + 6
    only = Paired(Logistic(0.5, {"near-near": 2.0}), MIDDLE, MIDDLE)
    assert only.odds({"near": 4.0, "gap": 1.0, "flat": 1.0}) == pytest.approx(0.5 + 2.0)


MIDDLE = {"near": 2.0, "gap": 1.0, "flat": 7.0}


def test_what_a_neighbour_has_speaks_against_this_plan_having_it() -> None:
    says = model().says
    own = _evidence(clause=0.8, near=3.0, cited=3.0, length=3.0)
    sure = says.probability(own.named)
    beside = says.probability(replace(own, gap=0.2, gap_cited=0.2).named)
    elsewhere = {"gap": 0.3, "gap_cited": 0.3, "closer": 0.5, "closer_cited": 0.5}
    lone = _evidence(clause=0.1, near=0.0, length=3.0, unknown=0.6)
    far = says.probability(replace(lone, **elsewhere).named)
    assert sure > model().threshold["text"]
    assert beside < sure
    assert far < model().threshold["units"]


def test_the_surer_that_the_plan_says_it_the_surer_the_answer_and_the_less_the_refusal() -> None:
    fitted = model()
    weak, strong = _evidence(clause=0.3, gap=0.3), _evidence(clause=0.9, near=3.0)
    right = [fitted.right.probability(right_values(fitted.says, e)) for e in (weak, strong)]
    refused = [
        fitted.refused.probability(refused_values(fitted.says, e, "evidence"))
        for e in (weak, strong)
    ]
    assert right[0] < right[1]
    assert refused[0] > refused[1]


def test_an_answer_is_as_sure_as_its_least_sure_part() -> None:
    drafts = [Draft("answered", confidence=c) for c in (0.9, None, 0.6)]
    assert together(drafts) == 0.6
    assert together([]) is None


def test_evidence_of_a_draft(index: Index, tiny: TinyEncoder) -> None:
    seen: list[tuple[Context, Draft]] = []

    def judge(context: Context, draft: Draft) -> Draft:
        seen.append((context, draft))
        return draft

    title = "实施智慧助老行动"
    plan = next(p for p in index.plans if any(title in c.title for c in p.clauses))
    Assistant(index, tiny, Parts(judge=judge)).ask(f"{title}由谁牵头", plans=[plan.id])
    context, draft = seen[0]
    found = evidence(context, draft)
    assert found is not None
    assert found.clause == pytest.approx(1.0)
    assert found.run > 0.5
    assert (found.units, found.figure, found.english, found.alone) == (1.0, 0.0, 0.0, 0.0)
    single = evidence(replace(context, near=()), draft)
    assert single is not None
    assert (single.alone, single.gap, single.foreign) == (1.0, 0.0, 0.0)
    follow_up = replace(context.question, inherits=True)  # in the words of another place
    assert evidence(replace(context, question=follow_up), draft) == single


def test_without_anything_to_search_there_is_no_evidence(index: Index, tiny: TinyEncoder) -> None:
    seen: list[Context] = []

    def judge(context: Context, draft: Draft) -> Draft:
        seen.append(context)
        return draft

    Assistant(index, tiny, Parts(judge=judge)).ask("方案的标题是什么", plans=[index.plans[0].id])
    assert evidence(seen[0], Draft("answered")) is None


def test_every_answer_tells_its_confidence(assistant: Assistant) -> None:
    plan = assistant.index.plans[0]
    for text in ("方案的标题是什么", "老年人科学素质提升由谁牵头", "航天员选拔怎么搞"):
        answer = assistant.ask(text, plans=[plan.id])
        assert answer.confidence is not None, text
        assert 0 < answer.confidence < 1
        assert answer.to_dict()["confidence"] == answer.confidence
    assert assistant.ask("今天天气怎么样").confidence is None
