"""Web pages saved from government sites, as text: the plan without the site around it.

`page_main.py` finds the part of the page that holds the plan, `page_blocks.py` writes it as lines.
Nothing is fetched and no script runs: the page is parsed, and its elements are read.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Any

from index.errors import CorpusError
from index.formats.page_blocks import page_lines
from index.formats.page_main import clean, main_part
from index.formats.text import UTF16, decode

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DECLARED = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?([\w-]{1,20})""", re.IGNORECASE)
DECLARED_WITHIN = 8192  # browsers look at 1,024 bytes; sites put scripts before the line
# What a page may name, and the encoding that reads it. GB2312 pages hold characters of GB18030.
CHARSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip
BAD_SHARE = 0.001  # of a page's characters; a page cut or glued by its site has one or two
# Marks of type, often never closed, so that a page of paragraphs becomes as deep as it is long.
TYPE_TAGS = re.compile(r"</?(?:font|b|strong|i|em|u|big|small|o:p)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# A window's title is the document's, its section's and the site's name, in this order.
PARTS = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|[-–—]+(?=[^-–—]*(?:政府|网)[^-–—]*$)")
NO_TITLE = re.compile(
    r"(?:人民政府|办公[厅室]|委员会|[局厅]|门户|网|网站|信息公开|政务公开|首页|文件|正文|详情|内容)$"
)
TITLE_WITHIN = 1500  # characters at the head of the text in which its title stands, if it has it
TITLE_CHARS = 150  # a title with more is a description of the site
TITLES = (
    "//meta[translate(@name,'ARTICLE','article')='articletitle']/@content",
    "//meta[@property='og:title']/@content",
    "//title",
)
LETTERS = re.compile(r"\W+")


def read_page(data: bytes, name: str) -> str:
    """The main text of a web page, a paragraph a line, the page's title first if it lacks it.

    Raises CorpusError naming the file where it is in no encoding known or nested too deeply.
    """
    root = _parse(TYPE_TAGS.sub("", page_text(data, name)), name)
    title = _title(root)
    clean(root)
    lines = page_lines(main_part(root))
    if title and _letters(title) not in _letters("".join(lines)[:TITLE_WITHIN]):
        lines.insert(0, title.rstrip("."))
    return "\n".join(lines) + "\n" if lines else ""


def page_text(data: bytes, name: str) -> str:
    """A page's bytes as text: by its byte order mark, as UTF-8 if it is, else as it declares.

    Browsers save pages as UTF-8 and leave the old declaration in, so UTF-8 is tried first: a page
    in another encoding is never valid UTF-8 by chance. Without a declaration it is GB18030.
    """
    if data.startswith(UTF16):
        return decode(data, name)
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    charset = CHARSETS.get(declared.group(1).decode("ascii", "replace").lower() if declared else "")
    text = data.decode(charset or "gb18030", "replace")
    if text.count("\ufffd") > max(1, BAD_SHARE * len(text)):
        raise CorpusError(f"{name} is in no encoding known here; save the page again as UTF-8")
    return text


def _parse(text: str, name: str) -> Element:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CorpusError(
            f"{name} holds no text; save the page's words as .docx or .txt"
        ) from error
    if any("depth" in entry.message for entry in parser.error_log):  # what lies deeper is cut off
        raise CorpusError(f"{name} is nested too deeply; save the page's words as .docx or .txt")
    if root is None:
        raise CorpusError(f"{name} holds no text; save the page's words as .docx or .txt")
    return root


def _title(root: Element) -> str:
    """The page's title: as the site tells it to machines, else of the window without the site."""
    for path in TITLES:
        found = root.xpath(path)
        for node in found if isinstance(found, list) else ():
            text = str(node) if isinstance(node, str) else "".join(map(str, _texts(node)))
            text = " ".join(text.split())
            if path == TITLES[-1]:
                text = next((p for p in PARTS.split(text) if p and not NO_TITLE.search(p)), "")
            if text and len(text) <= TITLE_CHARS:
                return text
    return ""


def _texts(node: Any) -> list[str]:
    return list(node.itertext())


def _letters(text: str) -> str:
    return LETTERS.sub("", text)
