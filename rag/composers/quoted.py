"""The passages that the last answer cited, word for word, each under its headings."""

from __future__ import annotations

from index.reading import quote
from rag.answer import Draft, Span, Statement
from rag.context import Context

MOST = 8  # passages; of more the first are quoted
LONGEST = 400  # characters of a sentence; a longer one is quoted as far as it was cited


def compose(context: Context) -> Draft:
    """The whole sentences, and the notes and headings as they were cited."""
    told = [s for s in context.question.told if s.plan == context.plan.id]
    cited = tuple(dict.fromkeys(_whole(context, s) for s in told[:MOST]))
    whole = [s for s in cited if not _is_heading(context, s)] or list(cited)
    clauses = tuple(dict.fromkeys(s.clause for s in whole))
    lines: list[Statement] = []
    for clause in clauses:
        path = " › ".join(context.plan.path(context.plan[clause]))
        if path and (context.question.alone or len(clauses) > 1):  # else the row names it
            where = context.say("stands_in", where=path)
            lines.append(Statement(where, heading=True))
        for span in (s for s in whole if s.clause == clause):
            said = quote(context.plan.source, span.start, span.end).strip()
            lines.append(Statement(said, (span,)))
    return Draft("answered", tuple(lines), clauses=clauses) if lines else context.not_mentioned()


def _is_heading(context: Context, span: Span) -> bool:
    """Whether nothing but the number and title of a clause was cited."""
    heading = context.heading(context.plan[span.clause])
    return span.start >= heading.start and span.end <= heading.end


def _whole(context: Context, span: Span) -> Span:
    """The sentence that the passage is a part of."""
    for entry in context.searcher.entries(context.plan.id):
        if entry.clause.id != span.clause:
            continue
        for sentence in entry.sentences:
            inside = sentence.start <= span.start and span.end <= sentence.end
            if inside and sentence.end - sentence.start <= LONGEST:
                return Span(span.plan, span.clause, sentence.start, sentence.end)
    return span
