"""What the plan says of the matter where it does not say what was asked, told as such.

"The plan does not state this number" is worth more with the sentence that speaks of the matter
beside it: a reader sees at once what stands there instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Draft, Statement
from rag.check import squeeze
from rag.composers.candidates import CLAUSES_TRIED, GOING_ON
from rag.composers.measure import tells_of_year
from rag.context import Context
from rag.hits import Hit, Sentence

RELATED = 0.35  # share of the matter that the sentence told must carry
CLOSELY = 0.5  # where nothing else says that the plan speaks of the matter at all
LONGEST = 180  # characters; a refusal is read at a glance


def instead(context: Context, negative: str, least: float = RELATED) -> Draft | None:
    """The negative with the sentence that speaks of the matter; None where none carries `least`."""
    found = best_sentence(context) if context.searchable else None
    if found is None or found[2] < least:
        return None
    hit, sentence, _ = found
    return under(context, negative, hit, sentence)


def under(context: Context, negative: str, hit: Hit, sentence: Sentence) -> Draft:
    """The negative with that sentence as what the plan says instead."""
    text = negative + context.say("related", said=brief(sentence.text))
    return Draft("not_mentioned", (Statement(text, (context.sentence_span(hit, sentence),)),))


def brief(sentence: str) -> str:
    """The sentence, a long one cut."""
    said = sentence.strip()
    return said if len(said) <= LONGEST else said[:LONGEST] + "……"


def without_detail(context: Context) -> Draft:
    """That the detail is not told, with what is said of the matter."""
    negative = context.say("no_detail")
    return instead(context, negative) or context.not_mentioned("no_detail")


def no_figure(context: Context) -> Draft:
    """That no number is stated, with what is said of the matter."""
    negative = context.say("no_figure")
    return instead(context, negative) or context.not_mentioned("no_figure")


def best_sentence(
    context: Context, named: Sequence[str] = (), holding: Sequence[str] = ()
) -> tuple[Hit, Sentence, float] | None:
    """The sentence that carries most of the matter, with its heading, and the share carried.

    A sentence that goes on from the one before leaves what that said unsaid, so it counts, a
    little less. A sentence that prints one of the things `named` carries all of it; with `holding`
    only those count that print, with their heading, all of these.
    """
    best: tuple[float, float, Hit, Sentence] | None = None
    concepts = context.question.concepts
    for hit in context.hits[:CLAUSES_TRIED]:
        before: Sentence | None = None
        for sentence in hit.entry.sentences:
            if any(h not in squeeze(hit.clause.title + sentence.text) for h in holding):
                before = sentence
                continue
            own = context.searcher.coverage(concepts, sentence.pairs)
            carried = context.searcher.coverage(concepts, sentence.pairs | hit.entry.own)
            if before and not holding:
                both = context.searcher.coverage(concepts, sentence.pairs | before.pairs)
                carried = max(carried, GOING_ON * both)
            if any(t in sentence.text or t in hit.clause.title for t in named):
                carried = 1.0
            before = sentence
            years = context.question.years
            if years and not any(tells_of_year(sentence.text, y) for y in years):
                carried *= OTHER_YEAR
            value = carried + OWN * own
            if best is None or value > best[0]:
                best = value, carried, hit, sentence
    return (best[2], best[3], best[1]) if best else None


OTHER_YEAR = 0.3  # what a sentence of another year is worth where a year is asked for
OWN = 0.5  # what the sentence itself says counts more than what only its heading says
