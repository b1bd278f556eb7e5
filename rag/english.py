"""English questions: the same reading, with English framing and a table of terms.

Content words become concepts by the term table (longest first) and, for what the table lacks, by
CC-CEDICT read backwards and limited to words that occur in the corpus (prepared at build time).
Chinese that the question carries, often in brackets, counts as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.plan import Role
from index.units import Mention
from index.vocabulary import stem
from rag.framing import blank, years_of
from rag.lexicon import asking, english, pattern
from rag.question import LAY_WEIGHT, ROLES, Concept, Kind, Question, concepts_of

if TYPE_CHECKING:
    from rag.reader import QuestionReader

WORD = re.compile(r"[a-z][a-z']*|\d[\d.,]*%?")
HAN = re.compile(r"[\u3400-\u9fff]+")
MAX_WORDS = 12  # dictionary words tried for one English word; more are too vague to help


def read_english(text: str, flat: str, reader: QuestionReader) -> Question:
    """The English question understood."""
    plans, rest = reader.places(flat)
    rest = rest.replace("’", "'")
    units = reader.english_mentions(rest) + reader.mentions(rest)
    units = _in_order(units)
    bare = blank(rest, [(u.start, u.end) for u in units])
    has = {n: bool(pattern("en", n).search(bare)) for n in asking()["en"]}
    roles: tuple[Role, ...] = tuple(
        r for r in ROLES if pattern("en", r).search(pattern("en", "exclude_lead").sub(" ", bare))
    )
    numbers = tuple(re.findall(r"\d[\d,]*(?:\.\d+)?%?", re.sub(r"20\d\d", " ", rest)))
    yes_no = bool(
        re.match(r"(?:is|are|does|do|did|has|have|will|must|was|were|should|can)\b", rest)
    )
    frame = _kind(has, roles, units, numbers, yes_no, bare)
    meta = tuple(
        n
        for n in ("number", "date", "issuer", "title", "status", "period", "basis", "addressees")
        if has[n]
    )
    kind: Kind = "meta" if meta and _of_plan(bare, meta) else frame
    matter = bare if kind in ("duty", "role_check", "tasks") else rest
    concepts = _concepts(matter, reader)
    if kind in ("duty", "role_check", "measure", "list") and units and not concepts:
        kind = "tasks"
    return Question(
        text=text,
        lang="en",
        kind=kind,
        matter=matter.strip(),
        concepts=concepts,
        plans=plans,
        roles=roles,
        any_role=has["any"] or has["responsible"],
        drop_lead=has["exclude_lead"],
        only_lead=bool(re.search(r"only (?:the )?lead|leads only", bare)),
        sole=bool(re.search(r"\b(?:sole|only|alone)\b", bare)),
        units=tuple(units),
        years=years_of(rest),
        numbers=numbers,
        meta=meta,
        counts=has["how_many"],
        lists=has["list"],
        yes_no=yes_no,
        who=has["who"],
        extra=("figure",) if kind == "duty" and has["how_many"] else (),
        framed=has["how"] if kind == "measure" else kind != "tasks" or _asks_tasks(bare, roles),
        per_year=bool(re.search(r"each year|every year|per year|annual|a year|yearly", rest)),
    )


def _kind(
    has: dict[str, bool],
    roles: tuple[Role, ...],
    units: list[Mention],
    numbers: tuple[str, ...],
    yes_no: bool,
    bare: str,
) -> Kind:
    named = bool(units)
    asks_tasks = TASKS.search(bare)
    if named and (roles or has["any"]) and yes_no:
        return "role_check"
    if named and asks_tasks and not has["who"]:
        return "tasks"
    if yes_no and numbers:
        return "figure_check"
    if roles and (has["who"] or not (has["how_many"] or has["when"] or has["how"])):
        return "duty"
    if has["who"] and not named:
        return "duty"
    level = LEVEL.search(bare)
    if WHEN.search(bare) and not has["how_many"]:
        return "when"
    if has["how_many"] or level:
        return "figure"
    structural = re.search(
        r"(?:actions|projects|sections|parts|chapters|principles|tasks|items)\b", bare
    )
    return (
        "list" if structural and (has["list"] or "which" in bare or "what" in bare) else "measure"
    )


def _asks_tasks(bare: str, roles: tuple[Role, ...]) -> bool:
    return bool(roles) or bool(TASKS.search(bare))


TASKS = re.compile(r"\b(?:tasks?|duties|actions?|projects?|clauses?|items?|roles?)\b")
WHEN = re.compile(
    r"^when\b|\bwhen (?:is|are|will|was|were|must|should|does|did|do)\b"
    r"|(?:what|which) years?\b|by what date|deadline"
)
LEVEL = re.compile(
    r"what (?:[\w'-]+ ){0,4}?(?:level|rate|percentage|proportion|share|target|number)\b"
)


def _of_plan(bare: str, meta: tuple[str, ...]) -> bool:
    if {"number", "basis", "title", "addressees"} & set(meta):
        return True
    return bool(re.search(r"\b(?:plan|document|notice|scheme)\b", bare))


def _concepts(matter: str, reader: QuestionReader) -> tuple[Concept, ...]:
    """Concepts of an English matter; stop words and framing carry none."""
    found: dict[str, Concept] = {}
    for run in HAN.findall(matter):
        for concept in concepts_of(run):
            found.setdefault(concept.said, concept)
    rest = HAN.sub(" ", matter)
    terms = english()
    words = [w.removesuffix("'s").strip("'") for w in WORD.findall(rest)]
    hyphenated = {k.replace("-", " "): v for k, v in terms.items() if "-" in k}
    at = 0
    while at < len(words):
        for size in range(min(LONGEST_TERM, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            zh = terms.get(phrase) or terms.get(_singular(phrase)) or hyphenated.get(phrase)
            if zh and size == 1:
                zh = (*zh, *_dictionary(phrase, reader))
            if zh and not _is_framing(phrase):
                found.setdefault(phrase, Concept(phrase, zh, LAY_WEIGHT))
                break
        else:
            size = 1
            by_dictionary = _from_dictionary(words[at], reader)
            if by_dictionary:
                found.setdefault(by_dictionary.said, by_dictionary)
        at += size
    return tuple(found.values())


LONGEST_TERM = 6


def _is_framing(phrase: str) -> bool:
    return any(
        pattern("en", n).fullmatch(phrase)
        for n in ("lead", "responsible", "participant", "support", "who", "how_many", "stop")
    )


def _singular(phrase: str) -> str:
    if phrase.endswith("ies"):
        return phrase[:-3] + "y"
    return phrase[:-1] if phrase.endswith("s") and not phrase.endswith("ss") else phrase


def _from_dictionary(word: str, reader: QuestionReader) -> Concept | None:
    if len(word) < 3 or word in asking()["en"]["stop"] or _is_framing(word):
        return None
    zh = _dictionary(word, reader)
    return Concept(word, zh, 1.0) if zh else None


def _dictionary(word: str, reader: QuestionReader) -> tuple[str, ...]:
    """Chinese words of two and more characters that the dictionary glosses with the word."""
    found = reader.dictionary.get(stem(word)) or reader.dictionary.get(word) or ()
    return tuple(zh for zh in found if len(zh) > 1)[:MAX_WORDS]


def _in_order(units: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for unit in sorted(units, key=lambda u: (u.start, -u.end)):
        if not kept or unit.start >= kept[-1].end:
            kept.append(unit)
    return kept
