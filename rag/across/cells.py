"""One plan's answer as a cell of a comparison: what it says, whether it says it, and its value."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.plan import Figure, Role
from rag.across.asked import Across
from rag.answer import Draft, Statement
from rag.asking_shapes import NOT_SOLE
from rag.check import squeeze
from rag.composers import duty, measure
from rag.composers.candidates import GRADE
from rag.composers.related import best_sentence, instead
from rag.composers.tasks import task_clauses
from rag.composers.wanted import PEOPLE
from rag.context import Context
from rag.question import ROLES, Question


@dataclass(frozen=True, slots=True)
class Value:
    """What cells are ordered by: a number and the kind of thing it counts, as the plan prints it.

    `scale` tells what may be set against what: "percent", "people", "bodies", "date" …, or the
    unit itself. `yearly` is a figure per year; `unit` is the unit as printed; `bound` the words
    that make it a bound (超过), "" where there are none; `role` the label that units counted have.
    """

    number: float
    text: str
    scale: str
    yearly: bool = False
    unit: str = ""
    bound: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A plan's cell. `says` is whether the plan does what was asked about (mentions it, names a
    lead, sets a number); `value` is None where it has none."""

    context: Context
    draft: Draft
    says: bool
    value: Value | None = None
    label: str = ""

    @property
    def name(self) -> str:
        """What it is called in a sentence: its place, unless something else tells it apart."""
        return self.label or self.context.place


Cells = Sequence[Cell]


def make_cell(context: Context, draft: Draft) -> Cell:
    """The cell of a draft. A missing number is told together with what the plan does say."""
    question = context.question
    across = question.across or Across()
    if draft.status == "not_mentioned" and draft.clauses:
        return Cell(context, draft, False)  # it tells already what the plan has instead
    if draft.status != "answered" or (question.kind == "figure" and not draft.figures):
        draft = _said_without(context, draft)
    says = _says(context, draft, question, across)
    return Cell(context, draft, says, _value(context, draft))


def _says(context: Context, draft: Draft, question: Question, across: Across) -> bool:
    if question.kind == "meta":
        return _meta_says(context, question)
    if draft.status != "answered":
        return False
    if question.kind == "tasks" and across.which and question.roles[:1] == ("lead",):
        return _leads(context, draft)
    if draft.holds is not None:
        return draft.holds
    if question.kind == "duty" and across.which:
        if question.sole:
            role, more = asked_role(question), bool(NOT_SOLE.search(question.text))
            counts = [len(context.plan[c].units(role)) for c in draft.clauses]
            return all(n > 1 for n in counts) if more else all(n == 1 for n in counts)
        return any(context.plan[c].units(asked_role(question)) for c in draft.clauses)
    return True


def _leads(context: Context, draft: Draft) -> bool:
    """Whether one of the units asked about leads one of the clauses told."""
    found = (t for u in context.question.units for t in task_clauses(context, u))
    return any(role == "lead" and clause.id in draft.clauses for clause, role, _ in found)


def asked_role(question: Question) -> Role:
    """The first role asked for; a lead where none is."""
    return question.roles[0] if question.roles else "lead"


STATUS_ISSUED = re.compile(r"正式|印发|生效|出台|issued|in force|final")
STATUS_DRAFT = re.compile(
    r"征求|意见|草案|讨论|送审|初稿|听|(?:没|未|还没)定稿|draft|consult|comment|not (?:yet )?final"
)
QUOTED = re.compile(r"[“\"'‘]([^”\"'’]{2,20})[”\"'’]")


def _meta_says(context: Context, question: Question) -> bool:
    meta, field = context.plan.meta, question.meta[0] if question.meta else "title"
    draft = bool(STATUS_DRAFT.search(question.text.lower()))
    if draft and "status" in question.meta:
        field = "status"  # 没定稿的是哪几份, whatever else is asked
    if field == "status":
        wanted = "draft" if draft or not STATUS_ISSUED.search(question.text.lower()) else "issued"
        return meta.status.value == wanted
    fact = meta.basis if field == "basis" else getattr(meta, field, None)
    quoted: list[str] = QUOTED.findall(question.text)
    if quoted and field == "title":
        return squeeze(quoted[0]) in squeeze(meta.title.value)
    if question.years and field == "title":
        return all(str(year) in meta.title.value for year in question.years)
    return bool(fact if isinstance(fact, tuple) else fact and fact.value)


