"""One plan's own answer: composed, judged, looked at for what it must have, and checked.

Of several plans each answers for itself in the same way (rag.assistant sets the answers together).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.texts import Texts
from index.units import UnitNames
from rag.absent import Absence
from rag.across.cells import one_sentence
from rag.across.settled import PLAN_PARTS
from rag.answer import Draft, Statement
from rag.bodies import GOVERNMENTS
from rag.check import squeeze
from rag.choice import PlanChooser
from rag.clarify import ask_back, open_clauses
from rag.composers import called
from rag.composers.duty import miscounted, parts_counted
from rag.composers.related import CLOSELY, best_sentence, without_detail
from rag.confidence import named, rated
from rag.context import Context
from rag.detail import lacks_detail
from rag.detail_named import lacks_thing_called
from rag.mentioned import mentioning
from rag.parts import UNSEARCHED, Parts
from rag.question import QUOTED, Kind, Question
from rag.reader import QuestionReader
from rag.search import Searcher
from rag.several import beside, elsewhere, in_parts, names_nothing_of_its_own, one_by_one

QUOTES = re.compile(r"[“”\"]+")
OF_UNITS = ("duty", "role_check")
WHOLE = 0.9  # share of the matter from which a heading carries it whole
DETAILED = ("measure", "list", "when")  # kinds answered by sentences of the text


class OnePlan:
    """Answers for one plan at a time. Safe to share between threads."""

    def __init__(
        self,
        reader: QuestionReader,
        searcher: Searcher,
        units: UnitNames,
        texts: Texts,
        choice: PlanChooser,
        absence: Absence,
        parts: Parts,
    ) -> None:
        self._reader, self._searcher, self._units = reader, searcher, units
        self._texts, self._choice, self._absence, self._parts = texts, choice, absence, parts

    def draft(self, context: Context, absent: str) -> Draft:
        """The plan's own answer, unchecked; `absent` is the named thing that it lacks, or ""."""
        question = context.question
        items = parts_counted(context) if question.kind == "duty" and not question.items else ()
        if items:
            asked = replace(context, question=replace(question, items=items))
            return self._compose(asked, question.kind)
        if question.kind == "duty" and not question.items and miscounted(context):
            return rated(context, context.not_mentioned("no_duties"))
        told = one_by_one(context, self._whole, self._each) if question.each else None
        if told:
            return told
        if absent:
            return named(context, context.not_mentioned("absent", term=absent))
        said = mentioning(context) if question.mention else None
        if said:
            return said
        parts = in_parts(context, self._part, self._compose) if question.lang == "en" else None
        draft = parts or self._compose(context, question.kind)
        if draft.status == "answered" and self._lacks_detail(context, draft):
            draft = self._detailed(context) or rated(context, without_detail(context))
        for kind in question.extra if parts is None else ():
            more = self._compose(context, kind)
            if draft.status == more.status == "answered":
                draft = replace(draft, statements=(*draft.statements, *more.statements))
        return draft

    def missing(self, context: Context) -> str:
        """The named thing that the question speaks of and the plan lacks, or ""."""
        if not self._parts.absence or self._headed(context):
            return ""
        return self._absence.missing(context.question, context.plan.id)

    def _headed(self, context: Context) -> bool:
        """Whether units are asked for of what a heading carries whole, if by another word: that is
        spoken of here, whatever other plans call it."""
        if context.question.kind not in OF_UNITS or not context.searchable:
            return False
        if QUOTED.search(context.question.text):
            return False
        own = context.hits[0].entry.own
        return self._searcher.coverage(context.question.concepts, own) >= WHOLE

    def its_own(self, context: Context, part: Question) -> Draft:
        """The plan's answer to what it is asked by itself, or to that as a measure."""
        asked = self._asking(context, part)
        missing = self.missing(asked)
        quoted = QUOTED.findall(part.text) if part.kind == "measure" else []
        if quoted and not missing:
            return self.checked(asked, one_sentence(asked, [], quoted))
        draft = self.draft(asked, missing)
        if draft.status != "answered" and part.kind in ("figure", "list"):
            asked = self._asking(context, replace(part, kind="measure"))
            again = self.draft(asked, self.missing(asked))
            draft = again if again.status == "answered" else draft
        return self.checked(asked, draft)

    def in_words(self, context: Context, words: str) -> Draft:
        """The plan's figure, asked for in other words."""
        return self._compose(self.about(context, words), "figure")

    def about(self, context: Context, words: str) -> Context:
        """The plan asked about other words."""
        return self._asking(context, self._reader.about(context.question, words))

    def or_called(self, context: Context, draft: Draft) -> Draft:
        """The draft, or the name that the plan gives a thing of the sort asked for, where the draft
        tells none."""
        asked = context.question.text
        noun = called.noun_asked(asked)
        said = (s.text for s in draft.statements if draft.status == "answered")
        if any(called.names(asked, noun, text) for text in said):
            return draft
        told = called.compose(context)
        return rated(context, told) if told else draft

    def by_own_name(self, context: Context, draft: Draft, term: str) -> Draft:
        """The draft, or what the plan lists when it isn't asked for the part that it lacks (`term`)
        and another has: 甲县的重点工程比乙县的“四大工程”多哪个 names each by its own name."""
        q = context.question
        if not term or q.across is None or not q.across.same or draft.status == "answered":
            return draft
        rest = QUOTES.sub(" ", q.matter.replace(term, " ")).strip()
        if not (PLAN_PARTS.search(term) and PLAN_PARTS.search(rest)):
            return draft
        asked = self._reader.about(replace(q, text=q.text.replace(term, "")), rest)
        found = self._asking(context, asked)
        return self.draft(found, self.missing(found))

    def with_units(self, context: Context, draft: Draft) -> Draft:
        """The draft with the units of its clause, where they are asked for in the same breath."""
        if "duty" not in context.question.extra or draft.status != "answered":
            return draft
        hits = sorted(context.hits, key=lambda h: h.clause.id not in draft.clauses)
        for compose in self._parts.composers["duty"]:
            more = compose(replace(context, hits=tuple(hits)))
            if more.status == "answered":
                return replace(draft, statements=(*draft.statements, *more.statements))
        return draft

    def or_ask_back(self, context: Context, draft: Draft) -> Draft:
        """The draft, or the question put back where it may mean clauses that differ."""
        composers = self._parts.composers[context.question.kind]
        if not composers:
            return draft
        clauses = open_clauses(context, composers[0], answered=draft.status == "answered")
        return ask_back(context, clauses) if clauses else draft

    def checked(self, context: Context, draft: Draft) -> Draft:
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

    def or_how(self, question: Question, plans: list[str]) -> Question:
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

    def _whole(self, context: Context) -> Draft:
        """The plan's own answer to the question as one."""
        return self.draft(context, self.missing(context))

    def _each(self, context: Context, part: Question, earlier: Sequence[Question]) -> Draft:
        """The answer to one of the questions that the question consists of."""
        told = [c for c in context.plan.clauses if c.id in part.within]
        part = self._reader.shortened_in(part, [squeeze(c.text) for c in told])
        asked = self._asking(context, self.or_how(part, [context.plan.id]))
        handed = [q for q in earlier if q.concepts and set(q.concepts) <= set(part.concepts)]
        named_in = (replace(asked, question=q) for q in (*handed, asked.question))
        absent = next(filter(None, map(self.missing, named_in)), "")
        if absent or not names_nothing_of_its_own(asked, earlier):
            return self.draft(asked, absent)
        draft = beside(asked, self._compose)
        return draft or elsewhere(asked, self.draft(asked, absent))

    def _part(self, context: Context, part: Question) -> Context | None:
        """The context of a part of the question; None where the plan lacks what it names."""
        asked = self._asking(context, part)
        return None if self.missing(asked) else asked

    def _lacks_detail(self, context: Context, draft: Draft) -> bool:
        """Whether the answer has not what was asked for by name; of texts, not of facts. Headings
        are names, if of what is asked."""
        question = context.question
        if not self._parts.absence or question.across or question.kind not in DETAILED:
            return False
        said = [s.text for s in draft.statements]
        asked = context.without_place
        if draft.amount is not None:
            return lacks_thing_called(asked, "\n".join(said))
        return lacks_detail(asked, said, self._searcher.words)

    def _detailed(self, context: Context) -> Draft | None:
        """The sentence that carries most of the matter, where that has the detail asked for."""
        best = best_sentence(context) if context.searchable else None
        if best is None or best[2] < CLOSELY:
            return None
        hit, sentence, _ = best
        if lacks_detail(context.without_place, [sentence.text], self._searcher.words):
            return None
        said = Statement(sentence.text.strip(), (context.sentence_span(hit, sentence),))
        told = Draft("answered", (said,), clauses=(hit.clause.id,))
        judged = self._parts.judge(context, told)
        return judged if judged.status == "answered" else None

    def _asking(self, context: Context, question: Question) -> Context:
        """The plan asked another question."""
        if question.kind in UNSEARCHED:
            return replace(context, question=question, hits=(), near=())
        hits = self._searcher.rank(question, [context.plan.id])[context.plan.id]
        near = self._searcher.nearest(question)
        return replace(context, question=question, hits=hits, near=near)

    def _compose(self, context: Context, kind: Kind, judged: bool = False) -> Draft:
        """The first composer of the kind that has an answer; else the last one's negative.

        A figure that the clause pointed at has only as what comes nearest is looked for in all.

        What is `judged` already to be asked of the right clause is not refused any more.
        """
        draft = Draft("not_mentioned")
        nearest: Draft | None = None
        for looked in context.pointed():
            for compose in self._parts.composers[kind]:
                draft = compose(looked)
                draft = draft if judged else self._parts.judge(looked, draft)
                if draft.status == "answered" and not (draft.nearest and kind == "figure"):
                    return draft
                if draft.status == "answered":
                    nearest = nearest or draft
                    break
        return nearest or draft
