"""What every composer works with: the question, the plan, the hits, and how to say units."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.plan import Clause, DutyNote, Plan, Role
from index.reading import Reading
from index.units import UnitNames
from rag.answer import Draft, Span, Statement
from rag.hits import Entry, Hit, Near, Sentence
from rag.phrases import say
from rag.places import bare
from rag.question import Question
from rag.search import Searcher


@dataclass(frozen=True, slots=True)
class Context:
    """One plan asked one question. `hits` are the plan's clauses, best first.

    `near` are the clauses of all plans that come nearest to the question.
    """

    question: Question
    plan: Plan
    reading: Reading
    hits: tuple[Hit, ...]
    units: UnitNames
    searcher: Searcher
    near: tuple[Near, ...] = ()

    @property
    def lang(self) -> str:
        return self.question.lang

    @property
    def place(self) -> str:
        """The plan's place; in English its Latin name with the Chinese one, where it has one."""
        return place_name(self.plan, self.lang)

    @property
    def without_place(self) -> str:
        """The question in lower case without the place: 工作室，某市叫什么 asks of the 工作室."""
        text = self.question.text.lower()
        for name in sorted((self.plan.place, bare(self.plan.place)), key=len, reverse=True):
            text = text.replace(name, "") if name else text
        return text

    def pointed(self) -> tuple[Context, ...]:
        """The same with only the clauses that a follow-up points at, then with all.

        What other plans say does not count against a clause that the talk is about.
        """
        hits = tuple(h for h in self.hits if h.clause.id in self.question.within)
        return (replace(self, hits=hits, near=()), self) if hits else (self,)

    @property
    def best(self) -> float:
        """The score of the clause found first; 0 where nothing was searched."""
        return self.hits[0].score if self.hits else 0.0

    @property
    def searchable(self) -> bool:
        """Whether there is a matter to search for and a clause that was found."""
        return bool(self.hits and self.question.concepts)

    @property
    def spoken_of(self) -> bool:
        """Whether anything of the matter is found anywhere in the plan."""
        return any(h.coverage > 0 for h in self.hits)

    def told_best(self, carried: Callable[[Entry, Sentence], float | None]) -> Draft | None:
        """The sentence of the plan that carries most, the first of equals; None where none is so.

        `carried` gives the share of a sentence of a clause, None where it is not meant.
        """
        best: tuple[float, Entry, Sentence] | None = None
        for entry in self.searcher.entries(self.plan.id):
            for sentence in entry.sentences:
                share = carried(entry, sentence)
                if share is not None and (best is None or share > best[0]):
                    best = share, entry, sentence
        if best is None:
            return None
        _, entry, sentence = best
        said = Statement(sentence.text.strip(), (self.sentence_span(entry, sentence),))
        return Draft("answered", (said,), clauses=(entry.clause.id,))

    def meant(self) -> Hit:
        """The clause whose units are asked for: the best hit, or the section it stands in.

        Where the section's heading alone carries all of the matter that the item carries, the
        section was asked about and the item only shares its heading. An item below the best hit
        that carries clearly more is meant: the section's heading only says where it stands. Spoken
        of as 这项工程, a clause whose heading has that word and the matter is meant.
        """
        called = self._called()
        if called is not None:
            return called
        first = self._below(self.hits[0])
        above = self.plan.parent(first.clause)
        lifted = next((h for h in self.hits if above and h.clause.id == above.id), None)
        if lifted is None:
            return first
        heading = self.searcher.coverage(self.question.concepts, lifted.entry.own)
        return lifted if heading >= first.coverage - LIFT else first

    def _called(self) -> Hit | None:
        """The clause whose heading carries most of the matter, of those headed by the word for
        what it is called (这项工程); None where it is not called so or none carries enough."""
        called = CALLED.search(self.question.text)
        if called is None:
            return None
        carried = [
            (self.searcher.coverage(self.question.concepts, h.entry.own), h)
            for h in self.hits[:HEADED_TRIED]
            if called["as"] in h.clause.title
        ]
        best = max(carried, key=lambda c: c[0], default=None)
        return best[1] if best and best[0] >= HEADED else None

    def _below(self, first: Hit) -> Hit:
        inside = {c.id for c in self.plan.descendants(first.clause)}
        items = [h for h in self.hits if h.clause.id in inside]
        best = max(items, key=lambda h: h.coverage, default=first)
        return best if best.coverage >= first.coverage + CLEARLY else first

    def say(self, key: str, **fields: str | int) -> str:
        return say(self.lang, key, **fields)

    def name(self, unit: str, brief: bool = False) -> str:
        """A unit as printed; in English with a gloss where the lexicon has one."""
        gloss = self.units.gloss(unit, brief) if self.lang == "en" else ""
        return f"{unit} ({gloss})" if gloss else unit

    def names(self, units: Sequence[str], is_open: bool = False) -> str:
        """A list of units; an open list says so."""
        brief = len(units) > LONG_LIST
        joined = self.say("comma").join(self.name(u, brief) for u in units)
        return joined + (self.say("open") if is_open else "")

    def heading(self, clause: Clause) -> Span:
        """The span of the clause's number and title (its beginning where it has no title)."""
        start, end = self.reading.from_source(clause.start, clause.own_end)
        text = self.reading.text
        head = clause.number + clause.title
        stop = start + len(head) if text.startswith(head, start) and head else start
        if not clause.title:
            stop = opening_end(text, stop, end)
        elif stop < end and text[stop] in "。：:":
            stop += 1
        return Span(self.plan.id, clause.id, *self.reading.to_source(start, stop))

    def note_owner(self, clause: Clause) -> Clause:
        """The clause in which the duty note that holds for `clause` is written."""
        owner = clause
        while owner.duty_source == "inherited":
            above = self.plan.parent(owner)
            if above is None:
                break
            owner = above
        return owner

    def note_spans(self, clause: Clause) -> tuple[Span, ...]:
        """The note that assigns the clause, and the heading of what it covers."""
        note: DutyNote | None = clause.note
        if note is None:
            return (self.heading(clause),)
        owner = self.note_owner(clause)
        return (
            Span(self.plan.id, owner.id, note.start, note.end),
            self.heading(clause),
        )

    def sentence_span(self, of: Hit | Entry, sentence: Sentence) -> Span:
        return Span(self.plan.id, of.clause.id, sentence.start, sentence.end)

    def not_mentioned(self, key: str = "not_mentioned", **fields: str | int) -> Draft:
        """An honest negative, with the closest clause as what was looked at."""
        looked = tuple(self.heading(h.clause) for h in self.hits[:1])
        return Draft("not_mentioned", (Statement(self.say(key, **fields)),), looked)


