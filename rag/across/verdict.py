"""The one sentence that draws the plans' answers together, made from the cells and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from index.plan import Role
from rag.across.asked import Across
from rag.across.cells import Cell, Value, asked_role
from rag.across.titles import alike
from rag.answer import Statement
from rag.asking_shapes import NOT_SOLE
from rag.check import squeeze
from rag.phrases import say
from rag.question import Lang, Question

Cells = Sequence[Cell]


def verdict(question: Question, across: Across, cells: Cells) -> Statement | None:
    """The sentence, or None where the answers side by side say it all."""
    said = ""
    if across.ordered:
        said = ordered(question.lang, across, cells, bool(question.plans))
    if not said and across.same:
        said = _same(question, cells)
    if across.which and (not said or across.counted):
        said = _which(question, across, cells) + said
    return Statement(said, heading=True) if said else None


# -- which ------------------------------------------------------------------------------------


def _which(question: Question, across: Across, cells: Cells) -> str:
    lang = question.lang
    yes, no = [c for c in cells if c.says], [c for c in cells if not c.says]
    key = _predicate(question)
    if not no:
        return say(lang, f"{key}_all", n=len(yes))
    if not yes:
        return say(lang, f"{key}_none", n=len(no))
    told = [
        say(lang, f"{key}_yes", n=len(yes), places=_places(lang, yes)),
        say(lang, f"{key}_no", n=len(no), places=_places(lang, no)),
    ]
    if across.absent and not across.mention:
        told.reverse()
    return say(lang, "then").join(told) + say(lang, "stop")


def _predicate(question: Question) -> str:
    """Which words tell yes from no, by what was asked."""
    if question.kind == "meta":
        if "status" in question.meta:
            return "draft"
        return "meta"
    if question.kind in ("figure", "when"):
        return "number"
    if question.kind in ("role_check", "tasks") and question.roles[:1] == ("lead",):
        return "sole" if question.sole else "leads"
    if question.kind in ("figure_check", "role_check"):
        return "fits"
    if question.kind == "duty" and question.sole:
        return "leads_together" if NOT_SOLE.search(question.text) else "one_lead"
    if question.kind == "duty":
        return "lead" if question.roles[:1] in ((), ("lead",)) else "role"
    return "unit" if question.kind == "tasks" else "mention"


def _places(lang: Lang, cells: Cells) -> str:
    return say(lang, "comma").join(c.name for c in cells)


# -- order ------------------------------------------------------------------------------------


def ordered(lang: Lang, across: Across, cells: Cells, named: bool = False) -> str:
    """The places in order of their values, with what was asked of them; `named` where they were."""
    valued = [(c, c.value) for c in cells if c.value]
    if len(valued) == 1:
        return say(lang, "only_one", place=valued[0][0].name)
    if not valued:
        return ""
    if len({v.scale for _, v in valued}) > 1:
        return say(lang, "not_comparable")
    dates = valued[0][1].scale == "date"
    if across.times and len(valued) == 2 and not dates:
        return _times(lang, valued)
    if (across.average or across.total) and not dates:
        return _together(lang, across, valued)
    if across.difference and len(valued) == 2:
        return _difference(lang, valued, dates)
    ends = {"high": across.high, "low": across.low, "early": across.early, "late": across.late}
    if len({v.number for _, v in valued}) == 1 and len(valued) == len(cells) and not across.rank:
        return say(lang, "all_same", x=valued[0][1].text)
    extremes = [_extreme(lang, valued, key) for key, asked in ends.items() if asked]
    if across.rank or not extremes:
        extremes = [_ranking(lang, valued, dates)]
    said = say(lang, "then").join(extremes) + say(lang, "stop")
    if across.difference and across.high and across.low and not dates:
        said += (" " if lang == "en" else "") + _span(lang, valued)
    elif across.difference and named and not dates:
        said += _from_first(lang, valued)
    return said + _caveat(lang, valued)


Valued = list[tuple[Cell, Value]]


def _extreme(lang: Lang, valued: Valued, key: str) -> str:
    pick: Callable[[list[float]], float] = max if key in ("high", "late") else min
    best = pick([v.number for _, v in valued])
    found = [(c, v) for c, v in valued if v.number == best]
    places = _places(lang, [c for c, _ in found])
    if found[0][1].scale != "percent":
        key = {"high": "most", "low": "least"}.get(key, key)
    return say(lang, f"extreme_{key}", places=places, value=found[0][1].text)


def _ranking(lang: Lang, valued: Valued, dates: bool) -> str:
    ordered = sorted(valued, key=lambda cv: cv[1].number, reverse=not dates)
    groups = [list(g) for _, g in groupby(ordered, key=lambda cv: cv[1].number)]
    told = [
        say(lang, "ranked", places=_places(lang, [c for c, _ in g]), value=g[0][1].text)
        for g in groups
    ]
    return say(lang, "by_date" if dates else "by_size", order=say(lang, "then").join(told))


def _span(lang: Lang, valued: Valued) -> str:
    """How far the highest and the lowest lie apart."""
    numbers = [v.number for _, v in valued]
    unit = valued[0][1].unit if len({v.unit for _, v in valued}) == 1 else ""
    points = valued[0][1].scale == "percent"
    gap = f"{max(numbers) - min(numbers):.12g}"
    return say(
        lang, "apart_points" if points else "apart_count", gap=gap + ("" if points else unit)
    )


def _from_first(lang: Lang, valued: Valued) -> str:
    """How far the place named first lies above or below each of the others."""
    (first, own), *rest = valued
    unit = "points" if own.scale == "percent" else "count"
    told = []
    for cell, value in rest:
        gap = own.number - value.number
        key = "as_much_as" if not gap else f"{'above' if gap > 0 else 'below'}_{unit}"
        amount = f"{abs(gap):.12g}" + (
            own.unit if unit == "count" and own.unit == value.unit else ""
        )
        told.append(say(lang, key, b=cell.name, gap=amount))
    return say(lang, "from_first", a=first.name, told=say(lang, "then").join(told))


def _together(lang: Lang, across: Across, valued: Valued) -> str:
    """What the numbers come to, on average or in all; shares are not added up."""
    numbers = [v.number for _, v in valued]
    percent = valued[0][1].scale == "percent"
    unit = valued[0][1].unit if len({v.unit for _, v in valued}) == 1 else ""
    if percent and not across.average:
        return say(lang, "not_added")
    amount = round(sum(numbers) / len(numbers), 2) if across.average else sum(numbers)
    key = "average" if across.average else "total"
    said = say(lang, key, n=len(numbers), x=f"{amount:.12g}{'%' if percent else unit}")
    if any(v.bound for _, v in valued):
        said += say(lang, "bounded")
    return said + _caveat(lang, valued)


def _times(lang: Lang, valued: Valued) -> str:
    """How many times as much the larger is; of the one named first where it is the larger."""
    (high, top), (low, bottom) = sorted(valued, key=lambda cv: -cv[1].number)
    if not bottom.number:
        return ""
    ratio = f"{top.number / bottom.number:.3g}"
    said = say(lang, "times", a=high.name, b=low.name, x=top.text, y=bottom.text, ratio=ratio)
    return said + _caveat(lang, valued)


def _difference(lang: Lang, valued: Valued, dates: bool) -> str:
    (high, top), (low, bottom) = sorted(valued, key=lambda cv: -cv[1].number)
    gap = top.number - bottom.number
    if dates:
        return say(
            lang, "earlier", a=low.name, b=high.name, x=bottom.text, y=top.text,
            days=round(gap), months=months(gap), years=_in_years(lang, months(gap)),
        )  # fmt: skip
    if not gap:
        return say(lang, "equal", a=high.name, b=low.name, x=top.text)
    unit = "points" if top.scale == "percent" else "count"
    counted = top.unit if _of_one_sort(top, bottom) and unit == "count" else ""
    return say(
        lang, f"higher_{unit}", a=high.name, b=low.name, x=top.text, y=bottom.text,
        gap=f"{gap:.12g}{counted}",
    ) + _caveat(lang, valued)  # fmt: skip


def _of_one_sort(top: Value, bottom: Value) -> bool:
    """Whether what lies between them has the larger one's measure word: 15家 and 6个, 人 and 名."""
    return top.unit == bottom.unit or top.scale in ("people", "bodies")


