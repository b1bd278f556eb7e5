"""What the plan says of itself: title, issuer, date, number, status, period, basis, addressees."""

from __future__ import annotations

import re

from index.metadata import NUMBER, document_number, same_document
from index.plan import Fact
from index.reading import quote
from index.tokens import tokens
from rag.answer import Draft, Span, Statement
from rag.check import squeeze
from rag.context import Context

ADDRESSEES = re.compile(r"^(?P<said>[^。；\n]{4,160})[：:]$", re.M)
BASIS = re.compile(r"依据|根据|批复|上级|上位|国务院|省里|市里|省政府|basis")
STOP = re.compile("[，。；,;]")
LINE_END = re.compile(r"\s*\n\s*")
BASIS_NUMBER = re.compile(r"文号|几号|什么号|编号|number")


def compose(context: Context) -> Draft:
    """A line for each thing asked; what the plan does not say is said to be missing."""
    lines: list[Statement] = []
    missing: list[Statement] = []
    for field in _fields(context):
        said = _line(context, field)
        (lines if said.spans or said.by_hand else missing).append(said)
    if not lines:
        return Draft("not_mentioned", tuple(missing))
    return Draft("answered", tuple(lines + missing))


def _fields(context: Context) -> list[str]:
    fields = list(context.question.meta)
    if "number" in fields and _of_basis(context):
        fields = ["basis" if f == "number" else f for f in fields]
    if "status" in fields and "date" in fields and not context.plan.meta.date.value:
        fields.remove("date")
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
            span = _cited(context, *context.reading.to_source(*m.span()))
            said = quote(context.plan.source, span.start, span.end)
            return Draft("answered", (Statement(said, (span,)),))
    return Draft("not_mentioned", (Statement(context.say("not_mentioned")),))


def _of_basis(context: Context) -> bool:
    """Whether the number asked for is that of a document the plan builds on.

    Then the document is spoken of before the number or beside it (依据哪个文件，文号多少), not
    after it (文号多少，依据什么).
    """
    asked = BASIS_NUMBER.search(context.question.text)
    basis = BASIS.search(context.question.text)
    if not asked or not basis:
        return basis is not None
    return not STOP.search(context.question.text[asked.end() : basis.start()])


def _line(context: Context, field: str) -> Statement:
    meta = context.plan.meta
    label = context.say(f"field_{field}") + context.say("colon")
    if field == "number":
        # beside a question for the basis the number is the plan's own
        named = None if "basis" in context.question.meta else _named_document(context)
        if named:
            return named
    if field == "basis":
        return _basis(context, label, meta.basis)
    if field == "addressees":
        return _in_front(context, label, field, ADDRESSEES)
    if field == "effective":
        return _sentence(context, label, field, EFFECTIVE)
    if field == "closing":
        return _sentence(context, label, field, CLOSING)
    if field == "delivery":
        return _in_front(context, label, field, DELIVERED)
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
    basis = _of_level(context, basis)
    joined = "；".join(quote(context.plan.source, f.start, f.end) for f in basis)
    return Statement(label + joined, tuple(_span(context, f) for f in basis))


STATE = re.compile(r"国务院|国家|中央|state council|national|central")
PROVINCE = re.compile(r"省(?!略)|provinc")
CITY = re.compile(r"市里|市级|市的|自己市|本市|市政府|地市|municipal|city")


