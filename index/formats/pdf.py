"""PDF files with a text layer, as text: pages read by PDFium, lines by where characters stand.

`pdf_tables.py` finds ruled tables, `pdf_lines.py` puts the other characters into lines,
`pdf_pages.py` brings both together, `pdf_text.py` undoes the page (running headers, page numbers,
broken lines). Scripts, forms and attachments of a PDF are never opened.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any

from index.errors import CorpusError
from index.formats.limits import MAX_CHARS, MAX_PAGE_CHARS, MAX_PAGES
from index.formats.pdf_lines import Glyph, page_lines
from index.formats.pdf_pages import Page
from index.formats.pdf_tables import MAX_RULES, THIN, rules_of, tables_of
from index.formats.pdf_text import joined

# A page of text has hundreds of characters; a scan has none, or a stamp and a page number.
SCAN_CHARS_PER_PAGE = 20
# Where so many characters have no Unicode value, what can be read is no text.
MAX_BAD_SHARE = 0.2
OCR = "run OCR (文字识别) on it first, or add the Word file it was made from"
# Characters that fonts map to look-alikes of the ones meant: ⼀ (radical) for 一, 﨑 for 崎.
LOOKALIKES = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFB06))
HYPHEN = "\x02"  # what PDFium gives for a hyphen at the end of a line
UPRIGHT = 0.1  # radians from the page's main direction; text more askew is a watermark


def read_pdf(data: bytes, name: str) -> tuple[str, tuple[int, ...]]:
    """The text of a PDF and the offset at which each of its pages begins.

    Raises CorpusError naming the file where it is locked, torn, too long or without a text layer.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (
            pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY,
        )  # fmt: skip
        raise CorpusError(
            f"{name} is protected by a password; save it without one"
            if locked
            else f"{name} is cut short or damaged; get the file again, or print it to PDF anew"
        ) from error
    try:
        if len(document) > MAX_PAGES:
            raise CorpusError(
                f"{name} has {len(document)} pages, more than the {MAX_PAGES} allowed; "
                "add the pages that hold the plan"
            )
        pages = list(_pages(document, name))
    finally:
        document.close()
    return joined(pages)


def _pages(document: Any, name: str) -> Iterator[Page]:
    """The lines of each page. What a page needs is freed before the next one."""
    import pypdfium2

    seen = bad = 0
    scanned = False
    for at in range(len(document)):
        glyphs: list[Glyph] = []
        boxes: list[Box] = []
        shape = (0, 0, 0)
        try:
            page = document[at]
            text = page.get_textpage()
            turn, glyphs = _turned(_printed(text, name, at))
            shape = (round(page.get_width()), round(page.get_height()), turn)
            boxes = [_turned_box(box, turn) for box in _boxes(page)]
            scanned = scanned or (len(glyphs) < SCAN_CHARS_PER_PAGE and _has_picture(page))
            text.close()
            page.close()
        except pypdfium2.PdfiumError:  # a torn page is an empty one; the others can be read
            pass
        seen += sum(1 for g in glyphs if g.char != " ")
        bad += sum(1 for g in glyphs if _is_bad(g.char))
        if seen > MAX_CHARS:
            raise CorpusError(
                f"{name} holds more than the {MAX_CHARS} characters allowed; split it"
            )
        tables, rest = tables_of(*rules_of(boxes), glyphs)
        yield Page(tuple(page_lines(rest, at)), shape, tuple(tables))
    little = seen - bad < SCAN_CHARS_PER_PAGE * len(document) and bad <= seen / 2
    if not seen or (little and scanned):
        raise CorpusError(f"{name} is a scan without a text layer; {OCR}")
    if bad > MAX_BAD_SHARE * seen:
        raise CorpusError(f"{name} has fonts whose characters cannot be told; {OCR}")


Box = tuple[float, float, float, float]  # left, bottom, right, top
Found = tuple[str, float, float, float, float, float]  # character, angle, x, y, width, height


