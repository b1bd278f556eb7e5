"""A plan to read: its outline as a tree to walk in, and a clause with its duties in the margin.

Like all that is shown, every text passes `html.escape`. A clause of the outline is a button with
`data-plan` and `data-clause`.
"""

from __future__ import annotations

from index.plan import OUTSIDE, ROLE_ZH, Clause, Plan
from index.units import unit_names
from rag.phrases import ROLE
from rag.web.paper import paragraphs
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

SHORT = 34  # characters of a heading in the outline; an untitled clause begins with so many
OPEN_LEVELS = 1  # levels of the outline that stand open


def heading(clause: Clause) -> str:
    """The clause's number and title, or how it begins."""
    said = clause.number + clause.title if clause.title else " ".join(clause.text.split())
    return said if len(said) <= SHORT else said[:SHORT] + "…"


def outline(plan: Plan, lang: Lang, current: str = "") -> str:
    """The clause tree; branches open down to the current clause."""
    if current in {c.id for c in plan.clauses}:
        above = {c.id for c in plan.ancestors(plan[current])}
    else:
        above = set()
    root = next((c for c in plan.clauses if c.level == "plan"), None)
    tops = plan.children(root) if root else [c for c in plan.clauses if not c.parent]
    body = "".join(_branch(plan, c, current, above, lang, 0) for c in tops)
    label = _text(word(lang, "outline"))
    return f'<nav class="tw-outline" aria-label="{label}" lang="zh"><ul>{body}</ul></nav>'


def contents(plan: Plan, lang: Lang, current: str = "") -> str:
    """The outline folded away under its name, beside a clause."""
    label = _text(word(lang, "outline"))
    inner = outline(plan, lang, current)
    return f'<details class="tw-toc"><summary>{label}</summary>{inner}</details>'


def _branch(
    plan: Plan, clause: Clause, current: str, above: set[str], lang: Lang, depth: int
) -> str:
    here = ' aria-current="true"' if clause.id == current else ""
    outside = " tw-outside" if clause.level in OUTSIDE else ""
    duty = ' <i aria-hidden="true">●</i>' if clause.duty_source == "own" else ""
    button = (
        f'<button type="button" class="tw-leaf{outside}" data-plan="{_text(plan.id)}" '
        f'data-clause="{_text(clause.id)}"{here}>{_text(heading(clause))}{duty}</button>'
    )
    below = list(plan.children(clause))
    if not below:
        return f"<li>{button}</li>"
    inner = "".join(_branch(plan, c, current, above, lang, depth + 1) for c in below)
    shown = " open" if depth < OPEN_LEVELS or clause.id in above | {current} else ""
    label = _text(word(lang, "below"))
    twist = f'<summary aria-label="{label}" title="{label}"></summary>'
    return f"<li>{button}<details{shown}>{twist}<ul>{inner}</ul></details></li>"


def read_clause(plan: Plan, clause: Clause, lang: Lang) -> str:
    """The clause whole, with what stands under it; in the margin who does it."""
    path = '<span class="tw-sep">›</span>'.join(
        f"<span>{_text(p)}</span>" for p in plan.path(clause)
    )
    text = "".join(paragraphs(plan, clause.start, clause.end))
    return (
        f'<article class="tw-read"><nav class="tw-path">{path}</nav>'
        f'<div class="tw-page"><div class="tw-text" lang="zh" tabindex="0">{text}</div>'
        f"{margin(plan, clause, lang)}</div></article>"
    )


def margin(plan: Plan, clause: Clause, lang: Lang) -> str:
    """Who leads and who takes part, of the clause and of each below that has a note of its own."""
    owners = [clause, *(c for c in plan.descendants(clause) if c.duty_source == "own")]
    notes = "".join(_note(c, lang, named=c is not clause) for c in owners if c.duties)
    if not notes:
        notes = f'<p class="tw-none">{_text(word(lang, "no_note"))}</p>'
    head = _text(word(lang, "duties"))
    return f'<aside class="tw-margin" aria-label="{head}"><h3>{head}</h3>{notes}</aside>'


def _note(clause: Clause, lang: Lang, named: bool) -> str:
    names = unit_names()
    lines = ""
    for role in ROLE_ZH:
        units = clause.units(role)
        if not units:
            continue
        gloss = [u if lang == "zh" else _glossed(u, names.gloss(u)) for u in units]
        open_list = bool(clause.note and role in clause.note.open_roles)
        said = "、".join(gloss) + ("等" if open_list else "")
        lines += f"<dt>{_text(ROLE[lang][role])}</dt><dd>{_text(said)}</dd>"
    of = f'<p class="tw-of">{_text(heading(clause))}</p>' if named else ""
    inherited = (
        f'<p class="tw-of">{_text(word(lang, "inherited"))}</p>'
        if clause.duty_source == "inherited"
        else ""
    )
    return f"{of}{inherited}<dl>{lines}</dl>"


def _glossed(unit: str, gloss: str) -> str:
    return f"{unit} ({gloss})" if gloss else unit
