"""A foreign system's answers: JSON Lines, one answer a line.

    {"id": "q1", "answer": "…", "status": "answered", "citations": [{"plan", "start", "end",
     "quote"}], "retrieved": [{"plan", "start", "end"}], "latency_ms": 812, "confidence": 0.7}

Only `id` (of the gold question) and `answer` are needed. Without `status` an answer that says
that the plans do not tell counts as not_mentioned. Without `retrieved` retrieval is not judged.
What `tiaowen batch` writes can be read too; fields that are not named here are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eval.jsonlines import read_models, write_lines
from eval.measures.answers import REFUSAL, fold
from eval.systems.base import Quote, Response, Slice
from index.errors import InputError

Status = Literal["answered", "not_mentioned", "out_of_scope", "clarify", "error"]
Offset = Annotated[int, Field(ge=0)]


class _Place(BaseModel):
    model_config = ConfigDict(strict=True)
    plan: str
    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"end {self.end} is before start {self.start}")
        return self

    @property
    def slice(self) -> Slice:
        return Slice(self.plan, self.start, self.end)


class _Citation(_Place):
    n: int | None = None
    quote: str = ""
    path: list[str] = []


class _Answer(BaseModel):
    """The JSON form of an answer."""

    model_config = ConfigDict(strict=True)
    id: Annotated[str, Field(min_length=1)]
    answer: str
    status: Status | None = None
    citations: list[_Citation] | None = None
    retrieved: list[_Place] | None = None
    latency_ms: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    error: str = ""


def read_answers(path: Path) -> dict[str, Response]:
    """The answers by the id of their question.

    Raises InputError naming file and line for a missing or wrong field and for an id given twice,
    and naming the file where it holds none.
    """
    found: dict[str, Response] = {}
    for where, answer in read_models(path, _Answer):
        if answer.id in found:
            raise InputError(f"{where}: id {answer.id!r} was already answered above")
        found[answer.id] = _response(answer)
    if not found:
        raise InputError(f"{path} holds no answers")
    return found


def write_answers(path: Path, answers: Mapping[str, Response]) -> None:
    """Writes answers by id; read_answers reads them back as they were."""
    write_lines(path, ({"id": id_, **a.to_dict()} for id_, a in answers.items()))


def status_of(answer: str) -> str:
    """The status of an answer that tells none, by its words.

    >>> status_of("方案未提及。"), status_of("县教育局")
    ('not_mentioned', 'answered')
    """
    return "not_mentioned" if REFUSAL.search(fold(answer)) else "answered"


def _response(data: _Answer) -> Response:
    return Response(
        answer=data.answer,
        status=data.status or status_of(data.answer),
        citations=tuple(
            Quote(n if c.n is None else c.n, *c.slice, quote=c.quote, path=tuple(c.path))
            for n, c in enumerate(data.citations or (), 1)
        ),
        retrieved=None if data.retrieved is None else tuple(p.slice for p in data.retrieved),
        latency_ms=data.latency_ms or 0.0,
        confidence=data.confidence,
        error=data.error,
    )