def _in_years(lang: Lang, of_months: int) -> str:
    """Twelve months and more as years and months; "" for less."""
    years, left = divmod(of_months, 12)
    return say(lang, "in_years", years=years, months=left) if years else ""


def months(days: float) -> int:
    """Days as whole months of the mean length (30.44 days)."""
    return round(days / 30.44)


def _caveat(lang: Lang, valued: Valued) -> str:
    """Numbers of one sort, of which some are yearly and some not, or counted otherwise."""
    if len({v.role for _, v in valued}) > 1:
        return say(lang, "other_roles")
    yearly = {v.yearly for _, v in valued}
    return say(lang, "other_basis") if len(yearly) > 1 else ""


# -- in common and not ------------------------------------------------------------------------


def _same(question: Question, cells: Cells) -> str:
    lang = question.lang
    if question.kind == "duty":
        return _same_units(lang, asked_role(question), cells)
    if question.kind == "meta":
        field = ("basis",) if "basis" in question.meta else question.meta[:1]
        return _same_facts(lang, field, cells)
    if question.kind == "figure":
        valued = [(c, c.value) for c in cells if c.value]
        if len(valued) < 2:
            return ""
        if len({v.scale for _, v in valued}) > 1:
            return say(lang, "not_comparable")
        if len({v.number for _, v in valued}) == 1 and len(valued) == len(cells):
            return say(lang, "all_same", x=valued[0][1].text)
        groups = _ranking(lang, valued, False) + say(lang, "stop") if len(valued) > TWO else ""
        return say(lang, "not_same") + groups + _caveat(lang, valued)
    if question.kind == "when":
        return _same_years(lang, cells)
    if question.kind == "list" and all(c.draft.amount is not None for c in cells):
        return _same_titles(lang, cells)
    return ""


TWO = 2  # values: of more it is told which are alike


def _same_years(lang: Lang, cells: Cells) -> str:
    """Whether the answers name the same years."""
    told = [YEARS.findall(s.text) for c in cells for s in c.draft.statements[:1] if c.says]
    if len(told) < len(cells) or not all(told):
        return ""
    first = told[0]
    same = all(set(years) == set(first) for years in told)
    return say(lang, "all_same", x="—".join(first)) if same else say(lang, "not_same")


YEARS = re.compile(r"20\d\d(?=\s?年)")


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
        return say(lang, "not_same_none", places=_places(lang, without))
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


TITLES_ALIKE = 0.34  # share of the pairs of characters that headings of one matter have in common


def _same_titles(lang: Lang, cells: Cells) -> str:
    """Headings that only one of the plans has."""
    only = []
    for cell in cells:
        others = [c.context.plan[i].title for c in cells if c is not cell for i in c.draft.clauses]
        titles = [cell.context.plan[i].title for i in cell.draft.clauses]
        own = [t for t in titles if t and all(alike(t, o) < TITLES_ALIKE for o in others)]
        if own:
            only.append(say(lang, "only_here", place=cell.name, units=say(lang, "comma").join(own)))
    return say(lang, "not_same_but", only=say(lang, "then").join(only)) if only else ""
