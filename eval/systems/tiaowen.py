"""The assistant as a system under evaluation, whole or with a part taken out.

default      as it is
no-tree      the plans cut into windows of 500 characters instead of clauses
no-duties    duty notes quoted as they stand instead of read into units and roles
no-reranker  clauses ordered by fusion of BM25 and vectors alone
no-check     every statement shown, checked or not
default-MODE as it is, with a language model in mode words or full (--llm MODE)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from eval.gold import Gold
from eval.systems.base import Quote, Response, Slice
from eval.systems.windows import SIZE, windows
from index.dense import DenseIndex
from index.duties import read_note
from index.encoders import Encoder
from index.figures import find_figures
from index.notes import find_notes
from index.passages import make_passages
from index.plan import Clause, Plan
from index.reading import Reading, quote
from index.sparse import SparseIndex
from index.store import Index
from rag.answer import Answer, Draft, Span, Statement
from rag.assistant import Assistant, Examined
from rag.composers import measure
from rag.context import Context
from rag.llm.settings import Settings
from rag.parts import COMPOSERS, Composer, Parts
from rag.prompts import PROMPTS, load_prompt
from rag.question import Kind

if TYPE_CHECKING:
    from rag.llm.fluent import Fluent

DEPTH = 20  # clauses told as retrieved; the depth plot goes no further
BY_NOTE = ("duty", "role_check")  # kinds answered from the duty note that holds for the clause
FROM_DUTIES = (*BY_NOTE, "tasks")


class Tiaowen:
    """An assistant under a name; `llm` describes the model behind it, if there is one."""

    def __init__(
        self,
        assistant: Assistant | Fluent,
        name: str = "default",
        what: str = "",
        llm: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self._assistant = assistant
        index = assistant.index
        self.settings: Mapping[str, str] = {
            "encoder": index.encoder,
            "passages": str(len(index.passages)),
            "left out": what or "nothing",
            "llm": "none",
            **(llm or {}),
        }

    def ask(self, gold: Gold) -> Response:
        examined = self._assistant.examine(gold.question, history=gold.history)
        answer = examined.answer
        return Response(
            answer=answer.answer,
            status=answer.status,
            citations=_quotes(answer),
            retrieved=_retrieved(examined),
            confidence=answer.confidence,
        )


def _quotes(answer: Answer) -> tuple[Quote, ...]:
    return tuple(
        Quote(c.n, c.plan, c.start, c.end, c.quote, (c.title, *c.path)) for c in answer.citations
    )


def _retrieved(examined: Examined) -> tuple[Slice, ...]:
    """What was looked at, in its order: the clauses found with the notes that hold for them.

    A question answered from facts (metadata, a unit's tasks) has looked at what it cites.
    """
    if not examined.hits:
        cited = (Slice(c.plan, c.start, c.end) for c in examined.answer.citations)
        return tuple(dict.fromkeys(cited))[:DEPTH]
    with_note = examined.question.kind in BY_NOTE
    found: dict[Slice, None] = {}
    for hit in examined.hits[:DEPTH]:
        clause = hit.clause
        found[Slice(hit.plan.id, clause.start, clause.own_end)] = None
        if with_note and clause.note and clause.duty_source == "inherited":
            found[Slice(hit.plan.id, clause.note.start, clause.note.end)] = None
    return tuple(found)[:DEPTH]


# -- with a language model ----------------------------------------------------------------


def fluent(assistant: Assistant, settings: Settings) -> Tiaowen:
    """The assistant in a mode with a model, named after the mode."""
    from rag.llm.fluent import with_model

    used = sorted(p.stem for p in PROMPTS.glob("*.??.md"))
    told = {
        "llm": settings.model,
        "mode": settings.mode,
        "window": str(settings.window),
        "temperature": "0",
        "prompts used": ", ".join(load_prompt(n).label for n in used),
    }
    return Tiaowen(with_model(assistant, settings), f"default-{settings.mode}", llm=told)


# -- a part taken out ---------------------------------------------------------------------


def without(part: str, assistant: Assistant, encoder: Encoder) -> Tiaowen:
    """The assistant without one of tree, duties, reranker, check. KeyError for another."""
    index = assistant.index
    made = {
        "tree": lambda: Assistant(flat(index, encoder), encoder),
        "duties": lambda: Assistant(index, encoder, Parts(composers=_plain_composers())),
        "reranker": lambda: Assistant(index, encoder, Parts(rerank=False)),
        "check": lambda: Assistant(index, encoder, Parts(gate=lambda *_: True)),
    }
    return Tiaowen(made[part](), f"no-{part}", part)


def _plain_composers() -> Mapping[Kind, tuple[Composer, ...]]:
    return {k: (plain_note,) if k in FROM_DUTIES else v for k, v in COMPOSERS.items()}


def plain_note(context: Context) -> Draft:
    """The duty note of the best clause as it stands, if it has one of its own; else its words."""
    if not context.searchable:
        return context.not_mentioned()
    clause = context.hits[0].clause
    if clause.note is None or clause.duty_source != "own":
        return measure.compose(context)
    span = Span(context.plan.id, clause.id, clause.note.start, clause.note.end)
    text = quote(context.plan.source, span.start, span.end)
    return Draft("answered", (Statement(text, (span,)),))


def flat(index: Index, encoder: Encoder) -> Index:
    """The index of the same plans without their trees: each window of text is a clause.

    A window has the first duty note that stands in it whole; nothing is inherited.
    """
    plans = tuple(
        replace(p, clauses=tuple(_flat_clauses(p, index.readings[p.id])), _by_id={})
        for p in index.plans
    )
    passages = tuple(x for p in plans for x in make_passages(p, index.readings[p.id]))
    texts = [x.text for x in passages]
    return replace(
        index,
        plans=plans,
        passages=passages,
        dense=DenseIndex.build(np.asarray(encoder.encode_document(texts))),
        sparse=SparseIndex.build(texts),
        literal=None,  # of the clauses as they were
    )


def _flat_clauses(plan: Plan, reading: Reading) -> Iterator[Clause]:
    spans = list(windows(reading.text, SIZE, 0))
    ids = tuple(f"{plan.id}:{n}" for n in range(1, len(spans) + 1))
    root = plan.clauses[0]
    yield replace(
        root, children=ids, own_end=root.start, text="", duties=(), duty_source="none", note=None
    )
    at = 0
    for cid, (start, end) in zip(ids, spans, strict=True):
        lo, hi = reading.to_source(start, end)
        notes = [read_note(reading, n) for n in find_notes(reading.text, start, end)]
        note = notes[0] if notes else None
        yield Clause(
            id=cid,
            level="item",
            number="",
            title="",
            text=reading.text[start:end],
            start=max(at, lo),
            own_end=hi,
            end=hi,
            parent=root.id,
            duties=note.duties if note else (),
            duty_source="own" if note else "none",
            note=note,
            figures=find_figures(reading, start, end),
        )
        at = hi
