"""Reading a question: place, matter, kind, roles, units, years, and what is wanted of them.

A question is framing around a matter. The framing (who, how many, 牵头, 列全) tells the kind of
answer; it is taken out, and what is left, the matter, is what is searched. The matter becomes
concepts: a lay word or an English term with the plan words it may stand for, else the pairs of
characters themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.metadata import document_number
from index.plan import Plan
from index.tokens import bigrams, normalise
from index.units import Forms, Mention, UnitNames
from rag.framing import Frame, framing_positions
from rag.lexicon import asking
from rag.question import Kind, Lang, Question, concepts_of
from rag.spelling import Speller

GENERIC_UNIT = frozenset({"成员单位"})


class QuestionReader:
    """Reads questions against the places and units of an index."""

    def __init__(
        self,
        plans: Sequence[Plan],
        units: UnitNames,
        speller: Speller,
        dictionary: Mapping[str, Sequence[str]],
        words: frozenset[str],
        simplified: Mapping[str, str],
    ) -> None:
        self._words = words
        self._simplified = str.maketrans(dict(simplified))
        self._units = units
        self.dictionary = dictionary
        self._speller = speller
        self._places: dict[str, list[str]] = {}
        for plan in plans:
            for name in (plan.place, *plan.aliases):
                if name:
                    self._places.setdefault(normalise(name), []).append(plan.id)
        self._longest_first = sorted(self._places, key=len, reverse=True)
        printed = {d.unit for plan in plans for c in plan.clauses for d in c.duties}
        self._known = Forms({u for u in printed if len(u) >= 3} | _bare(printed))
        self._on_duty = {units.identity(u) for u in printed}
        generic = {b for w in asking()["generic"]["words"] for b in bigrams(w)}
        self._headings = frozenset(
            b for p in plans for c in p.clauses for b in bigrams(c.title) if b not in generic
        )
        self._numbers = document_numbers(plans)

    def read(self, text: str, kind: Kind | None = None) -> Question:
        """The question understood, as of that kind if one is given; never raises."""
        flat = _flatten(text).translate(self._simplified)
        lang: Lang = "zh" if re.search(r"[\u3400-\u9fff]", _strip_bracketed(flat)) else "en"
        if lang == "en":
            from rag.english import read_english

            return read_english(text, flat, self)
        return self._read_chinese(text, flat, kind)

    # -- places ---------------------------------------------------------------------------

    def places(self, flat: str) -> tuple[tuple[str, ...], str]:
        """Plan ids named in the text, in the order named, and the text without the names."""
        found: list[tuple[int, str]] = []
        for name in self._longest_first:
            if name not in flat:  # true of nearly all; a pattern for each would cost far more
                continue
            edge = r"(?<![a-z])" if name[0].isascii() else ""
            end = r"(?:'s)?(?![a-z])" if name[-1].isascii() else ""
            match = re.search(edge + re.escape(name) + end, flat)
            if match:
                found += [(match.start(), plan_id) for plan_id in self._places[name]]
                flat = re.sub(edge + re.escape(name) + end, lambda m: " " * len(m.group(0)), flat)
        ordered = dict.fromkeys(plan_id for _, plan_id in sorted(found))
        return tuple(ordered), flat

    def mentions(self, text: str) -> list[Mention]:
        """Units named in Chinese, those that plans print among them."""
        return self._units.mentions(text, self._known)

    def _is_agency(self, unit: Mention) -> bool:
        """An organ that can hold a duty, as against a museum, a school or 责任单位 as such."""
        if unit.identity.atoms == GENERIC_UNIT and "成员" not in unit.text:
            return False
        return self._units.is_organ(unit.identity) or unit.identity in self._on_duty

    def english_mentions(self, text: str) -> list[Mention]:
        return self._units.english_mentions(text)

    # -- Chinese --------------------------------------------------------------------------

    def _read_chinese(self, text: str, flat: str, wanted: Kind | None) -> Question:
        plans, rest = self.places(flat)
        number = document_number(flat)
        plans = plans or self._numbers.get(number, ())
        named = {i for u in self.mentions(rest) for i in range(u.start, u.end)}
        rest = self._speller.correct(rest, framing_positions(rest) | named)
        whole = "".join(
            r if f not in " " and r != " " else f for f, r in zip(flat, rest, strict=True)
        )
        units = [u for u in self.mentions(whole) if self._is_agency(u)]
        organs = any(self._units.is_organ(u.identity) for u in units)
        frame = Frame(rest, units, self._headings, organs)
        kind = wanted or frame.kind()
        if number and not wanted:
            kind = "meta" if frame.meta else "document"
        matter = frame.matter(kind)
        return Question(
            text=text,
            lang="zh",
            kind=kind,
            matter=matter,
            concepts=concepts_of(matter, self._words),
            plans=plans,
            document=number,
            roles=frame.roles,
            any_role=frame.any_role,
            drop_lead=frame.drop_lead,
            only_lead=frame.only_lead,
            sole=frame.sole,
            units=tuple(frame.units),
            years=frame.years,
            numbers=frame.numbers,
            meta=frame.meta,
            counts=frame.how_many,
            lists=frame.lists,
            yes_no=frame.yes_no or (kind == "role_check" and not frame.alternative()),
            who=frame.who,
            extra=frame.extra(kind),
            per_year=frame.per_year,
        )


def document_numbers(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Plan ids by their own document number."""
    found: dict[str, tuple[str, ...]] = {}
    for plan in plans:
        number = document_number(plan.meta.number.value)
        if number:
            found[number] = (*found.get(number, ()), plan.id)
    return found


def _bare(printed: set[str]) -> set[str]:
    return {re.sub(r"^[县市区省](?!委)", "", u) for u in printed if len(u) >= 4}


def _flatten(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", normalise(text)).strip()


def _strip_bracketed(flat: str) -> str:
    """Without the Chinese terms that an English question may carry in the original."""
    latin = len(re.findall(r"[a-z]{2,}", flat))
    return re.sub(r"[\u3400-\u9fff、（）“”]+", " ", flat) if latin >= 4 else flat
