"""export, import: gold, runs and answers in the formats of other tools."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.shared import Commands, gold_option
from eval.gold import Gold, gold_files, read_placed, split_of
from index.errors import InputError

if TYPE_CHECKING:
    from eval.exchange.beir import Written
    from eval.exchange.drafts import Imported
    from eval.exchange.places import Places
    from index.store import Index


def register(commands: Commands) -> None:
    """Adds `export` and `import`, each with a command for every format."""
    _exports(commands.group("export", "hand gold or a run to another tool"))
    _imports(commands.group("import", "take questions or answers from another tool"))


def _exports(commands: Commands) -> None:
    for name, run, text in (
        ("beir", _export_beir, "gold and plans as a BEIR data set"),
        ("autorag", _export_autorag, "gold and plans as AutoRAG's qa and corpus tables"),
    ):
        sub = commands.add(name, run, text, places=True)
        gold_option(sub)
        sub.add_argument("--out", type=Path, required=True, metavar="DIR")
    sub = commands.add("trec", _export_trec, "a run's rankings for trec_eval", places=True)
    sub.add_argument("folder", type=Path, metavar="RUN", help="folder of a run")
    sub.add_argument("--out", type=Path, required=True, metavar="DIR")
    sub = commands.add("ragas", _export_ragas, "a run as a ragas data set", places=True)
    sub.add_argument("folder", type=Path, metavar="RUN", help="folder of a run")
    sub.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl|.parquet|.csv")
    sub = commands.add("xlsx", _export_xlsx, "a run to read, or gold to edit, in Excel")
    sub.add_argument("folder", nargs="?", type=Path, metavar="RUN", help="folder of a run")
    gold_option(sub)
    sub.add_argument("--held", action="store_true", help="write held questions too")
    sub.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="of the sheet of a run (zh)"
    )
    sub.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")


def _imports(commands: Commands) -> None:
    for name, run, text in (
        ("beir", _import_beir, "a BEIR data set as gold (ours) or drafts (foreign)"),
        ("autorag", _import_autorag, "AutoRAG's tables as gold (ours) or drafts (foreign)"),
    ):
        sub = commands.add(name, run, text, places=True)
        sub.add_argument("source", type=Path, metavar="DIR")
        sub.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl")
    sub = commands.add("trec", _import_trec, "a foreign ranking as answers", places=True)
    sub.add_argument("source", type=Path, metavar="RUN.txt")
    sub.add_argument(
        "--corpus-file", type=Path, metavar="FILE", help="BEIR corpus.jsonl of its documents"
    )
    sub.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl")
    sub = commands.add("ragas", _import_ragas, "ragas rows as answers", places=True)
    sub.add_argument("source", type=Path, metavar="FILE.jsonl|.parquet|.csv")
    gold_option(sub)
    sub.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl")
    sub = commands.add("xlsx", _import_xlsx, "gold edited in Excel")
    sub.add_argument("source", type=Path, metavar="FILE.xlsx")
    sub.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl")


# -- export -------------------------------------------------------------------------------


def _export_beir(arguments: argparse.Namespace) -> None:
    from eval.exchange.beir import write_beir

    gold, held = _gold(arguments)
    _tell_set(write_beir(gold, _places(arguments), arguments.out), held, arguments.out)


def _export_autorag(arguments: argparse.Namespace) -> None:
    from eval.exchange.autorag import write_autorag

    gold, held = _gold(arguments)
    _tell_set(write_autorag(gold, _index(arguments), arguments.out), held, arguments.out)


def _tell_set(written: Written, held: int, folder: Path) -> None:
    parts = [
        f"{_many(written.questions, 'question')}{f' ({held} held)' if held else ''}",
        _many(written.documents, "document"),
        _many(written.judgements, "judgement"),
    ]
    left = _many(written.uncovered, "evidence piece")
    print(
        f"{', '.join(parts)} written to {folder}"
        + (f"; {left} in no document" if written.uncovered else "")
    )


def _export_trec(arguments: argparse.Namespace) -> None:
    from eval.exchange.trec import QRELS, RUN, write_trec
    from eval.runs import open_run

    run = open_run(arguments.folder)
    written = write_trec(run, _places(arguments).sources, arguments.out)
    print(
        f"{_many(written.questions, 'question')} written to {arguments.out / RUN} and {QRELS}; "
        f"{written.left_out} left out (no evidence, or retrieval not told)"
    )


def _export_ragas(arguments: argparse.Namespace) -> None:
    from eval.exchange.ragas import write_ragas
    from eval.runs import open_run

    run = open_run(arguments.folder)
    rows = write_ragas(run.items, _places(arguments).sources, arguments.out)
    held = sum(i.split == "held" for i in run.items)
    print(f"{_many(rows, 'row')}{f' ({held} held)' if held else ''} written to {arguments.out}")


def _export_xlsx(arguments: argparse.Namespace) -> None:
    if bool(arguments.folder) == bool(arguments.gold):
        raise InputError("name a run, or gold questions with --gold FILE: one of them")
    if arguments.folder:
        from eval.exchange.tables import write_run_sheet
        from eval.runs import open_run

        run = open_run(arguments.folder)
        rows, left_out = write_run_sheet(run, arguments.out, arguments.held, arguments.lang)
    else:
        from eval.exchange.goldsheet import write_gold_sheet

        placed = list(read_placed(arguments.gold))
        gold = [g for path, g in placed if arguments.held or split_of(path) != "held"]
        rows, left_out = len(gold), len(placed) - len(gold)
        write_gold_sheet(gold, arguments.out)
    left = f"; {left_out} held left out (--held writes them)" if left_out else ""
    print(f"{_many(rows, 'row')} written to {arguments.out}{left}")


# -- import -------------------------------------------------------------------------------


def _import_beir(arguments: argparse.Namespace) -> None:
    from eval.exchange.beir import read_beir

    _take(read_beir(arguments.source, _places(arguments)), arguments.out)


def _import_autorag(arguments: argparse.Namespace) -> None:
    from eval.exchange.autorag import read_autorag

    _take(read_autorag(arguments.source, _places(arguments)), arguments.out)


def _take(found: Imported, path: Path) -> None:
    """Writes what was read and tells what a person has to do with it."""
    if not found.gold and not found.drafts:
        raise InputError("there are no questions with relevant documents; nothing was written")
    found.write(path)
    parts = []
    if found.gold:
        parts.append(_many(len(found.gold), "gold question"))
    if found.drafts:
        bare = sum(not d.record["evidence"] for d in found.drafts)
        parts.append(
            f"{_many(len(found.drafts), 'draft')} ({bare} without evidence in these plans; "
            "gold takes none before type and must are added)"
        )
    left = f"; {found.left_out} left out (no relevant document)" if found.left_out else ""
    print(f"{' and '.join(parts)} written to {path}{left}")


def _import_trec(arguments: argparse.Namespace) -> None:
    from eval.exchange.answers import write_answers
    from eval.exchange.trec import read_trec

    found = read_trec(arguments.source, _places(arguments), arguments.corpus_file)
    write_answers(arguments.out, found.answers)
    print(
        f"rankings of {_many(len(found.answers), 'question')} written to {arguments.out}; "
        f"{found.elsewhere} of {_many(found.documents, 'document')} stand in no plan; "
        "only retrieval can be judged"
    )


def _import_ragas(arguments: argparse.Namespace) -> None:
    from eval.exchange.answers import write_answers
    from eval.exchange.ragas import read_ragas

    found = read_ragas(arguments.source, _places(arguments), lambda: _gold(arguments)[0])
    if not found.answers:
        raise InputError(
            f"{arguments.source}: no row has the id or the words of a question; name its "
            "questions with --gold FILE"
        )
    write_answers(arguments.out, found.answers)
    left = f"; {_many(found.unknown, 'row')} left out (no such question)" if found.unknown else ""
    print(
        f"{_many(len(found.answers), 'answer')} written to {arguments.out}; "
        f"{found.elsewhere} of {_many(found.contexts, 'context')} stand in no plan{left}"
    )


def _import_xlsx(arguments: argparse.Namespace) -> None:
    from eval.exchange.drafts import Imported
    from eval.exchange.goldsheet import read_gold_sheet

    gold = read_gold_sheet(arguments.source)
    if not gold:
        raise InputError(f"{arguments.source} holds no questions")
    Imported(tuple(gold)).write(arguments.out)
    print(f"{_many(len(gold), 'gold question')} written to {arguments.out}")


# -- what they need -----------------------------------------------------------------------


def _gold(arguments: argparse.Namespace) -> tuple[list[Gold], int]:
    """The questions of --gold, and how many of them are held."""
    placed = list(read_placed(arguments.gold or gold_files()))
    if not placed:
        raise InputError("these files hold no questions")
    return [g for _, g in placed], sum(split_of(path) == "held" for path, _ in placed)


def _index(arguments: argparse.Namespace) -> Index:
    from index import store
    from rag.cli import index_folder

    return store.load(index_folder(arguments))


def _places(arguments: argparse.Namespace) -> Places:
    from eval.exchange.places import Places

    return Places.of(_index(arguments))


def _many(n: int, thing: str) -> str:
    """1 row, 2 rows."""
    return f"{n} {thing}{'' if n == 1 else 's'}"
