"""Lists and counts of the plan's own parts: sections, actions, projects, items."""

from __future__ import annotations

from index.plan import Clause
from index.tokens import bigrams
from rag.answer import Draft, Statement
from rag.composers import measure
from rag.context import Context
from rag.search import Hit

TITLE_ENOUGH = 0.55  # share of the matter that a heading must carry to be the one meant
HITS_TRIED = 8


def compose(context: Context) -> Draft:
    """The headings under the clause that is meant; what only the text enumerates goes to measure."""
    q = context.question
    if not q.concepts or not _content(context):
        parts = [c for c in context.plan.clauses if c.level == "part"]
        return _titles(context, parts, 1.0)
    best: tuple[float, Hit] | None = None
    for hit in context.hits:
        if not hit.clause.children:
            continue
        own = context.searcher.coverage(q.concepts, frozenset(bigrams(hit.clause.title)))
        if own >= TITLE_ENOUGH and (best is None or own > best[0]):
            best = (own, hit)
    if best and not _better_in_text(context, best[0]):
        return children_of(context, best[1].clause, best[1].score)
    return measure.compose(context)


def enumeration(context: Context) -> Draft:
    """What was counted but is no figure: 一共几进, 几个计划 are enumerated in a sentence."""
    if context.question.per_year or context.question.years:
        return context.not_mentioned("no_figure")
    return measure.enumeration(context)


def _content(context: Context) -> bool:
    """Whether anything of the matter is found anywhere in the plan."""
    return any(h.coverage > 0 for h in context.hits)


def _better_in_text(context: Context, title: float) -> bool:
    """A sentence elsewhere that carries clearly more of the matter than the heading does."""
    top = max((h.sentence_coverage for h in context.hits[:HITS_TRIED]), default=0.0)
    return top > title + MARGIN


MARGIN = 0.3


def children_of(context: Context, clause: Clause, score: float) -> Draft:
    """The headings directly below the clause, counted."""
    below = list(context.plan.children(clause))
    if not below:
        line = Statement(clause.title or clause.text, (context.heading(clause),))
        return Draft("answered", (line,), score=score)
    return _titles(context, below, score)


def _titles(context: Context, clauses: list[Clause], score: float) -> Draft:
    n = str(len(clauses))
    head = Statement(context.say("count", n=n), computed=(n,), heading=True)
    lines = [Statement(c.title or c.label, (context.heading(c),)) for c in clauses]
    return Draft("answered", (head, *lines), score=score)
