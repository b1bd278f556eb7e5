"""The list of the plans held, with a search over it.

Names, titles and numbers come from the cards; what a card does not say (date, draft or issued, how
much there is) is read of those plans only that are shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.held import Card
from index.plan import OUTSIDE, Plan
from index.store import Index
from rag.web.paper import shown as _text
from rag.web.site import Site
from rag.web.words import Lang, word

SHOWN_BY = 50  # rows at once, so many more at a click; reading a plan takes some milliseconds


@dataclass(frozen=True, slots=True)
class Summary:
    """What a row says beyond the card."""

    date: str
    status: str
    clauses: int
    duties: int


def summary(plan: Plan) -> Summary:
    """The plan's date and status, its clauses, and those with a duty note of their own."""
    clauses = [c for c in plan.clauses if c.level not in OUTSIDE]
    duties = sum(c.duty_source == "own" and bool(c.duties) for c in clauses)
    return Summary(plan.meta.date.value, plan.meta.status.value, len(clauses), duties)


class Shelf:
    """The plans of a site as a list."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[str, Summary] = {}
        self._of: Index | None = None

    def html(self, query: str, many: int, lang: Lang) -> str:
        """The first `many` plans found, and how many there are."""
        index = self._site.assistant.index  # one and the same for all rows
        cards = index.held_index().cards
        found, held = matching(cards, query), len(cards)
        told = word(lang, "shelf_found" if query.strip() else "shelf_all", n=len(found), all=held)
        count = f'<p class="tw-count" role="status">{_text(told)}</p>'
        if not found:
            return f'{count}<p class="tw-none">{_text(word(lang, "shelf_none"))}</p>'
        heads = "".join(
            f'<th scope="col" class="tw-col-{name}">{_text(word(lang, f"col_{name}"))}</th>'
            for name in ("place", "plan", "date", "status", "clauses", "duties")
        )
        rows = "".join(self._row(index, card, lang) for card in found[:many])
        more = word(lang, "shelf_more", n=min(SHOWN_BY, len(found) - many))
        button = (
            f'<button type="button" class="tw-act tw-more" data-act="more">{_text(more)}</button>'
            if len(found) > many
            else ""
        )
        return (
            f'{count}<table class="tw-shelf"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>{button}"
        )

    def _row(self, index: Index, card: Card, lang: Lang) -> str:
        known = self._summary(index, card.id)
        above = " ".join(p for p in (card.province, card.city) if p)
        about = " · ".join(p for p in (card.number, card.file) if p)
        cells = (
            ("date", _text(known.date or "—")),
            ("status", status(known.status, lang)),
            ("clauses", str(known.clauses)),
            ("duties", str(known.duties)),
        )
        rest = "".join(
            f'<td class="tw-col-{name}" data-label="{_text(word(lang, f"col_{name}"))}">{said}</td>'
            for name, said in cells
        )
        return (
            f'<tr><th scope="row" class="tw-col-place" lang="zh">{_text(card.name)}'
            f"<small>{_text(above)}</small></th>"
            f'<td class="tw-col-plan" lang="zh"><button type="button" data-plan="{_text(card.id)}">'
            f"{_text(card.title or card.id)}</button><small>{_text(about)}</small></td>{rest}</tr>"
        )

    def _summary(self, index: Index, plan: str) -> Summary:
        if self._of is not index:  # a plan may be another now
            self._of, self._known = index, {}
        if plan not in self._known:
            self._known[plan] = summary(index.by_id()[plan])
        return self._known[plan]


def matching(cards: Sequence[Card], query: str) -> list[Card]:
    """The cards that hold every word of the query, in any of what they say."""
    wanted = [_folded(part) for part in query.split()]
    return [c for c in cards if all(w in _said(c) for w in wanted)]


def status(raw: str, lang: Lang) -> str:
    """Issued or draft as a small sign, a dash where the plan does not say."""
    if raw not in ("issued", "draft"):
        return "—"
    return f'<span class="tw-is tw-is-{raw}">{_text(word(lang, f"is_{raw}"))}</span>'


def _said(card: Card) -> str:
    said: Sequence[str] = (
        card.name, card.place, *card.aliases, card.city, card.province, card.title, card.number,
        card.file, card.id,
    )  # fmt: skip
    return _folded("\n".join(said))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
