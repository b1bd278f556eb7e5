"""What an English question wants measured: money, a share, days, people, or simply a number."""

from __future__ import annotations

import re

MONEY_UNITS = frozenset({"元", "万元", "亿元", "美元"})
SHARE_UNITS = frozenset({"%", "个百分点", "‰", "/10万", "/万"})
# how large or heavy something is: no number of things
EXTENT_UNITS = frozenset(
    {"平方米", "平方公里", "平方千米", "立方米", "公里", "千米", "米", "公顷", "亩", "吨", "公斤"}
)
TIME_UNITS = frozenset(
    {"年", "个月", "天", "周", "小时", "分钟", "课时", "学时", "个工作日", "工作日"}
)
PEOPLE_UNITS = frozenset({"名", "人", "人次", "位"})
# how often something is done: no number of things, but of what is done
OCCASION_UNITS = frozenset({"次", "回", "轮", "趟"})
DONE = re.compile(
    r"\b(?:times|occasions|rounds|views|visits|trips|sessions|events|activities|lectures|talks|classes"
    r"|meetings|inspections|surveys|drills|exercises|competitions|campaigns|reviews|courses)\b"
)

# In this order: what is named first decides (what percentage of the fund, how many subsidies).
SHARE = re.compile(r"\b(?:percent(?:age)?s?|proportions?|shares?|rates?|ratio)\b|%")
COUNT = re.compile(
    r"\bhow many (?P<what>(?:(?!(?:a|an|per|each|every|in|of|do|does|is|are|can|may)\b)"
    r"[\w'-]+ ?){1,4})"
)
SPANS = (
    (re.compile(r"\bdays?\b"), frozenset({"天", "个工作日", "工作日"})),
    (re.compile(r"\bmonths?\b"), frozenset({"个月"})),
    (re.compile(r"\byears?\b(?! old)"), frozenset({"年"})),
    (re.compile(r"\bhours?\b"), frozenset({"小时", "课时", "学时", "卡时"})),
    (re.compile(r"\bweeks?\b"), frozenset({"周"})),
    (re.compile(r"\bsquare met(?:re|er)s\b"), frozenset({"平方米"})),
    (re.compile(r"\bsquare kilomet(?:re|er)s\b"), frozenset({"平方公里", "平方千米"})),
    (re.compile(r"\b(?:kilomet(?:re|er)s?|km)\b"), frozenset({"公里", "千米"})),
    (re.compile(r"\bhectares?\b"), frozenset({"公顷"})),
    (re.compile(r"\bmu\b"), frozenset({"亩"})),
    (re.compile(r"\b(?:tonnes?|tons?)\b"), frozenset({"吨"})),
    (re.compile(r"\bpercentage points?\b"), SHARE_UNITS),
    (re.compile(r"\b(?:yuan|rmb)\b"), MONEY_UNITS),
)
LONG = re.compile(r"\bhow long\b|\b(?:what|which) (?:[\w'-]+ ){0,3}?(?:term|duration|period)\b")
# a number of years is told only where one is asked for
LENGTH = re.compile(r"\bhow long\b|\b(?:term|duration|period)\b")
LARGE = re.compile(
    r"\bhow (?:large|big|spacious)\b|\b(?:what|which) (?:floor |total )?(?:area|space|size)\b"
)
MONEY = re.compile(
    r"\b(?:money|budgets?|yuan|rmb|spend\w*|costs?|prices?|worth|fees?|grants?|subsid\w+|loans?"
    r"|bonus(?:es)?|rewards?|allowances?|reimburse\w*|compensation)\b"
    r"|\bhow much (?:[\w-]+ )?funding\b"
)


def answers_in(question: str, unit: str) -> bool:
    """Whether a figure of that unit may answer the question, given in lower case.

    How much is paid may be told as a share of the cost, so money asked for may be a share, too.
    Things counted are neither money nor time, and have no extent.
    """
    counted = COUNT.search(question)
    if counted:
        told = next((units for span, units in SPANS if span.search(counted["what"])), None)
        if unit in OCCASION_UNITS:
            return bool(DONE.search(counted["what"]))
        return unit in told if told else unit not in MONEY_UNITS | TIME_UNITS | EXTENT_UNITS
    if SHARE.search(question):
        return unit in SHARE_UNITS
    if LARGE.search(question) and not MONEY.search(question):
        return unit in EXTENT_UNITS
    if unit == "年" and not LENGTH.search(question):
        return False
    if LONG.search(question):
        return unit in TIME_UNITS
    return not MONEY.search(question) or unit in MONEY_UNITS | SHARE_UNITS
