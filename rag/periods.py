"""The years that a question names, and the first and the last that a plan's title covers.

最后一年, 收官之年 of 某县规划（2021—2025年） is 2025.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.numbering import ENGLISH, SAID, number_said
from rag.asking_shapes import FIVE_YEAR, SHORT_SPAN, SHORT_YEAR, YEAR

SPAN = re.compile(r"(20\d\d)年?\s*[—–\-~至到]{1,2}\s*(20\d\d)年?")
LAST = re.compile(r"最后(?:的)?(?:那)?一年|收官(?:之)?年|\b(?:the|its) (?:last|final) year\b")
FIRST = re.compile(r"(?<![那这])头一年|开局之?年|\b(?:the|its) (?:first|opening) year\b")

# so many years after the one spoken of: 再往后十年, 五年后, ten years after that
LATER = re.compile(
    rf"(?:再|又)?(?:往后|过)(?:去)?(?P<ahead>{SAID})年(?:以后|之后|后)?"
    rf"|(?<![到至第])(?P<after>{SAID})年(?:以后|之后|后)(?!续)"
    r"|\b(?P<en>[a-z]+|\d{1,2}) years? (?:after that|later|further on|on from (?:that|there))\b"
    r"|\ba decade (?:after that|later|further on)\b"
)
DECADE = 10


def later_spelt(text: str, years: Sequence[int]) -> str:
    """The text with 再往后十年 as the year so many after the one spoken of; as it was where none or
    several were."""
    if len(years) != 1:
        return text

    def spelt(found: re.Match[str]) -> str:
        chinese = found["ahead"] or found["after"]
        said = chinese or found["en"]
        n = (ENGLISH.get(said) or number_said(said)) if said else DECADE
        return f"{years[0] + n}{'年' if chinese else ''}" if n else found.group(0)

    return LATER.sub(spelt, text)


def says_edge(text: str) -> bool:
    """Whether the text speaks of a first or last year."""
    return bool(LAST.search(text) or FIRST.search(text))


def with_years(text: str, titles: Sequence[str]) -> str:
    """The text with those years in figures, where the titles cover one span of years."""
    spans = {m.groups() for t in titles if (m := SPAN.search(t))}
    if len(spans) != 1:
        return text
    first, last = spans.pop()
    year = "" if re.search(r"\b(?:first|last|final|opening) year\b", text) else "年"
    return FIRST.sub(f"{first}{year}", LAST.sub(f"{last}{year}", text))


def years_of(text: str) -> tuple[int, ...]:
    """The years in figures, short ones (25年) too; of 十四五 alone its last."""
    years = [int(y) for y in YEAR.findall(text)]
    years += [2000 + int(y) for y in SHORT_YEAR.findall(text)]
    years += [2000 + int(y) for pair in SHORT_SPAN.findall(text) for y in pair]
    if FIVE_YEAR.search(text) and not years:
        years.append(2025)
    return tuple(dict.fromkeys(years))
