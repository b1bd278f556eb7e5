"""The door for plan files: what a file is, what is refused, and that nothing else gets out."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import CorpusError
from index.formats import SUFFIXES, Source, read_source
from index.formats.files import read_bytes, shown
from index.formats.limits import MAX_FILE_BYTES, NAME_CHARS
from tests.conftest import CORPUS, SYNTHETIC

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(*members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return data.getvalue()


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(CorpusError) as caught:
        read_bytes(data, Path(name).suffix, name)
    said = str(caught.value)
    assert name in said
    assert "\n" not in said
    return said


# -- text ---------------------------------------------------------------------------------


def test_text_is_stored_as_it_is() -> None:
    for path in sorted(CORPUS.glob("*.txt")):
        source = read_source(path)
        assert source == Source(path.read_bytes().decode(), (), "txt")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa\r\nb\rc\n", "一\r\n二".encode("gb18030")])
def test_marks_and_line_ends_stay(data: bytes) -> None:
    text = data.decode("utf-8" if data[0] == 0xEF else "gb18030")
    assert read_bytes(data, ".txt", "a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_its_mark(encoding: str) -> None:
    data = ("\ufeff" + SYNTHETIC).encode(encoding)
    assert read_bytes(data, ".txt", "a.txt").text == SYNTHETIC


@pytest.mark.parametrize("tail", [b"\x00\xd8", b"x", b"\0\0\0\0"])
def test_broken_utf16(tail: bytes) -> None:
    data = b"\xff\xfe" + "方案".encode("utf-16-le") + tail
    assert "save it as UTF-8" in refusal(data, "a.txt")


def test_half_characters_are_replaced_one_for_one() -> None:
    smuggled = b"\x83\x36\xc7\x38"  # GB18030 for U+D800, should a decoder let it through
    try:
        text = read_bytes("方案".encode("gb18030") + smuggled, ".txt", "a.txt").text
    except CorpusError:
        return
    assert text.encode("utf-8")


# -- what a file is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "old Word or WPS file"),
        (OLE + "Workbook".encode("utf-16-le"), r"\.xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "remove the password"),
        (OLE, "old Word or WPS file"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD file; save it as PDF"),
        (zipped("xl/workbook.xml"), "Excel"),
        (zipped("ppt/presentation.xml"), "PowerPoint"),
        (zipped("mimetype", "content.xml"), "OpenDocument"),
        (zipped("plan.txt"), "archive; unpack it"),
        (b"Rar!\x1a\x07\x01\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\xff\xd8\xff\xe0", "picture; run OCR"),
        (b"\x89PNG\r\n", "picture"),
        (b"RIFF\0\0\0\0WEBP", "picture"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "web archive"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w>', "Word XML"),
        (b"PK\x03\x04" + b"\0" * 30, "cut short or damaged"),
        (b" \r\n", "is empty"),
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_what_is_not_read_says_what_to_do(data: bytes, said: str, name: str) -> None:
    assert __import__("re").search(said, refusal(data, name))


def test_a_text_by_any_ending_is_text(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        source = read_source(put(tmp_path, f"a{suffix}", SYNTHETIC.encode()))
        assert source.text == SYNTHETIC, suffix
        assert source.format == ("md" if suffix == ".md" else "txt")


# -- files --------------------------------------------------------------------------------


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(CorpusError, match=r"a\.txt has 50 MB, more than"):
        read_source(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("none.txt", "pipe.txt", "", "a\0b.txt"):
        with pytest.raises(CorpusError):
            read_source(tmp_path / name)


def test_names_are_one_line() -> None:
    assert shown("a\nb\x1b[31m\udcff.txt") == "a?b?[31m?.txt"
    assert len(shown("长" * 300)) == NAME_CHARS + 1


def test_pages() -> None:
    source = Source("abcdef", (0, 2, 4), "pdf")
    assert [source.page(n) for n in range(6)] == [1, 1, 2, 2, 3, 3]
    assert Source("abc", (), "txt").page(1) is None


# -- nothing else gets out ----------------------------------------------------------------

STARTS = [
    b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"\xff\xfe", b"\xfe\xff", b"<!doctype html>",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"---\n", b"|a|b|\n|-|-|\n",
]  # fmt: skip


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(STARTS), st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_random_bytes_are_read_or_refused(start: bytes, data: bytes, suffix: str) -> None:
    said = ""
    try:
        said = read_bytes(start + data, suffix, "a" + suffix).text
    except CorpusError as error:
        said = str(error).replace("\n", "")  # one line, or the next one fails
        said = said if said == str(error) else ""
    assert said.encode("utf-8")
