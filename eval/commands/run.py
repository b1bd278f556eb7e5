"""run, score: gold questions asked of one or several systems."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.shared import Commands, gold_option
from eval.gold import ONE_PLAN, TYPES, Gold, gold_files, read_placed, split_of
from index.errors import InputError

if TYPE_CHECKING:
    from eval.runs import Item
    from eval.systems.base import System
    from rag.assistant import Assistant
    from rag.llm.settings import Settings

Asked = list[tuple[str, Gold]]


def register(commands: Commands) -> None:
    """Adds the commands."""
    sub = commands.add("run", _run, "ask gold questions and keep answers and scores", places=True)
    _options(sub)
    sub.add_argument(
        "--system", nargs="+", action="extend", metavar="NAME",
        help="default, bm25, dense, vanilla, vanilla-llm, no-tree, no-duties, no-reranker, "
        "no-check, all, or answers:FILE",
    )  # fmt: skip
    sub.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the run")
    sub.add_argument(
        "--llm", metavar="MODE",
        help="words or full: the default system with the model that TIAOWEN_LLM_MODEL names, "
        "as a system default-MODE; off if not given",
    )  # fmt: skip
    sub.add_argument("--fresh", action="store_true", help="forget what DIR holds of this run")
    sub = commands.add("score", _score, "ask the default system and print the score", places=True)
    _options(sub)
    sub.add_argument(
        "-v", dest="verbose", action="count", default=0, help="print the failures (-vv: held too)"
    )


def _options(sub: argparse.ArgumentParser) -> None:
    gold_option(sub)
    sub.add_argument(
        "--types", default="all", metavar="T,…", help="single (one plan, in Chinese), all, or types"
    )
    sub.add_argument(
        "--skip-stale", action="store_true", help="leave out questions whose evidence is gone"
    )


def types_of(text: str) -> tuple[str, ...]:
    """The question types that --types names. Raises InputError for an unknown one."""
    if text in ("single", "all"):
        return ONE_PLAN if text == "single" else TYPES
    names = tuple(text.split(","))
    for name in names:
        if name not in TYPES:
            raise InputError(f"unknown type {name!r}; there are: single, all, {', '.join(TYPES)}")
    return names


def read(files: Sequence[Path], types: Sequence[str]) -> Asked:
    """(split, question) of the files for these types.

    Raises InputError for a faulty file, and where there is no question of these types.
    """
    found = [(split_of(path), gold) for path, gold in read_placed(files) if gold.type in types]
    if not found:
        raise InputError(f"no gold questions of type {', '.join(types)} in these files")
    return found


def with_evidence(asked: Asked, sources: Mapping[str, str], skip_stale: bool = False) -> Asked:
    """The questions whose evidence stands in the plans.

    Raises InputError where some does not unless `skip_stale`, and where no question is left.
    """
    from eval.check import without_evidence

    stale = without_evidence((gold for _, gold in asked), sources)
    if stale and not skip_stale:
        raise InputError(
            f"{len(stale)} questions have evidence that stands in no plan ({stale[0]} first); "
            "see python -m eval check, or leave them out with --skip-stale"
        )
    if stale:
        print(f"eval: {len(stale)} questions left out, their evidence is gone", file=sys.stderr)
    found = [(split, gold) for split, gold in asked if gold.id not in set(stale)]
    if not found:
        raise InputError("no question is left: the evidence of all stands in no plan")
    return found


def sources_of(assistant: Assistant) -> dict[str, str]:
    """The plans' texts by id."""
    return {p.id: p.source for p in assistant.index.plans}


def _run(arguments: argparse.Namespace) -> None:
    from eval import runner
    from eval.summary import table
    from eval.systems import catalog
    from rag.cli import open_assistant

    # All that can be wrong with what was named is found before an index is opened or built.
    files = arguments.gold or gold_files()
    names = catalog.names(arguments.system or ["default"])
    llm = _llm(arguments.llm)
    asked = read(files, types_of(arguments.types))
    assistant = open_assistant(arguments)
    sources = sources_of(assistant)
    asked = with_evidence(asked, sources, arguments.skip_stale)
    for system in _made(names, assistant, llm):
        folder = arguments.out if len(names) == 1 else arguments.out / system.name
        if arguments.fresh:
            runner.forget(folder)
        head = runner.head_of(system, asked, files, assistant.index.corpus)
        result = runner.run(system, asked, folder, head, sources)
        print(f"== {system.name}: {folder}", *table(result.items), "", sep="\n")


def _llm(mode: str | None) -> Settings | None:
    """The model to measure in a mode; none unless a mode is given, whatever the environment says,
    so that a score does not depend on who asks for it."""
    from rag.llm.settings import settings

    named = settings(os.environ, mode) if mode else None
    return None if named is None or named.mode == "off" else named


def _made(names: Iterable[str], assistant: Assistant, llm: Settings | None) -> Iterator[System]:
    """The systems, each made when its turn comes: some encode the plans anew."""
    from eval.systems import catalog, tiaowen

    for name in names:
        if name == "default" and llm:
            yield tiaowen.fluent(assistant, llm)
        else:
            yield catalog.make(name, assistant, assistant.encoder)


def _score(arguments: argparse.Namespace) -> None:
    from tqdm import tqdm

    from eval.runner import ask_all
    from eval.summary import table
    from eval.systems.tiaowen import Tiaowen
    from rag.cli import open_assistant

    asked = read(arguments.gold or gold_files(), types_of(arguments.types))
    assistant = open_assistant(arguments)
    asked = with_evidence(asked, sources_of(assistant), arguments.skip_stale)
    bar = tqdm(asked, unit="question", file=sys.stderr, disable=None, leave=False)
    items = list(ask_all(Tiaowen(assistant), bar, sources_of(assistant)))
    print(*table(items), sep="\n")
    if arguments.verbose:
        print(*failures(items, held=arguments.verbose > 1), sep="\n")


def failures(items: Iterable[Item], held: bool = False) -> Iterator[str]:
    """What went wrong, question by question; of held questions only if `held`.

    A held question that has been looked at no longer tells how well unseen ones are answered.
    """
    hidden = 0
    for item in items:
        if item.right and item.scores.get("verbatim", 1) == 1:
            continue
        if item.split == "held" and not held:
            hidden += 1
            continue
        got = item.response.answer.replace("\n", "\n            ")
        yield f"\n{item.gold.id} ({item.gold.type})"
        yield f"  question  {item.gold.question}"
        yield f"  expected  {item.gold.answer}"
        yield f"  got       {got}"
        yield f"  faults    {'; '.join(item.faults) or '-'}"
        if item.scores.get("verbatim", 1) < 1:
            yield "  quotes    not all verbatim"
    if hidden:
        yield f"\nheld questions that failed: {hidden}; scored, not looked at (-vv shows them)"
