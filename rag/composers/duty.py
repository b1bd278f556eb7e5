"""Who leads, who is responsible, who takes part: the units of the clause that is meant.

The roles are those the plan labels. Where the asked role is not given, that is said and the
roles that are given follow. A section whose items have notes of their own is answered item by
item. A duty that stands in running text (区科协…牵头沟通联络) is quoted from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.numbering import number_said
from index.plan import Clause, Role
from rag.answer import Draft, Statement
from rag.composers.tasks import likeness
from rag.context import Context, is_open
from rag.hits import Hit, Sentence
from rag.lexicon import function_chars
from rag.phrases import ROLE
from rag.question import ROLES

PROSE_LEAD = re.compile(r"(?:统一|组织|总)?(?:牵头|领导|抓总)|综合协调|统筹协调")
PROSE_DUTY = re.compile(r"负责|制定|组织|指导|检查|评估|协调|领导|牵头|履行|配合|安排|推出|排演")
PROSE_TOLD = re.compile(PROSE_DUTY.pattern + r"|统筹|组成|成立|会同|督促|承担|主管|管理")
PROSE_COVERAGE = 0.5  # a sentence that says half of what was asked by weight is about it


def compose(context: Context) -> Draft:
    """The units asked for, of the best clause; of each of the items that are pointed at."""
    if context.question.items:
        return _of_items(context)
    if not context.searchable:
        return context.not_mentioned()
    hit = context.meant()
    prose = _prose(context)
    if prose:
        return prose
    hit = _assigned(context, hit)
    clause = hit.clause
    if clause.duties:
        said = _of_clause(context, clause)
        in_text = context.question.alone and hit.title < NAMED and clause.title
        if in_text:  # of several plans the row names the clause
            said = (Statement(context.say("told_in", clause=clause.title), heading=True), *said)
        return Draft("answered", said, clauses=(clause.id,))
    below = [c for c in context.plan.descendants(clause) if c.duty_source == "own"]
    if below:
        lines = [s for c in below for s in _of_clause(context, c, brief=True)]
        if context.question.counts:
            lines += _in_all(context, below)
        return Draft("answered", tuple(lines), clauses=tuple(c.id for c in below))
    told = _told(context)
    if told is None:
        return context.not_mentioned("no_duties")
    none = Statement(context.say("no_duties_but"), (context.heading(clause),))
    return Draft("answered", (none, told), clauses=(clause.id,))


# parts called after how many they are: 四项重点工程, 五大提升行动
GROUP = re.compile(
    r"(?P<n>[两二三四五六七八九十]|\d)(?:大|项|个|条)[\u4e00-\u9fff]{0,4}?(?P<kind>工程|行动|任务|计划|举措|措施)"
)
EACH = "各都分别"  # beside a number of parts


def parts_counted(context: Context) -> tuple[str, ...]:
    """The clauses that the question counts instead of naming them (五大行动由谁牵头): those of the
    part that has just so many headings, most of that kind, and assigns nothing itself; () if one
    of the groups counted is none."""
    if context.lang != "zh":
        return ()
    found: list[str] = []
    for group in GROUP.finditer(context.question.text):
        n = number_said(group["n"])
        own = next((p for p in _parts(context, group["kind"]) if len(p) == n), ())
        if not own:
            return ()
        found += [c.id for c in own]
    return tuple(found)


def miscounted(context: Context) -> bool:
    """Whether a question that counts no parts of the plan (`parts_counted`) names nothing but a
    number of them (七大工程各由谁牵头), and the plan has parts of that kind."""
    matter = context.question.matter
    groups = list(GROUP.finditer(matter)) if context.lang == "zh" else []
    if not groups or re.sub(rf"[{function_chars()}{EACH}]|\W", "", GROUP.sub("", matter)):
        return False
    return any(len(p) > 1 for g in groups for p in _parts(context, g["kind"]))


def _parts(context: Context, kind: str) -> Iterator[Sequence[Clause]]:
    """What stands under each clause that assigns nothing, where most is headed by that word."""
    for clause in context.plan.clauses:
        below = () if clause.duties else context.plan.children(clause)
        if sum(c.title.endswith(kind) for c in below) > len(below) / 2:
            yield below


def _of_items(context: Context) -> Draft:
    """A line for each item, or for each of its parts that has a note of its own."""
    noted: list[Clause] = []
    for clause in (c for c in context.plan.clauses if c.id in context.question.items):
        below = [c for c in context.plan.descendants(clause) if c.duty_source == "own"]
        noted += [clause] if clause.duties else below
    if not noted:
        return context.not_mentioned("no_duties")
    lines = tuple(s for c in noted for s in _of_clause(context, c, brief=True))
    return Draft("answered", lines, clauses=tuple(c.id for c in noted))


def _assigned(context: Context, hit: Hit) -> Hit:
    """The hit, or where it assigns nothing the next that carries nearly as much and does."""
    own = _named_by(context, hit)
    if own >= NAMED or _assigns(context, hit.clause):
        return hit
    for other in context.hits[:ASSIGNED_TRIED]:
        near = other.coverage >= NEARLY * hit.coverage and _named_by(context, other) >= own
        if near and _assigns(context, other.clause):
            return other
    return hit


def _named_by(context: Context, hit: Hit) -> float:
    """How much of the matter the clause's own heading carries, 0 to 1."""
    return context.searcher.coverage(context.question.concepts, hit.entry.own)


