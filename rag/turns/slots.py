"""What a question says itself, as against what it leaves to the one before it.

The words that point (那, 这条, 也, 换成) and those that only go on (还有, 一样吗) are lists of
rag/data/asking.toml, section follow. A question is silent on its matter if nothing but them,
function words and words as general as 工作 is left of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.lexicon import asking, function_chars, groups, pattern, scope_pattern
from rag.question import Question

EDGE = "那这也又呢是有的"  # what framing taken out leaves at the ends of a word: 体系这, 行动也是
FEW = 2  # English words
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Own:
    """What a question says itself, beside what its reading tells.

    `matter` is its own matter in readable words, "" where it is silent. `named` tells that it
    points at units named before, `more` that it asks what else there is, `compares` that it holds
    two answers against each other, `others` that it asks about all other places.
    """

    matter: str
    named: bool
    more: bool
    compares: bool
    others: bool

    @property
    def brief(self) -> bool:
        """Whether an English question has so few words of its own that they name no other thing."""
        return len(self.matter.split()) <= FEW

    @property
    def silent(self) -> bool:
        return not self.matter


def own(question: Question, plain: str) -> Own:
    """What the question says itself; `plain` is its text in simplified characters, lower case."""
    named = "named" if question.lang == "zh" else "en_named"
    compare = "compare" if question.lang == "zh" else "en_compare"
    return Own(
        readable(question),
        says(named, without_people(plain)),
        says("more", plain),
        says(compare, plain),
        says("others", plain),
    )


def without_people(plain: str) -> str:
    """The question without they, where the people meant stand before it in the same sentence."""
    return _of_people().sub(" ", plain)


@lru_cache(maxsize=1)
def _of_people() -> re.Pattern[str]:
    """They, behind the people meant: 乡下的孩子呢，怎么帮他们."""
    people = {name for g in groups() for name in (g.key, *g.forms)}
    named = "|".join(sorted(map(re.escape, people), key=len, reverse=True))
    return re.compile(rf"(?:{named})[^。？?]{{0,30}}(?<![是由归])[他她]们")


def readable(question: Question) -> str:
    """The matter in words a person would say it with; "" if it speaks of nothing."""
    if question.matter and not HAN.search(question.matter):
        said = [c.said for c in question.concepts]
        return " ".join(w for w in said if not _only_points(w))
    if not question.concepts:
        return ""
    words = [w.strip(" ，。？?！!、；：:,.") for w in question.matter.split()]
    kept = [w.lstrip(EDGE[:3]).rstrip(EDGE) for w in words if not _empty(w)]
    whole = _joined([w for w in kept if w])
    return whole if len(whole) > 1 else ""  # 法, which framing leaves of 叫法, names nothing


def beside(plain: str) -> bool:
    """Whether a turn of the talk is a greeting or thanks and no question."""
    said = plain.strip()
    greetings = [scope_pattern(lang, "greetings").match(said) for lang in ("zh", "en")]
    return any(m is not None and len(said) - m.end() <= 1 for m in greetings)


def says(name: str, text: str) -> bool:
    """Whether the text has a phrase of the list, as whole words where it is Latin."""
    return bool(_phrases(name).search(text))


def without(name: str, text: str) -> str:
    """The text without the phrases of the list."""
    return _phrases(name).sub(" ", text)


@lru_cache(maxsize=16)
def _phrases(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{pattern('follow', name).pattern})(?![a-z])")


def _empty(word: str) -> bool:
    """Whether a word is nothing but pointing, function words and words that fit any matter."""
    left = word
    for name in ("others", "compare", "more", "pointing"):
        left = pattern("follow", name).sub(" ", left)
    left = re.sub("|".join(sorted(asking()["generic"]["words"], key=len, reverse=True)), "", left)
    return not re.sub(rf"[^\u3400-\u9fffa-z0-9]|[{function_chars()}]", "", left)


def _only_points(said: str) -> bool:
    return all(word in _framing_words() for word in said.split())


@lru_cache(maxsize=1)
def _framing_words() -> frozenset[str]:
    """English words that point, ask, or name roles and facts of a document (takes part, issued)."""
    phrases = [p for words in asking()["en"].values() for p in words]
    return frozenset(w for p in (*phrases, *asking()["follow"]["en_pointing"]) for w in p.split())


def _joined(words: list[str]) -> str:
    """Words put together again: Chinese without, Latin with spaces between."""
    text = ""
    for word in words:
        gap = bool(text) and not (HAN.match(text[-1]) and HAN.match(word[0]))
        text += (" " if gap else "") + word
    return text
