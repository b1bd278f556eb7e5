"""What the text itself gives a unit to do, as against the notes that assign whole clauses.

    加强干部教育培训，区委党校合理安排教学班次，充实教学内容。

The unit is the subject where it, perhaps among others, opens a comma clause that goes on with what
it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.units import Mention
from rag.answer import Draft, Span, Statement
from rag.context import Context
from rag.hits import Entry, token_set
from rag.turns.slots import own

DOES = re.compile(
    r"负责|牵头|制定|组织|指导|检查|评估|协调|统筹|督促|会同|承担|落实|推进|建立|加强|监督|管理|解释|设在|做好|配合"
)
MOST_TOLD = 8  # sentences; more is no longer an answer but the plan read out
ABOUT = 0.3  # share of the matter that the sentence must carry, with its heading
NEARLY = 0.6  # of what the best such sentence carries
OPENING = re.compile(r"^(?:由|各级|全?[县市区省州]|[—–-])*")
BESIDE = re.compile(r"^(?:[（(][^）)]*[）)]|[、和及与]|等(?:单位|部门)?|要|应当?)+")
SHORTEST = 2  # characters that say what is done
COMMA = re.compile(r"[，,；;：:。]")
OUTSIDE = ("front", "tail", "term")


def in_text(context: Context) -> Draft:
    """What the text gives the units to do, where no duty note names them."""
    told = list(_naming(context))
    subject = as_subject(context)
    if subject:
        told = [(e, s) for e, s in told if s in subject]
    if not told:
        return context.not_mentioned("no_unit")
    told = told[:MOST_TOLD]
    ids = tuple(dict.fromkeys(entry.clause.id for entry, _ in told))
    return Draft("answered", tuple(said for _, said in told), clauses=ids)


def _naming(context: Context) -> Iterator[tuple[Entry, Statement]]:
    """The sentences that name the units and tell of doing."""
    for entry, text, span in _sentences(context, headings=True):
        named = any(_asked(context, m) for m in context.units.mentions(text))
        if named and (DOES.search(text) or _subject_of(context, text)):
            yield entry, Statement(text.strip(), (span,))


def _sentences(context: Context, headings: bool) -> Iterator[tuple[Entry, str, Span]]:
    """The sentences of the plan's clauses, and headings that stand alone if these are wanted."""
    for entry in context.searcher.entries(context.plan.id):
        if entry.clause.level in OUTSIDE:
            continue
        for sentence in entry.sentences:
            yield entry, sentence.text, context.sentence_span(entry, sentence)
        # 本方案由某局负责解释: it stands alone
        if headings and not entry.sentences and entry.clause.title:
            yield entry, entry.clause.title, context.heading(entry.clause)


def as_subject(context: Context) -> tuple[Statement, ...]:
    """The sentences on the matter named beside the units that have one of them as their subject;
    () where no matter is named."""
    if not context.question.concepts or own(context.question, "").silent:
        return ()
    found: list[tuple[float, Statement]] = []
    for entry, text, span in _sentences(context, headings=False):
        pairs = token_set(text) | entry.title
        carried = context.searcher.coverage(context.question.concepts, pairs)
        if carried >= ABOUT and _subject_of(context, text):
            found.append((carried, Statement(text.strip(), (span,))))
    best = max((carried for carried, _ in found), default=0.0)
    return tuple(s for carried, s in found if carried >= NEARLY * best)[:MOST_TOLD]


def beside_notes(context: Context) -> tuple[Statement, ...]:
    """What the text gives the units to do, under a line that says so; () without anything."""
    told = dict.fromkeys(
        Statement(text.strip(), (span,))
        for _, text, span in _sentences(context, headings=False)
        if _subject_of(context, text)
    )
    if not told:
        return ()
    return (Statement(context.say("in_text_too"), heading=True), *list(told)[:MOST_TOLD])


def _subject_of(context: Context, sentence: str) -> bool:
    """Whether a comma clause of the sentence opens with one of the units and says what it does."""
    for clause in COMMA.split(sentence):
        opening = OPENING.match(clause)
        at = opening.end() if opening else 0
        named = False
        while True:
            mention = next(
                (m for m in context.units.mentions(clause) if m.start <= at < m.end), None
            )
            if mention is None:
                break
            named = named or _asked(context, mention)
            beside = BESIDE.match(clause[mention.end :])
            at = mention.end + (beside.end() if beside else 0)
        if named and len(clause) - at >= SHORTEST:
            return True
    return False


def _asked(context: Context, mention: Mention) -> bool:
    return any(mention.identity.same(u.identity) for u in context.question.units)
