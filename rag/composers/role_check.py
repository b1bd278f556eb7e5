"""Yes or no about a unit's role in a matter, and what its role is."""

from __future__ import annotations

from index.plan import Clause, Role
from rag.answer import Draft, Statement, Status
from rag.asking_shapes import ROLE_ITSELF
from rag.check import squeeze
from rag.composers.subject import as_subject
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
        told = as_subject(context)
        if told:
            return Draft(
                "answered",
                told,
                clauses=tuple(dict.fromkeys(s.clause for t in told for s in t.spans)),
            )
        line = Statement(context.say("no_duties"), (context.heading(hit.clause),))
        return Draft("answered", (line,))
    if len(clauses) > 1:
        return _over_items(context, clauses)
    unit, roles = roles_in(context, clauses[0])
    q = context.question
    asked = ROLE_ITSELF.search(q.text.lower()) and not q.yes_no
    if asked and not roles and len(q.units) == 1:
        return _without_part(context, clauses[0], unit)
    said, holds = _verdict(context, clauses[0], unit, roles)
    return Draft("answered", (said,), clauses=(clauses[0].id,), holds=holds)


def _without_part(context: Context, clause: Clause, unit: str) -> Draft:
    """That the clause gives the unit no role, and whom it names."""
    said = context.say("no_part", unit=context.name(unit)) + context.say("then")
    line = Statement(said + _leads(context, clause), context.note_spans(clause))
    return Draft("not_mentioned", (line,), clauses=(clause.id,))


def _below(context: Context, clause: Clause) -> list[Clause]:
    return [c for c in context.plan.descendants(clause) if c.duty_source == "own"]


def roles_in(context: Context, clause: Clause) -> tuple[str, tuple[Role, ...]]:
    """The unit asked about as the clause prints it, and its roles there (none: ())."""
    asked = context.question.units[0]
    for degree in (1, 2, 3):
        found = [d for d in clause.duties if likeness(context.units, asked, d.unit) == degree]
        if found:
            return found[0].unit, tuple(dict.fromkeys(d.role for d in found))
    # as printed elsewhere, if that is the name asked with; a passage that lacks it cannot tell more
    printed = (n for _, _, n in task_clauses(context, asked) if squeeze(asked.text) in squeeze(n))
    return next(printed, asked.text), ()


def _verdict(
    context: Context, clause: Clause, unit: str, roles: tuple[Role, ...]
) -> tuple[Statement, bool]:
    """What is said of the unit with these roles in the clause, and whether what was asked holds."""
    q = context.question
    asked = q.roles
    leads = clause.units("lead")
    if len(q.units) > 1 and "lead" in asked:
        found = [{u for u in leads if likeness(context.units, unit, u)} for unit in q.units]
        right = bool(leads) and all(found) and set.union(*found) == set(leads)
        verdict = context.say("yes" if right else "no") if q.yes_no else ""
        text = verdict + _leads(context, clause) + _beside_leads(context, clause)
        return Statement(text, context.note_spans(clause)), right
    if len(q.units) > 1:
        listed = clause.units(*(r for r in ROLES if r != "lead")) if asked else clause.units()
        missing = [u for u in q.units if not any(likeness(context.units, u, x) for x in listed)]
        verdict = context.say("no" if missing else "yes") if q.yes_no else ""
        shown = asked[0] if asked else next(r for r in ROLES if clause.units(r))
        units = clause.units(shown) or listed
        text = verdict + ROLE[context.lang][shown] + context.say("colon") + context.names(units)
        return Statement(text, context.note_spans(clause)), not missing
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
    return Statement(text, context.note_spans(clause)), right


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


def _beside_leads(context: Context, clause: Clause) -> str:
    """The roles of the units asked about that have one and do not lead."""
    text = ""
    for unit in context.question.units:
        for duty in clause.duties:
            if duty.role != "lead" and likeness(context.units, unit, duty.unit) == 1:
                role = ROLE_ONE[context.lang][duty.role]
                named = context.name(duty.unit)
                text += context.say("then") + context.say("is_role", unit=named, role=role)
                break
    return text


def _over_items(context: Context, clauses: list[Clause]) -> Draft:
    """A section whose items are assigned one by one: the unit's role in each."""
    lines = []
    asked = context.question.roles
    holds = False
    for clause in clauses:
        unit, roles = roles_in(context, clause)
        if len(context.question.units) > 1:  # several together: each clause by itself
            told, right = _verdict(context, clause, unit, roles)
            holds, said = holds or right, told.text
        else:
            holds = holds or bool(set(roles) & set(asked) if asked else roles)
            said = _role_of(context, clause, unit, roles)
        text = f"{clause.title or clause.label}{context.say('colon')}{said}"
        lines.append(Statement(text, context.note_spans(clause)))
    ids = tuple(c.id for c in clauses)
    nowhere = not any(task_clauses(context, u) for u in context.question.units)
    itself = ROLE_ITSELF.search(context.question.text.lower()) and not context.question.yes_no
    status: Status = "not_mentioned" if nowhere and itself else "answered"
    return Draft(status, tuple(lines), clauses=ids, holds=holds)
