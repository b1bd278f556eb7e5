"""Sets of units: those an answer names against those expected.

Expected are the must items that name a unit, each with its alternatives. Named are the units that
the lexicon (index.units) finds in the answer; words for many (各乡镇, 有关部门) are none and are
judged as claims. Where the answer labels roles (牵头单位：… 责任单位：…) a question for the lead is
answered by what is labelled so. A name is expected if it is the same body as one of the
alternatives, or one of the two holds the other's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.gold import Gold
from eval.measures.answers import fold
from index import wording
from index.units import Identity, Mention, UnitNames

TYPES = ("lead_unit", "lead_unit_none", "participants")
LABEL = re.compile(rf"(?:{wording.LABEL.pattern}){wording.COLON}")
MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question wants of units: one entry a body, and the wordings that are wrong."""

    items: tuple[tuple[str, ...], ...]
    wrong: tuple[str, ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of the expected units are named, and how many are named."""

    shared: int
    named: int
    expected: int
    wrong: bool

    @property
    def exact(self) -> float:
        """1 if the sets are equal and nothing wrong is said, else 0."""
        return float(self.shared == self.named == self.expected and not self.wrong)

    @property
    def f1(self) -> float:
        """Twice the shared ones over both sizes: 2 of 3 named, 4 expected gives 4/7."""
        return 2 * self.shared / (self.named + self.expected)


def expected(gold: Gold, names: UnitNames) -> Expected:
    """The must and must_not items that name units; empty for the types that are not TYPES."""
    if gold.type not in TYPES:
        return Expected((), ())
    items = tuple(m for m in gold.must if any(_mentions(a, names) for a in m))
    wrong = tuple(x for x in gold.must_not if _mentions(x, names))
    return Expected(items, wrong, lead=gold.type == "lead_unit")


def overlap(answer: str, want: Expected, names: UnitNames) -> Overlap:
    """The units of the answer held against the expected ones, of which there must be one."""
    text = MARK.sub("", answer)
    named: list[tuple[str, Identity]] = []
    for mention in _mentions(_led(text) if want.lead else text, names):
        if not any(mention.identity.same(other) for _, other in named):
            named.append((mention.text, mention.identity))
    left = list(want.items)
    shared = 0
    for name, identity in named:
        hit = next((i for i in left if _same(name, identity, i, names)), None)
        if hit is not None:
            left.remove(hit)
            shared += 1
    said = fold(answer)
    wrong = any(fold(x) in said for x in want.wrong)
    return Overlap(shared, len(named), len(want.items), wrong)


def _mentions(text: str, names: UnitNames) -> list[Mention]:
    """The bodies named; a bracket right after a name explains it: 县委党校（行政学院）."""
    found: list[Mention] = []
    for mention in names.mentions(text):
        explains = found and text[found[-1].end : mention.start] == "（"
        if not explains and not names.is_collective(mention.identity):
            found.append(mention)
    return found


def _led(text: str) -> str:
    """What is labelled as leading, with what comes before any label; all where nothing is."""
    labels = list(LABEL.finditer(text))
    if not any(m.group("lead") for m in labels):
        return text
    ends = [m.start() for m in labels[1:]] + [len(text)]
    kept = [text[m.end() : end] for m, end in zip(labels, ends, strict=True) if m.group("lead")]
    return text[: labels[0].start()] + "\n" + "\n".join(kept)


def _same(name: str, identity: Identity, item: Sequence[str], names: UnitNames) -> bool:
    return any(
        name in alternative
        or alternative in name
        or any(identity.same(m.identity) for m in names.mentions(alternative))
        for alternative in item
    )
