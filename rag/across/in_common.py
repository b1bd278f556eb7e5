"""What the answers of several plans have in common, and what only one of them has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.plan import Role
from rag.across.cells import Cell, Cells, Value, asked_role
from rag.across.order import TWO, caveat, ordered_by_amount, places_of, ranking
from rag.across.parts_in_common import parts_in_common
from rag.across.titles import within
from rag.across.twins import SAME
from rag.check import squeeze
from rag.composers.meta import fields_told
from rag.composers.role_check import roles_in
from rag.phrases import ROLE_ONE, say
from rag.question import Lang, Question


def in_common(question: Question, cells: Cells) -> str:
    """The sentence; "" where the kind of answer has none, or a cell does not tell."""
    lang = question.lang
    if question.kind == "duty":
        return _same_units(lang, asked_role(question), cells)
    if question.kind == "meta":
        basis = "basis" in fields_told(cells[0].context)
        field = ("basis",) if basis else question.meta[:1]
        return _same_facts(lang, field, cells)
    if question.kind == "figure":
        valued = [(c, c.value) for c in cells if c.value]
        if len(valued) < 2:
            return ""
        if len({v.scale for _, v in valued}) > 1:
            return say(lang, "not_comparable")
        if len({v.number for _, v in valued}) == 1 and len(valued) == len(cells):
            return say(lang, "all_same", x=valued[0][1].text)
        groups = ranking(lang, valued, False) + say(lang, "stop") if len(valued) > TWO else ""
        if question.across and question.across.counted:
            groups = _most_alike(lang, valued) + groups
        return say(lang, "not_same") + groups + caveat(lang, valued)
    if question.kind == "tasks" and HOW_MANY.search(question.text.lower()):
        return _as_many(lang, cells)
    if question.kind == "stands_for":
        return _same_thing(lang, cells)
    if question.kind == "when":
        return _same_years(lang, cells)
    if question.kind == "role_check":
        return _same_roles(lang, cells)
    if question.kind == "list" and all(c.draft.amount is not None for c in cells):
        return parts_in_common(lang, cells, bool(question.across and question.across.sequence))
    return ""


def _most_alike(lang: Lang, valued: Sequence[tuple[Cell, Value]]) -> str:
    """How many share one value, and which; "" where no two do."""
    [(number, n)] = Counter(v.number for _, v in valued).most_common(1)
    alike = [(c, v) for c, v in valued if v.number == number]
    if n < TWO:
        return ""
    places = places_of(lang, [c for c, _ in alike])
    return say(lang, "share_value", n=str(n), places=places, value=alike[0][1].text)


def _same_years(lang: Lang, cells: Cells) -> str:
    """Whether the answers name the same years."""
    told = [YEARS.findall(s.text) for c in cells for s in c.draft.statements[:1] if c.says]
    if len(told) < len(cells) or not all(told):
        return ""
    first = told[0]
    same = all(set(years) == set(first) for years in told)
    return say(lang, "all_same", x="—".join(first)) if same else say(lang, "not_same")


YEARS = re.compile(r"20\d\d(?=\s?年)")


HOW_MANY = re.compile(r"[多少几]|数(?:目|量)?|how many|\bnumber\b")


def _as_many(lang: Lang, cells: Cells) -> str:
    """Whether the plans give the units as many tasks; "" where one gives none."""
    values = [c.value for c in cells if c.value]
    if len(values) < len(cells):
        return ""
    if len({v.number for v in values}) == 1:
        return say(lang, "all_same", x=values[0].text)
    return say(lang, "not_same") + ordered_by_amount(lang, cells)


def _same_thing(lang: Lang, cells: Cells) -> str:
    """Whether the number counts the same in each, by what its part of the sentence says of it; ""
    where one does not print it, or it cannot be told."""
    told = [_counted(c) for c in cells if c.draft.status == "answered"]
    if len(told) < len(cells) or len(told) < TWO or not all(told):
        return ""
    likeness = min(max(within(a, b) for a in told[0] for b in other) for other in told[1:])
    if likeness >= SAME:
        return say(lang, "same_thing")
    return say(lang, "other_thing") if likeness < UNLIKE else ""


UNLIKE = 0.34  # share of characters' pairs below which two parts of sentences count other things
PART = re.compile(r"[，；。：:]")


def _counted(cell: Cell) -> list[str]:
    """The parts of the sentences told that hold the number, without their digits."""
    told = [p for s in cell.draft.statements for p in PART.split(squeeze(s.text))]
    numbers = {squeeze(f.text) for f in cell.draft.figures}
    digits = {d for n in numbers for d in re.findall(r"\d[\d.]*", n)}
    return [re.sub(r"[\d.%]+", " ", p) for p in told if any(d in p for d in digits)]


def _same_facts(lang: Lang, field: tuple[str, ...], cells: Cells) -> str:
    """Whether the plans say the same of themselves."""
    if field == ("basis",):
        return _same_basis(lang, cells)
    metas = [c.context.plan.meta for c in cells]
    told = {getattr(getattr(m, f, None), "value", "") for f in field for m in metas}
    if not told or "" in told:
        return ""
    return say(lang, "all_same", x=next(iter(told))) if len(told) == 1 else say(lang, "not_same")


def _same_basis(lang: Lang, cells: Cells) -> str:
    """Whether the documents shown are the same, told by their numbers."""
    told = [DOCUMENTS.findall(squeeze(s.text)) for c in cells for s in c.draft.statements]
    numbers = [{re.sub(r"[^\w]", "", n) for n in one} for one in told]
    if not numbers or not all(numbers):
        return ""
    common = set.intersection(*numbers)
    if all(n == common for n in numbers):
        return say(lang, "all_same", x=told[0][0])
    return say(lang, "not_same")


DOCUMENTS = re.compile(r"[\u4e00-\u9fff]{1,6}发[〔\[(](?:19|20)\d\d[〕\])]\d{1,4}号")


def _same_units(lang: Lang, role: Role, cells: Cells) -> str:
    """Whom only one of the plans has; bodies of one domain and any level are counterparts."""
    held = {c.name: _units(c, role) for c in cells}
    without = [c for c in cells if not held[c.name]]
    if without:
        if len(without) == len(cells):
            return ""
        return say(lang, "not_same_none", places=places_of(lang, without))
    only = []
    for cell in cells:
        others = [u for c in cells if c is not cell for u in held[c.name]]
        own = [u for u in held[cell.name] if not any(_counterpart(cell, u, o) for o in others)]
        if own:
            units = say(lang, "comma").join(cell.context.name(u) for u in own)
            only.append(say(lang, "only_here", place=cell.name, units=units))
    sizes = {len(v) for v in held.values()}
    if not only and len(sizes) == 1:
        return say(lang, "same_units")
    if not only:
        return say(lang, "not_same")
    return say(lang, "not_same_but", only=say(lang, "then").join(only))


def _units(cell: Cell, role: Role) -> list[str]:
    found = [u for c in cell.draft.clauses for u in cell.context.plan[c].units(role)]
    return list(dict.fromkeys(found))


def _counterpart(cell: Cell, unit: str, other: str) -> bool:
    a, b = cell.context.units.identity(unit), cell.context.units.identity(other)
    return a.same(b) or a.holds(b) or b.holds(a) or bool(a.atoms & b.atoms and a.kind == b.kind)


def _same_roles(lang: Lang, cells: Cells) -> str:
    """Whether the unit asked about has the same role in each clause told; "" where a cell tells of
    no single clause."""
    if not all(len(c.draft.clauses) == 1 and c.context.question.units for c in cells):
        return ""
    roles = [roles_in(c.context, c.context.plan[c.draft.clauses[0]])[1] for c in cells]
    if len(set(roles)) > 1:
        return say(lang, "not_same")
    return say(lang, "all_same", x=ROLE_ONE[lang][roles[0][0]]) if roles[0] else ""
