"""Follow-up questions: what a new question leaves unsaid is taken from the turns before.

A question has slots: places, matter, kind with roles and what belongs to it, units, years. The
turns are read oldest first; each resets the slots it fills itself and takes the others from the
question before it, as that one was understood. In this order it is asked of a new question

  1. does it ask for the words of the last answer (原话怎么写的)? its passages
  2. which unit has the most (谁牵头最多)?                   among those, or the clauses, last told
  3. how many units were told (一共几家)?                      those of the last answer; so, too,
     by what a figure was counted (也是按人次定的吗)
  4. which plans of all say it or not (没写的呢)?               the plans asked about before
  5. does it reckon with figures (两头差几个点, 加起来多少)?   the questions they answered
  6. does it hold the answers of places against each other?    those places (差多少, 三家一样吧);
     so, too, where it only counts them (两家谁牵头)
  7. does it ask what else a unit has (除了这项还管啥)?         its tasks beside the last ones
  8. does it point at the units of the last answer (这两家)?   their role in the matter
  9. does it ask what else there is (还有呢)?                  the rest of the clause last answered
 10. does it name an item by its number (第二项怎么做)?        that item, or a part of it
 11. is it about the document (它的文号), which has no matter? the place alone
 12. does it name a unit and no kind (那卫健局呢)?             its role in the matter before
 13. else                                                     slot by slot; its own matter may be
     only a part of the one before (carried)

What a correction says is not meant is left out first (corrected), and what points is spelt
out: places (前者, placed), units by number or part of a name (第二家, 民政那家; pointing).
What was answered before is only asked for (`recall`) where the question points at it. Where words
leave open whether they are a matter, other readings go along, for a plan that answers none of this
one (otherwise).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from rag.answer import Answer
from rag.asking_shapes import ROLE_NOUN
from rag.breath import asked_one_by_one, pieces
from rag.flattened import language
from rag.periods import later_spelt, years_of
from rag.question import Question
from rag.reader import QuestionReader
from rag.turns.carried import IT, beside_the_matter
from rag.turns.compared import again_across, compared, of_several
from rag.turns.corrected import corrected, denied
from rag.turns.documents import of_document
from rag.turns.measured import by_measure
from rag.turns.otherwise import asks_itself, other_readings
from rag.turns.placed import Spoken, spelt_count, spelt_places
from rag.turns.pointed import (
    ELSE,
    UNITS_MANY,
    Lists,
    besides,
    busiest,
    counted,
    each_item,
    of_item,
    part_named,
)
from rag.turns.pointing import (
    of_the_role,
    ones_spelt,
    points_at_item,
    points_at_unit,
    with_units,
)
from rag.turns.quoted import quoted
from rag.turns.reckoned import reckoned
from rag.turns.slots import beside, own, readable, without
from rag.turns.talk import (
    FIGURES,
    NO_MATTER,
    OF_UNITS,
    Below,
    Now,
    Past,
    Recall,
    about,
    all_units_said,
    clauses_said,
    cleaned,
    kind_of,
    passages_said,
    units_said,
)

Turn = tuple[str, str]
TURNS = 8  # turns looked back; what was said longer ago is no longer meant
SEVERAL = re.compile(r"哪些|哪几|[几多]少?[项条个]|\bwhich\b|\bwhat\b")


def resolve(
    reader: QuestionReader,
    text: str,
    history: Sequence[Turn],
    recall: Callable[[int], Answer] | None = None,
    below: Below | None = None,
    lists: Lists | None = None,
) -> Question:
    """The question with what it leaves unsaid filled in from the turns before (oldest first).

    `recall` gives our own answer to the question of a turn, by its number in the history; `below`
    the parts of a clause; `lists` our answer to another question, where this one counts its parts.
    """
    past: Past | None = None
    last = -1
    for n, (asked, said) in enumerate(history):
        if n < len(history) - TURNS or beside(reader.plain(asked)):
            continue
        plain = reader.plain(asked)
        points = points_at_item(plain) or points_at_unit(plain)  # else it need not be recalled
        earlier = _of(recall, last) if points else None
        back = _back(recall, last) if points else ()
        past = _after(_follow(reader, asked, past, earlier, below, back), said, past)
        last = n
    part = part_named(reader, text, lists, below)
    newest = len(history) - 1
    back = _back(recall, newest)
    found = part or _follow(reader, text, past, _of(recall, newest), below, back)
    if part or found.kind == "quote" or len(pieces(text)) < 2:
        return found
    return replace(found, each=_each(reader, text, found, past, below))


def _each(
    reader: QuestionReader, text: str, whole: Question, past: Past | None, below: Below | None
) -> tuple[Question, ...]:
    """What the whole asks for one by one; the first is a follow-up as the whole is one."""

    def first(piece: str) -> Question:
        return _follow(reader, piece, past, None, below)

    return asked_one_by_one(text, whole, first, reader.read, reader.stands)


def _of(recall: Callable[[int], Answer] | None, n: int) -> Recall | None:
    """Our own answer to that turn, once it is asked for."""
    return partial(recall, n) if recall and n >= 0 else None


def _back(recall: Callable[[int], Answer] | None, n: int) -> tuple[Recall, ...]:
    """Our own answers before that turn, the newest first."""
    return tuple(partial(recall, i) for i in range(n - 1, n - 1 - BACK, -1) if recall and i >= 0)


BACK = 3  # answers before the last in which an item pointed at is looked for


def has_matter(question: Question) -> bool:
    """Whether anything but pointing and function words is left as the matter."""
    return not own(question, "").silent


def _after(question: Question, said: str, past: Past | None) -> Past:
    """The conversation once the question was answered."""
    if past and (question.kind in ("more", "quote") or question.terms):
        return replace(past, said=said)
    spoken = question.kind not in NO_MATTER and bool(question.concepts)
    known = [p for p in past.places if p not in question.plans] if past else []
    same = past is not None and question.matter == past.topic.matter
    run = [p for p in past.run if p not in question.plans] if past and same else []
    return Past(
        question,
        question if spoken or not past else past.topic,
        (*known, *question.plans),
        said,
        (*run, *question.plans),
        (*(past.asked if past else ()), question),
    )


def _follow(
    reader: QuestionReader,
    text: str,
    past: Past | None,
    recall: Recall | None,
    below: Below | None = None,
    back: tuple[Recall, ...] = (),
) -> Question:
    if past is None:
        return reader.read(text)
    plain = reader.plain(text)
    not_meant = denied(plain)
    lang = language(plain)
    spoken = Spoken(past.places, past.question.plans)
    spelt = spelt_places(reader, corrected(of_the_role(plain)), spoken, lang)
    years = past.question.years or years_of(past.said)[:1]
    spelt = later_spelt(reader.years_spelt(spelt, past.question.plans), years)
    spelt = ones_spelt(spelt, past.question.text.lower()) if lang == "en" else spelt
    if points_at_unit(spelt):
        spelt = with_units(spelt, all_units_said(reader, past, recall))
    text, plain = (text if spelt == plain else spelt), spelt
    question = reader.read(text)
    said = own(question, plain)
    if said.others:  # 其他几个地方 counts nothing
        question = replace(reader.read(without("others", plain)), text=text, lang=question.lang)
        said = replace(own(question, plain), compares=said.compares)
    now = Now(reader, question, said, plain, past, recall, below, not_meant, back)
    for rule in RULES:
        found = rule(now)
        if found:
            break
    assert found is not None  # the last rule always answers
    inherits = _signature(found) != _signature(question)
    found = _of_another_place(now, replace(of_several(now, found), inherits=inherits))
    return replace(found, otherwise=partial(other_readings, now, found))


def _of_another_place(now: Now, found: Question) -> Question:
    """A question that takes its matter to another place, with what was told of the one before."""
    there = len(found.plans) == 1 and found.plans != now.before.plans and not found.told
    matter = now.past.topic.matter
    if not there or found.kind in (*OF_UNITS, *NO_MATTER) or not matter:
        return found
    return replace(found, told=passages_said(now)) if matter in found.matter else found


def _signature(question: Question) -> tuple[object, ...]:
    q = question
    return q.plans, q.concepts, q.kind, q.roles, q.units, q.years


# -- the rules ----------------------------------------------------------------------------


def _of_so_many(now: Now) -> Question | None:
    """两家谁牵头, 两边各是多少: so many of the places spoken of last, where no units are meant."""
    units = (now.own.named and not UNITS_MANY.search(now.plain)) or (
        now.before.kind in OF_UNITS and not now.question.who
    )
    if units or now.question.plans or now.question.units:
        return None
    spoken = Spoken(now.past.places, now.before.plans)
    spelt = spelt_count(now.reader, now.plain, spoken, now.question.lang)
    if spelt == now.plain:
        return None
    return _follow(now.reader, spelt, now.past, now.recall, now.below, now.back)


def _same_units(now: Now) -> Question | None:
    """也是这两家牵头吗: the units last named, in the new matter or, with none, in the old one."""
    it = now.question.lang == "en" and _of_the_one_unit(now)
    named = now.own.named or it
    if not named or now.question.units or now.before.kind not in OF_UNITS:
        return None
    bare = without("named" if now.question.lang == "zh" else "en_named", now.plain)
    bare = IT.sub(" ", bare) if it else bare
    again = now.reader.read(bare)
    silent = own(again, bare).silent
    others = again.who and silent  # who backs them up
    if again.kind == "figure_check" or again.meta or others:
        return None
    units = units_said(now)
    if not units:
        return None
    roles = again.roles or now.before.roles
    more = now.own.more or (bool(ELSE.search(bare)) and not again.yes_no)
    if silent and (more or (again.framed and again.kind == "list")):
        within = clauses_said(now) if more else ()
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


def _of_the_one_unit(now: Now) -> bool:
    """Whether "it" is the unit whose role was asked for: is it just a participant there?"""
    one = now.before.kind == "role_check" and len(now.before.units) == 1
    return one and bool(now.question.roles) and bool(IT.search(now.plain))


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


def _of_unit(now: Now) -> Question | None:
    """那卫健局呢: where a matter's units were asked for, the unit's role in that matter."""
    q, topic = now.question, now.past.topic
    asks_role = bool(ROLE_ASKED.search(now.plain)) and now.before.kind not in NO_MATTER
    asks_role = asks_role or (q.yes_no and bool(OF_THAT.search(now.plain)))
    if not q.units or not (asks_role or now.before.kind in ("duty", "role_check")):
        return None
    asks_whether = q.yes_no or bool(DOUBTED.search(now.plain))
    asks_whether = asks_whether or bool(q.across and q.across.which)
    if q.framed and not (q.kind == "tasks" and now.own.silent and (asks_whether or asks_role)):
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


DOUBTED = re.compile(r"没有|(?<!是)不是")  # 不是科协牵头: whether it is
OF_THAT = re.compile(
    r"[这那](?:个|项|件|条|事)(?!行动|工程)|\b(?:for|in|of|about) (?:that|this|it)\b"
)
# which role it has, as against whether it has one: 教育局算什么, 它是什么身份
ROLE_ASKED = re.compile(
    r"(?:什么|啥|哪种)(?:角色|身份|单位)|(?:算|当|充当)(?:什么|啥)|\bwhat (?:role|part|capacity)\b"
)


def _slots(now: Now) -> Question:
    """Slot by slot: kind, matter, years; the places in any case."""
    q, before, said = now.question, now.before, now.own
    keeps_kind = not (q.framed or asks_itself(now)) or _turns_roles(now)
    if keeps_kind and before.kind != q.kind and q.lang == "zh":
        q = now.reader.read(q.text, before.kind)
        said = own(q, now.plain)
    found = kind_of(before, q) if keeps_kind else q
    if _lists_tasks(now):
        found = replace(found, kind="tasks", units=before.units)
    same_year = keeps_kind or found.kind in FIGURES[:2] or THAT_YEAR.search(now.plain)
    years = q.years or (before.years if same_year else ())
    found = replace(found, plans=now.plans)
    if said.silent and q.years and q.kind == "measure" == found.kind and not readable(now.source):
        return replace(found, concepts=q.concepts)  # nothing but another time: 那23、24两年呢
    if said.silent and found.kind not in NO_MATTER:
        found = about(replace(found, years=years), now.source)
        if keeps_kind or found.kind in OF_UNITS:
            found = replace(found, text=f"{now.source.text}，{q.text}")
        turned = found.kind != before.kind and found.kind in (*OF_UNITS, *FIGURES, "measure")
        return replace(found, within=clauses_said(now) if turned and not q.plans else ())
    if said.silent:
        text = f"{before.text}，{q.text}" if keeps_kind and found.kind == "meta" else q.text
        return replace(found, years=years, text=text)  # of which level it was asked is said there
    if found.kind in FIGURES and before.kind not in NO_MATTER and now.plans == before.plans:
        alone = q.plans or now.reader.stands(said.matter)
        found = replace(found, within=() if alone else clauses_said(now))
    years = q.years or (before.years if keeps_kind or THAT_YEAR.search(now.plain) else ())
    found = replace(found, years=years, per_year=q.per_year)
    return beside_the_matter(now, found, said) or cleaned(now, found, said)


THAT_YEAR = re.compile(r"[那这同]一?年|当年|同期|\b(?:that|the same) year\b")


RULES = (
    quoted, busiest, counted, each_item, by_measure, again_across, reckoned, compared, _of_so_many,
    besides, _same_units, _what_else, of_item, of_document, _of_unit, _slots,
)  # fmt: skip


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
    names_role = bool(ROLE_NOUN.search(now.plain))  # 参加单位是哪些 asks for the units again
    named = q.units or q.who or names_role
    asked = bool(q.roles) and not named and bool(SEVERAL.search(now.plain))
    return asked and now.before.kind == "role_check" and now.own.silent
