"""Whether a statement denies what its source affirms, or the reverse.

What a negation denies are the characters behind it. Of each negation of a text the first two of
them (its stem) and a window of more are taken: a stem that the other text has must be denied there,
too, and one that is denied in the source may not be affirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.llm.wordlists import lists, negations

WINDOW = 12  # characters that a negation is taken to reach, to the next comma at most
STEM = 2
STOP = re.compile(r"[^\u3400-\u9fff]")
HAN = re.compile(r"[\u3400-\u9fff]")


def contradicts(said: str, source: str, lang: str) -> bool:
    """Whether the statement and its source disagree on a negation, as far as words show it."""
    if _contradicts_zh(said, source):  # English answers hold Chinese, too
        return True
    return lang == "en" and _contradicts_en(said, source)


def _contradicts_zh(said: str, source: str) -> bool:
    mine, theirs = list(_denied(said)), list(_denied(source))
    if any(not any(stem in window for window in theirs) for stem in (w[:STEM] for w in mine)):
        return True
    left, rest = _affirmed(said), _affirmed(source)
    for window in theirs:
        stem = window[:STEM]
        if len(stem) == STEM and stem in left and stem not in rest:
            return True
    return False


def _contradicts_en(said: str, source: str) -> bool:
    """English of a Chinese text: a negation needs one, and what is forbidden may not be allowed."""
    denies = bool(negations("en").search(said))
    if denies and not (list(_denied(source)) or negations("en").search(source)):
        return True
    forbidden = bool(negations("prohibits_zh").search(source))
    return forbidden and not denies and bool(negations("allows_en").search(said))


def _denied(text: str) -> Iterator[str]:
    """The window behind each negation, words that only carry it on left out."""
    masked = _masked(text)
    for m in negations("zh").finditer(masked):
        at = m.end()
        while passed := _passed().match(masked, at):
            at = passed.end()
        window = STOP.split(masked[at : at + WINDOW])[0]
        if window:
            yield window


def _affirmed(text: str) -> str:
    """The text without what is denied in it."""
    masked, kept, at = _masked(text), "", 0
    for m in negations("zh").finditer(masked):
        if m.start() < at:
            continue
        kept += masked[at : m.start()] + "\n"
        stop = STOP.search(masked, m.end(), m.end() + WINDOW)
        at = stop.start() if stop else min(len(masked), m.end() + WINDOW)
    return kept + masked[at:]


def _masked(text: str) -> str:
    """The text without the words that hold a negation's characters and deny nothing."""
    return negations("not_zh").sub(lambda m: "＊" * len(m.group(0)), "".join(text.split()))


@lru_cache(maxsize=1)
def _passed() -> re.Pattern[str]:
    words: list[str] = lists()["negation"]["passed"]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))
