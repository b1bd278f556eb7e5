"""bench, readme: what the project says of itself, measured."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.commands.shared import Commands, gold_option, positive
from eval.gold import gold_files
from index.errors import InputError

README = Path(__file__).resolve().parents[2] / "README.md"
RUNS = 5  # whole processes measured; the median of five settles to a few hundredths of a second


def register(commands: Commands) -> None:
    """Adds the commands."""
    sub = commands.add("bench", _bench, "measure speed and memory", places=True)
    gold_option(sub)
    sub.add_argument("--runs", type=positive, default=RUNS, metavar="N", help="processes measured")
    sub.add_argument("--out", type=Path, metavar="FILE", help="write the result as JSON")
    sub.add_argument(
        "--plans",
        nargs="+",
        type=positive,
        default=(),
        metavar="N",
        help="measure instead how it grows, over made corpora of so many plans",
    )
    sub = commands.add("readme", _readme, "rewrite the measured tables of README.md")
    sub.add_argument("runs", type=Path, metavar="RUNS", help="folder of: run --system all")
    sub.add_argument("--bench", type=Path, metavar="FILE", help="a result of bench, for the speed")
    sub.add_argument("--readme", type=Path, default=README, metavar="FILE", help="another README")


def _bench(arguments: argparse.Namespace) -> None:
    if arguments.plans:
        _scale(arguments)
        return
    from eval.bench import measure, save

    result = measure(arguments, arguments.gold or gold_files(), arguments.runs)
    print(*result.lines(), sep="\n")
    if arguments.out:
        save(result, arguments.out)


def _scale(arguments: argparse.Namespace) -> None:
    from eval.scale import grow, table

    if arguments.out:
        raise InputError("--out is for bench without --plans")
    sizes = []
    for size in grow(arguments, arguments.gold or gold_files(), arguments.plans):
        sizes.append(size)
        print(*list(table(sizes))[0 if len(sizes) == 1 else -1 :], sep="\n", flush=True)


def _readme(arguments: argparse.Namespace) -> None:
    from eval.bench import load
    from eval.readme import rewrite
    from eval.runs import open_run, run_folders

    bench = load(arguments.bench) if arguments.bench else None
    runs = [open_run(folder) for folder in run_folders(arguments.runs)]
    rewrite(arguments.readme, runs, bench)
