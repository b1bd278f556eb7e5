"""The amounts of a sentence: its figures, and what only a question makes an amount.

A length of time (最长3年, 1日内), a discount (五折), a sum whose unit is left unsaid (最高50万、
30万、10万元) and 免费 are read here, where one is asked for, and not kept as figures of the plan.
"""

from __future__ import annotations

import re

from index.figures import MEASURES, SCALE
from index.numbering import chinese_number
from index.plan import Figure
from rag.composers.wanted import FREE_UNIT, Wanted
from rag.context import Context
from rag.hits import Hit, Sentence

NUMBER = r"(?<![\d.,〔\[第])(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3})"
# 3年, not 2026年 nor 26年底; 1日内, not 3月1日
SPAN = re.compile(
    rf"(?<![第至—–\-~])(?:\d{{1,2}}[至—–\-~])?{NUMBER}(?P<unit>年(?![底末代度级初来中前]|期间|内每)|(?<![月\d]\d)(?<!月)日(?=内|以内|办))(?P<after>以上|以内|内)?"
)
DISCOUNT = re.compile(r"(?P<number>\d(?:\.\d)?|[一二三四五六七八九])(?P<unit>折)")
LENGTH = re.compile(rf"{NUMBER}(?P<unit>米|厘米|毫米)")
POINTS = re.compile(rf"{NUMBER}(?P<unit>分)(?![之钟别])")
SUM = re.compile(
    rf"{NUMBER}(?P<scale>[万亿])(?P<unit>)"
    r"(?=[、，。；,;的/）)]|以上|以下|元?(?:一次性)?(?:运营|认定|建设|启动)?(?:补|奖|资|支持|扶持))"
)
# 超千家, 上万名: a round number without a digit
ROUND = re.compile(rf"(?:超|过|突破|达到?|近|上)(?P<scale>[百千万亿])(?P<unit>{MEASURES})")
# how far something reaches, where that is asked for: 力争行政村全覆盖 is all of it
WHOLLY = re.compile(r"(?P<number>全)(?P<unit>覆盖)")
REACH = re.compile(r"覆盖")
# a number in words before the very measure word asked with; one only where it is the limit
IN_WORDS = (
    r"(?:(?P<number>[二两三四五六七八九十]{1,3})|"
    r"(?:(?<=只)|(?<=原则上)|(?<=扶持)|(?<=[村县乡镇校省市区户])|(?<=至少)|(?<=不超过))(?P<one>一))"
    r"(?P<unit>%s)(?![对带村])"
)
FREE = re.compile(r"(?P<number>零|0)?(?P<unit>免费|(?:费用|成本)(?<=[零0]..)|免收|不收(?:取)?)")
ASKED = {"折": DISCOUNT, "分": POINTS, "米": LENGTH}
REACHED = "覆盖"
WORDED = frozenset({"家", "所", "名", "座", "处", "支", "套", "次", "场", "个月"})
LONGEST_SPAN = 70  # years; what is more is a year of the calendar


def amounts(context: Context, hit: Hit, sentence: Sentence, want: Wanted) -> list[Figure]:
    """The sentence's figures of the measure asked for, and the amounts beside, in order."""
    own = [
        f
        for f in hit.clause.figures
        if sentence.start <= f.start < sentence.end and want.of_unit(f.unit)
    ]
    forms = [ROUND]
    if want.literal:
        forms.append(re.compile(rf"{NUMBER}(?P<unit>{re.escape(want.literal)})"))
    if want.spans:
        forms.append(SPAN)
    forms += [form for unit, form in ASKED.items() if unit in want.measures or unit in want.units]
    if want.money or not (want.measures or want.percent or want.units or want.free):
        forms.append(SUM)
    if want.free:
        forms.append(FREE)
    if not want.english and REACH.search(context.question.text):
        forms.append(WHOLLY)
    forms += [re.compile(IN_WORDS % re.escape(m)) for m in want.measures if m in WORDED]
    loose = [f for form in forms for f in _loose(context, sentence, form)]
    found = [f for f in loose if want.of_unit(f.unit) or f.unit == REACHED]
    apart = [f for f in found if not any(f.start < o.end and o.start < f.end for o in own)]
    return sorted([*own, *apart], key=lambda f: f.start)


def _loose(context: Context, sentence: Sentence, form: re.Pattern[str]) -> list[Figure]:
    """Amounts of one form in the sentence; a sum without a unit is one of money."""
    found = []
    for m in form.finditer(context.reading.text, sentence.lo, sentence.hi):
        said = m.groupdict()
        number = said.get("number") or ("1" if said.get("scale") or said.get("one") else "0")
        number = "100" if form is WHOLLY else number
        value = _value(number) * SCALE[said.get("scale") or ""]
        unit = FREE_UNIT if form is FREE else m.group("unit") or "元"
        if unit == "年" and value > LONGEST_SPAN:
            continue
        span = context.reading.to_source(*m.span())
        found.append(Figure(m.group(0), value, unit, "", None, False, *span))
    return found


def _value(number: str) -> float:
    if number in "零0":
        return 0.0
    return float(number) if number[0].isdigit() else float(chinese_number(number))
