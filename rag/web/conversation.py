"""A conversation: turns of question and answer, and how the next turn comes about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.errors import TiaowenError
from rag.answer import Answer
from rag.assistant import MAX_QUESTION, Asks
from rag.llm.settings import Mode
from rag.web.words import Lang, word


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the reason why there is none. Neither: still pending.

    `verdict` is what the reader has said of the answer, "" so far.
    """

    question: str
    answer: Answer | None = None
    error: str = ""
    verdict: str = ""


def next_turn(
    assistant: Asks, text: str, plans: Sequence[str], turns: Sequence[Turn], lang: Lang
) -> Turn:
    """Asks with the answered turns as history. What cannot be asked becomes a turn that says so."""
    question = text.strip()
    if not question:
        return Turn(question, error=word(lang, "empty"))
    if len(question) > MAX_QUESTION:
        # the error says the length; the transcript need not repeat the whole text
        shown = question[:MAX_QUESTION] + "……"
        return Turn(shown, error=word(lang, "too_long", n=len(question), limit=MAX_QUESTION))
    try:
        return Turn(question, assistant.ask(question, plans, history(turns)))
    except TiaowenError as error:
        return Turn(question, error=str(error))


def growing_turns(
    assistant: Streams, text: str, plans: Sequence[str], turns: Sequence[Turn], mode: Mode
) -> Iterator[Turn]:
    """As `next_turn` for a question that can be asked, with a model: the turn as it grows."""
    try:
        for answer in assistant.stream(text.strip(), plans, history(turns), mode):
            yield Turn(text.strip(), answer)
    except TiaowenError as error:
        yield Turn(text.strip(), error=str(error))


class Streams(Protocol):
    """What answers in a model's words: `Fluent`, or a stand-in for tests."""

    def stream(
        self,
        text: str,
        plans: Sequence[str] = (),
        history: Sequence[tuple[str, str]] = (),
        mode: Mode | None = None,
    ) -> Iterator[Answer]:
        """The answer as it grows; raises TiaowenError where it cannot be used."""
        ...


def history(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """The answered turns as (question, answer), oldest first."""
    return [(t.question, t.answer.answer) for t in turns if t.answer]
