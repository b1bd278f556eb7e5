"""Evidence: where the gold pieces stand in the plans, and what covers them.

Relevance is overlap in the source text, never a passage's id, so that systems that cut the plans
differently are judged by the same rule. A slice covers a piece if they share at least half of the
shorter of the two: a whole clause covers the piece inside it, and a short citation inside a long
piece covers it, while a neighbour that touches its edge does not.

A ranking of slices is rewritten as a ranking of evidence before it is measured. Each slice is
replaced by the pieces it covers that no slice before it covered, or, if it covers none of them,
stays as an entry that is not relevant. Every piece then stands at most once, and the best order
has all pieces on top, however many of them one passage holds: the usual measures stay within 0
and 1 and can be handed to any tool that reads TREC files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eval.gold import Gold
from eval.systems.base import Slice

SHARED = 0.5  # of the shorter of piece and slice; see above


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence and everywhere it stands in the plans of its question."""

    text: str
    places: tuple[Slice, ...]


class Judged(NamedTuple):
    """One entry of a ranking of evidence: the number of the piece, or None if not relevant."""

    piece: int | None
    slice: Slice


def locate(gold: Gold, sources: Mapping[str, str]) -> tuple[Piece, ...]:
    """The question's evidence in its order; `places` is () for a piece that stands nowhere.

    `sources` are the plans' texts by id. A piece that repeats an earlier one is left out, as is
    any other that stands exactly where an earlier one stands.
    """
    found: dict[tuple[Slice, ...] | str, Piece] = {}
    for text in dict.fromkeys(gold.evidence):
        places = tuple(
            Slice(plan, at, at + len(text))
            for plan in gold.doc
            for at in _occurrences(text, sources.get(plan, ""))
        )
        found.setdefault(places or text, Piece(text, places))
    return tuple(found.values())


def _occurrences(text: str, source: str) -> list[int]:
    found, at = [], source.find(text)
    while at >= 0:
        found.append(at)
        at = source.find(text, at + 1)
    return found


def overlap(a: Slice, b: Slice) -> int:
    """Characters that two slices share; 0 in different plans."""
    return max(0, min(a.end, b.end) - max(a.start, b.start)) if a.plan == b.plan else 0


def covers(piece: Piece, slice_: Slice) -> bool:
    """Whether the slice covers the piece at one of its places."""
    size = slice_.end - slice_.start
    return size > 0 and any(
        overlap(place, slice_) >= SHARED * min(place.end - place.start, size)
        for place in piece.places
    )


def judged(retrieved: Sequence[Slice], pieces: Sequence[Piece]) -> tuple[Judged, ...]:
    """The ranking rewritten as a ranking of evidence.

    >>> a, b = (Piece(t, (Slice("p", n, n + 9),)) for t, n in (("a", 0), ("b", 10)))
    >>> [j.piece for j in judged([Slice("p", 50, 60), Slice("p", 0, 20)], [a, b])]
    [None, 0, 1]
    """
    found: list[Judged] = []
    seen: set[int] = set()
    for slice_ in retrieved:
        new = [n for n, p in enumerate(pieces) if n not in seen and covers(p, slice_)]
        found += [Judged(n, slice_) for n in new] or [Judged(None, slice_)]
        seen.update(new)
    return tuple(found)


def ranks(retrieved: Sequence[Slice], pieces: Sequence[Piece]) -> tuple[int | None, ...]:
    """For each piece its rank, from 1, in the ranking of evidence; None if not there."""
    at = {j.piece: n for n, j in enumerate(judged(retrieved, pieces), 1) if j.piece is not None}
    return tuple(at.get(n) for n in range(len(pieces)))
