"""What several plans have in common: their actions by like headings, their figures by like phrases.

A heading that another plan has not does not mean that the other says nothing of the matter; only
the search through its text can tell that (rag/assistant.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.plan import OUTSIDE, Clause, Plan
from rag.across.alignment import Piece, align, named
from rag.tasks.rows import Target

PART = "part"  # a part of the text holds actions; it is one only where it has a note of its own
SEPARATOR = "、"
YEARS = re.compile(r"(?:到|至)?20\d\d年(?:底|末|前)?，?|每年")
NUMBERS = re.compile(r"[\d.．]+")  # other figures of the phrase say nothing of its matter
# what introduces a matter or says whose it is: 力争全县…, 我市…
LEADING = re.compile(r"^(?:其中|以及|力争|确保|努力|要)*(?:[全我本][省市县区州旗镇乡])?")


@dataclass(frozen=True, slots=True)
class Action:
    """A matter that has a heading of its own; `clauses` is plan id -> clause id."""

    title: str
    clauses: Mapping[str, str]


def actions(plans: Sequence[Plan]) -> tuple[Action, ...]:
    """The actions of the plans, those that most of them share first, else as the texts go."""
    headed = [(plan, clause) for plan in plans for clause in plan_actions(plan)]
    pieces = [Piece(clause.title, plan.id) for plan, clause in headed]
    found = [
        Action(
            named([headed[n][1].title for n in group]),
            {headed[n][0].id: headed[n][1].id for n in group},
        )
        for group in align(pieces)
    ]
    return tuple(sorted(found, key=lambda a: -len(a.clauses)))


def plan_actions(plan: Plan) -> tuple[Clause, ...]:
    """The headed clauses that have duties, or are sections of such."""
    above = {
        up.id
        for c in plan.clauses
        if c.duty_source == "own" and c.duties
        for up in plan.ancestors(c)
        if up.level != PART
    }
    return tuple(
        c
        for c in plan.clauses
        if c.title and c.level not in OUTSIDE and (c.duties or c.id in above)
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """One plan's figure for a matter that several may set."""

    plan: str
    target: Target


@dataclass(frozen=True, slots=True)
class Indicator:
    """A matter with the figures that the plans set for it, all in one unit of measure, all of
    them yearly or none."""

    name: str
    unit: str
    per_year: bool
    figures: tuple[Measured, ...]

    @property
    def places(self) -> int:
        """How many plans set it."""
        return len({m.plan for m in self.figures})


def indicators(targets: Mapping[str, Sequence[Target]]) -> tuple[Indicator, ...]:
    """The plans' figures by matter, those that most plans set first; `targets` by plan id.

    A plan may set one for several years. Figures in other units of measure are other indicators.
    """
    told = [Measured(plan, t) for plan, found in targets.items() for t in found]
    pieces = [
        Piece(
            NUMBERS.sub("", measured_name(m.target)),
            (m.plan, m.target.figure.year),
            (m.target.figure.unit, m.target.figure.per_year),
        )
        for m in told
    ]
    found = [
        Indicator(
            named([measured_name(told[n].target) for n in group]),
            told[group[0]].target.figure.unit,
            told[group[0]].target.figure.per_year,
            tuple(told[n] for n in group),
        )
        for group in align(pieces)
        if measured_name(told[group[0]].target)
    ]
    return tuple(sorted(found, key=lambda i: -i.places))


def measured_name(target: Target) -> str:
    """What a figure measures: its part of the phrase, without the figure and its year."""
    figure = target.figure.text
    parts = target.phrase.split(SEPARATOR)
    part = next((p for p in parts if figure in p), target.phrase)
    return LEADING.sub("", YEARS.sub("", part.replace(figure, "", 1)).strip("，。：: "))
