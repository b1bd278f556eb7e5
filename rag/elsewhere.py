"""Places a question asks about whose plans are not held: 成都的目标, who leads it in Beijing.

A place that is only part of the matter is none: a partner (跟成都合作), part of another name
(长沙大学), a place that a held plan prints and that the question does not begin with. Names come
from the list of provinces and countries, from CC-CEDICT's places (index.vocabulary), and from the
form of the name (X县) where the question begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.held import Card
from index.numbering import NUMERALS
from index.texts import Texts
from index.tokens import normalise
from rag.lexicon import around_places, foreign_places, function_chars, pattern
from rag.places import Places, bare

OWN_NAME = 3  # times a plan that says nowhere whose it is prints its own place's name at least
LONGEST = 12  # characters of the longest name in CC-CEDICT with its level
# A county's bare name is taken only before these: 岳麓的…, 岳麓2025年…; else it may be any word.
AFTER = re.compile(r"[的那这谁有是到呢吗怎]|\d|方案|公民|科普|科学|哪|[^\u4e00-\u9fff]|$")
BEFORE_EN = re.compile(
    r"(?:\b(?:in|for|of|about|at|by|does|do|did|is|will|has|and)\s+(?:the\s+)?)$|^\W*$"
)


class Elsewhere:
    """Finds the places asked about that no held plan is of."""

    def __init__(
        self,
        plans: Sequence[Card],
        texts: Texts,
        places: Places,
        gazetteer: Mapping[str, str],
        words: frozenset[str],
    ) -> None:
        self._held = {bare(normalise(p.place)) for p in plans if p.place}
        self._above = places.superiors
        self._texts = texts
        self._unplaced = [p.id for p in plans if not p.place]
        self._words = words
        self._counties = {zh: en for zh, en in gazetteer.items() if bare(zh) not in self._held}
        prefectures = {
            en.lower(): zh for zh, en in self._counties.items() if zh.endswith("市") and en
        }
        listed = {en: zh for zh, names in foreign_places().items() for en in names}
        self._latin = {**prefectures, **listed}
        names = "|".join(sorted(map(re.escape, self._latin), key=len, reverse=True))
        levels = "|".join(around_places()["levels_en"])
        self._english = re.compile(rf"(?<![a-z])(?:{names})(?![a-z])(?:[ -](?:{levels})\b)?")

    def find(self, rest: str, lang: str) -> tuple[str, ...]:
        """The names asked about as the question has them; () where it asks about none.

        `rest` is the normalised question with the names of held places blanked; it is only asked
        for where no plan is named.
        """
        found = self._chinese(rest) if lang == "zh" else self._in_english(rest)
        return tuple(dict.fromkeys(found))

    def printing(self, names: Sequence[str]) -> tuple[str, ...]:
        """The plans of no known place that print one of the names more than in passing."""
        known = [bare(self._latin.get(n.lower(), n)) for n in names]
        return tuple(
            plan
            for plan in self._unplaced
            if any(self._texts.squeezed[plan].count(name) >= OWN_NAME for name in known)
        )

    # -- Chinese --------------------------------------------------------------------------

    def _chinese(self, text: str) -> list[str]:
        opening = _opening(text)
        joint = any(w in text for w in around_places()["joint"])
        found: list[str] = []
        at = 0
        while at < len(text):
            name = self._at(text, at, at == opening)
            if not name:
                at += 1
                continue
            first = at == opening or bool(found)
            if self._asked(text, at, name, first, joint):
                found.append(name)
            at += len(name)
        return found

    def _at(self, text: str, at: int, opens: bool) -> str:
        """The place name at the position, with its level, or ""."""
        for size in range(min(LONGEST, len(text) - at), 1, -1):
            name = text[at : at + size]
            root = bare(name)
            if root in foreign_places():
                return name
            if name in self._counties or (root != name and root in self._counties):
                leveled = root != name or name + "市" in self._counties
                if leveled or (opens and AFTER.match(text, at + size)):
                    return name
        if not opens:
            return ""
        form = FORM.match(text, at)
        name = form.group(1) if form else ""
        return name if name and not self._is_area(name) else ""

    def _is_area(self, name: str) -> bool:
        """Whether X区, X市 is an ordinary word or an area of some kind, not a place."""
        if set(name) & {*function_chars(), *NUMERALS, *ASKING}:  # 那两个区, 哪些县
            return True
        return any(name.endswith(a) for a in around_places()["areas"]) or name[-2:] in self._words

    def _asked(self, text: str, at: int, name: str, first: bool, joint: bool) -> bool:
        after = text[at + len(name) :]
        if any(after.startswith(w) for w in around_places()["institutions"]):
            return False
        printed = self._texts.prints(bare(name))
        if bare(name) in self._above:
            spoken = any(w in after for w in around_places()["government"])
            return first and not joint and not spoken
        if first:
            return not (joint and printed)
        before = text[:at].rstrip()
        related = any(before.endswith(w) for w in around_places()["relations"])
        return not (related or printed)

    # -- English --------------------------------------------------------------------------

    def _in_english(self, text: str) -> list[str]:
        found: list[str] = []
        joint = any(w in text for w in around_places()["joint"])
        for m in self._english.finditer(text):
            zh = self._latin.get(m.group(0)) or self._latin.get(m.group(0).rsplit(" ", 1)[0], "")
            after = text[m.end() :].lstrip()
            if any(after.startswith(w) for w in around_places()["institutions"]):
                continue
            if bare(zh) in self._above and any(w in after for w in around_places()["government"]):
                continue
            printed = self._texts.prints(bare(zh)) and bare(zh) not in self._above
            asked = after.startswith("'s") or BEFORE_EN.search(text[: m.start()])
            if asked and not (joint and printed):
                found.append(m.group(0).title())
        return found


ASKING = "哪些某何"  # no place's name is made of them
FORM = re.compile(
    r"([\u4e00-\u9fff]{2,3}?[县市区州旗])(?=的|科协|县|这|那|谁|怎|有|到|公民|\d|方案|全民|呢|哪|教育|$)"
)


def _opening(text: str) -> int:
    """Where the question begins once greetings, 请问, 那 and blanks are passed over."""
    at = 0
    while at < len(text):
        filler = pattern("filler", "words").match(text, at)
        if filler:
            at = filler.end()
        elif text[at] in function_chars() or not re.match(r"[\u4e00-\u9fffa-z0-9]", text[at]):
            at += 1
        else:
            break
    return at
