"""Figures of the talk held together: their sum, by how much or how many times one is the larger.

Each of the questions is answered as any, by its own plan, and shown; only the sentence above is
reckoned. What is of different sorts is not held together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.plan import Figure
from index.tokens import bigrams
from rag.across.asked import Across
from rag.across.cells import Cell, Value, make_cell, of_figure
from rag.across.order import ordered
from rag.across.sheet import Sheet
from rag.answer import Draft, Statement
from rag.composers.stretch import piece
from rag.context import Context
from rag.phrases import say
from rag.question import Lang, Question
from rag.turns.slots import readable


@dataclass(frozen=True, slots=True)
class Term:
    """An answer with the figures it tells, and the one of them that was asked for."""

    cell: Cell
    told: tuple[Figure, ...]
    best: Figure | None

    @property
    def alike(self) -> list[Value]:
        """The figures told that are of one sort with the one asked for."""
        values = [_value(f) for f in self.told]
        scale = _value(self.best).scale if self.best else ""
        return [v for v in values if v.scale == scale]


def reckon(question: Question, answers: Sequence[tuple[Context, Draft]]) -> Sheet:
    """The answers in the order asked, under the sentence that holds their figures together."""
    terms = [_term(make_cell(context, draft)) for context, draft in answers]
    said = ""
    if not _of_one_figure(terms):
        said = _held_together(question.lang, question.across or Across(), terms)
    cells = tuple(t.cell for t in terms)
    return Sheet(cells, Statement(said, heading=True) if said else None)


def _term(cell: Cell) -> Term:
    """The figures lie in what the answer quotes; of several the one is asked for in whose part of
    the sentence most of the question's own words stand."""
    spans = [s for said in cell.draft.statements for s in said.spans]
    figures = dict.fromkeys(cell.draft.figures if cell.value else ())
    told = [f for f in figures if any(s.start <= f.start < s.end for s in spans)]
    best = max(told, key=lambda f: _carried(cell.context, f), default=None)
    return Term(cell, tuple(sorted(told, key=lambda f: f.start)), best)


def _carried(context: Context, figure: Figure) -> float:
    for entry in context.searcher.entries(context.plan.id):
        for sentence in entry.sentences:
            if sentence.start <= figure.start < sentence.end:
                lo, hi = piece(context, sentence, figure)
                beside = frozenset(bigrams(context.reading.text[lo:hi]))
                return context.searcher.coverage(context.question.concepts, beside)
    return 0.0


def _value(figure: Figure) -> Value:
    """The figure as a value; that it is to be reached (达到) goes without saying."""
    value = of_figure(figure)
    return replace(value, text=REACHED.sub("", value.text))


REACHED = re.compile(r"^(?:力争)?达到?(?=\d)")


def _of_one_figure(terms: Sequence[Term]) -> bool:
    """Whether two questions are answered by one and the same figure: nothing lies between."""
    best = {(t.cell.context.plan.id, t.best.start) for t in terms if t.best}
    return len(terms) > 1 and len(best) == 1 and all(t.best for t in terms)


def _held_together(lang: Lang, across: Across, terms: Sequence[Term]) -> str:
    labels = _labels([t.cell for t in terms])
    best = [_value(t.best) if t.best else None for t in terms]
    if across.total and not (across.difference or across.times):
        values = terms[0].alike if len(terms) == 1 else [v for v in best if v]
        return _sum(lang, values) if len(values) > 1 else ""
    sums = [_sum(lang, t.alike) for t in terms if across.total and len(t.alike) > 1]
    if across.total:
        best = [_summed(t) for t in terms]
    cells = [
        replace(t.cell, label=label, value=value)
        for t, label, value in zip(terms, labels, best, strict=True)
    ]
    held = ordered(lang, replace(across, total=False), cells)
    return (" " if lang == "en" else "").join([*sums, held])


def _summed(term: Term) -> Value | None:
    """The figures that the answer tells, as one."""
    values = term.alike
    if not values or len(values) == 1 or values[0].scale == "percent":
        return _value(term.best) if term.best else None
    number = sum(v.number for v in values)
    return replace(values[0], number=number, text=f"{number:.12g}{values[0].unit}")


def _sum(lang: Lang, values: Sequence[Value]) -> str:
    """What the figures come to; that they are not added up where they are of different sorts."""
    if len({v.scale for v in values}) > 1:
        return say(lang, "not_comparable")
    if values[0].scale == "percent":
        return say(lang, "not_added")
    amount = f"{sum(v.number for v in values):.12g}{values[-1].unit}"
    said = say(lang, "sum", x=amount, parts=" + ".join(v.text for v in values))
    return said + (say(lang, "bounded") if any(v.bound in BOUNDS for v in values) else "")


# words that make a figure a bound, as against those that say that it is to be reached
BOUNDS = ("以上", "以下", "以内", "超过", "突破", "不低于", "不少于", "不超过", "至少")


def _labels(cells: Sequence[Cell]) -> list[str]:
    """What tells the answers apart: the place, the year, or the matter."""
    asked = [c.context.question for c in cells]
    places = [c.context.place for c in cells]
    if len(set(places)) == len(cells) and len({q.matter for q in asked}) == 1:
        return places
    years = ["、".join(say(q.lang, "year", year=y) for y in q.years) for q in asked]
    if len(set(years)) == len(cells) and all(years):
        return years
    matters = [AIMED.sub("", readable(q)) or place for q, place in zip(asked, places, strict=True)]
    if len(set(places)) == 1:
        return matters
    return [f"{p}{m}" for p, m in zip(places, matters, strict=True)]


AIMED = re.compile(r"^(?:要|需要?|得|应)+|(?:要|需要|得)+$")  # 要建书屋, 书屋要
