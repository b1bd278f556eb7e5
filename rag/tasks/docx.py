"""The task table as a Word document: A4 across, the table's heads on every page, page numbers.

A task whose note holds for several items has a line for each, with the units beside all of them
in cells joined downwards, as offices set such tables. The fonts are those of official papers
(GB/T 9704: 仿宋 for text), named for East Asian characters, so that any machine that has them
takes them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rag.tasks.rows import Piece, Row
from rag.tasks.sheet import (
    CONTENT,
    NUMBER,
    PATH,
    SOURCE,
    TARGETS,
    TASK,
    Column,
    heading,
    not_installed,
    path_text,
    place_columns,
    printable,
    role_columns,
    subtitle,
    task_text,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row

TITLE_FONT, FONT, LATIN = "宋体", "仿宋", "Times New Roman"
TITLE_SIZE, HEAD_SIZE, SIZE = 18, 10.5, 10  # points
PAGE = (29.7, 21.0)  # centimetres: A4 across
MARGIN = 1.8
HEAD_FILL = "DDE5EE"
WHOLE_CHARS = 500  # a line of the table with more text may break: it fills most of a page


def docx_bytes(rows: Sequence[Row], wanted: str = "") -> bytes:
    """The document. Raises InputError where python-docx is not installed."""
    try:
        from docx import Document
    except ImportError as error:
        raise not_installed("a Word file", "python-docx") from error
    paper = Document()
    _set_page(paper)
    _heading(paper, heading(rows), subtitle(rows, wanted))
    _table(paper, rows)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_page(paper: Document) -> None:
    """Paper, margins, the font of all text, and the footer with the page's number."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Cm(side) for side in PAGE)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(SIZE)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in ("第 ", "PAGE", " 页，共 ", "NUMPAGES", " 页"):
        run = foot.add_run("" if piece.isupper() else piece)
        if piece.isupper():
            _field(run, piece)


def _field(run: Any, code: str) -> None:
    """A field that the program which opens the document fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def _heading(paper: Document, title: str, line: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for text, size, font in ((title, TITLE_SIZE, TITLE_FONT), (line, SIZE, FONT)):
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(SIZE / 2)
        run = paragraph.add_run(printable(text))
        run.font.size, run.font.bold = Pt(size), size == TITLE_SIZE
        run.font.name = LATIN
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


# -- the table ----------------------------------------------------------------------------


def _columns(rows: Sequence[Row]) -> list[Column]:
    """The columns; those of a piece's own words take their text from the piece instead."""
    return [
        Column(NUMBER, 8, str),
        *place_columns(rows),
        Column(PATH, 18, path_text),
        Column(TASK, 20, task_text),
        Column(CONTENT, 54, str),
        *role_columns(rows),
        Column(TARGETS, 18, str),
        Column(SOURCE, 17, str),
    ]


def _table(paper: Document, rows: Sequence[Row]) -> None:
    from docx.shared import Cm

    columns = _columns(rows)
    table = paper.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    total = sum(c.width for c in columns)
    widths = [Cm((PAGE[0] - 2 * MARGIN) * c.width / total) for c in columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _heads(table, columns)
    for number, row in enumerate(rows, 1):
        _row(table, columns, number, row)
    for line in table.rows:
        for cell, width in zip(line._tr.tc_lst, widths, strict=True):
            cell.width = width


def _heads(table: Table, columns: Sequence[Column]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        _write(cell, column.head, bold=True, centred=True)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), HEAD_FILL)
        cell._tc.get_or_add_tcPr().append(shade)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _row(table: Table, columns: Sequence[Column], number: int, row: Row) -> None:
    """The lines of one task, the cells that hold for all of them joined downwards."""
    lines = [_line(table, piece) for piece in row.pieces]
    for n, column in enumerate(columns):
        if column.head in (CONTENT, TARGETS, SOURCE):
            for cells, piece in zip(lines, row.pieces, strict=True):
                _piece_cell(cells[n], column.head, row, piece)
            continue
        cell = lines[0][n].merge(lines[-1][n]) if len(lines) > 1 else lines[0][n]
        text = str(number) if column.head == NUMBER else column.text(row)
        _write(cell, text, centred=column.head == NUMBER)


def _line(table: Table, piece: Piece) -> tuple[_Cell, ...]:
    """A new line's cells; it is kept on one page if it is not too long for that."""
    from docx.oxml import OxmlElement

    line: _Row = table.add_row()  # type: ignore[no-untyped-call]
    if len(piece.text) <= WHOLE_CHARS:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return line.cells


def _piece_cell(cell: _Cell, head: str, row: Row, piece: Piece) -> None:
    if head == SOURCE:
        _write(cell, piece.source.label)
    elif head == TARGETS:
        _write(cell, "；".join(row.targets_of(piece)))
    elif piece is row.task or not piece.titled:
        _write(cell, piece.rest if piece is row.task else piece.text)
    else:
        _write(cell, piece.name, bold=True)
        for line in piece.body.split("\n") if piece.body else ():
            cell.add_paragraph(printable(line))


def _write(cell: _Cell, text: str, bold: bool = False, centred: bool = False) -> None:
    """Text into an empty cell, a paragraph a line."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for n, line in enumerate(printable(text).split("\n")):
        paragraph = cell.add_paragraph() if n else cell.paragraphs[0]
        paragraph.add_run(line).bold = bold
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
