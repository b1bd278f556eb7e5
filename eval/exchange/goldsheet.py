"""Gold questions as an Excel sheet, for people who do not write JSON; it comes back exactly.

Every field of the gold format is a column; how a cell holds it is told in eval.cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.cells import FIELDS, SYNTAX, SYNTAX_HEAD, from_cells, to_cells
from eval.exchange.drafts import once
from eval.gold import Gold, from_record, to_record
from eval.workbook import Column, Sheet, instructions, read_sheet, write_workbook

TITLE = "gold"
COLUMNS = tuple(Column(f.name, f"{f.name} {f.zh}", f.width) for f in FIELDS)
OPTIONAL = tuple(f.name for f in FIELDS if f.optional)
HELP = (*SYNTAX, ("", "读回：python -m eval import xlsx FILE --out gold.jsonl",
                  "to read it back: python -m eval import xlsx FILE --out gold.jsonl"))  # fmt: skip


def write_gold_sheet(gold: Sequence[Gold], path: Path) -> None:
    """Writes the questions with a second sheet that says how to edit them.

    Raises InputError for a question that is longer than a cell can be.
    """
    rows = [list(to_cells(to_record(g), f"question {g.id!r}").values()) for g in gold]
    write_workbook(path, [Sheet(TITLE, COLUMNS, rows), instructions(SYNTAX_HEAD, HELP)])


def read_gold_sheet(path: Path) -> list[Gold]:
    """The questions of a sheet. Raises InputError naming the row or column that is wrong."""
    lines = read_sheet(path, TITLE, COLUMNS, OPTIONAL)
    gold = [from_record(from_cells(line.cells, line.where), line.where) for line in lines]
    once((g.id for g in gold), path)
    return gold
