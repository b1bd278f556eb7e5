"""What happens on the Tasks page, without Gradio: filters become a table, a matrix or a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from index.errors import InputError
from index.plan import ROLE_ZH, Plan
from index.units import LEVEL_CHARS, unit_names
from rag.across.actions import Action, Indicator, actions, indicators
from rag.composers.tasks import likeness
from rag.lexicon import groups
from rag.tasks.choose import NothingChosen, asked_unit, choose, wanted_text
from rag.tasks.command import file_bytes
from rag.tasks.rows import Row, Target, plan_rows, plan_targets
from rag.tasks.sheet import heading
from rag.web import matrix, task_table
from rag.web.panel import panel
from rag.web.paper import shown as _text
from rag.web.site import Site
from rag.web.words import Lang, word

LISTED_PLANS = 50  # plans read for one table; with more a slow machine would wait seconds
SIDE_BY_SIDE = 8  # places beside each other, as columns or charts; more are too wide to read
NAME_CHARS = 60  # of a file's name; 255 bytes is the most that file systems take
FORMS = ("xlsx", "docx", "csv")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters say; empty fields let everything pass. `view` is list or matrix."""

    plans: tuple[str, ...] = ()
    unit: str = ""
    roles: tuple[str, ...] = ()
    group: str = ""
    view: str = "list"


class Beside(NamedTuple):
    """The clause that stands beside the table."""

    plan: str = ""
    clause: str = ""


NOTHING = Beside()


class Read:
    """What the pages read of the plans as they are now, kept until the index changes."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: dict[Any, Any] = {}
        self._serving = site.serving

    def _keep(self, key: Any, make: Callable[[], Any]) -> Any:
        serving = self._site.serving
        if serving != self._serving:
            self._kept, self._serving = {}, serving
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def plans(self, chosen: Sequence[str], most: int) -> tuple[list[Plan], int]:
        """The plans chosen, or all where none is, at most so many; and how many are left out."""
        known = self._site.plans
        ids = [p for p in dict.fromkeys(chosen) if p in known] or list(known)
        return [known[p] for p in ids[:most]], max(0, len(ids) - most)

    def rows(self, plan: Plan) -> tuple[Row, ...]:
        """The plan's rows of the task table."""
        readings = self._site.assistant.index.readings
        made: tuple[Row, ...] = self._keep(
            ("rows", plan.id), lambda: plan_rows(plan, readings[plan.id])
        )
        return made

    def actions(self, plans: Sequence[Plan]) -> tuple[Action, ...]:
        """The plans' actions, aligned."""
        key = "actions", tuple(p.id for p in plans)
        made: tuple[Action, ...] = self._keep(key, lambda: actions(plans))
        return made

    def indicators(self, plans: Sequence[Plan]) -> tuple[Indicator, ...]:
        """The plans' figures, aligned."""
        key = "figures", tuple(p.id for p in plans)
        made: tuple[Indicator, ...] = self._keep(
            key, lambda: indicators({p.id: self._targets(p) for p in plans})
        )
        return made

    def _targets(self, plan: Plan) -> tuple[Target, ...]:
        return plan_targets(plan, self._site.assistant.index.readings[plan.id])


