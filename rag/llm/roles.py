"""Which unit has which role in a text: 由甲牵头，乙配合, or 牵头单位：甲；配合单位：乙.

The text becomes a row of role words and groups of units. Between commas and semicolons a role and
a group belong together, whichever comes first; where that does not come out even, roles and groups
must take turns through the whole text. A text that does neither is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from index.plan import Role
from index.tokens import squeeze
from index.units import LEVEL_CHARS, UnitNames
from rag.llm.wordlists import role_words

Binding = tuple[Role, str]
Groups = dict[Role, frozenset[str]]
BREAK = re.compile(r"[；;，,。（）()]")
LEVELS = tuple(LEVEL_CHARS)
Token = tuple[int, str, str]  # position; U, R or B; the unit or the role


def bindings(text: str, units: UnitNames) -> frozenset[Binding] | None:
    """The (role, unit) pairs that the text tells; None where it cannot be told which belongs."""
    row = sorted(_tokens(text, units))
    if not any(kind == "R" for _, kind, _ in row):
        return frozenset()
    pieces = [list(g) for is_break, g in groupby(row, lambda t: t[1] == "B") if not is_break]
    for parts in (pieces, [[t for t in row if t[1] != "B"]]):
        paired = [_pairs(part) for part in parts]
        if all(p is not None for p in paired):
            return frozenset(pair for p in paired if p for pair in p)
    return None


def roles_in(text: str) -> set[Role]:
    """The roles that the text speaks of."""
    return {role for role, pattern in role_words() if pattern.search(text)}


def groups(told: Iterable[Binding]) -> Groups:
    """The units of each role."""
    found: dict[Role, set[str]] = {}
    for role, name in told:
        found.setdefault(role, set()).add(name)
    return {role: frozenset(names) for role, names in found.items()}


def _tokens(text: str, units: UnitNames) -> Iterator[Token]:
    labels = [(m.start(), m.end(), role) for role, p in role_words() for m in p.finditer(text)]
    names = [
        m for m in named(text, units) if not any(m[0] >= a and m[1] <= b for a, b, _ in labels)
    ]
    for start, _, name in names:
        yield start, "U", name
    for start, end, role in labels:
        if not any(a < end and start < b for a, b, _ in names):  # 指导中心 is no role
            yield start, "R", role
    for m in BREAK.finditer(text):
        yield m.start(), "B", ""


def named(text: str, units: UnitNames) -> list[tuple[int, int, str]]:
    """(start, end, name) of the units in the text, with its level: 县教育局, not 市教育局."""
    found = []
    for m in units.mentions(text):
        if units.is_organ(m.identity) or units.is_collective(m.identity):
            start = m.start - 1 if text[m.start - 1 : m.start] in LEVELS else m.start
            found.append((start, m.end, squeeze(text[start : m.end])))
    return found


def _pairs(row: list[Token]) -> set[Binding] | None:
    """The pairs of a stretch in which roles and groups take turns; None where they do not.

    A role alone claims nothing of a unit (未指明牵头单位); units alone lack their role.
    """
    runs = [(kind, {t[2]: None for t in run}) for kind, run in groupby(row, lambda t: t[1])]
    kinds = "".join(kind for kind, _ in runs)
    if kinds in ("", "R"):
        return set()
    if kinds not in ("RU" * (len(runs) // 2), "UR" * (len(runs) // 2)):
        return None
    found: set[Binding] = set()
    for (kind, values), (_, others) in zip(runs[::2], runs[1::2], strict=True):
        roles, names = (values, others) if kind == "R" else (others, values)
        if len(roles) > 1:
            return None
        found.update((role, name) for role in roles for name in names)  # type: ignore[misc]
    return found
