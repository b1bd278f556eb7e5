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
from index.units import Mention
from rag.across.asked import Across, read_across, settle
from rag.answer import Answer
from rag.pointing import ITEM, Nth, items_pointed, points_at_unit, with_units
from rag.question import Question
from rag.reader import QuestionReader
from rag.slots import beside, own, without
from rag.talk import (
    HOW_MANY_NAMED,
    NO_MATTER,
    Below,
    Item,
    Now,
    Past,
    Recall,
    about,
    all_units_said,
    clauses_said,
    cleaned,
    kind_of,
    units_said,
)

Turn = tuple[str, str]
TURNS = 8  # turns looked back; what was said longer ago is no longer meant
OF_UNITS = ("duty", "role_check", "tasks")
FIGURES = ("figure", "figure_check", "when")
AMOUNT = re.compile(
    r"[高低多少大小差]|个数|higher|lower|larger|smaller|bigger|more|less|highest|lowest"
)
SOONER = re.compile(r"[早晚先后新]|earlier|later|first|newer")
SEVERAL = re.compile(r"哪些|哪几|[几多]少?[项条个]|\bwhich\b|\bwhat\b")


def resolve(
    reader: QuestionReader,
    text: str,
    history: Sequence[Turn],
    recall: Callable[[int], Answer] | None = None,
    below: Below | None = None,
) -> Question:
    """The question with what it leaves unsaid filled in from the turns before (oldest first).

    `recall` gives our own answer to the question of a turn, by its number in the history; `below`
    the parts of a clause.
    """
    past: Past | None = None
    last = -1
    for n, (asked, said) in enumerate(history):
        if n < len(history) - TURNS or beside(reader.plain(asked)):
            continue
        plain = reader.plain(asked)
        points = ITEM.search(plain) or points_at_unit(plain)  # else it need not be recalled
        earlier = _of(recall, last) if points else None
        past = _after(_follow(reader, asked, past, earlier, below), said, past)
        last = n
    return _follow(reader, text, past, _of(recall, len(history) - 1), below)


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
    same = past is not None and question.matter == past.topic.matter
    run = [p for p in past.run if p not in question.plans] if past and same else []
    return Past(
        question,
        question if spoken or not past else past.topic,
        (*known, *question.plans),
        said,
        (*run, *question.plans),
    )


def _follow(
    reader: QuestionReader,
    text: str,
    past: Past | None,
    recall: Recall | None,
    below: Below | None = None,
) -> Question:
    if past is None:
        return reader.read(text)
    plain = reader.plain(text)
    if points_at_unit(plain):
        plain = with_units(plain, all_units_said(reader, past, recall))
        text = plain if plain != reader.plain(text) else text
    question = reader.read(text)
    said = own(question, plain)
    if said.others:  # 其他几个地方 counts nothing
        question = replace(reader.read(without("others", plain)), text=text, lang=question.lang)
        said = replace(own(question, plain), compares=said.compares)
    now = Now(reader, question, said, plain, past, recall, below)
    for rule in RULES:
        found = rule(now)
        if found:
            break
    assert found is not None  # the last rule always answers
    inherits = _signature(found) != _signature(question)
    return replace(_of_several(now, found), inherits=inherits)


def _of_several(now: Now, found: Question) -> Question:
    """A follow-up about several places: what is to be done with their answers is said by itself."""
    if found.across or (len(found.plans) < 2 and (found.plans or not now.question.across)):
        return found
    across = now.question.across
    if across is None:
        across, _ = read_across(now.plain, found.lang, len(found.plans))
    if now.own.others and now.before.yes_no and found.kind == "measure":  # 提没提, 别的地方呢
        across = replace(across or Across(), which=True, mention=True, others=False)
    return settle(found, across) if across else found


def _signature(question: Question) -> tuple[object, ...]:
    q = question
    return q.plans, q.concepts, q.kind, q.roles, q.units, q.years


# -- the rules ----------------------------------------------------------------------------


def _compared(now: Now) -> Question | None:
    """差几个百分点, 三家一样吧, which is higher: the places last spoken of, the matter between."""
    many, now = _places_counted(now)
    if not _holds_against(now) or len(now.question.plans) > 1:
        return None
    if not now.before.plans and not now.question.plans and now.before.all_plans:
        return _among_all(now)
    places = _places_meant(now, many)
    if len(places) < 2:
        return None
    topic = now.before if now.before.kind in NO_MATTER else now.past.topic
    framed = now.question.framed and (now.question.kind != "duty" or now.question.roles)
    found = now.question if framed else kind_of(topic, now.question)
    text = f"{topic.text}，{now.question.text}"
    years = now.question.years or topic.years
    found = _as_compared(now, found)
    return replace(about(found, topic), plans=places, years=years, text=text)


def _holds_against(now: Now) -> bool:
    """Whether nothing but the comparison is said: which of them has more, what is alike."""
    if now.own.compares and now.own.silent:
        return True
    across, rest = read_across(now.plain, now.question.lang, 2)
    if across is None or not (across.same or (across.which and across.ordered)):
        return False
    return own(now.reader.read(rest), rest).silent


# 三家, 两个地方: how many places are held against each other says nothing of the matter
PLACES_COUNTED = re.compile(
    r"(?:这|那)?(?P<n>[两二俩三四五六七八九十]|\d)(?:家|边|处|地|份|者|个?(?:地方|方案|县区|区县|[县区市]))"
    r"(?:里头|里面|之间|当中|里|中)?(?:都|全|均)?"
    r"|\b(?:the |all |of )*(?P<en>two|three|four|five)(?: of them| plans| places| counties)?\b"
)


