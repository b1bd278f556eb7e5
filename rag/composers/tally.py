"""Which unit a plan gives the most to: its duty notes counted by unit, never by their wording.

Counted are the notes of the plan, of the section whose heading the question names (四项重点工程),
or of the clauses that the talk is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.plan import Clause, Role
from rag.answer import Draft, Statement
from rag.asking_shapes import COUNTED
from rag.composers.tasks import title_of
from rag.context import Context
from rag.phrases import ROLE
from rag.question import ROLES, concepts_of

HEADED = 0.6  # share of the matter from which a heading is the section meant


@dataclass(slots=True)
class Tally:
    """A unit as first printed, with the clauses whose notes name it in the role counted."""

    unit: str
    clauses: list[Clause]


def compose(context: Context) -> Draft:
    """The unit or units named by the most notes, with what each has; the rest is not told."""
    noted = _noted(context)
    role = _role(context)
    if role and not any(c.units(role) for c in noted):
        return _without(context, noted, role)
    counted = _counted(context, noted, role)
    if context.question.units:
        return _among(context, counted)
    most = max((len(t.clauses) for t in counted), default=0)
    if not most:
        return context.not_mentioned("no_unit")
    told = [t for t in counted if len(t.clauses) == most]
    lines = tuple(_line(context, t, role) for t in told)
    if most < len(noted) and IN_ALL.search(context.question.text.lower()):
        none = context.say("in_none_of_all", n=len(noted))
        lines = (Statement(none, computed=(str(len(noted)),), heading=True), *lines)
    ids = tuple(dict.fromkeys(c.id for t in told for c in t.clauses))
    return Draft("answered", lines, clauses=ids, amount=most)


# 四项都有份, in all of them: the most will not do where it is not all
IN_ALL = re.compile(r"[项个条块大程动务作里面头](?:都|全)|\ball\b|\bevery one\b")


def _among(context: Context, counted: Sequence[Tally]) -> Draft:
    """Of the units asked about each with what it has, the most first."""
    asked = [u.identity for u in context.question.units]
    found = [t for t in counted if any(context.units.identity(t.unit).same(i) for i in asked)]
    if not found:
        return context.not_mentioned("no_unit")
    found.sort(key=lambda t: -len(t.clauses))
    lines = tuple(_line(context, t, _role(context)) for t in found)
    ids = tuple(dict.fromkeys(c.id for t in found for c in t.clauses))
    return Draft("answered", lines, clauses=ids, amount=len(found[0].clauses))


def _role(context: Context) -> Role | None:
    """The role that is counted; None where any counts."""
    return context.question.roles[0] if context.question.roles else None


def _noted(context: Context) -> list[Clause]:
    """The clauses with notes of their own that are counted."""
    noted = [c for c in context.plan.clauses if c.duty_source == "own"]
    for above in (context.question.within, _section(context)):
        kept = [c for c in noted if {c.id, *(a.id for a in context.plan.ancestors(c))} & {*above}]
        if len(kept) > (1 if context.question.units else 0):  # in one clause none has more
            return kept
    return noted


def _section(context: Context) -> Sequence[str]:
    """The clause whose heading carries what the question speaks of, if one does."""
    matter = COUNTED.sub(" ", context.question.matter)
    concepts = concepts_of(matter) if context.lang == "zh" else context.question.concepts
    if not re.search(r"\w", matter):
        return ()
    carried = [
        (context.searcher.coverage(concepts, entry.own), -len(entry.clause.id), entry.clause.id)
        for entry in context.searcher.entries(context.plan.id)
    ]
    best = max(carried, default=(0.0, 0, ""))
    return (best[2],) if best[0] >= HEADED else ()


def _counted(context: Context, noted: Sequence[Clause], role: Role | None) -> list[Tally]:
    found: list[Tally] = []
    for clause in noted:
        for unit in dict.fromkeys(clause.units(*((role,) if role else ROLES))):
            identity = context.units.identity(unit)
            own = (t for t in found if context.units.identity(t.unit).same(identity))
            tally = next(own, None)
            if tally is None:
                tally = Tally(unit, [])
                found.append(tally)
            tally.clauses.append(clause)
    organs = [t for t in found if context.units.is_organ(context.units.identity(t.unit))]
    return organs or found  # 各乡镇 and the like are no single unit


def _line(context: Context, tally: Tally, role: Role | None) -> Statement:
    n = str(len(tally.clauses))
    named = ROLE[context.lang][role] if role else context.say("listed")
    head = context.say("tasks_listed", role=named, n=n)
    titles = context.say("comma").join(title_of(context, c) for c in tally.clauses)
    # a title is vouched for by the note's own path
    notes = (context.note_spans(c)[: 1 if c.title else None] for c in tally.clauses)
    spans = tuple(dict.fromkeys(s for note in notes for s in note))
    text = context.name(tally.unit) + context.say("colon") + head + titles
    return Statement(text, spans, computed=(n,))


def _without(context: Context, noted: Sequence[Clause], role: Role) -> Draft:
    """No note has the role: that is the answer."""
    if not noted:
        return context.not_mentioned("no_unit")
    said = context.say("no_role_at_all", role=ROLE[context.lang][role])
    return Draft("answered", (Statement(said, context.note_spans(noted[0])),), amount=0)
