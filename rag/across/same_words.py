"""A plan that says in the same words what another plan says of the matter says it as well.

Whether a sentence says what was asked is judged by likelihood (rag.confidence), for each plan by
itself; of two sentences that hardly differ one may lie a little below what is asked for. Where one
is told, the other is, too, if it has nearly all of its words, carries as much of the question and
lies about as close to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.across.counterpart import FEW
from rag.answer import Draft, Statement
from rag.composers.related import best_sentence
from rag.context import Context
from rag.hits import Hit, Sentence
from rag.question import Question

SAID = 0.6  # share of a sentence's weight from which another says it in the same words
LESS = 0.05  # share of the matter that it may carry less
ALL = 0.9  # from which it is the same sentence, wherever it lies
# share of the matter from which a sentence says it in so many words; it need have less of the
# other's words then, and may lie farther
MOSTLY, PARTLY, FAR = 0.7, 0.35, 1.0
FARTHER = 0.5  # standard deviations of cosine that it may lie farther from the question
MOST = 3  # sentences of an answer; a longer one is told of a whole clause


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A sentence that a plan is quoted with, the share of the matter that it carries, and the
    z-score of its closest passage."""

    words: str
    carried: float
    near: float


def with_same_words(
    contexts: Sequence[Context],
    drafts: Sequence[Draft],
    lacking: Sequence[str],
    reword: Callable[[str], Question],
) -> list[Draft]:
    """The drafts, those that say nothing replaced by what is said in the words of another's.

    `lacking` is for each plan the named thing that it lacks, or ""; `reword` gives the question
    about other words, which are looked for in the clauses found.
    """
    if len(contexts) > FEW:
        return list(drafts)
    told = [(d, quoted) for c, d in zip(contexts, drafts, strict=True) if (quoted := _quoted(c, d))]
    read = cache(reword)  # for all plans once
    found = []
    for context, draft, lacks in zip(contexts, drafts, lacking, strict=True):
        silent = draft.status == "not_mentioned" and not lacks
        tried = (_in_words_of(context, *one, read) for one in told if silent)
        found.append(next(filter(None, tried), draft))
    return found


def _quoted(context: Context, draft: Draft) -> list[_Quoted]:
    """The sentences of the clauses found that an answer quotes; none of a longer answer."""
    if draft.status != "answered" or draft.amount is not None:
        return []
    spans = {(s.start, s.end) for t in draft.statements if len(t.spans) == 1 for s in t.spans}
    quoted = [
        _measured(context, hit, sentence)
        for hit in context.hits
        for sentence in hit.entry.sentences
        if (sentence.start, sentence.end) in spans
    ]
    return quoted if len(quoted) <= MOST else []


def _measured(context: Context, hit: Hit, sentence: Sentence) -> _Quoted:
    carried = context.searcher.sentence_coverage(context.question, sentence)
    return _Quoted(sentence.text, carried, hit.closest(sentence) or 0.0)


def _says(own: _Quoted, other: _Quoted, same: float) -> bool:
    """Whether a sentence says what the other one does, of whose weight it has that share."""
    near = own.near - other.near
    if own.carried < other.carried - LESS:
        return False
    literal = own.carried >= MOSTLY and same >= PARTLY and near >= -FAR
    return same >= ALL or literal or (same >= SAID and near >= -FARTHER)


def _in_words_of(
    context: Context,
    draft: Draft,
    quoted: Sequence[_Quoted],
    read: Callable[[str], Question],
) -> Draft | None:
    """What the plan says in the words of the draft of another; None where it doesn't say all."""
    said: dict[Statement, None] = {}
    for one in quoted:
        asked = read(one.words)
        found = best_sentence(replace(context, question=asked))
        if found is None:
            return None
        hit, sentence, _ = found
        same = context.searcher.sentence_coverage(asked, sentence)
        if not _says(_measured(context, hit, sentence), one, same):
            return None
        said[Statement(sentence.text.strip(), (context.sentence_span(hit, sentence),))] = None
    clauses = tuple(dict.fromkeys(s.clause for line in said for s in line.spans))
    return replace(draft, statements=tuple(said), clauses=clauses, figures=())
