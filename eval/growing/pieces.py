"""Evidence for drafts: verbatim pieces of the source, within a line, that stand there only once.

A piece begins as the words that prove something (a heading, a list of units, a sentence). Page
breaks cut some of them, so each line gives a piece of its own. A piece that stands several times
in the plan grows to the right, unit by unit or phrase by phrase, then to the left, until it
stands once or its line is used up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.passages import body_span
from index.plan import Clause, Duty, Plan
from index.reading import Reading

STOP = re.compile(r"[。；;，,、）)〕\]：:]")
SENTENCE = re.compile(r"[^。；;！？\n]+")
PHRASE = re.compile(r"[^，,。；;！？：:\n]+")
BLANK = " \t\u3000\xa0\r\x0b\x0c\ufeff"
# A scrap of a unit's name left on a line by a page break proves nothing.
SHORTEST = 4


class Span(NamedTuple):
    """A stretch of the reading text."""

    lo: int
    hi: int


def path_to(plan: Plan, clause: str) -> str:
    """The headings above a clause and its own, "" for no clause."""
    return " › ".join(plan.path(plan[clause])) if clause else ""


def pieces(source: str, start: int, end: int, grow: bool = True) -> tuple[str, ...]:
    """The lines of source[start:end] as evidence, each standing once where that can be had."""
    found = []
    at = start
    for line in source[start:end].split("\n"):
        lo, hi = at, at + len(line)
        at = hi + 1
        while lo < hi and source[lo] in BLANK:
            lo += 1
        while hi > lo and source[hi - 1] in BLANK:
            hi -= 1
        if hi - lo >= SHORTEST or (hi > lo and "\n" not in source[start:end]):
            found.append(_once(source, lo, hi) if grow else source[lo:hi])
    return tuple(dict.fromkeys(found))


def _once(source: str, lo: int, hi: int) -> str:
    line_start = source.rfind("\n", 0, lo) + 1
    line_end = source.find("\n", hi)
    line_end = len(source) if line_end < 0 else line_end
    while source.count(source[lo:hi]) > 1 and hi < line_end:
        stop = STOP.search(source, hi + 1, line_end)
        hi = stop.end() if stop else line_end
    while source.count(source[lo:hi]) > 1 and lo > line_start:
        lo -= 1
    bare = source[lo:hi].rstrip("、，,；;" + BLANK)
    return (bare if source.count(bare) == 1 else source[lo:hi]).strip(BLANK)


def heading(plan: Plan, reading: Reading, clause: Clause) -> tuple[str, ...]:
    """Number and title as printed, with the full stop that ends them; () without a title."""
    lo, hi = reading.from_source(clause.start, clause.own_end)
    size = len(clause.number + clause.title)
    if not clause.title or lo + size > hi:
        return ()
    if reading.text[lo + size : lo + size + 1] == "。":
        size += 1
    return pieces(plan.source, *reading.to_source(lo, lo + size))


def of_leads(plan: Plan, clause: Clause) -> tuple[str, ...]:
    """The note from its beginning to the last lead unit."""
    leads = [d for d in _written(clause) if d.role == "lead"]
    if not clause.note or not leads:
        return ()
    return pieces(plan.source, clause.note.start, max(d.end for d in leads))


def of_others(plan: Plan, clause: Clause) -> tuple[str, ...]:
    """The note from the label of the units that do not lead to the last of them."""
    written = _written(clause)
    others = [d for d in written if d.role != "lead"]
    if not clause.note or not others:
        return ()
    before = [d.end for d in written if d.end <= others[0].start]
    start = max(before, default=clause.note.start)
    while start < others[0].start and plan.source[start] in "；;，,、。牵头 \n":
        start += 1
    return pieces(plan.source, start, max(d.end for d in others))


def of_duty(plan: Plan, clause: Clause, unit: str) -> tuple[str, ...]:
    """The unit's name in the clause's note, with as much around it as makes it stand once."""
    found = next((d for d in _written(clause) if d.unit == unit), None)
    return pieces(plan.source, found.start, found.end) if found else ()


def _written(clause: Clause) -> tuple[Duty, ...]:
    return clause.note.duties if clause.note else ()


def of_span(plan: Plan, reading: Reading, span: Span) -> tuple[str, ...]:
    """A stretch of the reading text as it stands in the source."""
    return pieces(plan.source, *reading.to_source(*span))


# -- sentences and phrases ----------------------------------------------------------------


def sentences(reading: Reading, clause: Clause) -> list[Span]:
    """The sentences of the clause's own words, without heading, note and closing mark."""
    return list(_cut(SENTENCE, reading, Span(*body_span(reading, clause))))


def phrases(reading: Reading, span: Span) -> list[Span]:
    """The comma clauses of a sentence."""
    return list(_cut(PHRASE, reading, span))


def _cut(pattern: re.Pattern[str], reading: Reading, span: Span) -> Iterator[Span]:
    for m in pattern.finditer(reading.text, *span):
        yield Span(*m.span())
