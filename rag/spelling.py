"""Typing slips: a homophone typed for the right character (科谱 for 科普).

A character is suspect if neither of the pairs it forms with its neighbours occurs in the corpus
or the word lists. It is replaced by a homophone (tones aside) that makes both pairs known; one
pair suffices if it is frequent and the pair as typed is no word of the language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from index.texts import character_pairs

FREQUENT = 4  # occurrences from which one pair alone is trusted


class Speller:
    """Corrects homophones against the pairs of characters the corpus knows.

    `texts` are the corpus, or the counts of its pairs (index.texts).
    """

    def __init__(
        self,
        texts: Iterable[str] | Mapping[str, int],
        known: Iterable[str],
        pinyin: Mapping[str, tuple[str, ...]],
        dictionary: frozenset[str],
    ) -> None:
        self._dictionary = dictionary
        counted = isinstance(texts, Mapping)
        pairs = texts if counted else (p for text in texts for p in character_pairs(text))
        self._pairs: Counter[str] = Counter(pairs)
        self._words = {pair for text in known for pair in character_pairs(text)}
        for pair in self._words - self._pairs.keys():
            self._pairs[pair] = FREQUENT
        self._pinyin = pinyin
        self._by_sound: dict[str, set[str]] = {}
        for char in {c for pair in self._pairs for c in pair}:
            for sound in pinyin.get(char, ()):
                self._by_sound.setdefault(sound, set()).add(char)

    def same_sound(self, word: str, names: Iterable[str]) -> str:
        """The first of the names, sorted, that sounds like the word character by character."""
        alike = (n for n in names if len(n) == len(word) and self._sounds_as(n, word))
        return min(alike, default="")

    def _sounds_as(self, name: str, word: str) -> bool:
        return all(
            a == b or set(self._pinyin.get(a, ())) & set(self._pinyin.get(b, ()))
            for a, b in zip(name, word, strict=True)
        )

    def correct(self, text: str, framing: set[int]) -> str:
        """The text with slips mended; positions in `framing` (question words) are left alone."""
        chars = list(text)
        for i, char in enumerate(chars):
            if i in framing or char not in self._pinyin:
                continue
            left = chars[i - 1] if i and i - 1 not in framing else ""
            right = chars[i + 1] if i + 1 < len(chars) and i + 1 not in framing else ""
            if not left + right or self._known(left + char) or self._known(char + right):
                continue
            best = self._best(char, left, right)
            if best:
                chars[i] = best
        return "".join(chars)

    def _known(self, pair: str) -> bool:
        return len(pair) == 2 and (pair in self._pairs or pair in self._words)

    def _is_word(self, left: str, char: str, right: str) -> bool:
        return left + char in self._dictionary or char + right in self._dictionary

    def _best(self, char: str, left: str, right: str) -> str:
        candidates: dict[str, int] = {}
        for sound in self._pinyin[char]:
            for other in self._by_sound.get(sound, ()):
                if other == char:
                    continue
                pairs = [p for p in (left + other, other + right) if len(p) == 2]
                seen = [self._pairs[p] for p in pairs if _han(p[0]) and _han(p[1])]
                if len(seen) == 2 and all(seen):
                    candidates[other] = BOTH + sum(seen)
                elif seen and max(seen) >= FREQUENT and not self._is_word(left, char, right):
                    candidates[other] = max(seen)
        return max(candidates, key=lambda c: (candidates[c], c)) if candidates else ""


BOTH = 1000  # two known pairs outrank any frequency of one


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
