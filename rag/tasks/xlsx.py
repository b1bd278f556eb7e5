"""The task table as an Excel workbook that an office would send on.

Two sheets. 任务分解表: a row a task, with filter, fixed heads, and print set-up (A4 across, as wide
as a page, heads on every page, page numbers). 条文全文: the whole wording, a row a clause, as a row
of a sheet is never higher than 409 points and would hide what goes beyond.

All cells are text: what a spreadsheet would take for a formula is stored as a string and marked so
(quotePrefix). Rows get the height of their wrapped lines: not every program fits it by itself.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rag.tasks.files import FORMULA
from rag.tasks.rows import Row
from rag.tasks.sheet import (
    CONTENT,
    NUMBER,
    PATH,
    SOURCE,
    TABLE,
    TARGETS,
    TASK,
    Column,
    content_text,
    heading,
    not_installed,
    path_text,
    place_columns,
    printable,
    role_columns,
    source_text,
    subtitle,
    task_text,
)
from rag.tasks.terminal import wrap

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

FULL = "条文全文"
MORE = "……（全文见“条文全文”）"
CONTENT_WIDTH, WORDS_WIDTH = 46, 110  # half-width characters
LINE, HIGHEST = 14.0, 409.0  # points: a line of 10-point text, and the highest row there is
SPARE = 6.0  # points above and below the text together
LINES = int((HIGHEST - SPARE) / LINE)
LONGEST = 32_767  # characters of a cell
FONT, TITLE_SIZE, HEAD_SIZE, SIZE = "宋体", 16, 11, 10
HEAD_FILL, BORDER = "DDE5EE", "8C8C8C"
A4 = 9  # the file format's number of the paper
MARGIN = 0.5  # inches: what office printers can still print
HEAD_ROW = 3  # below the title and the line that says what the table holds


def xlsx_bytes(rows: Sequence[Row], wanted: str = "") -> bytes:
    """The workbook. Raises InputError where openpyxl is not installed."""
    try:
        from openpyxl import Workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise not_installed("an Excel file", "openpyxl") from error
    book = Workbook()
    page = book.active
    page.title = TABLE
    columns = _columns(rows)
    cells = [[str(n), *(c.text(r) for c in columns[1:])] for n, r in enumerate(rows, 1)]
    _fill(page, heading(rows), subtitle(rows, wanted), columns, cells)
    columns, cells = _whole(rows)
    _fill(book.create_sheet(FULL), FULL, subtitle(rows, wanted), columns, cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(rows: Sequence[Row]) -> list[Column]:
    return [
        Column(NUMBER, 6, str),
        *place_columns(rows),
        Column(PATH, 18, path_text),
        Column(TASK, 22, task_text),
        Column(CONTENT, CONTENT_WIDTH, _shown),
        *role_columns(rows),
        Column(TARGETS, 22, lambda row: row.targets_label.replace("；", "\n")),
        Column(SOURCE, 15, source_text),
    ]


def _shown(row: Row) -> str:
    """The content as far as a row can show it, and where the rest is."""
    lines = wrap(content_text(row), CONTENT_WIDTH)
    if len(lines) <= LINES:
        return content_text(row)
    return "".join(lines[: LINES - 1]) + MORE


def _whole(rows: Sequence[Row]) -> tuple[list[Column], list[list[str]]]:
    """The sheet of whole texts: number of the task, clause, words; a long one in several rows."""
    places = place_columns(rows)
    columns = [Column(NUMBER, 6, str), *places]
    columns += [Column(SOURCE, 16, str), Column(TASK, 30, str), Column("原文", WORDS_WIDTH, str)]
    cells = []
    for number, row in enumerate(rows, 1):
        for piece in row.pieces:
            for n, part in enumerate(_parts(piece.text)):
                name = piece.name + ("（续）" if n else "")
                place = [c.text(row) for c in places]
                cells.append([str(number), *place, piece.source.label, name, part])
    return columns, cells


def _parts(text: str) -> list[str]:
    """The text in parts that a row can show."""
    lines = wrap(text, WORDS_WIDTH)
    if len(lines) <= LINES:
        return [text]
    return ["".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]


def _fill(
    page: Worksheet, title: str, line: str, columns: Sequence[Column], rows: list[list[str]]
) -> None:
    """Title, the line below it, heads and rows; then how the sheet is seen and printed."""
    from openpyxl import styles
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    last = get_column_letter(len(columns))
    side = styles.Side(style="thin", color=BORDER)
    border = styles.Border(left=side, right=side, top=side, bottom=side)
    for n, (text, size) in enumerate(((title, TITLE_SIZE), (line, SIZE)), 1):
        page.merge_cells(f"A{n}:{last}{n}")
        _put(page.cell(n, 1), text)
        page.cell(n, 1).font = styles.Font(name=FONT, size=size, bold=n == 1)
        page.cell(n, 1).alignment = styles.Alignment("center", "center", wrap_text=True)
    # a long title may take two lines
    page.row_dimensions[1].height, page.row_dimensions[2].height = 44, 20
    middle = styles.Alignment("center", "center", wrap_text=True)
    body = styles.Alignment("left", "center", wrap_text=True)
    for n, column in enumerate(columns, 1):
        cell = page.cell(HEAD_ROW, n)
        _put(cell, column.head)
        cell.font = styles.Font(name=FONT, size=HEAD_SIZE, bold=True)
        cell.fill, cell.border = styles.PatternFill("solid", HEAD_FILL), border
        cell.alignment = middle
        page.column_dimensions[get_column_letter(n)].width = column.width
    font = styles.Font(name=FONT, size=SIZE)
    for number, texts in enumerate(rows, HEAD_ROW + 1):
        for n, text in enumerate(texts, 1):
            cell = page.cell(number, n)
            if n == 1:
                cell.value = int(text)  # a row's number, which sorts as one
            else:
                _put(cell, text)
            cell.font, cell.border = font, border
            cell.alignment = middle if n == 1 else body
        lines = max(len(wrap(t, c.width)) for t, c in zip(texts, columns, strict=True))
        page.row_dimensions[number].height = min(HIGHEST, LINE * lines + SPARE)
    _view(page, columns, f"A{HEAD_ROW}:{last}{HEAD_ROW + max(len(rows), 1)}")


def _put(cell: Any, text: str) -> None:
    """Text as text."""
    text = printable(text)[:LONGEST]
    if text:
        cell.value = text
        cell.data_type = "s"  # openpyxl makes a formula of what begins with =
        cell.number_format = "@"
        cell.quotePrefix = text.startswith(FORMULA)


def _view(page: Worksheet, columns: Sequence[Column], area: str) -> None:
    """What stays in view, the filter, and printing."""
    task = next(n for n, c in enumerate(columns, 1) if c.head == TASK)
    page.freeze_panes = page.cell(HEAD_ROW + 1, task + 1).coordinate
    page.auto_filter.ref = area
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
    margins = page.page_margins
    margins.left = margins.right = margins.top = MARGIN
    margins.bottom, margins.footer = MARGIN + 0.2, MARGIN / 2
