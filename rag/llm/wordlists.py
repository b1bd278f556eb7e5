"""The word lists of `rag/data/writing.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import Any

from index.plan import ROLE_ZH, Role
from index.units import Forms

ASCII = re.compile(r"[\x00-\x7f]+")


@lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    """The file's sections."""
    return tomllib.loads((files("rag") / "data" / "writing.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def glue() -> Forms:
    """Chinese words that any sentence may hold, for longest match.

    So are words of bounds and negations: what they do to a statement is judged by itself.
    """
    words = [*lists()["glue"]["zh"], *bounds(), *lists()["negation"]["zh"]]
    return Forms([w for w in words if len(w) > 1 or w in lists()["glue"]["zh"]])


@lru_cache(maxsize=1)
def english_glue() -> frozenset[str]:
    """English ones."""
    return frozenset(lists()["glue"]["en"])


@lru_cache(maxsize=1)
def role_words() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    """For each role the pattern of its words."""
    return tuple((role, _any(lists()["role"][role])) for role in ROLE_ZH)


@lru_cache(maxsize=1)
def orders() -> re.Pattern[str]:
    """What tells a machine what to do."""
    return re.compile("|".join(f"(?:{p})" for p in lists()["order"]["any"]), re.I | re.S)


@lru_cache(maxsize=1)
def bounds() -> dict[str, str]:
    """Bound words -> up, down or near."""
    return {word: way for way, words in lists()["bound"].items() for word in words}


def ways(text: str) -> Counter[str]:
    """How often the text bounds something upwards, downwards or nearly: 以上, 不超过, 左右."""
    return Counter(bounds()[m.group(0)] for m in _bound_words().finditer(text))


def english_ways(text: str) -> Counter[str]:
    """The same of an English text, whose plan words are Chinese."""
    english = {way: len(_any(words).findall(text)) for way, words in lists()["bound_en"].items()}
    return ways(text) + Counter(english)


@lru_cache(maxsize=1)
def _bound_words() -> re.Pattern[str]:
    return _any([word for word in bounds() if len(word) > 1])


@lru_cache(maxsize=4)
def negations(key: str) -> re.Pattern[str]:
    """The pattern of a list of section `negation`."""
    return _any(lists()["negation"][key])


@lru_cache(maxsize=1)
def asks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is asked for in a model's own words: name of the prompt, and pattern."""
    return tuple((name, re.compile("|".join(w), re.I)) for name, w in lists()["asks"].items())


def reason(key: str, lang: str) -> str:
    """Why a statement did not pass, in words."""
    text: str = lists()["reason"][key][lang]
    return text


def _any(words: list[str]) -> re.Pattern[str]:
    """Any of the words, longest first; Latin ones at word boundaries."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{w}\b" if ASCII.fullmatch(w) and w != "n't" else w for w in ordered), re.I
    )