def _printed(text: Any, name: str, page: int) -> list[Found]:
    """The characters of a page with their places, as PDFium has them."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_PAGE_CHARS:
        raise CorpusError(
            f"page {page + 1} of {name} holds {count} characters, more than the {MAX_PAGE_CHARS} "
            f"allowed; print it to PDF anew"
        )
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found: list[Found] = []
    high = ""
    for at in range(count):
        char = chr(min(pdfium.FPDFText_GetUnicode(text, at), 0x10FFFF))
        if "\ud800" <= char <= "\udbff":
            high = char
            continue
        if high:
            whole = (high + char).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            high, char = "", whole[:1]
        if char in "\0\r\n" or pdfium.FPDFText_IsGenerated(text, at):
            continue  # PDFium's own guesses at blanks and line ends
        char = "-" if char == HYPHEN else " " if char.isspace() else char
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        angle = pdfium.FPDFText_GetCharAngle(text, at)
        high_side = abs(box.top - box.bottom)
        found.append((_meant(char), angle, x.value, y.value, box.right - box.left, high_side))
    return found


def _turned(found: list[Found]) -> tuple[int, list[Glyph]]:
    """The characters that run the page's main way, turned so that this is left to right.

    Gives the turn, too: how many quarters, clockwise as PDFium counts, the way is off.
    """
    quarters = [round(a / QUARTER) % 4 if _is_straight(a) else -1 for _, a, *_ in found]
    upright = [q for q in quarters if q >= 0]
    main = max(set(upright), key=upright.count, default=0)
    glyphs = []
    for (char, _, x, y, wide, tall), quarter in zip(found, quarters, strict=True):
        if quarter == main:
            along, high = (tall, wide) if main % 2 else (wide, tall)
            across, up = _turn(x, y, main)
            glyphs.append(Glyph(char, across, across + along, up, high))
    return main, glyphs


def _turn(x: float, y: float, quarters: int) -> tuple[float, float]:
    """A place on the page turned so that the text runs from left to right."""
    return ((x, y), (-y, x), (-x, -y), (y, -x))[quarters]


def _turned_box(box: Box, quarters: int) -> Box:
    return _box(_turn(box[0], box[1], quarters), _turn(box[2], box[3], quarters))


QUARTER = 1.5707963267948966


def _is_straight(angle: float) -> bool:
    return angle >= 0 and abs(angle - round(angle / QUARTER) * QUARTER) < UPRIGHT


def _meant(char: str) -> str:
    """The character meant, where a font maps it to one that looks the same."""
    code = ord(char)
    if any(low <= code <= high for low, high in LOOKALIKES):
        return unicodedata.normalize("NFKC", char)
    return char


def _is_bad(char: str) -> bool:
    return unicodedata.category(char[0]) in ("Cc", "Co", "Cn", "Cs") or char == "\ufffd"


# -- rules --------------------------------------------------------------------------------


def _boxes(page: Any) -> list[Box]:
    """What is drawn on a page as boxes: filled ones, and the straight lines of stroked ones."""
    import pypdfium2.raw as pdfium

    found: list[Box] = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=DRAWN_WITHIN):
        if len(found) > 2 * MAX_RULES:  # a drawing; no table is looked for
            break
        left, bottom, right, top = drawn.get_bounds()
        if min(right - left, top - bottom) <= THIN or drawn.level:
            found.append((left, bottom, right, top))
        else:
            found.extend(_strokes(drawn))
    return found


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=DRAWN_WITHIN)
    return next(iter(pictures), None) is not None


DRAWN_WITHIN = 4  # forms in forms that are looked into


def _strokes(drawn: Any) -> Iterator[Box]:
    """The straight lines of a stroked path, each as a box without thickness."""
    import pypdfium2.raw as pdfium

    mode, stroked = ctypes.c_int(), ctypes.c_int()
    count = pdfium.FPDFPath_CountSegments(drawn)
    pdfium.FPDFPath_GetDrawMode(drawn, mode, stroked)
    if not stroked.value or count > 2 * MAX_RULES:
        return
    matrix = drawn.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = before = (0.0, 0.0)
    for n in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, n)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = matrix.on_point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            first = here
        elif pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            yield _box(before, here)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _box(here, first)
        before = here


def _box(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
