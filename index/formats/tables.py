"""Tables as lines of text.

A table whose header names duties (牵头单位, 责任部门, 完成时限 …) is written as duty_tables.py
says. Any other table gives a line a row, the cells apart by tabs. A table of one column, or with a
cell of many lines, is there for the page's layout alone, and its cells are read as running text.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.formats.duty_tables import duty_lines
from index.formats.grid import Cell, Raw, make_grid, row_line

LAYOUT_LINES = 8  # a cell with as many paragraphs is a page laid out by a table


def table_lines(rows: Sequence[Sequence[Raw]]) -> list[str]:
    """The table as lines of text; see the module. Never raises; linear in the grid's size."""
    grid = make_grid(rows)
    duties = duty_lines(grid)
    if duties is not None:
        return duties
    cells = [[c for c in _own(row, n) if c.text.strip()] for n, row in enumerate(grid)]
    tall = any(c.text.count("\n") >= LAYOUT_LINES for row in cells for c in row)
    if tall or all(len(row) <= 1 for row in cells):
        return [line for row in cells for c in row for line in c.text.split("\n") if line.strip()]
    return [line for row in grid if (line := row_line(row))]


def _own(row: Sequence[Cell | None], at: int) -> list[Cell]:
    """The cells that begin in this row."""
    return [c for n, c in enumerate(row) if c and c.row == at and c.column == n]
