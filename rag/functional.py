"""Units called by what they see to (管钱的), by their domain alone (人社在里面算什么) or loosely
(民政那个局), spelt out.

Only where the words stand for a unit: a role is asked about, whether it is among those named, or a
word for a body is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.lexicon import asking

NOUN = r"(?:部门|单位|局|机构|那家|那个局|那边|那块)"
STANDS = (
    rf"{NOUN}?(?=没|有没有|有份|在不在|在(?:里|其中|内|名单|列)|参[加与]|牵头|[算是进]|吗|呢"
    r"|也|[^，。？?]{0,12}叫法|各自?叫|分别叫|都?叫|在[^，。？?]{1,12}(?:各|分别|都)?(?:叫|是哪)|$|[，。？?])"
)
SEEN_TO = re.compile(
    rf"(?<![谁来归主接])(?:管|负责|抓|主管)(?P<what>[\u4e00-\u9fff]{{1,4}}?)的{STANDS}"
)
DOMAIN = re.compile(
    r"(?:^|(?<=[，,。；的 那]))(?P<name>[\u4e00-\u9fff]{2,4}?)(?:那边|那块|这边)?"
    r"(?=(?:在(?:里|其中|这|那|当中)[^，。？?]{0,3})?"
    r"(?:[算当]的?(?:是)?(?:什么|啥)|(?:是|充当|担任)(?:什么|啥)(?:角色|身份|单位)))"
)
# among those of a role: 参加的有卫健吗
AMONG = re.compile(r"(?<=[有含])(?P<name>[\u4e00-\u9fff]{2,4}?)(?=[吗么没不]|没有|$)")
# who is said to lead, by domain alone: 归卫健和民政牵头
LEADING = re.compile(
    r"(?<=[归由让是])(?P<names>[\u4e00-\u9fff]{2,4}?(?:[和与及跟、][\u4e00-\u9fff]{2,4}?){0,2})"
    r"(?=(?:[两三四几]家)?(?:一起|共同|一块儿?|来)?(?:牵头|主抓|负责|主管|管(?!理)))"
)
JOINT = re.compile(r"([和与及跟、])")
# 公安那边分到啥任务
THEIRS = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:那边|这边|那块)"
    r"(?=(?:也|都|又)?(?:分到|摊到|摊上|领|担|有)了?(?:什么|啥|哪[些几]?|几)[个项件]?(?:任务|活|事|项|$))"
)
# 农业口的局
OF_FIELD = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:口|系统|条线)的?(?P<body>局|委|部门|单位|那家)(?![\u4e00-\u9fff]?[室校工])"
)
# 民政那个局, 大数据的那个中心
LOOSELY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)的?那(?:个|家)(?P<body>局|委|办|部|中心|分局)(?![\u4e00-\u9fff]?[室校工])"
)
ROLE = re.compile(r"参加|参与|牵头|责任|配合|单位|部门")
SHORT = 2  # characters of a domain; what is shorter is no name


def units_spelt(text: str, is_unit: Callable[[str], bool]) -> str:
    """The text with such units by a name; `is_unit` tells whether a name is one."""

    def seen_to(found: re.Match[str]) -> str:
        name = _unit_of(found["what"], is_unit)
        return name or found.group(0)

    def by_domain(found: re.Match[str]) -> str:
        name = f"{found['name']}部门"
        known = is_unit(found["name"]) or not is_unit(name)
        return found.group(0) if known else name

    def leading(found: re.Match[str]) -> str:
        pieces = JOINT.split(found["names"])
        named = [p if JOINT.fullmatch(p) or is_unit(p) else f"{p}部门" for p in pieces]
        return "".join(named) if all(map(is_unit, named[::2])) else found.group(0)

    def loosely(found: re.Match[str]) -> str:
        body = found["body"]
        return _inside(found, lambda name: name + body if is_unit(name + body) else "")

    def theirs(found: re.Match[str]) -> str:
        def unit(name: str) -> str:
            return f"{name}部门" if not is_unit(name) and is_unit(f"{name}部门") else ""

        return _inside(found, unit)

    def of_field(found: re.Match[str]) -> str:
        return _inside(found, lambda name: _unit_of(name, is_unit))

    text = OF_FIELD.sub(of_field, LEADING.sub(leading, text))
    text = THEIRS.sub(theirs, LOOSELY.sub(loosely, text))
    text = DOMAIN.sub(by_domain, SEEN_TO.sub(seen_to, text))
    return AMONG.sub(by_domain, text) if ROLE.search(text) else text


def _inside(found: re.Match[str], unit: Callable[[str], str]) -> str:
    """The match with the unit that the longest end of its name stands for (某县民政那个局); as it
    was where none stands for one."""
    whole = found["name"]
    for start in range(len(whole) - SHORT + 1):
        named = unit(whole[start:])
        if named:
            return whole[:start] + named
    return found.group(0)


def _unit_of(what: str, is_unit: Callable[[str], bool]) -> str:
    """The unit that sees to it, "" where none is known to."""
    for unit, words in asking()["sees_to"].items():
        if what in words:
            return unit
    name = f"{what}部门"
    return name if len(what) >= SHORT and is_unit(name) else ""
