"""What the plan says of itself: title, issuer, date, number, status, period, basis, addressees."""

from __future__ import annotations

import re

from index.metadata import NUMBER, document_number, same_document
from index.plan import Fact
from index.reading import quote
from index.tokens import tokens
from rag.answer import Draft, Span, Statement
from rag.breath import ASK
from rag.check import squeeze
from rag.composers.stated import STATED, cited, stated
from rag.context import Context
from rag.question import QUOTED

BASIS = re.compile(
    r"依据|根据|批复|上级|上位|国务院|省里|市里|省政府|[省市](?:一?级|这一级)的?文|引(?:用|了|的|自)|basis"
)
EXPIRES = re.compile(
    r"到期|失效|作废|废止|停用|截止|有效期|[用行管]到|\b(?:expir|laps|until|till|end)"
)
STOP = re.compile("[，。；,;]")
BASIS_NUMBER = re.compile(r"文号|几号|什么号|编号|number")


def compose(context: Context) -> Draft:
    """A line for each thing asked; what the plan does not say is said to be missing."""
    lines: list[Statement] = []
    missing: list[Statement] = []
    for field in fields_told(context):
        said = _line(context, field)
        (lines if said.spans or said.by_hand else missing).append(said)
    if not lines:
        return Draft("not_mentioned", tuple(missing))
    return Draft("answered", tuple(lines + missing))


def fields_told(context: Context) -> list[str]:
    """The facts asked for; the number of a document that the plan builds on is told with it."""
    fields = list(context.question.meta)
    if "number" in fields and _of_basis(context):
        fields = ["basis" if f == "number" else f for f in fields]
    if {"comments", "closing"} & set(fields):  # 征求意见到几号: its state is known to who asks
        fields = [f for f in fields if f != "status"]
    if "meeting" in fields:  # which meeting approved it, at which meeting: one fact
        fields = [f for f in fields if f not in ("approval", "delivery")]
    return list(dict.fromkeys(fields))


def document(context: Context) -> Draft:
    """A document number was named: what it is the number of, here."""
    wanted = context.question.document
    own = context.plan.meta.number
    if same_document(document_number(own.value), wanted):
        title = context.plan.meta.title
        return Draft("answered", (_line(context, "title"),) if title.value else ())
    for m in DOCUMENT.finditer(context.reading.text):
        if same_document(document_number(m.group(0)), wanted):
            span = cited(context, *context.reading.to_source(*m.span()))
            said = quote(context.plan.source, span.start, span.end)
            return Draft("answered", (Statement(said, (span,)),))
    return Draft("not_mentioned", (Statement(context.say("not_mentioned")),))


# 引用时要写这份通知的文号
OWN_NUMBER = re.compile(
    r"(?:这[份个]|本|该)(?:通知|方案|文件|文|规划|纲要)?(?:自己|本身|自身)?的?(?:文号|编号|发文号)"
)


def _of_basis(context: Context) -> bool:
    """Whether the number asked for is that of a document the plan builds on.

    Then the document is spoken of before the number or beside it (依据哪个文件，文号多少), not
    after it (文号多少，依据什么), and it is none that the text names and the question quotes.
    """
    text = context.question.text
    if OWN_NUMBER.search(text) or (QUOTED.search(text) and _named_document(context)):
        return False
    asked = BASIS_NUMBER.search(text)
    issuer = context.plan.meta.issuer.value  # who is named as the one who issued the plan itself
    found = BASIS.finditer(text)
    basis = next((m for m in found if not issuer.startswith(m.group(0))), None)
    if not asked or not basis:
        return basis is not None
    return not STOP.search(text[asked.end() : basis.start()])


def _line(context: Context, field: str) -> Statement:
    meta = context.plan.meta
    label = context.say(f"field_{field}") + context.say("colon")
    if field == "number":
        # asked beside the basis, or as the plan's, the number is its own
        own = "basis" in context.question.meta or OWN_NUMBER.search(context.question.text)
        named = None if own else _named_document(context)
        if named:
            return named
    if field == "basis":
        return _basis(context, label, meta.basis)
    if field in STATED:
        told = stated(context, field, label)
        # until when it holds, where no date is set: as long as it says it runs
        if field != "effective" or told.spans or not EXPIRES.search(context.question.text.lower()):
            return told
        return _line(context, "period")
    fact: Fact = getattr(meta, field)
    if not fact.value:
        return Statement(context.say("no_meta", field=context.say(f"field_{field}")))
    value = fact.value
    if field == "status":
        value = context.say(f"status_{fact.value}")
    if fact.start == fact.end:
        return Statement(label + value + context.say("by_hand"), by_hand=True)
    return Statement(label + value, (_span(context, fact),))


def _span(context: Context, fact: Fact) -> Span:
    clause = next(
        (c for c in context.plan.clauses if c.level != "plan" and c.start <= fact.start < c.end),
        context.plan.clauses[0],
    )
    return Span(context.plan.id, clause.id, fact.start, fact.end)


