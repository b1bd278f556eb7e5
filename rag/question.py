"""What a question is, once read: kind, matter, concepts, and what is wanted of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from index.plan import Role
from index.tokens import bigrams
from index.units import Mention
from rag.lexicon import lay

if TYPE_CHECKING:
    from rag.across.asked import Across
    from rag.answer import Span

Kind = Literal[
    "duty",
    "tasks",
    "role_check",
    "tally",
    "figure",
    "figure_check",
    "when",
    "meta",
    "list",
    "measure",
    "contact",
    "document",
    "ground",
    "more",
    "quote",
    "stands_for",
]
Lang = Literal["zh", "en"]
ROLES: tuple[Role, ...] = ("lead", "responsible", "participant", "support", "guide")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the matter speaks of: the words asked with, and words plans may use for it.

    A `seam` is a pair of characters that only joins two words (质比 in 科学素质比例). A `vague`
    concept is a foreign word with the translations a dictionary has, any of which may be meant.
    `senses` are other translations of a term: they carry it, too, but do not tell how rare it is.
    """

    said: str
    words: tuple[str, ...]
    weight: float = 1.0
    seam: bool = False
    vague: bool = False
    senses: tuple[str, ...] = ()

    @property
    def carriers(self) -> tuple[str, ...]:
        """The words that carry the concept, beside those asked with."""
        return tuple(w for w in (*self.words, *self.senses) if w != self.said)


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood. `matter` is the searched text; `plans` is () if no place is named.

    `across` is what is to be done with the answers of several plans; None if one is asked.
    `all_plans` tells that it asks about all plans (五份方案, 哪几份), or about all of `plans` where
    a province limits them (省里三份哪份最高). `elsewhere` are the places it asks about whose plans
    are not held.
    `parts` are the questions it consists of, where it asks for several numbers; `each` those of
    different kinds or matters, to be answered one below the other.
    `mention` tells that it asks whether the plan speaks of one thing at all (rag.mentioned).
    `framed` tells that it says itself what kind of answer it wants. A follow-up may point at what
    was last answered: `within` are the clauses of that answer, looked at first, and `said` is its
    text where what else they hold is asked for. `inherits` tells that anything was taken from the
    turns before. `alone` tells that one plan is asked, so that no row beside others names the
    clause of its answer. `told` are the passages that the last answer cited, where they are asked
    for again or asked of another plan; `terms` the questions of the talk whose figures are to be
    reckoned with; `items` the clauses of a list told before whose units are asked for one by one;
    `otherwise` gives other readings, to be tried where this one is not answered, and only then
    read.
    """

    text: str
    lang: Lang
    kind: Kind
    matter: str
    concepts: tuple[Concept, ...]
    plans: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    any_role: bool = False
    drop_lead: bool = False
    only_lead: bool = False
    sole: bool = False
    units: tuple[Mention, ...] = ()
    years: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()
    counts: bool = False
    lists: bool = False
    mention: bool = False
    yes_no: bool = False
    who: bool = False
    document: str = ""
    extra: tuple[Kind, ...] = ()
    per_year: bool = False
    across: Across | None = None
    all_plans: bool = False
    elsewhere: tuple[str, ...] = ()
    framed: bool = True
    within: tuple[str, ...] = ()
    said: str = ""
    inherits: bool = False
    alone: bool = False
    parts: tuple[Question, ...] = ()
    each: tuple[Question, ...] = ()
    told: tuple[Span, ...] = ()
    terms: tuple[Question, ...] = ()
    items: tuple[str, ...] = ()
    otherwise: Callable[[], Sequence[Question]] | None = field(
        default=None, compare=False, repr=False
    )

    @property
    def searched(self) -> str:
        """What is searched for in meaning: the matter, or the whole question where it has none."""
        return self.matter or self.text


def concepts_of(matter: str, words: Container[str] = ()) -> tuple[Concept, ...]:
    """Concepts of a Chinese matter: lay words with their plan words, the rest as pairs.

    `words` are the two-character words of the language, by which seams are told.
    """
    matter = SOME.sub("", matter)
    found = [Concept(q, (q,), QUOTED_WEIGHT) for q in QUOTED.findall(matter)]
    covered = 0
    for start, end, meant in lay().find(matter):
        found += _pairs(matter[covered:start], words)
        said = matter[start:end]
        found.append(Concept(said, (said, *(w for w in meant if w != said)), LAY_WEIGHT))
        covered = end
    found += _pairs(matter[covered:], words)
    unique: dict[str, Concept] = {}
    for concept in found:
        unique.setdefault(concept.said, concept)
    return tuple(unique.values())


# 少交点税, 学点技术: the word between verb and object says nothing and hides both
SOME = re.compile(r"(?<=[交缴学干办搞做出花讲帮补拿挣])(?:点儿?|些)(?=[\u3400-\u9fff])")


def joined(*concepts: Concept) -> tuple[Concept, ...]:
    """The concepts, each thing said once; of two the later counts."""
    return tuple({c.said: c for c in concepts}.values())


QUOTED = re.compile(r"[“\"]([\u3400-\u9fff]{2,12})[”\"]")
QUOTED_WEIGHT = 2.0  # a name in quotation marks is what the question turns on
LEVELS = "县市区"  # a plan writes a name with its own level: a county 示范县, a district 示范区
HALF = 0.3  # a pair that begins or ends in the middle of a word and is none: often a seam
LAY_WEIGHT = 1.6  # a whole word says more than one pair of characters


def _pairs(text: str, words: Container[str]) -> list[Concept]:
    pairs = bigrams(text)
    found: list[Concept] = []
    ended = False  # whether the pair before ends a word: 公民 before 民科 in 公民科学
    for i, pair in enumerate(pairs):
        before = pairs[i - 1] if i else ""
        after = pairs[i + 1] if i + 1 < len(pairs) else ""
        joins = before[-1:] == pair[:1] and after[:1] == pair[-1:]
        between = pair not in words or (ended and before[-1:] == pair[:1])
        seam = joins and between and before in words and after in words
        ended = pair in words and not seam
        begun = joins and pair not in words and (before in words) != (after in words)
        # 社区 and 城市 are words of their own; what ends in 县 is a county even where 范县 is one
        forms = _levelled(pair) if pair not in words or pair[-1] == "县" else (pair,)
        found.append(Concept(pair, forms, HALF if begun else 1.0, seam=seam))
    return found


def _levelled(pair: str) -> tuple[str, ...]:
    """The pair, and where it ends in a level the same with the others."""
    if len(pair) != 2 or pair[1] not in LEVELS:
        return (pair,)
    return (pair, *(pair[0] + level for level in LEVELS if level != pair[1]))
