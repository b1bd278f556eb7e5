"""Other readings of a follow-up, tried in turn where the first one is not answered.

What a follow-up leaves unsaid cannot always be told from its words: 再凑个选项，乙县的 says nothing
of its own, though nothing in it points, and 到哪儿能学 goes on with what was spoken of, though it
could stand alone. So the plan is asked: words that no heading speaks of may be mere talk, and the
question before is put to the new place; or they belong to the matter before and are looked for
together with it, first in the clauses last told.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.asking_shapes import MENTION_ASKED
from rag.question import QUOTED, Question, joined
from rag.turns.carried import TOPIC
from rag.turns.talk import FIGURES, NO_MATTER, OF_UNITS, Now, about, clauses_said, kind_of

CLOSED = (*NO_MATTER, "more", "quote", "role_check", "tally", "ground", "stands_for")
# an English question that goes on with what was spoken of, as against one that names another thing
GOES_ON = re.compile(r"\b(?:it|that|this|there|them|they|one)\b")


def other_readings(now: Now, found: Question) -> tuple[Question, ...]:
    """The readings in the order to be tried; () where the first is the only one.

    `found` is the question as understood first. Only a question to one plan that has some words of
    its own, and follows one with a matter, can be read otherwise.
    """
    source = now.source
    apart = found.across or found.terms or found.items or found.units or found.kind in CLOSED
    if apart or now.own.silent or not source.concepts or len(found.plans) != 1:
        return ()
    elsewhere = found.plans != now.before.plans
    if MENTION_ASKED.search(now.plain):  # whether the thing itself is spoken of, where it was told
        within = () if elsewhere else clauses_said(now)
        return (replace(found, within=within, inherits=True),) if within else ()
    readings = []
    if elsewhere and _mere_talk(now):
        kind = now.question if now.question.framed else kind_of(now.before, now.question)
        years = now.question.years or now.before.years
        readings.append(about(replace(kind, plans=found.plans, years=years), source))
    if found.lang == "zh" or now.question.framed or GOES_ON.search(now.plain):
        readings.append(_together(now, found, source, elsewhere))
    return tuple(replace(r, inherits=True) for r in readings if r.concepts != found.concepts)


def _mere_talk(now: Now) -> bool:
    """Whether the question's own words name nothing that could be looked for by itself."""
    text = now.question.text
    if QUOTED.search(text) or MENTION_ASKED.search(text) or now.question.numbers:
        return False
    if now.question.lang == "en":
        return now.own.brief
    return not now.reader.stands(now.own.matter)


def asks_itself(now: Now) -> bool:
    """Whether the question asks something else than the units asked for before: 钱从哪出."""
    if now.question.units or TOPIC.search(now.plain):
        return False
    if now.question.lang == "en" and WHETHER.match(now.plain):
        return not now.own.brief
    if now.before.kind in FIGURES:
        return bool(ASKED_THINGS.search(now.plain))
    return now.before.kind in OF_UNITS and bool(ASKED.search(now.plain))


ASKED = re.compile(
    r"哪(?:几|些)(?:个|种|项|类)?[“\"]?(?:计划|平台|设施|活动|赛事|比赛|竞赛|大赛|项目|课程|渠道|好处)"
    r"|(?:什么|啥)(?!单位|部门|角色|身份|时候|位[子置]|人)[\u3400-\u9fff]{2}"
    r"|哪[里儿]|从哪|怎么|怎样|如何|咋|叫(?:什么|啥)|[买要收花掏交]不[买要收花掏交]|提没提|写没写"
    r"|也?有(?:没有)?人[^，。？?]{2,}|\b(?:where|how)\b"
)
WHETHER = re.compile(
    r"\W*(?:and |so |but |then )?(?:would|does|do|did|is|are|can|could|will|must|should|has|have)\b"
)
# 都有些啥比赛, after a number: the things, and no number
ASKED_THINGS = re.compile(
    r"(?:有|是|包括)(?:些|了)?(?:什么|啥|哪些)(?!时候|比例|水平|程度)[\u3400-\u9fff]{2}"
)


def _together(now: Now, found: Question, source: Question, elsewhere: bool) -> Question:
    """The question's own words together with the matter before."""
    q = now.question
    kind = q if q.framed or q.kind != "measure" or asks_itself(now) else found
    own = now.reader.read(q.text, kind.kind) if q.lang == "zh" else q
    concepts = joined(*source.concepts, *own.concepts)
    return replace(
        found,
        kind=kind.kind,
        roles=kind.roles,
        matter=f"{source.matter} {now.own.matter}",
        concepts=concepts,
        within=() if elsewhere else clauses_said(now),
    )
