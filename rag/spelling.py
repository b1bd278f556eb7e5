"""Typing slips: a homophone typed for the right character (科谱 for 科普).

A character is suspect if neither of the pairs it forms with its neighbours occurs in the corpus
or the word lists. It is replaced by a homophone (tones aside) that makes both pairs known, one of
them a word; one pair suffices if it is frequent and the pair as typed is no word of the language,
unless the neighbour belongs to another word (给园区补算力): then the character stands by itself,
as verbs do, and only a word that a plan prints with the rest tells of a slip. Where there are
not two pairs to go by, behind Latin letters (Token卷) or at the end of a longer word (普及律), the
word before tells as much: with the homophone some plan prints the three, as typed none does.

Written variants of a word (人材 for 人才) are no slips; they are read as the standard form where
no plan prints them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from index.numbering import NUMERALS
from index.texts import character_pairs
from rag.asking_shapes import MONTHS, TIME
from rag.lexicon import asking, function_chars, pattern, variants

FREQUENT = 4  # occurrences from which one pair alone is trusted


def framing_positions(text: str) -> set[int]:
    """Positions of question and function words and of years, where no slip is looked for."""
    functional = set(asking()["filler"]["chars"])
    taken = {i for i, char in enumerate(text) if char in functional}
    for times in (TIME, MONTHS):
        taken |= {i for m in times.finditer(text) for i in range(*m.span())}
    for section in ("ask", "meta"):
        for name in asking()[section]:
            for m in pattern(section, name).finditer(text):
                taken.update(range(*m.span()))
    for m in pattern("filler", "words").finditer(text):
        taken.update(range(*m.span()))
    return taken


def _nowhere(_stretch: str) -> bool:
    return False


class Speller:
    """Corrects homophones against the pairs of characters the corpus knows.

    `texts` are the corpus, or the counts of its pairs (index.texts); `printed` tells whether a
    stretch of three characters stands in it.
    """

    def __init__(
        self,
        texts: Iterable[str] | Mapping[str, int],
        known: Iterable[str],
        pinyin: Mapping[str, tuple[str, ...]],
        dictionary: frozenset[str],
        printed: Callable[[str], bool] = _nowhere,
    ) -> None:
        self._dictionary = dictionary
        self._printed = printed
        counted = isinstance(texts, Mapping)
        pairs = texts if counted else (p for text in texts for p in character_pairs(text))
        self._pairs: Counter[str] = Counter(pairs)
        self._words = {pair for text in known for pair in character_pairs(text)}
        for pair in (self._words & dictionary) - self._pairs.keys():
            self._pairs[pair] = FREQUENT  # of what only questions say, words; 说一 is none
        self._pinyin = pinyin
        self._function = frozenset(function_chars())
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
        chars = list(self._standard(text))
        for i, char in enumerate(chars):
            # nobody slips into a numeral: 那一工程 is no 实施工程
            if i in framing or char not in self._pinyin or char in NUMERALS:
                continue
            if _result("".join(chars[i : i + 2])) or self._is_when(chars, i):
                continue
            left = chars[i - 1] if i and i - 1 not in framing else ""
            right = chars[i + 1] if i + 1 < len(chars) and i + 1 not in framing else ""
            if not left + right or self._known(left + char) or self._known(char + right):
                continue
            beyond = tuple(
                chars[k] if 0 <= k < len(chars) and k not in framing else "" for k in (i - 2, i + 2)
            )
            best = self._best(char, left, right, beyond) or self._behind(chars, i, framing)
            if best:
                chars[i] = best
        return "".join(chars)

    def _standard(self, text: str) -> str:
        for variant, standard in variants().items():
            if variant in text and variant not in self._pairs:
                text = text.replace(variant, standard)
        return text

    def _is_when(self, chars: list[str], i: int) -> bool:
        """推广时喊的: 时 behind a word, which tells when."""
        return chars[i] == WHEN and "".join(chars[max(0, i - 2) : i]) in self._dictionary

    def _behind(self, chars: list[str], i: int, framing: set[int]) -> str:
        """The homophone that a plan prints right behind the word before; "" without.

        普及律: 普及率 is printed. It must belong to that word: 科普电 is only 科普 before 电影.
        """
        if i < 2 or framing & {i - 2, i - 1}:
            return ""
        word = "".join(chars[i - 2 : i])
        latin = word.isascii() and word.isalnum()
        if not (latin or word in self._dictionary) or self._seen(word + chars[i]):
            return ""
        for other in self._homophones(chars[i]):
            whole = word + other
            if whole[1:] in self._dictionary or not self._seen(whole):
                continue
            if not any(self._seen(whole + second) for second in self._seconds.get(other, ())):
                return other
        return ""

    @cached_property
    def _seconds(self) -> dict[str, list[str]]:
        """What follows a character in words of two."""
        found: dict[str, list[str]] = {}
        for word in self._dictionary:
            found.setdefault(word[0], []).append(word[1:])
        return found

    def _homophones(self, char: str) -> list[str]:
        found = {o for sound in self._pinyin[char] for o in self._by_sound.get(sound, ())}
        # nobody types a word of the matter for 的 or 在; it stands beside anything
        empty = frozenset() if char in self._function else self._function
        return sorted(found - {char} - empty)

    def _seen(self, stretch: str) -> bool:
        """Whether a plan prints the stretch; Latin letters in either case."""
        return any(self._printed(s) for s in {stretch, stretch.upper(), stretch.title()})

    def _known(self, pair: str) -> bool:
        return len(pair) == 2 and (pair in self._pairs or pair in self._words)

    def _is_word(self, left: str, char: str, right: str) -> bool:
        return left + char in self._dictionary or char + right in self._dictionary

    def _best(self, char: str, left: str, right: str, beyond: tuple[str, ...]) -> str:
        """The homophone that fits best between its neighbours; `beyond` are theirs."""
        candidates: dict[str, int] = {}
        for other in self._homophones(char):
            pairs = [p for p in (left + other, other + right) if len(p) == 2]
            seen = [self._pairs[p] for p in pairs if _han(p[0]) and _han(p[1])]
            if len(seen) == 2 and all(seen) and self._joins(left, other, right):
                candidates[other] = BOTH + sum(seen)
            elif not self._is_word(left, char, right):
                best = max(
                    self._beside(left, other, beyond[0], before=True),
                    self._beside(right, other, beyond[1], before=False),
                )
                if best >= FREQUENT:
                    candidates[other] = best
        return max(candidates, key=lambda c: (candidates[c], c)) if candidates else ""

    def _joins(self, left: str, other: str, right: str) -> bool:
        """Whether one of the two pairs is a word, or a plan prints the three."""
        return self._is_word(left, other, right) or self._seen(left + other + right)

    def _beside(self, neighbour: str, other: str, beyond: str, before: bool) -> int:
        """How often the pair with the neighbour stands in the corpus; 0 where the neighbour makes
        a word with what is beyond it, unless the pair is a word and some plan prints the three."""
        pair = neighbour + other if before else other + neighbour
        if len(pair) < 2 or not (_han(pair[0]) and _han(pair[1])):
            return 0
        apart = beyond + neighbour if before else neighbour + beyond
        whole = beyond + pair if before else pair + beyond
        if apart in self._dictionary and not (pair in self._dictionary and self._seen(whole)):
            return 0
        return self._pairs[pair]


BOTH = 1000  # two known pairs outrank any frequency of one


WHEN = "时"
# 编好的方案, 办完了: what comes of a verb, and no part of a word
RESULTS, AFTER = "好完掉住光错清", "的了之后再就"


def _result(two: str) -> bool:
    """Whether a character and the one behind it are the result of a verb, and what goes on."""
    return len(two) == 2 and two[0] in RESULTS and two[1] in AFTER


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def mended(text: str, typed: str, right: str) -> str:
    """The text with the slips mended that were found in its flattened form."""
    if len(text) != len(right):
        return text
    return "".join(c if t == r else r for c, t, r in zip(text, typed, right, strict=True))
