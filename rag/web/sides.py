"""Plans side by side as HTML: the table of their answers, and the charts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from index.plan import Plan
from rag.across.actions import Indicator, Measured
from rag.answer import Answer, Row
from rag.context import place_name
from rag.phrases import SHOWN_PLACES, say
from rag.web.asking import Shown
from rag.web.bars import Bar, bars
from rag.web.conversation import Turn
from rag.web.paper import shown as _text
from rag.web.render import above_table, cited_line
from rag.web.tasking import UnitCount
from rag.web.words import Lang, word

ACTION, FIGURE = "action:", "figure:"  # before the name of what was picked, not written
CHARTS = 6  # figures shown as charts before one is chosen; the rest stand in the list
MOST_BARS = 24  # of one figure: as many as are still read one by one
MOST_UNITS = 12  # bars of a chart of units; the rest of a long tail have a task or two


def key_of(found: Indicator) -> str:
    """How an indicator is named among the matters to compare."""
    yearly = "每年" if found.per_year else ""
    return f"{FIGURE}{found.name} · {yearly}{found.unit}"


# -- the table ------------------------------------------------------------------------------


def table(
    plans: Sequence[Plan],
    turns: Sequence[Turn],
    heads: Sequence[str],
    lang: Lang,
    shown: Shown,
    unlike: Collection[str] = (),
    instead: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """A row for each plan, a column for each thing asked; what belongs to no row stands above.

    `unlike` are the ids of plans that have no heading like the matter's, which is told.
    `instead` is, by plan, HTML for the first thing asked where the answer is silent but the plan
    has it all the same, as its headings or phrases show.
    """
    above = "".join(_above(t, n, lang, shown) for n, t in enumerate(turns))
    asked = [t.answer for t in turns if t.answer]
    held = [p for p in plans if p.id in instead or any(_told_of(a, p) for a in asked)]
    if not held:
        return above
    head = "".join(f'<th scope="col">{_text(h)}</th>' for h in (word(lang, "place"), *heads))
    body = ""
    for plan in held:
        cells = "".join(
            f'<td data-head="{_text(head)}">'
            f"{_cell(t.answer, plan, n, lang, shown, '' if n else instead.get(plan.id, ''))}</td>"
            for n, (t, head) in enumerate(zip(turns, heads, strict=True))
        )
        note = _text(word(lang, "compare_unlike")) if plan.id in unlike else ""
        note = f'<span class="tw-over">{note}</span>' if note else ""
        body += f'<tr><th scope="row">{_text(plan.name)}{note}</th>{cells}</tr>'
    label = _text(word(lang, "compare_table"))
    return (
        f'{above}<table class="tw-sheet tw-sides" aria-label="{label}"><thead><tr>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


def row_of(answer: Answer, plan: str) -> Row | None:
    """The plan's row of an answer; of an answer from one plan alone the answer itself."""
    row = next((r for r in answer.table if r.plan == plan), None)
    alone = {c.plan for c in answer.citations} == {plan}
    if row is None and not answer.table and alone:
        numbers = tuple(c.n for c in answer.citations)
        row = Row(plan, answer.citations[0].place, "", answer.answer, answer.status, numbers)
    return row


def _told_of(answer: Answer, plan: Plan) -> bool:
    return row_of(answer, plan.id) is not None or unmentioned(answer, plan)


def unmentioned(answer: Answer, plan: Plan) -> bool:
    """Whether the answer names the plan among those that do not mention the matter."""
    name = place_name(plan, answer.lang)
    told = (_silent(line, answer.lang) for line in answer.answer.split("\n"))
    return any(name in names for names in told)


def _silent(line: str, lang: str) -> list[str]:
    """The places that a line of an answer names as not mentioning the matter."""
    before, _, after = say(lang, "rest_unmentioned", places="\n").partition("\n")
    if not (line.startswith(before) and line.endswith(after)):
        return []
    return line[len(before) : len(line) - len(after)].split(say(lang, "comma"))


def _above(turn: Turn, at: int, lang: Lang, shown: Shown) -> str:
    """The sentence over the table; the whole answer where there is no table; or the error."""
    if turn.answer is None:
        said = _text(turn.error or word(lang, "pending"))
        return f'<div class="tw-card tw-error" role="alert"><p>{said}</p></div>'
    answer = turn.answer
    lines = [n for n in answer.answer.split("\n") if n.strip()]
    here = shown.n if shown.turn == at else 0
    if answer.table:  # whoever is silent has a row that says so
        lines = [n for n in lines if not _silent(n, answer.lang)]
        return f'<div class="tw-verdict">{above_table(lines, answer, at, lang, here)}</div>'
    if any(row_of(answer, p) for p in {c.plan for c in answer.citations}):
        return ""
    said = "".join(cited_line(n, answer, at, lang, here, several=False) for n in lines)
    status = _text(word(lang, answer.status))
    status = f'<span class="tw-status">{status}</span>'
    return f'<div class="tw-card tw-{answer.status}">{status}{said}</div>'


