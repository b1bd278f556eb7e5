"""The same clause in another plan: found by its heading where the question's words do not reach it.

Asked about several plans, a question is often worded after one of them. Where that one answers and
another seems to say nothing, or answers from a clause whose heading names the matter less well,
the other's clause of the same heading, if it is among the clauses found, is the one meant. This is
done for units, which belong to a clause as a whole; a figure must be told in the same words as the
one it is compared with, and a measure be said in so many words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.figures import MEASURES
from index.tokens import tokens
from rag.across.titles import alike, headings_told, within
from rag.answer import Draft
from rag.check import squeeze
from rag.composers.listing import children_of
from rag.confidence import rated
from rag.context import Context
from rag.question import QUOTED, Kind

KINDS: tuple[Kind, ...] = ("duty", "role_check")
TRIED = 15  # clauses: one that is further down is not about the question at all
CLEARLY = 0.2  # share of the matter by which a heading names it better than another
SAME = 0.6  # share of characters' pairs from which two headings name one matter


def with_twins(
    contexts: Sequence[Context],
    drafts: Sequence[Draft],
    lacking: Sequence[str],
    compose: Callable[[Context], Draft],
) -> list[Draft]:
    """The drafts, those that say nothing replaced by what the twin clause says.

    `lacking` is for each plan the thing that the question names and it lacks, or ""; what the
    clauses of the others are not headed by may as well be said of its own (突发事件 of 应急科普).
    """
    told = {
        n: context.plan[draft.clauses[0]].title
        for n, (context, draft) in enumerate(zip(contexts, drafts, strict=True))
        if draft.status == "answered" and draft.clauses
    }
    named = {n: _named(contexts[n], title) for n, title in told.items()}
    found = []
    for n, (context, draft, lacks) in enumerate(zip(contexts, drafts, lacking, strict=True)):
        answered = n in told
        titles = [t for k, t in told.items() if not answered or named[k] >= named[n] + CLEARLY]
        apart = not answered or not _alike(told[n], titles)
        quoted = lacks in map(squeeze, QUOTED.findall(context.question.text))
        named_so = bool(lacks) and (quoted or any(lacks in squeeze(t) for t in titles))
        twin = None if named_so or not apart else _twin(context, titles)
        if twin is not None:
            said = compose(twin)
            told_there = said.status == "answered" or (said.clauses and not draft.clauses)
            draft = rated(twin, said) if told_there else draft
        found.append(draft)
    return found


def _named(context: Context, title: str) -> float:
    """Share of the matter that a heading carries."""
    return context.searcher.coverage(context.question.concepts, frozenset(tokens(title)))


def _alike(title: str, titles: Sequence[str]) -> bool:
    """Whether a heading is like one of the others, or there are none to be like."""
    return not titles or _likeness(title, titles) >= SAME


def _likeness(title: str, titles: Sequence[str]) -> float:
    """How like a heading is to that of the others which it is most like; 0 without any."""
    return max((alike(title, t) for t in titles if t), default=0.0)


def with_same_figures(
    drafts: Sequence[Draft], lacking: Sequence[str], ask: Callable[[int, str], Draft]
) -> list[Draft]:
    """The drafts, those without a figure replaced by the one told in the words of another plan's.

    `ask` gives what plan number so and so answers when asked for the figure in those words.
    """
    told = [_said(d) for d in drafts if d.status == "answered" and d.figures]
    found = []
    for n, (draft, lacks) in enumerate(zip(drafts, lacking, strict=True)):
        if draft.status != "answered" and not lacks:
            twins = (ask(n, words) for words in dict.fromkeys(told))
            draft = next((t for t in twins if _tells_the_same(t, told)), draft)
        found.append(draft)
    return found


def with_same_parts(contexts: Sequence[Context], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those that list nothing, or headings of another sort, replaced by the part that
    has headings like those that most of the plans have.

    四大工程 is what one of the plans calls its part: in another that is the part with the like
    headings, whatever it is called there.
    """
    listed = [(_titles(c, d), d.confidence) for c, d in zip(contexts, drafts, strict=True)]
    told = sorted((t for t in listed if len(t[0]) >= PARTS), key=lambda t: -(t[1] or 0.0))
    best, most = list(drafts), 0
    for titles, sure in told[:TRIED_LISTS]:
        found = [
            d if _shared(_titles(c, d), titles) > HALF else _like_parts(c, titles, sure) or d
            for c, d in zip(contexts, drafts, strict=True)
        ]
        shares = (_shared(_titles(c, d), titles) for c, d in zip(contexts, found, strict=True))
        n = sum(share > HALF for share in shares)
        if n > most:
            best, most = found, n
    return best


PARTS = 2  # headings, from which they tell a part
TRIED_LISTS = 3  # lists, the surest first, after which the others are held
HALF = 0.5


def _titles(context: Context, draft: Draft) -> list[str]:
    """The headings that a draft lists."""
    listed = draft.status == "answered" and draft.amount
    return headings_told(context, draft) if listed else []


def _like_parts(context: Context, titles: Sequence[str], sure: float | None) -> Draft | None:
    """The parts of the clause that has headings like most of those; None where none has. It is as
    sure as the answer that they are from."""
    shares = [
        (_shared([c.title for c in context.plan.children(clause)], titles), -len(clause.id), clause)
        for clause in context.plan.clauses
        if clause.children
    ]
    most, _, clause = max(shares, key=lambda s: s[:2], default=(0.0, 0, None))
    if clause is None or most <= HALF:
        return None
    return replace(children_of(context, clause), confidence=sure)


def _shared(own: Sequence[str], titles: Sequence[str]) -> float:
    """Share of the headings that are like one of one's own."""
    return sum(_likeness(t, own) >= SAME for t in titles) / len(titles)


def _said(draft: Draft) -> str:
    """The words of an answer around its figure."""
    return NUMBER.sub(" ", " ".join(s.text for s in draft.statements))


NUMBER = re.compile(rf"[\d.,%]+[万亿千百]?(?:{MEASURES})?(?:以上|以下|以内|左右)?年?")


def _tells_the_same(draft: Draft, told: Sequence[str]) -> bool:
    if draft.status != "answered" or not draft.figures:
        return False
    return max(within(_said(draft), words) for words in told) >= SAME


def _twin(context: Context, titles: Sequence[str]) -> Context | None:
    """The context with the clause of the same heading first; None where there is none."""
    best = max(context.hits[:TRIED], key=lambda h: _likeness(h.clause.title, titles), default=None)
    if best is None or _likeness(best.clause.title, titles) < SAME:
        return None
    return replace(context, hits=(best, *(h for h in context.hits if h is not best)))
