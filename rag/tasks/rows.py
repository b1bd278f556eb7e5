"""The rows of the task table: one for every clause that has a duty note of its own.

Where the note closes a section, the row is the section's and lists the items that the note holds
for; an item with a note of its own has its own row instead. So no unit is counted twice, and
nothing that a note assigns is missing. All words are the plan's: the heading or the first
sentence for a task's name, the whole text without the note for its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.plan import ROLE_ZH, Clause, Figure, Plan, Role
from index.reading import Reading

NAME_CHARS = 60  # an untitled task is named by its first sentence; longer fills a whole table cell
SENTENCE_END = re.compile("[。！？!?；;\n]")
PHRASE_END = "，。；：！？,;!?\n"
AFTER_HEADING = "。：:． \n"


@dataclass(frozen=True, slots=True)
class Source:
    """Where it stands: file, page from 1 (None where the file has none), the numbers down to the
    clause (a heading that has none by its words), and its offsets in the plan's source text."""

    file: str
    page: int | None
    number: str
    start: int
    end: int

    @property
    def label(self) -> str:
        """In words: the clause's number, the page."""
        page = f"第{self.page}页" if self.page else ""
        return " ".join(part for part in (self.number, page) if part)


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause's words: `name` is its number with heading or first sentence, `text` all of it
    without the duty note, `body` what of that stands below the heading (all, if not `titled`)."""

    clause: str
    name: str
    titled: bool
    text: str
    body: str
    source: Source

    @property
    def rest(self) -> str:
        """The body, unless the name has said all of it."""
        said = not self.titled and self.name.endswith(self.body.rstrip(AFTER_HEADING + "；;！!"))
        return "" if said else self.body


@dataclass(frozen=True, slots=True)
class Share:
    """The units of one role, in the text's order; `open` where their list ends in 等."""

    role: Role
    units: tuple[str, ...]
    open: bool

    @property
    def label(self) -> str:
        """The units as one text, an open list with its 等."""
        return "、".join(self.units) + ("等" if self.open else "")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure with the phrase it is set in; `clause` is where that stands."""

    clause: str
    phrase: str
    figure: Figure

    @property
    def label(self) -> str:
        """The phrase, with the year before it where only the sentence around it says the year."""
        year, phrase = self.figure.year, self.phrase
        if self.figure.per_year:
            return phrase if "每年" in phrase or "年均" in phrase else f"每年：{phrase}"
        return f"{year}年：{phrase}" if year and str(year) not in phrase else phrase


@dataclass(frozen=True, slots=True)
class Row:
    """A task: the clause with the note, what else the note holds for, units and figures.

    `path` are the labels above the clause, the part first.
    """

    plan: str
    place: str
    title: str
    path: tuple[str, ...]
    task: Piece
    items: tuple[Piece, ...]
    shares: tuple[Share, ...]
    targets: tuple[Target, ...]

    def share(self, role: Role) -> Share | None:
        """The units of that role, or None where the note names none."""
        return next((s for s in self.shares if s.role == role), None)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All the words in text order: the clause's own, if it has any, and its items'."""
        return (self.task, *self.items) if self.task.body or not self.items else self.items

    @property
    def text(self) -> str:
        """The whole wording, the items' included, a paragraph a line."""
        return "\n".join(p.text for p in (self.task, *self.items))

    def targets_of(self, piece: Piece) -> tuple[str, ...]:
        """The figures that stand in the piece, each phrase once."""
        items = {item.clause for item in self.items}
        found = (
            t.label
            for t in self.targets
            if (piece is self.task and not _within(t.clause, items))
            or (piece is not self.task and _within(t.clause, {piece.clause}))
        )
        return tuple(dict.fromkeys(found))

    def limited(self, items: tuple[Piece, ...]) -> Row:
        """The same with only some of its items, and with their figures."""
        out = {i.clause for i in self.items} - {i.clause for i in items}
        targets = tuple(t for t in self.targets if not _within(t.clause, out))
        return replace(self, items=items, targets=targets)

    @property
    def targets_label(self) -> str:
        """The figures as one text, each phrase once."""
        return "；".join(dict.fromkeys(t.label for t in self.targets))


def _within(clause: str, above: set[str]) -> bool:
    return any(clause == a or clause.startswith(a + ".") for a in above)


