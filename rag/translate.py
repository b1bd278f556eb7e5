"""English words and the words that Chinese plans may have for them.

Two sources: the table of terms (index/data/english.toml), and CC-CEDICT read backwards, limited at
build time to words that the plans print. Words are compared by their stems.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.vocabulary import stem
from rag.lexicon import english

WORD = re.compile(r"[a-z][a-z']*|\d[\d.,]*%?")
LARGE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9}
AMOUNT = re.compile(
    r"(?<![\d.])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?:(?P<large>thousand|million|billion|bn)\b\s*"
    r"(?P<currency>yuan|rmb|cny)?|(?P<plain>yuan|rmb|cny))\b"
)
PRINTED = (("亿", 1e8), ("万", 1e4))
LONGEST_TERM = 6  # words of the longest term in the table
OTHER_SENSES = 3  # dictionary words tried beside the table's
MAX_WORDS = 12  # dictionary words tried for one English word; more are too vague to help


class Spoken(NamedTuple):
    """An English word as it was said: its place in the text, and its stem."""

    start: int
    end: int
    word: str
    stem: str


def spoken(text: str) -> list[Spoken]:
    """The words of the text, without the ending of a genitive."""
    found = ((*m.span(), m.group().removesuffix("'s").strip("'")) for m in WORD.finditer(text))
    return [Spoken(start, end, word, stem(word)) for start, end, word in found]


def amounts(text: str) -> list[tuple[int, int, str]]:
    """Sums of money and large numbers of the text as plans print them, each with its place.

    5 million yuan is 500万元; 20,000 is 2万 only beside a currency or a word for a large number.
    """
    return [(*m.span(), _printed(m)) for m in AMOUNT.finditer(text)]


def _printed(m: re.Match[str]) -> str:
    value = float(m["number"].replace(",", "")) * LARGE.get(m["large"] or "", 1)
    zh, size = next(((zh, size) for zh, size in PRINTED if value >= size), ("", 1))
    return f"{value / size:.12g}{zh}" + ("元" if m["currency"] or m["plain"] else "")


def table_words(words: Sequence[Spoken]) -> tuple[str, ...]:
    """What the table of terms has for the words together; () for none."""
    found = _terms().get(" ".join(w.word for w in words))
    return found or _terms().get(" ".join(w.stem for w in words)) or ()


def other_senses(
    words: Sequence[Spoken], told: Sequence[str], dictionary: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """What the dictionary has besides the `told` words of the table, the nearest first.

    The table has one sense, which another plan may not mean (fund: 经费, but also 基金). What it
    keeps for another form of the words (shared, beside share) is none of these.
    """
    kept = _of_stems().get(" ".join(w.stem for w in words), frozenset()).union(told)
    nearest = dictionary_words(words, dictionary)[:OTHER_SENSES]
    return tuple(zh for zh in nearest if zh not in kept)


def dictionary_words(
    words: Sequence[Spoken], dictionary: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """What the dictionary has for the words together, the nearest first."""
    return tuple(dictionary.get(" ".join(w.stem for w in words), ()))[:MAX_WORDS]


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[str, ...]]:
    """The term table by its terms as written, and by the stems of their words.

    As written goes before: what is shared is no share.
    """
    exact: dict[str, tuple[str, ...]] = {}
    stemmed: dict[str, tuple[str, ...]] = {}
    for term, zh in english().items():
        words = spoken(term)
        exact.setdefault(" ".join(w.word for w in words), zh)
        stemmed.setdefault(" ".join(w.stem for w in words), zh)
    return stemmed | exact


@lru_cache(maxsize=1)
def _of_stems() -> dict[str, frozenset[str]]:
    """All that the table has for terms of the same stems."""
    found: dict[str, frozenset[str]] = {}
    for term, zh in english().items():
        key = " ".join(w.stem for w in spoken(term))
        found[key] = found.get(key, frozenset()).union(zh)
    return found
