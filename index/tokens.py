"""Tokens for literal search: characters and pairs of characters; Latin words and numbers whole.

Character 1-grams and 2-grams need no dictionary and beat word segmentation on plan texts
(measured in the design: recall within 5 of .91 against .83 for jieba).
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?%?|[\u3400-\u9fff]+")


def normalise(text: str) -> str:
    """NFKC and lower case; nearly every character stays one character."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> list[str]:
    """Search tokens of a text, in order, repeats kept."""
    found: list[str] = []
    for m in WORD.finditer(normalise(text)):
        run = m.group(0)
        if not "\u3400" <= run[0] <= "\u9fff":
            found.append(run)
            continue
        found.extend(run)
        found.extend(map(add, run, run[1:]))
    return found


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters, and whole Latin words and numbers."""
    return [t for t in tokens(text) if len(t) > 1 or not "\u3400" <= t <= "\u9fff"]


def squeeze(text: str) -> str:
    """For comparison: NFKC, lower case, no white space, markup or quotation marks."""
    return re.sub(r"[\s*\"'“”‘’]", "", normalise(text))


def in_order(short: str, whole: str) -> bool:
    """Whether the characters of the short one stand in the whole one in their order."""
    rest = iter(whole)
    return all(char in rest for char in short)
