"""The detail that a question asks for by name: which month, which plan, what team.

A sentence about the matter answers 哪个月 only if it names a month, and 什么宣讲团 only if it
speaks of one. Where no sentence of an answer has the detail, the plan does not say it, however near
the sentences are to the matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# What is asked for, and how a text says it.
TIMES = (
    (
        re.compile(r"几月|哪个?月|which month|what month"),
        re.compile(r"\d{1,2}月|[一二三四五六七八九十]月"),
    ),
    (re.compile(r"几号|哪一?[天日](?!起)|几月几[号日]|what day"), re.compile(r"\d{1,2}[日号]")),
)
TOWN = re.compile(r"哪(?:一|几|两|三)?(?:个|些)?(?:乡镇|镇|街道)(?![级里])")
# a town by its name, as against towns in general
NAMED_TOWN = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道)(?!级)")
TOWNS = re.compile(r"各?乡镇(?:[（(、]?街道[）)]?)?|各[镇乡]|各?街道|城镇|镇街|村镇")
# Nouns of things that have names or at least are called so where they are meant.
NOUNS = (
    "计划|工程|宣讲团|讲师团|联盟|协会|平台|品牌|基金|条例|大赛|奖项|热线|实验室|工作室|杂志|报纸"
    r"|网站|公众号"
)
ASKED = re.compile(
    rf"(?:哪(?:一)?(?:个|项|家|支|种|处|座|所|部|本)?|什么|啥|哪[几些两三](?:个|项|家|支|处|座|所|部)?)"
    rf"[\u3400-\u9fff]{{0,10}}?(?P<noun>{NOUNS})(?=[来去，。？?的给用在里]|$)"
)
HOW = re.compile(r"怎么|怎样|如何|咋|什么|啥")  # 哪个乡镇…怎么处理: any of them
UNITS = re.compile(r"单位|部门|牵头|负责|谁")  # asked for are units, whatever noun stands beside


def lacks_detail(question: str, told: Iterable[str]) -> bool:
    """Whether the question asks for a detail by name that none of the texts has."""
    said = "\n".join(told)
    for asked, form in TIMES:
        if asked.search(question) and not form.search(said):
            return True
    if (
        TOWN.search(question)
        and not HOW.search(question)
        and not NAMED_TOWN.search(TOWNS.sub("，", said))
    ):
        return True
    noun = ASKED.search(question)
    if noun is None or UNITS.search(question):
        return False
    return noun.group("noun") not in said
