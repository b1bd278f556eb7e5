"""Coverage: what the plans could be asked, and what of it the gold questions ask already.

Everything that can be asked is listed once: a clause for each kind of question that its data can
answer, a unit of a plan for its tasks, a metadata field. It is covered if a gold question of that
type has a piece of evidence in the words that answer it: the clause's own text or its duty note.
So a question about one item of a section whose duties stand in one closing note covers that kind
for the whole section: the note is one fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eval.evidence import SHARED, locate, overlap
from eval.gold import Gold
from eval.growing.names import is_collective
from eval.measures.answers import fold
from eval.systems.base import Slice
from index.passages import body_span
from index.plan import OUTSIDE, Clause, Fact, Metadata, Plan, Role
from index.store import Index
from index.units import Identity, UnitNames, unit_names

KINDS = (
    "lead_unit", "lead_unit_none", "participants", "number", "measure", "list", "unit_role", "meta",
)  # fmt: skip
OTHERS: tuple[Role, ...] = ("responsible", "participant", "support")
FIELDS = ("title", "issuer", "date", "number", "status", "period", "basis")
LIST_FROM = 3  # parts below a heading that are worth asking for; two are read at a glance
# Characters of own words from which a clause says how something is done; shorter ones are
# headings with a half sentence.
MEASURE_FROM = 20
WHOLE_PLAN = ("全文 (whole plan)",)  # the section of what is asked of a plan as a whole
SECTION_DEPTH = 2  # part and section: finer, and most rows would hold one clause
DASHES = str.maketrans("—–−~至到", "------")


@dataclass(frozen=True, slots=True)
class Askable:
    """Something a plan can be asked: `key` is the clause, unit or metadata field asked about.

    `section` is the path of the top two headings; evidence in one of `spans` covers it.
    """

    plan: str
    section: tuple[str, ...]
    kind: str
    key: str
    spans: tuple[Slice, ...]


class Cell(NamedTuple):
    """One count: how many things can be asked here, and how many are."""

    plan: str
    section: tuple[str, ...]
    kind: str
    askable: int
    covered: int


def askables(index: Index, plans: Sequence[Plan]) -> list[Askable]:
    """All that the plans can be asked, in text order; each plan's units and metadata come last."""
    found: list[Askable] = []
    for plan in plans:
        for clause in plan.clauses:
            if clause.level not in OUTSIDE:
                found += _of_clause(index, plan, clause)
        found += _of_units(plan)
        found += _of_meta(plan)
    return found


def section(plan: Plan, clause: Clause) -> tuple[str, ...]:
    """The part and the section a clause stands in."""
    return plan.path(clause)[:SECTION_DEPTH]


def _of_clause(index: Index, plan: Plan, clause: Clause) -> Iterator[Askable]:
    own = Slice(plan.id, clause.start, clause.own_end)
    note = (Slice(plan.id, clause.note.start, clause.note.end),) if clause.note else ()
    kinds = [] if not clause.duties else ["lead_unit" if clause.units("lead") else "lead_unit_none"]
    if clause.units(*OTHERS):
        kinds.append("participants")
    for kind in kinds:
        yield Askable(plan.id, section(plan, clause), kind, clause.id, (own, *note))
    lo, hi = body_span(index.readings[plan.id], clause)
    contents = ["number"] if clause.figures else []
    contents += ["measure"] if hi - lo >= MEASURE_FROM else []
    for kind in contents:
        yield Askable(plan.id, section(plan, clause), kind, clause.id, (own,))
    if len(clause.children) >= LIST_FROM:
        below = (Slice(plan.id, c.start, c.own_end) for c in plan.children(clause))
        yield Askable(plan.id, section(plan, clause), "list", clause.id, (own, *below))


def bodies(plan: Plan) -> dict[Identity, list[tuple[Clause, Role, str]]]:
    """(clause, role, name as printed) of every duty of each unit, where the note stands.

    Collective names (各乡镇, 各成员单位) and names the lexicon does not know are left out: nobody
    asks for the tasks of all of them, and two unknown names may be one body.
    """
    names = unit_names()
    found: dict[Identity, list[tuple[Clause, Role, str]]] = {}
    for clause in plan.clauses:
        for duty in clause.duties if clause.duty_source == "own" else ():
            if is_collective(duty.unit) or not names.mentions(duty.unit):
                continue
            found.setdefault(names.identity(duty.unit), []).append((clause, duty.role, duty.unit))
    return found


def _of_units(plan: Plan) -> Iterator[Askable]:
    for listed in bodies(plan).values():
        notes = {c.note for c, _, _ in listed if c.note}
        spans = sorted(Slice(plan.id, n.start, n.end) for n in notes)
        yield Askable(plan.id, WHOLE_PLAN, "unit_role", listed[0][2], tuple(spans))