class Tasking:
    """The Tasks page of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._read = Read(site)

    def rows(self, wanted: Wanted) -> tuple[Row, ...]:
        """The rows that the filters leave. Raises NothingChosen where none is left."""
        plans, _ = self._read.plans(wanted.plans, LISTED_PLANS)
        every = [r for p in plans for r in self._read.rows(p)]
        return choose(every, wanted.unit, wanted.roles, wanted.group)

    def table(self, wanted: Wanted, lang: Lang, beside: Beside = NOTHING) -> str:
        """The list or the matrix as HTML, with what was left out said above it."""
        if wanted.view == "matrix":
            plans, left = self._columns(wanted.plans)
            body = matrix.matrix(plans, self._read.actions(plans), lang, beside)
        else:
            plans, left = self._read.plans(wanted.plans, LISTED_PLANS)
            try:
                body = task_table.table(self.rows(wanted), lang, beside, meant(wanted.unit))
            except NothingChosen as nothing:
                body = task_table.nothing(nothing, lang)
        note = word(lang, "tasks_left_out", n=left, shown=len(plans)) if left else ""
        return (f'<p class="tw-hintline">{_text(note)}</p>' if note else "") + body

    def _columns(self, chosen: Sequence[str]) -> tuple[list[Plan], int]:
        """The matrix's places: those chosen, else those that share most actions with others."""
        plans, left = self._read.plans(chosen, LISTED_PLANS)
        if chosen or len(plans) <= SIDE_BY_SIDE:
            return plans[:SIDE_BY_SIDE], left + len(plans[SIDE_BY_SIDE:])
        shared = Counter(
            p for a in self._read.actions(plans) if len(a.clauses) > 1 for p in a.clauses
        )
        most = {p for p, _ in shared.most_common(SIDE_BY_SIDE)} or {p.id for p in plans}
        kept = [p for p in plans if p.id in most][:SIDE_BY_SIDE]
        return kept, left + len(plans) - len(kept)

    def beside(self, beside: Beside, lang: Lang) -> str:
        """The clause beside the table, or what would stand there."""
        plans = self._site.plans
        if beside.plan in plans and _has(plans[beside.plan], beside.clause):
            back = _text(word(lang, "tasks_back"))
            button = f'<button type="button" class="tw-back">{back}</button>'
            return f"{button}{panel(plans, (), lang, (-1, 0, *beside))}"
        return f'<div class="tw-hint"><p>{_text(word(lang, "tasks_beside"))}</p></div>'

    def select(self, data: Mapping[str, Any], before: Beside) -> Beside:
        """The clause that was clicked; what the browser sends may not exist."""
        plan = self._site.plans.get(str(data.get("plan")))
        clause = str(data.get("clause"))
        return Beside(plan.id, clause) if plan and _has(plan, clause) else before

    def units(self, chosen: Sequence[str]) -> list[str]:
        """The units that the plans print in their notes, those named most often first."""
        plans, _ = self._read.plans(chosen, LISTED_PLANS)
        named = (u for p in plans for r in self._read.rows(p) for s in r.shares for u in s.units)
        return [u for u, _ in Counter(named).most_common()]

    def groups(self, chosen: Sequence[str]) -> list[str]:
        """The groups of people that some task of the plans concerns."""
        plans, _ = self._read.plans(chosen, LISTED_PLANS)
        texts = "\n".join(t for p in plans for r in self._read.rows(p) for t in (*r.path, r.text))
        return [g.key for g in groups() if any(form in texts for form in g.forms)]

    def file(self, wanted: Wanted, form: str) -> tuple[str, bytes]:
        """Name and content of the list as a file. Raises InputError where it cannot be made."""
        if form not in FORMS:
            raise InputError(f"unknown format {form!r}; there are: {', '.join(FORMS)}")
        rows = self.rows(wanted)
        said = wanted_text(wanted.unit, wanted.roles, wanted.group)
        name = heading(rows) + (f"（{said}）" if said else "")
        name = "".join("-" if c in '/\\:*?"<>|' else c for c in name)[:NAME_CHARS]
        return f"{name}.{form}", file_bytes(rows, form, said)


def _has(plan: Plan, clause: str) -> bool:
    return any(c.id == clause for c in plan.clauses)


def meant(unit: str) -> Callable[[str], bool]:
    """Tells the units that a name given by a person means, to mark them in lists."""
    units = unit_names()
    asked = asked_unit(units, unit.strip()) if unit.strip() else None
    return lambda printed: bool(asked and likeness(units, asked, printed))


def tell(error: InputError, lang: Lang) -> str:
    """Why no row is left, in one line."""
    return task_table.why(error, lang) if isinstance(error, NothingChosen) else str(error)


# -- counting, for the charts ---------------------------------------------------------------


class UnitCount(NamedTuple):
    """A body with the number of tasks it leads, and of those it is otherwise named for."""

    name: str
    leads: int
    others: int


def unit_counts(rows: Sequence[Row]) -> list[UnitCount]:
    """The bodies of one plan by number of tasks, most first; names of one body together."""
    units = unit_names()
    names: dict[Any, Counter[str]] = {}
    tasks: dict[Any, list[bool]] = {}
    for row in rows:
        held: dict[Any, bool] = {}
        for share in row.shares:
            for unit in share.units:
                identity = units.identity(unit)
                names.setdefault(identity, Counter())[unit] += 1
                held[identity] = held.get(identity, False) or share.role == "lead"
        for identity, leads in held.items():
            tasks.setdefault(identity, []).append(leads)
    found = [
        UnitCount(_usual(names[identity]), sum(leads), len(leads) - sum(leads))
        for identity, leads in tasks.items()
    ]
    return sorted(found, key=lambda u: (-u.leads - u.others, -u.leads))


def _usual(names: Counter[str]) -> str:
    """The name printed most often; of as many, the one that says its level."""
    return max(names, key=lambda n: (names[n], n[:1] in LEVEL_CHARS))


ROLES: tuple[str, ...] = tuple(ROLE_ZH)
