"""Plan files made for the tests: Word packages from XML, so that every case can be written down."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**targets: str) -> str:
    rows = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def package(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def docx(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A Word file of a body's inner XML, with definitions of numbering and styles if given."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(numbering="numbering.xml", styles="styles.xml"),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {SPACES}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {SPACES}>{styles}</w:styles>"
    return package(parts)


def run(text: str, properties: str = "") -> str:
    made = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{made}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(text: str = "", properties: str = "", inner: str = "") -> str:
    made = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{made}{run(text) if text else ''}{inner}</w:p>"


def item(text: str, level: int = 0, numbered: int = 1) -> str:
    """A paragraph of a list."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbered}"/></w:numPr>'
    return para(text, listed)


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a definition, number and text not apart."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(levels: Iterable[str], ident: int = 1, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{ident}">{more}{"".join(levels)}</w:abstractNum>'


def listing(ident: int = 1, defined: int = 1, more: str = "") -> str:
    return f'<w:num w:numId="{ident}"><w:abstractNumId w:val="{defined}"/>{more}</w:num>'


def cell(*texts: str, wide: int = 1, merge: str | None = None) -> str:
    span = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
    down = "" if merge is None else f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    inner = "".join(para(t) for t in texts) or "<w:p/>"
    return f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{inner}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(r) + '</w:tr>' for r in rows)}</w:tbl>"


# -- PDF ----------------------------------------------------------------------------------

A4 = (595.0, 842.0)
MARGIN, SIZE, PITCH = 72.0, 16.0, 28.0
NOT_FIRST = "，。；：、！？）〕》”"


def pdf(draw: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF of what `draw` does with reportlab's canvas; the type is a Chinese one."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return data.getvalue()


def wrapped(text: str, indent: int = 2) -> list[str]:
    """A paragraph's printed lines: two characters in, no mark at the beginning of a line."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines, line = [], "\u3000" * indent
    for char in text:
        full = stringWidth(line + char, "STSong-Light", SIZE) > A4[0] - 2 * MARGIN
        if full and char not in NOT_FIRST:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def pdf_of(text: str, header: str = "", numbers: str = "— {} —", indent: int = 2) -> bytes:
    """A text as a printed document: wrapped paragraphs, a header and a number on each page."""

    def draw(canvas: Any) -> None:
        page, y = 0, 0.0
        paragraphs = [wrapped(line, indent) for line in text.split("\n") if line.strip()]
        for line in (line for paragraph in paragraphs for line in paragraph):
            if y < MARGIN + PITCH:
                if page:
                    canvas.showPage()
                page, y = page + 1, A4[1] - MARGIN
                canvas.setFont("STSong-Light", 10)
                canvas.drawString(MARGIN, A4[1] - 40, header)
                canvas.drawCentredString(A4[0] / 2, 40, numbers.format(page))
                canvas.setFont("STSong-Light", SIZE)
            shift = len(line) - len(line.lstrip("\u3000"))
            canvas.drawString(MARGIN + shift * SIZE, y, line[shift:])
            y -= PITCH

    return pdf(draw)
