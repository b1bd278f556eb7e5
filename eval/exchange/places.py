"""Ids of pieces of plans, and finding a text that another tool hands back.

A piece of a plan is named `plan:start-end` (offsets into the plan's text, end exclusive), so that
an id can be read without the file that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from eval.evidence import Piece, covers
from eval.exchange.documents import Document, documents
from eval.systems.base import Slice
from index.errors import InputError
from index.store import Index

# Keeps the rank of something retrieved that stands in no plan: it is empty, so it covers nothing.
# Leaving it out would move all below it up and flatter the system.
ELSEWHERE = Slice("elsewhere", 0, 0)
# "~2" tells repeats of one piece apart where a format wants every id once.
SPAN_ID = re.compile(r"(?P<plan>.+):(?P<start>\d{1,9})-(?P<end>\d{1,9})(?:~\d+)?", re.DOTALL)


def span_id(slice_: Slice) -> str:
    """`plan:start-end`.

    >>> span_id(Slice("plan", 10, 25))
    'plan:10-25'
    """
    return f"{slice_.plan}:{slice_.start}-{slice_.end}"


def read_span_id(text: str) -> Slice | None:
    """The slice that an id names, None where it is no such id.

    >>> read_span_id("plan:10-25~2"), read_span_id("doc7")
    (Slice(plan='plan', start=10, end=25), None)
    """
    found = SPAN_ID.fullmatch(text)
    return Slice(found["plan"], int(found["start"]), int(found["end"])) if found else None


def spaceless(text: str) -> str:
    """An id for formats whose fields end at white space; `unquote` of urllib undoes it.

    >>> spaceless("plan a:0-9")
    'plan%20a:0-9'
    """
    return "".join(quote(c, safe="") if _breaks(c) else c for c in text)


def _breaks(character: str) -> bool:
    return character.isspace() or not character.isprintable() or character == "%"


spaced = unquote


@dataclass(frozen=True, slots=True)
class Places:
    """Where texts stand: the plans' sources by id and the documents by their span's id."""

    sources: Mapping[str, str]
    documents: Mapping[str, Document]
    _by_text: Mapping[str, Slice]

    @classmethod
    def of(cls, index: Index) -> Places:
        """The places of an opened index."""
        cut = {span_id(d.slice): d for d in documents(index)}
        by_text: dict[str, Slice] = {}
        for document in cut.values():
            by_text.setdefault(titled(document), document.slice)
        for passage in index.passages:
            slice_ = Slice(passage.plan, passage.start, passage.end)
            by_text.setdefault(passage.text.strip(), slice_)
        return cls({p.id: p.source for p in index.plans}, cut, by_text)

    def find(self, text: str) -> Slice | None:
        """Where a document or passage reads so, path and all, else its first place in the plans."""
        wanted = text.strip()
        if wanted in self._by_text:
            return self._by_text[wanted]
        for plan, source in self.sources.items():
            at = source.find(wanted) if wanted else -1
            if at >= 0:
                return Slice(plan, at, at + len(wanted))
        return None

    def named(self, id_: str) -> Slice | None:
        """The slice an id names, None where it is no id of a span.

        Raises InputError for a span of a plan that is not here, or beyond its end.
        """
        slice_ = read_span_id(id_)
        if slice_ in (None, ELSEWHERE):
            return slice_
        if slice_.plan not in self.sources:
            raise InputError(f"{id_}: unknown plan {slice_.plan!r}; the index does not hold it")
        length = len(self.sources[slice_.plan])
        if not slice_.start <= slice_.end <= length:
            raise InputError(f"{id_}: no piece of {slice_.plan!r}, which ends at {length}")
        return slice_

    def holding(self, piece: Piece) -> Iterator[str]:
        """Ids of the documents that cover a piece of evidence, in their order."""
        plans = {place.plan for place in piece.places}
        for id_, document in self.documents.items():
            if document.slice.plan in plans and covers(piece, document.slice):
                yield id_


def titled(document: Document) -> str:
    """A document's text under its path, for formats without a field for titles."""
    return f"{document.title}\n{document.text}" if document.title else document.text
