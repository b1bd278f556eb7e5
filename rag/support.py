"""Whether a clause really is about what was asked, so that an answer may be given from it.

A refusal needs the literal and the semantic evidence to fail together. Literal: how much of the
matter, by weight, the clause covers; a word of the language that no plan has weighs in full.
Semantic: the z-score of the passage's cosine among all passages.
"""

from __future__ import annotations

from rag.context import Context
from rag.search import Hit

# Fitted on eval/gold/*.dev.jsonl: the line that refuses most unanswerable questions while
# keeping the answerable ones (see python -m eval fit).
LITERAL, SEMANTIC, MIN = 0.62, 0.13, 0.62


def support(hit: Hit) -> float:
    """Evidence, about 0 to 1.2, that the clause is about the matter."""
    return max(hit.coverage, hit.sentence_coverage) * 0.8 + SEMANTIC * max(0.0, hit.dense)


def supported(context: Context, hit: Hit) -> bool:
    """Whether to answer from the clause."""
    if not context.question.concepts:
        return False
    return support(hit) >= MIN
