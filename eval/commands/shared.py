"""How a command joins the command line of `python -m eval`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rag.cli import OneLineParser, common_options

if TYPE_CHECKING:
    from rag.assistant import Assistant

Run = Callable[[argparse.Namespace], None]


class Commands:
    """The commands of one parser. A command's module adds its own with `add`."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._sub = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(self, name: str, run: Run, text: str, places: bool = False) -> argparse.ArgumentParser:
        """A command with its line of help; `places` gives it --corpus, --index and --encoder."""
        parents = [common_options()] if places else []
        sub = self._sub.add_parser(name, parents=parents, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    def group(self, name: str, text: str) -> Commands:
        """A command that has commands of its own: python -m eval NAME COMMAND."""
        return Commands(self._sub.add_parser(name, help=text, description=text))


def gold_option(parser: argparse.ArgumentParser) -> None:
    """--gold FILE…, by default all of eval/gold."""
    parser.add_argument(
        "--gold", nargs="+", type=Path, metavar="FILE", help="gold questions (all of eval/gold)"
    )


def beside_option(parser: argparse.ArgumentParser) -> None:
    """--beside DIR INDEX: other plans, on whose gold the query adapter is fitted as well."""
    parser.add_argument(
        "--beside", nargs=2, type=Path, metavar=("DIR", "INDEX"),
        help="a corpus of other plans and its index, on whose gold the query adapter is fitted too",
    )  # fmt: skip


def beside(arguments: argparse.Namespace) -> Assistant:
    """The assistant over the other plans."""
    from rag.cli import open_assistant

    corpus, index = arguments.beside
    return open_assistant(
        argparse.Namespace(**{**vars(arguments), "corpus": corpus, "index": index})
    )


def positive(text: str) -> int:
    """A number of 1 or more, for argparse."""
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


__all__ = ["Commands", "OneLineParser", "beside", "beside_option", "gold_option", "positive"]