def facts(meta: Metadata, field: str) -> tuple[Fact, ...]:
    """The values of a field that stand in the text; those a person supplied prove nothing."""
    found = meta.basis if field == "basis" else (getattr(meta, field),)
    return tuple(f for f in found if f.value and f.start < f.end)


def _of_meta(plan: Plan) -> Iterator[Askable]:
    for field in FIELDS:
        spans = tuple(Slice(plan.id, f.start, f.end) for f in facts(plan.meta, field))
        if spans:
            yield Askable(plan.id, WHOLE_PLAN, "meta", field, spans)


# -- what is covered ----------------------------------------------------------------------


def covered(found: Sequence[Askable], gold: Iterable[Gold], index: Index) -> set[Askable]:
    """Those that a gold question of their own type asks."""
    sources = {p.id: p.source for p in index.plans}
    by_type: dict[tuple[str, str], list[Askable]] = {}
    for ask in found:
        by_type.setdefault((ask.plan, ask.kind), []).append(ask)
    hit: set[Askable] = set()
    for question in gold:
        if not any((p, question.type) in by_type for p in question.doc):
            continue
        places = [p for piece in locate(question, sources) for p in piece.places]
        for plan in question.doc:
            for ask in by_type.get((plan, question.type), ()):
                if ask not in hit and _asks(question, places, ask, index):
                    hit.add(ask)
    return hit


def _asks(question: Gold, places: Sequence[Slice], ask: Askable, index: Index) -> bool:
    if ask.kind == "list":
        # one child alone is a question about that child
        own, *below = ask.spans
        parts = sum(any(_inside(p, span) for p in places) for span in below)
        return parts > 1 or any(_inside(p, own) for p in places)
    if not any(_inside(p, span) for p in places for span in ask.spans):
        return False
    if ask.kind == "unit_role":
        return _named(question, ask.key, unit_names())
    if ask.kind == "meta":
        return _field(question, index.plan(ask.plan).meta, ask)
    return True


def _inside(place: Slice, span: Slice) -> bool:
    """At least half of the shorter one is shared, as everywhere in evaluation."""
    shorter = min(place.end - place.start, span.end - span.start)
    return overlap(place, span) >= max(1, SHARED * shorter)


def _named(question: Gold, unit: str, names: UnitNames) -> bool:
    """A note names many units: the one asked about stands in the question or the turn before."""
    asked = names.identity(unit)
    said = " ".join([*(q for q, _ in question.history), question.question])
    return any(asked.same(m.identity) or m.identity.holds(asked) for m in names.mentions(said))


def _field(question: Gold, meta: Metadata, ask: Askable) -> bool:
    """The period stands inside the title: of fields in one place that whose value is answered."""
    answer = fold(question.answer).translate(DASHES)
    told = {f for f in FIELDS if any(_says(answer, fact.value) for fact in facts(meta, f))}
    return not told or ask.key in told


def _says(answer: str, value: str) -> bool:
    return fold(value).translate(DASHES) in answer


# -- counts -------------------------------------------------------------------------------


def cells(found: Sequence[Askable], hit: set[Askable]) -> list[Cell]:
    """Counts by plan, section and kind, in the order of `found`."""
    total = Counter((a.plan, a.section, a.kind) for a in found)
    done = Counter((a.plan, a.section, a.kind) for a in hit)
    return [Cell(*key, n, done[key]) for key, n in total.items()]


def table(counts: Sequence[Cell], names: Mapping[str, str]) -> Iterator[str]:
    """Per plan a line a kind and its least covered sections; `names` are the plans' places."""
    for plan in dict.fromkeys(c.plan for c in counts):
        mine = [c for c in counts if c.plan == plan]
        yield f"{names[plan]} ({plan}): {_share(mine)}"
        for kind in KINDS:
            if any(c.kind == kind for c in mine):
                yield f"  {kind:<16}{_share([c for c in mine if c.kind == kind])}"
        yield "  least covered:"
        for head in _least(mine):
            yield f"    {_share([c for c in mine if c.section == head])}  {' › '.join(head)}"
        yield ""
    yield f"all plans: {_share(counts)}"
    for kind in KINDS:
        yield f"  {kind:<16}{_share([c for c in counts if c.kind == kind])}"


SHOWN = 4  # sections named as least covered: what one sitting of writing questions can mend


def _least(counts: Sequence[Cell]) -> list[tuple[str, ...]]:
    heads = list(dict.fromkeys(c.section for c in counts))
    return sorted(heads, key=lambda h: _parts([c for c in counts if c.section == h]))[:SHOWN]


def _parts(counts: Sequence[Cell]) -> tuple[float, int]:
    """Share covered, and below that the larger section first."""
    askable = sum(c.askable for c in counts)
    return sum(c.covered for c in counts) / askable, -askable


def _share(counts: Sequence[Cell]) -> str:
    askable, done = sum(c.askable for c in counts), sum(c.covered for c in counts)
    percent = f"{100 * done / askable:.0f}%" if askable else "-"
    return f"{done:>4}/{askable:<4}{percent:>5}"
