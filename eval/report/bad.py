"""What is bad about a run, found by computation and put worst first.

    groups     types, plans and languages of which the whole interval lies below the overall value
    kinds      how many questions have each kind of fault
    measures   those of which the whole interval lies below what is asked of them

A share that is low by chance alone has an interval that reaches up to the rest, and is not told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eval.measures.definitions import MEASURES
from eval.report.failures import Case, counted
from eval.runs import Item
from eval.summary import Estimate, Part, by, estimate, refusal

PARTS: tuple[Part, ...] = ("type", "plan", "lang")
# What is asked of a measure: nine in ten, the round figure below which a reader would begin to
# check every answer. A quote is copied, so all of them must be verbatim: one that is not is bad,
# whatever the interval says.
FLOOR = 0.9
FLOORS = {"verbatim": 1.0}
# Told elsewhere (correct is the overall value, refused enters precision and recall), or below 1
# for right answers too: a full answer is longer than a person's short one, and gold names only
# the evidence that must be cited.
NOT_ASKED = ("correct", "refused", "char_f1", "citation_precision")
SHOWN = 5  # of each list: what is taken in at a glance; the tables below have the rest


class Low(NamedTuple):
    """A group that is right less often than the whole."""

    part: Part
    name: str
    n: int
    right: int
    share: Estimate


class LowMeasure(NamedTuple):
    """A measure, or `refusal_precision` or `refusal_recall`, below its floor."""

    name: str
    value: Estimate
    floor: float


class Bad(NamedTuple):
    """The three lists, worst first."""

    groups: tuple[Low, ...]
    kinds: tuple[tuple[str, int], ...]
    measures: tuple[LowMeasure, ...]

    def __bool__(self) -> bool:
        return any((self.groups, self.kinds, self.measures))


def bad(items: Sequence[Item], wrong: Sequence[Case]) -> Bad:
    """What is bad about the items, of which `wrong` are the wrong ones."""
    return Bad(groups(items), tuple(counted(wrong)), measures(items))


def groups(items: Sequence[Item]) -> tuple[Low, ...]:
    """The groups whose interval ends below the overall share right, lowest share first.

    Of 20 answers, 16 right: .8. A type with 1 of 5 right has .036 to .624 (Wilson) and is below
    it; one with 3 of 5 has .231 to .882 and is not. Where many groups are looked at, about one in
    forty lies below by chance.
    """
    whole = estimate(items, "correct")
    if whole is None:
        return ()
    found = []
    for part in PARTS:
        for name, members in by(items, part).items():
            share = estimate(members, "correct")
            if share and share.high < whole.value:
                right = sum(i.right for i in members)
                found.append(Low(part, name, len(members), right, share))
    return tuple(sorted(found, key=lambda low: (low.share.value, -low.n)))


def measures(items: Sequence[Item]) -> tuple[LowMeasure, ...]:
    """The measures whose interval ends below their floor, farthest below first.

    One that is asked to be 1 is there if it is less.
    """
    refusing = refusal(items)
    values: dict[str, Estimate | None] = {
        m.name: estimate(items, m.name) for m in MEASURES if m.rises and m.name not in NOT_ASKED
    }
    values |= {"refusal_precision": refusing.precision, "refusal_recall": refusing.recall}
    found = [
        LowMeasure(name, value, FLOORS.get(name, FLOOR))
        for name, value in values.items()
        if value and _below(value, FLOORS.get(name, FLOOR))
    ]
    return tuple(sorted(found, key=lambda low: low.value.value - low.floor))


def _below(value: Estimate, floor: float) -> bool:
    return (value.value if floor == 1 else value.high) < floor
