"""Places that a follow-up points at instead of naming them, spelt out.

前者, 前面那个地方, the latter are one of those spoken of; 连甲县一起 adds a place to them; 两家,
这三个地方 are as many of them. Spelt out, the question is read as one that names its places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question import Lang
from rag.reader import QuestionReader
from rag.turns.restate import place_called

NOUN = r"(?:地方|方案|[县市区](?![级直委府]))"
STOPS = r"(?=地方|方案|[县市区](?![级直委府])|的|又?是|比|呢|有|$|[，。？?,])"
SAID = r"(?:说|问|提|讲)?(?:到|过)?的?"
FIRST = rf"(?:最开始|最先|最初|一开始|开头){SAID}(?:那|这)?一?个?{NOUN}|(?:第一|头一?)个{NOUN}"
FORMER = (
    rf"前者|前(?:面|头|边)?(?:那|的)?一?个{STOPS}{NOUN}?|上一个{NOUN}"
    rf"|(?:前面|刚才|之前|上面|早先|先前){SAID}(?:那|这)一?(?:个|处|份|家)?{NOUN}"
)
LATTER = rf"后者|后(?:面|头|边)?(?:那|这|的)?一?个{STOPS}{NOUN}?"
EN_NOUN = r"(?:place|county|city|district|plan)"
POINTED = re.compile(
    rf"(?P<first>{FIRST}|\bthe first {EN_NOUN}\b)|(?P<latter>{LATTER}|\bthe latter\b)"
    rf"|(?P<former>{FORMER}|\bthe former\b|\bthe (?:previous|earlier) {EN_NOUN}\b)"
)
# 连甲县一起看, with the place's name blanked
ADDED = re.compile(
    r"(?:要是|如果)?(?:连(?:上|同|带)?|加上|算上|带上|再加上?|把) +[县市区]?(?:也|都|还)?"
    r"(?:一起|一块儿?|一并|在内)?(?:算(?:上|进来|进去|在内|进)?|看|比(?:较)?|加(?:上|进来)|放(?:一起|进来)?)?"
    r"|\b(?:including|counting|adding|if (?:you|we) (?:add|include|count))\s{2,}"
    r"(?:too\b|as well\b)?"
)
COUNTED = re.compile(
    r"(?:这|那|上面|前面)*(?P<n>[两二俩三仨四五六七八九十]|\d)(?:家(?!单位|部门|局)|边|处|地(?![方区])|份|者"
    r"|个?(?:地方|方案|县区|区县|[县区市](?![级直委府])))"
    r"(?:里头|里面|之间|当中|里|中)?(?:都|全|均)?"
    r"(?:放|摆|搁|合)?(?:在)?(?:一起|一块儿?|一道)?(?:看|比|来说)?"
)
# 乙县跟它比: the place last spoken of, against the one that is named
COMPARED = r"(?=比|相比|[高低多少早晚大小差一不相]|哪|有|的)"
IT = re.compile(
    rf"(?<=[跟和与比同])[它他](?!们){COMPARED}"
    r"|(?<=compared with )it\b|(?<=compared to )it\b|(?<=than )it\b"
)
# 乙县比它俩低多少: the two spoken of last
BOTH = re.compile(rf"(?<=[跟和与比同])(?:[它他这那]们?)(?:俩|两[个家]?(?:地方)?){COMPARED}")
TWO = 2


def many(counted: re.Match[str]) -> int:
    """How many places the match counts."""
    said = counted["n"]
    return DIGITS[said] if said in DIGITS else int(said)


DIGITS = {d: n for n, d in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "俩": 2, "仨": 3}


@dataclass(frozen=True, slots=True)
class Spoken:
    """The places spoken of, the last one last, and those of the last question."""

    places: tuple[str, ...]
    last: tuple[str, ...]


def spelt_places(reader: QuestionReader, plain: str, spoken: Spoken, lang: Lang) -> str:
    """The question with the places it points at in the talk named; as it was if it points at none
    or cannot be read so."""
    named, blanked = reader.places(plain)
    if named and len(spoken.last) == 1 and spoken.last[0] not in named and IT.search(plain):
        return IT.sub(_name(reader, spoken.last[0], lang), plain, count=1)
    spoken_before = [p for p in spoken.places if p not in named]
    if len(named) == 1 and len(spoken_before) >= TWO and BOTH.search(plain):
        names = "、".join(_name(reader, p, lang) for p in spoken_before[-TWO:])
        return BOTH.sub(names, plain, count=1)
    if named:
        return _with_added(reader, plain, blanked, named, spoken, lang)
    if len(spoken.places) < TWO or not POINTED.search(plain):
        return plain
    at = {"first": spoken.places[0], "former": spoken.places[-2], "latter": spoken.places[-1]}
    found = POINTED.sub(lambda m: _name(reader, at[str(m.lastgroup)], lang), plain)
    return found if reader.places(found)[0] else plain


def spelt_count(reader: QuestionReader, plain: str, spoken: Spoken, lang: Lang) -> str:
    """The question with 两家, 这三个地方 as the names of so many of the places spoken of last."""
    found = COUNTED.search(plain)
    if found is None or reader.places(plain)[0]:
        return plain
    n = many(found)
    places = spoken.last if len(spoken.last) == n else spoken.places[-n:]
    if len(places) != n:
        return plain
    names = "、".join(_name(reader, p, lang) for p in places)
    spelt = f"{plain[: found.start()]}{names}{plain[found.end() :]}"
    return spelt if set(reader.places(spelt)[0]) == set(places) else plain


def _name(reader: QuestionReader, plan: str, lang: Lang) -> str:
    return place_called(next(c for c in reader.cards if c.id == plan), lang)


def _with_added(
    reader: QuestionReader,
    plain: str,
    blanked: str,
    named: Sequence[str],
    spoken: Spoken,
    lang: Lang,
) -> str:
    """连甲县一起看，这三家里; 乙县的呢，这三份里是不是最晚: those spoken of with the one named."""
    others = tuple(p for p in spoken.places if p not in named)
    found = ADDED.search(blanked) or _alone(plain, blanked, others)
    if found is None or not others or len(blanked) != len(plain):
        return plain
    rest = f"{plain[: found.start()]}{plain[found.end() :]}".strip("，, ")
    counted = COUNTED.search(rest)
    more = many(counted) - len(named) if counted else len(spoken.last)
    rest = COUNTED.sub("", rest, count=1)
    names = [_name(reader, p, lang) for p in (*others[-max(more, 1) :], *named)]
    return f"{'、'.join(names)}{rest}" if lang == "zh" else f"{', '.join(names)}: {rest}"


def _alone(plain: str, blanked: str, others: Sequence[str]) -> re.Match[str] | None:
    """The place's name by itself, where it is then ranked among so many as were spoken of."""
    counted = COUNTED.search(plain)
    ranked = counted and WITHIN.search(counted.group(0)) and "最" in plain[counted.end() :]
    if not ranked or counted is None or many(counted) != len(others) + 1:
        return None
    return ALONE.match(blanked)


WITHIN = re.compile(r"里|中|之间")
ALONE = re.compile(r"[那再]?\s+[县市区]?的?(?:呢)?[，,、 ]*(?:在)?")
