"""Answers: statements with the spans that prove them, and the answer object given to the world."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from index.plan import Figure

Status = Literal["answered", "not_mentioned", "out_of_scope", "clarify"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a plan's source text, and the clause it stands in."""

    plan: str
    clause: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an answer with its proof.

    `computed` are numbers the program counted itself (3项); they stand in no source and are
    exempt from the check. A `heading` only introduces the lines below it and claims nothing.
    What is `by_hand` is a person's word in the corpus's record: the text says nothing of it, so
    there is nothing to cite, and the line says whose word it is.
    """

    text: str
    spans: tuple[Span, ...] = ()
    computed: tuple[str, ...] = ()
    heading: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer proposes for one plan. `looked_at` is shown where nothing was found.

    What several plans' drafts are compared by: `clauses` (ids) the answer is read from, `figures`
    best first, the `amount` counted (tasks, headings), and `holds`, the verdict of a yes/no.
    `confidence`, 0 to 1, is how probably the draft is right (rag.confidence); `nearest` tells that
    it is told as what comes nearest.
    """

    status: Status
    statements: tuple[Statement, ...] = ()
    looked_at: tuple[Span, ...] = ()
    clauses: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    amount: int | None = None
    holds: bool | None = None
    confidence: float | None = None
    nearest: bool = False

    @property
    def said(self) -> str:
        """All that it says, a line a statement."""
        return "\n".join(s.text for s in self.statements)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, verbatim quote. `start:end` are offsets into the stored source of `plan`.

    `page`, from 1, is where the quote begins in a file that has pages, else None.
    """

    n: int
    plan: str
    place: str
    title: str
    clause: str
    path: tuple[str, ...]
    quote: str
    start: int
    end: int
    source: str
    page: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; `page` is there only where it is known."""
        data = {**asdict(self), "path": list(self.path)}
        if self.page is None:
            del data["page"]
        return data


@dataclass(frozen=True, slots=True)
class Row:
    """A plan's row where several are set side by side: its cell, with the numbers it cites.

    `clause` is the label of the clause the cell is read from, "" where there is not just one.
    """

    plan: str
    place: str
    clause: str
    answer: str
    status: Status
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a question may mean: how it is shown, and the question that asks just that."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer object; `to_dict` is its stable JSON form.

    `table` has a row for each plan where several were asked, else it is empty; `choices` are what
    a question may mean where it is asked back (status clarify), else empty.
    `resolved` says what a follow-up was taken to ask; "" where nothing was taken from before.
    `confidence`, 0 to 1, is how probably the answer is right, a refusal included; None where
    nothing was looked for in a plan.
    """

    question: str
    answer: str
    status: Status
    kind: str
    lang: str
    citations: tuple[Citation, ...]
    latency_ms: float
    engine: dict[str, str | None]
    resolved: str = ""
    confidence: float | None = None
    table: tuple[Row, ...] = ()
    choices: tuple[Choice, ...] = ()

    def to_dict(self, record_id: str | None = None) -> dict[str, Any]:
        """The JSON form; `id` comes first where one is given."""
        head = {"id": record_id} if record_id is not None else {}
        data = asdict(self)
        data["citations"] = [c.to_dict() for c in self.citations]
        data["table"] = [{**r, "citations": list(r["citations"])} for r in data["table"]]
        data["choices"] = list(data["choices"])
        return {**head, **data}
