"""What a statement is held against: the words it cites, and the facts read out of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from index.figures import find_figures
from index.plan import Figure, Plan
from index.reading import quote, read
from index.tokens import squeeze
from index.units import UnitNames
from rag.answer import Span
from rag.check import GLOSS
from rag.llm.roles import Binding, Groups, bindings, groups, named

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SENTENCE = re.compile(r"[^。；;\n]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Cited words. `text` is as written, `pool` squeezed, with the headings they stand under.

    `lists` are the units of a role where it is told, each list by itself: a part of a list is
    another list.
    """

    text: str
    pool: str
    figures: tuple[Figure, ...]
    lists: tuple[Groups, ...]

    @property
    def duties(self) -> frozenset[Binding]:
        """All (role, unit) pairs."""
        return frozenset((r, u) for group in self.lists for r, us in group.items() for u in us)

    def is_open(self, units: Iterable[str]) -> bool:
        """Whether a list of these units ends in 等 where it is written."""
        return any(f"{unit}等" in self.pool for unit in units)

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            f"{self.text}\n{other.text}",
            f"{self.pool}\n{other.pool}",
            self.figures + other.figures,
            self.lists + other.lists,
        )


def of_line(line: str, headings: Iterable[str], units: UnitNames, lang: str) -> Evidence:
    """Of one line of a checked answer; the headings of the clauses it cites may be named, too."""
    reading = read(line)
    found = find_figures(reading, 0, len(reading.text))
    return Evidence(
        text=line,
        pool=squeeze("\n".join((line, *headings))),
        figures=tuple(_with_year(f, line) for f in found) if lang == "en" else found,
        lists=(groups(bindings(GLOSS.sub("", line), units) or ()),),
    )


def _with_year(figure: Figure, line: str) -> Figure:
    """The figure with the year that an English line names before it."""
    years = [int(y) for y in YEAR.findall(line[: figure.start])]
    return replace(figure, year=years[-1]) if years else figure


def of_span(span: Span, plans: Mapping[str, Plan], units: UnitNames) -> Evidence:
    """Of a slice of a plan: its words, the clause's figures within it, and its duties."""
    plan = plans[span.plan]
    clause = plan[span.clause]
    text = quote(plan.source, span.start, span.end)
    told = (bindings(sentence, units) for sentence in SENTENCE.findall(text))
    duties = {
        (d.role, name)
        for d in clause.duties
        if span.start <= d.start < span.end
        for _, _, name in named(d.unit, units)
    }
    return Evidence(
        text=text,
        pool=squeeze("\n".join((text, *plan.path(clause)))),
        figures=tuple(f for f in clause.figures if span.start <= f.start < span.end),
        lists=(groups(duties), *(groups(t) for t in told if t)),
    )
