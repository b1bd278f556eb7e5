"""Words of the corpus, prepared at build time so that a question needs no dictionary at run time.

* `english`: English words -> Chinese words that occur in the corpus, by CC-CEDICT read backwards;
* `pinyin`: character -> toneless readings, to see a homophone typed for the right character;
* `words`: two-character words of the language, to tell a word the corpus lacks from a slip;
* `simplified`: traditional character -> simplified, for questions typed in traditional script;
* `glossed`: stems of the English words that CC-CEDICT has, whether or not the corpus prints them,
  to tell what no plan speaks of from a word that is merely unknown;
* `places`: prefectures, cities, counties and districts of China -> English name, to see that a
  question is about a place whose plan is not held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """See the module's text; every mapping is plain data and saved as JSON."""

    english: dict[str, tuple[str, ...]]
    pinyin: dict[str, tuple[str, ...]]
    simplified: dict[str, str]
    words: frozenset[str]
    places: dict[str, str] = field(default_factory=dict)
    glossed: frozenset[str] = frozenset()


def stem(word: str) -> str:
    """An English word's common beginning in its forms: service and services, train and training,
    cooperate and cooperation, popularise and popularization, consume and consumption. Never for
    display."""
    for pattern, put, least in STEMS:
        shorter = pattern.sub(put, word)
        if len(shorter) >= least:
            word = shorter
    return word


# In this order, each once: plural, verb forms, British spelling, adjectives, nouns made of verbs,
# silent e;
# with the letters that must be left, for a rest too short is another word (string is no str-ing).
STEMS = tuple(
    (re.compile(pattern), put, least)
    for pattern, put, least in (
        (r"(?<=[^aeiou])ie[sd]$", "y", 4),
        (r"(?:(?<=ss)|(?<=[sc]h)|(?<=[xz]))es$|(?<![su])s$", "", 3),
        (r"([b-df-hj-np-rtv-z])\1(?:ing|ed)$", r"\1", 4),
        (r"(?:ing|ed)$", "", 4),
        (r"is(?=ation$|e$|$)", "iz", 4),
        (r"our$", "or", 4),
        (r"(?<=[a-z]{2})tre$", "ter", 4),
        (r"i?al$", "", 6),
        (r"(?:ic|y)$", "", 6),
        (r"(?:(?<=t)|(?<=[^s]s))ion$|(?<=[a-z]{3}iz)ation$", "", 4),
        (r"umpt$", "um", 4),
        (r"e$", "", 4),
    )
)


def pairs_in(run: str) -> frozenset[str]:
    """Words of two characters, as they are stored end to end."""
    return frozenset(run[i : i + 2] for i in range(0, len(run), 2))


def is_common(char: str) -> bool:
    """Whether the character is in GB2312, the set in which typing slips happen."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
