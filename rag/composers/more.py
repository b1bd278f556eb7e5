"""What else the clause last answered holds: 还有呢.

After a figure the other figures of the clause, each with the words of its comma clause; after
anything else its other sentences. What the last answer said already is left out.
"""

from __future__ import annotations

import re

from index.reading import quote
from rag.answer import Draft, Span, Statement
from rag.check import squeeze
from rag.context import Context
from rag.hits import Entry, Sentence

MARK = re.compile(r"\[\d+\]")
MAX_CHARS = 420  # as for how: read at a glance
COMMA = re.compile(r"[^，,；;]+[，,；;]?")


def compose(context: Context) -> Draft:
    """The rest of the clauses pointed at, figures first."""
    entries = [
        e
        for e in context.searcher.entries(context.plan.id)
        if e.clause.id in context.question.within
    ]
    lines = [squeeze(MARK.sub("", x)) for x in context.question.said.split("\n")]
    said = [x.rstrip("。") for x in lines if x.rstrip("。")]
    parts = [s for e in entries for s in _figures(context, e, said)]
    if not parts:
        parts = [s for e in entries for s in _sentences(context, e, said)]
    if not parts:
        return context.not_mentioned("nothing_else") if entries else context.not_mentioned()
    return Draft("answered", tuple(parts))


def _figures(context: Context, entry: Entry, said: list[str]) -> list[Statement]:
    """Stretches of comma clauses with figures of the clause that were not yet said."""
    figures = [f for f in entry.clause.figures if not any(squeeze(f.text) in x for x in said)]
    if len(figures) == len(entry.clause.figures):
        return []  # no figure of this clause was what was asked
    found: list[Statement] = []
    for sentence in entry.sentences:
        inside = [f for f in figures if sentence.start <= f.start < sentence.end]
        if inside:
            found.append(_stretch(context, entry, sentence, [f.start for f in inside]))
    return found


def _stretch(context: Context, entry: Entry, sentence: Sentence, at: list[int]) -> Statement:
    """From the comma clause of the first figure to that of the last."""
    text = context.reading.text
    inner = [context.reading.from_source(a, a + 1)[0] for a in at]
    spans = [m.span() for m in COMMA.finditer(text, sentence.lo, sentence.hi)]
    held = [s for s in spans if any(s[0] <= p < s[1] for p in inner)]
    lo, hi = held[0][0], held[-1][1]
    while hi > lo and text[hi - 1] in "，,；;。 ":
        hi -= 1
    span = Span(context.plan.id, entry.clause.id, *context.reading.to_source(lo, hi))
    return Statement(text[lo:hi].strip(), (span,))


def _told(words: str, said: list[str]) -> bool:
    """Whether the sentence, or a stretch of it, is what was answered."""
    return any(line in words or words.rstrip("。；") in line for line in said)


def _sentences(context: Context, entry: Entry, said: list[str]) -> list[Statement]:
    found: list[Statement] = []
    total = 0
    for sentence in entry.sentences:
        words = quote(context.plan.source, sentence.start, sentence.end).strip()
        told = _told(squeeze(words), said)
        if told or (found and total + len(words) > MAX_CHARS):
            continue
        total += len(words)
        span = Span(context.plan.id, entry.clause.id, sentence.start, sentence.end)
        found.append(Statement(words, (span,)))
    return found
