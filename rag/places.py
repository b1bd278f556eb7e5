"""Which plans a question names, and whether it asks about all of them.

A plan is named by its place: with or without its level, in pinyin read from the name itself (tones,
spaces, hyphens and capitals as they come), with one character mistyped for a homophone, or by the
province or city it lies in where the question says that the plans there are meant. A stretch that
only looks like a name, because two other words meet in it (the end of one and the beginning of
the next), is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

from index.held import Card
from index.placenames import NATION, bare_of_nationality
from index.tokens import normalise
from rag.lexicon import around_places, foreign_places, place_pattern

MAX_READINGS = 24  # spellings tried for one name; names of several many-voiced characters are cut
LEVELS = "县市区州旗"
APART = "、，。；和与跟及比还"  # between two places named; what is beyond belongs to another name
PATTERNS_KEPT = 5000  # names whose spelling stays compiled; making one takes half a millisecond
HAN = re.compile(r"[\u4e00-\u9fff]+")
HEAD = r"(?!长(?![期效江远株春沙治短三途]))"  # not before 县长, 区长


@dataclass(frozen=True, slots=True)
class Named:
    """What a question says of places.

    `plans` are the ids named, in the order named; `rest` is the text with the names blanked, of
    the same length; `every` tells that all plans are meant (all of `plans`, where a province
    limits them), and `scope` are the spans in `rest` of the words that say so. `titled` is the
    span of the words that speak of a plan's title.
    """

    plans: tuple[str, ...]
    rest: str
    every: bool = False
    scope: tuple[tuple[int, int], ...] = ()
    titled: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A name that plans are known by, and the names of the places it lies in."""

    name: str
    plans: tuple[str, ...]
    above: tuple[str, ...]


