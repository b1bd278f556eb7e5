"""Names of units in drafts: how a question says them, and which wordings an answer may use."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.plan import Plan
from index.units import LEVEL_CHARS, UnitNames, unit_names

BRACKETS = re.compile(r"[（(<〈〔\[][^）)>〉〕\]]*[）)>〉〕\]]")
LEVEL = re.compile(rf"^(?:中共)?[{LEVEL_CHARS}]?委?$")
SHORTEST = 2  # a name of one character would be found in any answer
COLLECTIVE = re.compile("各|成员单位|(?:相关|有关)(?:部门|单位)")
ENDINGS = ("委员会", "办公室", "局", "委", "办", "中心")


def alternatives(unit: str, plan: Plan, lang: str = "zh") -> tuple[str, ...]:
    """The wordings of a unit that an answer may use, as printed first.

    Without the level (县教育局, 教育局), without what stands in brackets, the name written out
    where the lexicon knows it (团县委, 共青团), the body a branch belongs to, the other names the
    plan prints for the same body; for English also what the name is in English.
    """
    names = unit_names()
    bare = BRACKETS.sub("", unit)
    found = [unit, bare]
    if is_collective(unit):
        found += _collective(bare) if unit.startswith("各") else []
    else:
        found += [plain(bare, plan), *_core(bare, plan, names), *_printed(unit, plan, names)]
    if lang == "en":
        found += _english(unit, names)
    return tuple(f for f in dict.fromkeys(found) if len(f) >= SHORTEST)


def is_collective(unit: str) -> bool:
    """Whether a name stands for many bodies: 各乡镇, 成员单位, 相关部门."""
    return COLLECTIVE.search(unit) is not None


def plain(unit: str, plan: Plan) -> str:
    """The name without level and place: 县教育局 and 甲县教育局 are 教育局."""
    for place in sorted((plan.place, *plan.aliases), key=len, reverse=True):
        if place and unit.startswith(place):
            unit = unit[len(place) :]
    level = _level(unit)
    rest = unit[len(level) :]
    return rest[1:] if level and rest.startswith("委") and len(rest) > SHORTEST + 1 else rest


def _level(unit: str) -> str:
    """The level before the name; none in 市管局, where the lexicon reads 市 as 市场."""
    mention = next((m for m in unit_names().mentions(unit)), None)
    if mention:
        return unit[: mention.start] if LEVEL.match(unit[: mention.start]) else ""
    return unit[:1] if unit[:1] in LEVEL_CHARS and len(unit) > SHORTEST + 1 else ""


def _core(unit: str, plan: Plan, names: UnitNames) -> list[str]:
    """The name written out, and the body whose branch this is."""
    identity = names.identity(unit)
    found = []
    mention = next((m for m in names.mentions(unit) if m.identity == identity), None)
    if mention and any(p and p in unit[mention.end :] for p in (plan.place, *plan.aliases)):
        found.append(mention.text)
    if len(identity.atoms) == 1:
        full = next(iter(identity.atoms))
        if identity.kind != "whole":
            full += next((e for e in ENDINGS if unit.endswith(e)), "")
        if identity.same(names.identity(full)):
            found.append(full)
    return found


def _printed(unit: str, plan: Plan, names: UnitNames) -> list[str]:
    """Other names of the same body in the plan's notes, without their level."""
    identity = names.identity(unit)
    if not names.mentions(unit):
        return []
    every = dict.fromkeys(d.unit for c in plan.clauses if c.note for d in c.note.duties)
    same = (u for u in every if u != unit and names.identity(u).same(identity))
    return [plain(BRACKETS.sub("", u), plan) for u in same]


def _collective(bare: str) -> list[str]:
    """各镇、街道 is said 各镇（街道）, 镇街 too; 各乡镇（街道）人民政府 is 各乡镇."""
    short = re.split("人民政府|办事处", bare)[0]
    if "、" not in short:
        return [short]
    first, _, rest = short.partition("、")
    return [f"{first}（{rest}）", short.replace("、", ""), f"{first}和{rest}", short[1:]]


def _english(unit: str, names: UnitNames) -> list[str]:
    """The English name with and without its level."""
    whole, short = names.gloss(unit), names.gloss(unit[len(_level(unit)) :])
    return [g for g in (whole, short) if g]


def asker(unit: str, plan: Plan) -> str:
    """The unit with its place, as a question names it: 甲县教育局, 甲县委组织部, 甲团县委.

    A name that holds the place already stays as it is.
    """
    bare = BRACKETS.sub("", unit)
    if any(p and p in bare for p in (plan.place, *plan.aliases)):
        return bare
    level = _level(bare)
    if level and plan.place.endswith(level[0]):
        return plan.place + bare[1:]
    short = next((a for a in plan.aliases if not a.isascii()), plan.name)
    return (short if level or bare.startswith("团") else plan.name) + bare


def differs(unit: str, others: Sequence[str]) -> bool:
    """Whether a unit is none of the others, nor part of their names, nor a joint body with one."""
    names = unit_names()
    mine = names.identity(unit)
    for other in others:
        theirs = names.identity(other)
        if mine.same(theirs) or mine.holds(theirs) or theirs.holds(mine):
            return False
        if unit[len(_level(unit)) :] in other or other[len(_level(other)) :] in unit:
            return False
    return True
