"""Word files (.docx, .docm) as text: what a reader of the printed page sees, in its order.

A paragraph is a line, with the number Word shows before it; a table is written as tables.py says; a
text box follows the paragraph it hangs on. Left out: headers, footers, footnotes, comments, hidden
and struck-out (tracked) text, and the table of contents, whose headings all come again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.errors import CorpusError
from index.formats.docx_numbering import Numbering
from index.formats.docx_styles import Styles
from index.formats.grid import Raw
from index.formats.limits import MAX_CHARS, MAX_DEPTH
from index.formats.numerals import printed
from index.formats.ooxml import child, local, number, switch, val
from index.formats.package import Package
from index.formats.tables import table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Elements that only hold others; their own name says nothing about the text.
HOLDERS = {
    "body", "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple",
    "r", "drawing", "pict", "object", "dir", "bdo", "ruby", "rubyBase", "Choice", "Fallback",
    "inline", "anchor", "graphic", "graphicData", "wsp", "wgp", "grpSp", "wpc", "txbx", "shape",
    "group", "rect", "roundrect", "oval", "textbox", "shapetype", "oMath", "oMathPara",
    "AlternateContent",
}  # fmt: skip
MATHS = re.compile(r"math$")
SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "",
}  # fmt: skip
CONTENTS = re.compile(r"^toc (?:\d|heading)")  # names of the styles of a table of contents
CIRCLED = re.compile(r"eq\s*\\o\\ac\(\s*[○〇◯]\s*,\s*(\d{1,2})\s*\)", re.IGNORECASE)
BLANKS = re.compile(r"[\r\n\t\v\f]+")


def read_docx(data: bytes, name: str) -> str:
    """The text of a Word file. Raises CorpusError naming the file where it cannot be read."""
    package = Package(data, name)
    body = child(package.body(), "body")
    if body is None:
        raise CorpusError(f"{name} holds no Word text; save it anew as .docx")
    styles = Styles(package.beside("styles"))
    reader = _Reader(styles, Numbering(package.beside("numbering"), styles), name)
    return "\n".join(reader.blocks(body, 0)) + "\n"


class _Reader:
    """Walks the document once, in its order, so that numbers are counted as Word counts them."""

    def __init__(self, styles: Styles, numbering: Numbering, name: str) -> None:
        self._styles, self._numbering, self._name = styles, numbering, name
        self._chars = 0
        self._codes: list[str] = []  # of the fields that are open

    def blocks(self, node: Element, depth: int, in_cell: bool = False) -> Iterator[str]:
        """The lines of everything that stands in `node`."""
        if depth > MAX_DEPTH:
            raise CorpusError(f"{self._name} is nested too deeply; save it anew as .docx")
        carried = ""  # of paragraphs whose end was struck out: they run into the next
        for block in node:
            kind = local(block)
            if kind == "p":
                if self._runs_on(block):
                    carried += self._text(block, depth)
                    continue
                yield from self._paragraph(block, depth, carried, in_cell)
                carried = ""
            elif kind == "tbl":
                yield from self._counted(table_lines(list(self._rows(block, depth))))
            elif kind == "AlternateContent":
                yield from self._alternatives(block, depth, in_cell)
            elif kind in HOLDERS and not _is_contents(block):
                yield from self.blocks(block, depth + 1, in_cell)
        if carried.strip():
            yield carried.strip()

    def _alternatives(self, block: Element, depth: int, in_cell: bool) -> Iterator[str]:
        for way in list(block)[:1]:  # the others say the same for older programs
            yield from self.blocks(way, depth + 1, in_cell)

    def _paragraph(self, node: Element, depth: int, carried: str, in_cell: bool) -> Iterator[str]:
        style = self._styles.of(node)
        if CONTENTS.match(self._styles.name(style)) or self._styles.hides(style):
            return
        boxes: list[Element] = []
        text = (carried + self._text(node, depth, boxes)).strip()
        if text or (in_cell and not self._hidden_mark(node)):
            yield from self._counted([self._numbering.next(node) + text])
        elif not self._hidden_mark(node):
            self._numbering.next(node)  # an empty item has its number, but says nothing
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _counted(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._chars += len(line) + 1
            if self._chars > MAX_CHARS:
                raise CorpusError(
                    f"{self._name} holds more than the {MAX_CHARS} characters allowed; split it"
                )
            if line.strip():
                yield line

    def _text(self, node: Element, depth: int, boxes: list[Element] | None = None) -> str:
        parts: list[str] = []
        self._inline(node, parts, [] if boxes is None else boxes, depth)
        return "".join(parts)

    def _inline(self, node: Element, parts: list[str], boxes: list[Element], depth: int) -> None:
        """Adds what the runs of a paragraph print; text boxes are left for later."""
        if depth > MAX_DEPTH:
            raise CorpusError(f"{self._name} is nested too deeply; save it anew as .docx")
        if local(node) == "r" and self._hidden(node):
            return
        for piece in node:
            kind = local(piece)
            if kind == "t":
                parts.append(BLANKS.sub(" ", piece.text or ""))
            elif kind in SIGNS:
                parts.append(SIGNS[kind])
            elif kind in ("fldChar", "instrText"):
                parts.append(self._field(piece))
            elif kind == "txbxContent":
                boxes.append(piece)
            elif kind == "AlternateContent":
                for way in list(piece)[:1]:
                    self._inline(way, parts, boxes, depth + 1)
            elif kind in HOLDERS or _is_maths(piece):
                self._inline(piece, parts, boxes, depth + 1)

    def _field(self, piece: Element) -> str:
        """What a field prints without a result of its own: a number in a circle (带圈字符)."""
        if local(piece) == "instrText":
            if self._codes:
                self._codes[-1] += piece.text or ""
            return ""
        match val(piece, "fldCharType"):
            case "begin":
                self._codes.append("")
            case "end" if self._codes:
                circled = CIRCLED.search(self._codes.pop())
                return printed(int(circled.group(1)), "decimalEnclosedCircle") if circled else ""
        return ""

    def _hidden(self, run: Element) -> bool:
        own = child(run, "rPr", "vanish")
        if own is not None:
            return switch(own)
        style = val(child(run, "rPr", "rStyle"))
        return self._styles.hides(style) if style else False

    @staticmethod
    def _hidden_mark(paragraph: Element) -> bool:
        return switch(child(paragraph, "pPr", "rPr", "vanish"))

    @staticmethod
    def _runs_on(paragraph: Element) -> bool:
        """Whether the paragraph's end was struck out, or moved away, in a tracked change."""
        mark = child(paragraph, "pPr", "rPr")
        return child(mark, "del") is not None or child(mark, "moveFrom") is not None

    # -- tables ---------------------------------------------------------------------------

    def _rows(self, table: Element, depth: int) -> Iterator[list[Raw]]:
        for row in _within(table, "tr"):
            if child(row, "trPr", "del") is not None or child(row, "trPr", "hidden") is not None:
                continue
            before = number(val(child(row, "trPr", "gridBefore")), 0)
            cells = [Raw("", before)] if before > 0 else []
            for cell in _within(row, "tc"):
                if child(cell, "tcPr", "cellDel") is None:
                    cells.append(self._cell(cell, depth))
            yield cells

    def _cell(self, cell: Element, depth: int) -> Raw:
        lines = self.blocks(cell, depth + 3, in_cell=True)
        text = "\n".join(filter(None, (line.strip() for line in lines)))
        merge = child(cell, "tcPr", "vMerge")
        goes_on = merge is not None and val(merge) in ("", "continue")
        wide = number(val(child(cell, "tcPr", "gridSpan")), 1)
        return Raw(text, max(1, wide), 0 if goes_on else 1)


def _within(node: Element, name: str) -> Iterator[Element]:
    """Rows of a table, or cells of a row, those in content controls too."""
    for piece in node:
        kind = local(piece)
        if kind == name:
            yield piece
        elif kind in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _within(piece, name)


def _is_contents(node: Element) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = val(child(node, "sdtPr", "docPartObj", "docPartGallery"))
    return gallery.lower() == "table of contents"


def _is_maths(node: Element) -> bool:
    space = str(node.tag).rpartition("}")[0]
    return bool(MATHS.search(space)) and not local(node).endswith("Pr")
