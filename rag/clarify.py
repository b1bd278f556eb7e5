"""Asking back: when a question may mean several clauses whose answers differ, and none is meant
more than the others.

Only a question to one plan is asked back; what can be answered for all plans is. A question is
open if the headings of two to four clauses carry the whole of its matter equally, none stands
above another, and the answers read from them differ; or if it names no matter at all. More than
four would be a list to read, not a choice: then the question is answered from the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.plan import Clause
from rag.answer import Choice, Draft, Statement
from rag.context import Context
from rag.parts import Composer
from rag.question import Kind
from rag.turns.dialogue import has_matter

KINDS: tuple[Kind, ...] = ("duty", "role_check")
FEWEST, MOST = 2, 4
WHOLE = 0.9  # share of the matter from which a heading says all of it
EQUAL = 0.05  # shares this close do not tell two headings apart
CLEARLY = 0.5  # score by which a clause is meant more than the next


def open_clauses(context: Context, compose: Composer, answered: bool) -> tuple[Clause, ...]:
    """The clauses that may be meant, in text order; () where the question is clear.

    `answered` tells that the question was answered as it stands, without a matter.
    """
    question = context.question
    if question.kind not in KINDS or not context.hits:
        return ()
    if not has_matter(question) and not question.units:
        return () if answered else _examples(context)
    first = context.hits[0]
    if context.searcher.coverage(question.concepts, first.entry.own) < WHOLE:
        return ()
    alike = [
        h
        for h in context.hits
        if context.searcher.coverage(question.concepts, h.entry.own) >= WHOLE - EQUAL
        and first.score - h.score < CLEARLY
    ]
    clauses = sorted((h.clause for h in alike), key=lambda c: c.start)
    ids = {c.id for c in clauses}
    if any(a.id in ids for c in clauses for a in context.plan.ancestors(c)):
        return ()
    if not FEWEST <= len(clauses) <= MOST:
        return ()
    told = {_told(context, c, compose) for c in clauses}
    return tuple(clauses) if len(told) == len(clauses) else ()


def _examples(context: Context) -> tuple[Clause, ...]:
    """The first sections with duties, where nothing was named to choose between."""
    sections = [
        c
        for c in context.plan.clauses
        if c.level == "section" and (c.duties or any(d.duties for d in context.plan.descendants(c)))
    ]
    return tuple(sections[:MOST]) if len(sections) >= FEWEST else ()


def _told(context: Context, clause: Clause, compose: Composer) -> str:
    """What would be answered if the clause were meant."""
    hits = tuple(h for h in context.hits if h.clause.id == clause.id)
    return compose(replace(context, hits=hits)).said


def ask_back(context: Context, clauses: tuple[Clause, ...]) -> Draft:
    """The question put back, a line for each clause that may be meant."""
    lines = [Statement(context.say("which_one"), heading=True)]
    for n, choice in enumerate(choices(context, clauses), 1):
        span = context.heading(clauses[n - 1])
        lines.append(Statement(f"{n}. {choice.label}", (span,), computed=(str(n),)))
    return Draft("clarify", tuple(lines), clauses=tuple(c.id for c in clauses))


def choices(context: Context, clauses: tuple[Clause, ...]) -> tuple[Choice, ...]:
    """A choice for each clause; its question names the clause's heading."""
    text = context.question.text.strip()
    return tuple(
        Choice(
            " › ".join(context.plan.path(c)[-2:]),
            f"“{c.title}”：{text}" if context.lang == "zh" else f"{text} (“{c.title}”)",
        )
        for c in clauses
    )


def put_back(answers: Sequence[tuple[Context, Draft]]) -> tuple[Choice, ...]:
    """What may be meant, where the question is asked back."""
    return tuple(
        choice
        for context, draft in answers
        if draft.status == "clarify"
        for choice in choices(context, tuple(context.plan[c] for c in draft.clauses))
    )
