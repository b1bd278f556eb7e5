"""How alike two headings, or two ways of saying one thing, are."""

from __future__ import annotations

import re
from functools import lru_cache

from index.tokens import bigrams
from rag.answer import Draft
from rag.context import Context
from rag.lexicon import asking


def alike(a: str, b: str) -> float:
    """Jaccard share, 0 to 1, of the pairs of characters two headings have, general words aside."""
    first, second = pairs(a), pairs(b)
    union = first | second
    return len(first & second) / len(union) if union else 0.0


def within(a: str, b: str) -> float:
    """Share, 0 to 1, of the shorter one's pairs of characters that the other has too."""
    first, second = pairs(a), pairs(b)
    least = min(len(first), len(second))
    return len(first & second) / least if least else 0.0


def headings_told(context: Context, draft: Draft) -> list[str]:
    """The headings of the clauses that a draft tells, in its order."""
    return [t for i in draft.clauses if (t := context.plan[i].title)]


def of_one_matter(a: str, b: str) -> bool:
    """Whether two headings may name one matter; a short one may lie within a longer."""
    held = len(pairs(a) & pairs(b)) >= HELD and within(a, b) >= WITHIN
    return held or alike(a, b) >= TITLES_ALIKE


TITLES_ALIKE = 0.34  # share of the pairs of characters that headings of one matter have in common
HELD, WITHIN = 3, 0.4  # pairs of characters that both have, and their share of the shorter one's
TITLES_KEPT = 20_000  # headings cut once; aligning plans looks at each of them many times


@lru_cache(maxsize=TITLES_KEPT)
def pairs(title: str) -> frozenset[str]:
    """The pairs of characters that tell a heading from others."""
    general = "|".join(asking()["generic"]["words"])
    return frozenset(p for part in re.split(general, title) for p in bigrams(part))