# A heading that says as much of the matter is the clause asked about, whatever it assigns.
NAMED = 0.6
ASSIGNED_TRIED, NEARLY = 5, 0.85


def _assigns(context: Context, clause: Clause) -> bool:
    below = context.plan.descendants(clause)
    return bool(clause.duties) or any(c.duty_source == "own" for c in below)


def wanted_roles(context: Context, clause: Clause) -> tuple[Role, ...]:
    """The roles to show: those asked, or all that the clause gives where none is singled out."""
    q = context.question
    given = tuple(r for r in ROLES if clause.units(r))
    asked: tuple[Role, ...] = q.roles
    if q.drop_lead:
        asked = tuple(r for r in asked if r != "lead") or tuple(r for r in given if r != "lead")
        return tuple(r for r in asked if r in given) or tuple(r for r in given if r != "lead")
    if not asked:
        return given
    return asked


def _of_clause(context: Context, clause: Clause, brief: bool = False) -> tuple[Statement, ...]:
    """A line for each role wanted; with `brief`, one line that begins with the clause's title."""
    spans = context.note_spans(clause)
    pieces: list[str] = []
    for role in wanted_roles(context, clause):
        told = role != "lead" and "lead" in wanted_roles(context, clause)
        if told and not clause.units("lead") and role == _first_given(clause):
            continue  # the line that says there is no lead lists them already
        pieces.append(_role_line(context, clause, role))
    pieces = list(dict.fromkeys(p for p in pieces if p))
    if not pieces:
        pieces = [context.say("no_others")]
    counts = tuple(str(len(clause.units(r))) for r in ROLES) if counted(context) else ()
    if brief:
        joined = "；".join(pieces) if context.lang == "zh" else "; ".join(pieces)
        said = f"{clause.title or clause.label}{context.say('colon')}{joined}"
        return (Statement(said, spans, computed=counts),)
    return tuple(Statement(p, spans, computed=counts) for p in pieces)


def _first_given(clause: Clause) -> Role | None:
    """The first role that the clause gives, the lead aside."""
    return next((r for r in ROLES if r != "lead" and clause.units(r)), None)


def units_told(context: Context, clause: Clause) -> tuple[str, ...]:
    """The units that answer for the roles asked for, each once."""
    roles = [r for role in wanted_roles(context, clause) if (r := _given(clause, role))]
    return tuple(dict.fromkeys(u for role in roles for u in clause.units(role)))


def _given(clause: Clause, role: Role) -> Role | None:
    """The role, or what answers for it: 责任, 参加 and 配合 are asked for interchangeably."""
    if clause.units(role) or role == "lead":
        return role
    given = [r for r in ROLES if clause.units(r)]
    return next((r for r in given if r != "lead"), given[0] if given else None)


def _in_all(context: Context, clauses: list[Clause]) -> list[Statement]:
    """How many units the items name together; () where none has the role."""
    units = {u for c in clauses for u in units_told(context, c)}
    n = str(len(units))
    spans = tuple(dict.fromkeys(context.note_spans(c)[0] for c in clauses))
    return [Statement(context.say("units_in_all", n=n), spans, computed=(n,))] if units else []


