"""How much, how many, by when: the figure whose own words speak of what was asked.

Every figure of the plan is a candidate, scored by how much of the matter its sentence and its
comma clause carry and by how well its clause was found. A figure of another measure (a percentage
for a number of people), of another year than the one asked for, or in total where a yearly one is
asked for, is no candidate. If none carries enough of the matter, the plan does not state it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.plan import Figure
from rag.answer import Draft, Span, Statement
from rag.context import Context
from rag.search import Hit, Sentence

CLAUSES_TRIED = 12  # the right clause is among the first five in 98 of 100 questions
ENOUGH = 0.58  # share of the matter that the figure's sentence and heading must carry
SEGMENT = re.compile(r"[，,；;。：:]")
PERCENT = re.compile(r"百分之|比例|比率|占比|percent|proportion|share|rate|率|水平")
MONEY = re.compile(r"多少钱|万元|经费|资金|多少万(?!人|名|次)|预算|拨款|money|budget|fund|yuan|rmb|spend")
ASKED_MEASURE = re.compile(
    r"(?:多少|几)(?:百|千|万|十)?(?P<measure>个百分点|平方米|人次|家|名|人|所|项|场|次|件|户|座|处|支|批|期|种|类|门|学时|课时|小时|天|元)"
)
PEOPLE = {"名", "人", "人次", "位"}
BODIES = {"个", "家", "所", "座", "处", "项", "户", "镇", "村"}
TIME_WORD = re.compile(
    r"(?:20\d\d年?[—–\-至到]+)?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|底|末)?|“?十[一二三四五六七]五”?(?:末|期间|时期)|每年|每学期|\d+年内|[一二三四五六七八九十两]年[一二三四五两]次"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure with the sentence it stands in and its score."""

    hit: Hit
    sentence: Sentence
    figure: Figure
    score: float
    carried: float


def compose(context: Context) -> Draft:
    """The figure asked for, in its own words; every figure of the sentence that was asked for."""
    found = candidates(context)
    if not found:
        return context.not_mentioned("no_figure")
    best = found[0]
    same = [
        c
        for c in found
        if c.sentence == best.sentence and (c.score >= best.score - NEAR or _asks_several(context))
    ]
    lo, hi = _stretch(best.sentence, [c.figure for c in same], context)
    text = _tidy(context, lo, hi)
    span = Span(context.plan.id, best.hit.clause.id, lo, hi)
    return Draft("answered", (Statement(text, (span,)),), score=best.score)


NEAR = 0.12  # figures of one sentence this close in score were asked for together


def check(context: Context) -> Draft:
    """Yes or no about a figure, and what the plan says."""
    found = candidates(context)
    if not found:
        return context.not_mentioned("no_figure")
    best = found[0]
    asked = {_plain(n) for n in context.question.numbers}
    pool = [c for c in found if c.sentence == best.sentence]
    hit = next((c for c in pool if _plain(c.figure.text) in asked), None)
    chosen = hit or best
    lo, hi = _stretch(chosen.sentence, [chosen.figure], context)
    text = context.say("yes" if hit else "no") + _tidy(context, lo, hi)
    span = Span(context.plan.id, chosen.hit.clause.id, lo, hi)
    return Draft("answered", (Statement(text, (span,)),), score=best.score)


def candidates(context: Context) -> list[Candidate]:
    """Figures that may answer, best first."""
    q = context.question
    found: list[Candidate] = []
    for hit in context.hits[:CLAUSES_TRIED]:
        for figure in hit.clause.figures:
            sentence = next(
                (s for s in hit.entry.sentences if s.start <= figure.start < s.end), None
            )
            if sentence is None or not _fits(context, figure, sentence):
                continue
            carried = context.searcher.coverage(
                q.concepts, sentence.pairs | hit.entry.own | _heading_pairs(hit)
            )
            near = context.searcher.coverage(q.concepts, _segment_pairs(context, sentence, figure))
            score = carried + 0.6 * near + 0.1 * hit.score
            if carried >= ENOUGH * _share_needed(context):
                found.append(Candidate(hit, sentence, figure, score, carried))
    return sorted(found, key=lambda c: -c.score)


