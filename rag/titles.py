"""Which plans a question names by their titles: 无废城市方案, 国办那个消费扶贫意见, 成都OPC计划.

Nobody says a title whole. People say a word or two of it before the kind of document (方案, 意见),
often shortened (综保区 for 综合保税区). So the words before such a noun are taken, longest first,
and the plans whose titles have them, or have their characters in order with little between, are
meant. Four characters of a title in a row name it without such a noun. That says something only
where it is true of some of the plans and not of all.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.held import Card
from index.metadata import document_number
from index.tokens import normalise
from rag.lexicon import document_words
from rag.shortened import whole_words

HAN = re.compile(r"[\u3400-\u9fff]")
RUN = re.compile(r"[\u3400-\u9fffa-z0-9+“”\"《》<>]+")
MARKS = '“”"《》<>'
LONGEST = 24  # characters before the noun; what stands further off is another part of the sentence
GAP = {2: 1, 3: 2}  # characters that a shortened word may leave out between two of its own
LONG_GAP = 1  # of four characters and more
COUNTED = re.compile(r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})条$")  # 17条举措
EVIDENT = 4  # Chinese characters of a title that name the plan without a noun
NAMED = 12  # plans at most; words that more titles have name none of them
MOSTLY = 0.6  # of what is said of a title; the rest may be put otherwise
# in title marks; or in brackets, as an English question gives it
QUOTED = re.compile(rf"《([^《》]{{{EVIDENT},}})》|[（(]([\u3400-\u9fff]{{{EVIDENT},}})[）)]")


class Titled(NamedTuple):
    """Plans by id, and the span of the question that speaks of their titles."""

    plans: tuple[str, ...]
    span: tuple[int, int]


class Titles:
    """Finds plans by what a question says of their titles."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        """From the titles by plan id."""
        self._titles = {plan: _plain(normalise(title)) for plan, title in titles.items()}
        self._printed = "\n".join(self._titles.values())
        self._matching = lru_cache(2048)(self._match)

    def find(self, text: str, among: Sequence[str], words: Container[str] = ()) -> Titled | None:
        """The plans of those `among` whose titles are spoken of, and where; None where none is.

        `words` are the two-character words of the language: 农民科学素质 says nothing of 全民….
        """
        meant = frozenset(among)
        for start, end, said in _named(text):
            bare = text[start:end] == said
            if bare and text[start - 1 : start + 1] in words:
                continue
            if bare and said not in self._printed:  # true of nearly all; matching costs far more
                continue
            found = tuple(p for p in self._matching(said) if p in meant)
            if bare and not all(said in self._titles[p] for p in found):
                continue
            if found:
                return Titled(found, (_opening(text, start, end), end))
        return None

    def of_kind(self, text: str, among: Sequence[str]) -> Titled | None:
        """As `find`, by the kind of document alone (政府工作报告); for few plans, of one place."""
        for noun in _nouns().finditer(text):
            run = re.search(r"[\u3400-\u9fff]*$", text[: noun.start()])
            for start in range(run.start() if run else noun.start(), noun.start() - 1):
                said = text[start : noun.end()]
                found = tuple(p for p in among if said in self._titles[p])
                if found:
                    return Titled(found, (start, noun.end()))
        return None

    def by_short_word(
        self, text: str, words: Container[str], printed: Container[str]
    ) -> tuple[str, ...]:
        """The plans whose titles have whole what the text shortens (综保区); () for none or many.

        `words` and `printed` are as for `rag.shortened.whole_words`.
        """
        for whole in whole_words(text, list(self._titles.values()), words, printed).values():
            found = tuple(p for p, title in self._titles.items() if whole in title)
            if 0 < len(found) <= NAMED:
                return found
        return ()

    def _match(self, said: str) -> tuple[str, ...]:
        """The plans whose titles have what tells documents apart in the words."""
        pieces = [(len(piece), _shortened(piece)) for piece in _pieces(said)]
        enough = MOSTLY * sum(size for size, _ in pieces)
        return tuple(
            p
            for p, title in self._titles.items()
            if title and sum(size for size, x in pieces if x.search(title)) >= enough
        )


def _named(text: str) -> list[tuple[int, int, str]]:
    """What may be said of titles: span with the noun, and the words; the longest first.

    For one noun the candidates are the ends of the words before it.
    """
    found: list[tuple[int, int, str]] = []
    for noun in _nouns().finditer(text):
        before = re.search(
            rf"(?:{RUN.pattern})$", text[max(0, noun.start() - LONGEST) : noun.start()]
        )
        if not before:
            continue
        run = _without_end(before.group(0))
        for size in range(len(run), 1, -1):
            said = _plain(run[-size:])
            if size == len(run) or not _starts_inside(run, size):
                found += _candidate(
                    noun.start() - len(before.group(0)), run, size, said, noun.end()
                )
    for quoted in QUOTED.finditer(text):
        said = _plain(quoted.group(1) or quoted.group(2))
        found.append((*quoted.span(), said))
    return sorted(found, key=lambda f: -len(f[2])) + _bare(text)


def _bare(text: str) -> list[tuple[int, int, str]]:
    """Stretches that may be of a title though no kind of document is named (真抓实干激励里…)."""
    found = [
        (run.start() + i, run.start() + i + size, run.group(0)[i : i + size])
        for run in re.finditer(r"[\u3400-\u9fff]+", text)
        for size in range(min(LONGEST, len(run.group(0))), EVIDENT - 1, -1)
        for i in range(len(run.group(0)) - size + 1)
    ]
    return [f for f in found if "".join(_pieces(f[2])) == f[2]]


def _candidate(at: int, run: str, size: int, said: str, end: int) -> list[tuple[int, int, str]]:
    if len(said) < 2 or said in document_words()["generic"] or not telling(said):
        return []
    return [(at + len(run) - size, end, said)]


def telling(said: str) -> bool:
    """Whether anything is left once the words that all documents share are taken off."""
    return bool(_pieces(said))


@lru_cache(maxsize=4096)
def _pieces(said: str) -> tuple[str, ...]:
    """What is left of the words without those that all documents share."""
    words = sorted(document_words()["generic"], key=len, reverse=True)
    left = re.split("|".join(map(re.escape, words)), said)
    return tuple(piece for piece in left if len(piece) > 1)


def _starts_inside(run: str, size: int) -> bool:
    """Whether the end of the run would begin inside a Latin word or number."""
    a, b = run[-size - 1], run[-size]
    return a.isascii() and b.isascii() and a.isalnum() and b.isalnum()


def _opening(text: str, start: int, end: int) -> int:
    """Where the document's name begins in the text: what stands before it without a break is of it,
    too, though no title has it, where the question opens with it (支小支农融资担保意见里，…)."""
    if not WITHIN.match(text, end):
        return start
    run = re.search(rf"(?:^|[，,。；;？?！! ])([\u3400-\u9fff]{{1,{LONGEST_LAY}}})$", text[:start])
    return run.start(1) if run else start


WITHIN = re.compile(r"(?:里头|里面|里|中|上)(?=[，, 说讲写提对给]|$)")
LONGEST_LAY = 6  # characters before what the title has


def _without_end(run: str) -> str:
    """The run without the words between a title and its noun: 那个, 的, 实施, 若干."""
    words = document_words()["between"]
    while True:
        run = COUNTED.sub("", run)
        shorter = next((run.removesuffix(w) for w in words if w and run.endswith(w)), run)
        if shorter == run:
            return run
        run = shorter


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    return re.compile("|".join(sorted(document_words()["nouns"], key=len, reverse=True)))


def _plain(text: str) -> str:
    return "".join(c for c in text if c not in MARKS)


def _shortened(said: str) -> re.Pattern[str]:
    """The words, or their characters in order with little between them; Latin words whole."""
    parts = re.findall(r"[a-z0-9+]+|[\u3400-\u9fff]", said)
    gap = GAP.get(len(said), LONG_GAP)
    between = rf"[^a-z0-9]{{0,{gap}}}"
    whole = [rf"(?<![a-z0-9]){re.escape(p)}(?![a-z0-9])" if p.isascii() else p for p in parts]
    return re.compile(between.join(whole) or re.escape(said))


def document_numbers(plans: Sequence[Card]) -> dict[str, tuple[str, ...]]:
    """Plan ids by their own document number."""
    found: dict[str, tuple[str, ...]] = {}
    for plan in plans:
        number = document_number(plan.number)
        if number:
            found[number] = (*found.get(number, ()), plan.id)
    return found
