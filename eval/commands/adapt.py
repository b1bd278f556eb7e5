"""adapt: the query adapter, fitted on questions with the passages that answer them."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.commands.shared import Commands, beside, beside_option, gold_option
from eval.gold import refuse_held

WHERE = Path(__file__).resolve().parents[2] / "index" / "data" / "adapter.npz"


def register(commands: Commands) -> None:
    """Adds the command."""
    sub = commands.add(
        "adapt", _adapt, "fit how questions are turned towards passages", places=True
    )
    gold_option(sub)
    beside_option(sub)
    sub.add_argument("--out", type=Path, default=WHERE, metavar="FILE", help="where to write it")


def _adapt(arguments: argparse.Namespace) -> None:
    from eval.adapting import fit, nearest_right, training_files, training_task
    from rag.cli import open_assistant

    asked = arguments.gold or training_files()
    refuse_held(asked)
    tasks = [training_task(open_assistant(arguments), asked)]
    if arguments.beside:
        tasks.append(training_task(beside(arguments), training_files("other")))
    adapter = fit(tasks)
    for task in tasks:
        before, after = nearest_right(task, None), nearest_right(task, adapter)
        print(
            f"{len(task.examples)} questions, {len(task.passages)} passages: the right one is "
            f"nearest to {100 * before:.0f} % of the questions fitted on before, "
            f"{100 * after:.0f} % after"
        )
    adapter.write(arguments.out)
    print(f"written: {arguments.out}")
