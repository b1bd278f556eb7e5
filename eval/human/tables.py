"""Tables that people fill in: as a workbook (.xlsx) or as JSON Lines (.jsonl).

A workbook has an instructions tab and a scores tab: headers in both languages, the cells to fill
in yellow with drop-down lists, all others locked (without a password). Every text is stored as
text, whatever it begins with, so that nothing in it is run as a formula.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from eval.human.words import NOTES_TAB, NOTHING, PICK, SCORES_TAB, Words, width
from eval.jsonlines import numbered, write_lines
from index.errors import InputError

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

SUFFIXES = (".xlsx", ".jsonl")
# With one of these a spreadsheet takes what is typed, or read from a CSV, for a formula.
FORMULA = ("=", "+", "-", "@", "\t")
LINE = 15.0  # points, of a line of text
TALLEST = 409.0  # points, the most that Excel gives a row
NOTES_WIDTH = 110  # characters of the instructions tab
YELLOW, GREY = "FFF9DB", "E7E6E6"
ZOOM = 85  # percent: all columns of a sheet fit on a wide screen
A4 = 9


class Column(NamedTuple):
    """A column: its field in JSON Lines, its header, its width in characters.

    `fill`: people write here. `choices` are the words of its drop-down list, () for free text.
    """

    field: str
    header: Words
    width: int
    fill: bool = False
    choices: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line read back: where it stands, for messages, its row number, and its texts by field."""

    where: str
    number: int
    cells: Mapping[str, str]


