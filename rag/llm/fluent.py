"""The assistant with a language model: the composed answer first, then the model's words for it.

question -> Assistant (composed, checked answer) -> mode words or full -> statements that pass

Whatever the model does, an answer comes: where it fails, is late or is not faithful, the composed
one, with a note that says why. A refusal is never put to a model.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.encoders import Encoder
from index.passages import count_tokens
from index.store import Index
from index.units import unit_names
from rag.answer import Answer
from rag.assistant import Assistant, Examined
from rag.llm import full, words
from rag.llm.connection import Connection, Deadline
from rag.llm.drafting import Drafting
from rag.llm.errors import ModelError
from rag.llm.fence import fenced, gives_orders, harmless
from rag.llm.gate import FREE, STRICT, Gate, Limits, split_marks
from rag.llm.packing import MARGIN, pack
from rag.llm.rewrite import rewritten
from rag.llm.settings import Mode, Settings
from rag.llm.wordlists import reason
from rag.phrases import say
from rag.prompts import Prompt, load_prompt
from rag.writer import Writer

REFUSED = ("not_mentioned", "out_of_scope")
FAULTS_TOLD = 8  # of a draft, when it is asked again; a worse one is not to be mended


class Unfaithful(ModelError):
    """The model's words did not carry the answer."""

    key = "llm_unfaithful"


class NoRoom(ModelError):
    """Not one clause fits into the model's window."""

    key = "llm_no_room"


@dataclass(slots=True)
class Outcome:
    """What became of an answer on its way through the model."""

    answer: Answer
    prompt: str = ""
    notes: tuple[str, ...] = ()
    asked: bool = False