def _heading_pairs(hit: Hit) -> frozenset[str]:
    return hit.entry.title


def _share_needed(context: Context) -> float:
    """English words find their Chinese by a dictionary, so fewer of them are carried."""
    return 0.75 if context.lang == "en" else 1.0


def _fits(context: Context, figure: Figure, sentence: Sentence) -> bool:
    q = context.question
    if MONEY.search(q.text) and figure.unit not in ("元", "万元", "亿元"):
        return False
    asks_percent = PERCENT.search(q.text.lower())
    if asks_percent and figure.unit not in ("%", "个百分点", "‰"):
        measure = ASKED_MEASURE.search(q.text)
        if not measure:
            return False
    measure = ASKED_MEASURE.search(q.text)
    if measure and not _same_measure(measure.group("measure"), figure.unit):
        return False
    if figure.unit == "%" and measure and not asks_percent:
        return False
    if q.years and figure.year and figure.year not in q.years:
        return False
    if q.years and not figure.year and max(q.years) > LATEST_IMPLIED:
        return False
    return not (q.per_year and not figure.per_year and figure.year and not _yearly(sentence))


LATEST_IMPLIED = 2030  # a figure without a year speaks of the plan's own period, not of 2035


def _yearly(sentence: Sentence) -> bool:
    return "每年" in sentence.text


def _same_measure(asked: str, unit: str) -> bool:
    if asked == unit or asked in unit:
        return True
    if asked in PEOPLE and unit in PEOPLE:
        return True
    return asked in BODIES and unit in BODIES


def _segment_pairs(context: Context, sentence: Sentence, figure: Figure) -> frozenset[str]:
    """Pairs of the comma clause that holds the figure."""
    from index.tokens import bigrams

    lo, hi = _segment(context, sentence, figure)
    return frozenset(bigrams(context.plan.source[lo:hi]))


def _segment(context: Context, sentence: Sentence, figure: Figure) -> tuple[int, int]:
    source = context.plan.source
    lo = max((source.rfind(c, sentence.start, figure.start) for c in "，,；;："), default=-1)
    ends = [p for c in "，,；;。" if (p := source.find(c, figure.end, sentence.end)) >= 0]
    return max(lo + 1, sentence.start), min(ends, default=sentence.end)


def _stretch(sentence: Sentence, figures: list[Figure], context: Context) -> tuple[int, int]:
    """From the comma clause of the first figure to that of the last, with its year before it."""
    bounds = [_segment(context, sentence, f) for f in figures]
    lo, hi = min(b[0] for b in bounds), max(b[1] for b in bounds)
    source = context.plan.source
    if figures[0].year and not TIME_WORD.search(source[lo:hi]):
        times = [m for m in TIME_WORD.finditer(source, sentence.start, lo)]
        if times and lo - times[-1].start() <= LONGEST_LEAD:
            lo = times[-1].start()
            lo -= source[max(sentence.start, lo - 1) : lo] in ("到", "至")
    return lo, hi


LONGEST_LEAD = 90  # characters between the year and its figure that an answer may carry along


def _asks_several(context: Context) -> bool:
    return len(re.findall(r"多少|几[个家名所人]|how many|how much", context.question.text)) > 1


def _tidy(context: Context, lo: int, hi: int) -> str:
    from index.reading import quote

    return quote(context.plan.source, lo, hi).strip("，,；;。 ")


def _plain(text: str) -> str:
    from index.numbering import chinese_number

    m = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿|千|百)?", text)
    if not m:
        return str(chinese_number(text))
    value = float(m.group(1).replace(",", ""))
    value *= {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}.get(m.group(2) or "", 1)
    return f"{value:g}" + ("%" if "%" in text or "％" in text else "")
