"""What happens on the Ask page, without Gradio: a question becomes a turn, a click shows a clause.

A conversation is a tuple of turns in the reader's own session. Of earlier ones the browser keeps
the questions only; opened again they are asked again, of the plans as they are now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from rag.assistant import MAX_QUESTION
from rag.feedback import VERDICTS, Feedback
from rag.llm.connection import Connection
from rag.llm.fluent import Fluent
from rag.llm.settings import Mode, Settings
from rag.web import panel, render
from rag.web.conversation import Turn, growing_turns, history, next_turn
from rag.web.examples import examples
from rag.web.sent import number
from rag.web.site import Site
from rag.web.words import Lang

SHOWN_BY = 12  # plans that examples are made of; with more the page would be slow to appear
KEPT = 30  # earlier conversations kept in the browser, each of at most so many questions
Turns = tuple[Turn, ...]
Past = list[dict[str, Any]]


class Shown(NamedTuple):
    """What stands beside the conversation: a citation of a turn, or a clause walked to."""

    turn: int = -1
    n: int = 0
    plan: str = ""
    clause: str = ""


NOTHING = Shown()


class View(NamedTuple):
    """The page after something happened: conversation, side, state, and the question box."""

    chat: str
    side: str
    turns: Turns
    shown: Shown
    box: str = ""


class Asking:
    """The Ask page of a site; keeps nothing of anyone's conversation."""

    def __init__(self, site: Site, feedback: Feedback, model: Settings | None = None) -> None:
        self._site = site
        self.model = model
        self._connection = Connection(model) if model else None
        self._feedback = feedback
        self._examples: dict[tuple[str, Lang], tuple[str, ...]] = {}

    def examples(self, lang: Lang) -> tuple[str, ...]:
        """Example questions; asked when first needed, which takes a second and warms up all."""
        assistant = self._site.assistant
        key = self._site.serving, lang
        if key not in self._examples:
            few = tuple(islice(assistant.index.by_id().values(), SHOWN_BY))
            self._examples = {key: examples(assistant, few, lang)}
        return self._examples[key]

    def view(self, turns: Turns, lang: Lang, shown: Shown, box: str = "") -> View:
        """The conversation and what stands beside it."""
        plans = self._site.plans
        if not turns:
            chat = render.welcome(self.examples(lang), len(plans), lang)
        else:
            chat = render.transcript(turns, lang, shown[:2])
        return View(chat, panel.panel(plans, turns, lang, shown), turns, shown, box)

    def ask(
        self, text: str, chosen: Sequence[str], turns: Turns, lang: Lang, mode: Mode = "off"
    ) -> Iterator[View]:
        """First the question alone, then with its answer; the box is emptied at once.

        With a model the answer grows by the statements that have passed.
        """
        if not text.strip():
            turns = tuple(t for t in turns if t.question)  # say it once, however often one clicks
        else:
            pending = self.view((*turns, Turn(text.strip())), lang, NOTHING)
            yield pending._replace(turns=turns)
        if mode != "off" and 0 < len(text.strip()) <= MAX_QUESTION:
            yield from self._growing(text, chosen, turns, lang, mode)
        else:
            yield self._asked(text, chosen, turns, lang)

    def _growing(
        self, text: str, chosen: Sequence[str], turns: Turns, lang: Lang, mode: Mode
    ) -> Iterator[View]:
        """The page with each statement that passed; the answer is kept when it is whole."""
        if self.model is None or self._connection is None:
            yield self._asked(text, chosen, turns, lang)
            return
        fluent = Fluent(self._site.assistant, self.model, self._connection)
        there = [p for p in chosen if p in self._site.plans]
        last = None
        for turn in growing_turns(fluent, text, there, turns, mode):
            if last:
                yield self._shown((*turns, last), lang)._replace(turns=turns)
            last = turn
        if last:
            yield self._shown((*turns, last), lang)

    def _asked(self, text: str, chosen: Sequence[str], turns: Turns, lang: Lang) -> View:
        known = self._site.plans
        there = [p for p in chosen if p in known]
        turn = next_turn(self._site.assistant, text, there, turns, lang)
        return self._shown((*turns, turn), lang)

    def _shown(self, turns: Turns, lang: Lang) -> View:
        """The conversation with the last answer's first source beside it."""
        answer = turns[-1].answer
        first = answer.citations[0].n if answer and answer.citations else 0
        return self.view(turns, lang, Shown(len(turns) - 1, first))

    def select(self, turns: Turns, lang: Lang, shown: Shown, data: Mapping[str, Any]) -> View:
        """Another citation, or a clause of the outline; what the browser sends may not exist."""
        at, n = number(data.get("turn")), number(data.get("n"))
        answer = turns[at].answer if 0 <= at < len(turns) else None
        plan = self._site.plans.get(str(data.get("plan")))
        if plan is not None and any(c.id == data.get("clause") for c in plan.clauses):
            shown = shown._replace(plan=plan.id, clause=str(data["clause"]))
        elif answer and any(c.n == n for c in answer.citations):
            shown = Shown(at, n)
        return self.view(turns, lang, shown)

    def offered(self, turns: Turns, lang: Lang, data: Mapping[str, Any]) -> str:
        """The example or the choice that was clicked as a question, or nothing."""
        at, n = number(data.get("turn")), number(data.get("choice"))
        if 0 <= at < len(turns) and n >= 0:
            answer = turns[at].answer
            choices = answer.choices if answer else ()
            return choices[n].question if n < len(choices) else ""
        known, n = self.examples(lang), number(data.get("example"))
        return known[n] if 0 <= n < len(known) else ""

    def say(
        self, turns: Turns, lang: Lang, shown: Shown, chosen: Sequence[str], data: Mapping[str, Any]
    ) -> View:
        """Keeps what the reader says of an answer. Raises InputError where it cannot be kept."""
        at = number(data.get("turn"))
        answer = turns[at].answer if 0 <= at < len(turns) else None
        verdict = next((v for v in VERDICTS if v == data.get("say")), None)
        if answer is not None and verdict is not None:
            settings = {"page": lang, "plans": list(chosen), "index": self._site.serving}
            remark = str(data.get("text") or "")
            self._feedback.keep(verdict, answer, remark, history(turns[:at]), settings)
            said = Turn(turns[at].question, answer, verdict=verdict)
            turns = (*turns[:at], said, *turns[at + 1 :])
        return self.view(turns, lang, shown)

    def again(self, questions: Sequence[str], chosen: Sequence[str], lang: Lang) -> View:
        """An earlier conversation, asked again."""
        view = self.view((), lang, NOTHING)
        for question in questions[:KEPT]:
            view = self._asked(str(question), chosen, view.turns, lang)
        return view


