"""The task table as HTML. A row's source, and whatever may be chosen instead, are buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.plan import Role
from index.units import unit_names
from rag.phrases import ROLE
from rag.tasks.choose import NothingChosen
from rag.tasks.rows import Row, Share
from rag.tasks.sheet import roles_of, several_places
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

SHOWN_ROWS = 200  # rows on the page; more take seconds to lay out on a slow machine
Meant = Callable[[str], bool]


def table(rows: Sequence[Row], lang: Lang, beside: tuple[str, str], meant: Meant) -> str:
    """Counts, then a row a task; units that are `meant` are marked."""
    if not rows:
        return f'<div class="tw-hint"><p>{_text(word(lang, "tasks_none"))}</p></div>'
    several = several_places(rows)
    figures = any(r.targets for r in rows[:SHOWN_ROWS])
    heads = ["task", "lead", "others", *(["targets"] if figures else []), "source"]
    head = "".join(f'<th scope="col">{_text(word(lang, f"tasks_{h}"))}</th>' for h in heads)
    body = "".join(_row(r, heads, lang, beside, meant, several) for r in rows[:SHOWN_ROWS])
    more = len(rows) - SHOWN_ROWS
    rest = _text(word(lang, "tasks_more", n=more, shown=SHOWN_ROWS)) if more > 0 else ""
    return (
        f"{counts(rows, lang, meant)}"
        f'<table class="tw-sheet tw-tasks"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>'
        "</table>" + (f'<p class="tw-hintline">{rest}</p>' if rest else "")
    )


def counts(rows: Sequence[Row], lang: Lang, meant: Meant) -> str:
    """How many tasks, of how many plans, in which roles: of the unit meant, else of any."""
    facts = [("tasks_count", len(rows)), ("tasks_count_plans", len({r.plan for r in rows}))]
    shown = [(word(lang, key), n) for key, n in facts]
    own = any(meant(u) for r in rows for s in r.shares for u in s.units)
    key = "tasks_as_role" if own else "tasks_with_role"
    for role in roles_of(rows):
        shares = [s for r in rows if (s := r.share(role))]
        n = sum(any(meant(u) for u in s.units) for s in shares) if own else len(shares)
        shown += [(word(lang, key, role=ROLE[lang][role].lower()), n)] if n else []
    figures = sum(bool(r.targets) for r in rows)
    shown += [(word(lang, "tasks_count_figures"), figures)] if figures else []
    items = "".join(f"<li><b>{n}</b><span>{_text(name)}</span></li>" for name, n in shown)
    return f'<ul class="tw-counts">{items}</ul>'


def _row(
    row: Row,
    heads: Sequence[str],
    lang: Lang,
    beside: tuple[str, str],
    meant: Meant,
    several: bool,
) -> str:
    here = beside == (row.plan, row.task.clause)
    lead = row.share("lead")
    others = [s for s in row.shares if s.role != "lead"]
    nobody = f'<span class="tw-none">{_text(word(lang, "tasks_no_lead"))}</span>'
    leads = units(lead, lang, meant) if lead else nobody
    rest = "".join(
        f'<p><span class="tw-role">{_text(ROLE[lang][s.role])}</span>{units(s, lang, meant)}</p>'
        for s in others
    )
    figures = "".join(f"<p>{_text(t)}</p>" for t in dict.fromkeys(t.label for t in row.targets))
    current = ' aria-current="true"' if here else ""
    source = row.task.source.label or row.task.name
    button = (
        f'<button type="button" class="tw-go" data-plan="{_text(row.plan)}" '
        f'data-clause="{_text(row.task.clause)}"{current} '
        f'aria-label="{_text(word(lang, "tasks_open", name=row.task.name))}">{_text(source)}'
        "</button>"
    )
    cells = (("lead", leads), ("others", rest), ("targets", figures), ("source", button))
    cols = "".join(
        f'<td class="tw-c-{k}" data-head="{_text(word(lang, f"tasks_{k}"))}">{c}</td>'
        for k, c in cells
        if k in heads
    )
    marked = ' class="tw-here"' if here else ""
    return f'<tr{marked}><th scope="row">{_task(row, lang, several)}</th>{cols}</tr>'


def _task(row: Row, lang: Lang, several: bool) -> str:
    """The place and the headings above, the task's name, and the items the note holds for."""
    place = f"<b>{_text(row.place)}</b>" if several else ""
    path = " › ".join(_text(p) for p in row.path)
    of = f'<span class="tw-over">{place}{path}</span>' if place or path else ""
    items = ""
    if row.items:
        names = "".join(f"<li>{_text(p.name)}</li>" for p in row.items)
        told = _text(word(lang, "tasks_items", n=len(row.items)))
        items = f"<details><summary>{told}</summary><ul>{names}</ul></details>"
    return f"{of}<span lang=zh>{_text(row.task.name)}</span>{items}"


def units(share: Share, lang: Lang, meant: Meant) -> str:
    """The units of a role, those meant marked, leads also in English there."""
    names = unit_names()
    told = []
    for unit in share.units:
        said = _text(unit)
        gloss = names.gloss(unit, brief=True) if lang == "en" and share.role == "lead" else ""
        said = f"<mark>{said}</mark>" if meant(unit) else said
        told.append(said + (f" ({_text(gloss)})" if gloss else ""))
    return "、".join(told) + ("等" if share.open else "")


# -- nothing there --------------------------------------------------------------------------


def why(nothing: NothingChosen, lang: Lang) -> str:
    """Why no row is left, in the page's language."""
    asked = nothing.asked
    if nothing.reason == "role":
        asked = "、".join(_role(r, lang) for r in asked.split("、"))
    return word(lang, f"tasks_no_{nothing.reason}", asked=asked)


def nothing(nothing: NothingChosen, lang: Lang) -> str:
    """Why no row is left, and what there is instead, as buttons (`data-unit` or the like)."""
    kind = {"unit": "unit", "group_unknown": "group", "group": "group"}.get(nothing.reason, "role")
    buttons = ""
    for name, n in nothing.instead:
        label = _role(name, lang) if kind == "role" else name
        label += word(lang, "tasks_of_n", n=n) if n else ""
        buttons += (
            f'<button type="button" class="tw-example" data-{kind}="{_text(name)}">'
            f"{_text(label)}</button>"
        )
    buttons += (
        f'<button type="button" class="tw-example" data-clear="1">'
        f"{_text(word(lang, 'tasks_clear'))}</button>"
    )
    instead = _text(word(lang, "tasks_instead")) if nothing.instead else ""
    return (
        f'<div class="tw-card tw-not_mentioned" role="status"><p>{_text(why(nothing, lang))}</p>'
        f'<p class="tw-foot">{instead}</p><div class="tw-chips">{buttons}</div></div>'
    )


def _role(name: str, lang: Lang) -> str:
    known: dict[str, str] = {str(role): said for role, said in ROLE[lang].items()}
    return known.get(name, name)


def role_choices(lang: Lang) -> list[tuple[str, Role]]:
    """Names and values of the roles, as choices of a list."""
    return [(said, role) for role, said in ROLE[lang].items()]
