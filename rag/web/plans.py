"""What happens on the Plans page, without Gradio: a list, a plan opened to read, plans taken in.

`Here` is where one reader stands; what the browser sends may name what does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from index.plan import Plan
from rag.web import leafing
from rag.web.holding import MANY, Brought, Holding, forget, typed
from rag.web.outline import outline
from rag.web.paper import shown as _text
from rag.web.shelf import SHOWN_BY, Shelf, status
from rag.web.site import Site
from rag.web.words import Lang, word

Mode = Literal["shelf", "book", "intake"]
Cards = tuple[Brought, ...]
ASKED = 2  # times it is asked whether a plan is to be removed
NAME_CHARS = 200  # of a brought file's name as it is told


class Here(NamedTuple):
    """Where a reader stands: which view, which plan and clause, how many rows of the list; how
    often it was asked whether to remove the plan; what is to be told above the list."""

    mode: Mode = "shelf"
    plan: str = ""
    clause: str = ""
    many: int = SHOWN_BY
    leaving: int = 0
    news: str = ""


START = Here()


class Plans:
    """The Plans page of a site. Whoever keeps the site takes plans in and out here (`may`), and
    nobody does where it is `readonly`."""

    def __init__(self, site: Site, readonly: bool = False) -> None:
        self._site = site
        self._shelf = Shelf(site)
        self._holding = Holding(site)
        self._readonly = readonly

    def may(self, user: str | None) -> bool:
        """Whether that account takes plans in and out here."""
        return not self._readonly and self._site.keeps(user)

    # -- what is shown ----------------------------------------------------------------------

    def shelf(self, here: Here, query: str, lang: Lang) -> str:
        """The list of plans, with the news above it."""
        news = f'<p class="tw-good-news" role="status">{_text(here.news)}</p>' if here.news else ""
        return news + self._shelf.html(query, here.many, lang)

    def head(self, here: Here, lang: Lang, may: bool) -> str:
        """The opened plan's name and facts, and what the reader may do with it."""
        plan = self._site.plans.get(here.plan)
        back = _do("shelf", f"‹ {word(lang, 'to_shelf')}")
        if plan is None:
            gone = _text(word(lang, "plan_left"))
            top = f'<div class="tw-book-top">{back}</div>'
            return f'<div class="tw-book-head">{top}<p>{gone}</p></div>'
        remove = _do("leave", word(lang, "remove")) if may else ""
        ask = _do("ask", word(lang, "ask_plan"), main=True)
        return (
            f'<div class="tw-book-head"><div class="tw-book-top">{back}{remove}{ask}</div>'
            f'<h2 lang="zh">{_text(plan.meta.title.value or plan.name)}</h2>'
            f"<p>{_facts(plan, lang)}</p>{_asking(plan, here.leaving, lang)}</div>"
        )

    def outline(self, here: Here, lang: Lang) -> str:
        """The opened plan's clause tree."""
        plan = self._site.plans.get(here.plan)
        return outline(plan, lang, here.clause) if plan else ""

    def leaf(self, here: Here, lang: Lang) -> str:
        """The opened plan's page with the clause."""
        plan = self._site.plans.get(here.plan)
        return leafing.leaf(plan, here.clause, lang) if plan else ""

    # -- what happens -----------------------------------------------------------------------

    def opened(self, here: Here, data: Mapping[str, Any]) -> Here:
        """With a plan, or a clause of it, opened."""
        plan = self._site.plans.get(str(data.get("plan")))
        if plan is None:
            return here
        clause = str(data.get("clause"))
        if all(c.id != clause for c in plan.clauses):
            clause = leafing.first(plan)
        return here._replace(mode="book", plan=plan.id, clause=clause, leaving=0, news="")

    def done(self, here: Here, act: object, lang: Lang, may: bool) -> tuple[Here, str]:
        """After a button at the opened plan: where one stands then, and what went wrong."""
        if act == "shelf":
            return here._replace(mode="shelf", leaving=0, news=""), ""
        if not may or here.plan not in self._site.plans:
            return here._replace(leaving=0), ""
        if act == "leave":
            return here._replace(leaving=1), ""
        if act == "leave_yes" and here.leaving == 1:
            return here._replace(leaving=ASKED), ""
        if act == "leave_now" and here.leaving == ASKED:
            return self._removed(here, lang)
        return here._replace(leaving=0), ""

    def _removed(self, here: Here, lang: Lang) -> tuple[Here, str]:
        plan = self._site.plans[here.plan]
        trouble = self._holding.remove(plan.id, lang)
        if trouble:
            return here._replace(leaving=0), trouble
        title = plan.meta.title.value or plan.name
        return START._replace(many=here.many, news=word(lang, "removed", title=title)), ""

    # -- taking in --------------------------------------------------------------------------

    def brought(
        self, cards: Cards, data: Mapping[str, Any], folder: Path, lang: Lang, may: bool
    ) -> tuple[Cards, str]:
        """With a card for each file that was brought, and a line where there were too many.
        `folder` is where uploads lie; what lies elsewhere is not looked at."""
        files = data.get("files")
        files = [f for f in files if isinstance(f, dict)] if isinstance(files, list) else []
        if not may:
            return cards, ""
        new = tuple(self._holding.look(*_sent(f, folder), lang) for f in files[:MANY])
        more = _whole(data.get("more")) + len(files[MANY:])
        return (*new, *cards), word(lang, "bad_many", many=MANY, n=more) if more else ""

    def acted(
        self, cards: Cards, data: Mapping[str, Any], lang: Lang, may: bool
    ) -> Iterator[tuple[Cards, int]]:
        """The cards after a button among them, each with the number of the one being added, -1
        for none; what stands in their forms is kept."""
        forms = data.get("forms")
        forms = forms if isinstance(forms, dict) else {}
        cards = tuple(
            typed(c, forms[str(n)])
            if c.state == "new" and isinstance(forms.get(str(n)), dict)
            else c
            for n, c in enumerate(cards)
        )
        act, at = data.get("act"), _whole(data.get("card"), -1)
        chosen = [at] if 0 <= at < len(cards) else []
        if act == "add_all" or act == "drop_all":
            chosen = [n for n, c in enumerate(cards) if c.state == "new"]
        if act in ("drop", "drop_all"):
            forget([cards[n] for n in chosen])
            cards = tuple(c for n, c in enumerate(cards) if n not in chosen)
        elif act in ("add", "add_all") and may:
            for n in chosen:
                yield cards, n
                cards = (*cards[:n], self._holding.add(cards[n], lang), *cards[n + 1 :])
        yield cards, -1


