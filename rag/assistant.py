"""The assistant: a question in, a checked and cited answer out. No language model, no network.

question -> reader -> for each plan asked about: search -> composer -> check -> lines and citations
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index import store
from index.encoders import Encoder
from index.errors import InputError
from index.plan import Plan
from index.reading import quote
from index.store import Index
from index.units import unit_names
from rag.absent import Absence
from rag.answer import Answer, Citation, Draft, Span, Statement
from rag.composers import tasks
from rag.confidence import named, together
from rag.context import Context
from rag.dialogue import resolve
from rag.lexicon import asking, lay, pattern
from rag.parts import UNSEARCHED, Parts
from rag.phrases import say
from rag.question import Kind, Question
from rag.reader import QuestionReader
from rag.search import Hit, Near, Searcher
from rag.spelling import Speller

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
        speller = Speller(
            (p.source for p in index.plans),
            [*known, *lay().words],
            index.vocabulary.pinyin,
            index.vocabulary.words,
        )
        self._reader = QuestionReader(
            index.plans,
            self._units,
            speller,
            index.vocabulary.english,
            index.vocabulary.words,
            index.vocabulary.simplified,
        )
        self._searcher = Searcher(index, encoder, self._parts.rerank)
        self._absence = Absence(
            {plan: reading.text for plan, reading in self._searcher.readings.items()},
            index.vocabulary.words,
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
        chosen = [self.index.plan(p) for p in plans]
        question = resolve(self._reader, text, history)
        if self._out_of_scope(question):
            answer = self._finish(question, [], "out_of_scope", began)
            return Examined(answer, question, ())
        targets = self._targets(question, chosen)
        drafts, hits = self._drafts(question, targets)
        answer = self._finish(question, drafts, "", began)
        return Examined(answer, question, hits)

    # -- steps ----------------------------------------------------------------------------

    def _targets(self, question: Question, chosen: list[Plan]) -> list[Plan]:
        """The plans named, within those chosen; else those chosen; else all."""
        pool = chosen or list(self.index.plans)
        named = [self.index.plan(p) for p in question.plans]
        within = [p for p in named if p in pool]
        return within or pool

    def _drafts(
        self, question: Question, plans: list[Plan]
    ) -> tuple[list[tuple[Plan, Draft]], tuple[Hit, ...]]:
        question = self._or_how(question, plans)
        searched = question.kind not in UNSEARCHED
        ranked = self._searcher.rank(question, [p.id for p in plans]) if searched else {}
        near = self._searcher.nearest(question) if searched else ()
        drafts = [
            (plan, self._draft(question, plan, ranked.get(plan.id, ()), near)) for plan in plans
        ]
        hits = sorted((h for found in ranked.values() for h in found), key=lambda h: -h.score)
        return drafts, tuple(hits)

    def _or_how(self, question: Question, plans: list[Plan]) -> Question:
        """A unit that no note names but the text speaks of (农技协) is asked about as a matter."""
        if question.kind != "tasks" or question.lang != "zh":
            return question
        for plan in plans:
            reading = self._searcher.readings[plan.id]
            context = Context(question, plan, reading, (), self._units, self._searcher)
            if any(tasks.task_clauses(context, u) for u in question.units):
                return question
        texts = [self._searcher.readings[p.id].text for p in plans]
        if any(u.text in text for u in question.units for text in texts):
            return self._reader.read(question.text, "measure")
        return question

    def _draft(
        self, question: Question, plan: Plan, hits: tuple[Hit, ...], near: tuple[Near, ...]
    ) -> Draft:
        context = Context(
            question,
            plan,
            self._searcher.readings[plan.id],
            hits,
            self._units,
            self._searcher,
            near,
        )
        absent = self._absence.missing(question, plan.id) if hits and self._parts.absence else ""
        if absent:
            return named(context, context.not_mentioned("absent", term=absent))
        draft = self._compose(context, question.kind)
        for kind in question.extra:
            more = self._compose(context, kind)
            if draft.status == more.status == "answered":
                draft = replace(draft, statements=(*draft.statements, *more.statements))
        kept = tuple(
            s
            for s in draft.statements
            if s.heading or self._parts.gate(s, plan, self._units, question.text)
        )
        if draft.status == "answered" and not any(not s.heading for s in kept):
            return replace(context.not_mentioned(), confidence=draft.confidence)
        return replace(draft, statements=kept)

    def _compose(self, context: Context, kind: Kind) -> Draft:
        """The first composer of the kind that has an answer; else the last one's negative."""
        draft = Draft("not_mentioned")
        for compose in self._parts.composers[kind]:
            draft = self._parts.judge(context, compose(context))
            if draft.status == "answered":
                break
        return draft

    def _out_of_scope(self, question: Question) -> bool:
        flat = question.text.lower()
        if question.plans:
            return False
        if pattern("out_of_scope", "other").search(flat):
            return True
        greeting = pattern("out_of_scope", "greetings").match(flat.strip())
        return bool(greeting and len(flat.strip()) - greeting.end() <= 6)

    def _finish(
        self,
        question: Question,
        drafts: list[tuple[Plan, Draft]],
        forced: str,
        began: float,
    ) -> Answer:
        answered = [(p, d) for p, d in drafts if d.status == "answered"]
        shown = answered or drafts[:1]
        writer = _Writer(question.lang)
        if forced:
            text = say(question.lang, forced)
        elif len(drafts) > 1 and answered:
            text = "\n".join(writer.block(p, d, name=True) for p, d in shown)
        elif len(drafts) > 1:
            text = say(question.lang, "not_mentioned")
        else:
            text = "\n".join(writer.block(p, d, name=False) for p, d in shown)
        status = forced or ("answered" if answered else "not_mentioned")
        return Answer(
            question=question.text,
            answer=text,
            status=status,  # type: ignore[arg-type]
            kind=question.kind,
            lang=question.lang,
            citations=tuple(writer.citations),
            latency_ms=round((time.perf_counter() - began) * 1000, 1),
            engine={"encoder": self.encoder.name, "llm": None},
            confidence=together([d for _, d in shown]),
        )


class _Writer:
    """Puts statements into lines and numbers their citations."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self.citations: list[Citation] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def block(self, plan: Plan, draft: Draft, name: bool) -> str:
        """One plan's answer; several lines are joined by line ends."""
        lines = [self._line(plan, s) for s in draft.statements]
        if draft.looked_at:
            where = "；".join(
                " › ".join(plan.path(plan[s.clause])) or plan.meta.title.value
                for s in draft.looked_at
            )
            marks = "".join(self._mark(plan, s) for s in draft.looked_at)
            lines.append(say(self._lang, "looked_at", where=where) + marks)
        head = plan.name + say(self._lang, "colon") if name else ""
        return head + ("\n  " if name else "\n").join(lines)

    def _line(self, plan: Plan, statement: Statement) -> str:
        marks = "".join(dict.fromkeys(self._mark(plan, s) for s in statement.spans))
        return f"{statement.text} {marks}".rstrip()

    def _mark(self, plan: Plan, span: Span) -> str:
        key = (span.plan, span.start, span.end)
        if key not in self._numbers:
            n = len(self.citations) + 1
            self._numbers[key] = n
            self.citations.append(
                Citation(
                    n=n,
                    plan=plan.id,
                    place=plan.name,
                    title=plan.meta.title.value,
                    clause=span.clause,
                    path=plan.path(plan[span.clause]),
                    quote=quote(plan.source, span.start, span.end),
                    start=span.start,
                    end=span.end,
                    source=plan.file,
                )
            )
        return f"[{self._numbers[key]}]"
