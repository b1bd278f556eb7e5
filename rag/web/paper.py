"""A plan's text as paragraphs to read on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from index.plan import Plan
from index.reading import Reading, read

Span = tuple[int, int, str]  # a stretch of the source, and the class it is shown with
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


def told_apart(plan: Plan, first: int, last: int, spans: Sequence[Span]) -> Iterator[str]:
    """As `paragraphs`, each of the spans in a <span> of its class; of two that overlap the first
    that begins."""
    reading = _reading(plan.source)
    first, last = reading.from_source(first, last)
    found = sorted((*reading.from_source(a, b), name) for a, b, name in spans)
    lines = reading.lines
    for begin, stop in lines[bisect_right(lines, first, key=lambda line: line[1]) :]:
        at, b = max(begin, first), min(stop, last)
        if at >= b:
            break
        inner = ""
        for start, end, name in found:
            p, q = max(start, at), min(end, b)
            if p < q and (start >= at or start < begin):
                inner += shown(reading.text[at:p])
                inner += f'<span class="{name}">{shown(reading.text[p:q])}</span>'
                at = q
        yield f"<p>{inner}{shown(reading.text[at:b])}</p>"


@lru_cache(maxsize=READ_PLANS)
def _reading(source: str) -> Reading:
    return read(source)
