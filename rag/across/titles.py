"""How alike two headings, or two ways of saying one thing, are."""

from __future__ import annotations

import re

from index.tokens import bigrams
from rag.lexicon import asking


def alike(a: str, b: str) -> float:
    """Jaccard share, 0 to 1, of the pairs of characters two headings have, general words aside."""
    first, second = _pairs(a), _pairs(b)
    union = first | second
    return len(first & second) / len(union) if union else 0.0


def within(a: str, b: str) -> float:
    """Share, 0 to 1, of the shorter one's pairs of characters that the other has too."""
    first, second = _pairs(a), _pairs(b)
    least = min(len(first), len(second))
    return len(first & second) / least if least else 0.0


def _pairs(title: str) -> frozenset[str]:
    general = "|".join(asking()["generic"]["words"])
    return frozenset(p for part in re.split(general, title) for p in bigrams(part))
