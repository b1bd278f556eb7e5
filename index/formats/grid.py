"""The places of a table, each with the cell that covers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from index.formats.limits import MAX_COLUMNS

MAX_CELLS = 500_000  # grid places of one table; a year's budget has some 20,000


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as the file has it; `rows` 0 goes on with the cell above."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in its grid: its text and the place of its upper left corner."""

    text: str
    row: int
    column: int

    @property
    def plain(self) -> str:
        """The text without any blanks."""
        return "".join(self.text.split())


Grid = list[list[Cell | None]]


def make_grid(rows: Sequence[Sequence[Raw]]) -> Grid:
    """Every place of the table with the cell that covers it."""
    spans = sum(min(c.columns, MAX_COLUMNS) * min(c.rows, len(rows)) for r in rows for c in r)
    merged = spans <= MAX_CELLS  # else the spans are made to hurt, and each cell is one place
    grid: Grid = [[] for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for raw in row:
            while column < len(grid[at]) and grid[at][column] is not None:
                column += 1
            above = grid[at - 1] if at else []
            cell: Cell | None = Cell(raw.text, at, column)
            if not raw.rows:
                cell = above[column] if column < len(above) else None
            wide = max(1, min(raw.columns, MAX_COLUMNS)) if merged else 1
            tall = max(1, min(raw.rows, len(rows) - at)) if merged else 1
            for below in range(at, at + tall):
                _cover(grid[below], column, wide, cell)
            column += wide
    return grid


def _cover(row: list[Cell | None], column: int, wide: int, cell: Cell | None) -> None:
    row.extend([None] * (column + wide - len(row)))
    for at in range(column, column + wide):
        if row[at] is None:
            row[at] = cell


def row_line(row: Sequence[Cell | None]) -> str:
    """A row's cells apart by tabs, a cell over several columns once, none for those from above."""
    cells = [next(group) for _, group in groupby(row, key=lambda c: c and (c.row, c.column))]
    here = max((c.row for c in cells if c), default=0)
    texts = [" ".join(c.text.split()) if c and c.row == here else "" for c in cells]
    return "\t".join(texts).rstrip("\t") if any(texts) else ""