def plan_rows(plan: Plan, reading: Reading) -> tuple[Row, ...]:
    """The rows of a plan in text order; () where it assigns nothing."""
    made = _Maker(plan, reading)
    return tuple(made.row(c) for c in plan.clauses if c.duty_source == "own" and c.duties)


def plan_targets(plan: Plan, reading: Reading) -> tuple[Target, ...]:
    """All figures of a plan in text order, whether or not a note says whose they are."""
    return tuple(Target(c.id, phrase_of(reading, c, f), f) for c in plan.clauses for f in c.figures)


class _Maker:
    """Makes rows of one plan."""

    def __init__(self, plan: Plan, reading: Reading) -> None:
        self._plan = plan
        self._reading = reading

    def row(self, clause: Clause) -> Row:
        plan = self._plan
        held = tuple(self._held(clause))
        items = tuple(self._piece(c) for c in plan.children(clause) if c in held)
        note = clause.note
        shares = tuple(
            Share(role, units, bool(note and role in note.open_roles))
            for role in ROLE_ZH
            if (units := clause.units(role))
        )
        targets = tuple(
            Target(c.id, phrase_of(self._reading, c, f), f)
            for c in (clause, *held)
            for f in c.figures
        )
        return Row(
            plan=plan.id,
            place=plan.name,
            title=plan.meta.title.value,
            path=plan.path(clause)[:-1],
            task=self._piece(clause, below=not plan.children(clause)),
            items=items,
            shares=shares,
            targets=targets,
        )

    def _held(self, clause: Clause) -> Iterator[Clause]:
        """The clauses below for which the clause's note holds."""
        for child in self._plan.children(clause):
            if child.duty_source == "inherited":
                yield child
                yield from self._held(child)

    def _piece(self, clause: Clause, below: bool = True) -> Piece:
        """The clause's words, with those of what it holds below it, or its own alone."""
        own = self._own(clause)
        text = "\n".join([own, *(self._own(c) for c in self._held(clause))]) if below else own
        heading = clause.number + clause.title
        body = text.removeprefix(heading).lstrip(AFTER_HEADING)
        return Piece(
            clause=clause.id,
            name=heading if clause.title else clause.number + first_sentence(body),
            titled=bool(clause.title),
            text=text,
            body=body,
            source=self._source(clause),
        )

    def _own(self, clause: Clause) -> str:
        """The clause's own text as read, its duty note left out."""
        start, end = self._reading.from_source(clause.start, clause.own_end)
        text = self._reading.text
        note = clause.note
        if note and clause.duty_source == "own" and clause.start <= note.start < clause.own_end:
            a, b = self._reading.from_source(note.start, note.end)
            return (text[start:a].rstrip("\n") + text[b:end]).strip("\n")
        return text[start:end].strip("\n")

    def _source(self, clause: Clause) -> Source:
        up = (clause, *self._plan.ancestors(clause))
        number = "".join(c.number or c.title for c in reversed(up)).strip(" 、.．")
        page = page_of(self._plan, clause.start)
        return Source(self._plan.file, page, number, clause.start, clause.end)


def phrase_of(reading: Reading, clause: Clause, figure: Figure) -> str:
    """The stretch between punctuation marks that a figure of the clause stands in."""
    text = reading.text
    lo, hi = reading.from_source(clause.start, clause.own_end)
    start, end = reading.from_source(figure.start, figure.end)
    begin = max(text.rfind(mark, lo, start) for mark in PHRASE_END) + 1
    stops = [p for p in (text.find(mark, end, hi) for mark in PHRASE_END) if p >= 0]
    phrase = text[max(begin, lo) : min(stops, default=hi)].strip()
    return phrase.removeprefix(clause.number).strip()


def first_sentence(text: str) -> str:
    """How a text begins, for want of a heading; … where a long sentence is cut at a mark."""
    end = SENTENCE_END.search(text)
    sentence = text[: end.start()] if end else text
    if len(sentence) <= NAME_CHARS:
        return sentence
    cut = max(sentence.rfind(mark, 0, NAME_CHARS) for mark in "，、：")
    return sentence[: cut if cut > 0 else NAME_CHARS] + "…"


def page_of(plan: Plan, offset: int) -> int | None:
    """The page that an offset stands on, where the plan's file has pages."""
    page: int | None = plan.page(offset) if hasattr(plan, "page") else None
    return page
