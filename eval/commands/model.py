"""python -m eval model: the modes with a language model, measured with a real small one.

The same questions are asked without a model and in mode words; then some are asked to explain, in
mode full, and every statement shown is held against what it cites once more, by other code than
the gate's: its numbers and unit names must stand in the cited quotes. The models are poor on
purpose: what remains after the check must be right all the same.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.shared import Commands, gold_option, positive
from eval.model_server import MODELS, serving
from index.errors import InputError

if TYPE_CHECKING:
    from eval.runs import Run
    from rag.answer import Answer
    from rag.assistant import Assistant
    from rag.llm.fluent import Fluent

QUESTIONS = 40  # asked in each mode: some ten minutes on two cores
EXPLAINED = 6
NUMBER = re.compile(r"\d+(?:\.\d+)?")
MARK = re.compile(r"\[(\d{1,4})\]")


def register(commands: Commands) -> None:
    """Adds `model`."""
    sub = commands.add(
        "model", _model, "measure the modes with a language model, with a real small one",
        places=True,
    )  # fmt: skip
    gold_option(sub)
    sub.add_argument("--size", choices=tuple(MODELS), default="1.5b", help="of the model (1.5b)")
    sub.add_argument(
        "--questions", type=positive, default=QUESTIONS, metavar="N", help=f"asked ({QUESTIONS})"
    )
    sub.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the runs")


def _model(arguments: argparse.Namespace) -> None:
    from eval.commands.run import read, sources_of
    from eval.gold import TYPES, gold_files, spread
    from eval.runner import head_of, run
    from eval.systems import tiaowen
    from rag.cli import corpus_folder, open_assistant
    from rag.llm.fluent import with_model
    from rag.llm.settings import Settings

    files = arguments.gold or [f for f in gold_files() if ".held" not in f.name]
    assistant = open_assistant(arguments)
    sources = sources_of(assistant)
    asked = spread(read(files, TYPES), arguments.questions)
    corpus = corpus_folder(arguments)
    model = MODELS[arguments.size]
    with serving(model) as base:
        settings = Settings(model.name, base)
        systems = (tiaowen.Tiaowen(assistant), tiaowen.fluent(assistant, settings))
        runs = []
        for system in systems:
            folder = arguments.out / system.name
            head = head_of(system, asked, files, str(corpus))
            runs.append(run(system, asked, folder, head, sources))
        print(*table(runs), sep="\n")
        told, wrong = explained(with_model(assistant, settings), assistant)
    print(f"mode full: {told} statements shown for {EXPLAINED} questions, {len(wrong)} with a")
    print("number or unit that their citations do not hold")
    print(*wrong, sep="\n")
    if wrong:
        raise InputError("a statement was shown that its citations do not carry")


def table(runs: Sequence[Run]) -> Iterator[str]:
    """How many were right in each run, what turned, and whether every quote is verbatim."""
    from eval.statistics import mcnemar, wilson
    from eval.summary import quotes

    for run in runs:
        right = sum(i.right for i in run.items)
        low, high = wilson(right, len(run.items))
        cited, whole = quotes(run.items)
        yield (
            f"{run.name:16} {right} of {len(run.items)} right ({low:.0%}-{high:.0%}), "
            f"{whole} of {cited} quotes verbatim"
        )
    before, after = ({i.gold.id: i.right for i in run.items} for run in runs[:2])
    lost = [n for n, right in before.items() if right and not after[n]]
    won = [n for n, right in before.items() if not right and after[n]]
    p = mcnemar(len(lost), len(won))
    yield f"turned wrong: {', '.join(lost) or 'none'}; turned right: {', '.join(won) or 'none'}"
    yield f"McNemar p = {p:.2f}"


def explained(fluent: Fluent, assistant: Assistant) -> tuple[int, list[str]]:
    """Statements shown to questions that ask why, and those that their citations do not hold."""
    shown, wrong = 0, []
    for question in islice(whys(assistant), EXPLAINED):
        *_, answer = fluent.stream(question, mode="full")
        for line in answer.answer.split("\n"):
            if not MARK.search(line):
                continue
            shown += 1
            fault = unheld(line, answer, assistant)
            if fault:
                wrong.append(f"{question}: {fault}: {line}")
    return shown, wrong


def whys(assistant: Assistant) -> Iterator[str]:
    """A question for an explanation of an action of each plan in turn."""
    for plan in assistant.index.by_id().values():
        titled = [c.title for c in plan.clauses if c.title and c.duty_source == "own"]
        for title in titled[:2]:
            yield f"{plan.name}为什么要{title}"


def unheld(line: str, answer: Answer, assistant: Assistant) -> str:
    """The number or unit of a line that the quotes it cites do not hold, or ""."""
    from rag.check import squeeze

    marks = {int(n) for n in MARK.findall(line)}
    quotes = [c.quote + "".join(c.path) for c in answer.citations if c.n in marks]
    held = squeeze("\n".join(quotes))
    said = MARK.sub("", line)
    for number in NUMBER.findall(said):
        if number not in NUMBER.findall(held):
            return f"number {number}"
    for unit in assistant.index.held_index().words("unit"):
        if len(unit) > 2 and unit in said and squeeze(unit) not in held:
            return f"unit {unit}"
    return ""
