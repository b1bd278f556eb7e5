"""Reading a question: place, matter, kind, roles, units, years, and what is wanted of them.

A question is framing around a matter. The framing (who, how many, 牵头, 列全) tells the kind of
answer; it is taken out, and what is left, the matter, is what is searched. The matter becomes
concepts: a lay word or an English term with the plan words it may stand for, else the pairs of
characters themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from index.held import Held
from index.metadata import document_number, number_span, same_document
from index.texts import Texts
from index.tokens import bigrams
from index.units import Forms, Mention, UnitNames
from rag.across.asked import Across, read_across
from rag.across.settled import PARTS_COUNTED, settle
from rag.asking_shapes import OF_MATTERS, by_whom
from rag.asks import asks
from rag.background import without_background
from rag.bodies import body_opened, innermost, without_level
from rag.check import squeeze
from rag.elsewhere import Elsewhere
from rag.english_titles import EnglishTitles
from rag.flattened import flatten, language
from rag.framing import Frame
from rag.functional import units_spelt
from rag.lexicon import asking, lay
from rag.periods import says_edge, with_years
from rag.places import Named, Places
from rag.question import QUOTED, Concept, Kind, Question, concepts_of
from rag.script import Script
from rag.shortened import whole_words
from rag.spelling import Speller, framing_positions, mended
from rag.taken_out import blank
from rag.tallied import take_tally
from rag.titles import NAMED, Titled, Titles, document_numbers
from rag.turns.slots import readable

ACRONYMS = {
    "IT": "information technology",
    "AI": "artificial intelligence",
}  # a word of the language when not in capitals
NAMED_KEPT = 64  # texts whose places are remembered: one question is looked through several times
WHOLE_WEIGHT = 1.6  # a shortened word says as much as a lay word
LONGEST_BARE = 5  # characters of a word that only says what is wanted of a matter
SHORT = (2,)  # characters of a word that only the clause talked of is known to print whole
SOURCES_TRIED = 24  # plans in which a shortened word is looked for; all of many would take too long
# 示范县/区: a name with a level is found with any other
EITHER_LEVEL = re.compile(r"([县市区镇乡])(?:[/／][县市区镇乡])+")
# 落在哪个乡镇: a place, and no body
WHICH = re.compile(r"[在到于]哪(?:一|几)?个$")
GENERIC_UNIT = frozenset({"成员单位"})


class QuestionReader:
    """Reads questions against the places and units of an index."""

    def __init__(
        self,
        held: Held,
        texts: Texts,
        units: UnitNames,
        speller: Speller,
        dictionary: Mapping[str, Sequence[str]],
        words: frozenset[str],
        simplified: Mapping[str, str],
        pinyin: Mapping[str, Sequence[str]] | None = None,
        gazetteer: Mapping[str, str] | None = None,
    ) -> None:
        self._words = words
        self._script = Script(simplified)
        self._units = units
        self.dictionary = dictionary
        self._speller = speller
        plans = held.cards
        self._places = Places(plans, texts.pairs, pinyin or {}, words, gazetteer or {})
        self._titles = Titles({p.id: p.title for p in plans})
        self._english_titles = EnglishTitles(
            {p.id: p.title for p in plans}, {p.id: p.number for p in plans}, dictionary
        )
        self._place_of = {p.id: p.place for p in plans}
        self._named = lru_cache(NAMED_KEPT)(self._find_named)
        self._elsewhere = Elsewhere(plans, texts, self._places, gazetteer or {}, words)
        self._texts = texts
        printed = held.words("unit")
        self._known = Forms({u for u in printed if len(u) >= 3} | without_level(printed))
        self._on_duty = {units.identity(u) for u in printed}
        generic = {b for w in asking()["generic"]["words"] for b in bigrams(w)}
        self._headings = held.words("heading") - generic
        self._numbers = document_numbers(plans)
        self._held = held
        self.cards = plans
        self.plan_ids = tuple(p.id for p in plans)

    @cached_property
    def latin(self) -> frozenset[str]:
        """Words that plans print in Latin letters (AI): a foreign question may mean them so."""
        return self._held.words("latin")

    def read(self, text: str, kind: Kind | None = None) -> Question:
        """The question understood, as of that kind if one is given; never raises.

        Its `text` is in simplified script, whatever it was asked in.
        """
        text = by_whom(EITHER_LEVEL.sub(r"\1", self._script.simplified(text)))
        text = without_background(text, self._names_place, self._agencies)
        text = units_spelt(self.years_spelt(text, ()), lambda name: bool(self.mentions(name)))
        flat = flatten(text)
        lang = language(flat)
        named = self._named(flat)
        tally, rest = (False, named.rest) if kind else take_tally(named.rest, lang)
        across, left = read_across(rest, lang, len(named.plans), named.every)
        if named.every and across is None:
            across = Across(all_plans=True)
        flat = "".join(
            " " if a == " " != r else f for f, r, a in zip(flat, named.rest, left, strict=True)
        )
        if lang == "en":
            from rag.english import read_english

            question = read_english(text, flat, self)
        else:
            question = self._read_chinese(text, flat, kind, replace(named, rest=left))
        if question.lang == "zh" and question.years and not readable(question):
            question = _of_the_years(question)
        if question.kind == "ground":  # 哪个文件 asks for what a measure follows, not for a plan
            across = None
        alone = across in (None, Across()) and len(question.plans) < 2  # 甲县和乙县各多少家 is one
        if question.kind == "figure" and lang == "zh" and alone:
            question = replace(question, parts=self._parts(question))
        if tally and not question.units:
            question = replace(question, kind="tally", framed=True)
        elsewhere = () if question.plans else self._elsewhere.find(named.rest, lang)
        likely = self._elsewhere.printing(elsewhere) if elsewhere else ()
        if likely:
            question, elsewhere = replace(question, plans=likely), ()
        if across and across.beside:
            others = tuple(p for p in self.plan_ids if p not in named.plans)
            question = replace(question, plans=others)
        question = replace(question, all_plans=named.every, elsewhere=elsewhere)
        if across is None or kind:
            return question
        return self._reread(settle(question, across), flat, replace(named, rest=left))

    def _reread(self, settled: Question, flat: str, named: Named) -> Question:
        """The question as it was settled; where parts are counted, without what counts them."""
        if settled.lang != "zh" or settled.kind != "list" or not PARTS_COUNTED.search(named.rest):
            return settled
        rest = PARTS_COUNTED.sub(lambda m: " " * len(m.group(0)), named.rest)
        again = self._read_chinese(settled.text, flat, "list", replace(named, rest=rest))
        return replace(settled, matter=again.matter, concepts=again.concepts)

    def _parts(self, question: Question) -> tuple[Question, ...]:
        """The questions for one number each that it consists of; they take its plans and years."""
        texts = asks(question.text)
        flat = [flatten(t) for t in texts]
        read = [
            self._read_chinese(t, f, "figure", self._named(f))
            for t, f in zip(texts, flat, strict=True)
        ]
        return tuple(
            replace(p, plans=question.plans, years=p.years or question.years) for p in read
        )

    # -- places ---------------------------------------------------------------------------

    def places(self, flat: str) -> tuple[tuple[str, ...], str]:
        """Plan ids named, in the order named, and the text without the names and 五份方案."""
        named = self._named(flat)
        return named.plans, blank(named.rest, list(named.scope))

    def _names_place(self, text: str) -> bool:
        return bool(self._named(flatten(text)).plans)

    def speaks_of_title(self, flat: str) -> bool:
        """Whether a document is spoken of by its title."""
        return self._named(flat).titled is not None

    def _find_named(self, flat: str) -> Named:
        """The plans named by their places, and of those the ones whose titles are spoken of."""
        named = self._places.find(flat)
        among = named.plans or self.plan_ids
        titled = self._titles.find(named.rest, among, self._words)
        if titled is None and not named.every and self._of_one_place(named.plans):
            titled = self._titles.of_kind(named.rest, among)
        if language(flat) == "en":
            return self._described(named, titled)
        most = 1 if named.every else NAMED if not named.plans else len(among)
        if titled is None and not named.plans and not named.every:
            short = self._titles.by_short_word(named.rest, self._words, self._places.printed)
            return replace(named, plans=short) if len(short) < len(among) else named
        if titled is None or len(titled.plans) > most:
            return named
        if len(titled.plans) == len(among):  # true of all, so it names none
            return replace(named, titled=titled.span if len(among) == 1 else None)
        rest = blank(named.rest, [titled.span])
        return replace(named, plans=titled.plans, rest=rest, every=False, titled=titled.span)

    def _described(self, named: Named, titled: Titled | None) -> Named:
        """As `_find_named`, in an English question; what describes a document is taken out.

        `titled` are the plans whose titles it quotes in Chinese.
        """
        rest = blank(named.rest, [titled.span]) if titled else named.rest
        plans = titled.plans if titled and len(titled.plans) <= NAMED else named.plans
        among = plans or self.plan_ids
        found = self._english_titles.find(rest, among, bare=len(among) > 1)
        most = 1 if named.every else max(NAMED, len(named.plans))
        if found is None or len(found.plans) > most:
            return replace(named, plans=plans, rest=rest)
        if len(found.plans) == len(among) > 1:  # true of all, so it names none
            return replace(named, plans=plans, rest=rest)
        spoken = found.span if found.span[0] < found.span[1] else None
        rest = blank(rest, [found.span])
        return replace(named, plans=found.plans, rest=rest, every=False, titled=spoken)

    def _of_one_place(self, plans: Sequence[str]) -> bool:
        return len({self._place_of[p] for p in plans}) == 1

    def plain(self, text: str) -> str:
        """The text in simplified characters and lower case, white space as single spaces."""
        return flatten(self._script.simplified(text))

    def years_spelt(self, text: str, plans: Sequence[str]) -> str:
        """The text with 最后一年 as the year that the titles of the plans it names, or of those
        given, end with."""
        if not says_edge(text):
            return text
        asked = self._named(flatten(text)).plans or plans
        return with_years(text, [c.title for c in self.cards if c.id in asked])

    def about(self, question: Question, matter: str) -> Question:
        """The question about another matter, in Chinese."""
        return replace(question, matter=matter, concepts=concepts_of(matter, self._words), parts=())

    def stands(self, matter: str) -> bool:
        """Whether a matter can be looked for by itself: it is long, or headings speak of it."""
        pairs = bigrams(matter)
        told = sum(b in self._headings for b in pairs) > len(pairs) / 2
        return told or bool(lay().find(matter)) or len(matter) > LONGEST_BARE

    def shortened_in(self, question: Question, told: Sequence[str]) -> Question:
        """The question with words of two characters that shorten those of the texts last told."""
        found = whole_words(question.matter, told, self._words, self._places.printed, SHORT)
        whole = tuple(Concept(said, (long,), WHOLE_WEIGHT) for said, long in found.items())
        kept = (c for c in question.concepts if c.said not in found)
        return replace(question, concepts=(*whole, *kept)) if whole else question

    def _opens_name(self, unit: Mention, text: str) -> bool:
        """Whether a word for many bodies only opens the name of another that plans print: 乡镇 in
        乡镇文化服务中心."""
        if self._units.is_organ(unit.identity):
            return False
        name = body_opened(unit, text)
        return bool(name) and self._texts.somewhere(squeeze(name))

    def _which(self, unit: Mention, text: str) -> bool:
        """Whether one of many bodies is asked for as a place: 落在哪个乡镇."""
        return not self._units.is_organ(unit.identity) and bool(WHICH.search(text[: unit.start]))

    def mentions(self, text: str) -> list[Mention]:
        """Units named in Chinese, those that plans print among them."""
        return self._units.mentions(text, self._known)

    def is_agency(self, unit: Mention) -> bool:
        """An organ that can hold a duty, as against a museum, a school or 责任单位 as such."""
        if unit.identity.atoms == GENERIC_UNIT and "成员" not in unit.text:
            return False
        return self._units.is_organ(unit.identity) or unit.identity in self._on_duty

    def _agencies(self, text: str) -> list[str]:
        """The organs that a text names, as it names them."""
        return [u.text for u in self.mentions(text) if self.is_agency(u)]

    def _acts(self, unit: Mention) -> bool:
        """An organ, or a body that a note names and no lexicon lists (某某集团)."""
        named = unit.identity in self._on_duty and not self._units.mentions(unit.text)
        return named or self._units.is_organ(unit.identity)

    def english_mentions(self, text: str) -> list[Mention]:
        return self._units.english_mentions(text)

    def acronyms_spelt(self, text: str, flat: str) -> str:
        """The flattened text with the acronyms that the text has in capitals spelt out."""
        said = {s: name for s, name in ACRONYMS.items() if s.lower() not in self.latin}
        for short, name in (*self._units.acronyms.items(), *said.items()):
            if re.search(rf"\b{short}\b", text):
                flat = re.sub(rf"\b{short.lower()}\b", name.lower(), flat)
        return flat

    def _quoted_slips(self, text: str) -> list[tuple[str, str]]:
        """Names in quotation marks that no plan prints, with the homophone that one does."""
        said = [q for q in QUOTED.findall(text) if q not in self._quoted]
        found = [(q, self._speller.same_sound(q, self._quoted)) for q in said]
        return [(q, name) for q, name in found if name]

    @cached_property
    def _quoted(self) -> frozenset[str]:
        """What plans put in quotation marks; collected when first asked for."""
        return self._held.words("quoted")

    def _concepts(self, matter: str, plans: Sequence[str]) -> tuple[Concept, ...]:
        """What the matter speaks of; what it shortens or calls otherwise with the plans' words."""
        found = self._whole(matter, plans)
        found |= {
            name: other
            for name, other in self.defined.items()
            if name in matter and not self.prints(name, plans) and self.prints(other, plans)
        }
        whole = [Concept(said, (plan,), WHOLE_WEIGHT) for said, plan in found.items()]
        for concept in whole:  # its characters by themselves would be looked for in vain
            matter = matter.replace(concept.said, " ")
        return (*whole, *concepts_of(matter, self._words))

    def _whole(self, matter: str, plans: Sequence[str]) -> dict[str, str]:
        """What the matter shortens, as the plans asked print it; of many none is looked through."""
        asked = plans or self.plan_ids
        if len(asked) > SOURCES_TRIED:
            return {}
        sources = [self._texts.squeezed[p] for p in asked]
        return whole_words(matter, sources, self._words, self._places.printed)

    def prints(self, name: str, plans: Sequence[str]) -> bool:
        """Whether one of the plans (any, where none is named) prints the name."""
        if not plans:
            return name in self.latin or self._texts.prints(name)
        return any(name in self._texts.squeezed[p].lower() for p in plans)

    @cached_property
    def defined(self) -> Mapping[str, str]:
        """Other names that the plans define."""
        told = (pair.partition("\t") for pair in sorted(self._held.words("defined")))
        return {one: other for one, _, other in told}

    # -- Chinese --------------------------------------------------------------------------

    def _read_chinese(self, text: str, flat: str, wanted: Kind | None, places: Named) -> Question:
        plans, rest = places.plans, places.rest
        number = document_number(flat)
        plans = plans or tuple(
            i for own, ids in self._numbers.items() if same_document(own, number) for i in ids
        )
        named = {i for u in self.mentions(rest) for i in range(u.start, u.end)}
        typed, rest = rest, self._speller.correct(rest, framing_positions(rest) | named)
        text = mended(text, typed, rest)
        for slip, name in self._quoted_slips(rest):
            text, rest = text.replace(slip, name), rest.replace(slip, name)
        whole = "".join(
            r if f not in " " and r != " " else f for f, r in zip(flat, rest, strict=True)
        )
        units = [u for u in innermost(self.mentions(whole), whole) if self.is_agency(u)]
        units = [u for u in units if not (self._opens_name(u, whole) or self._which(u, whole))]
        organs = any(self._acts(u) for u in units)
        frame = Frame(rest, units, self._headings, organs, places.titled)
        kind = wanted or frame.kind()
        if number and not wanted and not frame.speaks_beside(number_span(rest)):
            kind = "meta" if set(frame.meta) - OF_MATTERS else "document"
        frame.ignore(places.scope)
        matter = frame.matter(kind)
        return Question(
            text=text,
            lang="zh",
            kind=kind,
            matter=matter,
            concepts=self._concepts(matter, plans),
            plans=plans,
            document=number,
            roles=frame.roles,
            any_role=frame.any_role,
            drop_lead=frame.drop_lead,
            only_lead=frame.only_lead,
            sole=frame.sole,
            units=tuple({u.identity: u for u in reversed(frame.units)}.values())[::-1],
            years=frame.years,
            numbers=frame.numbers,
            meta=frame.meta,
            counts=frame.how_many,
            lists=frame.lists,
            yes_no=frame.yes_no or (kind == "role_check" and not frame.alternative()),
            who=frame.who,
            extra=frame.extra(kind),
            per_year=frame.per_year,
            framed=frame.framed(kind),
        )


def _of_the_years(question: Question) -> Question:
    """Nothing but a time is asked about: what is planned for 2024."""
    if question.kind not in ("measure", "list"):
        return question
    return replace(question, concepts=tuple(Concept(str(y), (f"{y}年",)) for y in question.years))