def _of_level(context: Context, basis: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those of the level asked for (省里哪份文件, the municipal documents); all if none is."""
    text, plan = context.question.text.lower(), context.plan
    province, city = plan.province.rstrip("省"), plan.city.rstrip("市")
    wanted = [
        name
        for pattern, name in ((STATE, "国务院"), (PROVINCE, province), (CITY, city))
        if name and pattern.search(text)
    ]
    own = [f for f in basis if any(_issued_by(context, f, name) for name in wanted)]
    return tuple(own) or basis


def _issued_by(context: Context, fact: Fact, name: str) -> bool:
    """Whether the document's title begins with the body or place."""
    title = quote(context.plan.source, fact.start, fact.end)
    return title.lstrip("《").startswith(name)


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
        carried = context.searcher.coverage(concepts, frozenset(tokens(m.group(0))))
        if carried >= DOCUMENT_ENOUGH and (best is None or carried > best[0]):
            best = (carried, start, end)
    if best is None:
        return None
    _, start, end = best
    said = quote(context.plan.source, start, end)
    return Statement(said, (_cited(context, start, end),))


def _cited(context: Context, start: int, end: int) -> Span:
    """The source span with the innermost clause that it lies in."""
    clause = [c for c in context.plan.clauses if c.start <= start < c.end][-1]
    return Span(context.plan.id, clause.id, start, end)


# 自2026年5月21日起施行，有效期至2028年12月31日
EFFECTIVE = re.compile(
    r"(?=[^。；\n]*(?:本|有效期至|此|印发之日|施行))"
    r"[^。；\n]*(?:自[^。；\n]{0,24}?(?:起|之日)[^。；\n]{0,6}?(?:施行|实施|执行|生效)|有效期)[^。；\n]*[。；]?"
)


# 征求意见截止…日; 请于…日前反馈意见
DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
CLOSING = re.compile(
    rf"[^。；\n]*(?:意见[^。；\n]{{0,40}}(?:截止|截至|止于|期限|时间)[^。；\n]{{0,30}}{DAY}"
    rf"|{DAY}[^。；\n]{{0,8}}前[^。；\n]{{0,60}}(?:反馈|意见))[^。；\n]*[。；]?"
)


def _sentence(context: Context, label: str, field: str, wanted: re.Pattern[str]) -> Statement:
    """The last sentence that says it; in what stands around the clauses it is said last."""
    found = list(wanted.finditer(context.reading.text))
    if not found:
        return Statement(context.say("no_meta", field=context.say(f"field_{field}")))
    m = found[-1]
    span = _cited(context, *context.reading.to_source(*m.span()))
    return Statement(label + m.group(0).strip(), (span,))


# ——2021年2月2日在…第六次会议上, and below it who speaks: 市长 …
DELIVERED = re.compile(
    r"^[—－–-]*\s*(?P<said>\d{4}年\d{1,2}月\d{1,2}日[^\n]{0,4}?在[^\n。；]{4,50}(?:会议|大会|全会)上"
    r"(?:\s*\n[^\n，。；：:]{2,24}(?=\s*\n))?)",
    re.M,
)


def _in_front(context: Context, label: str, field: str, wanted: re.Pattern[str]) -> Statement:
    """What the pattern's group `said` finds before the first clause."""
    front = next((c for c in context.plan.clauses if c.level == "front"), None)
    lo, hi = context.reading.from_source(front.start, front.end) if front else (0, 0)
    m = wanted.search(context.reading.text, lo, hi)
    if not m or not front:
        return Statement(context.say("no_meta", field=context.say(f"field_{field}")))
    start, end = context.reading.to_source(*m.span("said"))
    said = LINE_END.sub(" ", m.group("said"))
    return Statement(label + said, (Span(context.plan.id, front.id, start, end),))


DOCUMENT = re.compile(rf"《[^《》]*(?:《[^》]*》[^》]*)?》\s*[（(]{NUMBER.pattern}[^）)]*[）)]")
# An English question shares no words with a title; it must say that another document is meant.
OTHER_DOCUMENT = re.compile(
    r"(?i)state council|national|central|provincial|municipal|higher|superior|basis|based on"
    r"|follows|implements|《|[\u4e00-\u9fff]"
)
META_WORD = re.compile(r"号|方案|文件|通知|印发|关于|政府|府办|发布|下发|那个|这份|那份|公室|办公")
DOCUMENT_ENOUGH = 0.6  # share of what was said about the document that its title must carry
