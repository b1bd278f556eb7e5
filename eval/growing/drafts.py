"""Drafting gold questions for what no gold question asks yet.

How it works: (1) list what can be asked and is not covered, for every plan and kind; (2) take
them in turn, each time of the kind, then of the plan, then of the section that has the fewest
drafts so far, least covered first, so that few drafts spread wide; (3) word each and hold its own
answer against its own rule; one that breaks it is left out.

Wording and order depend on the seed and on ids alone: the same drafts come out on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from eval.check import asked_key
from eval.gold import Gold
from eval.growing import about, contents, duties, figures
from eval.growing.coverage import KINDS, WHOLE_PLAN, Askable, askables, covered
from eval.growing.draft import Draft, draft_id, draft_of
from eval.growing.pieces import path_to
from eval.growing.wording import Desk, Draw, Matter, places, wording
from eval.measures.answers import faults, fold
from index.store import Index

MAKERS: Mapping[str, Callable[[Desk, Askable, Draw], Matter | None]] = {
    "lead_unit": duties.lead,
    "lead_unit_none": duties.none,
    "participants": duties.participants,
    "number": figures.number,
    "measure": contents.measure,
    "list": contents.parts,
    "unit_role": duties.unit_role,
    "meta": about.meta,
}
# Of these the answer names units and values, which can be matched in English too.
IN_ENGLISH = ("lead_unit", "participants", "meta")
DRAFTED = (*KINDS, "english", "unanswerable")


class Target(NamedTuple):
    """Something to draft a question for; `of` is what is asked in English, else the kind itself."""

    plan: str
    section: tuple[str, ...]
    kind: str
    key: str
    of: str
    what: Askable | about.Lacking


@dataclass(frozen=True, slots=True)
class Suggested:
    """The drafts, and how many were left out because they broke their own rule or repeated one."""

    drafts: tuple[Draft, ...]
    broken: int
    repeated: int


def suggest(
    index: Index,
    gold: Sequence[Gold],
    number: int,
    plans: Collection[str] = (),
    kinds: Collection[str] = DRAFTED,
    seed: int = 0,
) -> Suggested:
    """Up to `number` drafts for what `gold` does not ask, spread over plans, kinds and sections.

    `plans` are ids, all if empty; `kinds` are of DRAFTED.
    """
    chosen = [index.plan(i) for i in plans] or list(index.plans)
    desks = {p.id: Desk(index, wording(), p, index.readings[p.id]) for p in chosen}
    shares, targets = _targets(index, desks, gold, kinds)
    known = {asked_key(g) for g in gold} | {(g.id,) for g in gold}
    found: list[Draft] = []
    broken = repeated = 0
    for target in _spread(targets, shares, seed, found):
        if len(found) >= number:
            break
        made = _draft(desks[target.plan], target, seed)
        if made is None:
            continue
        question, draft = made
        if faults(question, question.answer, "answered"):
            broken += 1
        elif known & {asked_key(question), (question.id,)}:
            repeated += 1
        else:
            known.add(asked_key(question))
            found.append(draft)
    return Suggested(tuple(found), broken, repeated)


# -- what is to be asked, in which order --------------------------------------------------

Shares = Mapping[tuple[str, str], float]


def _targets(
    index: Index, desks: Mapping[str, Desk], gold: Sequence[Gold], kinds: Collection[str]
) -> tuple[Shares, list[Target]]:
    """Share covered by (plan, kind), and all that is not covered."""
    every = askables(index, [d.plan for d in desks.values()])
    hit = covered(every, gold, index)
    total, done = Counter((a.plan, a.kind) for a in every), Counter((a.plan, a.kind) for a in hit)
    found = [
        Target(a.plan, a.section, a.kind, a.key, a.kind, a)
        for a in every
        if a.kind in kinds and a not in hit
    ]
    if "english" in kinds:
        found += _english(index, every, gold)
    if "unanswerable" in kinds:
        asked = [fold(g.question) for g in gold]
        found += (
            Target(lack.plan, WHOLE_PLAN, "unanswerable", lack.words, "unanswerable", lack)
            for desk in desks.values()
            for lack in about.lacking(desk)
            if not any(fold(lack.words) in q for q in asked)
        )
    return {key: done[key] / n for key, n in total.items()}, found


def _english(index: Index, every: Sequence[Askable], gold: Iterable[Gold]) -> list[Target]:
    """What no English question has its evidence in."""
    fit = [a for a in every if a.kind in IN_ENGLISH]
    back = {replace(a, kind="english", key=f"{a.kind}:{a.key}"): a for a in fit}
    hit = covered(list(back), [g for g in gold if g.type == "english"], index)
    return [
        Target(a.plan, a.section, "english", e.key, a.kind, a)
        for e, a in back.items()
        if e not in hit
    ]


def _spread(
    targets: Sequence[Target], shares: Shares, seed: int, found: Sequence[Draft]
) -> Iterator[Target]:
    """The targets, each time the one whose kind, plan and section have the fewest drafts.

    `found` grows as targets become drafts: one that could not be drafted does not count.
    """
    left = Random(seed).sample(targets, len(targets))
    taken: Counter[tuple[str, ...]] = Counter()

    def rank(t: Target) -> tuple[float, ...]:
        return (
            taken["kind", t.kind], taken["both", t.plan, t.kind], taken["plan", t.plan],
            taken["section", t.plan, *t.section], shares.get((t.plan, t.kind), 0.0),
        )  # fmt: skip

    while left:
        target = min(left, key=rank)  # the first of equals: their order is the dice's
        left.remove(target)
        before = len(found)
        yield target
        if len(found) > before:
            taken.update([("kind", target.kind), ("both", target.plan, target.kind)])
            taken.update([("plan", target.plan), ("section", target.plan, *target.section)])


# -- one draft ----------------------------------------------------------------------------


def _draft(desk: Desk, target: Target, seed: int) -> tuple[Gold, Draft] | None:
    """The question and its draft; None where nothing fair can be asked here."""
    plan = desk.plan
    lang = "en" if target.kind == "english" else "zh"
    name = draft_id(plan.id, target.kind, target.key)
    draw = Draw(lang, Random(f"{seed}|{name}"))
    matter = _matter(desk, target, draw)
    if matter is None:
        return None
    fields = {**matter.fields, "place": draw.dice.choice(places(plan, lang))}
    if lang == "en" and "role" in fields:
        fields["role"] = ""
    asked = desk.wording.ask(lang, matter.group, matter.form, fields, draw.dice)
    if not asked:
        return None
    question = Gold(
        id=name,
        doc=(plan.id,),
        lang=lang,
        type=target.kind,
        question=asked,
        answer=matter.answer,
        must=matter.must,
        must_not=_fair(matter),
        evidence=tuple(dict.fromkeys(matter.evidence)),
        note=f"subtype {target.of}" if lang == "en" else "",
    )
    path = path_to(plan, matter.clause)
    return question, draft_of(question, matter.clause, path, _why(target, matter))


def _matter(desk: Desk, target: Target, draw: Draw) -> Matter | None:
    if isinstance(target.what, about.Lacking):
        return about.unanswerable(desk, target.what, draw)
    return MAKERS[target.of](desk, target.what, draw)


def _fair(matter: Matter) -> tuple[str, ...]:
    """must_not without what a right answer holds: the answer itself, or what must be said."""
    said = fold(" ".join([matter.answer, *(a for m in matter.must for a in m)]))
    return tuple(x for x in dict.fromkeys(matter.must_not) if fold(x) not in said)


def _why(target: Target, matter: Matter) -> str:
    said = f"no gold question of type {target.kind} asks this yet"
    return f"{said}; {matter.warning}" if matter.warning else said
