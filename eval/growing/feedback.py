"""Drafts from what people remarked in the interface: their question, and what is known of it.

A record, one JSON object a line:

    question                the question as it was asked
    history                 optional: the turns before, [{"q", "a"}, …]
    answer                  the answer it got
    citations               those of the answer object: plan, start, end (and more)
    verdict                 right | wrong | wrong_source
    remark, plan, lang      optional: what the person wrote; the plan chosen; zh or en

An answer called right is kept with its citations as evidence; one with the wrong source without
them; a wrong answer only goes into the reason, for the person to put right. What must be said is
never known: `must`, and mostly `type`, are left empty for a person to fill.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from eval.growing.draft import Draft, draft_id
from eval.growing.pieces import path_to, pieces
from eval.jsonlines import read_models
from index.plan import Plan
from index.store import Index

MARK = re.compile(r" ?\[\d+\]")  # a citation mark: part of the interface, not of the answer
SAID = 200  # characters of a wrong answer kept in the reason


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    q: str
    a: str


class _Citation(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    plan: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class _Record(BaseModel):
    """What is read of a record; the interface may say more."""

    model_config = ConfigDict(extra="ignore", strict=True)
    question: Annotated[str, Field(pattern=r"\S")]
    answer: str = ""
    verdict: Literal["right", "wrong", "wrong_source"]
    history: list[_Turn] | None = None
    citations: list[_Citation] = []
    remark: str | None = None
    plan: str | None = None
    lang: Literal["zh", "en"] | None = None


def read_feedback(path: Path, index: Index) -> list[Draft]:
    """A draft for every record, in order; of records that ask the same, the last one counts.

    Raises InputError naming file and line for one that is no such record.
    """
    drafts: dict[str, Draft] = {}
    for _, record in read_models(path, _Record):
        draft = _draft(record, index)
        drafts[draft.text("id")] = draft
    return list(drafts.values())


def _draft(record: _Record, index: Index) -> Draft:
    plans = {p.id: p for p in index.plans}
    cited = [c for c in record.citations if c.plan in plans and c.start < c.end]
    named = [record.plan] if record.plan in plans else []
    docs = list(dict.fromkeys([*named, *(c.plan for c in cited)]))
    history = [{"q": t.q, "a": t.a} for t in record.history or ()]
    right = record.verdict == "right"
    lang = record.lang or ("en" if record.question.isascii() else "zh")
    data: dict[str, Any] = {
        "id": draft_id("feedback", record.question, *(t["q"] for t in history)),
        "doc": docs,
        "lang": lang,
        "type": _type(lang, docs, history),
        "question": record.question.strip(),
    }
    if history:
        data["history"] = history
    data |= {
        "answer": MARK.sub("", record.answer) if record.verdict != "wrong" else "",
        "must": [],
        "must_not": [],
        "evidence": list(_evidence(cited, plans)) if right else [],
    }
    clause = _clause(plans[cited[0].plan], cited[0].start) if cited and right else ""
    path = path_to(plans[cited[0].plan], clause) if clause else ""
    return Draft(data, clause, path, _why(record))


def _type(lang: str, docs: Sequence[str], history: Sequence[object]) -> str:
    """The types that the form of a question tells; the others a person chooses."""
    if history:
        return "followup"
    if lang == "en":
        return "english"
    return "comparison" if len(docs) > 1 else ""


def _evidence(cited: Sequence[_Citation], plans: Mapping[str, Plan]) -> Iterator[str]:
    """The cited places as they stand in the source, a line each."""
    found = (p for c in cited for p in pieces(plans[c.plan].source, c.start, c.end, grow=False))
    yield from dict.fromkeys(found)


def _clause(plan: Plan, at: int) -> str:
    return next((c.id for c in reversed(plan.clauses) if c.start <= at < c.end), "")


def _why(record: _Record) -> str:
    parts = [f"feedback: {record.verdict}"]
    if record.remark and record.remark.strip():
        parts.append(f"remark: {record.remark.strip()}")
    if record.verdict == "wrong" and record.answer:
        parts.append(f"was answered: {record.answer[:SAID]}")
    return "; ".join(parts)
