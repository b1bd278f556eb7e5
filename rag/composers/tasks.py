"""What a unit has to do: all clauses whose duty note names it, with its role. Never a part."""

from __future__ import annotations

import re

from index.plan import Clause, Role
from index.units import Mention, UnitNames, abbreviates
from rag.answer import Draft, Statement
from rag.composers.subject import as_subject, beside_notes, in_text
from rag.context import Context, opening_end
from rag.phrases import ROLE
from rag.question import ROLES


def compose(context: Context) -> Draft:
    """The tasks of the units named, by role; of several units those they share come first.

    A matter named beside the unit (青少年行动里有哪些任务) limits the tasks to what stands under
    the heading that carries it; what a sentence on the matter gives the unit to do is told first.
    """
    found = [task_clauses(context, u) for u in context.question.units]
    if not any(found):
        return in_text(context)
    merged: dict[tuple[str, Role], Clause] = {}
    keys = [{(c.id, r) for c, r, _ in one} for one in found if one]
    common = set.intersection(*keys)
    for one in found:
        for clause, role, _ in one:
            if not common or (clause.id, role) in common:
                merged.setdefault((clause.id, role), clause)
    headings = _named_headings(context)
    merged = _within(context, merged, headings)
    present = {r for _, r in merged}
    wanted = _wanted_roles(context, present)
    if not wanted & present:
        return _never(context, merged)
    if context.question.across:
        return _brief(context, {k: c for k, c in merged.items() if k[1] in wanted})
    listed = {k: c for k, c in merged.items() if k[1] in wanted}
    if context.question.within:
        return _besides(context, listed, wanted)
    amount = len({clause_id for clause_id, _ in listed})
    ids = tuple(dict.fromkeys(clause_id for clause_id, _ in listed))
    subject = as_subject(context)
    lines = (*subject, *_lines(context, listed, wanted))
    if not (subject or context.question.roles or headings):
        lines = (*lines, *beside_notes(context))
    return Draft("answered", lines, clauses=ids, amount=amount)


Listed = dict[tuple[str, Role], Clause]


def _within(context: Context, merged: Listed, headings: set[str]) -> Listed:
    """The tasks under the headings that the question names, if it names one that has any."""
    inside = {
        key: clause
        for key, clause in merged.items()
        if headings & {clause.id, *(c.id for c in context.plan.ancestors(clause))}
    }
    return inside or merged


def _named_headings(context: Context) -> set[str]:
    """The clauses whose headings the question names."""
    concepts, searcher = context.question.concepts, context.searcher
    return {
        entry.clause.id
        for entry in searcher.entries(context.plan.id)
        if entry.clause.level != "part"
        and searcher.carried_weight(concepts, entry.own) >= HEADING_WEIGHT
        and searcher.coverage(concepts, entry.own) >= HEADING_SHARE
    }


# A heading is named if the question says a rare word of it (idf about 2.5 or more) and little else.
HEADING_WEIGHT, HEADING_SHARE = 2.5, 0.6


def task_clauses(context: Context, asked: Mention) -> list[tuple[Clause, Role, str]]:
    """(clause, role, unit as printed) for every own note naming the unit, in text order.

    The body itself is looked for first; only if no note names it, a name that the asked one
    shortens, or a joint bureau that holds its domain, stands in (教体局 for 教育局).
    """
    degrees: tuple[list[tuple[Clause, Role, str]], ...] = ([], [], [])
    for clause in context.plan.clauses:
        if clause.duty_source != "own":
            continue
        for duty in clause.duties:
            degree = likeness(context.units, asked, duty.unit)
            if degree:
                degrees[degree - 1].append((clause, duty.role, duty.unit))
    return next((found for found in degrees if found), [])


def likeness(units: UnitNames, asked: Mention, printed: str) -> int:
    """How a printed unit answers to the one asked: 1 the same body, 2 its short name, 3 a joint
    bureau that holds its domain or is held by it; 0 not at all."""
    identity = units.identity(printed)
    if identity.same(asked.identity):
        return 1
    if abbreviates(asked.text, printed):
        return 2
    return 3 if identity.holds(asked.identity) or asked.identity.holds(identity) else 0


def _wanted_roles(context: Context, present: set[Role]) -> set[Role]:
    """The roles asked for; 参加, 责任 and 配合 asked for mean whatever is not the lead."""
    q = context.question
    if q.drop_lead:
        return {r for r in present if r != "lead"}
    if q.only_lead:
        return {"lead"}
    if not q.roles or len(q.roles) > 1 or q.any_role:
        return set(present)
    if q.roles == ("lead",):
        return {"lead"}
    return {r for r in present if r != "lead"}