def _counted(context: Context, clause: Clause, role: Role) -> str:
    """How many units the role has, where that is asked; an open list has at least those."""
    if not counted(context):
        return ""
    key = "units_listed" if is_open(clause, role) else "units_count"
    return context.say(key, n=len(clause.units(role)))


def counted(context: Context) -> bool:
    """Whether the units are to be counted: how many they are, or which plan has more of them."""
    across = context.question.across
    return context.question.counts or bool(across and across.ordered)


# 除了牵头的老龄办还有谁: the unit named is known, and not asked for
BESIDE = re.compile(r"除(?:了|去|开|却)?|\b(?:besides|apart from|other than|in addition to)\b")


def _not_named(context: Context, units: Sequence[str]) -> tuple[str, ...]:
    """The units without those that the question names to leave them out."""
    q = context.question
    if not q.units or not BESIDE.search(q.text.lower()):
        return tuple(units)
    named = [u for u in units if any(likeness(context.units, asked, u) for asked in q.units)]
    return tuple(u for u in units if u not in named)


def _role_line(context: Context, clause: Clause, role: Role) -> str:
    units = _not_named(context, clause.units(role))
    names = ROLE[context.lang]
    if clause.units(role) and not units:
        return ""  # nobody but the unit that was named
    if units:
        told = context.names(units, is_open(clause, role)) + _counted(context, clause, role)
        return names[role] + context.say("colon") + told
    every: list[Role] = [r for r in ROLES if clause.units(r)]
    given = [r for r in every if r != "lead"] or every
    if not given:
        return ""
    rest = context.names(clause.units(given[0]), is_open(clause, given[0]))
    if role == "lead":
        return context.say("no_lead_but", role=names[given[0]], units=rest)
    # the plan's own label answers
    return names[given[0]] + context.say("colon") + rest + _counted(context, clause, given[0])


def _prose(context: Context) -> Draft | None:
    """A duty told in a sentence about the matter, where the note has no lead."""
    q = context.question
    best: tuple[float, Hit, Sentence, str] | None = None
    for hit in context.hits[:4]:
        if hit.clause.units("lead") or q.drop_lead or hit.clause.level == "front":
            continue
        verbs = PROSE_LEAD if q.roles == ("lead",) and hit.clause.duties else PROSE_DUTY
        if hit.clause.duties and q.roles != ("lead",):
            continue
        for sentence in hit.entry.sentences:
            value = context.searcher.sentence_coverage(q, sentence)
            if hit is not context.hits[0] and value <= context.hits[0].coverage:
                continue
            unit = _subject(context, sentence.text, verbs)
            if unit and value >= PROSE_COVERAGE and (best is None or value > best[0]):
                best = (value, hit, sentence, unit)
    if best is None:
        return None
    _, hit, sentence, unit = best
    text = context.name(unit) + context.say("colon") + sentence.text.strip()
    said = Statement(text, (context.sentence_span(hit, sentence),))
    return Draft("answered", (said,), clauses=(hit.clause.id,))


# Bodies made for a task, which no lexicon lists: 领导小组, 专项工作组, 联席会议.
BODIES = re.compile(
    r"领导小组|工作(?:小)?组|专班|联席会议|委员会|指挥部|理事会|部门|单位|机构|中心|政府|办公室|主体"
)


def _told(context: Context) -> Statement | None:
    """The sentence about the matter that speaks of bodies and what they do, where no note does."""
    q = context.question
    best: tuple[float, Hit, Sentence] | None = None
    for hit in context.hits[:4]:
        for sentence in hit.entry.sentences if hit.clause.level != "front" else ():
            value = context.searcher.sentence_coverage(q, sentence)
            acts = BODIES.search(sentence.text) and PROSE_TOLD.search(sentence.text)
            if acts and value >= PROSE_COVERAGE and (best is None or value > best[0]):
                best = (value, hit, sentence)
    if best is None:
        return None
    _, hit, sentence = best
    return Statement(sentence.text.strip(), (context.sentence_span(hit, sentence),))


def _subject(context: Context, sentence: str, verbs: re.Pattern[str]) -> str:
    """The organ before the first such verb of the sentence, as printed, or ""."""
    verb = verbs.search(sentence)
    if not verb:
        return ""
    for mention in context.units.mentions(sentence[: verb.start()]):
        start = mention.start
        while start and sentence[start - 1] in "县市区省州":
            start -= 1
        if context.units.is_organ(mention.identity):
            return sentence[start : mention.end]
    return ""
