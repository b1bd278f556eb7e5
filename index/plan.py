"""The data of the whole program: a plan read as a tree of clauses with duties and figures.

All positions (`start`, `end`) are offsets into the stored source text of the plan, end exclusive,
so that every fact can be shown as a verbatim slice of the file it came from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["lead", "responsible", "participant", "support", "guide"]
Level = Literal[
    "plan", "front", "annex", "part", "section", "item", "subitem", "paragraph", "term", "tail"
]
# of the root and of what stands around the text itself: no clauses that assign anything
OUTSIDE: tuple[Level, ...] = ("plan", "front", "tail")
DutySource = Literal["own", "inherited", "none"]
Status = Literal["issued", "draft", ""]

ROLE_ZH: dict[Role, str] = {
    "lead": "牵头单位",
    "responsible": "责任单位",
    "participant": "参加单位",
    "support": "配合单位",
    "guide": "指导单位",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One unit with the role that the text gives it (牵头, 责任, 参加, 配合, 指导)."""

    unit: str
    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DutyNote:
    """A duty note (责任分工): its span, its duties in the text's order, and what it ends in.

    `open_roles` are the roles whose list ends in 等, that is, need not be complete.
    """

    start: int
    end: int
    duties: tuple[Duty, ...]
    open_roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit of measure, e.g. 每年培育3000名以上 or 超过17.5%.

    `value` is the plain number (1.5万 -> 15000.0; percent stays 17.5). `bound` is the word that
    bounds it (超过, 不低于, 以上 …) or "". `year` is the year the sentence ties it to, or None;
    `per_year` tells a yearly figure (每年) from a total.
    """

    text: str
    value: float
    unit: str
    bound: str
    year: int | None
    per_year: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the tree. `start:end` covers it with all below it; `start:own_end` its own text.

    The own texts of all clauses of a plan, in order, add up to the source text without gap.
    `text` is the own text as read (page breaks and markup undone). `notes` are duty notes that
    stand in the own text; `duties` are those that hold here, own or inherited, and `note` is
    where they are written.
    """

    id: str
    level: Level
    number: str
    title: str
    text: str
    start: int
    own_end: int
    end: int
    parent: str | None
    children: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    duty_source: DutySource = "none"
    note: DutyNote | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the list of units ends in 等."""
        return bool(self.note and self.note.open_roles)

    @property
    def label(self) -> str:
        """Number and title as shown in a path; a clause without title shows how it begins."""
        if self.title:
            return f"{self.number}{self.title}"
        head = self.text.removeprefix(self.number).strip()
        cut = min((p for p in (head.find(c) for c in "，。；：、") if p > 0), default=len(head))
        short = head[: min(cut, LABEL_CHARS)]
        return f"{self.number}{short}…" if head else self.number

    def units(self, *roles: Role) -> tuple[str, ...]:
        """Units holding any of `roles` (all roles if none is given), text order, no repeats."""
        found = (d.unit for d in self.duties if not roles or d.role in roles)
        return tuple(dict.fromkeys(found))


LABEL_CHARS = 18  # an untitled clause is named by its beginning; longer no longer fits a path line


@dataclass(frozen=True, slots=True)
class Fact:
    """A metadata value and where the text says it; `start == end` where a person supplied it."""

    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a plan says of itself. A field the reader could not find is an empty Fact."""

    title: Fact = Fact("")
    issuer: Fact = Fact("")
    date: Fact = Fact("")
    number: Fact = Fact("")
    status: Fact = Fact("")
    period: Fact = Fact("")
    basis: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: its source text, its metadata and its clauses in text order, root first.

    `shown` is how the place is written where another held place bears the same name; "" where its
    own name is enough.
    `pages` holds the offset at which each page of the file begins; () where it has no pages.
    """

    id: str
    place: str
    aliases: tuple[str, ...]
    level: str
    province: str
    city: str
    source: str
    file: str
    sha256: str
    meta: Metadata
    clauses: tuple[Clause, ...]
    pages: tuple[int, ...] = ()
    shown: str = ""
    _by_id: dict[str, Clause] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._by_id.update({c.id: c for c in self.clauses})

    def __getitem__(self, clause_id: str) -> Clause:
        return self._by_id[clause_id]

    def parent(self, clause: Clause) -> Clause | None:
        """The clause above, or None for the root."""
        return self._by_id[clause.parent] if clause.parent else None

    def children(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses directly below, in text order."""
        return tuple(self._by_id[c] for c in clause.children)

    def ancestors(self, clause: Clause) -> Iterator[Clause]:
        """The clauses above, nearest first, root last."""
        at = self.parent(clause)
        while at is not None:
            yield at
            at = self.parent(at)

    def descendants(self, clause: Clause) -> Iterator[Clause]:
        """The clauses below, in text order."""
        for child in self.children(clause):
            yield child
            yield from self.descendants(child)

    def path(self, clause: Clause) -> tuple[str, ...]:
        """Labels from the part down to the clause; the root itself is left out."""
        up = [clause, *self.ancestors(clause)]
        return tuple(c.label for c in reversed(up) if c.level not in ("plan", "front"))

    def page(self, offset: int) -> int | None:
        """The page, from 1, that an offset into the source stands on; None without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None

    @property
    def name(self) -> str:
        """The place as it is shown, or the id where no place is known."""
        return self.shown or self.place or self.id

    @property
    def where(self) -> str:
        """The place with the city that tells it from another of its name, without a title; the
        id where no place is known."""
        city, place, _ = self.shown.partition(self.place) if self.place else ("", "", "")
        return (city if place else "") + self.place or self.id


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded: a piece of one clause's own text, preceded by the path to it.

    `start:end` is the piece's span in the source; `clause` is the parent link.
    """

    id: str
    plan: str
    clause: str
    start: int
    end: int
    text: str
