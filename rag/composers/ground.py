"""The document that one measure follows: what the clause on it names in 《…》, or by its number.

The documents that the preface names are the basis of the whole plan. A clause that names none
leaves the question open, and the plan's own number is no answer to it.
"""

from __future__ import annotations

import re

from index.metadata import NUMBER
from index.tokens import tokens
from rag.answer import Draft, Statement
from rag.composers import meta
from rag.composers.stated import cited
from rag.context import Context
from rag.hits import Hit, Sentence

NAMED = re.compile(
    rf"《[^《》]*(?:《[^》]*》[^《》]*)*》(?:\s*[（(〔]{NUMBER.pattern}[^）)]*[）)])?|{NUMBER.pattern}"
)
NUMBERED = re.compile(r"文号|几号|多少号|什么号|编号|number")
CLAUSES_TRIED, NEARLY = 4, 0.8  # clauses that carry nearly as much as the first are looked at, too
OWN = 0.9  # share of the matter from which the plan's own title is what was spoken of
ABOUT = 0.4  # share of the matter that the sentence or its heading must carry


def compose(context: Context) -> Draft:
    """The documents named in the sentence on the matter; else that the plan names none."""
    plan = context.plan
    own = frozenset(tokens(plan.meta.title.value))
    if context.searcher.coverage(context.question.concepts, own) >= OWN:
        return meta.compose(context)
    best: tuple[float, Hit, Sentence] | None = None
    for hit in context.hits[:CLAUSES_TRIED]:
        if hit.coverage < NEARLY * context.hits[0].coverage:
            continue
        for sentence in hit.entry.sentences:
            pairs = sentence.pairs | hit.entry.own
            value = context.searcher.coverage(context.question.concepts, pairs)
            if NAMED.search(sentence.text) and value >= ABOUT and (not best or value > best[0]):
                best = (value, hit, sentence)
    if best is None:
        return context.not_mentioned("no_ground")
    return _told(context, best[1], best[2])


def _told(context: Context, hit: Hit, sentence: Sentence) -> Draft:
    """The documents of the sentence; that a number asked for is not printed, where it is not."""
    label = context.say("field_basis") + context.say("colon")
    lines: list[Statement] = []
    for m in NAMED.finditer(context.reading.text, sentence.lo, sentence.hi):
        span = cited(context, *context.reading.to_source(*m.span()))
        lines.append(Statement(label + m.group(0), (span, context.sentence_span(hit, sentence))))
    numbered = any(NUMBER.search(line.text) for line in lines)
    if NUMBERED.search(context.question.text) and not numbered:
        lines.append(Statement(context.say("no_number"), heading=True))
    return Draft("answered", tuple(lines), clauses=(hit.clause.id,))
