"""Which plans an English question names by their titles: the State Council's 2019 opinion on ….

Nobody outside China knows a Chinese title; it is described. So what stands about a kind of document
(plan, opinions, guidance) is put into Chinese word by word, with every word a plan may have for it,
and the plans whose titles have most of these are meant. Without such a noun, neighbouring words
name a plan if their Chinese words stand side by side in its title (vocational education, 职业教育).
As among Chinese titles, words that all documents share say nothing, and what is true of very many
plans names none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from index.tokens import normalise
from rag.lexicon import asking, document_words
from rag.titles import EVIDENT, MOSTLY, NAMED, Titled, telling
from rag.translate import LONGEST_TERM, Spoken, dictionary_words, spoken, table_words

HAN = re.compile(r"[\u3400-\u9fff]")
AFTER = re.compile(r"\s+(?:on|for|about|of|concerning|regarding)\s+(?:the\s+)?")
# who issued it and when, before the kind of document: the State Council's 2019 guiding opinions
ISSUED = re.compile(
    r"(?:\b(?P<state>state council)(?:'s|s')?(?: general office(?:'s)?)?\s+)?"
    r"(?:(?P<year>20\d\d)\s+)?"
    r"(?:guiding |implementation |implementing |action |pilot |work |draft |new )*$"
)
# ends the words about a document
BOUNDARY = re.compile(
    r"[,.;:?!()（）]|\b(?:which|who|whom|what|when|where|how|that|is|are|was|were|be|does|do|did"
    r"|must|should|shall|can|could|will|would|has|have|had|says?|sets?|wants?|asks?|by 20\d\d"
    r"|under|according|in (?:the|china's)|of the|issued|published)\b|'s\b"
)
# begins what stands before a kind of document
PREPOSITION = re.compile(
    r"\b(?:in|for|by|under|at|on|of|from|with|to|into|as|and|or|its|their|this|the|a|an)\b"
)
WORDS_BEFORE = (
    8  # of a description before the kind of document; more is another part of the sentence
)
NATIONAL = re.compile(r"国(?:办)?[发函]")
YEAR_OF_NUMBER = re.compile(r"[〔\[（(【](20\d\d)")
BETWEEN = re.compile(r"[\s-]*(?:(?:of|and|the|based)[\s-]+)*")  # within a name of several words


class EnglishTitles:
    """Finds plans by how an English question describes their titles."""

    def __init__(
        self,
        titles: Mapping[str, str],
        numbers: Mapping[str, str],
        dictionary: Mapping[str, Sequence[str]],
    ) -> None:
        """From the titles and the documents' own numbers by plan id."""
        self._titles = {plan: normalise(title) for plan, title in titles.items()}
        self._printed = "\n".join(self._titles.values())
        self._numbers = numbers
        self._dictionary = dictionary
        self._having = lru_cache(2048)(self._with_word)

    def find(self, text: str, among: Sequence[str], bare: bool = True) -> Titled | None:
        """The plans of those `among` that are described, and where; None where none is.

        With `bare` also without a kind of document; then the words are of the matter, too, and the
        span is empty.
        """
        words = spoken(text)
        meant = frozenset(among)
        for found in (
            self._described(text, words, meant),
            self._side_by_side(text, words, meant) if bare else (),
        ):
            best = max(found, key=lambda f: f[0], default=None)
            if best:
                return best[1]
        return self._national(text, among)

    # -- beside a kind of document --------------------------------------------------------

    def _described(
        self, text: str, words: Sequence[Spoken], among: frozenset[str]
    ) -> Iterator[tuple[int, Titled]]:
        """What stands about each kind of document, with how many of its words are of a title."""
        for noun in _nouns().finditer(text):
            opening = ISSUED.search(text, 0, noun.start())
            begins = opening.start() if opening else noun.start()
            after = AFTER.match(text, noun.end())
            if after:
                stop = BOUNDARY.search(text, after.end())
                end = stop.start() if stop else len(text)
                said = [w for w in words if after.end() <= w.start and w.end <= end]
                yield from self._matched(said, among, begins, noun.end())
            start = max(
                (m.end() for p in (BOUNDARY, PREPOSITION) for m in p.finditer(text, 0, begins)),
                default=0,
            )
            said = [w for w in words if start <= w.start and w.end <= begins][-WORDS_BEFORE:]
            yield from self._matched(said, among, begins, noun.end())

    def _matched(
        self, said: Sequence[Spoken], among: frozenset[str], begins: int, ends: int
    ) -> Iterator[tuple[int, Titled]]:
        """The plans whose titles have most of the words that stand about a kind of document.

        The span takes in the kind of document, from `begins` to `ends`.
        """
        pieces = list(self._pieces(said))
        have: Counter[str] = Counter()
        for _, plans in pieces:
            have.update(plans & among)
        most = max(have.values(), default=0)
        if not most or most < MOSTLY * len(pieces):
            return
        found = tuple(p for p in self._titles if have[p] == most)
        yield most, Titled(found, (min(begins, said[0].start), max(ends, said[-1].end)))

    def _pieces(self, said: Sequence[Spoken]) -> Iterator[tuple[Sequence[Spoken], frozenset[str]]]:
        """The words in stretches of one meaning, each with the plans whose titles have it."""
        at = 0
        while at < len(said):
            size, plans = next(
                (
                    (size, plans)
                    for size in range(min(LONGEST_TERM, len(said) - at), 0, -1)
                    if (plans := self._plans(said[at : at + size]))
                ),
                (1, frozenset()),
            )
            piece = said[at : at + size]
            if plans or not (_says_nothing(piece[0].word) or self._of_all(piece)):
                yield piece, plans
            at += size

    def _plans(self, piece: Sequence[Spoken]) -> frozenset[str]:
        """The plans whose titles have a word for the piece."""
        if len(piece) == 1 and _says_nothing(piece[0].word):
            return frozenset()
        return frozenset[str]().union(*(self._having(zh) for zh in self._chinese(piece)))

    def _of_all(self, piece: Sequence[Spoken]) -> bool:
        """Whether the piece may be a word that all documents share (national, reform, support)."""
        found = (*table_words(piece), *dictionary_words(piece, self._dictionary))
        return not set(document_words()["generic"]).isdisjoint(found)

    def _chinese(self, piece: Sequence[Spoken]) -> list[str]:
        """The words for the piece that some title prints and that tell documents apart."""
        found = (*table_words(piece), *dictionary_words(piece, self._dictionary))
        if len(piece) == 1:
            found = (*found, piece[0].word)  # ai, opc
        return [
            zh for zh in dict.fromkeys(found)
            if len(zh) > 1 and zh in self._printed and telling(zh)
        ]  # fmt: skip

    def _with_word(self, zh: str) -> frozenset[str]:
        whole = re.compile(
            re.escape(zh) if HAN.search(zh) else rf"(?<![a-z0-9]){re.escape(zh)}(?![a-z0-9])"
        )
        return frozenset(p for p, title in self._titles.items() if whole.search(title))

    # -- without one ----------------------------------------------------------------------

    def _side_by_side(
        self, text: str, words: Sequence[Spoken], among: frozenset[str]
    ) -> Iterator[tuple[int, Titled]]:
        """Neighbouring words whose Chinese stands in a row in few titles."""
        pieces = [p for p in self._stretches(words) if p]
        for n, first in enumerate(pieces):
            run, zh = [first], self._chinese(first)
            for before, piece in pairwise(pieces[n:]):
                joined = [a + b for a in zh for b in self._chinese(piece) if a + b in self._printed]
                if not joined or not BETWEEN.fullmatch(text, before[-1].end, piece[0].start):
                    break
                run, zh = [*run, piece], joined
            told = [z for z in zh if len(HAN.findall(z)) >= EVIDENT]
            plans = frozenset[str]().union(*(self._having(z) for z in told)) & among
            if plans and len(plans) <= NAMED and len(plans) < len(among):
                found = tuple(p for p in self._titles if p in plans)
                yield len(run), Titled(found, (first[0].start, first[0].start))

    def _stretches(self, words: Sequence[Spoken]) -> Iterator[Sequence[Spoken]]:
        for piece, plans in self._pieces(words):
            if plans:
                yield piece

    # -- by the issuer --------------------------------------------------------------------

    def _national(self, text: str, among: Sequence[str]) -> Titled | None:
        """The State Council's documents, of one year where it is named with them."""
        for noun in _nouns().finditer(text):
            issued = ISSUED.search(text, 0, noun.start())
            if not issued or not issued.group("state"):
                continue
            found = tuple(
                p for p in among
                if NATIONAL.match(self._numbers.get(p, "")) and _of_year(self._numbers[p], issued)
            )  # fmt: skip
            if found:
                return Titled(found, (issued.start(), noun.end()))
        return None


def _of_year(number: str, issued: re.Match[str]) -> bool:
    year = issued.group("year")
    return not year or YEAR_OF_NUMBER.findall(number)[:1] == [year]


def _says_nothing(word: str) -> bool:
    return word in asking()["en"]["stop"] or word[0].isdigit() or bool(_nouns().fullmatch(word))


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(document_words()['english'])})\b")
