"""Figures: whether an answer gives the expected numbers, with their unit and their year.

Expected are the must items that hold a digit or a Chinese numeral. What unit and year belong to
each is read from the short answer a person gave, with the reader of index.figures, and the year
also from the question. An answer that gives the number in words (二百) is taken as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.gold import Gold
from eval.measures.answers import fold
from index.figures import find_figures
from index.plan import Figure
from index.reading import read

TYPES = ("number",)
DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万两]")
NUMERAL = r"[\d.一二三四五六七八九十百千万亿两]"
YEAR = re.compile(r"(20\d\d)年")
# Measure words that count the same things and change places freely in speech.
ALIKE = (frozenset("人名位"), frozenset(("人次", "次")), frozenset("家个所处座项门种类支场期"))


@dataclass(frozen=True, slots=True)
class Expected:
    """One figure that must be given: its accepted wordings and, where known, what it is."""

    wordings: tuple[str, ...]
    figure: Figure | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants of figures."""

    items: tuple[Expected, ...]
    wrong: tuple[str, ...]


def expected(gold: Gold) -> Wanted:
    """The must and must_not items that hold a number; empty for the types that are not TYPES."""
    if gold.type not in TYPES:
        return Wanted((), ())
    said = figures_in(gold.answer)
    asked = {int(y) for y in YEAR.findall(gold.question)}
    only = next(iter(asked)) if len(asked) == 1 else None
    items = []
    for wordings in gold.must:
        if any(DIGIT.search(w) for w in wordings):
            figure = next((f for f in said if _worded(f, wordings)), None)
            year = (figure.year or only) if figure else None
            items.append(Expected(wordings, figure, year))
    return Wanted(tuple(items), tuple(x for x in gold.must_not if DIGIT.search(x)))


def exact(answer: str, want: Wanted) -> float:
    """1 if every expected figure is given and no wrong one, else 0."""
    said = fold(answer)
    if any(_whole(x, said) for x in want.wrong):
        return 0.0
    given = figures_in(answer)
    return float(all(_given(item, said, given) for item in want.items))


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of an answer, citation marks left out."""
    reading = read(re.sub(r"\[\d+\]", "", text))
    return find_figures(reading, 0, len(reading.text))


def _given(item: Expected, said: str, given: tuple[Figure, ...]) -> bool:
    if not any(_whole(w, said) for w in item.wordings):
        return False
    figure = item.figure
    alike = [g for g in given if figure and g.value == figure.value]
    if figure is None or not alike:
        return True
    return any(
        _same_unit(g.unit, figure.unit) and (None in (g.year, item.year) or g.year == item.year)
        for g in alike
    )


def _worded(figure: Figure, wordings: tuple[str, ...]) -> bool:
    text = fold(figure.text)
    return any(_whole(w, text) for w in wordings)


def _whole(wording: str, text: str) -> bool:
    """Whether the wording stands in the text and is not a part of a longer number."""
    word = fold(wording)
    before = rf"(?<!{NUMERAL})" if re.match(NUMERAL, word) else ""
    after = rf"(?!{NUMERAL})" if re.search(NUMERAL + "$", word) else ""
    return re.search(before + re.escape(word) + after, text) is not None


def _same_unit(a: str, b: str) -> bool:
    return not (a and b) or a == b or any(a in group and b in group for group in ALIKE)
