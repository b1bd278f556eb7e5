"""What happens on the Compare page, without Gradio: a matter and plans become a table and charts.

The table is the assistant's: each plan answers for itself, with its citations, or is silent. What
is compared may be an action (who does it and how are asked one after the other), a figure, or
whatever is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from index.plan import Plan
from rag.across.actions import Action, Indicator
from rag.web import matrix, sides
from rag.web.asking import Shown
from rag.web.conversation import Turn, next_turn
from rag.web.panel import panel
from rag.web.paper import shown as _text
from rag.web.sent import number
from rag.web.sides import ACTION, FIGURE, key_of
from rag.web.site import Site
from rag.web.tasking import LISTED_PLANS, SIDE_BY_SIDE, Read, unit_counts
from rag.web.words import Lang, word

ASPECTS = ("who", "how")  # what is asked of an action
NOTHING = Shown()


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared: the matter as it was picked or written, the plans, and the answers."""

    matter: str = ""
    plans: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()


NOT_YET = Compared()


class View(NamedTuple):
    """The page after something happened."""

    main: str
    side: str
    compared: Compared
    shown: Shown


class Comparing:
    """The Compare page of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._read = Read(site)

    def plans(self, chosen: Sequence[str], matter: str = "") -> tuple[list[Plan], int]:
        """The plans set side by side, and how many are left out: of those chosen, else of all,
        those first that have the action or the figure."""
        plans, left = self._read.plans(chosen, LISTED_PLANS)
        if not chosen and matter:
            known, found = self._action(matter, plans), self._indicator(matter, plans)
            holding = set(known.clauses) if known else set()
            holding |= {m.plan for m in found.figures} if found else set()
            plans = sorted(plans, key=lambda p: p.id not in holding)
        return plans[:SIDE_BY_SIDE], left + len(plans[SIDE_BY_SIDE:])

    def matters(self, chosen: Sequence[str], lang: Lang) -> list[tuple[str, str]]:
        """The actions and figures of the plans as choices of a list; those of one place last."""
        plans, _ = self._read.plans(chosen, LISTED_PLANS)
        found = [
            (len(a.clauses), word(lang, "compare_action", name=a.title), ACTION + a.title)
            for a in self._read.actions(plans)
        ]
        found += [
            (i.places, word(lang, "compare_figure", name=i.name, unit=i.unit), key_of(i))
            for i in self._read.indicators(plans)
        ]
        found.sort(key=lambda f: f[0] == 1)
        return [(f"{label} · {word(lang, 'matrix_places', n=n)}", key) for n, label, key in found]

    def compare(self, matter: str, chosen: Sequence[str], lang: Lang) -> View:
        """The matter asked of the plans; of none where nothing was picked or written.

        What is written is asked of all plans where none is chosen: the assistant finds which.
        """
        matter = matter.strip()
        picked = matter.startswith((ACTION, FIGURE))
        plans, _ = self.plans(chosen, matter)
        ids = tuple(p.id for p in plans) if picked or chosen else ()
        questions = self._questions(matter, chosen)
        turns = tuple(next_turn(self._site.assistant, q, ids, (), lang) for q in questions)
        return self.view(Compared(matter, tuple(chosen), turns), lang, _first(turns))

    def _questions(self, matter: str, chosen: Sequence[str]) -> list[str]:
        if matter.startswith(ACTION):
            return [word("zh", f"compare_ask_{a}", name=matter[len(ACTION) :]) for a in ASPECTS]
        if matter.startswith(FIGURE):
            found = self._indicator(matter, self._read.plans(chosen, LISTED_PLANS)[0])
            if found is None:
                return [matter[len(FIGURE) :]]
            unit = "" if found.unit == "%" else found.unit
            name = word("zh", "compare_yearly", name=found.name) if found.per_year else found.name
            return [word("zh", "compare_ask_figure", name=name, unit=unit)]
        return [matter] if matter else []

    def _indicator(self, matter: str, plans: Sequence[Plan]) -> Indicator | None:
        return next((i for i in self._read.indicators(plans) if key_of(i) == matter), None)

    def view(self, compared: Compared, lang: Lang, shown: Shown) -> View:
        """The table, the charts, and the clause beside them."""
        plans, left = self.plans(compared.plans, compared.matter)
        if compared.turns and not (compared.plans or compared.matter.startswith((ACTION, FIGURE))):
            plans, left = self._read.plans((), LISTED_PLANS)  # the assistant says what it left out
        note = word(lang, "tasks_left_out", n=left, shown=len(plans)) if left else ""
        said = f'<p class="tw-hintline">{_text(note)}</p>' if note else ""
        if compared.turns:
            main = said + self._table(compared, plans, lang, shown)
        else:
            main = self._overview(compared.plans, lang, shown)
        return View(main, self._side(compared, lang, shown), compared, shown)

    def _table(self, compared: Compared, plans: Sequence[Plan], lang: Lang, shown: Shown) -> str:
        matter = compared.matter
        every, _ = self._read.plans(compared.plans, LISTED_PLANS)
        found = self._indicator(matter, every) if matter.startswith(FIGURE) else None
        chart = sides.targets(found, plans, lang, shown, False) if found else ""
        title = matter.removeprefix(ACTION)
        title = found.name if found else title.removeprefix(FIGURE)
        heads = (
            [word(lang, f"compare_{a}") for a in ASPECTS]
            if matter.startswith(ACTION)
            else [word(lang, "told")]
        )
        known = self._action(matter, every)
        unlike = [p.id for p in plans if known and p.id not in known.clauses]
        instead = {p.id: sides.phrases(found, p.id) for p in plans} if found else {}
        if known:
            here = shown.plan, shown.clause
            instead = {
                p.id: matrix.cell(p, known, lang, here) for p in plans if p.id in known.clauses
            }
        instead = {p: html for p, html in instead.items() if html}
        table = sides.table(plans, compared.turns, heads, lang, shown, unlike, instead)
        back = _text(word(lang, "compare_back"))
        return (
            f'<header class="tw-matter"><h2 lang="zh">{_text(title)}</h2>'
            f'<button type="button" class="tw-act" data-overview="1">{back}</button></header>'
            f"{chart}{table}"
        )

    def _action(self, matter: str, plans: Sequence[Plan]) -> Action | None:
        return next((a for a in self._read.actions(plans) if ACTION + a.title == matter), None)

    def _overview(self, chosen: Sequence[str], lang: Lang, shown: Shown) -> str:
        """Before anything is compared: the figures that places share, the units by tasks."""
        plans, _ = self._read.plans(chosen, LISTED_PLANS)
        shared = [i for i in self._read.indicators(plans) if i.places > 1]
        counted = [(p, unit_counts(self._read.rows(p))) for p in plans if self._read.rows(p)]
        counted = counted[:SIDE_BY_SIDE]
        return sides.overview(shared, counted, plans, lang, shown)

    def _side(self, compared: Compared, lang: Lang, shown: Shown) -> str:
        if not shown.clause and shown.turn < 0:
            return f'<div class="tw-hint"><p>{_text(word(lang, "compare_beside"))}</p></div>'
        return panel(self._site.plans, compared.turns, lang, shown)

    def select(self, compared: Compared, lang: Lang, shown: Shown, data: Mapping[str, Any]) -> View:
        """A citation of the table, or a clause; what the browser sends may not exist."""
        plan = self._site.plans.get(str(data.get("plan")))
        at, n = number(data.get("turn")), number(data.get("n"))
        answer = compared.turns[at].answer if 0 <= at < len(compared.turns) else None
        if plan is not None and any(c.id == data.get("clause") for c in plan.clauses):
            shown = shown._replace(plan=plan.id, clause=str(data["clause"]))
        elif answer and any(c.n == n for c in answer.citations):
            shown = Shown(at, n)
        return self.view(compared, lang, shown)

    def offered(self, data: Mapping[str, Any], chosen: Sequence[str]) -> str:
        """The matter behind a button of the overview; "" for none."""
        key = str(data.get("matter") or "")
        plans, _ = self._read.plans(chosen, LISTED_PLANS)
        return key if self._indicator(key, plans) else ""


def _first(turns: Sequence[Turn]) -> Shown:
    """The first citation there is."""
    for at, turn in enumerate(turns):
        if turn.answer and turn.answer.citations:
            return Shown(at, turn.answer.citations[0].n)
    return NOTHING
