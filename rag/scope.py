"""Whether a question is one for the plans at all.

What is said to an assistant is told from what is asked of a plan by three things, in order:

  act      it begins as an order (写一首…, translate …, ignore …), speaks of the assistant itself,
           or greets; then it is outside, whatever it names
  framing  it speaks of a text or an office (units, roles, 方案, 提到, target); then it is inside
  matter   else the words of its matter decide: it is inside if one is a leading word of the plans
           (科普); outside if it speaks of the speaker's own person or moment (我头疼, 今天), or if
           more of the words are lacking than known (all of them, where a plan is named); known are
           those that the plans print or that the lists of official terms hold

Within a conversation only acts are looked at: 还有呢 is a question there. What is inside and not
answered by a plan is `not_mentioned`, which is another thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from operator import add

from index.texts import QUOTED, character_pairs
from rag.lexicon import asking, english, lay, scope_pattern
from rag.question import LAY_WEIGHT, Question

PRINTED = 3  # occurrences from which a pair of characters is a word of the plans, not a chance seam
LEADING = 8  # times a plan, on average, from which a word is what the plans are about
GREETING_REST = 6  # characters that may follow a greeting: 你好呀，在吗
AMOUNTS = frozenset("一二两三四五六七八九十百千万几多少个些次回种样")  # 一个, 多少: no matter
HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z][a-z'-]+")


class Scope:
    """Knows the words that the held plans print and those of government that the lists hold.

    `pairs` counts the pairs of characters in the sources of `plans` plans; `latin` gives the words
    that they print in Latin letters.
    """

    def __init__(
        self,
        pairs: Mapping[str, int],
        plans: int,
        words: frozenset[str],
        latin: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._words = words
        self._printed = pairs
        self._leading = LEADING * plans
        self._official = _official_pairs()
        self._latin = latin

    def outside(self, question: Question, in_conversation: bool = False) -> bool:
        """Whether the question, read by itself, is about something else than plans."""
        flat = question.text.lower().strip()
        if not re.search(r"\w", flat):
            return not in_conversation
        if is_act(flat, question.lang):
            return True
        if _is_framed(question, flat):
            return False
        if in_conversation:  # what it leaves unsaid may be of the plans; 今天天气 is not
            known, _ = self._matter(question)
            leading = any(self._printed.get(w, 0) >= self._leading for w in known)
            return bool(_pattern(question, "moment").search(flat)) and not leading
        if any(map(self._quotes_plan, QUOTED.findall(question.text))):
            return False
        known, lacking = self._matter(question)
        if any(self._printed.get(w, 0) >= self._leading for w in known):
            return False
        if _pattern(question, "moment").search(flat):
            return True
        of_a_plan = bool(question.plans and known)  # 我娘七十了, 甲县…: told of the asker beside
        if _pattern(question, "person").search(flat) and not of_a_plan:
            return True
        if question.plans:  # a plan named is a plan asked; lay words for its matter are many
            return question.lang == "zh" and bool(lacking) and not known
        if not known and not lacking and question.lang == "zh":  # nothing but function words
            return not (question.who or question.yes_no)
        # English words that the term table lacks say little
        return not known or (question.lang == "zh" and len(lacking) > len(known))

    def by_words(self, question: Question) -> bool:
        """Whether it is outside, of one plan, for nothing but the words of its matter: lay words
        for what the plan says otherwise are as unknown."""
        flat = question.text.lower().strip()
        told = any(_pattern(question, name).search(flat) for name in ("moment", "person"))
        return len(question.plans) == 1 and not told and not is_act(flat, question.lang)

    def _quotes_plan(self, quoted: str) -> bool:
        """Whether all of what is quoted may stand in a plan."""
        han = HAN.fullmatch(quoted)
        return han is not None and all(p in self._printed for p in character_pairs(quoted))

    # -- matter ---------------------------------------------------------------------------

    def _matter(self, question: Question) -> tuple[set[str], set[str]]:
        """Words of the matter that the plans print, and those that they lack."""
        if question.lang == "en":
            return self._english(question)
        known: set[str] = set()
        lacking: set[str] = set()
        matter = question.matter
        for start, end, plan_words in lay().find(matter):
            said = matter[start:end]
            (known if any(self._prints(w) for w in (said, *plan_words)) else lacking).add(said)
            matter = matter[:start] + " " * (end - start) + matter[end:]
        for run in HAN.findall(matter):
            self._pairs(run, known, lacking)
        for word in LATIN.findall(matter):
            (known if word in self._latin() else lacking).add(word)
        return known, lacking

    def _pairs(self, run: str, known: set[str], lacking: set[str]) -> None:
        pairs = list(map(add, run, run[1:]))
        printed = [self._printed.get(p, 0) >= PRINTED for p in pairs]
        for i, pair in enumerate(pairs):
            if set(pair) <= AMOUNTS:
                continue
            beside = printed[max(0, i - 1) : i + 2]
            if pair in self._words and (printed[i] or pair in self._official):
                known.add(pair)
            elif pair in self._words and not any(beside):
                lacking.add(pair)

    def _prints(self, word: str) -> bool:
        pairs = list(map(add, word, word[1:]))
        return bool(pairs) and all(self._printed.get(p, 0) for p in pairs)

    def _english(self, question: Question) -> tuple[set[str], set[str]]:
        """English words by the table of terms; the dictionary reaches too far to tell."""
        rest = question.matter
        known: set[str] = set()
        for concept in question.concepts:
            # a word of one meaning is as good as a listed one (hospitals: 医院)
            single = len(concept.words) == 1 and not concept.vague
            listed = concept.weight >= LAY_WEIGHT or HAN.match(concept.said) or single
            if listed and any(self._prints(w) for w in concept.words):
                known.add(concept.said)
                rest = re.sub(rf"\b{re.escape(concept.said)}\w*", " ", rest)
        stop = asking()["en"]["stop"]
        return known, {w for w in LATIN.findall(rest) if len(w) > 2 and w not in stop}


def _official_pairs() -> frozenset[str]:
    """Pairs of characters in the terms of government that the word lists hold."""
    terms = [zh for words in (*english().values(), *lay().words.values()) for zh in words]
    return frozenset(pair for term in terms for pair in map(add, term, term[1:]))


def is_act(flat: str, lang: str) -> bool:
    """Whether the utterance orders, addresses or greets the assistant."""
    greeting = scope_pattern(lang, "greetings").match(flat)
    if greeting and len(flat) - greeting.end() <= GREETING_REST:
        return True
    if any(scope_pattern(one, "internals").search(flat) for one in ("zh", "en")):
        return True
    at = _opening(flat, lang)
    return any(scope_pattern(lang, name).match(flat, at) for name in ("acts", "address"))


def _opening(flat: str, lang: str) -> int:
    """Where the utterance begins once polite words are passed over."""
    polite = scope_pattern(lang, "polite")
    at = 0
    while at < len(flat):
        found = polite.match(flat, at)
        if found and found.end() > at:
            at = found.end()
        elif flat[at] in " ，,。！!：:、":
            at += 1
        else:
            break
    return at


def _is_framed(question: Question, flat: str) -> bool:
    """Whether the question is put to a text or an office."""
    if question.units or question.roles or question.all_plans or question.document:
        return True
    if question.kind in ("meta", "contact") or len(question.plans) > 1:
        return True
    return bool(_pattern(question, "of_text").search(flat))


def _pattern(question: Question, name: str) -> re.Pattern[str]:
    return scope_pattern(question.lang, name)
