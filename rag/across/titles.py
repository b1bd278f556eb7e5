"""How alike two headings, or two ways of saying one thing, are."""

from __future__ import annotations

import re
from functools import lru_cache

from index.tokens import bigrams
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


TITLES_KEPT = 20_000  # headings cut once; aligning plans looks at each of them many times


@lru_cache(maxsize=TITLES_KEPT)
def pairs(title: str) -> frozenset[str]:
    """The pairs of characters that tell a heading from others."""
    general = "|".join(asking()["generic"]["words"])
    return frozenset(p for part in re.split(general, title) for p in bigrams(part))
