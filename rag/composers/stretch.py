"""The stretch of a sentence in which a figure is told: its comma clause, with its year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.plan import Figure
from rag.answer import Span, Statement
from rag.context import Context
from rag.hits import Entry, Hit, Sentence

TIME_WORD = re.compile(
    r"(?:20\d\d年?[—–\-至到]+)?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|底|末)?|“?十[一二三四五六七]五”?(?:末|期间|时期)|每年|每学期|\d+年内|[一二三四五六七八九十两]年[一二三四五两]次"
)
QUALIFIER = re.compile(r"[，,；](?:力争|达到|其中|高于|位居|确保)[^，；。]{2,40}")
LONGEST_LEAD = 90  # characters between the year and its figure that an answer may carry along
COMMAS = "，,；;"


def segment(context: Context, sentence: Sentence, figure: Figure) -> tuple[int, int]:
    """Reading-text span of the comma clause that holds the figure."""
    text = context.reading.text
    start, end = context.reading.from_source(figure.start, figure.end)
    lo = max(text.rfind(c, sentence.lo, start) for c in COMMAS + "：")
    ends = [p for c in COMMAS + "。" if (p := text.find(c, end, sentence.hi)) >= 0]
    return max(lo + 1, sentence.lo), min(ends, default=sentence.hi)


def piece(context: Context, sentence: Sentence, figure: Figure) -> tuple[int, int]:
    """Span of the part of the comma clause that speaks of this figure and of no other.

    书屋12座、泊位300个 tells of 泊位 for the second; 5所学校和15个专业 of 专业.
    """
    text = context.reading.text
    lo, hi = segment(context, sentence, figure)
    start, end = context.reading.from_source(figure.start, figure.end)
    others = [
        context.reading.from_source(f.start, f.end)
        for f in context.plan[_clause_of(context, figure)].figures
        if f.start != figure.start
    ]
    before = max((b for _, b in others if lo <= b <= start), default=lo)
    if before > lo:
        joint = max(text.rfind(c, before, start) for c in "、和及")
        lo = max(before, joint + 1)
    after = min((a for a, _ in others if end <= a <= hi), default=hi)
    joints = [p for c in "、和及" if (p := text.find(c, end, after)) >= 0] if after < hi else []
    return lo, min(joints, default=after)


def _clause_of(context: Context, figure: Figure) -> str:
    return next(
        (h.clause.id for h in context.hits if h.clause.start <= figure.start < h.clause.own_end),
        context.hits[0].clause.id,
    )


def stretch(context: Context, sentence: Sentence, figures: Sequence[Figure]) -> tuple[int, int]:
    """From the comma clause of the first figure to that of the last.

    The year that the figure is tied to comes along where it stands shortly before; what follows
    comes along where it qualifies the figure (力争超过全省平均水平).
    """
    bounds = [segment(context, sentence, f) for f in figures]
    lo, hi = min(b[0] for b in bounds), max(b[1] for b in bounds)
    text = context.reading.text
    if figures[0].year and not TIME_WORD.search(text, lo, hi):
        times = [m.start() for m in TIME_WORD.finditer(text, sentence.lo, lo)]
        if times and lo - times[-1] <= LONGEST_LEAD:
            lo = times[-1] - (text[max(sentence.lo, times[-1] - 1) : times[-1]] in ("到", "至"))
    qualified = QUALIFIER.match(text, hi, sentence.hi)
    return lo, qualified.end() if qualified else hi


def stretch_statement(
    context: Context, hit: Hit | Entry, lo: int, hi: int, lead: str = ""
) -> Statement:
    """The stretch of the reading text as a statement, without the punctuation at its ends."""
    text = context.reading.text
    while lo < hi and text[lo] in "，,；;。 ":
        lo += 1
    while hi > lo and text[hi - 1] in "，,；;。 ":
        hi -= 1
    span = Span(context.plan.id, hit.clause.id, *context.reading.to_source(lo, hi))
    return Statement(lead + text[lo:hi], (span,))
