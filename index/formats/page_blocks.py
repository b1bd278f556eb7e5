"""The elements of a web page as lines: a block or a line break ends a line, as a browser shows it.

Items of lists get the number or sign the browser prints, unless their text brings one of its own.
Tables are written as tables.py says. The walk keeps its own stack, since pages nest without bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from index.formats.grid import Raw
from index.formats.limits import MAX_COLUMNS
from index.formats.numerals import printed
from index.formats.page_main import BLOCKS, FURNITURE, RUNNING, RUNNING_CHARS
from index.formats.tables import table_lines
from index.numbering import marker_at

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SPACES = re.compile(r"[ \t\r\n\f]+")
STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
TYPES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
STYLES = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "cjk-decimal": "ideographDigital", "none": "none",
}  # fmt: skip
CHINESE = ("chineseCountingThousand", "ideographDigital")  # browsers set 、 after these, else a dot
BULLET = "•"
METADATA = re.compile(
    r"(?:索引号?|信息索引|主题分类|发文机关|发布机构|发文字号|文号|成文日期|发布日期|生成日期|公开日期|"
    r"有效性|组配分类|公开方式|体裁分类|服务对象)[：:]?$"
)
METADATA_CELLS = 2  # cells that name such a field make a table the site's own
EDGE_CHARS = 120  # a line of furniture before or after the text is short


@dataclass(slots=True)
class _List:
    """A list that is open: how it counts."""

    ordered: bool
    form: str
    next: int
    step: int = 1


@dataclass(slots=True)
class _Table:
    """A table that is open; `at` is the row being filled."""

    rows: list[list[Raw]] = field(default_factory=list)


class _Writer:
    """Gathers lines while the elements are walked."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]  # of the page, and of each cell that is open
        self._line: list[str] = []
        self._mark = ""
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._cells: list[Raw] = []
        self._kept_spaces = 0

    def text(self, text: str | None) -> None:
        """Adds inline text; runs of blanks are one, but where they are kept (pre)."""
        if not text:
            return
        if self._kept_spaces:
            first, *rest = text.split("\n")
            self._line.append(first)
            for piece in rest:
                self.end_line()
                self._line.append(piece)
        else:
            self._line.append(SPACES.sub(" ", text))

    def end_line(self) -> None:
        """Ends a line, if there is anything in it; an item's number goes before its first."""
        line = "".join(self._line).replace("\xa0", " ").strip()
        self._line.clear()
        if line:
            own = marker_at(line) is not None
            self._lines[-1].append(line if own else self._mark + line)
            self._mark = ""

    def start(self, node: Element) -> None:
        """An element begins."""
        if node.tag in BLOCKS or node.tag == "br":
            self.end_line()
        match node.tag:
            case "ol" | "ul" | "menu" | "dir":
                self._lists.append(_list(node))
            case "li":
                self._mark = self._item(node)
            case "pre":
                self._kept_spaces += 1
            case "table":
                self._tables.append(_Table())
            case "tr" if self._tables:
                self._tables[-1].rows.append([])
            case "td" | "th" if self._tables:
                wide, tall = _whole(node, "colspan", 1), _whole(node, "rowspan", 1)
                self._cells.append(Raw("", min(wide, MAX_COLUMNS), tall))
                self._lines.append([])
                self._mark = ""
        self.text(node.text)

    def end(self, node: Element) -> None:
        """An element ends."""
        if node.tag in BLOCKS:
            self.end_line()
        match node.tag:
            case "ol" | "ul" | "menu" | "dir":
                self._lists.pop()
            case "li":
                self._mark = ""
            case "pre":
                self._kept_spaces -= 1
            case "td" | "th" if self._tables and self._cells:
                self._end_cell()
            case "table":
                self._lines[-1].extend(_table(self._tables.pop().rows))

    def lines(self) -> list[str]:
        """All lines, those of open cells too."""
        self.end_line()
        return list(chain.from_iterable(self._lines))

    def _end_cell(self) -> None:
        raw, text = self._cells.pop(), "\n".join(self._lines.pop())
        rows = self._tables[-1].rows
        if not rows:
            rows.append([])
        rows[-1].append(Raw(text, raw.columns, raw.rows or len(rows) + ALL_ROWS))

    def _item(self, node: Element) -> str:
        if not self._lists:
            return ""
        counted = self._lists[-1]
        if not counted.ordered:
            return "" if _form(node, counted.form) == "none" else BULLET
        here = _whole(node, "value", counted.next)
        counted.next = here + counted.step
        form = _form(node, counted.form)
        if form == "none":
            return ""
        return printed(here, form) + ("、" if form in CHINESE else ". ")


ALL_ROWS = 100_000  # rowspan 0 means to the table's end


def page_lines(node: Element) -> list[str]:
    """The lines of an element, without furniture before and after the running text."""
    from lxml import etree

    writer = _Writer()
    for event, piece in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            writer.start(piece)
        else:
            writer.end(piece)
            if piece is not node:
                writer.text(piece.tail)
    return _trimmed(writer.lines())


def _trimmed(lines: list[str]) -> list[str]:
    running = [
        n
        for n, line in enumerate(lines)
        if len(line) >= RUNNING_CHARS and RUNNING.search(line) and not FURNITURE.search(line)
    ]
    first, last = (running[0], running[-1]) if running else (0, len(lines))
    return [
        line
        for n, line in enumerate(lines)
        if first <= n <= last or len(line) > EDGE_CHARS or not FURNITURE.search(line)
    ]


def _table(rows: list[list[Raw]]) -> list[str]:
    plain = ("".join(c.text.split()) for row in rows for c in row)
    if sum(1 for text in plain if METADATA.match(text)) >= METADATA_CELLS:
        return []
    return table_lines(rows)


def _list(node: Element) -> _List:
    ordered = node.tag == "ol"
    form = _form(node, "decimal" if ordered else "bullet")
    if not ordered and form != "none":
        form = "bullet"
    step = -1 if "reversed" in node.attrib else 1
    items = sum(1 for c in node if c.tag == "li") if step < 0 else 1
    return _List(ordered, form, _whole(node, "start", items), step)


def _form(node: Element, default: str) -> str:
    style = STYLE.search(node.get("style", ""))
    if style:
        return STYLES.get(style.group(1).lower(), default)
    return TYPES.get(node.get("type", ""), default)


def _whole(node: Element, name: str, default: int) -> int:
    text = node.get(name, "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text, re.ASCII) else default
