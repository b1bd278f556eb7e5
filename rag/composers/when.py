"""When: the year or date in the sentence that speaks of what was asked."""

from __future__ import annotations

from index.reading import quote
from rag.answer import Draft, Span, Statement
from rag.composers.figure import TIME_WORD
from rag.context import Context
from rag.search import Hit, Sentence

ENOUGH = 0.55
CLAUSES_TRIED = 12


def compose(context: Context) -> Draft:
    """The comma clauses from the time to the matter, of the sentence that carries most of it."""
    best: tuple[float, Hit, Sentence, int, int] | None = None
    for hit in context.hits[:CLAUSES_TRIED]:
        for sentence in hit.entry.sentences:
            for lo, hi in _timed_pieces(context, sentence):
                value = _carried(context, lo, hi, hit)
                if value >= ENOUGH and (best is None or value > best[0]):
                    best = (value, hit, sentence, lo, hi)
    if best is None:
        return context.not_mentioned("no_time")
    value, hit, _, lo, hi = best
    text = quote(context.plan.source, lo, hi).strip("，,；;。 ")
    span = Span(context.plan.id, hit.clause.id, lo, hi)
    return Draft("answered", (Statement(text, (span,)),), score=value)


def _timed_pieces(context: Context, sentence: Sentence) -> list[tuple[int, int]]:
    """Stretches of the sentence from one time word to the next, or whole if a time ends it."""
    source = context.plan.source
    times = [m.start() for m in TIME_WORD.finditer(source, sentence.start, sentence.end)]
    bounds = [*times, sentence.end]
    pieces = [(a, b) for a, b in zip(bounds, bounds[1:], strict=False)]
    return [(sentence.start, sentence.end), *pieces] if len(times) == 1 else pieces


def _carried(context: Context, lo: int, hi: int, hit: Hit) -> float:
    from index.tokens import bigrams

    pairs = frozenset(bigrams(quote(context.plan.source, lo, hi)))
    q = context.question
    text = context.searcher.coverage(q.concepts, pairs)
    with_heading = context.searcher.coverage(q.concepts, pairs | hit.entry.own)
    return text * 0.7 + with_heading * 0.3 - (hi - lo) * LENGTH_COST


LENGTH_COST = 0.0004  # of two stretches that say it, the shorter
