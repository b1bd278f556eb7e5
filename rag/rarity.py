"""How much a word of a question says: how rare it is among the clauses of the plans."""

from __future__ import annotations

import math

from index.literal import Literal
from index.tokens import bigrams
from rag.lexicon import function_chars
from rag.question import Concept

# A word of the language that no plan has: lay speech as often as a matter that is missing.
UNKNOWN_WORD = 0.35
JUNK = 0.12  # a pair of characters that is no word and occurs nowhere: the seam between words


class Rarity:
    """Rarity of concepts in one index; `words` are the two-character words of the language."""

    def __init__(self, literal: Literal, words: frozenset[str]) -> None:
        self._literal, self._words = literal, words
        self._function = set(function_chars())
        self._most = math.log(1 + (literal.entries + 0.5) / 0.5)

    def of(self, concept: Concept) -> float:
        """The idf of its rarest usable word, times its own weight.

        An English word is as rare as the commonest of the words it stands for: to build may be
        建设 as well as 设立. A pair of characters found nowhere is the seam between two words,
        unless the language has it as a word: then it counts somewhat.
        """
        seam = concept.seam or (
            not self._is_word(concept.said) and set(concept.said) & self._function
        )
        if seam and len(concept.said) == 2:
            return self._most * JUNK
        if concept.vague:
            return self._translated(concept)
        found = []
        for word in concept.words:
            pairs = bigrams(word) or [word]
            known = [idf for p in pairs if (idf := self._idf(p))]
            if len(known) == len(pairs):
                found.append(sum(known) / len(known))
        if found:
            latin = concept.said[0].isascii()
            return (min(found) if latin else max(found)) * concept.weight
        if len(concept.said) > 2 or self._is_word(concept.said):
            return self._most * UNKNOWN_WORD
        if not "\u3400" <= concept.said[0] <= "\u9fff":
            return self._most * UNKNOWN_WORD * 0.5
        return self._most * JUNK

    def _translated(self, concept: Concept) -> float:
        """Rarity of an English word: the idf of the clauses that have any of its translations.

        A word of many meanings is met nearly everywhere, and so says little.
        """
        pairs = [bigrams(word) or [word] for word in concept.words]
        clauses = sum(min(self._literal.spread(p) for p in pair) for pair in pairs)
        if not clauses:
            return self._most * UNKNOWN_WORD * 0.5
        return self._rarity(min(clauses, self._literal.entries)) * concept.weight

    def _is_word(self, pair: str) -> bool:
        return pair in self._words

    def _idf(self, token: str) -> float:
        """Rarity of a token among the clauses; 0 for one that stands nowhere."""
        n = self._literal.spread(token)
        return self._rarity(n) if n else 0.0

    def _rarity(self, clauses: int) -> float:
        """The idf, as BM25 has it, of what that many clauses have."""
        return math.log(1 + (self._literal.entries - clauses + 0.5) / (clauses + 0.5))