class Places:
    """Finds the places of the held plans in questions."""

    def __init__(
        self,
        plans: Sequence[Card],
        printed: Collection[str],
        pinyin: Mapping[str, Sequence[str]],
        words: frozenset[str],
        gazetteer: Mapping[str, str],
    ) -> None:
        """`printed` are the pairs of characters that the plans print."""
        self._pinyin = pinyin
        self._words = words
        self._gazetteer = gazetteer
        names: dict[str, list[Card]] = {}
        self._above: dict[str, list[str]] = {}
        for plan in plans:
            english = foreign_places().get(bare(plan.place), ()) if plan.place else ()
            known = (n for n in (plan.place, *plan.aliases, *english) if n and n != NATION)
            for name in dict.fromkeys(map(normalise, known)):
                names.setdefault(name, []).append(plan)
            for above in (plan.province, plan.city):
                if above:
                    self._above.setdefault(bare(above), []).append(plan.id)
        self.names = tuple(
            Place(name, tuple(p.id for p in held), _superiors(held))
            for name, held in sorted(names.items(), key=lambda n: -len(n[0]))
        )
        self._lies_in = {p.id: (bare(p.city), bare(p.province)) for p in plans}
        self.printed = printed
        self._slipped = self._by_stretch()
        self._pattern = lru_cache(PATTERNS_KEPT)(self._spelling)

    @cached_property
    def _latin(self) -> dict[str, list[int]]:
        """The numbers of Chinese names by the pinyin of their first two characters; only questions
        with Latin letters need them."""
        found: dict[str, list[int]] = {}
        for n, place in enumerate(self.names):
            if HAN.fullmatch(place.name):
                readings = [self._pinyin.get(c) or ("\0",) for c in place.name[:2]]
                for begins in {"".join(r) for r in product(*readings)}:
                    found.setdefault(begins, []).append(n)
        return found

    def _by_stretch(self) -> dict[str, list[int]]:
        """The numbers of Chinese names by what is left of them if one character is wrong.

        Of two characters one is right; of three the first two, the last two or the outer two; of
        more the first two or the last two.
        """
        found: dict[str, list[int]] = {}
        for n, place in enumerate(self.names):
            name = place.name
            if len(name) < 2 or not HAN.fullmatch(name):
                continue
            left = {name[0], name[1]} if len(name) == 2 else {name[:2], name[-2:]}
            if len(name) == 3:
                left.add(f"{name[0]}_{name[2]}")
            for stretch in left:
                found.setdefault(stretch, []).append(n)
        return found

    @property
    def superiors(self) -> frozenset[str]:
        """Provinces and cities that held plans lie in, without their level."""
        return frozenset(self._above)

    def find(self, flat: str) -> Named:
        """The plans named in a normalised question."""
        found: list[tuple[int, Place]] = []
        rest = flat
        for place in self.names:
            if place.name not in rest:  # true of nearly all; a pattern for each would cost far more
                continue
            for start, end in list(self._exact(place, rest)):
                meant, rest = self._meant(place, rest, start, end)
                found.append((start, meant))
                rest = _blank(rest, self._with_superior(place, rest, start), end)
        rest, spelt = self._spelt(rest)
        rest, slips = self._slips(rest)
        ordered = _without_company(flat, sorted(found + spelt + slips, key=lambda f: f[0]))
        ids = tuple(dict.fromkeys(i for _, place in ordered for i in place.plans))
        if ids:
            return Named(ids, rest)
        ids, rest = self._within(rest)
        scope = tuple(m.span() for m in place_pattern("all").finditer(rest))
        return Named(ids, rest, bool(scope), scope)

    # -- one name -------------------------------------------------------------------------

    def _exact(self, place: Place, text: str) -> Iterator[tuple[int, int]]:
        name = place.name
        edge = r"(?<![a-z])" if name[0].isascii() else ""
        end = rf"{_levels_en()}(?:['’]?s)?(?![a-z])" if name[-1].isascii() else ""
        if name[-1] in LEVELS:  # 某县长 is the head of 某县
            end = HEAD
        for m in re.finditer(edge + re.escape(name) + end, text):
            if not (self._is_seam(text, *m.span()) or self._is_other(name, text, m.end())):
                yield m.span()

    def _is_seam(self, text: str, start: int, end: int) -> bool:
        """Whether both ends of the stretch belong to words that reach beyond it."""
        before, after = text[start - 1 : start + 1], text[end - 1 : end + 1]
        return bool(start) and before in self._words and after in self._words

    def _is_other(self, name: str, text: str, end: int) -> bool:
        """Whether the level that follows makes it another place (X县 where X市 is held)."""
        level = text[end : end + 1]
        beyond = text[end + 1 : end + 2]
        if not level or level not in LEVELS or (beyond and beyond in "县市区级("):
            return False
        full = name + level
        return full in self._gazetteer and all(p.name != full for p in self.names)

    def _with_superior(self, place: Place, text: str, start: int) -> int:
        """Where the full name begins: 湖南省 before the city, X市 before the district."""
        for above in (*place.above, *place.above):
            full = re.search(rf"{re.escape(above)}(?:{_levels()})?\s*$", text[:start])
            if full:
                start = full.start()
        return start

    def _meant(self, place: Place, text: str, start: int, end: int) -> tuple[Place, str]:
        """Of several places with the name, those whose city or province the question says, beside
        the name or, failing that, anywhere; and the text with that blanked."""
        if len({self._lies_in[i] for i in place.plans}) < 2:
            return place, text
        before = max(text.rfind(mark, 0, start) for mark in APART) + 1
        after = min((p for p in (text.find(m, end) for m in APART) if p >= 0), default=len(text))
        for lo, hi in ((before, start), (end, after), (0, len(text))):
            said = {
                above: spans for above in place.above if (spans := self._spans(above, text, lo, hi))
            }
            chosen = self._in(place.plans, said)
            if chosen:
                for span in (s for a in said for s in said[a]):
                    text = _blank(text, *span)
                return Place(place.name, chosen, place.above), text
        return place, text

    def _in(self, plans: Sequence[str], said: Collection[str]) -> tuple[str, ...]:
        """The plans in a city said, else in a province said; () where that is all of them."""
        for level in (0, 1):
            chosen = tuple(i for i in plans if self._lies_in[i][level] in said)
            if chosen:
                return chosen if len(chosen) < len(plans) else ()
        return ()

    def _spans(self, name: str, text: str, lo: int, hi: int) -> list[tuple[int, int]]:
        """Where a place's bare name stands in text[lo:hi], with its level, in Chinese or pinyin."""
        written = re.compile(
            rf"{re.escape(name)}(?:{_levels()})?的?|{self._spelling(name).pattern}"
        )
        plain = "".join(map(_toneless, text))
        return [m.span() for m in written.finditer(plain, lo, hi)]

    # -- pinyin ---------------------------------------------------------------------------

    def _spelling(self, name: str) -> re.Pattern[str]:
        """The name in Latin letters, by every reading of its characters."""
        level = next((v for v in around_places()["levels"] if name.endswith(v)), "")
        core = name.removesuffix(level) if len(name.removesuffix(level)) > 1 else name
        readings = [self._pinyin.get(c) or ("\0",) for c in core]
        spelt = [
            r"[1-5]?[\s'’\-]*".join(_either_u(r) for r in reading)
            for reading in list(product(*readings))[:MAX_READINGS]
        ]
        return re.compile(
            rf"(?<![a-z])(?:{'|'.join(spelt)})[1-5]?{_levels_en()}(?:['’]?s)?(?![a-z])"
        )

    def _spelt(self, text: str) -> tuple[str, list[tuple[int, Place]]]:
        plain = "".join(map(_toneless, text))
        found: list[tuple[int, Place]] = []
        if not re.search(r"[a-z]{2}", plain):
            return text, found
        for place in self._perhaps_spelt(plain):
            for m in list(self._pattern(place.name).finditer(plain)):
                meant, text = self._meant(place, text, *m.span())
                found.append((m.start(), meant))
                text = _blank(text, *m.span())
                plain = "".join(map(_toneless, text))
        return text, found

    def _perhaps_spelt(self, plain: str) -> list[Place]:
        """The names whose beginning is spelt in the text, whatever stands between syllables."""
        letters = re.sub(r"[\s'’\-1-5]", "", plain).replace("v", "u")
        found = {n for begins, of in self._latin.items() if begins in letters for n in of}
        return [self.names[n] for n in sorted(found)]

    # -- slips ----------------------------------------------------------------------------

    def _slips(self, text: str) -> tuple[str, list[tuple[int, Place]]]:
        """Names with one character typed as a homophone; the slip itself means nothing else."""
        found: list[tuple[int, Place]] = []
        pairs = {text[i : i + 2] for i in range(len(text) - 1)}
        outer = {f"{text[i]}_{text[i + 2]}" for i in range(len(text) - 2)}
        stretches = self._slipped.keys() & (pairs | outer | set(text))
        for n in sorted({n for stretch in stretches for n in self._slipped[stretch]}):
            place = self.names[n]
            size = len(place.name)
            for start in range(len(text) - size + 1):
                if self._is_slip(place.name, text, start):
                    found.append((start, place))
                    text = _blank(text, start, start + size)
        return text, found

    def _is_slip(self, name: str, text: str, start: int) -> bool:
        end = start + len(name)
        said = text[start:end]
        wrong = [i for i, (a, b) in enumerate(zip(name, said, strict=True)) if a != b]
        if len(wrong) != 1 or not HAN.fullmatch(said):
            return False
        i = wrong[0]
        if not set(self._pinyin.get(name[i], ())) & set(self._pinyin.get(said[i], ())):
            return False
        pairs = {said[k : k + 2] for k in (i - 1, i) if 0 <= k < len(said) - 1}
        if said in self._gazetteer or any(p in self._words or p in self.printed for p in pairs):
            return False
        around = {text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]}
        return not around & self._words

    # -- superior places and all plans ----------------------------------------------------

    def _within(self, text: str) -> tuple[tuple[str, ...], str]:
        """The plans in a province or city, where the question says that those are meant."""
        for above, ids in self._above.items():
            latin = self._spelling(above).pattern
            for written in (re.escape(above), latin):
                plain = "".join(map(_toneless, text))
                m = place_pattern("within", written).search(plain)
                if m:
                    return tuple(dict.fromkeys(ids)), _blank(text, *m.span())
        return (), text


