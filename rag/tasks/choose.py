"""Which rows are wanted: of a unit, of a role, of a group of people.

A unit is meant by any of its names, in Chinese or English. The body itself is looked for first;
only where a plan never names it, a name that the asked one shortens, or a joint bureau that holds
its domain (教体局 for 教育局), as when a question asks for a unit's tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import groupby
from typing import Literal

from index.errors import InputError
from index.plan import ROLE_ZH, Role
from index.units import LEVEL_CHARS, Mention, UnitNames, unit_names
from rag.composers.tasks import likeness
from rag.lexicon import Group, groups, lay
from rag.tasks.rows import Row

NEAR_NAMES = 5  # names offered in one line for a unit that is not there
NEAR_ENOUGH = 0.4  # likeness below which a name only shares 局 with what was asked


Reason = Literal["role", "unit", "unit_role", "group", "group_unknown"]


class NothingChosen(InputError):
    """No row is left. `reason` is what was not found and `asked` how it was asked for; `instead`
    names what there is, with its number of tasks (0 where that was not counted)."""

    def __init__(
        self, message: str, reason: Reason, asked: str, instead: Iterable[tuple[str, int]] = ()
    ) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.asked = asked
        self.instead = tuple(instead)


def wanted_text(unit: str = "", roles: Sequence[str] = (), group: str = "") -> str:
    """What was asked for in Chinese, for the line below a table's title."""
    named = {str(role): zh for role, zh in ROLE_ZH.items()}
    said = "、".join(named.get(r, r) for r in roles)
    return " · ".join(part for part in (unit, said, group) if part)


def choose(
    rows: Sequence[Row], unit: str = "", roles: Sequence[str] = (), group: str = ""
) -> tuple[Row, ...]:
    """The rows that name the unit (in one of the roles, where some are given) and concern the
    group. Raises NothingChosen, with what there is instead, where none does."""
    wanted = _roles(roles)
    chosen = tuple(rows)
    if unit.strip():
        chosen = _of_unit(chosen, unit.strip(), wanted)
    elif wanted:
        chosen = tuple(r for r in chosen if any(s.role in wanted for s in r.shares))
        if not chosen:
            held = _held_roles(rows)
            there = f"roles there: {', '.join(held) or 'none'}"
            message = f"no task names a unit as {' or '.join(wanted)}; {there}"
            raise NothingChosen(message, "role", "、".join(wanted), ((r, 0) for r in held))
    return _of_group(chosen, group.strip()) if group.strip() else chosen


def _roles(names: Iterable[str]) -> tuple[Role, ...]:
    found: list[Role] = []
    for name in names:
        role = next((r for r, zh in ROLE_ZH.items() if name in (r, zh, zh[:2])), None)
        if role is None:
            raise InputError(f"unknown role {name!r}; the roles are: {', '.join(ROLE_ZH)}")
        found.append(role)
    return tuple(dict.fromkeys(found))


def _held_roles(rows: Iterable[Row]) -> list[str]:
    held = {s.role for r in rows for s in r.shares}
    return [r for r in ROLE_ZH if r in held]


# -- units --------------------------------------------------------------------------------


def _of_unit(rows: Sequence[Row], name: str, roles: Sequence[Role]) -> tuple[Row, ...]:
    units = unit_names()
    asked = asked_unit(units, name)
    named: list[tuple[Row, set[Role]]] = []
    for _, own in groupby(rows, key=lambda r: r.plan):
        named += _named(units, asked, list(own)) if asked else []
    if not named:
        told, near = _near(rows, name)
        message = f"no unit {name!r} in the duty notes; {told}"
        raise NothingChosen(message, "unit", name, ((u, 0) for u in near))
    chosen = tuple(row for row, held in named if not roles or held & set(roles))
    if not chosen:
        held_as = [
            (str(role), n) for role in ROLE_ZH if (n := sum(role in held for _, held in named))
        ]
        as_what = ", ".join(f"{role} ({n})" for role, n in held_as)
        message = f"{name} is never {' or '.join(roles)} there; it is: {as_what}"
        raise NothingChosen(message, "unit_role", name, held_as)
    return chosen


def asked_unit(units: UnitNames, name: str) -> Mention | None:
    """The body that a name given by a person means; None for English that names none."""
    if re.search(r"[\u3400-\u9fff]", name):
        return Mention(0, len(name), name, units.identity(name))
    spelt = units.acronyms.get(name, name)
    return next(iter(units.english_mentions(spelt)), None)


def _named(units: UnitNames, asked: Mention, rows: Sequence[Row]) -> list[tuple[Row, set[Role]]]:
    """One plan's rows that name the body, with its roles there; by the nearest name it has."""
    degrees: tuple[list[tuple[Row, set[Role]]], ...] = ([], [], [])
    for row in rows:
        held: tuple[set[Role], ...] = (set(), set(), set())
        for share in row.shares:
            for unit in share.units:
                degree = likeness(units, asked, unit)
                if degree:
                    held[degree - 1].add(share.role)
        for found, roles in zip(degrees, held, strict=True):
            if roles:
                found.append((row, roles))
    return next((found for found in degrees if found), [])


def _near(rows: Sequence[Row], name: str) -> tuple[str, list[str]]:
    """The names most like it among those printed, else those printed most often: in words, and
    as they are printed."""
    printed = [u for r in rows for s in r.shares for u in s.units]
    if not printed:
        return "the plan assigns no units", []
    often = sorted(dict.fromkeys(printed), key=printed.count, reverse=True)
    like = {u: _likeness(u, name) for u in often}
    near = sorted((u for u in often if like[u] >= NEAR_ENOUGH), key=like.__getitem__, reverse=True)
    few = (near or often)[:NEAR_NAMES]
    return f"{'near' if near else 'there are'}: {', '.join(few)}", few


def _likeness(printed: str, name: str) -> float:
    core = re.sub("[局委办部室会]+$", "", name.lstrip(LEVEL_CHARS)) or name
    return SequenceMatcher(None, core, printed.lstrip(LEVEL_CHARS)[: len(core) + 1]).ratio()


# -- groups of people ---------------------------------------------------------------------


def _of_group(rows: Sequence[Row], name: str) -> tuple[Row, ...]:
    """The rows that concern the group: all of a section headed by it, else what speaks of it."""
    group = find_group(name)
    if group is None:
        keys = [g.key for g in groups()]
        near = get_close_matches(name, keys, NEAR_NAMES, NEAR_ENOUGH) or keys[:NEAR_NAMES]
        message = f"unknown group of people {name!r}; for instance: {'、'.join(near)}"
        raise NothingChosen(message, "group_unknown", name, ((g, 0) for g in near))
    chosen = []
    for row in rows:
        headings = (*row.path, row.task.name)
        if any(_speaks(group, text) for text in headings) or _speaks(group, row.task.text):
            chosen.append(row)
            continue
        items = tuple(item for item in row.items if _speaks(group, item.text))
        if items:
            chosen.append(row.limited(items))
    if not chosen:
        raise NothingChosen(f"no task there speaks of {group.key}", "group", group.key)
    return tuple(chosen)


def find_group(name: str) -> Group | None:
    """The group of people that goes by that name, in Chinese or English."""
    low = name.lower()
    return next((g for g in groups() if low in (g.key, *g.forms, *g.english)), None)


def _speaks(group: Group, text: str) -> bool:
    masked = lay().mask.sub(lambda m: "\0" * len(m.group(0)), text)
    return any(form in masked for form in group.forms)
