"""Drafting from duty notes: who leads, that none leads, who takes part, what a unit has to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from eval.growing.coverage import OTHERS, Askable, bodies
from eval.growing.names import alternatives, asker, differs, is_collective
from eval.growing.pieces import (
    Span,
    heading,
    of_duty,
    of_leads,
    of_others,
    of_span,
    phrases,
    sentences,
)
from eval.growing.wording import Desk, Draw, Matter
from index.plan import ROLE_ZH, Clause, Plan, Role
from index.units import unit_names

TEMPTING = 2  # wrong units of the same clause, and of clauses beside it, in must_not
NEIGHBOURS = 8  # the most frequent other units of a plan: those a careless answer would list
STRANGERS = 3  # of them in must_not
MOST_TASKS = 8  # longer lists are for a table, not for a question


def lead(desk: Desk, ask: Askable, draw: Draw) -> Matter | None:
    """Who leads a clause, asked by its heading or by a name that only it has."""
    clause = desk.plan[ask.key]
    leads = clause.units("lead")
    said = desk.wording.of_clause(desk.plan, clause)
    named = _named(desk, clause)
    usual = ("about",) if said.about and said.topic else said.forms
    forms = [*usual * 2, *(["name"] if named else [])]  # a name is asked one time in three
    if not said.forms and not named:
        return None
    form = draw.dice.choice(forms)
    proof = heading(desk.plan, desk.reading, clause)
    fields = {"topic": said.topic, "act": said.act}
    if form == "name" and named:
        fields = {"name": named[0]}
        proof = of_span(desk.plan, desk.reading, named[1])
    return Matter(
        "lead", form, fields,
        answer="、".join(leads) + ("等" if _open(clause, "lead") else ""),
        must=tuple(alternatives(u, desk.plan, draw.lang) for u in leads),
        must_not=_wrong_leads(desk.plan, clause, leads),
        evidence=(*proof, *of_leads(desk.plan, clause)),
        clause=clause.id,
    )  # fmt: skip


def _named(desk: Desk, clause: Clause) -> tuple[str, Span] | None:
    """A name in quotation marks with what it is (“…”行动), told of in this clause alone."""
    kinds = "|".join(desk.wording.words["kinds"])
    pattern = re.compile(rf"“[^”“]{{2,14}}”(?:{kinds})|“[^”“]{{2,12}}(?:{kinds})”")
    for sentence in sentences(desk.reading, clause):
        for span in phrases(desk.reading, sentence):
            found = pattern.search(desk.reading.text, *span)
            if not found or desk.reading.text.count(found[0]) > 1 or found[0] in clause.title:
                continue
            # 依托“…”计划 is somebody else's; 实施“…”行动 is the plan's own
            if desk.reading.text[span.lo : found.start()].endswith(desk.wording.words["starts"]):
                return found[0], span
    return None


def _wrong_leads(plan: Plan, clause: Clause, leads: Sequence[str]) -> tuple[str, ...]:
    """Wrong sentences that tempt: units of this note, and leads beside it, said to lead here."""
    here = [u for u in clause.units(*OTHERS) if not is_collective(u) and differs(u, leads)]
    beside = [u for u in _beside(plan, clause) if differs(u, [*leads, *here[:TEMPTING]])]
    wrong = [*here[:TEMPTING], *beside[:TEMPTING]]
    found = [s for u in wrong for s in (f"由{u}牵头", f"牵头单位：{u}")]
    # the last lead and the first of the others run together: the slip of reading on too far
    return (*found, *(f"{u}、{here[0]}" for u in leads[-1:] if here))


def _beside(plan: Plan, clause: Clause) -> list[str]:
    """Leads of the notes next to this one."""
    owner = clause
    while owner.duty_source == "inherited" and (above := plan.parent(owner)):
        owner = above
    above = plan.parent(owner)
    family = plan.children(above) if above else ()
    return list(dict.fromkeys(u for c in family if c.note != clause.note for u in c.units("lead")))


def none(desk: Desk, ask: Askable, draw: Draw) -> Matter | None:
    """Who leads, of a clause that only lists units in other roles."""
    clause = desk.plan[ask.key]
    said = desk.wording.of_clause(desk.plan, clause)
    units = clause.units()
    told = [desk.reading.text[a:b] for a, b in sentences(desk.reading, clause)]
    # 牵头 in the clause's own sentences may name a lead after all; 各乡镇, 各成员单位 alone nobody
    # would take for leads
    if not said.forms or any("牵头" in t for t in told) or all(map(is_collective, units)):
        return None
    role = _roles(clause, OTHERS)
    texts = desk.wording
    no_lead = (*texts.accepted["no_lead"], f"只列{role}", f"只列了{role}", f"只列出{role}")
    wrong = [u for u in units if not is_collective(u)][:TEMPTING]
    tempting = [s for u in wrong for s in (f"由{u}牵头", f"牵头单位：{u}", f"牵头单位是{u}")]
    return Matter(
        "lead", "about" if said.about else draw.dice.choice(said.forms),
        {"topic": said.topic, "act": said.act},
        answer=texts.answers["no_lead"].format(role=role, units=_listed(clause, units, OTHERS)),
        must=(tuple(dict.fromkeys(no_lead)), *(alternatives(u, desk.plan) for u in units)),
        must_not=tuple(tempting),
        evidence=(*heading(desk.plan, desk.reading, clause), *of_others(desk.plan, clause)),
        clause=clause.id,
    )  # fmt: skip


def participants(desk: Desk, ask: Askable, draw: Draw) -> Matter | None:
    """Which units share in a clause beside the leads."""
    clause = desk.plan[ask.key]
    said = desk.wording.of_clause(desk.plan, clause)
    units = clause.units(*OTHERS)
    if not said.forms or all(map(is_collective, units)):  # 各乡镇 take part in everything
        return None
    beside = "beside" if clause.units("lead") else "alone"
    fields = {"topic": said.topic, "act": said.act, "role": _roles(clause, OTHERS)}
    return Matter(
        "participants", f"{draw.dice.choice(said.forms)}_{beside}", fields,
        answer=_listed(clause, units, OTHERS),
        must=tuple(alternatives(u, desk.plan, draw.lang) for u in units),
        must_not=_strangers(desk.plan, clause, draw),
        evidence=(*heading(desk.plan, desk.reading, clause), *of_others(desk.plan, clause)),
        clause=clause.id,
    )  # fmt: skip


def _strangers(plan: Plan, clause: Clause, draw: Draw) -> tuple[str, ...]:
    """Units that the plan names often, and not here."""
    here = [d.unit for d in clause.duties]
    often = Counter(d.unit for c in plan.clauses if c.duty_source == "own" for d in c.duties)
    other = [u for u, _ in often.most_common() if not is_collective(u) and differs(u, here)]
    pool = other[:NEIGHBOURS]
    return tuple(draw.dice.sample(pool, min(STRANGERS, len(pool))))


def _roles(clause: Clause, roles: Iterable[Role]) -> str:
    return "和".join(ROLE_ZH[r] for r in roles if clause.units(r))


def _listed(clause: Clause, units: Sequence[str], roles: Iterable[Role]) -> str:
    return "、".join(units) + ("等" if any(_open(clause, r) for r in roles) else "")


def _open(clause: Clause, role: Role) -> bool:
    return bool(clause.note and role in clause.note.open_roles)


# -- what a unit has to do ----------------------------------------------------------------


def unit_role(desk: Desk, ask: Askable, draw: Draw) -> Matter | None:
    """All clauses whose notes name a unit, or those it leads, by the titles of the clauses."""
    every = bodies(desk.plan)[unit_names().identity(ask.key)]
    leads = [(c, r, u) for c, r, u in every if r == "lead"]
    options = [(f, tasks) for f, tasks in (_form(leads, "lead"), _form(every, "every")) if f]
    if not options:
        return None
    form, tasks = draw.dice.choice(options)
    clauses = list(dict.fromkeys(c.id for c, _, _ in tasks))
    titles = [desk.plan[c].title for c in clauses]
    known = desk.titles
    if any(known.count(t) != 1 for t in titles):  # untitled, or a title that names two clauses
        return None
    return Matter(
        "unit_role", form, {"who": asker(ask.key, desk.plan)},
        answer=_tasks(desk, clauses, tasks, form),
        must=tuple(desk.wordings(t) for t in titles),
        must_not=_other_tasks(desk, clauses, every, draw),
        evidence=tuple(p for c, _, u in tasks for p in of_duty(desk.plan, c, u)),
        clause=clauses[0],
        warning=_also_printed(desk.plan, ask.key),
    )  # fmt: skip


def _also_printed(plan: Plan, unit: str) -> str:
    """A remark where the plan names a body that joins this one's domain with others."""
    mine = unit_names().identity(unit)
    like = [t[0][2] for i, t in bodies(plan).items() if i.holds(mine) or mine.holds(i)]
    return f"the plan also names {', '.join(like)}: make sure it is another body" if like else ""


