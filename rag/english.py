"""English questions: the same reading, with English framing and a table of terms.

Content words become concepts by the term table (longest first) and, for what the table lacks, by
CC-CEDICT read backwards and limited to words that occur in the corpus (prepared at build time).
Words are compared by their stems, so that services, service and British spelling meet. Chinese
that the question carries, often in brackets, counts as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.metadata import document_number
from index.units import LEVEL_CHARS, Mention
from rag.english_asks import as_parts, pieces
from rag.english_frame import EnglishFrame
from rag.lexicon import asking
from rag.mentioned import thing_asked
from rag.periods import years_of
from rag.question import LAY_WEIGHT, QUOTED_WEIGHT, Concept, Kind, Question, concepts_of
from rag.taken_out import blank
from rag.translate import (
    LONGEST_TERM,
    Spoken,
    amounts,
    dictionary_words,
    other_senses,
    spoken,
    table_words,
)

if TYPE_CHECKING:
    from rag.reader import QuestionReader

HAN = re.compile(r"[\u3400-\u9fff]+")
NAME = re.compile(r"[“\"]([a-z]?\d[a-z\d+×x*-]{2,16})[”\"]")  # a scheme by its numbers: "1+3+N"
# a document named by its number is what is asked about: do all plans cite 国发〔2021〕9号
CITES = re.compile(
    r"\b(?:cit(?:e|es|ed|ing)|refer(?:s|red|ring)?|quot(?:e|es|ed)|mention(?:s|ed)?|based|rests?"
    r"|names?|named|invoke[sd]?)\b"
)
# "Science China" (科普中国): the Chinese name in the brackets is what is asked for
CALLED_IN_CHINESE = re.compile(
    r"['\"‘“][a-z][a-z' -]+['\"’”]\s*(?=[(（][\u3400-\u9fff]{2,12}[)）])"
)
# which campaigns list it, in which of the five actions does it take part: its tasks
IN_WHICH = re.compile(
    r"^\W*(?:in |under )?which (?:of )?(?:the |'s )?(?:[a-z'-]+ ){0,3}?"
    r"(?:campaigns?|actions?|projects?|program(?:me)?s?|initiatives?|clauses?|items?|tasks?"
    r"|(?:parts?|sections?)(?= of (?:the|this) plan (?:lists?|names?)\b))\b"
    r"(?!.*\b(?:who|which|what)\b)"
)
TASKS = re.compile(
    r"\b(?:tasks?|duties|roles?|clauses?|items?)\b|\bwhat parts? (?:do|does|did|will|must|should)\b"
    r"|\b(?:which|what) (?:parts?|sections?|chapters?)\b.*"
    r"\b(?:involve|concern|include|assign|mention)s?\b"
)
SHORTEST_WORD = 3  # letters; shorter words of the dictionary are endings and abbreviations


def read_english(text: str, flat: str, reader: QuestionReader) -> Question:
    """The English question understood."""
    plans, rest = reader.places(flat)
    rest = CALLED_IN_CHINESE.sub(" ", reader.acronyms_spelt(text, rest.replace("’", "'")))
    titled = reader.speaks_of_title(flat)
    whole = _read(text, rest, titled, reader)
    read = [_read(piece, piece, titled, reader) for piece in pieces(rest)]
    facts = dict.fromkeys(m for q in (whole, *read) if q.kind == "meta" for m in q.meta)
    if whole.kind == "meta":
        whole = replace(whole, meta=tuple(facts))
    whole = replace(whole, plans=plans)
    number = document_number(flat)
    if number and CITES.search(rest):
        return replace(whole, kind="document", document=number)
    return replace(whole, parts=as_parts(whole, read))


def _read(text: str, rest: str, titled: bool, reader: QuestionReader) -> Question:
    """The question, or a part of it, understood; `rest` is the text without places and titles."""
    mentions = _in_order(reader.english_mentions(rest) + reader.mentions(rest))
    units = _one_each(rest, [u for u in mentions if reader.is_agency(u)])
    bare = blank(rest, [(u.start, u.end) for u in units])
    frame = EnglishFrame(rest, bare, bool(units), titled)
    thing = "" if units else thing_asked(rest)
    kind, matter, concepts = _mention(thing, reader) if thing else _kind(frame, reader)
    return Question(
        text=text,
        lang="en",
        kind=kind,
        matter=matter,
        concepts=concepts,
        roles=frame.roles,
        any_role=frame.any_role,
        drop_lead=frame.drop_lead,
        only_lead=frame.only_lead,
        sole=frame.sole,
        units=tuple(units),
        years=years_of(rest),
        numbers=frame.numbers,
        meta=frame.meta,
        counts=frame.how_many,
        lists=frame.has["list"],
        mention=bool(thing and concepts),
        yes_no=frame.yes_no,
        who=frame.has["who"],
        extra=frame.extra(kind),
        per_year=frame.per_year,
        framed=_framed(frame, kind),
    )


def _mention(thing: str, reader: QuestionReader) -> tuple[Kind, str, tuple[Concept, ...]]:
    """What is asked where it is whether the plan speaks of the thing."""
    return "measure", thing, _concepts(thing, reader)


def _kind(frame: EnglishFrame, reader: QuestionReader) -> tuple[Kind, str, tuple[Concept, ...]]:
    """The kind with its matter; a unit that is asked about nothing else is asked for its tasks."""
    kind = frame.kind()
    listed = IN_WHICH.match(frame.bare) if frame.named else None
    if listed:
        matter = HAN.sub(" ", IN_WHICH.sub(" ", frame.matter("tasks")))
        return "tasks", matter, _concepts(matter, reader)
    if frame.named and not frame.meta:
        matter = frame.matter("tasks")
        concepts = _concepts(matter, reader)
        if not concepts:
            return "tasks", matter, concepts
        if kind in ("measure", "list") and _asks_tasks(frame):
            return "tasks", matter, concepts
    matter = frame.matter(kind)
    concepts = _concepts(matter, reader)
    if not concepts:  # nothing but a time is asked about: what happens in 2024?
        concepts = tuple(Concept(str(y), (f"{y}年",)) for y in years_of(frame.text))
    return kind, matter, concepts


def _asks_tasks(frame: EnglishFrame) -> bool:
    return bool(TASKS.search(frame.bare))


def _framed(frame: EnglishFrame, kind: Kind) -> bool:
    """Whether the kind is said in words, and not only what is left where none is said."""
    if kind == "measure":
        return frame.has["how"]
    return kind != "tasks" or bool(frame.roles) or _asks_tasks(frame)


def _concepts(matter: str, reader: QuestionReader) -> tuple[Concept, ...]:
    """Concepts of an English matter; stop words carry none."""
    found: dict[str, Concept] = {}
    for run in HAN.findall(matter):
        for concept in concepts_of(run):
            found.setdefault(concept.said, concept)
    for name in NAME.findall(matter):
        found.setdefault(name, Concept(name, (name,), QUOTED_WEIGHT))
    sums = amounts(matter)
    for start, end, printed in sums:
        found.setdefault(matter[start:end], Concept(matter[start:end], (printed,)))
    said = spoken(HAN.sub(" ", blank(matter, [(start, end) for start, end, _ in sums])))
    stop = frozenset(asking()["en"]["stop"])
    at = 0
    while at < len(said):
        size, term = _longest(said, at, stop, reader)
        if term is not None:
            found.setdefault(term.said, term)
        at += size
    return tuple(found.values())


def _longest(
    said: Sequence[Spoken], at: int, stop: frozenset[str], reader: QuestionReader
) -> tuple[int, Concept | None]:
    """The longest term or dictionary phrase that begins here, and how many words it takes."""
    word = said[at].word
    printed = next((w for w in (word, word.removesuffix("s")) if w in reader.latin), "")
    for size in range(min(LONGEST_TERM, len(said) - at), 0, -1):
        if size == 1 and (word in stop or (len(word) < SHORTEST_WORD and not printed)):
            return 1, None
        piece = said[at : at + size]
        phrase = " ".join(w.word for w in piece)
        words = table_words(piece)
        if words:
            more = other_senses(piece, words, reader.dictionary)
            return size, Concept(phrase, words, LAY_WEIGHT, senses=more)
        words = dictionary_words(piece, reader.dictionary)
        if words:
            weight = LAY_WEIGHT if size > 1 else 1.0
            return size, Concept(phrase, words, weight, vague=len(words) > 1)
    # a word that reaches nothing in the plans still is part of the matter: it is not carried
    return 1, Concept(printed or word, (printed or word,))


def _in_order(units: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for unit in sorted(units, key=lambda u: (u.start, -u.end)):
        if not kept or unit.start >= kept[-1].end:
            kept.append(unit)
    return kept


def _one_each(text: str, units: list[Mention]) -> list[Mention]:
    """One mention for each unit: its Chinese name in brackets takes in the English one before it
    (the Defence Office (国动办)), a department takes in the party committee it belongs to."""
    kept: list[Mention] = []
    for unit in units:
        start, end = unit.start, unit.end
        while text[start - 1 : start] and text[start - 1] in LEVEL_CHARS:
            start -= 1
        named = NAME_BEFORE.search(text[:start]) if text[start - 1 : start] in OPENING else None
        if named:
            start = named.start("name")
        while kept and (kept[-1].end > start or _belong(text, kept[-1], start, unit)):
            start = min(start, kept[-1].start)
            before = kept.pop()
            if not named and _is_committee(unit):
                unit = before
        kept.append(Mention(start, end, unit.text, unit.identity))
    return kept


OPENING = ("(", "（")
# back to the word that opens the name: an article, a genitive, a verb or preposition
NAME_BEFORE = re.compile(
    r"(?:^|\b(?:the|a|an|does|do|did|is|are|has|have|will|must|should|by|for|to|and|or)\s|'s\s|\s{2})"
    r"(?P<name>(?:(?!(?:does|do|did|is|are|has|have|will|must|should|by|for|to|and|or)\b)"
    r"[a-z&'-]+\s+){1,9})[(（]$"
)
BELONGS = re.compile(r"(?:\s+of\s+the\s+(?:[a-z]+\s+){0,2}|'s\s+|\s+)")
COMMITTEE = "党委"


def _is_committee(unit: Mention) -> bool:
    return COMMITTEE in unit.identity.atoms or "committee" in unit.text


def _belong(text: str, one: Mention, start: int, other: Mention) -> bool:
    """Department of the party committee, committee's department: one body, named by both."""
    between = BELONGS.fullmatch(text, one.end, start)
    return bool(between) and _is_committee(one) != _is_committee(other)