def write_table(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    notes: Sequence[str],
) -> None:
    """Writes the rows, a text for every column, whole or not at all. `notes` go on their own tab.

    The suffix of `path` tells the format; JSON Lines has no place for notes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if _suffix(path) == ".jsonl":
        write_lines(path, (dict(zip((c.field for c in columns), r, strict=True)) for r in rows))
        return
    from openpyxl import Workbook

    book = Workbook()
    _notes(book.active, notes)
    _scores(book.create_sheet(SCORES_TAB), columns, [list(r) for r in rows])
    save_book(book, path)


def read_table(path: Path, columns: Sequence[Column], optional: Iterable[str] = ()) -> list[Line]:
    """The lines of a table with exactly these columns, of which `optional` fields may lack.

    Raises InputError for a file that cannot be read and for a missing or unknown column.
    """
    if _suffix(path) == ".jsonl":
        return list(_json_lines(path, columns, frozenset(optional)))
    sheet = scores_tab(load_book(path), path)
    fields = header_fields(sheet, path, columns, optional)
    lines = []
    for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
        texts = {f: _text(cells[n - 1]) for f, n in fields.items()}
        if any(t.strip() for t in texts.values()):
            lines.append(Line(f"{path.name} row {number}", number, texts))
    return lines


# -- workbooks ----------------------------------------------------------------------------


def load_book(path: Path) -> Workbook:
    """The workbook. Raises InputError where the file is none."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

    try:
        return load_workbook(path)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except (InvalidFileException, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is no .xlsx workbook; save it as .xlsx and try again") from error


def save_book(book: Workbook, path: Path) -> None:
    """Writes a workbook so that a reader sees the old one or the new one."""
    new = path.with_name(f".{path.name}.new")
    book.save(new)
    new.replace(path)


def scores_tab(book: Workbook, path: Path) -> Worksheet:
    if SCORES_TAB not in book.sheetnames:
        raise InputError(f"{path} has no tab {SCORES_TAB!r}; hand back the sheet as it was given")
    return book[SCORES_TAB]


def header_fields(
    sheet: Worksheet, path: Path, columns: Sequence[Column], optional: Iterable[str] = ()
) -> dict[str, int]:
    """The number, from 1, of each field's column."""
    known = {c.header.both: c.field for c in columns}
    found: dict[str, int] = {}
    for number, cell in enumerate(sheet[1], 1):
        header = " ".join(_text(cell.value).split())
        if header and (header not in known or known[header] in found):
            why = "stands twice" if header in known else "is unknown"
            raise InputError(f"{path}: column {header!r} {why}; columns may not be added")
        if header:
            found[known[header]] = number
    _all_there(path.name, found, columns, frozenset(optional))
    return found


def put_text(cell: Any, text: str) -> None:
    """Writes a text as text, never as a formula, a number or a date."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA)  # it stays text when somebody edits the cell


def _notes(sheet: Worksheet, notes: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]

    sheet.title = NOTES_TAB
    sheet.column_dimensions["A"].width = NOTES_WIDTH
    for number, text in enumerate(notes, 1):
        cell = sheet.cell(number, 1)
        put_text(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if text and not text[0].isdigit() and not text.startswith(" "):
            cell.font = Font(bold=True, size=13)
        sheet.row_dimensions[number].height = _height([(text, NOTES_WIDTH)]) + 3


def _scores(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.styles import (
        Alignment,
        Border,
        Font,
        PatternFill,
        Protection,
        Side,
    )

    wrapped = Alignment(wrap_text=True, vertical="top")
    thin = Side(style="thin", color="BFBFBF")
    lines = Border(left=thin, right=thin, top=thin, bottom=thin)
    yellow, grey = PatternFill("solid", fgColor=YELLOW), PatternFill("solid", fgColor=GREY)
    for n, column in enumerate(columns, 1):
        head = sheet.cell(1, n)
        put_text(head, f"{column.header.zh}\n{column.header.en}")
        head.font, head.fill, head.border = Font(bold=True), grey, lines
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[head.column_letter].width = column.width
    for number, texts in enumerate(rows, 2):
        for n, (column, text) in enumerate(zip(columns, texts, strict=True), 1):
            cell = sheet.cell(number, n)
            if text:
                put_text(cell, text)
            cell.alignment, cell.border = wrapped, lines
            if column.fill and text != NOTHING:
                cell.fill, cell.protection = yellow, Protection(locked=False)
        told = [(t, c.width) for t, c in zip(texts, columns, strict=True)]
        sheet.row_dimensions[number].height = _height(told)
    _lists(sheet, columns, len(rows))
    _view(sheet)


def _lists(sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
    """The drop-down lists of the columns that have choices."""
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    for n, column in enumerate(columns, 1):
        if not column.choices:
            continue
        allowed = DataValidation(
            type="list",
            formula1='"{}"'.format(",".join(column.choices)),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=column.header.both,
            error=f"{PICK.both}: {' '.join(column.choices)}",
        )
        letter = get_column_letter(n)
        allowed.add(f"{letter}2:{letter}{max(rows, 1) + 1}")
        sheet.add_data_validation(allowed)


def _view(sheet: Worksheet) -> None:
    """Header row and id stay in view; locked but for the yellow cells; prints on A4 across."""
    sheet.freeze_panes = "B2"
    sheet.sheet_view.zoomScale = ZOOM
    sheet.auto_filter.ref = sheet.dimensions
    sheet.protection.sheet = True
    # In the file format these say what is forbidden: widths, heights and filters are left free.
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """Points that a row needs to show all its texts, each wrapped to its width."""
    lines = max(
        sum(max(1, ceil(width(part) / columns)) for part in text.split("\n"))
        for text, columns in texts
    )
    return min(TALLEST, LINE * lines + 3)


def _text(value: object) -> str:
    return "" if value is None else str(value)


# -- JSON Lines ---------------------------------------------------------------------------


def _json_lines(path: Path, columns: Sequence[Column], optional: frozenset[str]) -> Iterable[Line]:
    known = [c.field for c in columns]
    for number, record in numbered(path):
        where = f"{path.name}:{number}"
        if unknown := [f for f in record if f not in known]:
            raise InputError(f"{where}: unknown field {unknown[0]!r}")
        _all_there(where, record, columns, optional)
        for field, value in record.items():
            if not isinstance(value, str):
                raise InputError(f"{where}: field {field!r} is no text (got {value!r})")
        yield Line(where, number, record)


def _all_there(
    where: str, found: Iterable[str], columns: Sequence[Column], optional: frozenset[str]
) -> None:
    there = set(found)
    for column in columns:
        if column.field not in there | optional:
            raise InputError(
                f"{where}: {column.field!r} ({column.header.both}) is missing; hand back the "
                "sheet with all its columns"
            )


def _suffix(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path} is neither .xlsx nor .jsonl; save the sheet as .xlsx")
    return path.suffix.lower()
