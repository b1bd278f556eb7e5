"""A plan opened to read: its page in the middle, duties and figures in the margin beside the words.

A plan is cut into pages. A clause that is short enough with all below it is one page; of a longer
one its own words are a page, and each clause below it is cut in turn. So the pages, one after the
other, are the plan once, and the page that is shown holds the clause that was asked for with its
neighbours. Steps go from clause to clause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape

from index.numbering import marker_at
from index.plan import ROLE_ZH, Clause, Figure, Plan
from index.units import unit_names
from rag.phrases import ROLE
from rag.web.outline import heading
from rag.web.paper import Span, told_apart
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

PAGE_CHARS = 3_000  # of the source on one page: some five screens, drawn in a few milliseconds
LEAST_CHARS = 900  # of a page by itself: with less a window is not full
OWN_CHARS = 60_000  # of one clause's own words; more, a text without numbers, would stop a browser
Page = tuple[Clause, ...]


def walk(plan: Plan) -> tuple[Clause, ...]:
    """The clauses that have words of their own, in the plan's order: what steps go through."""
    return tuple(c for c in plan.clauses if plan.source[c.start : c.own_end].strip())


def pages(plan: Plan) -> list[Page]:
    """The plan's pages: the clauses of each, in order. Together they are `walk(plan)`."""
    found: list[Page] = []
    said = {c.id for c in walk(plan)}

    def cut(clause: Clause) -> None:
        whole = (clause, *plan.descendants(clause))
        if clause.end - clause.start <= PAGE_CHARS:
            found.append(tuple(c for c in whole if c.id in said))
            return
        found.append((clause,) if clause.id in said else ())
        for child in plan.children(clause):
            cut(child)

    for clause in plan.clauses:
        if clause.parent is None:
            cut(clause)
    return _joined([page for page in found if page])


def _joined(parts: Sequence[Page]) -> list[Page]:
    """The pages, a very short one, as a heading by itself, put before the one that follows, and
    what is left at the end, as a signature, behind the last."""
    found: list[Page] = []
    short: Page = ()
    for part in parts:
        page = (*short, *part)
        short = ()
        if sum(c.own_end - c.start for c in page) < LEAST_CHARS:
            short = page
        else:
            found.append(page)
    if found and short:
        found[-1] += short
    elif short:
        found.append(short)
    return found


def page_of(plan: Plan, clause_id: str) -> Page:
    """The page with the clause, or of the first below it that has words; else the first page."""
    parts = pages(plan)
    wanted = [clause_id]
    if any(c.id == clause_id for c in plan.clauses):
        wanted += [c.id for c in plan.descendants(plan[clause_id])]
    for one in wanted:
        for page in parts:
            if any(c.id == one for c in page):
                return page
    return parts[0] if parts else ()


def first(plan: Plan) -> str:
    """The clause that a plan is opened at."""
    return next((c.id for c in walk(plan)), "")


def step(plan: Plan, clause_id: str, by: int) -> str:
    """The id of the clause so many steps on, "" where the plan is over."""
    ids = [c.id for c in walk(plan)]
    if clause_id not in ids:
        return ids[0] if ids else ""
    at = ids.index(clause_id) + by
    return ids[at] if 0 <= at < len(ids) else ""


# -- what is shown ------------------------------------------------------------------------


def leaf(plan: Plan, clause_id: str, lang: Lang) -> str:
    """The page with the clause, the clause itself set off, and the steps to the next."""
    page = page_of(plan, clause_id)
    if not page:
        return f'<p class="tw-none">{_text(word(lang, "leaf_empty"))}</p>'
    here = clause_id if any(c.id == clause_id for c in page) else page[0].id
    path = '<span class="tw-sep">›</span>'.join(
        f"<span>{_text(p)}</span>" for p in plan.path(page[0])[:-1]
    )
    blocks = "".join(_block(plan, block, here, lang) for block in _blocks(page))
    return (
        f'<article class="tw-leafing" data-here="{_text(here)}">{_steps(plan, here, lang)}'
        f'<nav class="tw-path">{path}</nav>{blocks}{_steps(plan, here, lang, below=True)}</article>'
    )


def _steps(plan: Plan, here: str, lang: Lang, below: bool = False) -> str:
    ids = [c.id for c in walk(plan)]
    where = word(lang, "leaf_position", n=ids.index(here) + 1, all=len(ids))
    legend = (
        ""
        if below
        else '<span class="tw-signs">'
        f'<span class="tw-fig">{_text(word(lang, "figure_sign"))}</span>'
        f'<span class="tw-duty">{_text(word(lang, "duty_sign"))}</span></span>'
    )

    def button(by: int, key: str) -> str:
        goal = step(plan, here, by)
        to = f'data-plan="{_text(plan.id)}" data-clause="{_text(goal)}"' if goal else "disabled"
        sign = ("‹ {}" if by < 0 else "{} ›").format(_text(word(lang, key)))
        return f'<button type="button" class="tw-turn-to" {to} data-by="{by}">{sign}</button>'

    return (
        f'<header class="tw-leaf-steps">{legend}<span>{_text(where)}</span>'
        f"{button(-1, 'clause_before')}{button(1, 'clause_after')}</header>"
    )


