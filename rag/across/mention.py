"""Which plans speak of a matter at all, by the literal and the semantic search together.

A plan speaks of it if one of its sentences, with its heading, carries nearly as much of the matter
as the best sentence of any plan does; and, where nobody says it literally, if its passage lies as
close in meaning as the closest. That it does not is said only where both fail, or where a thing
that is named and that others print is missing here (rag.absent).
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.across.cells import best_sentence, one_sentence
from rag.answer import Draft
from rag.context import Context

NEARLY = 0.72  # of the share of the matter that the best plan's sentence carries
ENOUGH = 0.5  # share that a sentence must carry to be about the matter at all
CLOSE = 0.35  # standard deviations of cosine within which passages are as close in meaning
FAR = 2.0  # below this a passage is not close in meaning to the matter


def mentions(contexts: Sequence[Context], absent: Sequence[str]) -> list[Draft]:
    """A draft for each plan: its best sentence, or that it does not mention the matter.

    `absent` gives for each plan the named thing it lacks, or "".
    """
    named = [term for term in absent if term]
    found = [best_sentence(c, named) for c in contexts]
    literal = [f[2] if f else 0.0 for f in found]
    dense = [max((h.dense for h in c.hits), default=0.0) for c in contexts]
    top, closest = max(literal, default=0.0), max(dense, default=0.0)
    drafts = []
    for context, share, near, missing in zip(contexts, literal, dense, absent, strict=True):
        says = share >= max(ENOUGH, NEARLY * top)
        if top < ENOUGH:
            says = near >= max(FAR, closest - CLOSE)
        if missing:
            drafts.append(context.not_mentioned("absent", term=missing))
        elif says:
            drafts.append(one_sentence(context))
        else:
            drafts.append(context.not_mentioned())
    return drafts