# -- earlier conversations, as the browser keeps them --------------------------------------


def remembered(past: Past, key: str, turns: Turns, chosen: Sequence[str]) -> Past:
    """The earlier conversations with this one, the newest first; `key` tells it from others."""
    questions = [t.question for t in turns if t.answer][:KEPT]
    others = [p for p in _sound(past) if p["key"] != key]
    if not questions:
        return others
    return [{"key": key, "questions": questions, "plans": list(chosen)}, *others][:KEPT]


def labels(past: Past) -> list[tuple[str, str]]:
    """Choices of a list: the first question and how many follow, and the conversation's key."""
    found = []
    for one in _sound(past):
        more = len(one["questions"]) - 1
        found.append(
            (one["questions"][0][:LABEL_CHARS] + (f"（+{more}）" if more else ""), one["key"])
        )
    return found


LABEL_CHARS = 40


def recalled(past: Past, key: str) -> tuple[list[str], list[str]]:
    """The questions and the chosen plans of an earlier conversation; nothing where it is gone."""
    one = next((p for p in _sound(past) if p["key"] == key), None)
    return (one["questions"], one["plans"]) if one else ([], [])


def _sound(past: object) -> Past:
    """What of it is as it was written; a browser's store can hold anything."""
    if not isinstance(past, list):
        return []
    return [
        p
        for p in past
        if isinstance(p, dict)
        and isinstance(p.get("key"), str)
        and _texts(p.get("questions"))
        and isinstance(p.get("plans"), list)
        and p["questions"]
    ]


def _texts(raw: object) -> bool:
    return isinstance(raw, list) and all(isinstance(t, str) for t in raw)
