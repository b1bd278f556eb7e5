"""Excel workbooks (.xlsx): written safely and to the same bytes each time, read as text.

Cells are text even where they look like a formula (=, +, -, @): they are stored as strings and
marked as such (quotePrefix), so that neither opening nor editing a cell makes it compute. Columns
have the format Text, so that what a person types (15%, 2025-1) stays as typed.

A sheet with columns to fill in is a form: their empty cells are yellow, all others are locked
(without a password). No row has a height: programs then fit it to the wrapped lines themselves.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from eval.files import need_columns, read_bytes, write_bytes
from index.errors import InputError

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

LONGEST = 32767  # characters of an Excel cell; openpyxl would cut the rest without a word
FORMULA = ("=", "+", "-", "@", "\t")
MADE = "2000-01-01T00:00:00Z"  # the same for all: a file tells by its content when it was made
ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can tell
TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
CREATOR = re.compile(rb"(<dc:creator>)[^<]*")
HEAD, MARK, FILL, BORDER = "DDE5EE", "FBE3DF", "FFF9DB", "BFBFBF"
ZOOM, A4 = 85, 9  # percent: all columns of a form fit on a wide screen; the file format's number
PICK = "请从下拉列表中选择 Choose from the list"
# What openpyxl lets out of a file that is no workbook, or a broken one.
BROKEN = (zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, OSError,
          AttributeError, EOFError, RuntimeError)  # fmt: skip
GUIDE = "说明 instructions"
Cell = str | float | None


class Column(NamedTuple):
    """A column: what rows read back call it, its head, its width in characters, its format.

    `choices`: the words of its drop-down list, 255 characters with the commas between them at
    most. `fill`: people write in its empty cells.
    """

    name: str
    head: str
    width: int
    format: str = "@"
    choices: tuple[str, ...] = ()
    fill: bool = False


class Sheet(NamedTuple):
    """A head row, then rows of as many cells. `marked` rows, from 0, are coloured.

    The first `frozen` columns stay in view; 0 is for a page of text, which has no filter either.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    marked: frozenset[int] = frozenset()
    frozen: int = 1


class Line(NamedTuple):
    """A row read back: where it stands, for messages, its number, its texts by column."""

    where: str
    number: int
    cells: Mapping[str, str]