def _blocks(page: Page) -> Iterator[Page]:
    """The clauses by what stands side by side: a heading with units for its whole section goes
    with the first clause below it, so that they have room beside them."""
    block: Page = ()
    for clause in page:
        block = (*block, clause)
        if clause.duty_source != "own" or not _only_heading(clause):
            yield block
            block = ()
    if block:
        yield block


def _only_heading(clause: Clause) -> bool:
    """Whether the clause's own words are its heading and nothing else, what it says standing
    below it."""
    own = "".join(clause.text.split())
    return bool(clause.children and clause.title) and len(own) <= len(clause.number + clause.title)


def _block(plan: Plan, block: Page, here: str, lang: Lang) -> str:
    """The words of clauses, and beside them who does it and what is to be reached."""
    words = "".join(_words(plan, c, c.id == here, lang) for c in block)
    said = {c.id for c in block}
    margin = "".join(
        part for c in block for part in (*_duties(plan, c, said, lang), *_figures(c, lang))
    )
    label = _text(word(lang, "margin"))
    beside = f'<aside class="tw-beside" aria-label="{label}">{margin}</aside>' if margin else ""
    return f'<section class="tw-block"><div>{words}</div>{beside}</section>'


def _words(plan: Plan, clause: Clause, current: bool, lang: Lang) -> str:
    end = min(clause.own_end, clause.start + OWN_CHARS)
    text = "".join(told_apart(plan, clause.start, end, _spans(plan, clause)))
    if end < clause.own_end:
        text += f'<p class="tw-none">{_text(word(lang, "cut_off", n=clause.own_end - end))}</p>'
    here = ' aria-current="true"' if current else ""
    return (
        f'<div class="tw-words tw-at-{clause.level}" data-block="{_text(clause.id)}"{here} '
        f'lang="zh">{text}</div>'
    )


def _spans(plan: Plan, clause: Clause) -> list[Span]:
    """What is told apart in a clause's words: its heading, its duty notes, its figures."""
    found: list[Span] = []
    if clause.title:
        own = plan.source[clause.start : clause.own_end]
        at = own.find(clause.title)
        mark = marker_at(own[:at].strip()) if at > 0 else None
        if at == 0 or mark is not None:
            found.append((clause.start, clause.start + at + len(clause.title), "tw-head"))
    if clause.note and clause.start <= clause.note.start < clause.own_end:
        found.append((clause.note.start, clause.note.end, "tw-duty"))
    found += [(f.start, f.end, "tw-fig") for f in clause.figures]
    return found


def _duties(plan: Plan, clause: Clause, said: Collection[str], lang: Lang) -> Iterator[str]:
    """Who does it; a note that stands above is named, and unfolds. Of the clauses `said`, whose
    units stand beside this one's, it is not told again."""
    lines = "".join(
        f"<dt>{_text(ROLE[lang][role])}</dt><dd>{_text(_units(clause, role, lang))}</dd>"
        for role in ROLE_ZH
        if clause.units(role)
    )
    if not lines:
        return
    if clause.duty_source == "own":
        yield f"<dl>{lines}</dl>"
        return
    above = next((a for a in plan.ancestors(clause) if a.duty_source == "own"), None)
    if above and above.id in said:
        return
    of = word(lang, "as_above", clause=heading(above) if above else "…")
    yield f'<details class="tw-as"><summary>{_text(of)}</summary><dl>{lines}</dl></details>'


def _units(clause: Clause, role: object, lang: Lang) -> str:
    names = unit_names()
    units = [u for r in ROLE_ZH if r == role for u in clause.units(r)]
    if lang == "en":
        glosses = [names.gloss(u, brief=True) for u in units]
        units = [f"{u} ({g})" if g else u for u, g in zip(units, glosses, strict=True)]
    ends = "等" if clause.note and role in clause.note.open_roles else ""
    return "、".join(units) + ends


def _figures(clause: Clause, lang: Lang) -> Iterator[str]:
    """The clause's figures, each with what the sentence ties it to."""
    if not clause.figures:
        return
    items = "".join(f"<li>{escape(f.text)}{_tied(f, lang)}</li>" for f in clause.figures)
    yield f'<ul class="tw-figures" aria-label="{_text(word(lang, "figures"))}">{items}</ul>'


def _tied(figure: Figure, lang: Lang) -> str:
    said = [word(lang, "figure_year", year=figure.year)] if figure.year else []
    said += [word(lang, "per_year")] if figure.per_year and not said else []
    return f"<small>{_text(' '.join(said))}</small>" if said else ""
