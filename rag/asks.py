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
BARE = 3  # characters behind a leading 多少: its measure word and at least two for the thing
# 产前筛查率和新生儿疾病筛查率分别达到多少
SEVERAL = re.compile(
    r"([^，,；;。]{3,60}?)(?=(?:分别|各自?)[^，,；;。]{0,8}(?:多少|几|百分之几|多大))"
)
ONE_THING = re.compile(
    r"分别|各(?:是|有|要|多少)|各自"
)  # 甲、乙分别多少 is one ask of several things


def asks(text: str) -> tuple[str, ...]:
    """The parts of a question that each ask for a number; () where there is only one."""
    found = list(ASK.finditer(text))
    several = SEVERAL.search(text)
    if len(found) == 1 and several:
        items = [i for i in re.split(r"、|和|与|以及", several.group(1)) if len(i.strip()) > 1]
        tail = text[several.end(1) :]
        return tuple(f"{item}{tail}" for item in items) if len(items) > 1 else ()
    if len(found) < 2 or ONE_THING.search(text):
        return ()
    parts, start = [], 0
    for ask, following in pairwise(found):
        cut = CUT.search(text, ask.end(), following.start())
        if cut is None:
            return ()
        parts.append(text[start : cut.start()])
        start = cut.end()
    parts.append(text[start:])
    return tuple(parts) if all(_whole(p) for p in parts) else ()


def _whole(part: str) -> bool:
    """Whether the part says what is to be counted."""
    part = part.strip()
    if len(part) < SHORTEST:
        return False
    ask = ASK.match(part)
    return ask is None or bool(ask.group("free")) or len(part) - ask.end() >= BARE