def instructions(head: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> Sheet:
    """A page of text on its own tab; `head` gives the head of each column and its width."""
    return Sheet(GUIDE, [Column(text, text, width) for text, width in head], rows, frozen=0)


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    """Writes sheets of texts that are clean (eval.cells), whole or not at all.

    Raises InputError for a text that is too long for a cell.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        _fill(page, sheet, path)
        _view(page, sheet)
    _save(book, path)


def _fill(page: Worksheet, sheet: Sheet, path: Path) -> None:
    from openpyxl import styles

    wrap = styles.Alignment(wrap_text=True, vertical="top")
    side, unlocked = styles.Side(style="thin", color=BORDER), styles.Protection(locked=False)
    border = styles.Border(left=side, right=side, top=side, bottom=side)
    head, mark, fill = (styles.PatternFill("solid", colour) for colour in (HEAD, MARK, FILL))
    for n, column in enumerate(sheet.columns, 1):
        cell = page.cell(1, n)
        _put(cell, column.head, path)
        cell.font, cell.fill = styles.Font(bold=True), head
        cell.alignment, cell.border = wrap, border
        shape = page.column_dimensions[cell.column_letter]
        shape.width, shape.number_format = column.width, column.format
    for number, row in enumerate(sheet.rows, 2):
        for n, (value, column) in enumerate(zip(row, sheet.columns, strict=True), 1):
            cell = page.cell(number, n)
            _put(cell, value, path)
            cell.number_format, cell.alignment, cell.border = column.format, wrap, border
            if number - 2 in sheet.marked:
                cell.fill = mark
            if column.fill and value in ("", None):
                cell.fill, cell.protection = fill, unlocked


def _put(cell: Any, value: Cell, path: Path) -> None:
    """Text as text; an empty one leaves the cell empty."""
    cell.value = None if value == "" else value
    if value and isinstance(value, str):
        if len(value) > LONGEST:
            where = f"{path}: cell {cell.coordinate}"
            raise InputError(f"{where} has {len(value)} characters; a cell holds {LONGEST}")
        cell.data_type = "s"  # openpyxl makes a formula of what begins with =
        cell.quotePrefix = value.startswith(FORMULA)


def _view(page: Worksheet, sheet: Sheet) -> None:
    """What stays in view, the filter, the drop-down lists, and printing on A4 across."""
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    last = max(len(sheet.rows), 1) + 1
    page.freeze_panes = page.cell(2, sheet.frozen + 1).coordinate
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToHeight, page.print_title_rows = 0, "1:1"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.frozen:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    for n, column in enumerate(sheet.columns, 1):
        if column.choices:
            listed = DataValidation("list", f'"{",".join(column.choices)}"', allow_blank=True)
            # elsewhere a word of like meaning may be typed
            listed.showErrorMessage, listed.error = column.fill, PICK
            listed.add(f"{get_column_letter(n)}2:{get_column_letter(n)}{last}")
            page.add_data_validation(listed)
    if any(c.fill for c in sheet.columns):
        page.sheet_view.zoomScale, page.protection.sheet = ZOOM, True
        # In the file format these say what is forbidden: widths, heights and filters are free.
        page.protection.formatColumns = page.protection.formatRows = False
        page.protection.autoFilter = False


def _save(book: Workbook, path: Path) -> None:
    """Writes the workbook with fixed times: openpyxl writes the hour into it."""
    made, fixed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = TIMES.sub(rb"\g<1>" + MADE.encode(), content)
                content = CREATOR.sub(rb"\g<1>tiaowen", content)
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    write_bytes(path, fixed.getvalue())


def read_sheet(
    path: Path, title: str, columns: Sequence[Column], optional: Collection[str] = ()
) -> list[Line]:
    """Every row that is not blank, of the sheet of that title or the only one.

    A column is known by its head, or by its name as the head's first word. Raises InputError for
    what is no workbook, a column that is missing (unless its name is `optional`), unknown or there
    twice, and a cell that holds a number, a date or a formula instead of text.
    """
    _, page = _open(path, title)
    places = _places(page, path, columns, optional)
    lines = []
    for number, row in enumerate(page.iter_rows(min_row=2), 2):
        cells = {name: _text(row[at], path) for name, at in places.items()}
        if any(text.strip() for text in cells.values()):
            lines.append(Line(f"{path}: row {number}", number, cells))
    return lines


def change_row(
    path: Path, title: str, columns: Sequence[Column], number: int, texts: Mapping[str, str]
) -> None:
    """Puts texts, by column, into a row of a workbook; all else stays as it was left.

    Raises InputError as read_sheet does.
    """
    book, page = _open(path, title)
    places = _places(page, path, columns, [c.name for c in columns if c.name not in texts])
    for name, text in texts.items():
        _put(page.cell(number, places[name] + 1), text, path)
    _save(book, path)


def _open(path: Path, title: str) -> tuple[Workbook, Worksheet]:
    """The workbook, and its sheet of that title or its only one."""
    from openpyxl import load_workbook

    data = io.BytesIO(read_bytes(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a damaged file lacks; only its cells are read
            book = load_workbook(data)
    except BROKEN as error:
        raise InputError(f"{path} is no Excel workbook; save it as .xlsx and try again") from error
    pages = {p.title: p for p in book.worksheets}
    if title not in pages and len(pages) != 1:
        raise InputError(f"{path} has no sheet {title!r}; it has: {', '.join(pages) or 'none'}")
    return book, pages[title] if title in pages else book.worksheets[0]


def _places(
    page: Worksheet, path: Path, columns: Sequence[Column], optional: Collection[str]
) -> dict[str, int]:
    """The place, from 0, of each column by its name."""
    known = {text: c.name for c in columns for text in (c.name, " ".join(c.head.split()))}
    places: dict[str, int] = {}
    for at, cell in enumerate(page[1]):
        head = " ".join(_text(cell, path).split())
        name = known.get(head) or known.get(head.partition(" ")[0])
        if head and (name is None or name in places):
            why = "is there twice" if name else "is unknown"
            raise InputError(f"{path}: column {head!r} {why}; keep the columns as they were")
        if name:
            places[name] = at
    need_columns(path, list(places), [c.name for c in columns if c.name not in optional])
    return places


def _text(cell: Any, path: Path) -> str:
    if cell.value is not None and cell.data_type != "s":
        raise InputError(
            f"{path}: cell {cell.coordinate} holds {str(cell.value)[:40]!r}, which is no text; "
            "give the cell the format Text and type it again"
        )
    return cell.value or ""
