"""What a number counts, held against what is asked to be counted.

每年培训1.5万名技能劳动者 does not tell how many 首席技师 there are, however near these stand. A
number is of another thing if the noun behind it is not the one asked for, while the plan knows that
noun; a noun that the plan does not print (多少娃) may be any of its things.
"""

from __future__ import annotations

import re

from index.plan import Figure
from index.tokens import in_order
from rag.composers.stretch import piece
from rag.composers.wanted import THINGS
from rag.context import Context
from rag.english_measures import COUNT
from rag.hits import Sentence
from rag.question import Concept, Question

MEASURED = "个|家|名|位|人次|人|所|座|处|支|种|台|套|户|条|项|场|门"
# what is counted stands behind the measure word (多少个创业团队), or before it (团队要建多少个)
ASKED = (
    re.compile(
        rf"(?:多少|几)(?:{MEASURED})[a-z0-9]*(?:[\u3400-\u9fff]{{1,10}}?的)?"
        r"([\u3400-\u9fff]{2,10}?)(?=$|[，。？?、,呢啊来才]|的(?![\u3400-\u9fff]))"
    ),
    re.compile(
        rf"([\u3400-\u9fff]{{2,10}}?)[，,]?(?:要|得|能|可|会|应|打算|计划|准备|力争|达|到|有|建成?|培[训育养]"
        rf"|设立?|办成?|评选?|发展|新增){{1,4}}(?:多少|几)(?:{MEASURED})(?=$|[，。？?、呢啊])"
    ),
)
HEAD = 2  # characters at its end by which a thing is known: 首席技师 is a 技师
BEHIND = re.compile(
    r"(?:以上|以下|左右|以内|及以上|余|多)?(?:的)?[A-Za-z0-9]*([\u3400-\u9fff]{2,14})"
)
# words behind a number that are no thing counted: verbs, what goes on, and how large each is
NO_THING = re.compile(
    r"^(?:以上|以下|左右|以内|参[与加]|开展|建成|完成|实现|纳入|进行|覆盖|达到|并|和|与|用于"
    r"|(?:总|占地|建筑)?面积|规模|注册资本|投资额?|营收|年产值)"
)


def of_another(context: Context, sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure counts another thing than is asked for."""
    if figure.unit not in THINGS:
        return False
    heads = _heads(context)
    if not heads:
        return False
    lo, hi = piece(context, sentence, figure)
    text = context.reading.text
    _, end = context.reading.from_source(figure.start, figure.end)
    behind = BEHIND.match(text[end:hi])
    if behind is None or NO_THING.match(behind[1]):
        return False
    # 高职 may stand there as 高等职业学校
    return not any(in_order(head, text[lo:hi]) for head in heads)


def counted_in_english(question: Question) -> list[Concept]:
    """What an English question asks to be counted; the last of it is the thing."""
    counted = COUNT.search(question.text.lower()) if question.lang == "en" else None
    return [c for c in question.concepts if counted and c.said in counted["what"]]


def _heads(context: Context) -> frozenset[str]:
    """The ends of the words that the plan has for the thing asked to be counted; none where it
    prints none of them."""
    q = context.question
    if q.lang == "en":
        words = {w for c in counted_in_english(q) for w in (*c.words, *c.senses)}
    else:
        found = next((m for form in ASKED if (m := form.search(context.without_place))), None)
        if found is None:
            return frozenset()
        words = {found[1]} | {w for c in q.concepts if found[1].endswith(c.said) for w in c.words}
    heads = {w[-HEAD:] for w in words if len(w) >= HEAD}
    return frozenset(h for h in heads if h in context.reading.text)
