"""What a number stands for: the sentences of the plan that print it, with its unit.

25%是指什么 gives the number and asks what it counts. Every figure of the plan is held against it,
in whatever clause; where the question says more of the matter, or the talk is about a clause, the
sentences that fit that come first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.figures import MEASURES, SCALE
from index.numbering import chinese_number
from index.plan import Figure
from rag.answer import Draft, Statement
from rag.asking_shapes import told_in_digits
from rag.composers.stretch import stretch, stretch_statement
from rag.context import Context
from rag.hits import Entry, Sentence

NUMBER = re.compile(
    rf"(?P<n>\d[\d,]*(?:\.\d+)?)(?P<scale>百万|千万|[百千万亿])?(?P<unit>{MEASURES})?"
    r"|百分之(?P<share>[一二三四五六七八九十百]{1,4})"
)
ALIKE_UNITS = ({"个", "家", "所", "座", "处"}, {"人", "名", "位"}, {"%", "个百分点"})
MOST = 3  # sentences told; a number that stands in more is a common one
SHORT = 90  # characters of a sentence told whole; of a longer one the part with the number
FITS = 0.5  # share of the matter from which a sentence is the one meant


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that prints the number."""

    entry: Entry
    sentence: Sentence
    figure: Figure
    fits: float


def compose(context: Context) -> Draft:
    """What the plan says with each of the numbers; that it does not print one."""
    lines: list[Statement] = []
    clauses: dict[str, None] = {}
    figures: list[Figure] = []
    absent: list[Statement] = []
    for number in filter(told_in_digits, context.question.numbers):
        places = _places(context, number)
        if not places:
            absent.append(Statement(context.say("absent", term=number), heading=True))
        for place in places:
            lines.append(_told(context, place))
            clauses[place.entry.clause.id] = None
            figures.append(place.figure)
    if not figures:
        return Draft("not_mentioned", tuple(absent))
    # of several places each may have been asked about its own number
    said = tuple(dict.fromkeys((*lines, *(absent if context.question.alone else ()))))
    return Draft("answered", said, clauses=tuple(clauses), figures=tuple(figures))


def _told(context: Context, place: Place) -> Statement:
    lo, hi = place.sentence.lo, place.sentence.hi
    if hi - lo > SHORT:
        lo, hi = stretch(context, place.sentence, [place.figure])
    return stretch_statement(context, place.entry, lo, hi)


def _places(context: Context, number: str) -> list[Place]:
    """The sentences that print the number, those meant where the question tells which."""
    wanted = _amount(number)
    if wanted is None:
        return []
    found = [
        Place(entry, sentence, figure, _fits(context, entry, sentence))
        for entry in context.searcher.entries(context.plan.id)
        for sentence in entry.sentences
        for figure in entry.clause.figures
        if sentence.start <= figure.start < sentence.end and _same(wanted, figure)
    ]
    pointed = [p for p in found if p.entry.clause.id in context.question.within]
    meant = [p for p in pointed or found if p.fits >= FITS]
    return (meant or pointed or found)[:MOST]


def _fits(context: Context, entry: Entry, sentence: Sentence) -> float:
    """How much of what the question says of the number the sentence carries."""
    concepts = context.question.concepts
    if not concepts:
        return 0.0
    return context.searcher.coverage(concepts, sentence.pairs | entry.own)


def _amount(number: str) -> tuple[float, str] | None:
    """The value that was named and its unit, "" where none was said."""
    found = NUMBER.search(number.replace("％", "%"))
    if found is None:
        return None
    if found["share"]:
        return float(chinese_number(found["share"])), "%"
    value = float(found["n"].replace(",", "")) * SCALE[found["scale"] or ""]
    return value, found["unit"] or ""


def _same(wanted: tuple[float, str], figure: Figure) -> bool:
    value, unit = wanted
    if abs(figure.value - value) > EQUAL * max(value, 1.0):
        return False
    alike = any(unit in units and figure.unit in units for units in ALIKE_UNITS)
    return not unit or unit == figure.unit or alike


EQUAL = 1e-9
