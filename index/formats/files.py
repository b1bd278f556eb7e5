"""Reading a plan file: the one door through which files come in.

A file is read by what it is (`kinds`), within the limits of `limits`. Whatever is wrong with it
ends as a CorpusError, one line that names the file and says what to do.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from index.errors import CorpusError
from index.formats.kinds import kind_of
from index.formats.limits import MAX_CHARS, MAX_FILE_BYTES, MIB, NAME_CHARS
from index.formats.source import Source
from index.formats.text import decode

# The endings of plan files in a corpus folder. A web archive (.mht) holds mail, not a page.
SUFFIXES = (".txt", ".md", ".docx", ".pdf", ".html", ".htm")
SURROGATES = re.compile("[\ud800-\udfff]")


def read_source(path: Path) -> Source:
    """Reads a plan file of any format into its stored text.

    Raises CorpusError, one line naming the file, for whatever cannot be read.
    """
    return read_bytes(load(path), path.suffix, shown(path.name))


def load(path: Path) -> bytes:
    """The bytes of a file. Raises CorpusError where there is none, it is shut or too large."""
    name = shown(path.name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CorpusError(f"{name} is not a file; name a plan file")
        if status.st_size > MAX_FILE_BYTES:
            raise CorpusError(
                f"{name} has {status.st_size // MIB} MB, more than the {MAX_FILE_BYTES // MIB} "
                "allowed; take its pictures out or split it"
            )
        return path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{name} cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the path
        raise CorpusError(f"{name} is no name of a file; rename it") from error


def read_bytes(data: bytes, suffix: str, name: str) -> Source:
    """`read_source` of bytes that are at hand; `name` is told in errors, one line long."""
    suffix = suffix.lower()
    if not data.strip():
        raise CorpusError(f"{name} is empty; remove it or put the plan's text there")
    kind = kind_of(data, suffix, name)
    if kind == "docx":
        from index.formats.docx import read_docx

        source = Source(read_docx(data, name), (), kind)
    elif kind == "pdf":
        from index.formats.pdf import read_pdf

        source = Source(*read_pdf(data, name), kind)
    elif kind == "html":
        from index.formats.webpage import read_page

        source = Source(read_page(data, name), (), kind)
    else:
        text = decode(data, name)
        if kind == "md":
            from index.formats.markdown import unmarked

            text = unmarked(text)
        source = Source(text, (), kind)
    return _checked(source, name)


def _checked(source: Source, name: str) -> Source:
    """The source, if it can be stored: no half characters, no more than can be handled."""
    text = SURROGATES.sub("\ufffd", source.text)  # one for one, so that offsets stand
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0"):
        raise CorpusError(f"{name} holds no text; save the plan's words as .docx or .txt")
    if len(text) > MAX_CHARS:
        raise CorpusError(
            f"{name} holds {len(text)} characters, more than the {MAX_CHARS} allowed; split it"
        )
    return Source(text, source.pages, source.format)


def shown(name: str) -> str:
    """A file's name as one line of print: control characters and half characters as ?."""
    plain = "".join(c if c.isprintable() else "?" for c in name)
    return plain if len(plain) <= NAME_CHARS else plain[:NAME_CHARS] + "…"
