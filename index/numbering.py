"""Official numbering (党政机关公文格式 GB/T 9704: 一、 -> （一） -> 1. -> （1）) and its variants.

A marker is recognised only at the start of a paragraph; `rank` orders the styles from the
outermost inwards, `ordinal` is the number it prints.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DIGITS = "零一二三四五六七八九"
NUMERALS = DIGITS[1:] + "十两"  # whatever counts, up to ten
PLACES = {"十": 10, "百": 100, "千": 1000}
NUM = "[一二三四五六七八九十百]{1,4}"


class Marker(NamedTuple):
    """A clause number at the start of a paragraph: as printed, its style's rank, its ordinal."""

    text: str
    style: str
    rank: int
    ordinal: int


# (style, rank, pattern). A figure such as 1.5万 or a year such as 2023年 is no marker.
STYLES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("chapter", 1, re.compile(rf"第({NUM}|\d{{1,3}})(?:章|编|部分|篇)")),
    ("part", 2, re.compile(rf"({NUM})(?:、|[．.](?!\d))")),
    ("chapter-section", 3, re.compile(rf"第({NUM}|\d{{1,3}})节")),
    ("article", 4, re.compile(rf"第({NUM}|\d{{1,3}})条")),
    ("section", 5, re.compile(rf"[（(]({NUM})[)）][、．.]?")),
    ("decimal3", 8, re.compile(r"(\d{1,2}[.．]\d{1,2}[.．]\d{1,2})(?![\d%％])[.．、]?")),
    ("decimal2", 7, re.compile(r"(\d{1,2}[.．]\d{1,2})(?![\d%％.．万亿个家名倍元])[、]?")),
    # 1.2025年底前 begins with a year, 1、2、3号楼 with a list
    (
        "item",
        6,
        re.compile(r"(\d{1,3})(?:[.．](?!\d)|[.．](?=(?:19|20)\d\d年)|、(?!\d{1,3}[、号]))"),
    ),
    ("paren", 9, re.compile(r"[（(](\d{1,2})[)）]")),
    ("half-paren", 9, re.compile(r"(\d{1,2})[)）]")),
    ("circle", 10, re.compile(r"([①-⑳])")),
    ("bullet", 11, re.compile(r"(——|—|●|◆|■|▪|•|※)(?=[^\s—])")),
)
STYLE_RANK = {style: rank for style, rank, _ in STYLES}
LEVEL_OF = {
    "chapter": "part", "part": "part", "chapter-section": "section", "section": "section",
    "article": "item", "item": "item", "decimal2": "section", "decimal3": "item",
    "paren": "subitem", "half-paren": "subitem", "circle": "subitem", "bullet": "subitem",
}  # fmt: skip


def marker_at(paragraph: str) -> Marker | None:
    """The marker that the paragraph begins with, or None."""
    head = paragraph[:12]
    if not head or head[0] not in _FIRST:
        return None
    for style, rank, pattern in STYLES:
        m = pattern.match(head)
        if m:
            return Marker(m.group(0), style, rank, _ordinal(m.group(1)))
    return None


_FIRST = set("第（(—●◆■▪•※0123456789一二三四五六七八九十百") | {
    chr(c) for c in range(0x2460, 0x2474)
}


def chinese_number(text: str) -> int:
    """Value of a Chinese numeral up to 9999万 (二十三 -> 23, 两千 -> 2000); 0 where it is none."""
    if "万" in text:
        high, low = text.split("万", 1)
        return chinese_number(high) * 10_000 + chinese_number(low)
    total, digit = 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char == "两":
            digit = 2
        elif char in PLACES:
            total, digit = total + (digit or 1) * PLACES[char], 0
        else:
            return 0
    return total + digit


SAID = "[一二两三四五六七八九十]{1,3}|\\d{1,2}"  # a small number as people write it
ENGLISH = {
    word: n
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
    )
}


def number_said(text: str) -> int:
    """Value of a numeral in figures or in Chinese; 0 where it is none."""
    return int(text) if text.isdecimal() else chinese_number(text)


def _ordinal(text: str) -> int:
    if text[0].isdecimal():
        return int(re.split(r"[.．]", text)[-1])
    if "①" <= text[0] <= "⑳":
        return ord(text[0]) - ord("①") + 1
    return chinese_number(text)
