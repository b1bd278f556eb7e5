"""Questions that ask for several numbers in one breath: 建几个社区，普及率要过多少.

Each part between two asking words is a question of its own. It is cut at the punctuation behind
what the first asks for; a part takes the years of the one before where it names none. Whether
something costs anything (收不收钱) is such a part too.
"""

from __future__ import annotations

import re
from itertools import pairwise

ASK = re.compile(
    r"多少|百[分份]之几|几(?=[个家名所人场次项条种类件座处位期份万千百年天月亩折环户台套支批成])|多大|多高|多长|多久"
    r"|(?P<free>[收要花用]不[收要花用](?:钱|费))"
)
CUT = re.compile(r"[，,；;、。]|(?:以及|和|又)(?=[\u3400-\u9fff]{2})")
SHORTEST = 4  # characters; less names nothing to be counted
MOST = 6  # parts; more is a list to fill in and no question in one breath
BARE = 3  # characters behind a leading 多少: its measure word and at least two for the thing
# what each of several things gets: 产前筛查率和新生儿疾病筛查率分别达到多少
EACH = re.compile(
    r"(?P<things>[^，,；;。]{3,60}?)[，,]?"
    r"(?=(?:最[高多低少])?(?:分别|各自?)[^，,；;。]{0,8}(?:多少|几|百[分份]之几|多大))"
)
# two measures of one thing: 比例和一年封顶数是多少
MEASURE = (
    r"(?:比例|比率|标准|额度|金额|数额|总额|上限|封顶(?:数|线|额|值)?|最高额|限额|面积|数量|人数"
    r"|个数)"
)
MEASURES = re.compile(
    rf"(?P<things>[^，,；;。]{{0,30}}?{MEASURE}(?:[和与及、跟]|以及)[^，,；;。]{{0,12}}?{MEASURE})"
    r"(?=(?:都|各)?(?:是|为|有|要到?|定)?(?:多少|几|百[分份]之几|多大|多高|多长))"
)
# and of another the same: 基地要建几个，社区呢
ALSO = re.compile(r"[，,；;、。](?P<thing>[^，,；;、。多几]{2,20})呢[？?]?$")
NOTHING = re.compile(r"(?:各自?|分别|都|是|有|要|多少|几个?)+$")
JOINT = re.compile(r"、|以及|和|与|跟")


def asks(text: str) -> tuple[str, ...]:
    """The parts of a question that each ask for a number; () where there is only one."""
    cut = [part for part in _cut(text) if not NOTHING.match(part.strip("，,。？? "))]
    parts = [each for part in cut for each in _of_each(part)]
    return tuple(parts) if 1 < len(parts) <= MOST and all(map(_whole, parts)) else ()


def _cut(text: str) -> list[str]:
    """The question cut behind what each asking word asks for."""
    found = list(ASK.finditer(text))
    parts, start = [], 0
    for ask, following in pairwise(found):
        cut = CUT.search(text, ask.end(), following.start())
        if cut is None:
            return [text]
        parts.append(text[start : cut.start()])
        start = cut.end()
    last = text[start:]
    also = ALSO.search(last)
    if also is None or not found:
        return [*parts, last]
    asked = last[found[-1].start() - start : also.start()]
    return [*parts, last[: also.start()], also.group("thing") + asked]


def _of_each(part: str) -> list[str]:
    """A question for each of the things, where several are asked about with 分别 or 各."""
    each = MEASURES.search(part) or EACH.search(part)
    if each is None:
        return [part]
    items = [i for i in JOINT.split(each.group("things")) if len(i.strip()) > 1]
    if len(items) < 2:
        return [part]
    head, tail = part[: each.start()], part[each.end() :]
    return [f"{head if n == 0 else ''}{item}{tail}" for n, item in enumerate(items)]


def _whole(part: str) -> bool:
    """Whether the part says what is to be counted."""
    part = part.strip()
    if len(part) < SHORTEST:
        return False
    ask = ASK.match(part)
    return ask is None or bool(ask.group("free")) or len(part) - ask.end() >= BARE
