"""Follow-ups that reckon with the figures of the talk: 两头差几个点, 加起来一共多少, 是它的几倍.

What is reckoned with are the questions that were answered by a figure: the last two, or the last
one, of a place that is named beside it. They are asked again, and rag.across.reckon holds their
figures together; two places asked about one matter are compared as any (rag.turns.compared).
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.across.asked import Across
from rag.question import Question
from rag.turns.compared import compared
from rag.turns.slots import own
from rag.turns.talk import Now

UNIT = r"(?:个|家|名|人次?|所|次|项|件|座|处|天|年|倍|万|元|%)?(?:百分)?点?"
MUCH = rf"(?:几|多少){UNIT}"
TOTAL = re.compile(
    r"(?:加|合|算|凑)(?:起来|在一起|到一起|在一块儿?|一起|总|到一块)(?:一?共|总共)?"
    rf"(?:是|有|要)?(?:{MUCH})?"
    rf"|(?:总共|一共|合计|总计|共计)(?:是|有|要)?(?:{MUCH})?|总(?:和|数|量)(?:是|有)?(?:{MUCH})?"
    r"|\b(?:how many |how much )?(?:altogether|in total|in all|combined|taken together"
    r"|(?:does that |do they )?(?:add|sum) up(?: to)?|the (?:sum|total))\b"
)
TIMES = re.compile(
    r"(?:是|有|等于|相当于|差)?(?:了|出)?(?:几|多少)倍|翻了?几番"
    r"|\bhow many times\b(?: as \w+)?(?: as)?"
)
DIFFERENCE = re.compile(
    rf"(?:相)?差(?:距|额|值|别)?(?:了|出|是|有|着)?(?:{MUCH}|多大)?"
    rf"|(?:提|增|涨|升|长|降|减|高|低|多|少|下)(?:高|加|长|涨|升|低|少|降|幅|出|到)?(?:了|出|着)?(?:{MUCH})(?!倍)"
    r"|(?:更?(?:多|高|大)些?还是更?(?:少|低|小)些?|(?:多|高)不(?:多|高))|(?:涨|增|降|升)幅"
    rf"|(?:高|低|多|少|大|小)出(?:来)?的?(?:那)?(?:部分|一截|数)?(?:是|有)?(?:{MUCH})?"
    r"|(?:哪|谁)(?:个|一个|边|头|项|样)?(?:的)?(?:人数?|数量?|比例|目标)?(?:定得|定的)?(?:更|要)?(?:多|少|高|低|大|小)"
    r"|\bby how (?:much|many(?: points)?)\b"
    r"|\bhow (?:much|many|far)(?: percentage)?(?: points)?(?: \w+)?"
    r" (?:more|less|fewer|higher|lower|apart|larger|smaller|of an? (?:increase|rise|jump))\b"
    r"|\bhow far (?:ahead|behind|above|below)(?: of)?\b|\b(?:any|even|much) (?:higher|lower)\b"
    r"|\b(?:the )?(?:difference|gap|increase|rise)\b"
    r"|\b(?:more|less|fewer|higher|lower|larger|smaller|bigger) than\b"
    r"|\bwhich (?:one )?(?:is|has) (?:more|higher|larger|bigger|lower|fewer|less)\b"
    r"|\b(?:percentage )?points? (?:is that |are they )?(?:apart|more|higher)\b"
)
# what is held together, as far as it only points: 两头, 前者比后者, 这两个数, 中间十年
POINTING = re.compile(
    r"[这那]?[两俩三二几](?:个|头|者|级|类|项|种|样|边|次|年|处|块|组|笔)?(?:数字?|目标|指标|年份)?"
    r"|[前后](?:面|头)?(?:者|一?个|那个)|头(?:一个|尾)|[它他]们?的?|[这那]个?(?:数字?)?"
    r"|彼此|之间|中间|前后|期间|目标值?|[一二三四五六七八九十\d]+年(?:间|里|内|来)?"
    r"|[比和与跟同是到底还要会能就]|(?:大|约)?概|人数?|(?:百分)?点|名|家|个|算(?:下来)?|一下"
    r"|(?:一个|的)?数(?=$|[，,。？?])"
    r"|\b(?:so|then|and|the|two|both|them|they|those|these|that|it|its|is|are|was|of|between|than"
    r"|targets?|figures?|numbers?|how|many|much|points?|percentage|do|does|make|as|to|what|or"
    r"|goals?)\b|'s\b"
)


def reckoned(now: Now) -> Question | None:
    """The questions whose figures are held together, and what is to be done with them."""
    across, rest = _operation(now.plain)
    q = now.question
    if across is None or q.units or q.years or q.who or q.roles or (now.before.terms and q.plans):
        return None
    bare = now.reader.places(rest)[1]
    left = POINTING.sub(" ", bare)
    if re.search(r"\w", left) and not own(now.reader.read(left), left).silent:
        return None
    terms = _of_places(now) if q.plans else _of_the_talk(now, across)
    if not terms or (q.plans and not across.total and compared(now)):
        return None
    plans = tuple(dict.fromkeys(p for t in terms for p in t.plans))
    last = terms[-1]
    return replace(
        last, text=q.text, lang=q.lang, plans=plans, across=across, terms=terms, within=()
    )


def _operation(plain: str) -> tuple[Across | None, str]:
    """What is to be done with the figures, and the question without saying so."""
    told = {}
    rest = plain
    for name, words in (("total", TOTAL), ("times", TIMES), ("difference", DIFFERENCE)):
        left = words.sub(" ", rest)
        told[name] = left != rest
        rest = left
    return (Across(**told), rest) if any(told.values()) else (None, plain)


def _of_places(now: Now) -> tuple[Question, ...]:
    """The matter before asked of the place that is named, and of the one before where that is
    another."""
    named, topic = now.question.plans, now.past.topic
    if topic.kind != "figure" or not topic.concepts:
        return ()
    before = [p for p in now.before.plans if p not in named]
    places = (*before, *named) if len(named) == 1 else named
    if len(places) != TWO:
        return ()
    return tuple(replace(topic, plans=(p,), across=None, terms=()) for p in places)


TWO = 2


def _of_the_talk(now: Now, across: Across) -> tuple[Question, ...]:
    """The last two questions answered by a figure; to sum up, the last alone if it is the only."""
    asked = [q for q in now.past.asked if len(q.plans) == 1 and not q.terms]
    if now.before.kind != "figure" or len(now.before.plans) != 1:
        return ()
    if len(now.before.years) == TWO and not now.before.terms:  # both years in one question
        return tuple(replace(now.before, years=(y,), parts=()) for y in now.before.years)
    run: list[Question] = []
    for q in reversed(asked):
        if q.kind != "figure":
            break
        run.insert(0, q)
    if len(run) >= TWO:
        first, second = run[-2:]
        apart = first.plans != second.plans
        alike = first.matter == second.matter and first.years == second.years
        if apart and alike:
            return () if compared(now) else (first, second)  # one matter of two places
        if not alike:
            return (first, second)
    return (run[-1],) if across.total and not (across.times or across.difference) else ()