def _lines(context: Context, listed: Listed, wanted: set[Role]) -> list[Statement]:
    lines: list[Statement] = []
    total = len({clause_id for clause_id, _ in listed})
    printed = dict.fromkeys(
        unit
        for asked in context.question.units
        for clause, _, unit in task_clauses(context, asked)
        if any(clause.id == clause_id for clause_id, _ in listed)
    )
    count = context.names(list(printed)) + context.say("colon") + context.say("count", n=total)
    lines.append(Statement(count, computed=(str(total),), heading=True))
    for role in ROLES:
        clauses = [c for (_, r), c in listed.items() if r == role and role in wanted]
        if not clauses:
            continue
        head = context.say("tasks_role", role=ROLE[context.lang][role], n=len(clauses))
        lines.append(Statement(head, computed=(str(len(clauses)),), heading=True))
        for clause in clauses:
            lines.append(Statement(title_of(context, clause), context.note_spans(clause)))
            lines += _begun(context, clause) if total <= FEW_TASKS else []
    return lines


FEW_TASKS = 2  # so few are told with the sentence that they begin with


def _begun(context: Context, clause: Clause) -> list[Statement]:
    """The first sentence of a titled clause, which says what the work is (机制保障)."""
    entries = context.searcher.entries(context.plan.id)
    entry = next((e for e in entries if e.clause.id == clause.id), None)
    if not clause.title or entry is None or not entry.sentences:
        return []
    first = entry.sentences[0]
    if any(d.unit in first.text for d in clause.duties):
        return []
    return [Statement(first.text.strip(), (context.sentence_span(entry, first),))]


def _brief(context: Context, listed: Listed) -> Draft:
    """A line a role, with the titles: where several plans are set side by side."""
    lines = []
    for role in ROLES:
        clauses = [c for (_, r), c in listed.items() if r == role]
        if clauses:
            named = context.names(_printed(context, role, clauses)) + context.say("colon")
            head = named + context.say(
                "tasks_listed", role=ROLE[context.lang][role], n=len(clauses)
            )
            titles = context.say("comma").join(title_of(context, c) for c in clauses)
            spans = tuple(dict.fromkeys(context.note_spans(c)[0] for c in clauses))
            headings = tuple(context.heading(c) for c in clauses)
            lines.append(Statement(head + titles, spans + headings, (str(len(clauses)),)))
    ids = tuple(dict.fromkeys(clause_id for clause_id, _ in listed))
    return Draft("answered", tuple(lines), clauses=ids, amount=len(ids), holds=True)


def _printed(context: Context, role: Role, clauses: list[Clause]) -> list[str]:
    """The units asked for as these clauses print them in the role."""
    ids = {c.id for c in clauses}
    found = (t for asked in context.question.units for t in task_clauses(context, asked))
    return list(dict.fromkeys(u for c, r, u in found if r == role and c.id in ids))


def title_of(context: Context, clause: Clause) -> str:
    """The clause's title; where it has none, the section's with the clause's beginning.

    A clause that is titled by the unit itself (县水利局：…) is told by its words.
    """
    if clause.title and any(d.unit == clause.title for d in clause.duties):
        said = clause.text.removeprefix(clause.number + clause.title).lstrip("：:。 \n")
        return said[:TOLD_CHARS].rsplit("；", 1)[0] if len(said) > TOLD_CHARS else said
    if clause.title:
        return clause.title
    label = clause.number + _opening(clause)
    above = context.plan.parent(clause)
    return f"{above.title}{context.say('colon')}{label}" if above and above.title else label


def _opening(clause: Clause) -> str:
    """How an untitled clause begins."""
    said = clause.text.removeprefix(clause.number).strip()
    end = opening_end(said, 0, len(said))
    first = re.sub(r"[（(〔].*$", "", said[:end])
    return first + ("…" if said[end : end + 1] == "，" else "")


TOLD_CHARS = 200  # of a unit's own paragraph; the rest is in the citation


def _besides(context: Context, listed: Listed, wanted: set[Role]) -> Draft:
    """What else the units have, beside the clauses last spoken of, or that there is nothing."""
    within = set(context.question.within)
    rest = {k: c for k, c in listed.items() if c.id not in within}
    if rest:
        return Draft("answered", tuple(_lines(context, rest, wanted)))
    none = Statement(context.say("no_more_tasks"), heading=True)
    return Draft("answered", (none, *_lines(context, listed, wanted)))


def _never(context: Context, merged: Listed) -> Draft:
    """The unit never has the role asked for: said first, then the roles it does have."""
    asked = context.question.roles[0] if context.question.roles else "lead"
    key = "never_lead" if asked == "lead" else "never_role"
    text = context.say(key, asked=ROLE[context.lang][asked])
    present = {r for _, r in merged}
    if context.question.across:
        clause = next(iter(merged.values()))
        said = Statement(text, context.note_spans(clause))
        return Draft("answered", (said,), amount=0, holds=False)
    return Draft(
        "answered",
        (Statement(text, heading=True), *_lines(context, merged, present)),
    )
