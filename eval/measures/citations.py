"""Citations: whether they cover the evidence, and whether their quotes stand as they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from eval.evidence import Piece, covers
from eval.systems.base import Quote

# What a quote leaves out of its slice: white space and what page layout left in the text. Written
# anew here, so that the quotes are not judged by the code that made them.
LEFT_OUT = (
    r"(?:[\s*\ufeff\u200b-\u200d\u2060]|\[bookmark:[^\]\n]*\]"
    r"|[—–-]{1,2}\s*\d{1,4}\s*[—–-]{1,2})*"
)


def recall(citations: Sequence[Quote], pieces: Sequence[Piece]) -> float:
    """Share of the evidence pieces, of which there must be one, that a citation covers."""
    return sum(any(covers(p, c.slice) for c in citations) for p in pieces) / len(pieces)


def precision(citations: Sequence[Quote], pieces: Sequence[Piece]) -> float:
    """Share of the citations that cover a piece of evidence; 0 without citations.

    A citation given twice counts twice, so the value stays within 0 and 1.
    """
    if not citations:
        return 0.0
    return sum(any(covers(p, c.slice) for p in pieces) for c in citations) / len(citations)


def verbatim(citation: Quote, sources: Mapping[str, str]) -> bool:
    """Whether the quote is the plan's text[start:end] but for white space and page layout."""
    source = sources.get(citation.plan, "")
    if not (citation.quote and 0 <= citation.start < citation.end <= len(source)):
        return False
    letters = [re.escape(char) for char in citation.quote if not char.isspace()]
    pattern = LEFT_OUT + LEFT_OUT.join(letters) + LEFT_OUT
    return re.fullmatch(pattern, source[citation.start : citation.end]) is not None