Tasks = Sequence[tuple[Clause, Role, str]]


def _form(tasks: Tasks, name: str) -> tuple[str, Tasks]:
    """The form of templates for so many tasks, "" for none or too many."""
    count = len({c.id for c, _, _ in tasks})
    if count == 1:
        return ("lead_one" if tasks[0][1] == "lead" else "one"), tasks
    return (name if 1 < count <= MOST_TASKS else ""), tasks


def _tasks(desk: Desk, clauses: Sequence[str], tasks: Tasks, form: str) -> str:
    roles = {c.id: r for c, r, _ in tasks}
    told = [
        desk.plan[c].title + (f"（{ROLE_ZH[roles[c]]}）" if form in ("every", "one") else "")
        for c in clauses
    ]
    count = desk.wording.answers["count"].format(n=len(told)) if len(told) > 1 else ""
    return count + "；".join(told)


def _other_tasks(desk: Desk, listed: Sequence[str], every: Tasks, draw: Draw) -> tuple[str, ...]:
    """Tasks that tempt: first those where the unit has another role, then of its neighbours."""
    mine = [c for c, _, _ in every if c.id not in listed]
    shared = {c.parent for c, _, _ in every}
    rest = [
        c
        for c in desk.plan.clauses
        if c.duty_source == "own" and c.id not in listed and c not in mine
    ]
    near = [c for c in rest if c.parent in shared] or rest
    pool = [*mine[:1], *draw.dice.sample(near, min(TEMPTING, len(near)))]
    return tuple(desk.shorter(c.title) for c in pool if c.title)[:TEMPTING]
