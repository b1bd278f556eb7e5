"""What a file is by its content. The ending decides only between kinds of text.

Officials' files are misnamed all the time: a web page saved as .txt, a docx that lost its ending.
What can be read is read as what it is; what cannot is told in one line with the way out.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from codecs import BOM_UTF8

from index.errors import CorpusError
from index.formats.source import Format
from index.formats.text import UTF16

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
PDF_WITHIN = 1024  # readers accept junk before the header up to here
MARKUP_WITHIN = 4096  # of a page's beginning: comments and blanks may come before its first tag

WORD = "save it as .docx or PDF"
IMAGE = "is a picture; run OCR (文字识别) on it first and save the text as .docx or .txt"
ARCHIVE = "is an archive; unpack it and add the files inside"
# (first bytes, what is said). Order: longer signs before shorter ones.
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"BM\0", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"{\\rtf", f"is an RTF file; {WORD}"),
)
# A member that tells which zip-based format it is.
MEMBERS: tuple[tuple[str, str], ...] = (
    ("OFD.xml", "is an OFD file; save it as PDF or .docx"),
    ("xl/workbook.xml", f"is an Excel workbook; copy its text to Word and {WORD}"),
    ("ppt/presentation.xml", f"is a PowerPoint file; copy its text to Word and {WORD}"),
    ("content.xml", f"is an OpenDocument file; {WORD}"),
)
# Names of streams, in UTF-16, that tell what an OLE container holds.
STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "is protected by a password; remove the password and save it as .docx"),
    ("WordDocument", f"is an old Word or WPS file (.doc, .wps); {WORD}"),
    ("Workbook", f"is an old Excel workbook (.xls); copy its text to Word and {WORD}"),
    ("PowerPoint Document", f"is an old PowerPoint file; copy its text to Word and {WORD}"),
)
HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
MARKED_UP = re.compile(rb"<(?:p|br|div|table|span|h[1-6]|html|body)\b[^<>]{0,500}>", re.IGNORECASE)
MHT = re.compile(rb"^(?:From:[^\n]*\n)?(?:[\w-]+:[^\n]*\n){0,9}MIME-Version:", re.IGNORECASE)
WORD_XML = re.compile(rb"<\?mso-application|<pkg:package|<w:wordDocument")


def kind_of(data: bytes, suffix: str, name: str) -> Format:
    """The format of a file's bytes; `suffix` (lower case, with dot) decides among texts.

    Raises CorpusError naming the file where it is of a kind that is not read.
    """
    if data.startswith(ZIP):
        return _zipped(data, name)
    if data.startswith(OLE):
        raise CorpusError(f"{name} {_ole(data)}")
    if data.lstrip()[:5] == PDF or (suffix == ".pdf" and _is_torn_pdf(data)):
        return "pdf"
    for sign, said in FOREIGN:
        if data.startswith(sign):
            raise CorpusError(f"{name} {said}")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise CorpusError(f"{name} {IMAGE}")
    return _texts(data, suffix, name)


def _is_torn_pdf(data: bytes) -> bool:
    """Whether a file called PDF is one after some junk, or the rest of one."""
    return PDF in data[:PDF_WITHIN] or b"endobj" in data


def _texts(data: bytes, suffix: str, name: str) -> Format:
    head = data[:MARKUP_WITHIN]
    if MHT.match(head.lstrip()):
        raise CorpusError(
            f"{name} is a web archive (.mht); save the page again as HTML only (网页，仅HTML)"
        )
    if head.lstrip().startswith(b"<?xml") and WORD_XML.search(head):
        raise CorpusError(f"{name} is a Word XML file; {WORD}")
    if data.startswith(UTF16):
        narrow = head.replace(b"\0", b"")[2:]  # ASCII signs are read without their other halves
        if _begins_as_page(narrow) or (suffix in HTML_SUFFIXES and MARKED_UP.search(narrow)):
            return "html"
    elif _begins_as_page(head) or (suffix in HTML_SUFFIXES and MARKED_UP.search(data)):
        return "html"
    return "md" if suffix == ".md" else "txt"


HTML_SUFFIXES = (".html", ".htm")


def _begins_as_page(head: bytes) -> bool:
    """Whether the first tag is a web page's; comments and an XML line before it are passed."""
    head = head.removeprefix(BOM_UTF8).lstrip()
    for start, end in ((b"<!--", b"-->"), (b"<?xml", b"?>")) * PASSED:
        if head.startswith(start):
            head = head.partition(end)[2].lstrip()
    return bool(HTML_START.match(head))


PASSED = 8  # comments that may stand before the first tag


def _zipped(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except UNREADABLE_ZIP as error:
        raise CorpusError(damaged(name)) from error
    if any(m.startswith("word/") and m.endswith(".xml") for m in members):
        return "docx"
    for member, said in MEMBERS:
        if member in members:
            raise CorpusError(f"{name} {said}")
    raise CorpusError(f"{name} {ARCHIVE}")


# What zipfile raises for a torn directory, a strange version or a bad offset.
UNREADABLE_ZIP = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error)


def damaged(name: str) -> str:
    """The line for a file that is torn."""
    return f"{name} is cut short or damaged; get the file again, or save it anew as .docx"


def _ole(data: bytes) -> str:
    for stream, said in STREAMS:
        if stream.encode("utf-16-le") in data:
            return said
    return STREAMS[1][1]
