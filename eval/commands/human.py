"""python -m eval human sheets | score | agree: people score the answers of runs.

sheets writes a blind sheet for every scorer, and the key; score fills one in, in the terminal;
agree reads them back: how far the scorers agree, what they differ on, and, once that is decided,
how good the systems are and how far the automatic rule can be trusted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.shared import Commands, positive
from index.errors import InputError

if TYPE_CHECKING:
    from eval.human.adjudication import Decision
    from eval.human.outcome import Outcome

LANGS = ("zh", "en")
RESULT = "human.json"


def register(commands: Commands) -> None:
    """Adds `human` with its three commands."""
    group = commands.group("human", "people score answers: blind sheets, terminal, agreement")
    _sheets_options(group)
    sub = group.add("score", _score, "score a sheet in the terminal, one answer at a time")
    sub.add_argument("file", type=Path, metavar="FILE", help="a sheet, .xlsx or .jsonl")
    _lang_option(sub)
    sub = group.add("agree", _agree, "read returned sheets: agreement, differences, final scores")
    sub.add_argument("sheets", nargs="+", type=Path, metavar="DIR|FILE", help="returned sheets")
    sub.add_argument("--key", type=Path, required=True, metavar="key.json", help="as sheets wrote")
    sub.add_argument(
        "--adjudicated", type=Path, metavar="FILE", help="the adjudication sheet, `final` filled in"
    )
    sub.add_argument(
        "--out", type=Path, metavar="DIR", help=f"write {RESULT} and the adjudication sheet"
    )
    sub.add_argument("--held", action="store_true", help="show held questions too")
    _format_option(sub)
    _lang_option(sub)


def _sheets_options(group: Commands) -> None:
    sub = group.add("sheets", _sheets, "write blind scoring sheets of one or several runs")
    sub.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="folder of a run")
    sub.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    sub.add_argument("--scorers", type=positive, metavar="N", help="how many score")
    sub.add_argument("--names", default="", metavar="a,b", help="their names (s1, s2 …)")
    sub.add_argument(
        "--sample", type=positive, metavar="K", help="questions to draw, by type (all)"
    )
    sub.add_argument("--seed", type=int, default=1, metavar="S", help="of the draw (1)")
    sub.add_argument("--reference", action="store_true", help="show all the expected answer")
    sub.add_argument(
        "--reference-for", default="", metavar="a,b", help="show these the expected answer"
    )
    sub.add_argument("--held", action="store_true", help="take held questions too")
    sub.add_argument("--corpus", type=Path, metavar="DIR", help="folder of plan texts, for titles")
    _format_option(sub)
    _lang_option(sub)


def _format_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=("xlsx", "jsonl"), default="xlsx", help="of the sheets (xlsx)"
    )


def _lang_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=LANGS, default="zh", help="language of the words (zh)")


# -- sheets -------------------------------------------------------------------------------


def _sheets(arguments: argparse.Namespace) -> None:
    from eval.human.files import scorer_names, write_sheets
    from eval.human.sheets import draw
    from eval.runs import open_run

    scorers = scorer_names(arguments.scorers, arguments.names)
    named = tuple(n.strip() for n in arguments.reference_for.split(",") if n.strip())
    drawn = draw(
        [open_run(r) for r in arguments.runs],
        scorers,
        sample=arguments.sample,
        seed=arguments.seed,
        held=arguments.held,
        reference=scorers if arguments.reference else named,
        titles=_titles(arguments),
    )
    _held_note(drawn.held, any(e.split == "held" for e in drawn.key.entries))
    paths = write_sheets(arguments.out, drawn, f".{arguments.format}", arguments.lang)
    for path in paths[:-1]:
        print(_said("sheet", arguments, path, len(drawn.key.entries)))
    print(_said("key", arguments, paths[-1]))


def _held_note(left_out: int, taken: bool) -> None:
    if left_out:
        print(f"eval: left out {left_out} held questions (--held takes them)", file=sys.stderr)
    if taken:
        print(
            "eval: held questions are in the sheets; once read they tell nothing any more about "
            "unseen ones",
            file=sys.stderr,
        )


def _titles(arguments: argparse.Namespace) -> dict[str, str]:
    """The plans' titles by id; none where no corpus was named and there is none by default."""
    from index.corpus import load_corpus
    from rag.cli import corpus_folder

    folder = corpus_folder(arguments)
    if not arguments.corpus and not folder.is_dir():
        return {}
    return {plan.id: plan.meta.title.value for plan, _ in load_corpus(folder)}


# -- score --------------------------------------------------------------------------------


def _score(arguments: argparse.Namespace) -> None:
    from eval.human.files import SheetFile
    from eval.human.terminal import score

    score(SheetFile(arguments.file, arguments.lang), sys.stdin, sys.stdout, arguments.lang)


# -- agree --------------------------------------------------------------------------------


def _agree(arguments: argparse.Namespace) -> None:
    from eval.human.adjudication import read_decisions
    from eval.human.console import lines
    from eval.human.key import read_key
    from eval.human.outcome import outcome
    from eval.human.returned import read_returned, sheet_files

    key = read_key(arguments.key)
    returned = read_returned(sheet_files(arguments.sheets), key)
    _refuse(returned.faults, "the returned sheets")
    decisions: dict[str, Decision] = {}
    if arguments.adjudicated:
        decisions, faults = read_decisions(arguments.adjudicated, key, returned)
        _refuse(faults, str(arguments.adjudicated))
    found = outcome(key, returned, decisions)
    # The files first, since the reader of what is printed may close the pipe.
    written = _write(arguments, found) if arguments.out else []
    print(*lines(found, arguments.lang, arguments.held), *written, sep="\n")


def _refuse(faults: Sequence[str], where: str) -> None:
    """Tells every fault on a line of its own, so that all are mended at once."""
    if len(faults) == 1:
        raise InputError(faults[0])
    if faults:
        _tell(f"eval: {fault}" for fault in faults)
        raise InputError(f"{len(faults)} faults in {where}, told above; nothing was computed")


def _tell(texts: Iterable[str]) -> None:
    for text in texts:
        print(text, file=sys.stderr)


def _write(arguments: argparse.Namespace, found: Outcome) -> list[str]:
    """human.json, and the adjudication sheet where there is something left to decide; says so."""
    from eval.human.adjudication import NAME, write_disagreements
    from eval.human.record import to_dict
    from eval.jsonlines import write_whole

    path = arguments.out / RESULT
    write_whole(path, json.dumps(to_dict(found), ensure_ascii=False, indent=1) + "\n")
    said = [str(path)]
    by_id = found.key.by_id
    rows = [r for r in found.differing if arguments.held or by_id[r].split != "held"]
    if arguments.adjudicated or not rows:
        return said
    path = arguments.out / f"{NAME}.{arguments.format}"
    if path.exists():  # it may have been filled in
        return [*said, _said("kept", arguments, path)]
    write_disagreements(path, rows, found.returned, arguments.lang)
    return [*said, _said("decide", arguments, path, len(rows))]


def _said(name: str, arguments: argparse.Namespace, path: Path, n: int = 0) -> str:
    from eval.human.texts import WRITTEN

    return WRITTEN[name].of(arguments.lang).format(path=path, n=n)
