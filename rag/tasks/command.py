"""`tiaowen tasks`: from the options to a table on the terminal or a file."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import InputError
from index.store import Index
from rag.tasks.choose import choose, wanted_text
from rag.tasks.files import csv_text, json_text, write_new
from rag.tasks.options import FORMATS
from rag.tasks.rows import Row, plan_rows

FILES_ONLY = ("xlsx", "docx")
ALL = "all"
WIDTH = 120  # columns of a table that goes to a file or a pipe, where no terminal says its own
NAMED_IDS = 3  # plans whose ids a file's own name holds; more make a name too long to read


def run(index: Index, arguments: argparse.Namespace) -> None:
    """Prints or writes the table. Raises InputError for what cannot be chosen or written."""
    ids = _ids(index, arguments.plans)
    form = _format(arguments.format, arguments.out)
    every = [r for i in ids for r in plan_rows(index.plan(i), index.readings[i])]
    if not every:
        raise InputError(f"{', '.join(ids)}: no clause has a note of who does it")
    rows = choose(every, arguments.unit, arguments.role, arguments.group)
    without = [i for i in ids if i not in {r.plan for r in rows}]
    if without:
        print(f"tiaowen: nothing in: {', '.join(without)}", file=sys.stderr)
    wanted = wanted_text(arguments.unit, arguments.role, arguments.group)
    out: Path | None = arguments.out
    if out is None and form in FILES_ONLY:
        out = Path(f"{_stem(ids, arguments.plans)}-tasks.{form}")
    if out is None:
        sys.stdout.writelines(_printed(rows, form, wanted))
        return
    write_new(out, file_bytes(rows, form, wanted), arguments.force)
    print(f"tiaowen: {len(rows)} tasks written to {out}", file=sys.stderr)


def _ids(index: Index, names: Sequence[str]) -> list[str]:
    if ALL in names:
        return [p.id for p in index.plans]
    return [index.plan(name).id for name in dict.fromkeys(names)]


def _format(named: str | None, out: Path | None) -> str:
    """The format named, else the one of the file's ending, else a table."""
    ending = out.suffix.lower().removeprefix(".") if out else ""
    if named is None:
        if out is None or ending == "txt":
            return "table"
        if ending not in FORMATS:
            raise InputError(f"{out}: which format? --format {' | '.join(FORMATS)}")
        return ending
    if ending in FORMATS and ending != named:
        raise InputError(f"{out} would hold {named}; give it the ending .{named}")
    return named


def _stem(ids: Sequence[str], named: Sequence[str]) -> str:
    if ALL in named:
        return ALL
    return "-".join(ids) if len(ids) <= NAMED_IDS else f"{len(ids)}-plans"


def _printed(rows: Sequence[Row], form: str, wanted: str) -> Iterator[str]:
    from rag.tasks.terminal import table_lines

    if form == "table":
        width = shutil.get_terminal_size((WIDTH, 0)).columns
        yield from (line + "\n" for line in table_lines(rows, width, wanted))
    else:
        yield json_text(rows) if form == "json" else csv_text(rows).replace("\r\n", "\n")


def file_bytes(rows: Sequence[Row], form: str, wanted: str) -> bytes:
    """The table as a file of that format. Raises InputError where its package is missing."""
    if form == "xlsx":
        from rag.tasks.xlsx import xlsx_bytes

        return xlsx_bytes(rows, wanted)
    if form == "docx":
        from rag.tasks.docx import docx_bytes

        return docx_bytes(rows, wanted)
    if form == "csv":
        return csv_text(rows).encode("utf-8")
    if form == "json":
        return json_text(rows).encode("utf-8")
    return "".join(_printed(rows, form, wanted)).encode("utf-8")
