"""What is wrong with an answer, sorted into kinds that can be counted and named in two languages.

    failed            the system gave no answer            asked_back   it asked instead
    refused_wrongly   it was answerable                    should_refuse   it was not
    lacks, holds, too_long                                 what the rule of the gold format found

The first four each stand alone: an answer that was refused also lacks all of `must`, which tells
nothing more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from eval.gold import TYPES
from eval.runs import Item
from eval.systems.base import ASKED_BACK, REFUSED

KINDS = (
    "failed", "refused_wrongly", "asked_back", "should_refuse", "lacks", "holds", "too_long",
    "other",
)  # fmt: skip
# As eval.measures.answers words them; what is worded otherwise is shown as it is (`other`).
WORDED = (
    ("lacks", re.compile(r"lacks (.+)", re.S)),
    ("holds", re.compile(r"holds (.+)", re.S)),
    ("too_long", re.compile(r"too long \((\d+) characters\)")),
)


class Fault(NamedTuple):
    """A kind of KINDS and what the kind is about: what is lacking, what must not be there."""

    kind: str
    what: str = ""


class Case(NamedTuple):
    """A wrong answer with its faults, at least one."""

    item: Item
    faults: tuple[Fault, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its faults, each once."""
        return tuple(dict.fromkeys(f.kind for f in self.faults))


def faults(item: Item) -> tuple[Fault, ...]:
    """What is wrong, at least one; () for a right answer."""
    if item.right:
        return ()
    if item.response.failed:
        return (Fault("failed", item.response.error),)
    if not item.gold.answerable:
        return (Fault("should_refuse"),)
    if item.response.status in REFUSED or item.scores.get("refused") == 1:
        return (Fault("refused_wrongly"),)
    if item.response.status == ASKED_BACK:
        return (Fault("asked_back"),)
    return tuple(_sorted(text) for text in item.faults) or (Fault("other"),)


def _sorted(text: str) -> Fault:
    for kind, worded in WORDED:
        found = worded.fullmatch(text)
        if found:
            return Fault(kind, found[1])
    return Fault("other", text)


def cases(items: Sequence[Item]) -> tuple[Case, ...]:
    """The wrong answers by type, then plan, then id."""
    wrong = [Case(i, faults(i)) for i in items if not i.right]
    return tuple(sorted(wrong, key=lambda c: _place(c.item)))


def rights(items: Sequence[Item]) -> tuple[Item, ...]:
    """The right answers in the same order."""
    return tuple(sorted((i for i in items if i.right), key=_place))


def _place(item: Item) -> tuple[int, str, str]:
    return TYPES.index(item.gold.type), item.plan, item.gold.id


def counted(found: Sequence[Case]) -> list[tuple[str, int]]:
    """(kind, how many questions have such a fault), most first, then in the order of KINDS."""
    counts = Counter(kind for case in found for kind in case.kinds)
    return sorted(counts.items(), key=lambda c: (-c[1], KINDS.index(c[0])))
