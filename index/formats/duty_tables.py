"""Tables of duties (任务分解表) written as the sentences that a plan would print instead.

Each row becomes `1. task（牵头单位：A、B；配合单位：C）`:

- the number is the row's own, if it has one; the labels are the header's own words;
- a cell merged over several rows, left of the tasks, is a heading and gets a line of its own
  before the first of them; so does a cell over the whole width;
- units on lines of their own, or apart by blanks, are joined by 、; columns of units come before
  those of time, persons and remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.formats.grid import Cell, Grid, row_line
from index.numbering import marker_at

UNIT_COLUMN = re.compile(
    r"(?:牵头|责任|配合|参加|参与|协办|主办|承办|落实|实施|主责|协同|协助|支持|主管|分管)"
    r"[^，。；：\d]{0,8}?(?:单位|部门|机构|主体|科室|处室|股室)|^(?:牵头|责任|配合|参加|参与)(?:方|者)?$"
)
# Columns that tell more of the duty, in a table that has units.
MORE_COLUMN = re.compile(
    r"(?:时限|时间|期限|节点|进度|责任人|责任领导|分管领导|牵头领导|包抓领导|联系人|备注)"
)
NUMBER_COLUMN = re.compile(r"^(?:序号?|编号|项次|[Nn][Oo]\.?)$")
OWN_NUMBER = re.compile(
    r"^[（(]?(?:\d{1,3}(?:[.．]\d{1,2}){0,2}|[一二三四五六七八九十百]{1,4}|[①-⑳])[)）]?[.．、]?$"
)
LABELLED = re.compile(r"(?:牵头|责任|配合|参加|参与)[^：:，。；]{0,5}[：:]")
HEADER_WITHIN = 4  # rows; a title, a row of groups and a blank one may stand above the header
HEADER_CHARS = 16  # a cell with more is a task that happens to name a role
NOTHING = {"", "-", "—", "——", "/", "无", "\\"}
STOPS = "。；;！？!?：:"
SEPARATORS = "、，,；;"


def duty_lines(grid: Grid) -> list[str] | None:
    """The lines of a table of duties; None for any other table. Linear in the grid's size."""
    header = _header(grid)
    return None if header is None else _Duties(grid, header).lines()


def _header(grid: Grid) -> int | None:
    """The row that names duty columns, and some other column; None where no row does."""
    best, most = None, 0
    for at, row in enumerate(grid[:HEADER_WITHIN]):
        heads = {(c.row, c.column): c.plain for c in row if c}.values()
        units = sum(1 for h in heads if len(h) <= HEADER_CHARS and UNIT_COLUMN.search(h))
        if units > most and len(heads) > units and at + 1 < len(grid):
            best, most = at, units
    return best


