"""What is said before a question and is no part of it: who asks, and why.

家长问：… and 娃还在上幼儿园，某县对学龄前教育怎么安排 ask what stands behind. Left in, the words of
the asker's own life would be looked for in the plan and missed there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.asides import LEAST, without_asides

# 审计查阅：, 县统计局的同志问：, 记者想问，; no clause of its own, so without a stop before it
SPEAKER = re.compile(
    r"^\s*(?P<who>[\u3400-\u9fff]{0,12}?)(?:的?(?:老|几位|各位)?(?:同志|人|干部|领导|老师|朋友))?"
    r"(?:(?:打电话|来电话?|上门|跑来|过来|发消息|发微信|专门)来?(?:问|咨询|打听)[，,：:]|要?(?:问|查阅|核查|核对|检查|抽查|复核|督查|查|来电|留言|咨询|请教)[：:]"
    r"|(?:都|就|也|还)?想?(?:问(?:一下|一句|问|下)|(?<=想)问|知道|了解|请教|打听|咨询|核实|确认|求证)"
    r"(?:一下|一句|一件事|个事|下)?[，,：:])"
    r"\s*(?=\S{4})"
)
OURS = re.compile(r"我们?(?:局|委|办|部|单位|部门|协会|中心|学校|校|院|所|站)|本(?:局|单位|部门)")
# 我们 and 他们 alone, where a body speaks and no place of theirs is meant (我们县)
WE = re.compile(r"[我咱他她]们(?!国|省|市|县|区|州|旗|镇|乡|村|这|那|里)")
BODY = re.compile(r"[局委办部会联协院校馆站所队社]的?$")
# what the answer is wanted for
PURPOSE = re.compile(
    r"(?:要|好|等着|急)用(?=$|[，,。；;：:])|用得[上着]"
    r"|(?:写|做|出|编|备|填|整理|准备|起草|赶)(?:一?[个份篇张套道])?[^，。；：]{0,6}?"
    r"(?:材料|报告|稿子?|总结|展板|课件|ppt|卷子?|试?题目?|表格?|汇报|新闻|手册|推送|教案|课)(?=$|[，,。；;：:])"
)
OWN_LIFE = re.compile(
    r"我(?!国|省|市|县|区|州|旗|镇|乡|们|问|想|要|在|听|看|记|知|晓|清)|俺(?!们)|家里|[娃孩][儿子]?(?:还|刚|今年|已经|马上)"
)
WANTS = re.compile(
    r"\s*我?们?(?:就|也|还)?(?:想|要|需要|得)[^，]{0,6}(?:弄清|搞清|知道|了解|问|查|核|确认)"
)
CLAUSE = re.compile(r"[，,。；;！!？?：:]")
ASKS = re.compile(
    r"谁|哪|什么|啥|多少|几|怎么|怎样|如何|咋|有没有|有无|是否|是不是|能不能|要不要"
    r"|[吗么呢](?=$|[。？?])|[？?]$"
)


def without_background(
    text: str,
    names_place: Callable[[str], bool],
    units: Callable[[str], Sequence[str]] = lambda _: (),
) -> str:
    """The question without who asks and without what clauses beside it tell of the asker.

    Who asks takes the place of 我们局. `names_place` tells whether a text names a place: what
    tells of the asker before the question names none, and what is asked behind it does. `units`
    gives the units that a text names.
    """
    text = without_asides(_without_speaker(text, names_place), names_place, units)
    for cut in reversed([m.end() for m in CLAUSE.finditer(text)]):
        told, asked = text[:cut], text[cut:]
        if len(asked.strip()) < LEAST or not ASKS.search(asked):
            continue
        last = CLAUSE.split(told)[-2]  # what stands between the purpose and the question is asked
        purpose = PURPOSE.search(f"{last}，") or (WANTS.match(last) and PURPOSE.search(told))
        own = (OWN_LIFE.search(told) or purpose) and not ASKS.search(told)
        if own and names_place(asked) and not names_place(told):
            return asked.strip()
    return text


def _without_speaker(text: str, names_place: Callable[[str], bool]) -> str:
    found = SPEAKER.match(text)
    if found is None:
        return text
    asked, who = text[found.end() :], found["who"].removesuffix("的")
    ours = OURS if OURS.search(asked) or not BODY.search(who) else WE
    if ours.search(asked):
        return ours.sub(who, asked)
    return text if names_place(found[0]) else asked
