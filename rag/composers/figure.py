"""How much, how many, by when: the figure whose own words speak of what was asked.

Every figure of the plan is a candidate, scored by how much of the matter its sentence and its
comma clause carry and by how well its clause was found. A figure of another measure (a percentage
for a number of people), of another year than the one asked for, or in total where a yearly one is
asked for, is no candidate. If none carries enough of the matter, the plan does not state it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.numbering import chinese_number
from index.plan import Figure
from index.tokens import bigrams
from rag.answer import Draft, Span, Statement
from rag.context import Context
from rag.english_measures import answers_in
from rag.framing import ASKED_MEASURE, EVERY_FIGURE
from rag.hits import Hit, Sentence

CLAUSES_TRIED = 12  # the right clause is among the first five in 98 of 100 questions
LEAST = 0.2  # share of the matter below which a sentence cannot be about it
NEAR_WEIGHT, HIT_WEIGHT = 0.6, 0.06
PERCENT = re.compile(
    r"每?一?百个?人|几成|几分之|百分之|比例|比率|占比|percent|proportion|share|rate|率|水平"
)
MONEY = re.compile(
    r"多少钱|多少(?:补[贴帖]|补助|津贴|报酬|工资|奖金|租金|费用)|(?:补贴|补助|津贴|奖金|租金|费用)(?:是|有)?"
    r"多少|多少(?:百|千)?(?:万|亿)?元|万元|亿元|[给奖补花拨投]多少(?=$|[，。？?呢啊])|经费|资金|预算|拨款"
    r"|多少万(?!人|名|次)|money|budget|fund|yuan|rmb|spend|worth|cost|price"
)
# a length of time: other figures are no answer, and it is none to what asks for another number
DURATION = re.compile(
    r"(?:多少|几)年|多长时间|多久|最长|期限|how long|how many years|\b(?:term|duration|period)\b"
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
    if EVERY_FIGURE.search(context.question.text):
        return every_figure(context)
    found = candidates(context)
    if not found:
        return context.not_mentioned("no_figure")
    best = _unsaid(context, found)
    if len(context.question.years) > 1:
        return _by_year(context, found)
    several = asks_several(context)
    same = [
        c
        for c in found
        if c.sentence == best.sentence and (several or c.score >= best.score - NEAR)
    ]
    lo, hi = _stretch(context, best.sentence, [c.figure for c in same])
    said = stretch_statement(context, best.hit, lo, hi)
    figures = (best.figure, *(c.figure for c in found if c.figure != best.figure))
    return Draft("answered", (said,), clauses=(best.hit.clause.id,), figures=figures)


def _unsaid(context: Context, found: list[Candidate]) -> Candidate:
    """The best figure, or where that was told just before another of its sentence."""
    best, said = found[0], context.question.said
    if best.figure.text not in said:
        return best
    beside = (c for c in found if c.sentence == best.sentence and c.figure.text not in said)
    return next(beside, best)


def every_figure(context: Context) -> Draft:
    """Every figure with a unit in the clause that is meant and below it, each in its own words."""
    if not context.searchable:
        return context.not_mentioned()
    best = max(
        context.hits[:CLAUSES_TRIED],
        key=lambda h: (
            context.searcher.coverage(context.question.concepts, h.entry.own)
            - OUTER * len(h.clause.id)
        ),
    )
    inside = {best.clause.id, *(c.id for c in context.plan.descendants(best.clause))}
    lines: dict[Statement, Figure] = {}
    for hit in sorted(context.hits, key=lambda h: h.clause.start):
        if hit.clause.id not in inside:
            continue
        for sentence in hit.entry.sentences:
            figures = [
                f for f in hit.clause.figures
                if sentence.start <= f.start < sentence.end and f.unit and f.unit not in ORDINALS
            ]  # fmt: skip
            if figures:
                lo, hi = _stretch(context, sentence, figures)
                lines[stretch_statement(context, hit, lo, hi)] = figures[0]
    if not lines:
        return context.not_mentioned("no_figure")
    return Draft("answered", tuple(lines), figures=tuple(lines.values()))


OUTER = 0.002  # of headings that carry as much the outer one (its id is shorter) is meant
ORDINALS = ("年", "月", "日", "号")


def _by_year(context: Context, found: list[Candidate]) -> Draft:
    """Several years were named: the best figure of each."""
    lines, figures = [], []
    for year in context.question.years:
        best = next((c for c in found if c.figure.year == year), None)
        if best:
            figures.append(best.figure)
            lo, hi = _stretch(context, best.sentence, [best.figure])
            lines.append(stretch_statement(context, best.hit, lo, hi))
    if not lines:
        return context.not_mentioned("no_figure")
    if len(figures) == 2 and DIFFERENCE.search(context.question.text.lower()):
        lines += _gap(context, *figures)
    return Draft("answered", tuple(lines), figures=tuple(figures))


DIFFERENCE = re.compile(
    r"差|(?:提|增|涨|升|多|高|降|加)(?:高|加|长|升|出|了|上|幅|到)*(?:几|多少)|幅度"
    r"|by how (?:much|many)|difference|increase|rise|higher|more"
)


def _gap(context: Context, before: Figure, after: Figure) -> list[Statement]:
    """By how much the figures of two years differ, where both are of one measure."""
    if before.unit != after.unit:
        return []
    gap = f"{abs(after.value - before.value):.12g}"
    percent = before.unit == "%"
    said = (
        context.say("years_points", gap=gap)
        if percent
        else context.say("years_count", gap=gap + before.unit)
    )
    return [Statement(said, computed=(gap,), heading=True)]


def stretch_statement(context: Context, hit: Hit, lo: int, hi: int, lead: str = "") -> Statement:
    """The stretch of the reading text as a statement, without the punctuation at its ends."""
    text = context.reading.text
    while lo < hi and text[lo] in "，,；;。 ":
        lo += 1
    while hi > lo and text[hi - 1] in "，,；;。 ":
        hi -= 1
    span = Span(context.plan.id, hit.clause.id, *context.reading.to_source(lo, hi))
    return Statement(lead + text[lo:hi], (span,))


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
    lo, hi = _stretch(context, chosen.sentence, [chosen.figure])
    said = stretch_statement(context, chosen.hit, lo, hi, context.say("yes" if hit else "no"))
    clauses, figures = (chosen.hit.clause.id,), (chosen.figure,)
    return Draft("answered", (said,), clauses=clauses, figures=figures, holds=hit is not None)


def candidates(context: Context) -> list[Candidate]:
    """Figures that may answer, best first."""
    q = context.question
    found: list[Candidate] = []
    if q.years and not any(str(year) in context.reading.text for year in q.years):
        return found
    for hit in context.hits[:CLAUSES_TRIED]:
        for figure in hit.clause.figures:
            sentence = next(
                (s for s in hit.entry.sentences if s.start <= figure.start < s.end), None
            )
            if sentence is None or not _fits(context, figure, sentence):
                continue
            carried = _carried(context, hit, sentence)
            if carried < LEAST:
                continue
            lo, hi = _segment(context, sentence, figure)
            near = frozenset(bigrams(context.reading.text[lo:hi]))
            score = carried + NEAR_WEIGHT * context.searcher.coverage(q.concepts, near)
            found.append(Candidate(hit, sentence, figure, score + HIT_WEIGHT * hit.score, carried))
    found.sort(key=lambda c: -c.score)
    return [] if found and _told_without(context, found[0]) else found


def _told_without(context: Context, best: Candidate) -> bool:
    """Whether another sentence is clearly more about the matter, and gives no number.

    每年培养一批骨干教师 answers how many: the plan does not say; the figure beside it is of another
    matter.
    """
    concepts = context.question.concepts
    return any(
        context.searcher.coverage(concepts, sentence.pairs | hit.entry.title)
        > best.carried + CLEARLY
        for hit in context.hits[:CLAUSES_TRIED]
        for sentence in hit.entry.sentences
    )


CLEARLY = 0.28  # share of the matter


def _carried(context: Context, hit: Hit, sentence: Sentence) -> float:
    """Share of the matter in the figure's sentence and headings.

    A sentence that goes on from the one before (到2035年，达到25%) leaves the matter unsaid, so
    the one before counts too, a little less.
    """
    concepts = context.question.concepts
    own = sentence.pairs | hit.entry.title
    carried = context.searcher.coverage(concepts, own)
    at = hit.entry.sentences.index(sentence)
    if at:
        before = hit.entry.sentences[at - 1].pairs
        carried = max(carried, GOING_ON * context.searcher.coverage(concepts, own | before))
    return carried


GOING_ON = 0.85


def _fits(context: Context, figure: Figure, sentence: Sentence) -> bool:
    """Whether the figure is of the measure, the year and the period that were asked for."""
    q = context.question
    text = q.text.lower()
    if figure.unit == "年" and not DURATION.search(text):
        return False
    if q.lang == "en":
        if not answers_in(text, figure.unit):
            return False
    elif MONEY.search(text) and figure.unit not in ("元", "万元", "亿元"):
        return False
    measures = ASKED_MEASURE.findall(text)
    asks_percent = bool(PERCENT.search(text))
    fits = any(_same_measure(m, figure.unit) for m in measures)
    if not _of_grade(context, figure, sentence):
        return False
    place = re.search(r"(?:多少|几)个([村县乡镇校市区省国户厂])(?!级)", text)
    if place and place.group(1) not in _after(sentence, figure):
        return False
    percent = figure.unit in ("%", "个百分点", "‰")
    if (measures or asks_percent) and not (fits or (asks_percent and percent)):
        return False
    if q.years and figure.year and figure.year not in q.years:
        return False
    if q.years and not figure.year and min(q.years) >= LATEST_IMPLIED:
        return False
    return not (q.per_year and not figure.per_year and "每年" not in sentence.text)


GRADE = re.compile(
    r"(国家|省|市|县|区|乡|镇|村)(?:一)?级|(provincial|municipal|county|national)[- ]level"
)
GRADES = {"provincial": "省", "municipal": "市", "county": "县", "national": "国家"}


def _of_grade(context: Context, figure: Figure, sentence: Sentence) -> bool:
    """Whether the figure counts things of the grade asked for (县级基地), where it names grades.

    省级3家、市级7家 counts none of the county; 市级以上15家 none of the province alone.
    """
    asked = {GRADES.get(m[0] or m[1], m[0]) for m in GRADE.findall(context.question.text.lower())}
    lo, hi = _segment(context, sentence, figure)
    counted = {m[0] for m in GRADE.findall(context.reading.text[lo:hi])}
    return not asked or not counted or bool(asked & counted)


LATEST_IMPLIED = 2030  # a figure without a year speaks of the plan's own period, not of 2035


def _after(sentence: Sentence, figure: Figure) -> str:
    """What stands right after the figure: the thing it counts."""
    return sentence.text.split(figure.text)[-1][:COUNTED_CHARS]


COUNTED_CHARS = 12


def _same_measure(asked: str, unit: str) -> bool:
    if asked == unit or asked in unit or (asked == "个百分点" and unit == "%"):
        return True
    if asked == "个":
        return unit in BODIES | PEOPLE
    if asked in PEOPLE and unit in PEOPLE:
        return True
    return asked in BODIES and unit in BODIES


def _segment(context: Context, sentence: Sentence, figure: Figure) -> tuple[int, int]:
    """Reading-text span of the comma clause that holds the figure."""
    text = context.reading.text
    start, end = context.reading.from_source(figure.start, figure.end)
    lo = max(text.rfind(c, sentence.lo, start) for c in "，,；;：")
    ends = [p for c in "，,；;。" if (p := text.find(c, end, sentence.hi)) >= 0]
    return max(lo + 1, sentence.lo), min(ends, default=sentence.hi)


def _stretch(context: Context, sentence: Sentence, figures: list[Figure]) -> tuple[int, int]:
    """From the comma clause of the first figure to that of the last.

    The year that the figure is tied to comes along where it stands shortly before; what follows
    comes along where it qualifies the figure (力争超过全省平均水平).
    """
    bounds = [_segment(context, sentence, f) for f in figures]
    lo, hi = min(b[0] for b in bounds), max(b[1] for b in bounds)
    text = context.reading.text
    if figures[0].year and not TIME_WORD.search(text, lo, hi):
        times = [m.start() for m in TIME_WORD.finditer(text, sentence.lo, lo)]
        if times and lo - times[-1] <= LONGEST_LEAD:
            lo = times[-1] - (text[max(sentence.lo, times[-1] - 1) : times[-1]] in ("到", "至"))
    qualified = QUALIFIER.match(text, hi, sentence.hi)
    return lo, qualified.end() if qualified else hi


QUALIFIER = re.compile(r"[，,；](?:力争|达到|其中|高于|位居|确保)[^，；。]{2,40}")
LONGEST_LEAD = 90  # characters between the year and its figure that an answer may carry along


def asks_several(context: Context) -> bool:
    """Whether more than one figure is asked for."""
    text = context.question.text.lower()
    zh = re.findall(r"多少|几[个家名所人次]|多大", text)
    return len(zh) > 1 or bool(
        re.search(r"how (?:many|much).*\band\b|\band (?:what|how|which)\b", text)
    )


def _plain(text: str) -> str:
    percent = re.search(r"百分之([一二三四五六七八九十百零两]+)", text)
    if percent:
        return f"{chinese_number(percent.group(1))}%"
    m = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿|千|百)?", text)
    if not m:
        numeral = re.match(r"[一二三四五六七八九十百千万两]+", text)
        return str(chinese_number(numeral.group(0))) if numeral else ""
    value = float(m.group(1).replace(",", ""))
    value *= {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}.get(m.group(2) or "", 1)
    return f"{value:.12g}" + ("%" if "%" in text or "％" in text else "")
