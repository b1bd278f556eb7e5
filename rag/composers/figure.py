"""How much, how many, how long: the figure whose own words speak of what was asked.

Which figures may answer and which fits best is told in `candidates`; several numbers asked for in
one breath are answered by `several`. If no figure carries enough of the matter, the plan does not
state it.
"""

from __future__ import annotations

import re

from index.numbering import chinese_number
from index.plan import Figure
from rag.answer import Draft, Statement
from rag.asking_shapes import EVERY_FIGURE
from rag.composers.candidates import CLAUSES_TRIED, Candidate, candidates
from rag.composers.several import several
from rag.composers.stretch import stretch, stretch_statement
from rag.composers.wanted import LONG
from rag.context import Context
from rag.detail import OFTEN


def compose(context: Context) -> Draft:
    """The figure asked for, in its own words; every figure of the sentence that was asked for."""
    if EVERY_FIGURE.search(context.question.text):
        return every_figure(context)
    if context.question.parts and context.lang == "zh":
        draft = several(context)
        if draft is not None:
            return draft
    if context.question.years and not context.spoken_of:
        return of_the_years(context)
    found = candidates(context)
    if not found:
        return context.not_mentioned("no_figure")
    best = _unsaid(context, found)
    if len(context.question.years) > 1:
        return _by_year(context, found)
    both = asks_several(context)
    same = [
        c for c in found if c.sentence == best.sentence and (both or c.score >= best.score - NEAR)
    ]
    lo, hi = stretch(context, best.sentence, [c.figure for c in same])
    if DESCRIBED.search(context.question.text):
        lo, hi = best.sentence.lo, best.sentence.hi
    said = stretch_statement(context, best.hit, lo, hi)
    figures = (best.figure, *(c.figure for c in found if c.figure != best.figure))
    return Draft("answered", (said,), clauses=(best.hit.clause.id,), figures=figures)


def _unsaid(context: Context, found: list[Candidate]) -> Candidate:
    """The best figure, or where that was told just before another of its sentence."""
    best, said = found[0], context.question.said
    if best.figure.text not in said:
        return best
    beside = (c for c in found if c.sentence == best.sentence and c.figure.text not in said)
    return next(beside, best)


def span(context: Context) -> Draft:
    """How long something takes where that alone can be meant: 待多长时间, not 多长时间一次."""
    text = context.question.text
    if not HOW_LONG.search(text) or OFTEN.search(text):
        return context.not_mentioned("no_time")
    return length(context)


HOW_LONG = re.compile(r"多长时间|多长(?=$|[，。？?])")


def length(context: Context) -> Draft:
    """How long something lasts, where 多久 and 多长时间 do not ask for a date."""
    if not LONG.search(context.question.text):
        return context.not_mentioned("no_time")
    found = candidates(context)
    if not found:
        return context.not_mentioned("no_time")
    best = found[0]
    said = stretch_statement(context, best.hit, *stretch(context, best.sentence, [best.figure]))
    return Draft("answered", (said,), clauses=(best.hit.clause.id,), figures=(best.figure,))


# besides the number it is asked what the thing is: 是咋回事，管几年
DESCRIBED = re.compile(r"(?:咋|怎么)(?:回事|样|弄|办|算)|是(?:什么|啥)(?:意思)?[，,、]")


def every_figure(context: Context) -> Draft:
    """Every figure with a unit in the clause that is meant and below it, each in its own words."""
    if not context.searchable:
        return context.not_mentioned()
    best = max(
        context.hits[:CLAUSES_TRIED],
        key=lambda h: (
            context.searcher.coverage(context.question.concepts, h.entry.own)
            - OUTER * len(h.clause.id)
        ),
    )
    inside = {best.clause.id, *(c.id for c in context.plan.descendants(best.clause))}
    lines: dict[Statement, Figure] = {}
    for hit in sorted(context.hits, key=lambda h: h.clause.start):
        if hit.clause.id not in inside:
            continue
        for sentence in hit.entry.sentences:
            figures = [
                f for f in hit.clause.figures
                if sentence.start <= f.start < sentence.end and f.unit and f.unit not in ORDINALS
            ]  # fmt: skip
            if figures:
                lo, hi = stretch(context, sentence, figures)
                lines[stretch_statement(context, hit, lo, hi)] = figures[0]
    if not lines:
        return context.not_mentioned("no_figure")
    return Draft("answered", tuple(lines), figures=tuple(lines.values()))


