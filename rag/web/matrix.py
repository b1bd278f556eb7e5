"""The matrix place x action x lead: who leads the same action elsewhere, at a glance.

Rows are the actions that plans share by like headings (rag/across/actions.py), columns the places.
A cell without a heading says just that: the text may speak of the matter all the same, which the
Compare page looks for.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.plan import ROLE_ZH, Clause, Plan
from rag.across.actions import Action
from rag.phrases import ROLE
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

SHARED = 2  # places from which an action is shown in the matrix rather than listed below it


def matrix(
    plans: Sequence[Plan], actions: Sequence[Action], lang: Lang, beside: tuple[str, str]
) -> str:
    """The shared actions as a table, what only one place has folded away below it."""
    shared = [a for a in actions if len(a.clauses) >= min(SHARED, len(plans))]
    alone = [a for a in actions if len(a.clauses) < min(SHARED, len(plans))]
    if not actions:
        return f'<div class="tw-hint"><p>{_text(word(lang, "tasks_none"))}</p></div>'
    about = word(lang, "matrix_about", n=len(shared), places=len(plans))
    said = f'<p class="tw-hintline">{_text(about)}</p>'
    return said + _table(plans, shared, lang, beside) + _alone(plans, alone, lang, beside)


def _table(
    plans: Sequence[Plan], actions: Sequence[Action], lang: Lang, beside: tuple[str, str]
) -> str:
    if not actions:
        return ""
    places = "".join(f'<th scope="col">{_text(p.name)}</th>' for p in plans)
    head = f'<tr><th scope="col">{_text(word(lang, "matrix_action"))}</th>{places}</tr>'
    rows = ""
    for action in actions:
        cells = "".join(f"<td>{cell(p, action, lang, beside)}</td>" for p in plans)
        rows += f'<tr><th scope="row">{_named(action, lang)}</th>{cells}</tr>'
    label = _text(word(lang, "matrix"))
    return (
        f'<div class="tw-wide" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="tw-sheet tw-matrix"><thead>{head}</thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _named(action: Action, lang: Lang) -> str:
    """The action's name, in how many places it is, and the way to compare it."""
    count = _text(word(lang, "matrix_places", n=len(action.clauses)))
    compare = _text(word(lang, "matrix_compare"))
    return (
        f'<span lang="zh">{_text(action.title)}</span><span class="tw-over">{count}</span>'
        f'<button type="button" class="tw-act" data-action="{_text(action.title)}" '
        f'aria-label="{compare}：{_text(action.title)}">{compare}</button>'
    )


def cell(plan: Plan, action: Action, lang: Lang, beside: tuple[str, str]) -> str:
    """Who leads the action in the place, as a button that opens its clause."""
    ident = action.clauses.get(plan.id)
    if ident is None:
        return f'<span class="tw-none">{_text(word(lang, "matrix_absent"))}</span>'
    clause = plan[ident]
    here = ' aria-current="true"' if beside == (plan.id, ident) else ""
    return (
        f'<button type="button" class="tw-cell" data-plan="{_text(plan.id)}" '
        f'data-clause="{_text(ident)}"{here}>{who(plan, clause, lang)}</button>'
    )


def who(plan: Plan, clause: Clause, lang: Lang) -> str:
    """The clause's lead units, or that none is named and who is; of a section without a note of
    its own what its items name."""
    if clause.duties:
        inherited = clause.duty_source == "inherited"
        from_above = f'<i class="tw-over">{_text(word(lang, "matrix_inherited"))}</i>'
        return _units([clause], lang) + (from_above if inherited else "")
    below = [c for c in plan.descendants(clause) if c.duty_source == "own" and c.duties]
    return _units(below, lang) + f'<i class="tw-over">{_text(word(lang, "matrix_items"))}</i>'


def _units(clauses: Sequence[Clause], lang: Lang) -> str:
    leads = tuple(dict.fromkeys(u for c in clauses for u in c.units("lead")))
    if leads:
        ended = any(c.note and "lead" in c.note.open_roles for c in clauses)
        return f"<b>{_text('、'.join(leads))}{'等' if ended else ''}</b>"
    said = f'<b class="tw-none">{_text(word(lang, "matrix_no_lead"))}</b>'
    for role in ROLE_ZH:
        named = tuple(dict.fromkeys(u for c in clauses for u in c.units(role)))
        if named:
            ended = any(c.note and role in c.note.open_roles for c in clauses)
            units = "、".join(named) + ("等" if ended else "")
            said += f"<span>{_text(ROLE[lang][role])}：{_text(units)}</span>"
    return said


def _alone(
    plans: Sequence[Plan], actions: Sequence[Action], lang: Lang, beside: tuple[str, str]
) -> str:
    if not actions:
        return ""
    items = ""
    for plan in plans:
        own = [a for a in actions if plan.id in a.clauses]
        cells = "".join(
            f'<li><span lang="zh">{_text(a.title)}</span>{cell(plan, a, lang, beside)}</li>'
            for a in own
        )
        items += f"<h3>{_text(plan.name)}</h3><ul>{cells}</ul>" if own else ""
    said = _text(word(lang, "matrix_alone", n=len(actions)))
    return f'<details class="tw-alone"><summary>{said}</summary>{items}</details>'
