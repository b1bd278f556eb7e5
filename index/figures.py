"""Figures (指标): numbers with a unit of measure, their bound, and the year they are tied to."""

from __future__ import annotations

import re

from index.numbering import chinese_number
from index.plan import Figure
from index.reading import Reading

SCALE = {"百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "": 1.0}
# Measure words of Chinese plans, longest first; a number without one is no figure (5G, 12316).
MEASURES = (
    "/10万|/万|微克/立方米|毫克/升|个百分点|个工作日|个月|平方公里|平方米|立方米|公里|千米|公顷|人次|户次|场次|课时|学时|卡时|小时|分钟|万元|亿元|美元|"
    "％|%|‰|家|个|名|人|所|项|场|次|件|户|座|处|支|批|期|种|类|门|本|册|份|篇|部|套|台|辆|条|站|元|亩|"
    "万千瓦|千瓦时|千瓦|兆瓦|公斤|平方千米|工作日|批次|班次|艘|架|株|棵|PB|TB|P(?![A-Za-z])|"
    "吨|岁|倍|天|周|届|级|位|点|张|例|只|头|间|镇|村"
)
NUMBER = r"\d+(?:[.．]\d+)?|\d{1,3}(?:,\d{3})+"
BEFORE = (
    "不低于|不少于|不超过|不高于|不小于|高于|低于|超过|突破|达到|力争达到|达|至少|最少|最多|约"
    "|(?<!附)近|超"
)
AFTER = "以上|以下|左右|以内|上下"
FIGURE = re.compile(
    rf"(?P<bound>{BEFORE})?(?<!\d)(?:\d+(?:\.\d+)?[—–\-~至])?(?P<number>{NUMBER})(?P<scale>百万|千万|[百千万亿])?余?多?"
    rf"(?P<measure>{MEASURES})(?<!人(?=才))(?<!人(?=民))(?<!人(?=员))(?P<after>{AFTER})?"
)
# 占一半以上, 超过三分之二: a share in words
FRACTION = re.compile(
    rf"(?P<bound>{BEFORE}|占)?(?:(?P<half>一半|半数)|(?P<under>[二三四五六七八九十])分之(?P<over>[一二三四五六七八九]))"
    rf"(?P<after>{AFTER})?"
)
# 最长3年, 三年内, 1—3年观察期: a length of time, told from a calendar year by what stands about it
SPAN = re.compile(
    rf"(?P<bound>最长|最高|为期|满|{BEFORE})?(?<![\d.十])(?:\d{{1,2}}[—–\-~至])?"
    r"(?P<number>\d{1,2}|[一二两三四五六七八九十])年"
    r"(?P<after>以上|以内|内|左右|期|(?=[\u4e00-\u9fff]{2}期))?"
)
# 超千家, 近万名: a round number without a digit
ROUND = re.compile(
    rf"(?P<bound>{BEFORE}|(?<!以)上|逾)(?P<scale>百万|千万|[百千万亿])(?P<measure>{MEASURES})"
    r"(?<!人(?=才))(?<!人(?=民))(?<!人(?=员))"
)
PERCENT = re.compile(r"百分之([一二三四五六七八九十百]{1,4})")
EACH = re.compile(r"一[村社校镇乡县户企街组]{1,2}一(?:名|个|人|员|所|校|队|站|品)")
RATE = re.compile(r"[一二三四五六七八九十两\d]{1,2}年[一二三四五六七八九十两\d]{1,2}次")
YEAR = re.compile(r"(20\d\d)年")
FIVE_YEAR = re.compile(r"“?十([一二三四五六七])五”?")
FIVE_YEAR_END = 2005  # 十五 ended in 2005, each later one five years on (十四五: 2025)
PER_YEAR = re.compile(r"每年度?|年均|每一年|一年")
SENTENCE = re.compile(r"[^。\n]+")
# 国发〔2021〕9号, 2021—2025年, 5月6日 and names such as 12316 or 333 are not figures
NOT_FIGURE_BEFORE = re.compile(r"[〔\[第A-Za-z\d.．]$")


def find_figures(reading: Reading, start: int, end: int) -> tuple[Figure, ...]:
    """All figures in the reading text's span, in order.

    The year is the last one named before the figure in the same sentence (to the full stop);
    每年 counts when it stands in the same comma clause.
    """
    text = reading.text
    found: list[Figure] = []
    aimed = ""  # the year a paragraph aims at, which its further sentences leave unsaid
    for sentence in SENTENCE.finditer(text, start, end):
        lo, hi = sentence.span()
        years = _years(text, lo, hi)
        if lo == start or text[lo - 1] == "\n":
            aimed = ""
        goal = AIMED.match(text, lo, hi)
        alone = goal and len(years) == 1
        aimed = goal.group(1) if goal and alone else "" if years else aimed
        if aimed and not years:
            years = [(lo - 1, int(aimed))]
        for m in _matches(text, lo, hi):
            tied = max((y for y in years if y[0] < m.start()), default=(0, None))[1]
            comma = max(
                text.rfind(c, max(lo, m.start() - CLAUSE_CHARS), m.start()) for c in "，,；："
            )
            yearly = bool(PER_YEAR.search(text, max(lo, comma + 1), m.start()))
            found.append(_figure(reading, m, tied, yearly))
    return tuple(found)


AIMED = re.compile(r"(?:力争|确保)?(?:到|至)(20\d\d)年")
CLAUSE_CHARS = 200  # characters looked back for the comma before a figure


def _matches(text: str, lo: int, hi: int) -> list[re.Match[str]]:
    hits = [
        m
        for m in FIGURE.finditer(text, lo, hi)
        if not NOT_FIGURE_BEFORE.search(text[max(lo, m.start() - 1) : m.start()])
    ]
    special = [*RATE.finditer(text, lo, hi), *EACH.finditer(text, lo, hi)]
    special += PERCENT.finditer(text, lo, hi)
    special += ROUND.finditer(text, lo, hi)
    told = (*SPAN.finditer(text, lo, hi), *FRACTION.finditer(text, lo, hi))
    special += (m for m in told if m["bound"] is not None or m["after"] is not None)
    apart = [
        h for h in hits if not any(s.start() < h.end() and h.start() < s.end() for s in special)
    ]
    return sorted([*apart, *special], key=lambda m: m.start())


def _years(text: str, lo: int, hi: int) -> list[tuple[int, int]]:
    """(position, year) of the years the sentence names; 十四五 stands for its last year."""
    years = [(m.start(), int(m.group(1))) for m in YEAR.finditer(text, lo, hi)]
    for m in FIVE_YEAR.finditer(text, lo, hi):
        years.append((m.start(), FIVE_YEAR_END + 5 * chinese_number(m.group(1))))
    return years


def _figure(reading: Reading, m: re.Match[str], year: int | None, per_year: bool) -> Figure:
    span = reading.to_source(m.start(), m.end())
    if m.re is PERCENT:
        share = float(chinese_number(m.group(1)))
        return Figure(m.group(0), share, "%", "", year, per_year, *span)
    if m.re is EACH:
        return Figure(m.group(0), 1.0, m.group(0)[-1], "", year, False, *span)
    if m.re is RATE:
        times = re.search(r"年(.+)次", m.group(0))
        word = times.group(1) if times else ""
        value = float(word) if word.isdecimal() else float(chinese_number(word))
        return Figure(m.group(0), value, "次", "", year, False, *span)
    if m.re is FRACTION:
        over, under = ("一", "二") if m["half"] else (m["over"], m["under"])
        share = 100.0 * chinese_number(over) / chinese_number(under)
        bound = m["after"] or (m["bound"] or "").strip("占")
        return Figure(m.group(0), share, "%", bound, year, per_year, *span)
    if m.re is SPAN:
        word = m["number"]
        years = float(word) if word.isdecimal() else float(chinese_number(word))
        bound = m["bound"] or m["after"] or ""
        return Figure(m.group(0), years, "年", bound, year, per_year, *span)
    if m.re is ROUND:
        value, measure = SCALE[m.group("scale")], m.group("measure")
        return Figure(m.group(0), value, measure, m.group("bound"), year, per_year, *span)
    number = float(m.group("number").replace(",", "").replace("．", "."))
    value = number * SCALE[m.group("scale") or ""]
    bound = m.group("after") or m.group("bound") or ""
    measure = m.group("measure").replace("％", "%")
    return Figure(m.group(0), value, measure, bound, year, per_year, *span)
