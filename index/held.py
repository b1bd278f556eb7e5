"""What is known of the held plans together, without opening any: a card a plan, and their terms.

A question needs of plans that it does not ask no more than this: their places, the units that they
name, the words of their headings. A term knows the plans that have it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.definitions import defined
from index.placenames import told_apart
from index.plan import Plan
from index.postings import Postings
from index.reading import Reading
from index.texts import QUOTED
from index.tokens import bigrams, normalise, squeeze

LATIN = re.compile(r"[a-z]{2,}")
# The kinds of terms: units in any note that holds for a clause; those in a clause's own note; pairs
# of characters and words of the headings; words in Latin letters; what stands in quotation marks,
# as the source has it and as it is compared; two names of one thing, by a tab apart.
KINDS = ("unit", "own", "heading", "latin", "quoted", "squeezed", "defined")


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of a plan where several are told of. `number` is the document's own number;
    `content` is a digest of the text as it is compared, the same whatever the file's encoding."""

    id: str
    place: str
    aliases: tuple[str, ...]
    level: str
    province: str
    city: str
    title: str
    number: str
    file: str
    sha256: str
    content: str = ""
    shown: str = ""

    @property
    def name(self) -> str:
        """What the plan is called among the others held (`Plan.name`)."""
        return self.shown or self.place or self.id


def card_of(plan: Plan, reading: Reading) -> Card:
    """The plan's card."""
    return Card(
        plan.id, plan.place, plan.aliases, plan.level, plan.province, plan.city,
        plan.meta.title.value, plan.meta.number.value, plan.file, plan.sha256, content_of(reading),
    )  # fmt: skip


def content_of(reading: Reading) -> str:
    """A digest of the text as it is compared."""
    text = squeeze(reading.text).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()


def terms_of(plan: Plan, reading: Reading) -> set[tuple[str, str]]:
    """The plan's terms, each with its kind."""
    source = normalise(plan.source)
    found = {("unit", d.unit) for c in plan.clauses for d in c.duties}
    found |= {("own", d.unit) for c in plan.clauses if c.duty_source == "own" for d in c.duties}
    found |= {("heading", b) for c in plan.clauses for b in bigrams(c.title)}
    found |= {("latin", w) for w in LATIN.findall(source)}
    found |= {("quoted", q) for q in QUOTED.findall(source)}
    found |= {("squeezed", squeeze(q)) for q in QUOTED.findall(reading.text)}
    found |= {("defined", f"{one}\t{other}") for one, other in defined(plan.source).items()}
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one segment: term k is of kinds[k] and stands in plans held.of(k), by number."""

    words: Sequence[str]
    kinds: NDArray[np.uint8]
    held: Postings

    @classmethod
    def build(cls, of_plans: Sequence[Iterable[tuple[str, str]]]) -> Terms:
        """From the terms of each plan."""
        numbers: dict[tuple[str, str], int] = {}
        held = [{numbers.setdefault(t, len(numbers)) for t in sorted(of)} for of in of_plans]
        kinds = np.array([KINDS.index(kind) for kind, _ in numbers], dtype=np.uint8)
        return cls([word for _, word in numbers], kinds, Postings.build(held, len(numbers)))


class Held:
    """The cards of all live plans, in the order of the plans, and their terms."""

    def __init__(self, cards: Iterable[Card], parts: Sequence[tuple[Terms, Sequence[str]]]) -> None:
        """From the cards and from each segment's terms with the id of each plan, "" for a dead
        one."""
        self.cards = tuple(cards)
        self._parts = parts

    def words(self, kind: str) -> frozenset[str]:
        """The terms of that kind that a live plan has."""
        return frozenset(word for word, _, _ in self._terms(kind))

    def plans(self, kind: str) -> Mapping[str, Sequence[str]]:
        """The ids of the plans that have each term of that kind."""
        found: dict[str, list[str]] = {}
        for word, plans, ids in self._terms(kind):
            found.setdefault(word, []).extend(ids[p] for p in plans if ids[p])
        return found

    @cached_property
    def units(self) -> Mapping[str, Sequence[str]]:
        """The ids of the plans that name each unit in a clause's own note."""
        return self.plans("own")

    @cached_property
    def quoting(self) -> Mapping[str, Sequence[str]]:
        """The ids of the plans that put each word, as it is compared, in quotation marks."""
        return self.plans("squeezed")

    def _terms(self, kind: str) -> Iterator[tuple[str, list[int], Sequence[str]]]:
        """Each segment's terms of that kind that a live plan has, with the plans' numbers."""
        for terms, ids in self._parts:
            whole = all(ids)
            for k in np.flatnonzero(terms.kinds == KINDS.index(kind)).tolist():
                plans = terms.held.of(k).tolist()
                if whole or any(ids[p] for p in plans):
                    yield terms.words[k], plans, ids


def build_held(plans: Sequence[Plan], readings: Mapping[str, Reading]) -> Held:
    """From the plans of an index in memory."""
    terms = Terms.build([terms_of(p, readings[p.id]) for p in plans])
    cards = told_apart([card_of(p, readings[p.id]) for p in plans])
    return Held(cards, [(terms, [p.id for p in plans])])