def _said_without(context: Context, draft: Draft) -> Draft:
    """Where no number or date is set: that, and the sentence that speaks of the matter."""
    across = context.question.across
    quiet = across and across.which and not across.others  # that it says nothing is the answer
    told = ("figure", "figure_check", "when", *(() if quiet else ("measure",)))
    said_not = draft.status == "not_mentioned" and draft.statements
    already = said_not and draft.statements[0].spans  # told with what stands there instead
    if context.question.kind not in told or already:
        return draft
    nothing = "not_mentioned" if context.question.kind == "measure" else "no_figure"
    text = draft.statements[0].text if said_not else context.say(nothing)
    return instead(context, text) or draft


def one_sentence(context: Context, named: Sequence[str] = (), holding: Sequence[str] = ()) -> Draft:
    """The single best sentence, short enough for a cell."""
    found = best_sentence(context, named, holding)
    if found is None:
        return measure.compose(context)
    hit, sentence, _ = found
    said = Statement(sentence.text.strip(), (context.sentence_span(hit, sentence),))
    return Draft("answered", (said,), clauses=(hit.clause.id,))


# -- values -----------------------------------------------------------------------------------

BODIES = ("个", "家", "所", "座", "处", "项", "户")


def _value(context: Context, draft: Draft) -> Value | None:
    if context.question.kind == "meta":
        return _date(context) if "date" in context.question.meta else None
    if context.question.kind == "duty":
        return _units(context, draft)
    if draft.amount is not None:
        unit = context.say("piece")
        return Value(draft.amount, f"{draft.amount}{unit}", "count", unit=unit)
    if draft.status == "answered" and draft.figures:
        value = of_figure(draft.figures[0])
        if value.scale != "bodies":
            return value
        return replace(value, scale=value.scale + _grades(context, draft))
    return None


def _grades(context: Context, draft: Draft) -> str:
    """The grades that figures of the answer are told for by themselves, where it is not asked for
    one: 省级3家、市级7家 is not to be set against 市级3个、县级3个."""
    if GRADE.search(context.question.text) or context.question.inherits:
        return ""  # in a talk it is known which is spoken of
    counted = sum(f.text in draft.said for f in draft.figures)
    told = {m[0] for m in GRADE.findall(draft.said)}
    return "".join(sorted(told)) if counted > 1 and len(told) > 1 else ""


def _units(context: Context, draft: Draft) -> Value | None:
    """How many units answer, where there are any; of items together each counts once."""
    clauses = [context.plan[c] for c in draft.clauses]
    units = {u for clause in clauses for u in duty.units_told(context, clause)}
    if draft.status != "answered" or not units:
        return None
    unit = context.say("bodies")
    role = next(r for r in ROLES if any(units & set(c.units(r)) for c in clauses))
    return Value(len(units), f"{len(units)}{unit}", "units", unit=unit, role=role)


def _date(context: Context) -> Value | None:
    try:
        day = datetime.date.fromisoformat(iso(context.plan.meta.date.value))
    except ValueError:
        return None
    return Value(day.toordinal(), context.plan.meta.date.value, "date")


def iso(text: str) -> str:
    """2023年4月6日 as 2023-04-06; an ISO date stays."""
    m = re.match(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text)
    return f"{int(m[1]):04}-{int(m[2]):02}-{int(m[3]):02}" if m else text


def of_figure(figure: Figure) -> Value:
    """The value that a figure of a plan is."""
    scale = figure.unit
    if figure.unit in ("%", "个百分点"):
        scale = "percent"
    elif figure.unit in PEOPLE:
        scale = "people"
    elif figure.unit in BODIES:
        scale = "bodies"
    return Value(figure.value, figure.text, scale, figure.per_year, figure.unit, figure.bound)