def _cell(
    answer: Answer | None, plan: Plan, at: int, lang: Lang, shown: Shown, instead: str
) -> str:
    row = row_of(answer, plan.id) if answer else None
    if instead and (row is None or row.status != "answered"):
        return f'{instead}<span class="tw-over">{_text(word(lang, "compare_by_words"))}</span>'
    if answer is None or row is None:
        silent = answer is not None and unmentioned(answer, plan)
        said = word(lang, "not_mentioned" if silent else "compare_not_asked")
        return f'<span class="tw-status tw-mute">{_text(said)}</span>' if silent else _text(said)
    here = shown.n if shown.turn == at else 0
    clause = f'<span class="tw-over">{_text(row.clause)}</span>' if row.clause else ""
    status = (
        f'<span class="tw-status tw-mute">{_text(word(lang, row.status))}</span>'
        if row.status != "answered"
        else ""
    )
    lines = [n for n in row.answer.split("\n") if n.strip()]
    said = "".join(cited_line(n, answer, at, lang, here, several=False) for n in lines)
    soft = "" if row.status == "answered" else " tw-silent"
    return f'{status}{clause}<div class="tw-told-in{soft}">{said}</div>'


# -- the charts -----------------------------------------------------------------------------


def overview(
    shared: Sequence[Indicator],
    counted: Sequence[tuple[Plan, Sequence[UnitCount]]],
    plans: Sequence[Plan],
    lang: Lang,
    shown: Shown,
) -> str:
    """What several places measure, as charts; then the units of each place by their tasks."""
    figures = "".join(targets(i, plans, lang, shown, True) for i in shared[:CHARTS])
    charts = "".join(unit_chart(plan, counts, lang) for plan, counts in counted if counts)
    html = f'<p class="tw-hintline">{_text(word(lang, "compare_about"))}</p>'
    if figures:
        html += f'<h2 class="tw-h">{_text(word(lang, "compare_figures"))}</h2>'
        html += f'<div class="tw-charts">{figures}</div>'
    if charts:
        legend = "".join(
            f'<span><i class="tw-bar tw-bar-{look}"></i>'
            f"{_text(word(lang, f'compare_{look}'))}</span>"
            for look in ("lead", "other")
        )
        html += f'<h2 class="tw-h">{_text(word(lang, "compare_units"))}</h2>'
        html += f'<p class="tw-legend">{legend}</p>'
        html += f'<p class="tw-hintline">{_text(word(lang, "compare_units_note"))}</p>'
        html += f'<div class="tw-charts">{charts}</div>'
    return html


def targets(found: Indicator, plans: Sequence[Plan], lang: Lang, shown: Shown, offer: bool) -> str:
    """A figure by place, all in its one unit of measure, each bar with value, bound and year.

    With `offer` it has a button to compare it (`data-matter`). Percentages are drawn of a hundred.
    """
    order = {p.id: n for n, p in enumerate(plans)}
    names = {p.id: p.name for p in plans}
    figures = [m for m in found.figures if m.plan in order]
    figures.sort(key=lambda m: (order[m.plan], m.target.figure.year or 0))
    rows = [_figure_bar(m, names[m.plan], lang, shown) for m in figures]
    absent = [p for p in plans if p.id not in {m.plan for m in figures}]
    unit = word(lang, "compare_per_year", unit=found.unit) if found.per_year else found.unit
    title = f"{found.name}（{unit}）"
    button = (
        f'<button type="button" class="tw-act" data-matter="{_text(key_of(found))}" '
        f'aria-label="{_text(word(lang, "matrix_compare"))}：{_text(found.name)}">'
        f"{_text(word(lang, 'matrix_compare'))}</button>"
        if offer
        else ""
    )
    heads = word(lang, "place"), unit
    most = 100.0 if found.unit == "%" and all(_length(m) <= 100 for m in figures) else 0.0
    note = ""
    if absent[SHOWN_PLACES:]:
        note = word(lang, "compare_rest_no_figure", n=len(absent))
    elif absent:
        note = word(lang, "compare_no_figure", places="、".join(p.name for p in absent))
    return bars(title, heads, rows[:MOST_BARS], most, button, note)


def phrases(found: Indicator, plan: str) -> str:
    """The plan's figures in its own words, as buttons that open their clauses; "" for none."""
    return "".join(
        f'<button type="button" class="tw-cell" data-plan="{_text(plan)}" '
        f'data-clause="{_text(m.target.clause)}">{_text(m.target.label)}</button>'
        for m in found.figures
        if m.plan == plan
    )


def _length(measured: Measured) -> float:
    return max(0.0, measured.target.figure.value)


def _figure_bar(measured: Measured, name: str, lang: Lang, shown: Shown) -> Bar:
    target = measured.target
    year = target.figure.year
    when = word(lang, "compare_year", year=year) if year else word(lang, "compare_no_year")
    here = (shown.plan, shown.clause) == (measured.plan, target.clause)
    return Bar(
        name,
        ((_length(measured), "other"),),
        f"{target.figure.text} · {when}",
        target.phrase,
        measured.plan,
        target.clause,
        here,
    )


def unit_chart(plan: Plan, counts: Sequence[UnitCount], lang: Lang) -> str:
    """A place's units by number of tasks, those they lead told apart from the others."""
    leading = any(c.leads for c in counts)
    rows = []
    for count in counts[:MOST_UNITS]:
        told = word(lang, "compare_tasks", n=count.leads + count.others)
        if leading:
            told += " · " + word(lang, "compare_leads", n=count.leads)
        parts = ((float(count.leads), "lead"), (float(count.others), "other"))
        rows.append(Bar(count.name, parts, told))
    heads = word(lang, "compare_unit"), word(lang, "compare_tasks_head")
    left = len(counts) - MOST_UNITS
    note = f'<span class="tw-over">{_text(word(lang, "compare_more_units", n=left))}</span>'
    title = plan.name if leading else word(lang, "compare_leadless", place=plan.name)
    return bars(title, heads, rows, tools=note if left > 0 else "")