def _places_counted(now: Now) -> tuple[int, Now]:
    """How many places the question says it compares, 0 where it does not, and it without that."""
    found = PLACES_COUNTED.search(now.plain)
    if found is None or now.question.plans or now.before.kind == "tasks":
        return 0, now
    said = found["n"] or found["en"]
    n = HOW_MANY_NAMED.get(said) or (int(said) if said.isdecimal() else chinese_number(said))
    plain = PLACES_COUNTED.sub(" ", now.plain, count=1)
    question = now.reader.read(plain)
    return n, replace(now, question=question, own=own(question, plain), plain=plain)


def _places_meant(now: Now, many: int) -> tuple[str, ...]:
    """The places held against each other: those just asked together, as many as are said, all
    that the matter was asked of in a row where it is asked what is alike, else the last two."""
    if len(now.before.plans) > 1 and not now.question.plans:
        return now.before.plans
    spoken = [p for p in now.past.places if p not in now.question.plans]
    places = (*spoken, *now.question.plans)
    if many:
        return places[-many:]
    across, _ = read_across(now.plain, now.question.lang, 2)
    alike = across is not None and across.same and not now.question.plans
    if alike and len(now.past.run) > 1:
        return now.past.run
    superlative = "最" in now.plain or "est" in now.plain
    return places if superlative else places[-2:]


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


def _again_across(now: Now) -> Question | None:
    """哪几份没有, which ones don't: the plans asked about before, sorted by what they say."""
    before, q = now.before, now.question
    if q.plans or not (before.across and before.all_plans) or before.kind in NO_MATTER:
        return None
    across, rest = read_across(now.plain, q.lang, 2)
    if across is None or not (across.which or across.absent) or across.ordered:
        return None
    if not own(now.reader.read(rest, before.kind), rest).silent or q.roles or q.units or q.meta:
        return None
    text = f"{before.text}，{q.text}"
    return replace(before, text=text, across=replace(across, which=True, all_plans=True))


def _of_item(now: Now) -> Question | None:
    """第二项怎么做: an item of the last answer by its number there, or a part of that item."""
    path, rest = items_pointed(now.plain)
    if not path or now.recall is None or now.question.plans:
        return None
    q = now.reader.read(rest)
    if not own(q, rest).silent:
        return None
    item = _reached(now, path)
    if item is None:
        return None
    kind = q.kind if q.framed and q.kind not in NO_MATTER else "measure"
    asked = replace(q, kind=kind, plans=(item.plan,), text=now.question.text)
    return replace(now.reader.about(asked, item.title), within=(item.clause,))


def _reached(now: Now, path: Sequence[Nth]) -> Item | None:
    """The item at the end of the way down from those of the last answer.

    Where that was about one clause, its parts are what can be counted.
    """
    answer = now.recall() if now.recall else None
    cited = answer.citations if answer and answer.status == "answered" else ()
    shown: Sequence[Item] = [
        Item(c.plan, c.clause, NUMBERED.sub("", c.path[-1] if c.path else c.quote))
        for c in {c.clause: c for c in cited}.values()
    ]
    item: Item | None = shown[0] if len(shown) == 1 else None
    for nth in path:
        if item is not None:
            shown = now.below(item.plan, item.clause) if now.below else ()
        at = nth.of(shown)
        if at is None:
            return None
        item = shown[at]
    return item


NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?\s*")


def _besides(now: Now) -> Question | None:
    """民政局除了这项还牵头别的不: what a unit has beside what was last spoken of."""
    if now.before.kind not in OF_UNITS:
        return None
    plain = THIS_ASIDE.sub(" ", now.plain)
    aside = plain != now.plain
    q = now.reader.read(plain)
    units = q.units or (_one_unit(now) if aside or PRONOUN.search(plain) else ())
    if not units or q.kind in (*FIGURES, "meta", "contact", "document"):
        return None
    if not (aside or ELSE.search(plain)) or not own(now.reader.read(plain, "tasks"), plain).silent:
        return None
    roles = q.roles or (now.before.roles if q.kind == "tasks" and not q.any_role else ())
    found = replace(q, kind="tasks", plans=now.plans, units=units, roles=roles, drop_lead=False)
    return replace(now.reader.about(found, ""), within=clauses_said(now), text=now.question.text)


THIS_ASIDE = re.compile(
    r"除(?:了|开|去)?(?:这|那|此|它|该)(?:[一几两])?(?:[项条个件块些])?(?:工作|任务|行动|工程|事)?"
    r"(?:以外|之外|外)?[，,]?"
)
ELSE = re.compile(r"还(?!是)|别的|其他|其它|另外")
PRONOUN = re.compile(r"[它他](?!们)|这家|该单位|这个(?:单位|部门|局)")


def _one_unit(now: Now) -> tuple[Mention, ...]:
    """The unit that was spoken of, where it was one."""
    units = now.before.units or all_units_said(now.reader, now.past, now.recall)
    return units if len(units) == 1 else ()


def _busiest(now: Now) -> Question | None:
    """这几家里谁牵头得最多: among the clauses last spoken of, or in the plan."""
    q = now.question
    if q.kind != "tally":
        return None
    silent = own(now.reader.about(q, _without_pointing(q.matter)), now.plain).silent
    pointed = silent and now.before.kind in OF_UNITS
    return replace(q, plans=now.plans, within=clauses_said(now) if pointed else ())


def _without_pointing(matter: str) -> str:
    return re.sub(r"任务|次数|得$", " ", without("named", matter))


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


RULES = (
    _busiest, _again_across, _compared, _besides, _same_units, _what_else, _of_item, _of_document,
    _of_unit, _slots,
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
    asked = bool(q.roles) and not (q.units or q.who) and bool(SEVERAL.search(now.plain))
    return asked and now.before.kind == "role_check" and now.own.silent
