"""The figures of a plan that may answer a question for a number, scored.

Every figure of the plan is a candidate, scored by how much of the matter its sentence and its
comma clause carry and by how well its clause was found. A figure of another measure (a percentage
for a number of people), of another year than the one asked for, for each where the sum is asked
for, or that the question names itself, is no candidate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.plan import Figure
from index.tokens import bigrams
from rag.composers.amounts import amounts
from rag.composers.counted import counted_in_english, of_another
from rag.composers.stretch import piece, segment
from rag.composers.wanted import CHANGED, HAPPENED, Wanted, wanted
from rag.context import Context
from rag.hits import Hit, Sentence
from rag.question import Concept

CLAUSES_TRIED = 12  # the right clause is among the first five in 98 of 100 questions
LEAST = 0.2  # share of the matter below which a sentence cannot be about it
NEAR_WEIGHT, HIT_WEIGHT = 0.6, 0.06
DONE_WEIGHT = 0.4  # what is told as done, where that is asked for, before what was planned
DATED = 0.2  # a figure of the year asked for, before one without a year
EXACT = 0.1
GOING_ON = 0.85
CLEARLY = 0.28  # share of the matter
LATEST_IMPLIED = 2030  # a figure without a year speaks of the plan's own period, not of 2035
COUNTED_CHARS = 12
YEARLY = re.compile(r"每年|每一年|年度|全年|当年|年均|年平均|/年")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure with the sentence it stands in and its score."""

    hit: Hit
    sentence: Sentence
    figure: Figure
    score: float
    carried: float


def candidates(context: Context) -> list[Candidate]:
    """Figures that may answer, best first; none where the plan tells of the matter without one."""
    found = scored(context)
    told = found and not _anchored(context) and _told_without(context, found[0])
    return [] if told else found


def scored(context: Context) -> list[Candidate]:
    """Figures of what is asked, whose sentences are about the matter, best first."""
    q = context.question
    found: list[Candidate] = []
    if q.years and not any(str(year) in context.reading.text for year in q.years):
        return found
    things = counted_in_english(q)[-1:]
    if any(c.carriers and not context.searcher.known(c, context.plan.id) for c in things):
        return found
    want = wanted(q.text.lower(), q.years, q.lang)
    anchored, named = _anchored(context), _measured(context, things)
    amount = bool(AMOUNT.search(q.text.lower()))
    for hit in _tried(context):
        for sentence in hit.entry.sentences:
            if anchored and sentence not in anchored:
                continue
            carried = _carried(context, hit, sentence)
            about = carried >= LEAST or (amount and hit.near(sentence))
            if not about or not _speaks_of(context, hit, sentence, named):
                continue
            for figure in amounts(context, hit, sentence, want):
                if _fits(context, hit, figure, sentence, want):
                    score = carried + _own_score(context, hit, sentence, figure, want)
                    found.append(Candidate(hit, sentence, figure, score, carried))
    literal = [c for c in found if want.literal and c.figure.unit == want.literal]
    return sorted(literal or found, key=lambda c: -c.score)


# an amount is asked for, so a sentence near by may be meant by other words (懂科学的人占几成)
AMOUNT = re.compile(
    r"多少|[几多]大|几|\bhow (?:many|much)\b|\bwhat (?:share|proportion|percentage)\b"
)


def _tried(context: Context) -> list[Hit]:
    """The clauses found first, and those with a figure of a year that was asked for."""
    first, rest = context.hits[:CLAUSES_TRIED], context.hits[CLAUSES_TRIED:]
    years = context.question.years
    return [*first, *(h for h in rest if any(f.year in years for f in h.clause.figures))]


def _measured(context: Context, counted: list[Concept]) -> list[list[Concept]]:
    """The things whose amount is asked for by name, of which the plan has each; `counted` is what
    an English question counts.

    基金的注册资本是多少 asks for 注册资本, 多少运营补贴 for money that is for 运营.
    """
    text = context.question.text.lower()
    names = [
        m.group(m.lastindex or 0) for form in (MEASURED, PAID_FOR) for m in form.finditer(text)
    ]
    names = [n for n in names if not ONLY_MEASURE.fullmatch(n)]
    things = [[c for c in context.question.concepts if c.said in name] for name in names]
    if counted:
        things.append(counted)
    share = SHARE_OF.search(text) if context.lang == "en" else None
    if share:  # the level of health literacy is none of another literacy
        things.append([c for c in context.question.concepts if c.said in share["what"]][-1:])
    known = context.searcher.known
    return [t for t in things if any(known(c, context.plan.id) for c in t)]


