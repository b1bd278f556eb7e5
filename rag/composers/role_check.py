"""Yes or no about a unit's role in a matter, and what its role is."""

from __future__ import annotations

from index.plan import Clause, Role
from rag.answer import Draft, Statement
from rag.composers.tasks import likeness, task_clauses
from rag.context import Context, is_open
from rag.phrases import ROLE, ROLE_ONE
from rag.question import ROLES


def compose(context: Context) -> Draft:
    """是/不是 with the role the unit has and, if it is not the lead, the units that are."""
    if not context.searchable:
        return context.not_mentioned()
    hit = context.meant()
    clauses = [hit.clause] if hit.clause.duties else _below(context, hit.clause)
    if not clauses:
        line = Statement(context.say("no_duties"), (context.heading(hit.clause),))
        return Draft("answered", (line,))
    if len(clauses) > 1:
        return _over_items(context, clauses)
    return Draft("answered", (_verdict(context, clauses[0]),))


def _below(context: Context, clause: Clause) -> list[Clause]:
    return [c for c in context.plan.descendants(clause) if c.duty_source == "own"]


def roles_in(context: Context, clause: Clause) -> tuple[str, tuple[Role, ...]]:
    """The unit asked about as the clause prints it, and its roles there (none: ())."""
    asked = context.question.units[0]
    for degree in (1, 2, 3):
        found = [d for d in clause.duties if likeness(context, asked, d.unit) == degree]
        if found:
            return found[0].unit, tuple(dict.fromkeys(d.role for d in found))
    named = task_clauses(context, asked)
    return (named[0][2] if named else asked.text), ()


def _verdict(context: Context, clause: Clause) -> Statement:
    q = context.question
    unit, roles = roles_in(context, clause)
    asked = q.roles
    leads = clause.units("lead")
    if len(q.units) > 1 and "lead" in asked:
        named = {u for unit in q.units for u in leads if likeness(context, unit, u)}
        right = bool(leads) and named == set(leads)
        verdict = context.say("yes" if right else "no") if q.yes_no else ""
        return Statement(verdict + _leads(context, clause), context.note_spans(clause))
    if not asked:
        right = bool(roles)
    elif "lead" in asked:
        right = "lead" in roles and not (q.sole and len(leads) > 1)
    else:
        right = any(r != "lead" for r in roles)
    verdict = context.say("yes" if right else "no") if q.yes_no else ""
    text = verdict + _role_of(context, clause, unit, roles)
    if "lead" not in roles:
        text += context.say("then") + _leads(context, clause)
    return Statement(text, context.note_spans(clause))


def _role_of(context: Context, clause: Clause, unit: str, roles: tuple[Role, ...]) -> str:
    if not roles:
        return context.say("not_listed", unit=context.name(unit))
    role = roles[0]
    text = context.say("is_role", unit=context.name(unit), role=ROLE_ONE[context.lang][role])
    others = [u for u in clause.units(role) if u != unit]
    if role == "lead" and others:
        text += context.say("also", role=ROLE[context.lang][role], units=context.names(others))
    return text


def _leads(context: Context, clause: Clause) -> str:
    leads = clause.units("lead")
    names = ROLE[context.lang]
    if leads:
        return names["lead"] + context.say("colon") + context.names(leads)
    role = next(r for r in ROLES if clause.units(r))
    listed = context.names(clause.units(role), is_open(clause, role))
    return context.say("no_lead_but", role=names[role], units=listed)


def _over_items(context: Context, clauses: list[Clause]) -> Draft:
    """A section whose items are assigned one by one: the unit's role in each."""
    lines = []
    for clause in clauses:
        unit, roles = roles_in(context, clause)
        said = _role_of(context, clause, unit, roles)
        text = f"{clause.title or clause.label}{context.say('colon')}{said}"
        lines.append(Statement(text, context.note_spans(clause)))
    return Draft("answered", tuple(lines))
