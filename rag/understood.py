"""What was understood of a plan: its facts, its clauses and duties, how it writes, what is missing.

Printed when a plan is added, so that a person sees what to correct before anyone asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from index.numbering import marker_at
from index.plan import OUTSIDE, ROLE_ZH, Plan

FACTS = ("title", "issuer", "date", "number", "status", "period")
SHOWN_ANNEXES = 5  # titles in the listing; --json has all


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read of one plan. `facts` and `place` values are "" where nothing was found.

    `clauses` counts them by level, `roles` the clauses whose own note names a unit in that role.
    `missing` are the names of what could not be found.
    """

    id: str
    file: str
    facts: dict[str, str]
    place: dict[str, str]
    aliases: tuple[str, ...]
    clauses: dict[str, int]
    with_duties: int
    inherited: int
    roles: dict[str, int]
    figures: int
    conventions: tuple[str, ...]
    annexes: tuple[str, ...]
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self)


def understood(plan: Plan) -> Understood:
    """What was read of a plan."""
    clauses = [c for c in plan.clauses if c.level not in OUTSIDE]
    own = [c for c in clauses if c.duty_source == "own" and c.duties]
    facts = {name: getattr(plan.meta, name).value for name in FACTS}
    place = {
        "place": plan.place,
        "level": plan.level,
        "city": plan.city,
        "province": plan.province,
    }
    # A city has no city above it, a province neither.
    needed = [*FACTS, "place", *(["city"] if plan.level in ("county", "district") else [])]
    found = facts | place
    return Understood(
        id=plan.id,
        file=plan.file,
        facts=facts,
        place=place,
        aliases=plan.aliases,
        clauses=dict(Counter(c.level for c in clauses)),
        with_duties=len(own),
        inherited=sum(c.duty_source == "inherited" for c in clauses),
        roles={r: n for r in ROLE_ZH if (n := sum(bool(c.units(r)) for c in own))},
        figures=sum(len(c.figures) for c in clauses),
        conventions=tuple(_conventions(ways(plan))),
        annexes=tuple(c.label for c in clauses if str(c.level) == "annex"),
        missing=tuple(name for name in needed if not found[name])
        + (() if clauses else ("numbered clauses",))
        + (() if own else ("duty notes",)),
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """How a plan writes, as far as it matters for its answers.

    `numbers` shows each style of numbering by its first number. Of the notes so many hold for all
    items below them (`shared`), for one clause each (`single`), end in 等 (`ended`); `no_lead`:
    there are notes, and none names a lead.
    """

    numbers: tuple[str, ...] = ()
    shared: int = 0
    single: int = 0
    ended: int = 0
    no_lead: bool = False


def ways(plan: Plan) -> Ways:
    """How the plan writes."""
    clauses = [c for c in plan.clauses if c.level not in OUTSIDE]
    own = [c for c in clauses if c.duty_source == "own" and c.duties]
    styles: dict[str, str] = {}
    for clause in clauses:
        marker = marker_at(clause.number)
        if marker:
            styles.setdefault(marker.style, clause.number)
    shared = [c for c in own if any(d.duty_source == "inherited" for d in plan.descendants(c))]
    return Ways(
        numbers=tuple(styles.values()),
        shared=len(shared),
        single=len(own) - len(shared),
        ended=sum(c.open for c in own),
        no_lead=bool(own) and not any(c.units("lead") for c in own),
    )


def _conventions(how: Ways) -> Iterator[str]:
    """How the plan writes, in words."""
    if how.numbers:
        yield f"numbered {' '.join(how.numbers)}"
    if how.shared:
        yield f"{how.shared} notes hold for all items below them"
    if how.single:
        yield f"{how.single} notes hold for one clause each"
    if how.ended:
        yield f"{how.ended} of {how.shared + how.single} lists end in 等"
    if how.no_lead:
        yield "no note names a lead (牵头)"


def lines(known: Understood) -> Iterator[str]:
    """One plan for a terminal; what was not found is said last, with the way to supply it."""
    yield f"{known.id}  ({known.file})"
    for name in FACTS:
        yield f"  {name:<10}{known.facts[name] or '-'}"
    place = known.place
    inside = ", ".join(p for p in (place["city"], place["province"]) if p)
    where = f"{place['place']} ({place['level'] or 'level unknown'})" if place["place"] else "-"
    yield f"  {'place':<10}{where}{f', in {inside}' if inside else ''}"
    yield f"  {'aliases':<10}{'、'.join(known.aliases) or '-'}"
    counts = [f"{n} {level}{'s' if n > 1 else ''}" for level, n in known.clauses.items()]
    yield f"  {'clauses':<10}{', '.join(counts) or '-'}"
    roles = ", ".join(f"{role} {n}" for role, n in known.roles.items())
    shared = f", {known.inherited} more under such a note" if known.inherited else ""
    duties = f"{known.with_duties} clauses with a note ({roles}){shared}"
    yield f"  {'duties':<10}{duties if known.with_duties else '-'}"
    yield f"  {'figures':<10}{known.figures or '-'}"
    yield f"  {'writes':<10}{'; '.join(known.conventions) or '-'}"
    more = f" and {len(known.annexes) - SHOWN_ANNEXES} more"
    annexes = "、".join(known.annexes[:SHOWN_ANNEXES])
    yield f"  {'annexes':<10}{annexes or '-'}{more if len(known.annexes) > SHOWN_ANNEXES else ''}"
    if known.missing:
        yield f"  not found: {', '.join(known.missing)}"
        yield f"  correct it with: tiaowen set {known.id} key=value"
