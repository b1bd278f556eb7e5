"""Taking framing out of a question: what is left keeps its place, so that spans stay true."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.asking_shapes import ROLE_NOUN
from rag.lexicon import asking, pattern
from rag.question import QUOTED

# what asking leaves at the end of a word: 行动有哪些, 目标是多少
LEFT = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:(?<![国所拥私公享持没])有|是)(?=$|[\s，,])")
PRIVATE = 0xE000  # characters of no script


def aside(text: str) -> tuple[str, dict[int, str]]:
    """The text with names in quotation marks put where no framing is found, and the way back.

    What is quoted is named as it stands (“进度安排”), unless it is a role.
    """
    back: dict[int, str] = {}

    def hide(found: re.Match[str]) -> str:
        if ROLE_NOUN.fullmatch(found.group(1)):
            return found.group(0)
        hidden = [chr(PRIVATE + len(back) + i) for i in range(len(found.group(0)))]
        back.update({ord(h): c for h, c in zip(hidden, found.group(0), strict=True)})
        return "".join(hidden)

    return QUOTED.sub(hide, text), back


def strip(text: str, sections: Sequence[str]) -> str:
    """The text without the words of those sections of the lists."""
    for section in sections:
        for name, words in asking()[section].items():
            if isinstance(words, list):
                text = pattern(section, name).sub(" ", text)
    return text


def framing_of(found: re.Match[str]) -> list[tuple[int, int]]:
    """The spans of a match that are framing: its groups where it has any, for they stand about
    what is asked (提到…的有几个), else the whole."""
    groups = [found.span(n) for n, said in enumerate(found.groups(), 1) if said]
    return groups or [found.span()]


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with white space in place of the spans."""
    chars = list(text)
    for a, b in spans:
        chars[a:b] = " " * (b - a)
    return "".join(chars)
