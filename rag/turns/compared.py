"""Follow-ups about several places: held against each other, or sorted by what they say."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.across.asked import Across, read_across
from rag.across.settled import settle
from rag.question import Question
from rag.turns.placed import COUNTED, many
from rag.turns.slots import own
from rag.turns.talk import HOW_MANY_NAMED, NO_MATTER, Now, about, kind_of

AMOUNT = re.compile(
    r"[高低多少大小差]|个数|higher|lower|larger|smaller|bigger|more|less|highest|lowest"
)
SOONER = re.compile(
    r"[早晚先后新隔]|差[^，。]{0,4}[天日月年久长]"
    r"|earlier|later|first|newer|between|apart"
)


def compared(now: Now) -> Question | None:
    """差几个百分点, 三家一样吧, which is higher: the places last spoken of, the matter between."""
    every = now.question.all_plans and not now.question.plans
    many, now = _places_counted(now)
    every = every or many == len(now.reader.plan_ids)
    if not _holds_against(now) or len(now.question.plans) > 1:
        return None
    among = not now.before.plans and now.before.all_plans
    if not now.question.plans and (among or (every and many > len(now.past.places))):
        return _among_all(now)
    places = _places_meant(now, many)
    if len(places) < 2:
        return None
    topic = now.before if now.before.kind in NO_MATTER else now.past.topic
    framed = now.question.framed and (now.question.kind != "duty" or now.question.roles)
    found = now.question if framed else kind_of(topic, now.question)
    text = f"{topic.text}，{now.question.text}"
    years = now.question.years or topic.years
    found = _as_compared(now, found, topic)
    return replace(about(found, topic), plans=places, years=years, text=text)


def _holds_against(now: Now) -> bool:
    """Whether nothing but the comparison is said: which of them has more, what is alike."""
    if now.own.compares and now.own.silent:
        return True
    across, rest = read_across(now.plain, now.question.lang, 2)
    if across is None or not (across.same or across.rank or (across.which and across.ordered)):
        return False
    return own(now.reader.read(rest), rest).silent


# 三家, 两个地方: how many places are held against each other says nothing of the matter
EN_COUNTED = re.compile(
    r"\b(?:the |all |of )*(?P<n>two|three|four|five)(?: of them| plans| places| counties)?\b"
)


def _places_counted(now: Now) -> tuple[int, Now]:
    """How many places the question says it compares, 0 where it does not, and it without that."""
    counted = COUNTED if now.question.lang == "zh" else EN_COUNTED
    found = counted.search(now.plain)
    if found is None or now.question.plans or now.before.kind == "tasks":
        return 0, now
    n = HOW_MANY_NAMED.get(found["n"]) or many(found)
    plain = counted.sub(" ", now.plain, count=1)
    question = now.reader.read(plain)
    return n, replace(now, question=question, own=own(question, plain), plain=plain)


def _places_meant(now: Now, many: int) -> tuple[str, ...]:
    """The places held against each other: those just asked together, as many as are said, all
    that the matter was asked of in a row where it is asked what is alike, else the last two."""
    across, _ = read_across(now.plain, now.question.lang, 2)
    alike = across is not None and across.same and not now.question.plans
    if len(now.before.plans) > 1 and not now.question.plans:
        run = alike and not many and "都" in now.plain and len(now.past.run) > len(now.before.plans)
        return now.past.run if run else now.before.plans
    spoken = [p for p in now.past.places if p not in now.question.plans]
    places = (*spoken, *now.question.plans)
    if many:
        return places[-many:]
    if alike and len(now.past.run) > 1:
        return now.past.run
    superlative = "最" in now.plain or "est" in now.plain
    return places if superlative else places[-2:]


def _as_compared(now: Now, found: Question, topic: Question) -> Question:
    """The question as one whose answers can be held against each other: amounts, or dates."""
    if found.kind == "measure" and AMOUNT.search(now.plain):
        return replace(found, kind="figure")
    dates = found.kind == "meta" or topic.kind == "meta"
    if dates and SOONER.search(now.plain):
        return replace(found, kind="meta", meta=("date",))
    return found


def _among_all(now: Now) -> Question | None:
    """哪个最高, after all plans were asked: which of them all."""
    across, _ = read_across(now.plain, now.question.lang, 2)
    if across is None:
        return None
    topic = now.before if now.before.kind in NO_MATTER else now.past.topic
    found = _as_compared(now, kind_of(topic, now.question), topic)
    found = replace(about(found, topic), years=now.question.years or topic.years)
    text = f"{topic.text}，{now.question.text}"
    return settle(replace(found, text=text, all_plans=True), replace(across, all_plans=True))


def again_across(now: Now) -> Question | None:
    """哪几份没有, which ones don't: the plans asked about before, sorted by what they say."""
    before, q = now.before, now.question
    sorted_before = before.across and (before.all_plans or before.across.which)
    if q.plans or not sorted_before or before.kind in NO_MATTER:
        return None
    across, rest = read_across(now.plain, q.lang, 2)
    if across is None or not (across.which or across.absent) or across.ordered:
        return None
    if not own(now.reader.read(rest, before.kind), rest).silent or q.roles or q.units or q.meta:
        return None
    text = f"{before.text}，{q.text}"
    across = replace(across, which=True, all_plans=not before.plans)
    return replace(before, text=text, across=across)


def of_several(now: Now, found: Question) -> Question:
    """A follow-up about several places: what is to be done with their answers is said by itself."""
    if found.across or (len(found.plans) < 2 and (found.plans or not now.question.across)):
        return found
    across = now.question.across
    if across is None:
        across, _ = read_across(now.plain, found.lang, len(found.plans))
    if now.own.others and now.before.yes_no and found.kind == "measure":  # 提没提, 别的地方呢
        across = replace(across or Across(), which=True, mention=True, others=False)
    return settle(found, across) if across else found
