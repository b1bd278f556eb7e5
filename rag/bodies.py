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