# those with whom something is done: 跟东川、西川、南川三市一起搞科普. Where one name ends is told
# afterwards: as a name may hold 和, to try all ways of parting them takes exponential time.
COMPANY = re.compile(
    r"[跟与和同](?P<zh>[\u4e00-\u9fff、]{5,40}?)(?:一起|一块儿?|共同|合作|联手|携手|结对|抱团)"
    r"|\bwith (?P<en>[a-z]+(?: [a-z]+)?(?:, [a-z]+(?: [a-z]+)?)*,? and [a-z]+)"
)
BETWEEN = re.compile(r"[、和与及]|, and | and |, ")
SO_MANY = re.compile(r"(?:等地?|[两三四五几][市县区地省])+$")
LIST_FROM = 2  # places
NAME_SIZES = range(2, 9)  # characters of a Chinese name


def _without_company(flat: str, found: list[tuple[int, Place]]) -> list[tuple[int, Place]]:
    """The places named, in order, without one that is only in the company of places not held,
    where another is named outside it."""
    if len(found) < LIST_FROM:
        return found
    company: set[int] = set()
    for m in COMPANY.finditer(flat):
        start, end = m.span(m.lastgroup or 0)
        names = BETWEEN.split(SO_MANY.sub("", flat[start:end]))
        listed = len(names) >= LIST_FROM and (m["en"] or all(len(n) in NAME_SIZES for n in names))
        inside = [f[0] for f in found if start <= f[0] < end]
        if listed and len(inside) < len(names):
            company.update(inside)
    outside = [f for f in found if f[0] not in company]
    return outside or found


def bare(name: str) -> str:
    """A place name without its level (X市 -> X) and, of an autonomous place, its nationalities;
    left whole where one character would remain."""
    for level in around_places()["levels"]:
        if name.endswith(level) and len(name) - len(level) >= 2:
            stem = name[: -len(level)]
            return bare_of_nationality(stem) if "自治" in level else stem
    return name


def _superiors(plans: Sequence[Card]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bare(a) for p in plans for a in (p.city, p.province) if a))


def _levels() -> str:
    return "|".join(around_places()["levels"])


def _levels_en() -> str:
    """A level written after a name in Latin letters, or nothing: xian, -qu, District."""
    return rf"(?:[\s\-]*(?:{'|'.join(around_places()['levels_en'])})[1-5]?)?"


def _either_u(reading: str) -> str:
    """ü is typed ü, v or u."""
    return re.sub(r"^([ln])u(?=e?$)", r"\1[uv]", re.escape(reading))


def _toneless(char: str) -> str:
    """The letter without its tone mark; always one character."""
    return unicodedata.normalize("NFD", char)[0] if not "\u3400" <= char <= "\u9fff" else char


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
