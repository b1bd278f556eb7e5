"""Excel workbooks (xlsx): written safely and to the same bytes each time, read as text.

Cells are text even where they look like a formula (=, +, -, @): they are stored as strings and
marked as such (quotePrefix), so that neither opening nor editing a cell makes it compute. Columns
have the format Text, so that what a person types (15%, 2025-1) stays as typed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import ParseError

from eval.exchange.files import read_bytes, write_bytes
from index.errors import InputError

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]

LONGEST = 32767  # characters of an Excel cell; openpyxl would cut the rest without a word
# What XML 1.0 cannot hold, and the carriage return, which XML readers turn into a line feed.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA = ("=", "+", "-", "@", "\t")
MADE = "2000-01-01T00:00:00Z"  # the same for all: a file tells by its content when it was made
ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can tell
TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
CREATOR = re.compile(rb"(<dc:creator>)[^<]*")
Cell = str | float | None


class Column(NamedTuple):
    """A column: its head, its width in characters, and the format of its numbers."""

    head: str
    width: int
    format: str = "@"


class Sheet(NamedTuple):
    """A sheet: a head row, then rows of as many cells. `marked` rows, from 0, are coloured."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    marked: frozenset[int] = frozenset()


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    """Writes the sheets with a frozen head row, a filter and wrapped lines."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    write_bytes(path, _timeless(buffer.getvalue()))


def _fill(book: Workbook, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    wrap = Alignment(wrap_text=True, vertical="top")
    head, mark = PatternFill("solid", "DDE5EE"), PatternFill("solid", "FBE3DF")
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "B2"
    for n, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(n)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = column.format
        cell = page.cell(1, n)
        _put(cell, column.head)
        cell.font, cell.fill, cell.alignment = Font(bold=True), head, wrap
    for at, row in enumerate(sheet.rows):
        for n, (value, column) in enumerate(zip(row, sheet.columns, strict=True), 1):
            cell = page.cell(at + 2, n)
            _put(cell, value)
            cell.number_format, cell.alignment = column.format, wrap
            if at in sheet.marked:
                cell.fill = mark
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"  # openpyxl makes a formula of what begins with =
        cell.quotePrefix = value.startswith(FORMULA)
    else:
        cell.value = value


def _timeless(data: bytes) -> bytes:
    """The same workbook with fixed times: openpyxl writes the hour into it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = TIMES.sub(rb"\g<1>" + MADE.encode(), content)
                content = CREATOR.sub(rb"\g<1>tiaowen", content)
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            new.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def shown(text: str) -> str:
    """A text for reading: without what a cell cannot hold, and cut where it is too long."""
    plain = UNFIT.sub("", text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def read_sheet(path: Path, title: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The head, and every row that is not blank with its number in the sheet.

    The sheet of that title is read, or the only one. Raises InputError for what is no workbook,
    and for a cell that holds a number, a date or a formula instead of text.
    """
    page = _page(path, title)
    rows = list(_texts(page, path))
    if not rows:
        raise InputError(f"{path} holds an empty sheet")
    (_, head), *rest = rows
    return head, [(n, cells) for n, cells in rest if any(c.strip() for c in cells)]


def _page(path: Path, title: str) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

    data = read_bytes(path)
    broken = (
        zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError,
        OSError, AttributeError, IndexError,
    )  # fmt: skip
    try:
        book = load_workbook(io.BytesIO(data))
    except broken as error:
        raise InputError(f"{path} is no Excel workbook (.xlsx)") from error
    pages = book.worksheets
    found = [p for p in pages if p.title == title] or (pages if len(pages) == 1 else [])
    if not found:
        names = ", ".join(p.title for p in pages) or "none"
        raise InputError(f"{path} has no sheet {title!r}; it has: {names}")
    return found[0]


def _texts(page: Any, path: Path) -> Iterator[tuple[int, list[str]]]:
    for n, row in enumerate(page.iter_rows(), 1):
        for cell in row:
            text = cell.value is None or (isinstance(cell.value, str) and cell.data_type != "f")
            if not text:
                raise InputError(
                    f"{path}: cell {cell.coordinate} holds {str(cell.value)[:40]!r}, which is no "
                    "text; give the cell the format Text and type it again"
                )
        yield n, [cell.value or "" for cell in row]
