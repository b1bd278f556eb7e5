"""The answer to a question of several parts, part by part.

Numbers asked for in Chinese are told so if more than one of them is found; what an English question
asks for in one breath, if all of it is. Else the question is answered as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from rag.answer import Draft
from rag.context import Context
from rag.question import Kind, Question

Look = Callable[[Context, Question], Context | None]


class Compose(Protocol):
    """Composes an answer of a kind; `judged` already to be of the right clause it stands."""

    def __call__(self, context: Context, kind: Kind, judged: bool = False) -> Draft: ...


def in_parts(context: Context, look: Look, compose: Compose) -> Draft | None:
    """The parts' answers together; None where the question is to be answered as a whole."""
    found: list[Draft] = []
    for part in context.question.parts:
        asked = look(context, _after(found, part))
        if asked is None:
            return None
        draft = _beside(asked, context.question.parts[0], compose)
        found.append(draft or compose(asked, part.kind))
    answered = [d for d in found if d.status == "answered"]
    said = dict.fromkeys(s for d in answered for s in d.statements)
    whole = len(answered) == len(found) if context.question.lang == "en" else len(said) > 1
    if not said or not whole:
        return None
    ids = tuple(dict.fromkeys(c for d in found for c in d.clauses))
    figures = tuple(dict.fromkeys(f for d in found for f in d.figures))
    sure = min((d.confidence for d in answered if d.confidence is not None), default=None)
    return Draft("answered", tuple(said), clauses=ids, figures=figures, confidence=sure)


def _after(found: list[Draft], part: Question) -> Question:
    """A part that leaves out its matter looks first where the one before was told: who leads it."""
    if not part.inherits or not found:
        return part
    before = found[-1]
    cited = dict.fromkeys(s.clause for said in before.statements for s in said.spans)
    told = "".join(said.text for said in before.statements)
    return replace(part, within=before.clauses or tuple(cited), said=told)


def _beside(asked: Context, first: Question, compose: Compose) -> Draft | None:
    """What the clause of the part before says, to a part that names nothing of its own.

    That it is the right clause was judged there.
    """
    part = asked.question
    own = {c.said for c in part.concepts} - {c.said for c in first.concepts}
    hits = tuple(h for h in asked.hits if h.clause.id in part.within)
    if own or not hits:
        return None
    draft = compose(replace(asked, hits=hits), part.kind, judged=True)
    return draft if draft.status == "answered" else None
