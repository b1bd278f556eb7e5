"""When: the year or date in the sentence that speaks of what was asked."""

from __future__ import annotations

import re

from index.tokens import bigrams
from rag.answer import Draft
from rag.composers.quantity import among, named
from rag.composers.stretch import stretch_statement
from rag.context import Context
from rag.hits import Hit, Sentence

DATE = re.compile(r"(?:20\d\d年?[—–\-至到]+)?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|底|末)?")
PERIOD = re.compile(r"“?十[一二三四五六七]五”?(?:末|期间|时期)")
TITLE = re.compile(r"《[^》]*(?:》|$)")  # the years of a title date nothing else
HOW_OFTEN = re.compile(
    r"多久|多长时间|隔多|频率|频次|几年[一几]|年[^，。？]{0,8}几[次回趟]|how often|how frequently"
)
OFTEN = re.compile(
    r"每(?:学期|年|月|季度|半年|周|天|[一二两三四五]年)|定期|[一二三四五]年[一二两三四五]次"
)
REGULARLY = "定期"
# a stretch with a time: whether it was not told just before, its value, its clause and its ends
Timed = tuple[bool, float, Hit, int, int]
LEAST = 0.1  # share of the matter below which a stretch cannot be about it
CLAUSES_TRIED = 12


def compose(context: Context) -> Draft:
    """The comma clauses from the time to the matter, of the sentence that carries most of it."""
    found: list[Timed] = []
    for hit in context.hits[:CLAUSES_TRIED]:
        for sentence in hit.entry.sentences:
            for lo, hi in _timed_pieces(context, sentence):
                carried, value = _carried(context, lo, hi, hit)
                if carried >= LEAST or hit.near(sentence):
                    found.append((_unsaid(context, lo, hi), value, hit, lo, hi))
    found = _of_quantity(context, found)
    if not found:
        return context.not_mentioned("no_time")
    _, _, hit, lo, hi = max(found, key=lambda f: f[:2])
    vague = HOW_OFTEN.search(context.question.text.lower()) and not _is_exact(context, lo, hi)
    lead = context.say("only_regularly") if vague else ""
    return Draft("answered", (stretch_statement(context, hit, lo, hi, lead),))


def _of_quantity(context: Context, found: list[Timed]) -> list[Timed]:
    """Those of the quantity that the question names (哪年达到25%), if any is; of a share that none
    of them reaches the plan tells no time."""
    quantities = named(context.question.text.lower())

    def reached(timed: Timed) -> bool:
        _, _, hit, lo, hi = timed
        start, end = context.reading.to_source(lo, hi)
        return among((f for f in hit.clause.figures if start <= f.start < end), quantities)

    chosen = [timed for timed in found if reached(timed)]
    return chosen if chosen or any(share for _, share in quantities) else found


def _unsaid(context: Context, lo: int, hi: int) -> bool:
    """Whether the stretch was not told just before; when asked on, another time is meant."""
    said = context.question.said
    return not said or context.reading.text[lo:hi].strip("，,；;。 ") not in said


def _is_exact(context: Context, lo: int, hi: int) -> bool:
    """Whether the stretch says how often, and not merely that it is done regularly."""
    found = [m.group(0) for m in OFTEN.finditer(context.reading.text, lo, hi)]
    return any(said != REGULARLY for said in found)


def _timed_pieces(context: Context, sentence: Sentence) -> list[tuple[int, int]]:
    """Stretches of the sentence from one time word to the next; all of it if there is but one."""
    text = context.reading.text
    titles = [m.span() for m in TITLE.finditer(text, sentence.lo, sentence.hi)]
    times = [
        m.start()
        for m in DATE.finditer(text, sentence.lo, sentence.hi)
        if not any(a < m.start() < b for a, b in titles)
    ]
    if HOW_OFTEN.search(context.question.text.lower()):
        often = list(OFTEN.finditer(text, sentence.lo, sentence.hi))
        # 五年两次 says more than 定期 beside it
        exact = [m for m in often if m.group(0) != REGULARLY]
        times = [m.start() for m in exact or often]
    elif not times and not PERIOD.search(context.question.text):
        times = [m.start() for m in PERIOD.finditer(text, sentence.lo, sentence.hi)]
    pieces = list(zip(times, [*times[1:], sentence.hi], strict=False))
    return [(sentence.lo, sentence.hi), *pieces] if len(times) == 1 else pieces


def _carried(context: Context, lo: int, hi: int, hit: Hit) -> tuple[float, float]:
    """Share of the matter carried with the heading, and the value by which stretches compete."""
    pairs = frozenset(bigrams(context.reading.text[lo:hi]))
    q = context.question
    with_heading = context.searcher.coverage(q.concepts, pairs | hit.entry.own)
    own = context.searcher.coverage(q.concepts, pairs)
    return with_heading, own + 0.3 * with_heading - (hi - lo) * LENGTH_COST


LENGTH_COST = 0.0004  # of two stretches that say it, the shorter
