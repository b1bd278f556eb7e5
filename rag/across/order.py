"""The places in the order of their values, and what lies between these: who is higher, by how much,
how many times as much, what they come to together."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from rag.across.asked import Across
from rag.across.cells import Cell, Cells, Value
from rag.phrases import say
from rag.question import Lang


def places_of(lang: Lang, cells: Cells) -> str:
    """The names of the cells' places, in a row."""
    return say(lang, "comma").join(c.name for c in cells)


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
        extremes = [ranking(lang, valued, dates)]
    said = say(lang, "then").join(extremes) + say(lang, "stop")
    if across.difference and across.high and across.low and not dates:
        said += (" " if lang == "en" else "") + _span(lang, valued)
    elif across.difference and named and not dates:
        said += _from_first(lang, valued)
    return said + caveat(lang, valued)


Valued = list[tuple[Cell, Value]]


def _extreme(lang: Lang, valued: Valued, key: str) -> str:
    pick: Callable[[list[float]], float] = max if key in ("high", "late") else min
    best = pick([v.number for _, v in valued])
    found = [(c, v) for c, v in valued if v.number == best]
    places = places_of(lang, [c for c, _ in found])
    if found[0][1].scale != "percent":
        key = {"high": "most", "low": "least"}.get(key, key)
    return say(lang, f"extreme_{key}", places=places, value=found[0][1].text)


def ranking(lang: Lang, valued: Valued, dates: bool) -> str:
    ordered = sorted(valued, key=lambda cv: cv[1].number, reverse=not dates)
    groups = [list(g) for _, g in groupby(ordered, key=lambda cv: cv[1].number)]
    told = [
        say(lang, "ranked", places=places_of(lang, [c for c, _ in g]), value=g[0][1].text)
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
    return said + caveat(lang, valued)


def _times(lang: Lang, valued: Valued) -> str:
    """How many times as much the larger is; of the one named first where it is the larger."""
    (high, top), (low, bottom) = sorted(valued, key=lambda cv: -cv[1].number)
    if not bottom.number:
        return ""
    ratio = f"{top.number / bottom.number:.3g}"
    said = say(lang, "times", a=high.name, b=low.name, x=top.text, y=bottom.text, ratio=ratio)
    return said + caveat(lang, valued)


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
    ) + caveat(lang, valued)  # fmt: skip


def ordered_by_amount(lang: Lang, cells: Cells) -> str:
    """Which of two has more, and by how many, or several in order; "" where they have as many, or
    one has no number."""
    valued = [(c, c.value) for c in cells if c.value]
    if len(valued) < len(cells) or len({v.number for _, v in valued}) == 1:
        return ""
    if len(valued) > TWO:
        return ranking(lang, valued, False) + say(lang, "stop")
    return _difference(lang, valued, False)


TWO = 2  # values: of more it is told how they go in order


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


def caveat(lang: Lang, valued: Valued) -> str:
    """Numbers of one sort, of which some are yearly and some not, or counted otherwise."""
    if len({v.role for _, v in valued}) > 1:
        return say(lang, "other_roles")
    yearly = {v.yearly for _, v in valued}
    return say(lang, "other_basis") if len(yearly) > 1 else ""
