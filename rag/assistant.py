"""The assistant: a question in, a checked and cited answer out. No language model, no network.

question -> reader -> for each plan asked about: search -> composer -> check -> lines and citations
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from index import store
from index.encoders import Encoder
from index.errors import InputError
from index.plan import Plan
from index.reading import quote
from index.store import Index
from index.units import unit_names
from rag.absent import Absence
from rag.across.counterpart import with_counterparts, with_parallels, with_passages
from rag.across.mention import mentions
from rag.across.own_part import own_parts
from rag.across.reckon import reckon
from rag.across.same_words import with_same_words
from rag.across.sheet import compare, leads_at_all
from rag.across.twins import KINDS as TWIN_KINDS
from rag.across.twins import with_same_figures, with_same_parts, with_twins
from rag.answer import Answer, Draft, Row
from rag.check import squeeze
from rag.choice import PlanChooser, one_a_place
from rag.clarify import put_back
from rag.composers import called
from rag.confidence import together, told_as
from rag.context import Context
from rag.hits import NEAR_ENOUGH, Hit, Near
from rag.lexicon import asking, lay
from rag.one_plan import OnePlan
from rag.parts import Parts
from rag.phrases import say, turned_away
from rag.question import Question
from rag.reader import QuestionReader
from rag.scope import Scope
from rag.search import Searcher
from rag.several import for_one
from rag.spelling import Speller
from rag.turns.dialogue import has_matter, resolve
from rag.turns.restate import restate
from rag.turns.talk import Item
from rag.writer import Writer

MAX_QUESTION = 2000  # characters; no question is longer, and search time grows with it


@dataclass(frozen=True, slots=True)
class Examined:
    """An answer and how it was come by, for those who measure the parts.

    `question` is as it was understood, follow-ups resolved. `hits` are the clauses searched, best
    first over all plans asked; () where the answer is read from facts without a search.
    """

    answer: Answer
    question: Question
    hits: tuple[Hit, ...]


class Asks(Protocol):
    """What answers: the assistant, with or without a language model, or a stand-in for tests."""

    def ask(
        self, text: str, plans: Sequence[str] = (), history: Sequence[tuple[str, str]] = ()
    ) -> Answer:
        """The answer to a question; raises TiaowenError where it cannot be used."""
        ...


class Assistant:
    """Answers questions from an opened index. Safe to share between threads: nothing is kept.

    `parts` may replace what can be left out, to measure what it is worth.
    """

    def __init__(self, index: Index, encoder: Encoder, parts: Parts | None = None) -> None:
        if encoder.name != index.encoder:
            from index.errors import IndexMissing

            raise IndexMissing(
                f"the index was built with encoder {index.encoder}, not {encoder.name}; "
                "mend it with: tiaowen build"
            )
        self.index = index
        self._parts = parts or Parts()
        self.encoder = encoder
        self._units = unit_names()
        known = [w for s in asking().values() for words in s.values() for w in words]
        self._texts, held = index.text_index(), index.held_index()
        self._plans, self._cards = index.by_id(), held.cards
        speller = Speller(
            self._texts.pairs,
            [*known, *lay().words],
            index.vocabulary.pinyin,
            index.vocabulary.words,
            self._texts.somewhere,
        )
        self._reader = QuestionReader(
            held,
            self._texts,
            self._units,
            speller,
            index.vocabulary.english,
            index.vocabulary.words,
            index.vocabulary.simplified,
            index.vocabulary.pinyin,
            index.vocabulary.places,
        )
        self._searcher = Searcher(index, encoder, self._parts.rerank)
        self._scope = Scope(
            self._texts.pairs, len(held.cards), index.vocabulary.words, lambda: self._reader.latin
        )
        self._choice = PlanChooser(held, self._units, self._searcher)
        absence = Absence(
            self._texts,
            held,
            index.vocabulary.words,
            lambda: self._reader.defined,
            index.vocabulary.glossed,
        )
        self._one = OnePlan(
            self._reader, self._searcher, self._units, self._texts, self._choice, absence,
            self._parts,
        )  # fmt: skip

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> Assistant:
        """From an index folder. Raises IndexMissing where it cannot serve."""
        return cls(store.load(folder), encoder)

    def understand(self, text: str) -> Question:
        """How a question is read; for tests and for those who want to see it."""
        return self._reader.read(text)

    def ask(
        self, text: str, plans: Sequence[str] = (), history: Sequence[tuple[str, str]] = ()
    ) -> Answer:
        """The answer to a question; `plans` limits it to these ids.

        `history` holds the earlier turns of the conversation, (question, answer), oldest first.

        Raises InputError for an empty or oversized question and for an unknown plan.
        """
        return self.examine(text, plans, history).answer

    def examine(
        self, text: str, plans: Sequence[str] = (), history: Sequence[tuple[str, str]] = ()
    ) -> Examined:
        """As `ask`, with what was searched on the way."""
        began = time.perf_counter()
        text = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates are no text
        if not text.strip():
            raise InputError("the question is empty")
        if len(text) > MAX_QUESTION:
            raise InputError(
                f"the question has {len(text):,} characters; the limit is {MAX_QUESTION:,}"
            )
        chosen = list(plans)
        for unknown in (p for p in chosen if p not in self._plans):
            self.index.plan(unknown)  # says which there are
        question = resolve(
            self._reader, text, history, self._recall(plans, history), self._below, self._list
        )
        outside = self._outside(text, question, bool(history))
        lay = outside == "out_of_scope" and not history and self._in_lay_words(question)
        if outside and not lay:
            answer = self._finish(question, [], outside, began)
            return Examined(replace(answer, question=text), question, ())
        if question.terms:
            answers = self._terms(question, chosen)
            answer = self._finish(question, answers, "", began)
            resolved = restate(question, self._cards)
            return Examined(replace(answer, question=text, resolved=resolved), question, ())
        targets = self._targets(question, chosen)
        question = self._or_figures(self._one.or_how(question, targets), targets)
        question = for_one(question) if len(targets) == 1 else replace(question, each=())
        answers, hits = self._answers(question, targets)
        again = question.otherwise if not _told(answers) else None
        for other in again() if again else ():
            tried, found = self._answers(for_one(other), self._targets(other, chosen))
            if _told(tried):
                question, answers, hits = other, tried, found
                break
        if lay and not _told(answers):
            answer = self._finish(question, [], outside, began)
            return Examined(replace(answer, question=text), question, hits)
        answer = self._finish(question, answers, "", began, len(targets) - len(answers))
        resolved = restate(question, self._cards) if question.inherits else ""
        answer = replace(answer, question=text, resolved=resolved)
        return Examined(answer, question, hits)

    # -- steps ----------------------------------------------------------------------------

    def _targets(self, question: Question, chosen: list[str]) -> list[str]:
        """The ids of the plans named, within those chosen; else those chosen; else all."""
        within = [p for p in question.plans if not chosen or p in chosen]
        return within or chosen or [c.id for c in self._cards]

    def _answers(
        self, question: Question, targets: list[str]
    ) -> tuple[list[tuple[Context, Draft]], tuple[Hit, ...]]:
        """Each plan's own answer, and all clauses searched, best first."""
        chosen, ranked = self._choice.ranked(question, targets)
        near = self._searcher.nearest(question) if ranked else ()
        plans = [self._plans[p] for p in chosen]
        contexts = [self._context(question, p, ranked.get(p.id, ()), near) for p in plans]
        own = self._own_parts(question) if len(contexts) > 1 else {}
        apart = len(own) == len(contexts)
        hits: list[Hit] = []
        if apart:
            drafts = [self._one.its_own(c, own[c.plan.id]) for c in contexts]
        else:
            hits = sorted((h for found in ranked.values() for h in found), key=lambda h: -h.score)
            drafts = self._drafts(question, contexts)
            if len(contexts) > 1:
                drafts = with_counterparts(contexts, drafts, self._one.about)
        if len(contexts) > 1:
            drafts = with_parallels(contexts, drafts, self._one.about)
        elif question.told and told_as(question.kind) == "text":
            told = self._passages(question)
            drafts = [with_passages(contexts[0], drafts[0], told, self._one.about)]
        answers = list(zip(contexts, drafts, strict=True))
        return (answers if apart else one_a_place(question, answers)), tuple(hits)

    def _or_figures(self, question: Question, targets: list[str]) -> Question:
        """The question for the figures, where it asks whether places demand the same of a matter
        and each of them sets one for it."""
        across = question.across
        several = 1 < len(question.plans) == len(targets)
        if question.kind != "measure" or not (several and across and across.same):
            return question
        asked = replace(question, kind="figure")
        ranked = self._searcher.rank(asked, targets)
        near = self._searcher.nearest(asked)
        contexts = [self._context(asked, self._plans[p], ranked[p], near) for p in targets]
        drafts = [self._one.draft(c, self._one.missing(c)) for c in contexts]
        found = [d.status == "answered" and bool(d.figures) and not d.nearest for d in drafts]
        return asked if all(found) else question

    def _passages(self, question: Question) -> list[tuple[str, str]]:
        """What was told before of another plan, each passage with its clause's heading."""
        found = ((self._plans[s.plan], s) for s in question.told)
        return [(squeeze(quote(p.source, s.start, s.end)), p[s.clause].title) for p, s in found]

    def _terms(self, question: Question, chosen: list[str]) -> list[tuple[Context, Draft]]:
        """The answers to the questions whose figures are reckoned with, each of its plan."""
        asked = [for_one(t) for t in question.terms]
        return [a for t in asked for a in self._answers(t, self._targets(t, chosen))[0]]

    def _own_parts(self, question: Question) -> Mapping[str, Question]:
        """What each of the places is asked by itself, where that differs."""
        reader, readings = self._reader, self._searcher.readings

        def source(plan: str) -> str:
            return "".join(readings[plan].text.split())

        return own_parts(question, reader.read, reader.places, reader.stands, source)

    def _drafts(self, question: Question, contexts: list[Context]) -> list[Draft]:
        across = question.across
        reword = partial(self._reader.about, question)
        said = question.kind == "measure" or (question.kind == "list" and not _orders(question))
        if across and across.which and said and not across.same:
            missing = [self._one.missing(c) for c in contexts]
            drafts = mentions(contexts, missing, self._parts.judge)
            drafts = with_same_words(contexts, drafts, missing, reword)
            drafts = [self._one.with_units(c, d) for c, d in zip(contexts, drafts, strict=True)]
        elif across and across.which and question.kind == "duty" and not has_matter(question):
            drafts = [leads_at_all(c) for c in contexts]
        else:
            lacking = [self._one.missing(c) if c.hits else "" for c in contexts]
            drafts = [self._one.draft(c, term) for c, term in zip(contexts, lacking, strict=True)]
            if len(contexts) == 1 and not question.each:
                drafts = [self._one.or_ask_back(contexts[0], drafts[0])]
            elif question.kind in TWIN_KINDS:
                for compose in self._parts.composers[question.kind]:
                    drafts = with_twins(contexts, drafts, lacking, compose)
            elif question.kind == "list" and called.noun_asked(question.text):
                drafts = [self._one.or_called(c, d) for c, d in zip(contexts, drafts, strict=True)]
            elif question.kind == "list" and across:
                asked = zip(contexts, drafts, lacking, strict=True)
                drafts = [self._one.by_own_name(c, d, term) for c, d, term in asked]
                drafts = with_same_parts(contexts, drafts)
            elif question.kind == "figure" and (
                across is None or not across.which or across.ordered
            ):
                drafts = with_same_figures(
                    drafts, lacking, lambda n, words: self._one.in_words(contexts[n], words)
                )
            elif question.kind == "measure":
                drafts = with_same_words(contexts, drafts, lacking, reword)
        return [self._one.checked(c, d) for c, d in zip(contexts, drafts, strict=True)]

    def _context(
        self, question: Question, plan: Plan, hits: tuple[Hit, ...], near: tuple[Near, ...]
    ) -> Context:
        reading = self._searcher.readings[plan.id]
        return Context(question, plan, reading, hits, self._units, self._searcher, near)

    def _recall(
        self, plans: Sequence[str], history: Sequence[tuple[str, str]]
    ) -> Callable[[int], Answer]:
        """Our own answer to a question of the history, for a follow-up that points at it."""

        def recall(n: int) -> Answer:
            return self.ask(history[n][0], plans, history[:n])

        return recall

    def _list(self, text: str, plans: tuple[str, ...]) -> Answer:
        """Our answer to a question of its own, for one that counts the parts of what it names."""
        return self.ask(text, plans)

    def _below(self, plan_id: str, clause_id: str) -> tuple[Item, ...]:
        """The parts of a clause, for a follow-up that points at one of them."""
        plan = self._plans[plan_id]
        below = plan.children(plan[clause_id])
        return tuple(Item(plan_id, c.id, c.title or c.label) for c in below)

    def _outside(self, text: str, resolved: Question, follows: bool) -> str:
        """The phrase that turns the question away, "" where it is one for the plans."""
        alone = self._reader.read(text) if follows else resolved
        if self._scope.outside(alone, follows):
            return "out_of_scope"
        return "not_held" if alone.elsewhere else ""

    def _in_lay_words(self, question: Question) -> bool:
        """Whether a passage of the plan named lies so near that it may be what is meant by words
        of which it prints none."""
        if not self._scope.by_words(question) or not question.concepts:
            return False
        return any(
            n.dense >= NEAR_ENOUGH
            for n in self._searcher.nearest(question)
            if n.plan == question.plans[0]
        )

    def _finish(
        self,
        question: Question,
        answers: list[tuple[Context, Draft]],
        forced: str,
        began: float,
        left_out: int = 0,
    ) -> Answer:
        """The answer object; `left_out` is how many of the plans asked were not looked at."""
        writer = Writer(question.lang)
        rows: tuple[Row, ...] = ()
        status = forced or "not_mentioned"
        for given in ("answered", "clarify"):
            if any(d.status == given for _, d in answers):
                status = given
                break
        if forced:
            text = turned_away(question, forced, self._cards)
            status = "out_of_scope"
        elif question.terms and len(answers) > 1:
            text, rows = writer.sheet(question, reckon(question, answers))
        elif len(answers) == 1:
            summed = reckon(question, answers).verdict if question.terms else None
            lines = [summed.text] if summed else []
            text = "\n".join([*lines, *writer.lines(answers[0][0].plan, answers[0][1])])
        else:
            text, rows = writer.sheet(question, compare(question, answers))
        if left_out:
            text += "\n" + say(question.lang, "left_out", n=len(answers), more=left_out)
        return Answer(
            question=question.text,
            answer=text,
            status=status,  # type: ignore[arg-type]
            kind=question.kind,
            lang=question.lang,
            citations=tuple(writer.citations),
            latency_ms=round((time.perf_counter() - began) * 1000, 1),
            engine={"encoder": self.encoder.name, "llm": None},
            confidence=together([d for _, d in answers]),
            table=rows,
            choices=put_back(answers),
        )


def _told(answers: Sequence[tuple[Context, Draft]]) -> bool:
    """Whether a plan says what was asked."""
    return any(d.status == "answered" for _, d in answers)


def _orders(question: Question) -> bool:
    """Whether the parts of several plans are counted against each other."""
    return question.across is not None and question.across.ordered
