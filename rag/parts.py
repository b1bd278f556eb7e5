"""The parts of the assistant that can be exchanged, to measure what each is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from index.plan import Plan
from index.units import UnitNames
from rag import check
from rag.answer import Draft, Statement
from rag.composers import (
    by_measure,
    contact,
    duty,
    figure,
    ground,
    listing,
    meta,
    more,
    quoted,
    related,
    role_check,
    stands_for,
    tally,
    tasks,
    when,
)
from rag.confidence import judged
from rag.context import Context
from rag.question import Kind

Composer = Callable[[Context], Draft]
Judge = Callable[[Context, Draft], Draft]
Gate = Callable[[Statement, Plan, UnitNames, str], bool]

COMPOSERS: dict[Kind, tuple[Composer, ...]] = {
    "duty": (duty.compose,),
    "tasks": (tasks.compose,),
    "role_check": (role_check.compose,),
    "tally": (tally.compose,),
    "figure": (by_measure.compose, listing.enumeration, related.no_figure),
    "figure_check": (figure.check,),
    "when": (figure.span, when.compose, figure.length),
    "meta": (meta.compose,),
    "list": (listing.compose,),
    "measure": (listing.how,),
    "contact": (contact.compose,),
    "document": (meta.document,),
    "ground": (ground.compose,),
    "more": (more.compose,),
    "quote": (quoted.compose,),
    "stands_for": (stands_for.compose,),
}
# kinds answered from facts, without a search
UNSEARCHED = ("meta", "tasks", "tally", "contact", "document", "more", "quote")


@dataclass(frozen=True, slots=True)
class Parts:
    """What an assistant is made of.

    `composers` are tried in order for each kind of question; `gate` decides whether a statement
    is shown; `rerank` is whether clauses are ordered by all evidences or by fusion alone; `judge`
    refuses where a draft is not about the question; `absence` is whether what only another plan
    names is refused by name.
    """

    composers: Mapping[Kind, tuple[Composer, ...]] = field(default_factory=lambda: COMPOSERS)
    gate: Gate = check.holds
    rerank: bool = True
    judge: Judge = judged
    absence: bool = True
