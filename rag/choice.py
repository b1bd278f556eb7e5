"""Which plans are asked when a question names none: all of a few, the likeliest of many.

A thousand answers one below the other help nobody, and composing each costs milliseconds. So of
many plans only those are asked whose best clause scores highest; where units are looked up instead
of clauses, those that print the unit asked for, its own name before a name that is only like it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from index.held import Held
from index.units import Mention, UnitNames
from rag.answer import Draft
from rag.composers.tasks import likeness
from rag.context import Context
from rag.hits import Hit
from rag.parts import UNSEARCHED
from rag.question import Question
from rag.search import Searcher

# A dozen answers still fit one page; a city has about as many districts and counties.
PLANS_ASKED = 12
# Held against each other are more, but no more than a table of some pages and ten seconds hold.
ACROSS_ASKED = 100
FEW = 5  # plans of which each may say what it is; of more, the one that is spoken of
TELLING = 2  # concepts beside the framing that tell which
UNITS_KEPT = 1000  # units asked for whose plans are remembered


class PlanChooser:
    """Chooses among the plans of an index."""

    def __init__(self, held: Held, units: UnitNames, searcher: Searcher) -> None:
        self._size = len(held.cards)
        self._units = units
        self._searcher = searcher
        self._held = held
        self._likest = lru_cache(UNITS_KEPT)(self._like)

    def ranked(
        self, question: Question, plans: Sequence[str]
    ) -> tuple[list[str], dict[str, tuple[Hit, ...]]]:
        """The ids of the plans to ask, in the order given, and the clauses searched of each."""
        named = bool(question.plans) or len(plans) < self._size
        many = self._size if named else ACROSS_ASKED if question.across else PLANS_ASKED
        of_one = question.kind == "meta" and not (named or question.across)
        if of_one and self._titled(question, plans):
            ranked = self._searcher.rank(question, plans, 1)
            return [p for p in plans if p in ranked], {}
        if question.kind in UNSEARCHED:
            return self._by_unit(question, plans, many), {}
        ranked = self._searcher.rank(question, plans, many)
        return [p for p in plans if p in ranked], ranked

    def _titled(self, question: Question, plans: Sequence[str]) -> bool:
        """Whether the question about a document says which: it has a matter, and there are many."""
        return len(plans) > FEW and len(question.concepts) >= TELLING

    def printed(self, asked: Mention, plans: Collection[str]) -> bool:
        """Whether a duty note of any of the plans names the unit, or a name like it."""
        likest = self._likest(asked)
        return any(p in likest for p in plans)

    def _by_unit(self, question: Question, plans: Sequence[str], many: int) -> list[str]:
        if len(plans) <= many:
            return list(plans)
        likest = [self._likest(u) for u in question.units if question.kind == "tasks"]
        unlike = 1 + max((d for found in likest for d in found.values()), default=0)
        order = sorted(plans, key=lambda p: min((f.get(p, unlike) for f in likest), default=0))
        chosen = set(order[:many])
        return [p for p in plans if p in chosen]

    def _like(self, asked: Mention) -> Mapping[str, int]:
        """By plan, the nearest likeness of a unit it prints to the one asked."""
        found: dict[str, int] = {}
        for unit, plans in self._held.units.items():
            degree = likeness(self._units, asked, unit)
            for plan in plans if degree else ():
                found[plan] = min(degree, found.get(plan, degree))
        return found


def one_a_place(
    question: Question, answers: list[tuple[Context, Draft]]
) -> list[tuple[Context, Draft]]:
    """Of several plans of one place that was named, the one that answers best.

    Where all plans are spoken of, or a unit's tasks are asked for, each has its say.
    """
    if question.across or question.all_plans or question.kind in UNSEARCHED or not question.plans:
        return answers
    best: dict[str, tuple[Context, Draft]] = {}
    for answer in answers:
        held = best.get(answer[0].plan.place)
        if held is None or _weight_of(*answer) > _weight_of(*held):
            best[answer[0].plan.place] = answer
    return [a for a in answers if not a[0].plan.place or best[a[0].plan.place] is a]


def _weight_of(context: Context, draft: Draft) -> tuple[bool, float]:
    return draft.status == "answered", context.best
