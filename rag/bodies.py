"""Which of the units that a question names are meant by themselves, as against whose they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.units import Mention

GOVERNMENTS = (frozenset({"国务院"}), frozenset({"人民政府"}))
STAFF = ("干部", "职工", "工作人员", "领导班子")  # 乡镇干部 are people, and no unit


def innermost(units: Sequence[Mention], text: str) -> list[Mention]:
    """The units of the text without those that only say whose the next one is (国务院人社行政部门)
    or whose people are meant."""
    begun = {u.start for u in units}
    return [
        u
        for u in units
        if not (u.end in begun and u.identity.atoms in GOVERNMENTS)
        and not text.startswith(STAFF, u.end)
    ]


def without_level(printed: Collection[str]) -> set[str]:
    """The names without the level that they begin with (县科协)."""
    return {re.sub(r"^[县市区省](?!委)", "", u) for u in printed if len(u) >= 4}


def body_opened(unit: Mention, text: str) -> str:
    """The name of one body that the words for many open (乡镇 in 乡镇文化服务中心), or ""."""
    behind = BODY_BEHIND.match(text, unit.end)
    return text[unit.start : behind.end()] if behind else ""


BODY_BEHIND = re.compile(
    r"[\u3400-\u9fff]{0,6}?(?:中心|服务站|工作站|文化站|卫生院|医院|学校|大学|学院|协会|[馆所站]"
    r"(?![\u3400-\u9fff]*?(?:中心|站)))"
)
