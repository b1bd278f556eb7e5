"""Follow-ups that point into the last answer: an item of it, or a unit and what else that has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.units import Mention
from rag.answer import Answer
from rag.question import Question
from rag.reader import QuestionReader
from rag.turns.placed import many
from rag.turns.pointing import Nth, items_pointed
from rag.turns.slots import own, without
from rag.turns.talk import (
    FIGURES,
    NO_MATTER,
    OF_UNITS,
    Below,
    Item,
    Now,
    about,
    all_units_said,
    clauses_said,
    kind_of,
    units_said,
)


def of_item(now: Now) -> Question | None:
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
    of_units = now.before.within or now.before.kind == "duty"
    if kind == "measure" and not q.framed and of_units:  # 第二条谁负责，第三条呢
        q = kind_of(now.before, q)
        kind = q.kind
    asked = replace(q, kind=kind, plans=(item.plan,), text=now.question.text)
    return replace(now.reader.about(asked, item.title), within=(item.clause,))


# the items of a list one by one: 每个谁牵头, 分别由谁负责, 前三项的牵头单位
EACH = re.compile(
    r"每一?(?:个|项|条|块)|分别|各(?:自|个|项|条|是|由)|逐[个项条]|(?<![有的])都(?=是谁|由|归|谁|让|有谁)"
    r"|\b(?:each|every one)(?: of (?:them|these|those))?\b|\brespectively\b"
)
FIRST_FEW = re.compile(r"前(?P<n>[两二三四五六七八九])(?:个|项|条|块)(?:工程|行动|任务)?")


def each_item(now: Now) -> Question | None:
    """The units of each item of the list last told, or of the first so many of them."""
    few = FIRST_FEW.search(now.plain)
    if now.before.kind != "list" or now.question.plans or not (few or EACH.search(now.plain)):
        return None
    plain = EACH.sub(" ", FIRST_FEW.sub(" ", now.plain))
    q = now.reader.read(plain)
    if q.kind != "duty" or q.units or not own(q, plain).silent or now.recall is None:
        return None
    answer = now.recall()
    plans = {c.plan for c in answer.citations}
    if answer.kind != "list" or not _items(answer) or len(plans) != 1:
        return None
    clauses = tuple(dict.fromkeys(c.clause for c in answer.citations))
    if few:
        clauses = clauses[: many(few)]
    found = replace(q, plans=tuple(plans), items=clauses, text=now.question.text, across=None)
    return about(found, now.past.topic)


Lists = Callable[[str, tuple[str, ...]], Answer]  # our answer to another question of plans


def part_named(
    reader: QuestionReader, text: str, lists: Lists | None, below: Below | None
) -> Question | None:
    """农民行动第二条讲什么: a part, by its number, of the clause that the question itself names."""
    plain = reader.plain(text)
    path, rest = items_pointed(plain)
    if not path or lists is None:
        return None
    q = reader.read(rest)
    matter = own(q, rest).matter
    if len(q.plans) != 1 or not matter or q.lang != "zh":
        return None
    answer = lists(f"{matter}有哪几条", q.plans)
    if answer.kind != "list" or not _items(answer):
        return None
    item = _down(answer, path, below)
    if item is None:
        return None
    kind = q.kind if q.framed and q.kind not in (*NO_MATTER, "list") else "measure"
    found = replace(reader.about(replace(q, kind=kind), item.title), within=(item.clause,))
    return replace(found, text=text)


PARTS = 2  # from which a list has parts that can be counted


def _reached(now: Now, path: Sequence[Nth]) -> Item | None:
    """The item pointed at: of the list told before where the last answer told its units, else of
    the last answer, else of a list before."""
    if now.recall is None:
        return None
    last = now.recall()
    lists = [a for a in (recall() for recall in now.back) if a.kind == "list" and _items(a)]
    same = [a for a in lists if _of_one_part(a, last)]
    if last.kind in ("duty", "role_check") and same:
        return _down(same[0], path, now.below)
    found = _down(last, path, now.below)
    return found or (_down(lists[0], path, now.below) if lists else None)


def _items(answer: Answer) -> bool:
    """Whether there are items to be counted."""
    return len({c.clause for c in answer.citations}) >= PARTS


def _of_one_part(listed: Answer, last: Answer) -> bool:
    """Whether one of the clauses listed stands under one last told, or the other way round."""
    pairs = ((a.clause, b.clause) for a in listed.citations for b in last.citations)
    return any(f"{a}.".startswith(f"{b}.") or f"{b}.".startswith(f"{a}.") for a, b in pairs)


def _down(answer: Answer, path: Sequence[Nth], below: Below | None) -> Item | None:
    """The item at the end of the way down from those of an answer.

    Where that was about one clause, its parts are what can be counted.
    """
    cited = answer.citations if answer.status == "answered" else ()
    shown: Sequence[Item] = [
        Item(c.plan, c.clause, NUMBERED.sub("", c.path[-1] if c.path else c.quote))
        for c in {c.clause: c for c in cited}.values()
    ]
    item: Item | None = shown[0] if len(shown) == 1 else None
    for nth in path:
        if item is not None:
            shown = _parts(item, below) if below else ()
        at = nth.of(shown)
        if at is None:
            return None
        item = shown[at]
    return item


def _parts(item: Item, below: Below) -> Sequence[Item]:
    """The parts of the item, or, where it has none, those it is one of: 第二条 beside 第三条."""
    above = item.clause.rpartition(".")[0]
    return below(item.plan, item.clause) or (below(item.plan, above) if above else ())


NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?\s*")


def besides(now: Now) -> Question | None:
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
    r"(?:以外|之外|外)?[，,]?|除(?:了|开|去)[^，,。？?]{1,8}[，,]"
)
ELSE = re.compile(
    r"还(?!是)|别的|别处|其他|其它|另外|\belse\b|\bother (?:tasks|things|duties)\b|\balso\b"
)
PRONOUN = re.compile(r"[它他](?!们)|这家|该单位|这个(?:单位|部门|局)")


def _one_unit(now: Now) -> tuple[Mention, ...]:
    """The unit that was spoken of, where it was one."""
    units = now.before.units or all_units_said(now.reader, now.past, now.recall)
    return units if len(units) == 1 else ()


# which of the units that were named: 这三家里谁牵头最多, 这两家里谁还牵头别的
AMONG = re.compile(
    r"(?:[这那](?:[两二三四五几]?(?:家|个(?:单位|部门|局))|[俩仨]家?|些(?:单位|部门))"
    r"|[它他]们(?:[两三四几]家|俩|仨)?)"
    r"(?:里头|里面|当中|之中|之间|里|中)?"
    r"[^，。？?]{0,10}?(?:谁|哪(?:一|几)?(?:家|个))"
    r"|\bwhich (?:one |unit )?of (?:them|those|these|the)(?: (?:two|three|four|five))?"
    r"(?: (?:units|bureaus|departments|bodies))?\b"
)
# so many units are asked for, and of places: which of them names more lead units
UNITS_MANY = re.compile(
    r"(?:单位|部门)(?:数量?)?(?:最|更)?[多少]"
    r"|\b(?:more|most|fewer|fewest) (?:\w+ )?(?:units|bureaus|bodies)\b"
)
MOST = re.compile(r"最(?:多|频繁|勤|重)|更多|\bmost\b|\bmore\b")
WHOLE = re.compile(
    r"(?:全|整个?|整份)(?:个|份)?(?:方案|文件|规划|计划|文|篇)|通篇|所有"
    r"|\b(?:whole|entire) (?:plan|document)\b|\boverall\b|\bin all\b"
)


def _among_units(now: Now) -> Question | None:
    """What each of the units last told has to do, the most first."""
    asked = MOST.search(now.plain) or ELSE.search(now.plain)
    q = now.question
    if now.before.kind not in OF_UNITS or not asked or not AMONG.search(now.plain):
        return None
    if UNITS_MANY.search(now.plain):
        return None
    units = units_said(now)
    roles = q.roles or now.before.roles
    if len(units) < PARTS or not roles or q.units:
        return None
    everywhere = WHOLE.search(now.plain) or ELSE.search(now.plain)
    within = () if everywhere else clauses_said(now)
    plans = q.plans or now.before.plans
    found = replace(q, kind="tally", plans=plans, units=units, roles=roles, within=within)
    return replace(now.reader.about(found, ""), across=None, all_plans=False)


def busiest(now: Now) -> Question | None:
    """这几家里谁牵头得最多: among the clauses last spoken of, or in the plan."""
    q = now.question
    among = _among_units(now)
    if among or q.kind != "tally":
        return among
    silent = own(now.reader.about(q, _without_pointing(q.matter)), now.plain).silent
    pointed = silent and now.before.kind in OF_UNITS
    if not pointed:
        return replace(q, plans=now.plans)
    roles = q.roles or (() if q.any_role else now.before.roles)  # of those that were told
    return replace(q, plans=now.plans, within=clauses_said(now), roles=roles)


def _without_pointing(matter: str) -> str:
    return re.sub(r"任务|次数|出现|得$", " ", without("named", matter))


def counted(now: Now) -> Question | None:
    """一共几家, how many are they: the units last told, counted."""
    if now.before.kind != "duty" or not HOW_MANY.search(now.plain):
        return None
    elsewhere = bool(now.question.plans)  # 乙县那边几家
    if elsewhere and (now.question.units or not now.before.counts):
        return None
    q = now.reader.read(HOW_MANY.sub(" ", now.plain))
    said = own(now.reader.read(q.text, "duty"), now.plain)
    if not said.silent and not IS_SO_MANY.search(now.plain):
        return None
    found = kind_of(now.before, replace(q, lang=now.question.lang, plans=now.plans))
    topic = now.past.topic
    found = about(found, topic) if said.silent else now.reader.about(found, said.matter)
    found = replace(found, counts=True)
    found = replace(found, within=() if elsewhere else now.before.within)
    return replace(found, text=f"{now.before.text}，{now.question.text}")


IS_SO_MANY = re.compile(r"是(?:几|多少)家(?=$|[，。？?])")  # 那个工程是几家
HOW_MANY = re.compile(
    r"(?:一?共|总共|各|合计)*(?:有|是)?(?:几|多少)家(?=$|[，。？?,])"
    r"|\bhow many (?:are (?:they|there|those)|of them(?: are there)?|units(?: are there)?)\b"
)
