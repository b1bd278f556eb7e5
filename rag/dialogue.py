"""Follow-up questions: what a new question leaves unsaid is taken from the turns before.

A question has slots: places, matter, kind with roles and what belongs to it, units, years. The
turns are read oldest first; each resets the slots it fills itself and takes the others from the
question before it, as that one was understood. In this order it is asked of a new question

  1. does it hold the answers of two places against each other (差多少, 一样吗)?  both places
  2. does it point at the units of the last answer (这两家)?   their role in the matter
  3. does it ask what else there is (还有呢)?                  the rest of the clause last answered
  4. does it name an item by its number (第二项怎么做)?        that item of the last answer
  5. is it about the document (它的文号), which has no matter? the place alone
  6. does it name a unit and no kind (那卫健局呢)?             its role in the matter before
  7. else                                                     slot by slot

What was answered before is only asked for (`recall`) where the question points at it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from index.numbering import chinese_number
from rag.across.asked import read_across, settle
from rag.answer import Answer
from rag.breath import asked_one_by_one, pieces
from rag.question import Question
from rag.reader import QuestionReader
from rag.slots import beside, own, without
from rag.talk import NO_MATTER, Now, Past, Recall, about, clauses_said, cleaned, kind_of, units_said

Turn = tuple[str, str]
TURNS = 8  # turns looked back; what was said longer ago is no longer meant
OF_UNITS = ("duty", "role_check", "tasks")
FIGURES = ("figure", "figure_check", "when")
AMOUNT = re.compile(r"[高低多少大小差]|higher|lower|larger|smaller|bigger|more|less|highest|lowest")
SOONER = re.compile(r"[早晚先后新]|earlier|later|first|newer")
# an item by its number, or the last
ITEM = re.compile(r"(?:第([一二三四五六七八九十]{1,3}|\d{1,2})|最后一)(?:大?[项条个点款块类])")
NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?\s*")
SEVERAL_ITEMS = 2  # from which an answer has items that can be counted
SEVERAL = re.compile(r"哪些|哪几|[几多]少?[项条个]|\bwhich\b|\bwhat\b")


def resolve(
    reader: QuestionReader,
    text: str,
    history: Sequence[Turn],
    recall: Callable[[int], Answer] | None = None,
) -> Question:
    """The question with what it leaves unsaid filled in from the turns before (oldest first).

    `recall` gives our own answer to the question of a turn, by its number in the history.
    """
    past: Past | None = None
    last = -1
    for n, (asked, said) in enumerate(history):
        if n < len(history) - TURNS or beside(reader.plain(asked)):
            continue
        points = ITEM.search(reader.plain(asked))  # else what was said then is not asked for
        past = _after(
            _follow(reader, asked, past, _of(recall, last) if points else None), said, past
        )
        last = n
    found = _follow(reader, text, past, _of(recall, len(history) - 1))
    if len(pieces(text)) < 2:
        return found
    return replace(found, each=_each(reader, text, found, past))


def _each(
    reader: QuestionReader, text: str, whole: Question, past: Past | None
) -> tuple[Question, ...]:
    """What the whole asks for one by one; the first is a follow-up as the whole is one."""

    def first(piece: str) -> Question:
        return _follow(reader, piece, past, None)

    return asked_one_by_one(text, whole, first, reader.read, reader.stands)


def _of(recall: Callable[[int], Answer] | None, n: int) -> Recall | None:
    """Our own answer to that turn, once it is asked for."""
    return partial(recall, n) if recall and n >= 0 else None


def has_matter(question: Question) -> bool:
    """Whether anything but pointing and function words is left as the matter."""
    return not own(question, "").silent


def _after(question: Question, said: str, past: Past | None) -> Past:
    """The conversation once the question was answered."""
    if past and question.kind == "more":
        return replace(past, said=said)
    spoken = question.kind not in NO_MATTER and bool(question.concepts)
    known = [p for p in past.places if p not in question.plans] if past else []
    return Past(
        question,
        question if spoken or not past else past.topic,
        (*known, *question.plans),
        said,
    )


def _follow(
    reader: QuestionReader, text: str, past: Past | None, recall: Recall | None
) -> Question:
    question = reader.read(text)
    if past is None:
        return question
    plain = reader.plain(text)
    said = own(question, plain)
    if said.others:  # 其他几个地方 counts nothing
        question = replace(reader.read(without("others", plain)), text=text, lang=question.lang)
        said = replace(own(question, plain), compares=said.compares)
    now = Now(reader, question, said, plain, past, recall)
    for rule in (_compared, _same_units, _what_else, _of_item, _of_document, _of_unit, _slots):
        found = rule(now)
        if found:
            break
    assert found is not None  # the last rule always answers
    inherits = _signature(found) != _signature(question)
    return replace(_of_several(found, plain), inherits=inherits)


def _of_several(question: Question, plain: str) -> Question:
    """A follow-up about several places: what is to be done with their answers is said by itself."""
    if len(question.plans) < 2 or question.across:
        return question
    across, _ = read_across(plain, question.lang, len(question.plans))
    return settle(question, across) if across else question


def _signature(question: Question) -> tuple[object, ...]:
    q = question
    return q.plans, q.concepts, q.kind, q.roles, q.units, q.years


# -- the rules ----------------------------------------------------------------------------


def _compared(now: Now) -> Question | None:
    """差几个百分点, 一样吗, which is higher: the places last spoken of, and the matter between."""
    if not (now.own.compares and now.own.silent) or len(now.question.plans) > 1:
        return None
    if not now.before.plans and not now.question.plans and now.before.all_plans:
        return _among_all(now)
    if len(now.before.plans) > 1 and not now.question.plans:
        places = now.before.plans
    else:
        spoken = [p for p in now.past.places if p not in now.question.plans]
        places = (*spoken, *now.question.plans)
        superlative = "最" in now.plain or "est" in now.plain
        places = places if superlative else places[-2:]
    if len(places) < 2:
        return None
    topic = now.before if now.before.kind in NO_MATTER else now.past.topic
    framed = now.question.framed and (now.question.kind != "duty" or now.question.roles)
    found = now.question if framed else kind_of(topic, now.question)
    text = f"{topic.text}，{now.question.text}"
    years = now.question.years or topic.years
    found = _as_compared(now, found)
    return replace(about(found, topic), plans=places, years=years, text=text)


def _as_compared(now: Now, found: Question) -> Question:
    """The question as one whose answers can be held against each other: amounts, or dates."""
    if found.kind == "measure" and AMOUNT.search(now.plain):
        return replace(found, kind="figure")
    if found.kind == "meta" and SOONER.search(now.plain):
        return replace(found, meta=("date",))
    return found


def _among_all(now: Now) -> Question | None:
    """哪个最高, after all plans were asked: which of them all."""
    across, _ = read_across(now.plain, now.question.lang, 2)
    if across is None:
        return None
    topic = now.before if now.before.kind in NO_MATTER else now.past.topic
    found = _as_compared(now, kind_of(topic, now.question))
    found = replace(about(found, topic), years=now.question.years or topic.years)
    text = f"{topic.text}，{now.question.text}"
    return settle(replace(found, text=text, all_plans=True), replace(across, all_plans=True))


def _of_item(now: Now) -> Question | None:
    """第二项怎么做: an item of the last answer, by its number there."""
    q = now.question
    nth = ITEM.search(now.plain)
    if nth is None or now.recall is None or q.plans or ITEM.sub("", now.own.matter):
        return None
    answer = now.recall()
    items = {c.clause: c for c in answer.citations} if answer.status == "answered" else {}
    said = nth.group(1)
    n = int(said) if said and said.isdecimal() else chinese_number(said or "")
    cited = list(items.values())
    if len(cited) < SEVERAL_ITEMS or (said and not 0 < n <= len(cited)):
        return None
    item = cited[n - 1 if said else -1]
    label = NUMBERED.sub("", item.path[-1] if item.path else item.quote)
    kind = q.kind if q.framed and q.kind not in NO_MATTER else "measure"
    found = now.reader.about(replace(q, kind=kind, plans=(item.plan,)), label)
    return replace(found, within=(item.clause,))


def _same_units(now: Now) -> Question | None:
    """也是这两家牵头吗: the units last named, in the new matter or, with none, in the old one."""
    if not now.own.named or now.question.units or now.before.kind not in OF_UNITS:
        return None
    bare = without("named" if now.question.lang == "zh" else "en_named", now.plain)
    again = now.reader.read(bare)
    if again.kind == "figure_check" or again.meta:
        return None
    units = units_said(now)
    if not units:
        return None
    roles = again.roles or now.before.roles
    if own(again, bare).silent and (now.own.more or (again.framed and again.kind == "list")):
        within = clauses_said(now) if now.own.more else ()
        return replace(
            again, kind="tasks", plans=now.plans, units=units, roles=roles, within=within
        )
    checked = now.reader.read(bare, "role_check")
    text = f"{now.question.text}（{'、'.join(u.text for u in units)}）"
    checked = replace(
        checked, text=text, kind="role_check", plans=now.plans, units=units, roles=roles
    )
    checked = replace(checked, yes_no=True, lang=now.question.lang)
    said = own(checked, bare)
    return cleaned(now, checked, said) if said.matter else about(checked, now.past.topic)


def _what_else(now: Now) -> Question | None:
    """还有呢: what else the clause last answered holds; 还有谁: the units beside the leads."""
    q = now.question
    if not (now.own.more and now.own.silent) or q.plans or q.roles or q.units or q.years:
        return None
    if now.own.others or now.before.kind in NO_MATTER:
        return None
    if now.before.kind in OF_UNITS:
        found = about(kind_of(now.before, q), now.past.topic)
        beside = now.before.roles == ("lead",)
        roles = () if beside else now.before.roles
        return replace(found, kind="duty", plans=now.plans, roles=roles, drop_lead=beside)
    if q.framed and q.kind not in FIGURES:
        return None
    found = about(replace(q, kind="more", plans=now.plans), now.past.topic)
    return replace(found, within=clauses_said(now), said=now.past.said)


def _of_document(now: Now) -> Question | None:
    """它的文号, 谁印发的: the document itself is asked about."""
    q = now.question
    if q.kind in ("meta", "contact", "document"):
        return replace(q, plans=now.plans)
    if q.meta and now.before.kind == "meta" and (now.own.silent or q.lang == "en"):
        return replace(q, kind="meta", plans=now.plans)
    return None


def _of_unit(now: Now) -> Question | None:
    """那卫健局呢: where a matter's units were asked for, the unit's role in that matter."""
    q, topic = now.question, now.past.topic
    if not q.units or now.before.kind not in ("duty", "role_check"):
        return None
    asks_whether = q.yes_no or "没有" in now.plain
    if q.framed and not (q.kind == "tasks" and now.own.silent and asks_whether):
        return None
    checks = now.before.kind == "role_check"
    roles = q.roles or (now.before.roles if checks else ())
    found = replace(q, kind="role_check", plans=now.plans, roles=roles)
    found = replace(found, yes_no=(checks and now.before.yes_no) or (q.framed and asks_whether))
    again = now.reader.read(q.text, "role_check")
    said = own(again, now.plain)
    if said.matter:
        return replace(found, matter=again.matter, concepts=again.concepts)
    return about(found, topic)


def _slots(now: Now) -> Question:
    """Slot by slot: kind, matter, years; the places in any case."""
    q, before, said = now.question, now.before, now.own
    keeps_kind = not q.framed or _turns_roles(now)
    if keeps_kind and before.kind != q.kind and q.lang == "zh":
        q = now.reader.read(q.text, before.kind)
        said = own(q, now.plain)
    found = kind_of(before, q) if keeps_kind else q
    if _lists_tasks(now):
        found = replace(found, kind="tasks", units=before.units)
    years = q.years or (before.years if keeps_kind or found.kind in FIGURES[:2] else ())
    found = replace(found, plans=now.plans)
    if said.silent and found.kind not in NO_MATTER:
        found = about(replace(found, years=years), now.source)
        if keeps_kind or found.kind in OF_UNITS:
            found = replace(found, text=f"{now.source.text}，{q.text}")
        turned = found.kind != before.kind and found.kind in (*OF_UNITS, *FIGURES, "measure")
        return replace(found, within=clauses_said(now) if turned and not q.plans else ())
    if said.silent:
        return replace(found, years=years)
    if found.kind in FIGURES and before.kind not in NO_MATTER and now.plans == before.plans:
        found = replace(found, within=clauses_said(now) if not q.plans else ())
    years = q.years or (before.years if keeps_kind else ())
    return cleaned(now, replace(found, years=years, per_year=q.per_year), said)


# -- what they share ----------------------------------------------------------------------


def _turns_roles(now: Now) -> bool:
    """光参加的呢, 有几项, after a unit's tasks: the same unit, perhaps in another role."""
    q = now.question
    unit_known = now.before.kind == "tasks" and not q.units
    asks_tasks = q.kind in ("duty", "list", "figure") and not q.who
    return unit_known and now.own.silent and asks_tasks


def _lists_tasks(now: Now) -> bool:
    """它牵头哪些, after a unit's role in one matter: all its tasks in that role."""
    q = now.question
    asked = bool(q.roles) and not (q.units or q.who) and bool(SEVERAL.search(now.plain))
    return asked and now.before.kind == "role_check" and now.own.silent
