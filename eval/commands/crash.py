"""crash: the writer of an index is killed again and again, and the index is looked at."""

from __future__ import annotations

import argparse
import sys

from eval.commands.shared import Commands, positive

KILLS = 200  # some three minutes


def register(commands: Commands) -> None:
    """Adds the command."""
    sub = commands.add("crash", _crash, "kill a writer at random; the index must always answer")
    sub.add_argument("--kills", type=positive, default=KILLS, metavar="N", help="how often")
    sub.add_argument("--seed", type=int, default=0, metavar="N", help="of the random choices")


def _crash(arguments: argparse.Namespace) -> None:
    import tempfile
    from pathlib import Path

    from tqdm import tqdm

    from eval.crash import Outcome, run

    last = Outcome(0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="tiaowen-crash-") as folder:
        steps = run(arguments.kills, Path(folder) / "crash", arguments.seed)
        for outcome in tqdm(steps, total=arguments.kills, unit="kill", file=sys.stderr):
            last = outcome
    print(
        f"killed {last.kills} times, {last.amid} times amid a change, {last.changes} changes done: "
        "the index always opened, held the old state or the new, and answered"
    )
