"""What another plan has in the place of what only one of them says.

甲县的“某某品牌”，乙县对应的叫什么: what stands around the name in the one plan is asked of the
other; what comes nearest is told as such, never as the thing itself. A plan that says nothing of
what was asked is shown with its sentence that is most like the one by which another answers, for
that is what a reader of both would lay beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.reading import quote
from rag.across.titles import alike, of_one_matter
from rag.across.twins import SAME
from rag.answer import Draft, Statement
from rag.check import squeeze
from rag.composers.related import best_sentence, brief, under
from rag.composers.when import DATE
from rag.context import Context
from rag.hits import Hit, Sentence, token_set
from rag.question import QUOTED

ASKED = re.compile(
    r"对应|相当于|类似|相近|(?:说|写|叫|提|用|打造|搞|建)的?(?:又|则|却)?(?:是|叫)(?:什么|啥|几|哪)"
    r"|叫(?:什么|啥)|怎么(?:叫|称呼|说)|counterpart|equivalent|similar|comparable|instead"
)
ENOUGH = 0.7  # share of the words around the name that the other's sentence must carry
# share of a sentence's weight from which another is laid beside it, and from which one that stands
# under a like heading is
ALIKE, UNDER_ALIKE = 0.45, 0.2
LEAST = 0.1  # and in a clause of the same heading that the question itself found
FOUND = 5  # clauses, best first
FEW = 5  # plans: of more each is asked only the question, for every sentence is a search
TRIED = 2  # sentences of an answer
PART = re.compile(r"[，；。、,;]")


def with_counterparts(
    contexts: Sequence[Context],
    drafts: Sequence[Draft],
    ask: Callable[[Context, str], Context],
) -> list[Draft]:
    """The drafts, those that lack what is named with the sentence that stands in its place.

    `ask` gives the plan asked about other words.
    """
    terms = QUOTED.findall(contexts[0].question.text) if contexts else []
    if not terms or not ASKED.search(contexts[0].question.text.lower()):
        return list(drafts)
    headed = next((t for t in terms if any(_heads(c, t) for c in contexts)), "")
    if headed:
        return [
            d if _heads(c, headed) else _like_headed(ask(c, headed), d, headed)
            for c, d in zip(contexts, drafts, strict=True)
        ]
    said = [s.text for d in drafts if d.status == "answered" for s in d.statements]
    named = next(((t, s) for t in terms for s in said if t in squeeze(s)), None)
    if named is None:
        return list(drafts)
    term, sentence = named
    part = next(p for p in PART.split(squeeze(sentence)) if term in p)
    words = part.replace(f"“{term}”", "").replace(term, "")
    return [
        d if term in squeeze(c.reading.text) else _beside(ask(c, words), d, term)
        for c, d in zip(contexts, drafts, strict=True)
    ]


def _heads(context: Context, term: str) -> bool:
    """Whether the plan has a clause with that heading."""
    return any(squeeze(c.title) == term for c in context.plan.clauses)


def _like_headed(context: Context, draft: Draft, term: str) -> Draft:
    """The clause whose heading is most like the one that only another plan has, told as what comes
    nearest; the draft where none is like it."""
    concepts, carried = context.question.concepts, context.searcher.coverage
    titled = [c for c in context.plan.clauses if c.title]
    clause = max(titled, key=lambda c: carried(concepts, token_set(c.title)), default=None)
    if clause is None or not of_one_matter(clause.title, term):
        return draft
    text = context.say("absent", term=term) + context.say("nearest", said=clause.title)
    said = Statement(text.strip(), (context.heading(clause),))
    return Draft("not_mentioned", (said,), clauses=(clause.id,), confidence=draft.confidence)


def _beside(context: Context, draft: Draft, term: str) -> Draft:
    found = best_sentence(context)
    if found is None or found[2] < ENOUGH:
        return draft
    hit, sentence, _ = found
    text = context.say("absent", term=term) + context.say("nearest", said=sentence.text.strip())
    said = Statement(text, (context.sentence_span(hit, sentence),))
    return Draft("not_mentioned", (said,), clauses=(hit.clause.id,), confidence=draft.confidence)


def with_parallels(
    contexts: Sequence[Context],
    drafts: Sequence[Draft],
    ask: Callable[[Context, str], Context],
) -> list[Draft]:
    """The drafts, the bare negatives among them with the sentence that another's answer is like."""
    told = [s for c, d in zip(contexts, drafts, strict=True) for s in _sentences(c, d)]
    if not told or len(contexts) > FEW:
        return list(drafts)
    return [
        d if d.status != "not_mentioned" or _shown(d) else _laid_beside(c, d, told, ask)
        for c, d in zip(contexts, drafts, strict=True)
    ]


