"""What is to be done with the answers of several plans: which, how many, higher, by how much.

A question across plans is framing around a question that every plan can be asked. The framing is
found by the word lists of rag/data/across.toml and taken out; what is left is read as any question
of one plan (2025年科学素质比例谁定得高，高几个点 -> 2025年科学素质比例, higher, difference).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rag.lexicon import across_pattern
from rag.question import Lang
from rag.taken_out import blank, framing_of

# The order in which framing is taken out: what is longer or more certain first.
ORDER = (
    "others", "sequence", "which", "all", "average", "total", "times", "difference", "rank",
    "number", "same", "high", "low", "early", "late", "absent", "mention", "table", "each", "fill",
)  # fmt: skip
NUMBERS = re.compile(r"数(?:量|字|目|值)?|指标|figures?|numbers?")


@dataclass(frozen=True, slots=True)
class Across:
    """The framing of a question about several plans.

    `which`: the places are asked for (哪几份); `counted`: and how many they are; `absent`: those
    that lack it are meant; `others`: what the rest have is asked too. `high`, `low`, `early`,
    `late`: an extreme is asked for; `rank`: all in order; `difference`: by how much; `average`,
    `total`: what the amounts come to on average, or together; `same`: what the answers have in
    common and what not; `sequence`: whether their parts stand in the same order. `all_plans`: every
    plan is spoken of. `number`: whether a number is set is what is asked. `beside`: all places but
    those named are asked.
    """

    which: bool = False
    counted: bool = False
    absent: bool = False
    mention: bool = False
    others: bool = False
    high: bool = False
    low: bool = False
    early: bool = False
    late: bool = False
    rank: bool = False
    difference: bool = False
    times: bool = False
    average: bool = False
    total: bool = False
    same: bool = False
    sequence: bool = False
    table: bool = False
    all_plans: bool = False
    number: bool = False
    beside: bool = False

    @property
    def ordered(self) -> bool:
        """Whether values are to be put in order."""
        ends = self.high or self.low or self.early or self.late
        return ends or self.rank or self.difference or self.times or self.average or self.total


BASIS = re.compile(
    r"(?:引(?:用|了|的|自)|依据|根据|按照|贯彻|落实|参照|based on|drawn up under)[^，。？,]{0,8}$"
)
# 外省的哪个市: a place of which no plan is asked
ABROAD = re.compile(r"(?:[外别邻][省市县区地国]|兄弟|国外|境外)的?$")
COUNTING = re.compile(r"几[份个地家处]|多少[份个家处]|[份家处地个].{0,4}还是|[数点计]|how many")


def read_across(
    flat: str, lang: Lang, places: int, every: bool = False
) -> tuple[Across | None, str]:
    """The framing of a question that names `places` plans, and the text without it.

    `every` tells that all plans are spoken of. None, and the text as it was, where it is about one
    plan. Offsets stay: what is taken out becomes white space.
    """
    if places:
        told: dict[str, bool] = {}
        rest = _take(flat, lang, "beside", told)
        if told:
            which = "which" in told
            return Across(which=which, mention=which, beside=True), rest
    if places == 1:
        return _only_here(flat, lang)
    told = {}
    rest = _take(flat, lang, "always", told)
    if places < 2 and not every and not told.keys() - {"others"}:
        return None, flat
    rest = _take(rest, lang, "compared", told)
    told.setdefault("all_plans", (told.pop("all", False) or every) and places == 0)
    told.pop("each", None)
    told.pop("fill", None)
    return Across(**told), rest


# a count of documents, which no single plan has of its own; samples are drawn (抽几份)
PLANS_ASKED = re.compile(
    r"(?:哪|(?<![抽发印送订交领买做写])几)[几些一两]?份(?!文件|通知|文(?!本)|意见|规定|办法)|哪[几些]?个?方案"
    r"|which (?:of the )?(?:\w+ )?plans?\b"
)


def _only_here(flat: str, lang: Lang) -> tuple[Across | None, str]:
    """只有甲县有吗, 有哪几份？甲县算不算: the one place is set against all."""
    told: dict[str, bool] = {}
    rest = _take(flat, lang, "only", told)
    if told:
        return Across(which=True, mention=True, all_plans=True), rest
    if not PLANS_ASKED.search(flat):
        return None, flat
    across, rest = read_across(flat, lang, 0)
    return (replace(across, all_plans=True) if across else None), rest


def _take(flat: str, lang: Lang, part: str, told: dict[str, bool]) -> str:
    for name in ORDER:
        pattern = across_pattern(lang, part, name)
        if pattern is None:
            continue
        for m in list(pattern.finditer(flat)):
            before = flat[: m.start()]
            cited = name != "same" and BASIS.search(before)
            in_quotes = lang == "en" and before.count('"') % 2  # the "Most Beautiful Workers"
            if not m.group(0) or cited or in_quotes or ABROAD.search(before):
                continue
            told[name] = True
            if name == "which":
                told.update(_extremes(m.group(0)))
            if name == "which" and COUNTING.search(m.group(0)) and "哪" not in m.group(0):
                told["counted"] = True
            if name in ("absent", "difference") and NUMBERS.search(m.group(0)):
                told["number"] = True
            flat = blank(flat, framing_of(m))
        counted = AND_HOW_MANY.search(flat) if name == "which" and told.get("which") else None
        if counted:
            told["counted"] = True
            flat = blank(flat, [counted.span()])
    return flat


# 哪几家写了，一共几家: how many of the places, not of what they write of
AND_HOW_MANY = re.compile(
    r"[，,]\s*(?:一?共|总共|合计|加起来)?(?:是|有)?(?:几|多少)(?:个|家|份|处|地)(?:地方|方案|县区|县市区)?"
    r"[呢啊]?(?=$|[。？?])"
)


def _extremes(words: str) -> dict[str, bool]:
    """最多最少各是谁 asks for the places and for both ends."""
    high = re.search(r"(?:最|定得|定的)更?[高多大]", words)
    low = re.search(r"(?:最|定得|定的)更?[低少小]", words)
    early, late = "最早" in words, "最晚" in words
    told = {"high": bool(high), "low": bool(low), "early": early, "late": late}
    return {name: True for name, said in told.items() if said}
