"""Whether a clause really is about what was asked, so that an answer may be given from it.

Three evidences together. Literal: the share of the matter, by weight, that the clause carries.
Semantic: the z-score of its passage's cosine among all passages, which carries lay speech.
Elsewhere: how much more of the matter some clause of another plan carries; words that a
neighbour's plan has and this one lacks are the sign that this one does not say it, while words
that no plan has are more often lay speech than a missing matter.
"""

from __future__ import annotations

from rag.context import Context
from rag.search import Hit

# Fitted on eval/gold/*.dev.jsonl, where these separate the answerable questions from the
# unanswerable ones whose matter is missing (see docs/developers.md, "When to refuse").
SEMANTIC, ELSEWHERE = 0.2, 1.0
ENOUGH = 0.45
ENOUGH_EN = 0.40  # English words reach the Chinese through a dictionary, so fewer are carried


def support(
    context: Context,
    hit: Hit,
    carried: float,
    semantic: float = SEMANTIC,
    elsewhere: float = ELSEWHERE,
) -> float:
    """Evidence, about -0.5 to 2, that a text carrying `carried` of the matter is about it."""
    gap = max(0.0, context.elsewhere - carried)
    return carried + semantic * hit.dense - elsewhere * gap


def supported(context: Context, hit: Hit) -> bool:
    """Whether to answer from the clause."""
    if not context.question.concepts:
        return False
    if context.lang == "en" and not max(hit.coverage, hit.sentence_coverage):
        return False  # not one of its words is met: closeness alone would be a guess
    enough = ENOUGH_EN if context.lang == "en" else ENOUGH
    return _carries(context, hit) >= enough


def best_support(context: Context) -> float:
    """The support of the best clause; 1 where nothing was searched."""
    return _carries(context, context.hits[0]) if context.hits else 1.0


def _carries(context: Context, hit: Hit) -> float:
    return support(context, hit, max(hit.coverage, hit.sentence_coverage))
