"""How and what: the sentences of the clause that speak of what was asked, as they stand."""

from __future__ import annotations

import re

from index.reading import quote
from rag.answer import Draft, Span, Statement
from rag.check import squeeze
from rag.context import Context
from rag.hits import Hit, Sentence

MAX_CHARS = 420  # an answer to "how" is read at a glance; the rest is one click away
NEAR = 0.5  # a further sentence must carry this share of what the best one carries
OPENING = 0.3  # below this no sentence stands out, and the clause is told from its beginning


def compose(context: Context) -> Draft:
    """The best sentence and those of the same clause nearly as good, in the text's order."""
    if not context.searchable:
        return context.not_mentioned()
    years = context.question.years
    if years and not any(tells_of_year(context.reading.text, year) for year in years):
        return context.not_mentioned()
    hit = choose(context)
    if not hit.entry.sentences:
        from rag.composers.listing import children_of

        return children_of(context, hit.clause)
    pointed = _pointed_at(context, hit)
    chosen = _opening(hit) if pointed else _sentences(context, hit)
    statements = tuple(
        Statement(
            quote(context.plan.source, s.start, s.end).strip(),
            (Span(context.plan.id, hit.clause.id, s.start, s.end),),
        )
        for s in chosen
    )
    if pointed:
        statements = (Statement(hit.clause.title, (context.heading(hit.clause),)), *statements)
    if statements and statements[-1].text.endswith(("：", ":")):
        statements += _below(context, hit)
    return Draft("answered", statements, clauses=(hit.clause.id,))


def _pointed_at(context: Context, hit: Hit) -> bool:
    """Whether the clause itself is asked about, by its number in a list told before."""
    title = squeeze(hit.clause.title)
    q = context.question
    return bool(title) and q.within == (hit.clause.id,) and squeeze(q.matter) == title


def _below(context: Context, hit: Hit) -> tuple[Statement, ...]:
    """What a sentence that ends in a colon announces: how the clauses below it begin."""
    told = []
    for clause in context.plan.children(hit.clause)[:MOST_BELOW]:
        span = context.heading(clause)
        text = quote(context.plan.source, span.start, span.end).strip()
        told.append(Statement(text, (span,)))
    return tuple(told)


MOST_BELOW = 12  # items; more is a chapter, and is told by its number


def choose(context: Context) -> Hit:
    """The first hit, unless it is a bare heading and a clause below it says more."""
    first = context.hits[0]
    if context.question.years and first.clause.level == "front":  # its date tells of no work
        first = next((h for h in context.hits if h.clause.level != "front"), first)
    if first.entry.sentences:
        return first
    below = {c.id for c in context.plan.descendants(first.clause)}
    inside = [h for h in context.hits[1:6] if h.clause.id in below and h.entry.sentences]
    if inside and inside[0].sentence_coverage > first.title:
        return inside[0]
    return first


def _sentences(context: Context, hit: Hit) -> list[Sentence]:
    q = context.question
    scored = [(context.searcher.sentence_value(q, hit, s), s) for s in hit.entry.sentences]
    timed = [_of_year(scored, year) for year in q.years]
    if any(timed):
        return sorted({s for s in timed if s}, key=lambda s: s.start)
    best = max(value for value, _ in scored)
    if best < OPENING:
        return _opening(hit)
    keep = [s for value, s in scored if value >= best * NEAR]
    carried = {s.start: context.searcher.sentence_coverage(q, s) for s in keep}
    if max(carried.values()) >= SAID:  # beside what says it, what only lies close says nothing
        keep = [s for s in keep if carried[s.start] >= BESIDE]
    value_of = {s.start: value for value, s in scored}
    ranked = sorted(keep, key=lambda s: -value_of[s.start])
    total = 0
    chosen: list[Sentence] = []
    for sentence in ranked:
        if chosen and total + len(sentence.text) > MAX_CHARS:
            continue
        chosen.append(sentence)
        total += len(sentence.text)
    if total < SHORT:
        chosen += _neighbours(hit, chosen[0], total)
    return sorted(set(chosen), key=lambda s: s.start)


def tells_of_year(text: str, year: int) -> bool:
    """Whether the text tells of the year itself, or of two or three years with it (2023—2024年),
    outside of titles."""
    told = IN_TITLE.sub(" ", text)
    if re.search(rf"(?<!\d){year}\s?年", YEARS.sub(" ", told)):
        return True
    spans = [(int(m[1]), int(m[2])) for m in YEARS.finditer(told)]
    return any(a <= year <= b and b - a < FEW_YEARS for a, b in spans)


# 《…规划（2021—2035年）》, and the years behind a title
IN_TITLE = re.compile(r"《[^》]*》|[（(]20\d\d[^）)]*[）)]")
YEARS = re.compile(r"(20\d\d)\s?年?\s?[-—–~至到]\s?(20\d\d)\s?年")
FEW_YEARS = 3


def _of_year(scored: list[tuple[float, Sentence]], year: int) -> Sentence | None:
    """The best sentence that tells of the year."""
    told = [(v, s) for v, s in scored if tells_of_year(s.text, year)]
    return max(told, key=lambda t: t[0])[1] if told else None


# shares of the matter: from where a sentence says it, and below which another has none of it
SAID, BESIDE = 0.8, 0.2
SHORT = 60  # characters; a clause written in short sentences says one thing in several


def _neighbours(hit: Hit, first: Sentence, total: int) -> list[Sentence]:
    """The sentences after `first`, then those before it, that make a short answer whole."""
    after = [s for s in hit.entry.sentences if s.start > first.start]
    before = [s for s in hit.entry.sentences if s.start < first.start]
    added: list[Sentence] = []
    for sentence in [*after, *reversed(before)]:
        if total >= SHORT * 1.5:
            break
        added.append(sentence)
        total += len(sentence.text)
    return added


def enumeration(context: Context) -> Draft:
    """The best sentence, if it enumerates (three or more members) and is about the matter."""
    if not re.search(r"几|哪些|分别", context.question.text):
        return context.not_mentioned("no_figure")
    if not context.searchable:
        return context.not_mentioned("no_figure")
    hit = context.hits[0]
    scored = [
        (context.searcher.sentence_coverage(context.question, s), s)
        for s in hit.entry.sentences
        if len(ENUMERATED.findall(s.text)) >= MEMBERS
    ]
    if not scored or max(scored, key=lambda x: x[0])[0] < ENUMERATION_ENOUGH:
        return context.not_mentioned("no_figure")
    best = max(scored, key=lambda x: x[0])[1]
    said = Statement(
        quote(context.plan.source, best.start, best.end).strip(),
        (Span(context.plan.id, hit.clause.id, best.start, best.end),),
    )
    return Draft("answered", (said,))


ENUMERATED = re.compile(r"、|”“|”、“|》《")
MEMBERS = 2
ENUMERATION_ENOUGH = 0.5


def _opening(hit: Hit) -> list[Sentence]:
    total = 0
    chosen: list[Sentence] = []
    for sentence in hit.entry.sentences:
        if chosen and total + len(sentence.text) > MAX_CHARS:
            break
        chosen.append(sentence)
        total += len(sentence.text)
    return chosen
