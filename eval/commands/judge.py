"""python -m eval judge RUN: a language model's second opinion on the answers of a run."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.shared import Commands, positive
from index.errors import InputError

if TYPE_CHECKING:
    from eval.judge import Beside


def register(commands: Commands) -> None:
    """Adds `judge`."""
    sub = commands.add("judge", _judge, "a language model's second opinion on a run's answers")
    sub.add_argument("run_folder", type=Path, metavar="RUN", help="folder of a run")
    sub.add_argument(
        "--sample", type=positive, metavar="K", help="answers, taken evenly over the run (all)"
    )
    sub.add_argument("--fresh", action="store_true", help="forget the verdicts that RUN holds")
    sub.add_argument("--held", action="store_true", help="show held questions too")


def _judge(arguments: argparse.Namespace) -> None:
    from tqdm import tqdm

    from eval.gold import spread
    from eval.judge import PREFIX, Judge, beside, judged
    from eval.runs import open_run
    from rag.llm.connection import Connection
    from rag.llm.errors import ModelError
    from rag.llm.settings import settings

    run = open_run(arguments.run_folder)
    named = settings(os.environ, prefix=PREFIX)
    if named is None:
        raise InputError(f"judge needs a model: set {PREFIX}MODEL and {PREFIX}BASE_URL")
    items = spread(run.items, arguments.sample) if arguments.sample else list(run.items)
    judge = Judge(Connection(named))
    asked = judged(judge, run, items, arguments.fresh)
    bar = tqdm(asked, total=len(items), desc="judged", file=sys.stderr, disable=None, leave=False)
    try:
        verdicts = list(bar)
    except ModelError as error:
        raise InputError(f"{error}; what was judged is kept, go on with the same command") from None
    print(f"{run.name}, {len(items)} answers of {run.folder}, judged by {named.model}")
    print(*lines(beside(items, verdicts), arguments.held), sep="\n")


def lines(found: Beside, held: bool = False) -> Iterator[str]:
    """The table, the agreement, and what the two differ on; held questions only counted."""
    from eval.judge import BOTH, RIGHT, UNREAD, WRONG

    yield f"{'':<12}{'judge: right':>14}{'judge: wrong':>14}{'unread':>8}"
    for rule in BOTH:
        n = [found.cells.get((rule, said), 0) for said in (*BOTH, UNREAD)]
        yield f"{f'rule: {rule}':<12}{n[0]:>14}{n[1]:>14}{n[2]:>8}"
    yield f"of one mind on {found.agreed} of the {found.read} that could be read"
    kappa = found.kappa
    if kappa.value is None:
        yield "kappa is not defined: one verdict for everything"
    else:
        ends = kappa.interval
        between = f" ({ends.low:.2f} to {ends.high:.2f})" if ends else ""
        yield f"Cohen's kappa {kappa.value:.2f}{between}: {kappa.word}"
    shown = [(i, v) for i, v in found.differ if held or i.split != "held"]
    for item, verdict in shown:
        rule = RIGHT if item.right else WRONG
        yield ""
        said = f"the rule says {rule}, the judge {verdict.verdict}"
        yield f"{item.gold.id} ({item.gold.type}): {said}"
        yield f"  question  {item.gold.question}"
        yield f"  expected  {item.gold.answer}"
        yield f"  given     {item.response.answer}".replace("\n", "\n            ")
        yield from (f"            ! {fault}" for fault in item.faults)
    if len(found.differ) > len(shown):
        hidden = len(found.differ) - len(shown)
        yield f"\nheld questions they differ on: {hidden}; counted, not shown (--held shows them)"
