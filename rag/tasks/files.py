"""The task table as json and csv, complete, and writing a file without overwriting one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.plan import ROLE_ZH
from rag.tasks.rows import Piece, Row, Source
from rag.tasks.sheet import NUMBER, PATH, PLACE, TARGETS, TASK, units_text

# What a spreadsheet computes, or takes for the beginning of what it computes, if a cell of a csv
# file begins with it (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # without it Excel reads a csv file in the system's encoding


def json_text(rows: Sequence[Row]) -> str:
    """All rows with everything known of them, as one JSON list."""
    return json.dumps([row_dict(r) for r in rows], ensure_ascii=False, indent=2) + "\n"


def row_dict(row: Row) -> dict[str, Any]:
    """A row as JSON data."""
    return {
        "plan": row.plan,
        "place": row.place,
        "title": row.title,
        "clause": row.task.clause,
        "path": list(row.path),
        "task": row.task.name,
        "text": row.text,
        "items": [_piece(p) for p in row.items],
        "units": {s.role: {"units": list(s.units), "open": s.open} for s in row.shares},
        "figures": [
            {"clause": t.clause, "phrase": t.phrase, **asdict(t.figure)} for t in row.targets
        ],
        "source": _source(row.task.source),
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "clause": piece.clause,
        "task": piece.name,
        "text": piece.text,
        "source": _source(piece.source),
    }


def _source(source: Source) -> dict[str, Any]:
    return asdict(source)


def csv_text(rows: Sequence[Row]) -> str:
    """All rows as csv for Excel: UTF-8 with a BOM; a column for every role there is, so that
    files of different plans have the same columns. Cells that look like formulas are made text
    by an apostrophe before them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    items, text = "包含事项", "任务全文"
    heads = [NUMBER, "方案", PLACE, "标题", "条目", PATH, TASK, items, text]
    writer.writerow([*heads, *ROLE_ZH.values(), TARGETS, "文件", "页", "条号"])
    for number, row in enumerate(rows, 1):
        source = row.task.source
        cells = [
            *(str(number), row.plan, row.place, row.title, row.task.clause),
            *(" › ".join(row.path), row.task.name),
            *("\n".join(p.name for p in row.items), row.text),
            *(units_text(role)(row) for role in ROLE_ZH),
            *(row.targets_label, source.file, str(source.page or ""), source.number),
        ]
        writer.writerow([plain(c) for c in cells])
    return BOM + out.getvalue()


def plain(cell: str) -> str:
    """The cell's text, with an apostrophe before it where a spreadsheet would compute it."""
    return "'" + cell if cell.startswith(FORMULA) else cell


def write_new(path: Path, data: bytes, force: bool) -> None:
    """Writes a file whole or not at all. Raises InputError where it is there and not `force`d."""
    if path.exists() and not force:
        raise InputError(f"{path} is already there; write over it with --force, or choose --out")
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(f"cannot write {path}: no such folder, or a folder itself")
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)
