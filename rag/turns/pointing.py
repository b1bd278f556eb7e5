"""What a follow-up points at in the last answer: an item by its number, a unit by part of its name.

第二项, 最后那个工程里头第一条 are ways down from the items that were shown; 第二家, 民政那家 are
units that were named. What points is told apart from the rest of the question, which is read by
itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.numbering import SAID, number_said
from index.tokens import in_order
from index.units import Mention
from rag.english_measures import COUNT

PLACE = (
    rf"(?:(?P<back>倒数)?第(?P<n>{SAID})|(?P<last>最后|末尾|最末)(?:那|这)?一?"
    r"|(?P<first>头|首)(?=[一条项个家])一?)"
)
COUNTER = r"(?:大|小|那|这)*(?P<noun>[项条个点款块类家])(?!五年|月|年)"
OF = r"(?:里头|里面|当中|之中|下面|下头|里|中|的)?"
# an item with the noun for it, and a unit: 第二家, 第一个单位
UNIT = re.compile(PLACE + r"(?:家(?![庭园级门政])(?:单位|部门|局)?|个(?:单位|部门|局))")
ITEM = re.compile(PLACE + COUNTER + r"(?:大?工程|行动|任务|措施|举措|原则|条款)?" + OF)
EN_NTH = {
    word: n
    for n, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"), 1
    )
} | {"last": -1}
EN_ITEM = re.compile(
    rf"\bthe (?P<en>{'|'.join(EN_NTH)})(?= (?:one|project|action|item|task|measure|point|part)\b"
    r"| of (?:them|these|those)\b|\s*(?:$|[,?.]))"
    r"(?: (?:one|project|action|item|task|measure|point|part))?(?: of (?:them|these|those))?"
)
# the units of a role are counted, not the items: 责任单位里第一个
OF_ROLE = re.compile(
    r"(?<=单位|部门)(?:里头|里面|里|中|名单)*(?:倒数)?(?:第|最后|头一?)[一二三四五六七八九十\d]*[个家位]"
)
# what stands for a unit beside part of its name: 民政那家, 卫健那边
STANDS = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:那|这)一?(?:家(?:单位)?|边|头|个(?:单位|部门|局))")
LONGEST_PART = 6  # characters of a unit's name


@dataclass(frozen=True, slots=True)
class Nth:
    """A number from the beginning, or, where it is below 0, from the end."""

    n: int

    def of(self, items: Sequence[object]) -> int | None:
        """The index of that item; None where there are not so many."""
        at = self.n - 1 if self.n > 0 else len(items) + self.n
        return at if 0 <= at < len(items) else None


def items_pointed(plain: str) -> tuple[tuple[Nth, ...], str]:
    """The way down that the question points, the outermost first, and the question without it."""
    english = tuple(Nth(EN_NTH[m["en"]]) for m in EN_ITEM.finditer(plain))
    if english:
        return english, EN_ITEM.sub(" ", plain)
    return tuple(_nth(m) for m in ITEM.finditer(plain)), ITEM.sub(" ", plain)


def points_at_item(plain: str) -> bool:
    """Whether the question points at an item by its number."""
    return bool(items_pointed(plain)[0])


def _nth(found: re.Match[str]) -> Nth:
    if found["last"]:
        return Nth(-1)
    if found["first"]:
        return Nth(1)
    n = number_said(found["n"])
    return Nth(-n if found["back"] else n)


def of_the_role(plain: str) -> str:
    """The question without the number of a unit in a role: the role's units are told in order."""
    return OF_ROLE.sub("", plain)


def points_at_unit(plain: str) -> bool:
    """Whether the question points at a unit that was named."""
    return bool(UNIT.search(plain) or STANDS.search(plain))


def with_units(plain: str, units: Sequence[Mention]) -> str:
    """The question with the units that it points at spelt out, where they are among those named."""
    found = UNIT.search(plain)
    if found:
        at = _nth(found).of(units)
        return plain if at is None else UNIT.sub(units[at].text, plain, count=1)
    found = STANDS.search(plain)
    if not found:
        return plain
    for start in range(max(0, found.start() - LONGEST_PART), found.start() - 1):
        part = plain[start : found.start()]
        held = [u for u in units if in_order(part, u.text)]
        if held:
            return plain[:start] + held[0].text + plain[found.end() :]
    return plain


# and how many highly skilled ones: of what was counted before
ONES = re.compile(r"(?<=[a-z] )(?<!which )(?<!what )(?<!these )(?<!those )(?<!the )ones\b")


def ones_spelt(plain: str, before: str) -> str:
    """The English question with "ones" spelt out as what the one before counted."""
    counted = COUNT.search(before)
    if counted is None or not ONES.search(plain):
        return plain
    return ONES.sub(counted["what"].split()[-1], plain, count=1)
