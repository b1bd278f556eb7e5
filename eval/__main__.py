"""python -m eval score | readme | bench. Exit codes as everywhere: 0 done, 2 wrong use or bad
input, 3 no or unusable index. A low score is a result, not an error: it exits with 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.gold import ONE_PLAN, TYPES, gold_files
from index.errors import InputError, TiaowenError
from rag.cli import OneLineParser, common_options, open_assistant

if TYPE_CHECKING:
    from eval.score import Mark

README = Path(__file__).resolve().parent.parent / "README.md"
RUNS = 5  # whole processes measured; the median of five settles to a few hundredths of a second


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except TiaowenError as error:
        print(f"eval: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"eval: {error.strerror or error}{where}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("eval: interrupted", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    common = common_options()
    common.add_argument(
        "--gold", nargs="+", type=Path, metavar="FILE", help="gold questions (all of eval/gold)"
    )
    parser = OneLineParser(prog="python -m eval", description="Score answers and measure speed.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    sub = command("score", _score, "ask the gold questions and print the score by type")
    sub.add_argument(
        "--types", default="all", metavar="T,…", help="single (one plan, in Chinese), all, or types"
    )
    sub.add_argument("--out", type=Path, metavar="FILE", help="write every answer as JSON Lines")
    sub.add_argument(
        "-v", dest="verbose", action="count", default=0, help="print the failures (-vv: held too)"
    )
    sub = command("readme", _readme, "rewrite the measured table of README.md")
    sub.add_argument("--bench", type=Path, metavar="FILE", help="a result of bench, for the speed")
    sub.add_argument("--readme", type=Path, default=README, metavar="FILE", help="another README")
    sub = command("bench", _bench, "measure speed and memory")
    sub.add_argument("--runs", type=_positive, default=RUNS, metavar="N", help="processes measured")
    sub.add_argument("--out", type=Path, metavar="FILE", help="write the result as JSON")
    return parser


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of runs; give 1 or more")
    return int(text)


def types_of(text: str) -> tuple[str, ...]:
    """The question types that --types names. Raises InputError for an unknown one."""
    if text in ("single", "all"):
        return ONE_PLAN if text == "single" else TYPES
    names = tuple(text.split(","))
    for name in names:
        if name not in TYPES:
            raise InputError(f"unknown type {name!r}; there are: single, all, {', '.join(TYPES)}")
    return names


def _marks(arguments: argparse.Namespace, types: Sequence[str]) -> list[Mark]:
    from tqdm import tqdm

    from eval.score import load, score

    questions = load(arguments.gold or gold_files(), types)
    assistant = open_assistant(arguments)
    sources = {p.id: p.source for p in assistant.index.plans}
    bar = tqdm(questions, unit="question", file=sys.stderr, disable=None, leave=False)
    return list(score(bar, assistant.ask, sources))


def _score(arguments: argparse.Namespace) -> None:
    from eval.score import failures, table

    marks = _marks(arguments, types_of(arguments.types))
    if arguments.out:
        lines = (json.dumps(m.to_dict(), ensure_ascii=False) + "\n" for m in marks)
        arguments.out.write_text("".join(lines), "utf-8")
    print(*table(marks), sep="\n")
    if arguments.verbose:
        print(*failures(marks, held=arguments.verbose > 1), sep="\n")


def _readme(arguments: argparse.Namespace) -> None:
    from eval.bench import load
    from eval.readme import rewrite

    bench = load(arguments.bench) if arguments.bench else None
    rewrite(arguments.readme, _marks(arguments, TYPES), bench)


def _bench(arguments: argparse.Namespace) -> None:
    from eval.bench import measure, save

    result = measure(arguments, arguments.gold or gold_files(), arguments.runs)
    print(*result.lines(), sep="\n")
    if arguments.out:
        save(result, arguments.out)


if __name__ == "__main__":
    sys.exit(main())
