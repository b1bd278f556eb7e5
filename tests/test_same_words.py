"""A plan that says in the same words what another is told to say says it as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest

from rag.across import same_words
from rag.across.same_words import with_same_words
from rag.answer import Draft, Statement
from rag.assistant import Assistant
from rag.composers.related import best_sentence
from rag.context import Context
from rag.question import Question

EXAMS = "完善干部考核机制，在公务员录用考试和任职考察中强化科学素质要求。"
ALIKE = "完善干部考核机制，在公务员录用考试和任职考察、年度考核中强化科学素质要求。"
OTHER = "举办农民技能大赛，培育高素质农民。"


def _plan(place: str, sentence: str) -> str:
    return f"""{place}科学素质行动方案
{place}人民政府
一、总体要求
提升全民科学素质。
二、重点工程
（一）领导干部工程。{sentence}
（二）智慧助老工程。教老年人使用智能手机。
"""


@pytest.fixture(scope="module")
def contexts(
    assistant_of: Callable[[Mapping[str, str]], Assistant],
) -> tuple[list[Context], Callable[[str], Question]]:
    """The three plans asked what exams for officials demand, and how to read other words."""
    places = {"dongxi": ("东溪县", EXAMS), "xiling": ("西岭区", ALIKE), "nanze": ("南泽市", OTHER)}
    assistant = assistant_of({n: _plan(*told) for n, told in places.items()})
    question = assistant.understand("哪几份方案写了公务员录用考试要强化科学素质")
    hits = assistant._searcher.rank(question, list(places))
    near = assistant._searcher.nearest(question)
    seen = [assistant._context(question, assistant._plans[n], hits[n], near) for n in places]
    return seen, partial(assistant._reader.about, question)


def _told(context: Context) -> Draft:
    found = best_sentence(context)
    assert found is not None
    hit, sentence, _ = found
    said = Statement(sentence.text, (context.sentence_span(hit, sentence),))
    return Draft("answered", (said,), clauses=(hit.clause.id,), confidence=0.8)


SILENT = Draft("not_mentioned")


def test_what_is_said_in_the_same_words_is_said(
    contexts: tuple[list[Context], Callable[[str], Question]],
) -> None:
    asked, ask = contexts
    first, second, third = with_same_words(
        asked, [_told(asked[0]), SILENT, SILENT], ["", "", ""], ask
    )
    assert first.status == "answered"
    assert second.status == "answered"
    assert second.statements[0].text.startswith("完善干部考核机制")
    assert second.confidence == 0.8
    assert third == SILENT


def test_a_plan_that_lacks_the_named_thing_stays_silent(
    contexts: tuple[list[Context], Callable[[str], Question]],
) -> None:
    asked, ask = contexts
    found = with_same_words(asked, [_told(asked[0]), SILENT, SILENT], ["", "公务员", ""], ask)
    assert found[1] == SILENT


def test_of_more_plans_none_is_asked_again(
    contexts: tuple[list[Context], Callable[[str], Question]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, ask = contexts
    monkeypatch.setattr(same_words, "FEW", 2)
    drafts = [_told(asked[0]), SILENT, SILENT]
    assert with_same_words(asked, drafts, ["", "", ""], ask) == drafts
