"""The plans cut into documents for other tools to search: the index's cuts, and nothing left out.

A passage of the index is a clause's own words without its heading and its duty note (责任分工):
the heading stands in the path above it, the note is looked up as duties. A foreign tool has
neither. So a clause's first document begins at its heading and its last one ends with its note; a
note that closes a section is a document of its own. Together the documents are the whole plan,
each a verbatim piece of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from eval.systems.base import Slice
from index.plan import Clause, Plan
from index.store import Index


@dataclass(frozen=True, slots=True)
class Document:
    """A piece of one clause: `text` is the source at `slice`, `title` the path to the clause."""

    slice: Slice
    clause: str
    title: str
    text: str


def documents(index: Index) -> Iterator[Document]:
    """All documents of an index, in the order of its plans and their texts."""
    starts: dict[str, list[int]] = {}
    for passage in index.passages:
        starts.setdefault(passage.clause, []).append(passage.start)
    for plan in index.plans:
        at = 0
        for clause in sorted(plan.clauses, key=lambda c: c.start):
            yield from _between(plan, at, clause.start)
            cuts = {s for s in starts.get(clause.id, [])[1:] if clause.start < s < clause.own_end}
            for start, end in pairwise((clause.start, *sorted(cuts), clause.own_end)):
                yield from _document(plan, clause, start, end)
            at = max(at, clause.own_end)
        yield from _between(plan, at, len(plan.source))


def _between(plan: Plan, start: int, end: int) -> Iterator[Document]:
    """What stands in no clause's own text, under the smallest clause around it."""
    around = [c for c in plan.clauses if c.start <= start < c.end]
    if around and start < end:
        clause = min(around, key=lambda c: c.end - c.start)
        yield from _document(plan, clause, start, min(end, clause.end))


def _document(plan: Plan, clause: Clause, start: int, end: int) -> Iterator[Document]:
    """The document of that span without white space at its ends, unless it is all white space."""
    raw = plan.source[start:end]
    text = raw.strip()
    if text:
        at = start + raw.index(text)
        path = " › ".join(filter(None, (plan.meta.title.value, *plan.path(clause))))
        yield Document(Slice(plan.id, at, at + len(text)), clause.id, path, text)