def _do(act: str, said: str, main: bool = False) -> str:
    kind = "tw-do tw-main" if main else "tw-do"
    return f'<button type="button" class="{kind}" data-act="{act}">{_text(said)}</button>'


def _facts(plan: Plan, lang: Lang) -> str:
    """Place, issuer, number, date, status and file, those that are known."""
    above = "".join(p for p in (plan.province, plan.city) if p)
    meta = plan.meta
    said = (above + plan.place, meta.issuer.value, meta.number.value, meta.date.value, plan.file)
    spans = "".join(f'<span lang="zh">{_text(s)}</span>' for s in said if s)
    sign = status(meta.status.value, lang) if meta.status.value else ""
    return f"{spans}{f' {sign}' if sign else ''}"


def _asking(plan: Plan, leaving: int, lang: Lang) -> str:
    """The question whether to remove the plan, the first or the second time."""
    if not leaving:
        return ""
    if leaving == 1:
        said, yes = word(lang, "remove_ask"), _do("leave_yes", word(lang, "remove_yes"))
    else:
        said = word(lang, "remove_ask_again", file=plan.file)
        yes = _do("leave_now", word(lang, "remove_now"), main=True)
    no = _do("stay", word(lang, "remove_no"))
    # the way out stands first the second time: two clicks on one spot do not remove
    buttons = f"{yes}{no}" if leaving == 1 else f"{no}{yes}"
    label = _text(word(lang, "remove"))
    head = f'<div class="tw-asking" role="alertdialog" aria-label="{label}">'
    return f"{head}<p>{_text(said)}</p>{buttons}</div>"


def _sent(file: Mapping[str, Any], folder: Path) -> tuple[str, Path | None, int]:
    """Name, place and size of a file, as the browser sent them; no place outside the folder."""
    raw = str(file.get("name"))
    name = "".join(c if c.isprintable() else "?" for c in raw)
    name = name if len(name) <= NAME_CHARS else f"{name[:NAME_CHARS]}…{Path(name).suffix[:8]}"
    at = str(file.get("at") or "")
    try:
        path = Path(at).resolve() if at else None
    except (OSError, ValueError):  # a NUL, a loop of links
        path = None
    inside = path is not None and path.is_relative_to(folder.resolve())
    return name, path if inside else None, _whole(file.get("size"))


def _whole(raw: object, other: int = 0) -> int:
    """A whole number that the browser sent, `other` for anything else."""
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw
    text = str(raw)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < DIGITS else other


DIGITS = 16
