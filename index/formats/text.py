"""Plain text: which encoding it is in. Nothing is changed, so offsets are the file's own."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from index.errors import CorpusError

UTF16 = (BOM_UTF16_LE, BOM_UTF16_BE)
HEAD = 4096  # where a binary file shows a NUL; looking further would only cost time


def decode(data: bytes, name: str) -> str:
    """Text of a plan file: UTF-8 (with or without BOM), UTF-16 with BOM, else GB18030.

    Line ends are kept as they are, so offsets are into the file's own characters. Raises
    CorpusError naming the file for what is empty, blank, binary or in no encoding known.
    """
    if not data.strip():
        raise CorpusError(f"{name} is empty; remove it or put the plan's text there")
    if data.startswith(UTF16):
        return _not_blank(_utf16(data, name), name)
    if b"\0" in data[:HEAD]:
        raise CorpusError(f"{name} is not a text file; save the plan as plain text (UTF-8)")
    for encoding in ("utf-8", "gb18030"):
        try:
            return _not_blank(data.decode(encoding), name)
        except UnicodeDecodeError:
            continue
    raise CorpusError(f"{name} is in no encoding known here; save it as UTF-8 text")


def _utf16(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-16")  # the mark says which; Windows' 记事本 calls it Unicode
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text[:HEAD]:
        raise CorpusError(f"{name} is in no encoding known here; save it as UTF-8 text")
    return text


def _not_blank(text: str, name: str) -> str:
    if not text.strip("\ufeff \t\r\n\u3000\xa0"):
        raise CorpusError(f"{name} holds nothing but blanks; put the plan's text there")
    return text