MEASURED = re.compile(
    r"的([\u3400-\u9fff]{2,10}?)(?:是|为|有|要|到|达到|达|过|超过|定为|占){0,2}"
    r"(?:(?:多少|几)(?=$|[^\u3400-\u9fff]|[呢啊百千万亿元个家名人所场次项条])|百[分份]之几)"
)
SHARE_OF = re.compile(
    r"\b(?:level|rate|degree) of (?P<what>(?:[\w'-]+ ){0,3}?[\w'-]+?)"
    r"(?='s\b| (?:do|does|is|are|should|must|will|in|by|for|of|to|among)\b|[?,.]|$)"
)
# 任务数是多少 names no thing of its own
ONLY_MEASURE = re.compile(
    r"(?:年度|任务|指标|目标|计划|培训|建设)*(?:任务|指标|目标|数量|数|人数|值|总数|个数)"
)
PAID_FOR = re.compile(
    r"([\u3400-\u9fff]{2})(?:补[贴帖]|补助|奖励|津贴|资助|贷款|基金|经费)"
    r"(?=[^，。？?]{0,6}多少)|(?<=多少)([\u3400-\u9fff]{2})(?:补[贴帖]|补助|奖励|津贴|资助|贷款)"
)


def _speaks_of(context: Context, hit: Hit, sentence: Sentence, things: list[list[Concept]]) -> bool:
    """Whether the sentence, its headings or the one before has words of each of the things."""
    if not things:
        return True
    at = hit.entry.sentences.index(sentence)
    words = sentence.pairs | hit.entry.title
    if at:
        words |= hit.entry.sentences[at - 1].pairs
    return all(context.searcher.coverage(thing, words) > 0 for thing in things)


def _anchored(context: Context) -> list[Sentence]:
    """The sentences about a quantity that the question names: 建60处书屋给多少钱.

    They are those that print it and the ones right behind, where what came of it is told; none
    where the question names no quantity, or none that the plan prints.
    """
    q = context.question
    want = wanted(q.text.lower(), q.years, q.lang)
    found: list[Sentence] = []
    if q.kind != "figure" or not want.given:
        return found
    for hit in context.hits[:CLAUSES_TRIED]:
        sentences = hit.entry.sentences
        for at, sentence in enumerate(sentences):
            named = any(
                sentence.start <= f.start < sentence.end and _named(f) in want.given
                for f in hit.clause.figures
            )
            if named and _carried(context, hit, sentence) >= LEAST:
                found += sentences[at : at + 2]
    return found


def _own_score(
    context: Context, hit: Hit, sentence: Sentence, figure: Figure, want: Wanted
) -> float:
    """What the figure's comma clause, its clause and its being told as done add."""
    lo, hi = segment(context, sentence, figure)
    near = frozenset(bigrams(context.reading.text[lo:hi]))
    score = NEAR_WEIGHT * context.searcher.coverage(context.question.concepts, near)
    if want.done and HAPPENED.search(sentence.text):
        score += DONE_WEIGHT
    if figure.year and figure.year in context.question.years:
        score += DATED
    if figure.unit in want.measures:
        score += EXACT  # 多少人次 rather asks for the one in 人次 than for the one in 名
    return score + HIT_WEIGHT * hit.score


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


