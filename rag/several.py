"""What a question to one plan asks for in one breath, answered part by part, one below the other.

What the plan does not say of the parts is said part by part. (Several numbers asked for in Chinese
are chosen together: rag.composers.several. An English question to several plans is answered by
parts only if all of it is, else as a whole.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from index.tokens import tokens
from rag.answer import Draft, Statement
from rag.context import Context
from rag.question import Kind, Question

Look = Callable[[Context, Question], Context | None]
Whole = Callable[[Context], Draft]
Answer = Callable[[Context, Question, Sequence[Question]], Draft]


class Compose(Protocol):
    """Composes an answer of a kind; `judged` already to be of the right clause it stands."""

    def __call__(self, context: Context, kind: Kind, judged: bool = False) -> Draft: ...


def in_parts(context: Context, look: Look, compose: Compose) -> Draft | None:
    """The parts' answers together; None where the question is to be answered as a whole."""
    found: list[Draft] = []
    for part in context.question.parts:
        asked = look(context, _after(found, part))
        if asked is None:
            return None
        of_the_first = names_nothing_of_its_own(asked, context.question.parts[:1])
        draft = beside(asked, compose) if of_the_first else None
        found.append(draft or compose(asked, part.kind))
    answered = [d for d in found if d.status == "answered"]
    if not answered or len(answered) < len(found):
        return None
    return _joined(answered, _told(context, context.question.parts, found))


def for_one(question: Question) -> Question:
    """The question as put to one plan, which says part by part what it does not say."""
    english = question.lang == "en" and question.parts
    parts, each = ((), question.parts) if english else (question.parts, question.each)
    alone = tuple(replace(part, alone=True) for part in each)
    return replace(question, parts=parts, each=alone, alone=True)


def one_by_one(context: Context, whole: Whole, answer: Answer) -> Draft | None:
    """The answers to the questions that the question consists of, one below the other.

    Where all are answered by sentences and those that answer the whole say all, these stand. None
    where an English question has no part answered, for its parts leave more to the whole.
    """
    each = context.question.each
    if all(part.kind in OF_TEXT for part in each):
        draft = whole(replace(context, question=replace(context.question, each=())))
        if _says_all(context, draft):
            return draft
    drafts: list[Draft] = []
    for n, part in enumerate(each):
        draft = answer(context, _after(drafts, part), each[:n])
        beside_point = part.yes_no and not _speaks_of_own(context, part, each[:n], draft)
        drafts.append(context.not_mentioned() if beside_point else draft)
    answered = [d for d in drafts if d.status == "answered"]
    if not answered:
        return drafts[0] if context.lang == "zh" else None
    return _joined(answered, _apart(_told(context, each, drafts)))


def _says_all(context: Context, draft: Draft) -> bool:
    """Whether the draft answers and speaks of what each of the parts is about."""
    told = frozenset(tokens("".join(s.text for s in draft.statements)))
    carried = (context.searcher.coverage(p.concepts, told) for p in context.question.each)
    return draft.status == "answered" and min(carried) >= SPOKEN_OF


def _speaks_of_own(
    context: Context, part: Question, earlier: Sequence[Question], draft: Draft
) -> bool:
    """Whether sentences that are to say whether there is something (有没有补贴) speak of it, and
    not only of what was handed on."""
    handed = {c.said for q in earlier for c in q.concepts}
    own = [c for c in part.concepts if c.said not in handed]
    if draft.status != "answered" or part.kind not in OF_TEXT or not (own and handed):
        return True
    told = frozenset(tokens("".join(s.text for s in draft.statements)))
    return context.searcher.coverage(own, told) >= SPOKEN_OF


OF_TEXT = ("measure", "list")
SPOKEN_OF = 0.5  # share of a part's matter from which an answer speaks of it


def _told(
    context: Context, parts: Sequence[Question], drafts: Sequence[Draft]
) -> tuple[Statement, ...]:
    """What is said to each part, nothing twice."""
    said: dict[Statement, None] = {}
    for part, draft in zip(parts, drafts, strict=True):
        answered = draft.status == "answered"
        said |= dict.fromkeys(draft.statements if answered else _unsaid(context, part, draft))
    return tuple(said)


def _unsaid(context: Context, part: Question, draft: Draft) -> tuple[Statement, ...]:
    """That the plan does not say a part, which is quoted, and what it says instead."""
    first, *rest = draft.statements or (Statement(context.say("not_mentioned")),)
    asked = part.text.strip("，,。；;？?、 ")
    told = context.say("part_unsaid", part=asked, said=first.text)
    return (replace(first, text=told, heading=True), *rest)


def _apart(lines: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The lines without those that one before has within it."""
    return tuple(
        a
        for n, a in enumerate(lines)
        if not any(a.spans and a.text in b.text for b in lines[:n] if not b.heading)
    )


def _joined(answered: list[Draft], said: tuple[Statement, ...]) -> Draft:
    """One draft that says all of it; it is as sure as the least sure of the answers."""
    ids = tuple(dict.fromkeys(c for d in answered for c in d.clauses))
    figures = tuple(dict.fromkeys(f for d in answered for f in d.figures))
    sure = min((d.confidence for d in answered if d.confidence is not None), default=None)
    return Draft("answered", said, clauses=ids, figures=figures, confidence=sure)


def _after(found: list[Draft], part: Question) -> Question:
    """A part that leaves out its matter looks first where the one before was told: who leads it."""
    if not part.inherits or not found:
        return part
    before = found[-1]
    if before.status != "answered":
        return part
    cited = dict.fromkeys(s.clause for said in before.statements for s in said.spans)
    told = "".join(said.text for said in before.statements)
    return replace(part, within=before.clauses or tuple(cited), said=told)


def names_nothing_of_its_own(asked: Context, earlier: Sequence[Question]) -> bool:
    """Whether a part asks of what the part before told (谁牵头), which is at hand."""
    part = asked.question
    own = {c.said for c in part.concepts} - {c.said for q in earlier for c in q.concepts}
    return not own and any(h.clause.id in part.within for h in asked.hits)


def beside(asked: Context, compose: Compose) -> Draft | None:
    """What the clause of the part before says, to a part that names nothing of its own.

    That it is the right clause was judged there.
    """
    hits = tuple(h for h in asked.hits if h.clause.id in asked.question.within)
    draft = compose(replace(asked, hits=hits), asked.question.kind, judged=True)
    return draft if draft.status == "answered" else None


def elsewhere(asked: Context, draft: Draft) -> Draft:
    """Units that another clause has than the one that the part before was told from, under a line
    that says so: what is written there need not be the same matter."""
    if asked.question.kind != "duty" or draft.status != "answered":
        return draft
    assigning = {c for c in draft.clauses if asked.plan[c].duties}
    if not assigning - set(asked.question.within):
        return draft
    line = Statement(asked.say("no_duties_there"), heading=True)
    return replace(draft, statements=(line, *draft.statements))