class Fluent:
    """An assistant whose answers a model puts into words. Safe to share between threads."""

    def __init__(self, assistant: Assistant, settings: Settings, connection: Connection) -> None:
        self._assistant, self.settings, self._connection = assistant, settings, connection
        self._units = unit_names()

    @property
    def index(self) -> Index:
        return self._assistant.index

    @property
    def encoder(self) -> Encoder:
        return self._assistant.encoder

    def ask(
        self, text: str, plans: Sequence[str] = (), history: Sequence[tuple[str, str]] = ()
    ) -> Answer:
        """As `Assistant.ask`, in the settings' mode."""
        return self.examine(text, plans, history).answer

    def examine(
        self, text: str, plans: Sequence[str] = (), history: Sequence[tuple[str, str]] = ()
    ) -> Examined:
        """As `Assistant.examine`; what was searched is not changed by the model."""
        examined = self._composed(text, plans, history, self.settings.mode)
        *_, answer = self._fluent(examined, self.settings.mode)
        return replace(examined, answer=answer)

    def stream(
        self,
        text: str,
        plans: Sequence[str] = (),
        history: Sequence[tuple[str, str]] = (),
        mode: Mode | None = None,
    ) -> Iterator[Answer]:
        """The answer as it grows: with each statement that passed, last as it stays.

        The last one may be another: the composed answer, where the model's lost something.
        """
        mode = mode or self.settings.mode
        yield from self._fluent(self._composed(text, plans, history, mode), mode)

    # -- one answer -------------------------------------------------------------------------

    def _composed(
        self, text: str, plans: Sequence[str], history: Sequence[tuple[str, str]], mode: Mode
    ) -> Examined:
        """The composed answer. Where the words that ask for an explanation hid the matter (mode
        full), the question is asked without them, and the answer says how it was understood."""
        examined = self._assistant.examine(text, plans, history)
        if mode == "full" and history and self._taken_over(text, examined):
            alone = self._assistant.examine(text, plans)
            examined = alone if alone.answer.status == "answered" else examined
        answer = examined.answer
        if mode != "full" or answer.status not in REFUSED or gives_orders(text):
            return examined
        engine: dict[str, str | None] = {}
        if full.framed(answer.question):
            plain = full.bare(answer.question, answer.lang)
        else:
            plain, engine = self._rewritten(answer, history)
        again = self._assistant.examine(plain, plans, history) if plain else examined
        if again.answer.status != "answered":
            return examined
        told = again.answer.resolved or plain
        engine = {**again.answer.engine, **engine}
        kept = replace(again.answer, question=answer.question, resolved=told, engine=engine)
        return replace(again, answer=kept)

    def _taken_over(self, text: str, examined: Examined) -> bool:
        """Whether a question for a summary or a reason took the fact asked for from the turn before
        (谁牵头, then 概括某行动)."""
        if not full.framed(text) or examined.question.kind in full.WRITTEN:
            return False
        return self._assistant.understand(text).kind in full.WRITTEN

    def _rewritten(
        self, answer: Answer, history: Sequence[tuple[str, str]]
    ) -> tuple[str, dict[str, str | None]]:
        """A refused follow-up as a question of its own, and the prompt it came by; "" for none."""
        if not history:
            return "", {}
        prompt = load_prompt(f"rewrite.{answer.lang}")
        until = Deadline(self.settings.timeout_s)
        try:
            plain = rewritten(
                answer.question, history, self._connection, prompt, until, self._units
            )
        except ModelError:  # the refusal stands; it was composed without the model
            return "", {}
        return plain, {"rewrite": prompt.label}

    def _fluent(self, examined: Examined, mode: Mode) -> Iterator[Answer]:
        composed = examined.answer
        if mode == "off":
            yield composed
            return
        began = time.perf_counter()
        outcome = Outcome(composed)
        try:
            for part in self._written(examined, mode, outcome):
                yield self._engine(part, outcome, mode, began)
        except ModelError as error:
            outcome.answer = composed
            outcome.notes = (say(composed.lang, error.key),)
        yield self._engine(outcome.answer, outcome, mode, began)

    def _written(self, examined: Examined, mode: Mode, outcome: Outcome) -> Iterator[Answer]:
        asked_for = full.asked_for(examined) if mode == "full" else ""
        if asked_for:
            yield from self._full(examined, asked_for, outcome)
        else:
            yield from self._worded(examined.answer, outcome)

    def _engine(self, answer: Answer, outcome: Outcome, mode: Mode, began: float) -> Answer:
        engine = dict(answer.engine)
        engine["mode"] = mode
        if outcome.asked:
            engine |= {"llm": self.settings.model, "prompt": outcome.prompt}
        if outcome.notes:
            engine["llm_note"] = " ".join(outcome.notes)
        spent = round(answer.latency_ms + (time.perf_counter() - began) * 1000, 1)
        return replace(answer, engine=engine, latency_ms=spent)

    def _gate(self, lang: str, limits: Limits, prompt: Prompt) -> Gate:
        english = self.index.vocabulary.english
        translate: Callable[[str], tuple[str, ...]] = lambda word: english.get(word, ())  # noqa: E731
        return Gate(self._units, lang, limits, translate, self.settings.key, prompt.text)

    # -- mode words -------------------------------------------------------------------------

    def _worded(self, answer: Answer, outcome: Outcome) -> Iterator[Answer]:
        lines = words.lines_of(answer, self._units)
        if not lines or gives_orders(answer.question):
            return
        prompt = load_prompt(f"words.{answer.lang}")
        gate = self._gate(answer.lang, STRICT, prompt)
        outcome.asked, outcome.prompt = True, prompt.label
        until = Deadline(self.settings.timeout_s)
        asked = prompt.fill(
            question=fenced(harmless(answer.question)), lines=fenced(words.told(lines))
        )
        drafting = Drafting(
            lambda text: words.judge(text, lines, gate), lambda text: words.numbered(text, lines)
        )
        for _ in drafting.read(self._connection.stream(asked, until)):
            if not words.lost(drafting.passed, words.begun(drafting.passed, lines), gate):
                yield replace(answer, answer="\n".join(drafting.passed))
        lacking = words.lost(drafting.passed, lines, gate)
        if lacking:
            again = self._repair(answer.lang, words.told(lacking), drafting, until)
            drafting = drafting.again()
            for _ in drafting.read(again):
                if not words.lost(drafting.passed, words.begun(drafting.passed, lines), gate):
                    yield replace(answer, answer="\n".join(drafting.passed))
            if words.lost(drafting.passed, lines, gate):
                raise Unfaithful("the model's words do not carry the answer")
        outcome.answer = replace(answer, answer="\n".join(drafting.passed))

    def _repair(
        self, lang: str, sources: str, drafting: Drafting, until: Deadline
    ) -> Iterator[str]:
        """The model's second try at what failed, with the reasons."""
        told = [
            f"{harmless(split_marks(text)[0])}  ({reason(fault, lang)})"
            for text, fault in drafting.failed[:FAULTS_TOLD]
        ] or [reason("lost", lang)]
        prompt = load_prompt(f"repair.{lang}")
        asked = prompt.fill(sources=fenced(sources), faults=fenced("\n".join(told)))
        return self._connection.stream(asked, until)

    # -- mode full --------------------------------------------------------------------------

    def _full(self, examined: Examined, asked_for: str, outcome: Outcome) -> Iterator[Answer]:
        composed = examined.answer
        lang = composed.lang
        prompt = load_prompt(f"{asked_for}.{lang}")
        gate = self._gate(lang, FREE, prompt)
        question = fenced(harmless(composed.question))
        plans = self.index.by_id()
        taken = int(count_tokens(prompt.text + question) * MARGIN) + self.settings.answer_tokens
        room = self.settings.window - taken
        packed = pack(full.clauses(examined, plans), lang, room)
        if not packed.passages:
            raise NoRoom("no clause fits into the model's window")
        outcome.asked, outcome.prompt = True, prompt.label
        sources = full.Sources.of(packed, plans, self._units)
        until = Deadline(self.settings.timeout_s)
        asked = prompt.fill(question=question, passages=fenced(packed.text))
        drafting = Drafting(lambda text: sources.judge(text, gate))
        for _ in drafting.read(self._connection.stream(asked, until)):
            yield self._cited(composed, drafting.passed, sources)
        dropped = len(drafting.failed)
        if drafting.failed:
            again = self._repair(lang, packed.text, drafting, until)
            drafting = drafting.again()
            for _ in drafting.read(again):
                yield self._cited(composed, drafting.passed, sources)
            dropped = len(drafting.failed)
        if not full.on_matter(drafting.passed, sources, composed) or dropped > len(drafting.passed):
            raise Unfaithful("the model's statements do not answer from the clauses")
        outcome.answer = self._cited(composed, drafting.passed, sources, facts=True)
        notes = []
        if dropped:
            notes.append(say(lang, "llm_shortened", n=dropped))
        if packed.no_room:
            notes.append(say(lang, "llm_left_out", n=len(packed.no_room)))
        outcome.notes = tuple(notes)

    def _cited(
        self, composed: Answer, passed: Sequence[str], sources: full.Sources, facts: bool = False
    ) -> Answer:
        """The statements as an answer, their sources numbered anew in the order they are cited.

        With `facts`, the composed lines whose units and figures they leave out follow them.
        """
        writer = Writer(composed.lang)
        plans = self.index.by_id()
        lines = [split_marks(text) for text in passed]
        told = [(said, [sources.spans[n] for n in marks]) for said, marks in lines]
        if facts:
            told += full.left_out(composed, [said for said, _ in lines], self._units)
        shown = [writer.line(plans, said, spans) for said, spans in told]
        return replace(composed, answer="\n".join(shown), citations=tuple(writer.citations))


def with_model(assistant: Assistant, settings: Settings) -> Fluent:
    """The assistant with the model that the settings name; nothing is loaded before it is asked."""
    return Fluent(assistant, settings, Connection(settings))