def _fits(context: Context, hit: Hit, figure: Figure, sentence: Sentence, want: Wanted) -> bool:
    """Whether the figure is of the thing, the sum, the year and the period that were asked for."""
    q = context.question
    if q.kind != "figure_check" and _named(figure) in want.given:
        return False
    if not _of_grade(context, figure, sentence):
        return False
    start = context.reading.from_source(figure.start, figure.end)[0]
    if want.reached and CHANGED.search(context.reading.text[sentence.lo : start]):
        return False
    if want.now and _aimed_at(context, figure, sentence):
        return False
    if q.kind == "figure" and of_another(context, sentence, figure):
        return False
    place = re.search(r"(?:多少|几)个([村县乡镇校市区省国户厂])(?!级)", q.text.lower())
    if place and place.group(1) not in _after(sentence, figure):
        return False
    lo, hi = segment(context, sentence, figure)
    text = context.reading.text
    if want.money and not want.stands_in(text[sentence.lo : hi]):
        return False
    if not want.sums_up(text[lo:hi]) or not want.of_one(text[lo:hi]):
        return False
    at = context.reading.from_source(figure.start, figure.end)[0]
    if _of_a_group(context, text[lo:hi], at - lo):
        return False
    if q.years and not figure.year and _other_year(context, hit):
        return False
    if q.years and figure.year and figure.year not in q.years:
        return False
    if q.years and not figure.year and min(q.years) >= LATEST_IMPLIED:
        return False
    return not (q.per_year and not figure.per_year and not YEARLY.search(sentence.text))


AIM = re.compile(r"(?:到|至|力争|计划|预计|确保|争取|新增|将)")


def _aimed_at(context: Context, figure: Figure, sentence: Sentence) -> bool:
    """Whether the figure is what is to be reached in the end, and not how things stand."""
    if HAPPENED.search(sentence.text) or not figure.year:
        return False
    years = re.findall(r"20\d\d", context.plan.meta.period.value)
    last = max(map(int, years), default=figure.year)
    return figure.year >= last and bool(AIM.search(sentence.text) or figure.bound)


OF_THE_GROUP = 0.4  # share of the matter that speaks of the group; 投资 alone is less
GROUP = re.compile(r"等(?:\d+|[一二两三四五六七八九十]{1,3})余?多?[个项条处家所座]")


def _of_a_group(context: Context, words: str, at: int) -> bool:
    """Whether what the clause gives at `at` is a group's, and one of its members is asked about.

    东线等40个项目投资18亿元 says nothing of the line alone.
    """
    group = GROUP.search(words)
    if group is None or at < group.end():
        return False
    coverage, concepts = context.searcher.coverage, context.question.concepts
    member = coverage(concepts, frozenset(bigrams(words[: group.start()])))
    whole = coverage(concepts, frozenset(bigrams(words[group.start() :])))
    return whole < max(member, OF_THE_GROUP)


def _other_year(context: Context, hit: Hit) -> bool:
    """Whether the headings are of another year (2017年完成情况) than the one asked about."""
    years = re.findall(r"20\d\d", " ".join(context.plan.path(hit.clause)))
    named = [int(y) for y in years]
    if not named:
        return False
    return not any(min(named) <= y <= max(named) for y in context.question.years)


def _named(figure: Figure) -> str:
    """The figure's number as a question would name it."""
    m = re.search(r"\d+(?:\.\d+)?[万亿]?", figure.text)
    return m.group(0) if m else ""


GRADE = re.compile(
    r"(国家|省|市|县|区|乡|镇|村)(?:一)?级|(provincial|municipal|county|national)[- ]level"
)
# degrees of schooling: what graduates get is told for each
DEGREES = tuple(
    re.compile(form) for form in ("博士", "硕士|研究生", "本科|学士", "大专|专科|高职", "中专|中职")
)
GRADES = {"provincial": "省", "municipal": "市", "county": "县", "national": "国家"}


def _of_grade(context: Context, figure: Figure, sentence: Sentence) -> bool:
    """Whether the figure is of the grade asked for (县级基地, 大专毕业), where it names grades.

    省级3家、市级7家 counts none of the county; 市级以上15家 none of the province alone.
    """
    text = context.question.text.lower()
    lo, hi = segment(context, sentence, figure)
    told = context.reading.text[lo:hi]
    own = context.reading.text[slice(*piece(context, sentence, figure))]
    asked = {GRADES.get(m[0] or m[1], m[0]) for m in GRADE.findall(text)}
    counted = {m[0] for m in GRADE.findall(own) or GRADE.findall(told)}
    for form in DEGREES:
        if form.search(text) and not form.search(told) and any(d.search(told) for d in DEGREES):
            return False
    return not asked or not counted or bool(asked & counted)


def _after(sentence: Sentence, figure: Figure) -> str:
    """What stands right after the figure: the thing it counts."""
    return sentence.text.split(figure.text)[-1][:COUNTED_CHARS]
