"""Several plans' answers side by side: the cells, in order, and the sentence that sums them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.plan import Clause
from rag.across.asked import Across
from rag.across.cells import Cell, make_cell
from rag.across.verdict import verdict
from rag.answer import Draft, Statement
from rag.context import Context
from rag.question import Question


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells in the order they are shown, and the sentence above them, if there is one."""

    cells: tuple[Cell, ...]
    verdict: Statement | None


def compare(question: Question, answers: Sequence[tuple[Context, Draft]]) -> Sheet:
    """The sheet for a question across plans; `answers` are the plans' own."""
    across = question.across or Across()
    cells = [make_cell(context, draft) for context, draft in answers]
    said = verdict(question, across, cells)
    if across.which:
        first = not (across.absent and not across.mention)
        cells.sort(key=lambda c: c.says != first)
    elif across.rank:
        cells.sort(key=_place_in_order)
    return Sheet(tuple(cells), said)


def _place_in_order(cell: Cell) -> tuple[bool, float]:
    """Dates from the earliest, amounts from the largest; what has no value comes last."""
    if cell.value is None:
        return True, 0.0
    return False, cell.value.number if cell.value.scale == "date" else -cell.value.number


def leads_at_all(context: Context) -> Draft:
    """Whether the plan names a lead anywhere, for a question that speaks of no matter."""
    clauses = [c for c in context.plan.clauses if c.duty_source == "own" and c.units("lead")]
    if clauses:
        text = context.say("leads_in", n=len(clauses))
        spans = context.note_spans(clauses[0])
        ids = tuple(c.id for c in clauses)
        said = Statement(text, spans, computed=(str(len(clauses)),))
        return Draft("answered", (said,), clauses=ids, holds=True)
    noted = [c for c in context.plan.clauses if c.duty_source == "own"]
    spans = context.note_spans(noted[0]) if noted else (context.heading(_first(context)),)
    said = Statement(context.say("no_lead_at_all"), spans)
    return Draft("answered", (said,), holds=False)


def _first(context: Context) -> Clause:
    return context.plan.clauses[0]
