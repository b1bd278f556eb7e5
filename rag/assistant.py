"""The assistant: a question in, a checked and cited answer out. No language model, no network.

question -> reader -> for each plan asked about: search -> composer -> check -> lines and citations
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from index import store
from index.encoders import Encoder
from index.errors import InputError
from index.plan import Plan
from index.store import Index
from index.units import unit_names
from rag.absent import Absence
from rag.across.cells import one_sentence
from rag.across.counterpart import with_counterparts
from rag.across.mention import mentions
from rag.across.own_part import own_parts
from rag.across.sheet import compare, leads_at_all
from rag.across.twins import KINDS as TWIN_KINDS
from rag.across.twins import with_same_figures, with_twins
from rag.answer import Answer, Draft, Row
from rag.check import squeeze
from rag.choice import PlanChooser, one_a_place
from rag.clarify import ask_back, open_clauses, put_back
from rag.composers.related import instead
from rag.confidence import named, together
from rag.context import Context
from rag.detail import lacks_detail
from rag.dialogue import has_matter, resolve
from rag.hits import Hit, Near
from rag.lexicon import asking, lay
from rag.parts import UNSEARCHED, Parts
from rag.phrases import say, turned_away
from rag.question import QUOTED, Kind, Question
from rag.reader import GOVERNMENTS, QuestionReader
from rag.restate import restate
from rag.scope import Scope
from rag.search import Searcher
from rag.several import beside, for_one, in_parts, one_by_one
from rag.spelling import Speller
from rag.talk import Item
from rag.writer import Writer

DETAILED = ("measure", "list", "when")  # kinds answered by sentences of the text
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
        self._absence = Absence(
            self._texts, held, index.vocabulary.words, lambda: self._reader.defined
        )

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
        if outside:
            answer = self._finish(question, [], outside, began)
            return Examined(replace(answer, question=text), question, ())
        targets = self._targets(question, chosen)
        question = self._or_how(question, targets)
        question = for_one(question) if len(targets) == 1 else replace(question, each=())
        answers, hits = self._answers(question, targets)
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
        if len(own) == len(contexts):
            return [(c, self._its_own(c, own[c.plan.id])) for c in contexts], ()
        hits = sorted((h for found in ranked.values() for h in found), key=lambda h: -h.score)
        drafts = self._drafts(question, contexts)
        if len(contexts) > 1:
            drafts = with_counterparts(contexts, drafts, self._about)
        answers = list(zip(contexts, drafts, strict=True))
        return one_a_place(question, answers), tuple(hits)

    def _own_parts(self, question: Question) -> Mapping[str, Question]:
        """What each of the places is asked by itself, where that differs."""
        reader, readings = self._reader, self._searcher.readings

        def source(plan: str) -> str:
            return "".join(readings[plan].text.split())

        return own_parts(question, reader.read, reader.places, reader.stands, source)

    def _its_own(self, context: Context, part: Question) -> Draft:
        """The plan's answer to what it is asked by itself, or to that as a measure."""
        asked = self._asking(context, part)
        missing = self._missing(asked)
        quoted = QUOTED.findall(part.text) if part.kind == "measure" else []
        if quoted and not missing:
            return self._checked(asked, one_sentence(asked, [], quoted))
        draft = self._draft(asked, missing)
        if draft.status != "answered" and part.kind in ("figure", "list"):
            asked = self._asking(context, replace(part, kind="measure"))
            again = self._draft(asked, self._missing(asked))
            draft = again if again.status == "answered" else draft
        return self._checked(asked, draft)

    def _drafts(self, question: Question, contexts: list[Context]) -> list[Draft]:
        across = question.across
        said = question.kind == "measure" or (question.kind == "list" and not _orders(question))
        if across and across.which and said and not across.same:
            missing = [self._missing(c) for c in contexts]
            drafts = mentions(contexts, missing, self._parts.judge)
            drafts = [self._with_units(c, d) for c, d in zip(contexts, drafts, strict=True)]
        elif across and across.which and question.kind == "duty" and not has_matter(question):
            drafts = [leads_at_all(c) for c in contexts]
        else:
            lacking = [self._missing(c) if c.hits else "" for c in contexts]
            drafts = [self._draft(c, term) for c, term in zip(contexts, lacking, strict=True)]
            if len(contexts) == 1 and not question.each:
                drafts = [self._or_ask_back(contexts[0], drafts[0])]
            elif question.kind in TWIN_KINDS:
                for compose in self._parts.composers[question.kind]:
                    drafts = with_twins(contexts, drafts, lacking, compose)
            elif question.kind == "figure" and across and across.ordered:
                drafts = with_same_figures(
                    drafts, lacking, lambda n, words: self._in_words(contexts[n], words)
                )
        return [self._checked(c, d) for c, d in zip(contexts, drafts, strict=True)]

    def _context(
        self, question: Question, plan: Plan, hits: tuple[Hit, ...], near: tuple[Near, ...]
    ) -> Context:
        reading = self._searcher.readings[plan.id]
        return Context(question, plan, reading, hits, self._units, self._searcher, near)

    def _or_how(self, question: Question, plans: list[str]) -> Question:
        """A unit that no note names but the text speaks of (农技协) is asked about as a matter."""
        if question.kind != "tasks" or question.lang != "zh":
            return question
        if any(self._choice.printed(u, plans) for u in question.units):
            return question
        organs = [u.identity for u in question.units if self._units.is_organ(u.identity)]
        if any(o.atoms not in GOVERNMENTS for o in organs):  # a text speaks of 政府 all through
            return question
        names = [squeeze(u.text) for u in question.units]
        asked = set(plans)
        if any(asked & self._texts.holding(name) for name in names):
            return replace(self._reader.read(question.text, "measure"), plans=question.plans)
        return question

    def _draft(self, context: Context, absent: str) -> Draft:
        """The plan's own answer, unchecked; `absent` is the named thing that it lacks, or ""."""
        question = context.question
        told = one_by_one(context, self._whole, self._each) if question.each else None
        if told:
            return told
        if absent:
            return named(context, context.not_mentioned("absent", term=absent))
        parts = in_parts(context, self._part, self._compose) if question.lang == "en" else None
        draft = parts or self._compose(context, question.kind)
        if draft.status == "answered" and self._lacks_detail(context, draft):
            negative = context.say("no_detail")
            draft = instead(context, negative) or context.not_mentioned("no_detail")
        for kind in question.extra if parts is None else ():
            more = self._compose(context, kind)
            if draft.status == more.status == "answered":
                draft = replace(draft, statements=(*draft.statements, *more.statements))
        return draft

    def _lacks_detail(self, context: Context, draft: Draft) -> bool:
        """Whether the answer has not what was asked for by name; of texts, not of facts or of
        headings, which are names."""
        question = context.question
        if not self._parts.absence or question.across or question.kind not in DETAILED:
            return False
        if draft.amount is not None:
            return False
        return lacks_detail(question.text.lower(), [s.text for s in draft.statements])

    def _whole(self, context: Context) -> Draft:
        """The plan's own answer to the question as one."""
        return self._draft(context, self._missing(context))

    def _each(self, context: Context, part: Question, earlier: Sequence[Question]) -> Draft:
        """The answer to one of the questions that the question consists of."""
        told = [c for c in context.plan.clauses if c.id in part.within]
        part = self._reader.shortened_in(part, [squeeze(c.text) for c in told])
        asked = self._asking(context, self._or_how(part, [context.plan.id]))
        handed = [q for q in earlier if q.concepts and set(q.concepts) <= set(part.concepts)]
        named_in = (replace(asked, question=q) for q in (*handed, asked.question))
        absent = next(filter(None, map(self._missing, named_in)), "")
        draft = None if absent else beside(asked, earlier, self._compose)
        return draft or self._draft(asked, absent)

    def _part(self, context: Context, part: Question) -> Context | None:
        """The context of a part of the question; None where the plan lacks what it names."""
        asked = self._asking(context, part)
        return None if self._missing(asked) else asked

    def _in_words(self, context: Context, words: str) -> Draft:
        """The plan's figure, asked for in other words."""
        return self._compose(self._about(context, words), "figure")

    def _about(self, context: Context, words: str) -> Context:
        """The plan asked about other words."""
        return self._asking(context, self._reader.about(context.question, words))

    def _asking(self, context: Context, question: Question) -> Context:
        """The plan asked another question."""
        if question.kind in UNSEARCHED:
            return replace(context, question=question, hits=(), near=())
        hits = self._searcher.rank(question, [context.plan.id])[context.plan.id]
        near = self._searcher.nearest(question)
        return replace(context, question=question, hits=hits, near=near)

    def _with_units(self, context: Context, draft: Draft) -> Draft:
        """The draft with the units of its clause, where they are asked for in the same breath."""
        if "duty" not in context.question.extra or draft.status != "answered":
            return draft
        hits = sorted(context.hits, key=lambda h: h.clause.id not in draft.clauses)
        for compose in self._parts.composers["duty"]:
            more = compose(replace(context, hits=tuple(hits)))
            if more.status == "answered":
                return replace(draft, statements=(*draft.statements, *more.statements))
        return draft

    def _or_ask_back(self, context: Context, draft: Draft) -> Draft:
        """The draft, or the question put back where it may mean clauses that differ."""
        composers = self._parts.composers[context.question.kind]
        if not composers:
            return draft
        clauses = open_clauses(context, composers[0], answered=draft.status == "answered")
        return ask_back(context, clauses) if clauses else draft

    def _checked(self, context: Context, draft: Draft) -> Draft:
        """The draft without the statements that do not hold; a negative if none is left."""
        text = context.question.text
        kept = tuple(
            s
            for s in draft.statements
            if s.heading
            or not (s.spans or draft.status == "answered")
            or self._parts.gate(s, context.plan, self._units, text)
        )
        if draft.status == "answered" and not any(not s.heading for s in kept):
            return replace(context.not_mentioned(), confidence=draft.confidence)
        return replace(draft, statements=kept)

    def _missing(self, context: Context) -> str:
        """The named thing that the question speaks of and the plan lacks, or ""."""
        if not self._parts.absence:
            return ""
        return self._absence.missing(context.question, context.plan.id)

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

    def _compose(self, context: Context, kind: Kind, judged: bool = False) -> Draft:
        """The first composer of the kind that has an answer; else the last one's negative.

        What is `judged` already to be asked of the right clause is not refused any more.
        """
        draft = Draft("not_mentioned")
        for looked in context.pointed():
            for compose in self._parts.composers[kind]:
                draft = compose(looked)
                draft = draft if judged else self._parts.judge(looked, draft)
                if draft.status == "answered":
                    return draft
        return draft

    def _outside(self, text: str, resolved: Question, follows: bool) -> str:
        """The phrase that turns the question away, "" where it is one for the plans."""
        alone = self._reader.read(text) if follows else resolved
        if self._scope.outside(alone, follows):
            return "out_of_scope"
        return "not_held" if alone.elsewhere else ""

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
        elif len(answers) == 1:
            text = "\n".join(writer.lines(answers[0][0].plan, answers[0][1]))
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


def _orders(question: Question) -> bool:
    """Whether the parts of several plans are counted against each other."""
    return question.across is not None and question.across.ordered