class _Duties:
    """A table of duties being written out as lines."""

    def __init__(self, grid: Grid, header: int) -> None:
        self._grid, self._header = grid, header
        self._width = max(map(len, grid))
        heads = [c.plain if c else "" for c in self._padded(header)]
        self._heads = heads
        self._units = [n for n, h in enumerate(heads) if _is_unit(h)]
        self._more = [
            n for n, h in enumerate(heads) if MORE_COLUMN.search(h) and n not in self._units
        ]
        self._numbers = [n for n, h in enumerate(heads) if NUMBER_COLUMN.match(h)]
        rest = set(range(self._width)) - {*self._units, *self._more, *self._numbers}
        self._groups = self._merged(sorted(rest))
        self._tasks = sorted(rest - set(self._groups))

    def _padded(self, at: int) -> list[Cell | None]:
        return self._grid[at] + [None] * (self._width - len(self._grid[at]))

    def _merged(self, columns: list[int]) -> list[int]:
        """The columns that sort the tasks: those with cells over several rows, but the last."""
        found = []
        for n in columns[:-1]:
            cells = [row[n] for row in self._grid[self._header + 1 :] if n < len(row)]
            if any(a is not None and a == b for a, b in pairwise(cells)):
                found.append(n)
        return found

    def lines(self) -> list[str]:
        """What stands above the header, then a line a task, with headings between."""
        found = [line for row in self._grid[: self._header] if (line := row_line(row))]
        for at in range(self._header + 1, len(self._grid)):
            found.extend(self._row(at))
        return found

    def _row(self, at: int) -> Iterator[str]:
        row = self._padded(at)
        filled = {(c.row, c.column): c for c in row if c and c.plain}
        if not filled or [c.plain if c else "" for c in row] == self._heads:
            return
        number = self._number(row, at)
        rest = [c for c in filled.values() if c.plain != number]
        if len(rest) == 1 and rest[0].row == at and self._spans(row, rest[0]):
            yield _numbered(number, _joined(rest[0].text))
            return
        for n in self._groups:
            cell = row[n]
            if cell and cell.row == at and cell.column == n and cell.plain:
                shared = self._number_beside(row, at)
                yield _numbered(shared, _joined(cell.text))
        task = self._task(row, at)
        told = self._told(row)
        if task or told:
            yield _numbered(number, task) + (f"（{'；'.join(told)}）" if told else "")

    def _spans(self, row: Sequence[Cell | None], cell: Cell) -> bool:
        """Whether a cell takes tasks and units at once: it heads the rows below."""
        places = {n for n, c in enumerate(row) if c == cell}
        return bool(places & set(self._units)) and bool(places - {*self._units, *self._more})

    def _number(self, row: Sequence[Cell | None], at: int) -> str:
        """The row's own number; one merged over several rows belongs to their heading."""
        for n in self._numbers:
            cell = row[n]
            if cell and cell.row == at and not self._goes_on(n, at):
                return cell.plain if OWN_NUMBER.match(cell.plain) else ""
        return ""

    def _number_beside(self, row: Sequence[Cell | None], at: int) -> str:
        for n in self._numbers:
            cell = row[n]
            if cell and cell.row == at and self._goes_on(n, at) and OWN_NUMBER.match(cell.plain):
                return cell.plain
        return ""

    def _goes_on(self, column: int, at: int) -> bool:
        """Whether the cell at this place covers the next row too."""
        after = self._grid[at + 1] if at + 1 < len(self._grid) else []
        return column < len(after) and after[column] == self._grid[at][column]

    def _task(self, row: Sequence[Cell | None], at: int) -> str:
        parts: list[str] = []
        for n in self._tasks:
            cell = row[n]
            first = (cell and cell.column == n) or n == self._tasks[0]
            if cell and first and (cell.row == at or n == self._tasks[-1]) and cell.plain:
                parts.append(_joined(cell.text))
        return "".join(p if p[-1] in STOPS or p is parts[-1] else f"{p}。" for p in parts)

    def _told(self, row: Sequence[Cell | None]) -> list[str]:
        told = []
        for n in [*self._units, *self._more]:  # units first: they make it a duty note
            cell = row[n]
            if not cell or cell.plain in NOTHING or (n and row[n - 1] == cell):
                continue
            if n in self._units and LABELLED.search(cell.text):
                lines = filter(str.strip, cell.text.split("\n"))
                told.append("；".join(map(_units, lines)))
            else:
                value = _units(cell.text) if n in self._units else _joined(cell.text)
                told.append(f"{self._heads[n]}：{value.rstrip('。；')}")
        return told


def _is_unit(head: str) -> bool:
    return len(head) <= HEADER_CHARS and bool(UNIT_COLUMN.search(head))


def _numbered(number: str, text: str) -> str:
    """`1. text`, `一、text`; a number that brings its own mark is left as it is."""
    if not number or marker_at(text):
        return text
    if number[-1] in ".．、)）":
        return number + text
    return f"{number}. {text}" if number[-1].isdecimal() else f"{number}、{text}"


def _joined(text: str) -> str:
    """A cell's paragraphs as one line; those that begin with a number are kept apart by ；."""
    whole = ""
    for line in filter(None, (_unspaced(piece) for piece in text.split("\n"))):
        apart = whole and marker_at(line) and whole[-1] not in STOPS + SEPARATORS
        whole += ("；" if apart else "") + line
    return whole


def _unspaced(text: str) -> str:
    """Without the blanks that stand beside a Chinese character."""
    return re.sub(r"(?<![!-~])\s+|\s+(?![!-~])", "", text.strip())


def _units(text: str) -> str:
    """The units of a cell, those on lines of their own or apart by blanks joined by 、."""
    pieces = text.split()
    if any(len(p) == 1 for p in pieces):  # blanks inside a name, to make it as wide as others
        pieces = [piece for line in text.split("\n") if (piece := _unspaced(line))]
        if all(len(p) == 1 for p in pieces):
            return "".join(pieces)
    whole = ""
    for piece in pieces:
        touching = not whole or whole[-1] in SEPARATORS + "：:（(" or piece[0] in SEPARATORS + "）)"
        whole += piece if touching else f"、{piece}"
    return whole.rstrip("。；;、")