def of_the_years(context: Context) -> Draft:
    """What is to be reached by the years asked about, where nothing else is asked (2035年要达到
    多少): every sentence with a figure of those years, each in its own words."""
    years = context.question.years
    lines: dict[Statement, Figure] = {}
    ids: dict[str, None] = {}
    for entry in context.searcher.entries(context.plan.id):
        for sentence in entry.sentences:
            figures = [
                f for f in entry.clause.figures
                if sentence.start <= f.start < sentence.end and f.year in years and f.unit
            ]  # fmt: skip
            if figures:
                lo, hi = stretch(context, sentence, figures)
                lines[stretch_statement(context, entry, lo, hi)] = figures[0]
                ids[entry.clause.id] = None
    if not lines:
        return context.not_mentioned("no_figure")
    return Draft("answered", tuple(lines), clauses=tuple(ids), figures=tuple(lines.values()))


OUTER = 0.002  # of headings that carry as much the outer one (its id is shorter) is meant
ORDINALS = ("年", "月", "日", "号")


def _by_year(context: Context, found: list[Candidate]) -> Draft:
    """Several years were named: the best figure of each."""
    lines, figures = [], []
    for year in context.question.years:
        best = next((c for c in found if c.figure.year == year), None)
        if best:
            figures.append(best.figure)
            lo, hi = stretch(context, best.sentence, [best.figure])
            lines.append(stretch_statement(context, best.hit, lo, hi))
    if not lines:
        return context.not_mentioned("no_figure")
    apart = DIFFERENCE.search(context.question.text.lower())
    if apart and {f.year for f in figures} != set(context.question.years):
        return context.not_mentioned("no_figure")  # of one of the years nothing is said
    if apart and len(figures) == 2:
        lines += _gap(context, *figures)
    return Draft("answered", tuple(lines), figures=tuple(figures))


DIFFERENCE = re.compile(
    r"差|(?:提|增|涨|升|多|高|低|少|降|减|加)(?:高|加|长|升|出|了|上|幅|到)*(?:几|多少)|幅度"
    r"|by how (?:much|many)|difference|increase|rise|higher|more"
)


def _gap(context: Context, before: Figure, after: Figure) -> list[Statement]:
    """By how much the figures of two years differ, where both are of one measure."""
    if before.unit != after.unit:
        return []
    gap = f"{abs(after.value - before.value):.12g}"
    percent = before.unit == "%"
    said = (
        context.say("years_points", gap=gap)
        if percent
        else context.say("years_count", gap=gap + before.unit)
    )
    return [Statement(said, computed=(gap,), heading=True)]


NEAR = 0.12  # figures of one sentence this close in score were asked for together


def check(context: Context) -> Draft:
    """Yes or no about a figure, and what the plan says."""
    found = candidates(context)
    if not found:
        return context.not_mentioned("no_figure")
    best = found[0]
    asked = {_plain(n) for n in context.question.numbers}
    pool = [c for c in found if c.sentence == best.sentence]
    hit = next((c for c in pool if _plain(c.figure.text) in asked), None)
    chosen = hit or best
    lo, hi = stretch(context, chosen.sentence, [chosen.figure])
    said = stretch_statement(context, chosen.hit, lo, hi, context.say("yes" if hit else "no"))
    clauses, figures = (chosen.hit.clause.id,), (chosen.figure,)
    return Draft("answered", (said,), clauses=clauses, figures=figures, holds=hit is not None)


def asks_several(context: Context) -> bool:
    """Whether more than one figure is asked for."""
    text = context.question.text.lower()
    zh = re.findall(r"多少|几[个家名所人次]|多大", text)
    return len(zh) > 1 or bool(
        re.search(r"how (?:many|much).*\band\b|\band (?:what|how|which)\b", text)
    )


def _plain(text: str) -> str:
    percent = re.search(r"百分之([一二三四五六七八九十百零两]+)", text)
    if percent:
        return f"{chinese_number(percent.group(1))}%"
    m = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿|千|百)?", text)
    if not m:
        numeral = re.match(r"[一二三四五六七八九十百千万两]+", text)
        return str(chinese_number(numeral.group(0))) if numeral else ""
    value = float(m.group(1).replace(",", ""))
    value *= {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}.get(m.group(2) or "", 1)
    return f"{value:.12g}" + ("%" if "%" in text or "％" in text else "")
