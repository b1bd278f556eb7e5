"""Answers: statements with the spans that prove them, and the answer object given to the world."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

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
    """

    text: str
    spans: tuple[Span, ...] = ()
    computed: tuple[str, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer proposes for one plan. `looked_at` is shown where nothing was found.

    `confidence`, 0 to 1, is how probably the draft is right (rag.confidence).
    """

    status: Status
    statements: tuple[Statement, ...] = ()
    looked_at: tuple[Span, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, verbatim quote. `start:end` are offsets into the stored source of `plan`."""

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


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer object; `to_dict` is its stable JSON form.

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
    confidence: float | None = None

    def to_dict(self, record_id: str | None = None) -> dict[str, Any]:
        """The JSON form; `id` comes first where one is given."""
        head = {"id": record_id} if record_id is not None else {}
        data = asdict(self)
        data["citations"] = [{**c, "path": list(c["path"])} for c in data["citations"]]
        return {**head, **data}
