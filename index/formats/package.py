"""A docx as a package of XML parts, opened without trusting it.

What is guarded against: members that unpack to gigabytes, entities that multiply or name files,
relations that lead out of the package. Macros and embedded files are never opened.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from index.errors import CorpusError
from index.formats.kinds import UNREADABLE_ZIP, damaged
from index.formats.limits import MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_RATIO, MIB, RATIO_FREE_BYTES

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Strict files differ from the usual ones in nothing but their namespaces.
STRICT = b"http://purl.oclc.org/ooxml/"
NAMESPACES = (
    (STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (STRICT + b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
UNREADABLE_MEMBER = (*UNREADABLE_ZIP, zlib.error, EOFError, RuntimeError)


class Package:
    """The XML parts of a docx, each parsed when asked for."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises CorpusError naming the file (`name`) where the package is torn or unreasonable."""
        self._name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except UNREADABLE_ZIP as error:
            raise CorpusError(damaged(name)) from error
        self._members = {i.filename: i for i in self._archive.infolist()}
        if len(self._members) > MAX_MEMBERS:
            raise CorpusError(
                f"{name} holds {len(self._members)} parts, more than the {MAX_MEMBERS} allowed; "
                "save it anew as .docx"
            )
        self.main = self._related("", "officeDocument") or "word/document.xml"

    def body(self) -> Element:
        """The root of the main part. Raises CorpusError where it is missing or torn."""
        root = self.part(self.main)
        if root is None:
            raise CorpusError(damaged(self._name))
        return root

    def beside(self, kind: str) -> Element | None:
        """The root of the main part's companion (styles, numbering); None where it has none."""
        return self.part(self._related(self.main, kind))

    def part(self, member: str) -> Element | None:
        """The root of a part; None where there is no such part."""
        if member not in self._members:
            return None
        data = self._read(self._members[member])
        if STRICT in data:
            for strict, usual in NAMESPACES:
                data = data.replace(strict, usual)
        return parse_xml(data, self._name)

    def _related(self, part: str, kind: str) -> str:
        """The target of a part's relation of that kind, inside the package; "" where none is."""
        folder, base = posixpath.split(part)
        rels = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        for relation in rels if rels is not None else ():
            outside = relation.get("TargetMode") == "External"
            if relation.get("Type", "").endswith("/" + kind) and not outside:
                target = posixpath.join("/", folder, relation.get("Target", ""))
                return posixpath.normpath(target).lstrip("/")
        return ""

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise CorpusError(
                f"{self._name} is protected by a password; remove the password and save it as .docx"
            )
        allowed = MAX_MEMBER_BYTES
        if info.compress_size * MAX_RATIO < MAX_MEMBER_BYTES:
            allowed = max(RATIO_FREE_BYTES, info.compress_size * MAX_RATIO)
        try:
            with self._archive.open(info) as file:
                data = file.read(allowed + 1)
        except UNREADABLE_MEMBER as error:
            raise CorpusError(damaged(self._name)) from error
        if len(data) > allowed:
            raise CorpusError(
                f"{self._name} unpacks to more than {allowed // MIB} MB, which no plan does; "
                "save it anew as .docx"
            )
        return data


def parse_xml(data: bytes, name: str) -> Element:
    """The root element: no entity is expanded, nothing is fetched, depth and size are limited.

    Raises CorpusError naming the file where it is no XML, or declares a document type.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CorpusError(damaged(name)) from error
    info: Any = root.getroottree().docinfo
    if info.doctype:  # OOXML has none; one is there to do harm
        raise CorpusError(damaged(name))
    return root
