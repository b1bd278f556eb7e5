"""The talk a new question stands in, and what it may take from it.

`Past` is the conversation so far, `Now` the new question beside it. The functions fill one group of
slots each: what belongs to the kind, the matter, the clauses and the units of the last answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.units import Mention
from rag.answer import Answer, Span
from rag.question import Kind, Question
from rag.reader import QuestionReader
from rag.turns.slots import Own

Recall = Callable[[], Answer]


@dataclass(frozen=True, slots=True)
class Item:
    """A clause that a talk can point at, with its title without the number."""

    plan: str
    clause: str
    title: str


Below = Callable[[str, str], Sequence[Item]]  # the parts of a clause of a plan
OF_UNITS = ("duty", "role_check", "tasks")
FIGURES = ("figure", "figure_check", "when")
NO_MATTER = ("meta", "tasks", "contact", "document")
HOW_MANY_NAMED = {
    "两": 2,
    "二": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
}


@dataclass(frozen=True, slots=True)
class Past:
    """The conversation so far: the last question as understood, and what was said to it.

    `topic` is the last question with a matter; `places` the plans spoken of, the last one last;
    `run` those of them that were asked about the same matter in a row; `asked` all questions.
    """

    question: Question
    topic: Question
    places: tuple[str, ...]
    said: str
    run: tuple[str, ...] = ()
    asked: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Now:
    """The new question with all that its slots are filled from.

    `denied` is what it says it does not mean; `back` gives the answers before the last, the
    newest first.
    """

    reader: QuestionReader
    question: Question
    own: Own
    plain: str
    past: Past
    recall: Recall | None
    below: Below | None = None
    denied: str = ""
    back: tuple[Recall, ...] = ()

    @property
    def before(self) -> Question:
        return self.past.question

    @property
    def source(self) -> Question:
        """The question that the matter is taken from: the last, unless it has and needs none."""
        spoken = self.before.concepts and self.before.kind not in NO_MATTER
        return self.before if spoken else self.past.topic

    @property
    def plans(self) -> tuple[str, ...]:
        """The places meant: those named, all others, or those of before.

        Where the places themselves are asked for (哪几个地方写明了), the one spoken of before is
        not the only one meant.
        """
        if self.question.plans:
            return self.question.plans
        if self.own.others:
            return tuple(p for p in self.reader.plan_ids if p not in self.before.plans)
        across = self.question.across
        if across and across.which and len(self.before.plans) < SEVERAL_PLANS:
            return ()
        return self.before.plans


SEVERAL_PLANS = 2  # from which 哪个 chooses among those spoken of


def kind_of(before: Question, now: Question) -> Question:
    """The new question as one of the kind before, with what belongs to the kind."""
    kind: Kind = before.kind
    return replace(
        now,
        kind=kind,
        roles=now.roles or before.roles,
        any_role=now.any_role or before.any_role,
        drop_lead=now.drop_lead or (before.drop_lead and not now.roles),
        only_lead=now.only_lead or (before.only_lead and not now.roles),
        sole=before.sole,
        units=now.units or before.units,
        numbers=now.numbers or before.numbers,
        meta=now.meta or before.meta,
        counts=now.counts or before.counts,
        lists=now.lists or before.lists,
        yes_no=before.yes_no,
        who=now.who or before.who,
        document=before.document,
        extra=before.extra,
        per_year=now.per_year or before.per_year,
    )


def about(question: Question, other: Question) -> Question:
    """The question with the other's matter."""
    return replace(question, matter=other.matter, concepts=other.concepts, parts=other.parts)


def cleaned(now: Now, question: Question, said: Own) -> Question:
    """The question with its own matter, without what only points at the turn before."""
    if question.lang == "en":
        return question
    return now.reader.about(question, said.matter)


def clauses_said(now: Now) -> tuple[str, ...]:
    """The clauses of the last answer."""
    if now.recall is None:
        return ()
    answer = now.recall()
    cited = (c.clause for c in answer.citations) if answer.status == "answered" else ()
    return tuple(dict.fromkeys(cited))


def passages_said(now: Now) -> tuple[Span, ...]:
    """The passages that the last answer cited; () where it says nothing."""
    return passages_of(now.recall()) if now.recall else ()


def passages_of(answer: Answer) -> tuple[Span, ...]:
    """The passages that an answer cites; () where it says nothing."""
    if answer.status != "answered":
        return ()
    return tuple(Span(c.plan, c.clause, c.start, c.end) for c in answer.citations)


def all_units_said(
    reader: QuestionReader, past: Past, recall: Recall | None
) -> tuple[Mention, ...]:
    """The units of the last answer; where its text lists none, of our own answer to it."""
    units = _mentions(reader, past.said)
    if not units and recall:
        units = _mentions(reader, recall().answer)
    return units


def units_said(now: Now) -> tuple[Mention, ...]:
    """The units of the last answer that are meant: as many as the question says."""
    if now.before.kind == "role_check" and now.before.units:
        return now.before.units
    units = all_units_said(now.reader, now.past, now.recall)
    count = next((n for word, n in HOW_MANY_NAMED.items() if word in now.plain), len(units))
    return units[:count]


def _mentions(reader: QuestionReader, text: str) -> tuple[Mention, ...]:
    found = reader.mentions(text) or reader.english_mentions(text.lower())
    return tuple({u.identity: u for u in reversed(found)}.values())[::-1]
