"""The quantities that a question names itself, to tell which of a plan's figures it means.

哪年达到百分之二十五        25 %
by when a quarter           25 %
ten thousand volunteers     10,000
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.figures import MEASURES, PERCENT, SCALE
from index.numbering import ENGLISH, chinese_number
from index.plan import Figure

Quantity = tuple[float, bool]  # a number, and whether it is a percentage

FIGURES = re.compile(
    r"(?<![\d.第〔])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?"
    r"(?P<scale>百万|千万|[百千万亿]|(?:hundred|thousand|million)\b)?\s?"
    r"(?P<percent>[%％]|per ?cent)?"
    r"(?![\d年月日号])"
)
NUMERALS = re.compile(
    rf"(?<![\d.])([一二两三四五六七八九十][一二两三四五六七八九十百千万]{{0,5}})(?={MEASURES})"
)
WORDS = re.compile(rf"\b(?P<number>{'|'.join(ENGLISH)})(?: (?P<scale>hundred|thousand|million))?\b")
ENGLISH_SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6}
PARTS = {
    "a quarter of": 25.0,
    "one quarter of": 25.0,
    "half of": 50.0,
    "四分之一": 25.0,
}
CALENDAR = range(1949, 2100)  # numbers that are years


def named(text: str) -> frozenset[Quantity]:
    """The quantities of a question in lower case; years are none."""
    found: set[Quantity] = {(share, True) for said, share in PARTS.items() if said in text}
    found |= {(float(chinese_number(m[1])), True) for m in PERCENT.finditer(text)}
    for m in FIGURES.finditer(text):
        number, scale = float(m["number"].replace(",", "")), m["scale"] or ""
        if scale or m["percent"] or number not in CALENDAR:
            scaled = number * (ENGLISH_SCALE.get(scale) or SCALE[scale])
            found.add((scaled, bool(m["percent"])))
    found |= {(float(chinese_number(m[1])), False) for m in NUMERALS.finditer(text)}
    for m in WORDS.finditer(text):
        found.add((ENGLISH[m["number"]] * ENGLISH_SCALE.get(m["scale"] or "", 1.0), False))
    return frozenset(found)


def among(figures: Iterable[Figure], quantities: frozenset[Quantity]) -> bool:
    """Whether one of the figures is one of the quantities."""
    return any((f.value, f.unit == "%") in quantities for f in figures)
