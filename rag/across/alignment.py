"""Which headings or phrases of several plans name one matter.

Pairs that are alike enough (titles.alike) are joined, the most alike first, unless that would put
two of one owner into one group: a plan has an action once. Only pieces that share a pair of
characters are compared, so a hundred plans take no longer than their like headings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rag.across.titles import alike, pairs
from rag.across.twins import SAME


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading or phrase. Two of one `owner` are never joined, nor are two unlike in `kind`."""

    text: str
    owner: Hashable
    kind: Hashable = None


def align(pieces: Sequence[Piece]) -> list[tuple[int, ...]]:
    """The pieces' numbers in groups of one matter, each piece in one, groups in text order."""
    group = list(range(len(pieces)))
    members = {n: [n] for n in group}
    for _, a, b in sorted(_like(pieces), key=lambda found: (-found[0], found[1:])):
        first, second = sorted((group[a], group[b]))
        if first == second or _owners(pieces, members[first]) & _owners(pieces, members[second]):
            continue
        moved = members.pop(second)
        members[first] += moved
        for n in moved:
            group[n] = first
    return [tuple(sorted(found)) for _, found in sorted(members.items())]


def named(texts: Sequence[str]) -> str:
    """The text that stands for a group: the one most often used, the shortest of several."""
    counts = Counter(texts)
    return min(counts, key=lambda t: (-counts[t], len(t)))


def _owners(pieces: Sequence[Piece], numbers: Sequence[int]) -> set[Hashable]:
    return {pieces[n].owner for n in numbers}


def _like(pieces: Sequence[Piece]) -> list[tuple[float, int, int]]:
    """(likeness, first, second) of the pairs that name one matter."""
    holding: dict[tuple[Hashable, str], list[int]] = defaultdict(list)
    found = []
    for n, piece in enumerate(pieces):
        own = pairs(piece.text)
        for other in sorted({m for p in own for m in holding[piece.kind, p]}):
            if pieces[other].owner != piece.owner:
                likeness = alike(pieces[other].text, piece.text)
                if likeness >= SAME:
                    found.append((likeness, other, n))
        for pair in own:
            holding[piece.kind, pair].append(n)
    return found
