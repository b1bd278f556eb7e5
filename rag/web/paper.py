"""A plan's text as paragraphs to read on the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from index.plan import Plan
from index.reading import Reading, read

READ_PLANS = 64  # readings kept; one is some 10 ms of work and 100 kB


def shown(raw: object) -> str:
    """The text as HTML that reads as written, whatever it holds."""
    return escape(str(raw), quote=True)


def paragraphs(plan: Plan, first: int, last: int, quote: tuple[int, int] = (0, 0)) -> Iterator[str]:
    """The paragraphs of a stretch of the source, page breaks and markup undone, the quote in
    <mark>; `quote` is its span in the source, empty for none."""
    reading = _reading(plan.source)
    first, last = reading.from_source(first, last)
    start, end = reading.from_source(*quote)
    for begin, stop in reading.lines:
        a, b = max(begin, first), min(stop, last)
        if a >= b:
            continue
        p, q = min(max(start, a), b), min(max(end, a), b)
        inner = shown(reading.text[a:p])
        if p < q:
            inner += f"<mark>{shown(reading.text[p:q])}</mark>"
        yield f"<p>{inner}{shown(reading.text[q:b])}</p>"


@lru_cache(maxsize=READ_PLANS)
def _reading(source: str) -> Reading:
    return read(source)