def opening_end(text: str, start: int, end: int) -> int:
    """Where the opening of an untitled clause ends: its first sentence, of a long one a part."""
    stops = [p for c in "。；\n" if (p := text.find(c, start, end)) >= 0]
    stop = min(stops, default=end)
    if stop - start <= OPENING_CHARS:
        return stop
    comma = text.rfind("，", start + 1, start + OPENING_CHARS)
    return comma if comma > 0 else start + OPENING_CHARS


OPENING_CHARS = 60  # by which a clause without a title is known; a printed line has some 28


def place_name(plan: Plan, lang: str) -> str:
    """The plan's place in the language asked: 某县, or Mou (某县)."""
    latin = next((a for a in plan.aliases if a.isascii()), "") if lang == "en" else ""
    return f"{latin} ({plan.name})" if latin else plan.name


CALLED = re.compile(
    r"(?:这|那|该|此)一?(?:项|个|条)(?:大|重点|专项)?(?P<as>工程|行动|任务|计划|措施)"
)
HEADED_TRIED = 15  # clauses, best first
HEADED = 0.7  # share of the matter that the heading must carry
LONG_LIST = 10  # units; with full glosses a longer list is no longer read at a glance
LIFT = 0.04  # share of the matter within which heading and item carry the same
CLEARLY = 0.2  # share of the matter by which an item below carries more than its section


def is_open(clause: Clause, role: Role) -> bool:
    """Whether the list of that role ends in 等."""
    return bool(clause.note and role in clause.note.open_roles)