def with_passages(
    context: Context,
    draft: Draft,
    passages: Sequence[tuple[str, str]],
    ask: Callable[[Context, str], Context],
) -> Draft:
    """A negative with the sentence that is most like what another plan was just quoted with;
    `passages` are those, each with its clause's heading.

    Where something like it was asked for (乙县有没有类似要求), that sentence is the answer.
    """
    if draft.status != "not_mentioned" or not passages:
        return draft
    similar = bool(ASKED.search(context.question.text.lower()))
    if not similar:
        return draft if _shown(draft) else _laid_beside(context, draft, passages, ask)
    shown = next((s.spans[0] for s in draft.statements if s.spans), None)
    found = None if shown else _most_like(context, passages, ask)
    span = context.sentence_span(*found) if found else shown
    if span is None:
        return draft
    said = context.say("nearest", said=brief(quote(context.plan.source, span.start, span.end)))
    first = draft.statements[0].text
    absent = [context.say("absent", term=n) for n in QUOTED.findall(first)]
    text = next((a for a in absent if first.startswith(a)), "") + said  # a name that is missing
    line = Statement(text.strip(), (span,))
    return replace(
        draft, status="answered", statements=(line,), looked_at=(), clauses=(span.clause,),
        nearest=True,
    )  # fmt: skip


def _sentences(context: Context, draft: Draft) -> list[tuple[str, str]]:
    """The sentences that an answer quotes, each with its clause's heading; one of units or of
    headings quotes none."""
    if draft.status != "answered" or draft.amount is not None:
        return []
    quoted = [s for s in draft.statements if len(s.spans) == 1 and not s.heading][:TRIED]
    return [(squeeze(s.text), context.plan[s.spans[0].clause].title) for s in quoted]


def _shown(draft: Draft) -> bool:
    return any(s.spans for s in draft.statements)


def _laid_beside(
    context: Context,
    draft: Draft,
    passages: Sequence[tuple[str, str]],
    ask: Callable[[Context, str], Context],
) -> Draft:
    found = _most_like(context, passages, ask)
    if found is None:
        return draft
    hit, sentence = found
    if context.question.kind == "when" and DATE.search(sentence.text):  # it tells a time after all
        said = Statement(sentence.text.strip(), (context.sentence_span(hit, sentence),))
        return replace(draft, status="answered", statements=(said,), clauses=(hit.clause.id,))
    first = draft.statements[0].text if draft.statements else context.say("not_mentioned")
    told = under(context, first, hit, sentence)
    return replace(draft, statements=told.statements, looked_at=(), clauses=(hit.clause.id,))


def _most_like(
    context: Context, told: Sequence[tuple[str, str]], ask: Callable[[Context, str], Context]
) -> tuple[Hit, Sentence] | None:
    """The sentence of the plan that is like one of those told, the first of them first; else one
    under a like heading."""
    asked: list[tuple[Context, str]] = []
    for words, title in told:
        asked.append((ask(context, words), title))
        found = best_sentence(asked[-1][0])
        if found and found[2] >= (UNDER_ALIKE if _same(context, found[0], title) else ALIKE):
            return found[0], found[1]
    return next(filter(None, (_under_like(context, *one) for one in asked)), None)


def _under_like(context: Context, asked: Context, title: str) -> tuple[Hit, Sentence] | None:
    """The sentence that carries most of what is asked in the clause of a like heading, if the
    question itself found that clause, too."""
    like = {
        h.clause.id for h in context.hits[:FOUND] if title and alike(h.clause.title, title) >= SAME
    }
    found = best_sentence(replace(asked, hits=tuple(h for h in asked.hits if h.clause.id in like)))
    return (found[0], found[1]) if found and found[2] >= LEAST else None


def _same(context: Context, hit: Hit, title: str) -> bool:
    """Whether the clause, or one it stands under, has a like heading, or is the one that was found
    first for the question itself."""
    if context.hits and hit.clause.id == context.hits[0].clause.id:
        return True
    over = (hit.clause, *context.plan.ancestors(hit.clause))
    return any(alike(c.title, title) >= SAME for c in over)