def _basis(context: Context, label: str, basis: tuple[Fact, ...]) -> Statement:
    if not basis:
        return Statement(context.say("no_meta", field=context.say("field_basis")))
    of = CITED_OF.search(context.question.text)
    if of and not any(of["of"] in f.value for f in basis):
        return Statement(context.say("not_mentioned"))
    basis = _of_level(context, basis)
    joined = "；".join(quote(context.plan.source, f.start, f.end) for f in basis)
    return Statement(label + joined, tuple(_span(context, f) for f in basis))


# 引用的双减文件文号: a document on one matter, which those that are cited need not be on
CITED_OF = re.compile(
    r"(?:引用?|依据|根据)(?:的是|了|的)(?P<of>(?:(?![上中本的级省市县区国哪什啥几两这那])[\u3400-\u9fff]){2,6}?)"
    r"(?:文件|通知|意见|政策|规定)的?(?:文号|编号)"
)
STATE = re.compile(r"国务院|国家|中央|state council|national|central")
PROVINCE = re.compile(r"省(?!略)|provinc")
CITY = re.compile(r"市里|市一?级|市这一级|市的|自己市|本市|市政府|地市|municipal|city")


EXCEPT = re.compile(r"除(?:了|开|去|却)|\b(?:besides|apart from|other than|except)\b")


def _of_level(context: Context, basis: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those of the level asked for (省里哪份文件, the municipal documents), or all but those where
    that is asked; all if none is."""
    plan, text = context.plan, _asking(context.question.text.lower())
    province, city = plan.province.rstrip("省"), plan.city.rstrip("市")
    # of a plan whose place is not known, by what their titles begin with
    levels = (
        (STATE, "国务院"),
        (PROVINCE, province or r"[\u4e00-\u9fff]{2,6}?(?:省|自治区)"),
        (CITY, city or r"[\u4e00-\u9fff]{2,6}?(?:市|自治州|盟)"),
    )
    wanted = [name for pattern, name in levels if pattern.search(text)]
    own = [f for f in basis if any(_issued_by(context, f, name) for name in wanted)]
    if wanted and EXCEPT.search(text):  # 除了国务院的，还依据什么
        own = [f for f in basis if f not in own]
    return tuple(own) or basis


def _asking(text: str) -> str:
    """The clauses of the question that ask, where another tells what is known before it:
    都引了省里那份，市一级的引的哪份."""
    asked = [p for p in STOP.split(text) if ASK.search(p)]
    levels = (STATE, PROVINCE, CITY)
    return "，".join(asked) if any(level.search(p) for p in asked for level in levels) else text


def _issued_by(context: Context, fact: Fact, name: str) -> bool:
    """Whether the document's title begins with the body or place, given as a pattern."""
    title = quote(context.plan.source, fact.start, fact.end)
    return re.match(name, title.lstrip("《")) is not None


def _named_document(context: Context) -> Statement | None:
    """The number of another document that the text names in 《…》 and the question speaks of.

    What the plan's own title and issuer carry says nothing of another document.
    """
    if squeeze(context.plan.meta.title.value) in squeeze(context.question.text):
        return None
    if context.lang == "en" and not OTHER_DOCUMENT.search(context.question.text):
        return None
    own = frozenset(tokens(context.plan.meta.title.value + context.plan.meta.issuer.value))
    concepts = [
        c
        for c in context.question.concepts
        if not META_WORD.search(c.said) and not context.searcher.coverage([c], own)
    ]
    best: tuple[float, int, int] | None = None
    text = context.reading.text
    for m in DOCUMENT.finditer(text):
        start, end = context.reading.to_source(*m.span())
        if any(f.start <= start < f.end for f in (context.plan.meta.number,)):
            continue
        title = m.group(0)[: m.group(0).rindex("》")]  # 办发 of a number names no document
        carried = context.searcher.coverage(concepts, frozenset(tokens(title)))
        if carried >= DOCUMENT_ENOUGH and (best is None or carried > best[0]):
            best = (carried, start, end)
    if best is None:
        return None
    _, start, end = best
    said = quote(context.plan.source, start, end)
    return Statement(said, (cited(context, start, end),))


DOCUMENT = re.compile(rf"《[^《》]*(?:《[^》]*》[^》]*)?》\s*[（(]{NUMBER.pattern}[^）)]*[）)]")
# An English question shares no words with a title; it must say that another document is meant.
OTHER_DOCUMENT = re.compile(
    r"(?i)state council|national|central|provincial|municipal|higher|superior|basis|based on"
    r"|follows|implements|《|[\u4e00-\u9fff]"
)
META_WORD = re.compile(r"号|方案|文件|通知|印发|关于|政府|府办|发布|下发|那个|这份|那份|公室|办公")
DOCUMENT_ENOUGH = 0.6  # share of what was said about the document that its title must carry
