"""Files of drafts: JSON Lines, or a sheet (.xlsx) for people who decide in a spreadsheet program.

In the sheet a draft is a row; how a cell holds a field is told in eval.cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.cells import FIELDS, SYNTAX, SYNTAX_HEAD, from_cells, shield, to_cells, unshield
from eval.gold import TYPES
from eval.growing.draft import NOTES, Draft, from_json, to_json
from eval.jsonlines import numbered, write_lines
from eval.workbook import Column, Sheet, instructions, read_sheet, write_workbook
from index.errors import InputError

SHEET = "drafts"
FROZEN = 4  # columns that stay in view: id, decision, type, question
CHOICES = {"decision": ("accept", "drop", "采用", "弃"), "type": TYPES}
GUIDE = (
    ("decision 决定", "accept / 采用：收入试题；drop / 弃：不要；空：以后再定",
     "accept: takes the question; drop: leaves it; empty: not decided yet"),
    *SYNTAX,
)  # fmt: skip


def _columns() -> tuple[Column, ...]:
    """What is decided first, what it is decided on, then the rest."""
    known = {f.name: (f.zh, f.width) for f in FIELDS} | {
        "decision": ("决定", 10), "path": ("所在条款", 28), "why": ("为何建议", 28),
        "clause": ("条款编号", 16),
    }  # fmt: skip
    order = ("id", "decision", "type", "question", "answer", "must", "must_not", "evidence",
             "path", "why", "doc", "lang", "history", "note", "clause")  # fmt: skip
    return tuple(
        Column(name, f"{name} {zh}", width, choices=CHOICES.get(name, ()))
        for name in order
        for zh, width in (known[name],)
    )


COLUMNS = _columns()


def read_drafts(path: Path) -> list[Draft]:
    """The drafts of a .jsonl or .xlsx file, in order.

    Raises InputError for a file of another sort, or naming the record that is no draft.
    """
    if path.suffix == ".xlsx":
        return [
            Draft(from_cells(line.cells, line.where), **{n: unshield(line.cells[n]) for n in NOTES})
            for line in read_sheet(path, SHEET, COLUMNS)
        ]
    if path.suffix != ".jsonl":
        raise InputError(f"{path}: drafts are .jsonl or .xlsx files")
    return [from_json(data, f"{path}:{n}") for n, data in numbered(path)]


def write_drafts(path: Path, drafts: Sequence[Draft]) -> None:
    """Writes drafts as .jsonl or .xlsx by the name's ending, whole or not at all."""
    if path.suffix == ".xlsx":
        rows = [_row(draft, f"{path}: draft {n}") for n, draft in enumerate(drafts, 1)]
        sheet = Sheet(SHEET, COLUMNS, rows, frozen=FROZEN)
        write_workbook(path, [sheet, instructions(SYNTAX_HEAD, GUIDE)])
    elif path.suffix == ".jsonl":
        write_lines(path, map(to_json, drafts))
    else:
        raise InputError(f"{path}: drafts are written as .jsonl or .xlsx")


def _row(draft: Draft, where: str) -> list[str]:
    cells = to_cells(draft.record, where) | {n: shield(getattr(draft, n)) for n in NOTES}
    return [cells[c.name] for c in COLUMNS]
