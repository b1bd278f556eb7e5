"""Pages of a PDF with their tables written as lines, each where the table stands.

A table that goes on at the top of the next page, with its columns in the same places, is one table:
its header counts for all its rows. Each page keeps the lines of its own rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.formats.grid import Raw
from index.formats.pdf_lines import Line
from index.formats.pdf_tables import Table
from index.formats.tables import table_lines

BETWEEN = 1  # lines between the parts of a table: a header that no other page has


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines in reading order, its tables from the top, and its shape.

    The shape is width and height in points, and how many quarters its text is turned.
    """

    lines: tuple[Line, ...]
    shape: tuple[int, int, int]
    tables: tuple[Table, ...] = ()


def flowed(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page, those of its tables among them."""
    flows = [list(page.lines) for page in pages]
    chain: list[tuple[int, Table]] = []
    for at, page in enumerate(pages):
        for n, table in enumerate(page.tables):
            on = chain and not n and chain[-1][0] == at - 1
            if not (on and _goes_on(pages[at - 1], chain[-1][1], page, table)):
                _write(chain, flows)
                chain = []
            chain.append((at, table))
    _write(chain, flows)
    return flows


def _goes_on(before: Page, above: Table, page: Page, table: Table) -> bool:
    """Whether a page's first table is the rest of the last one of the page before."""
    below = sum(1 for line in before.lines if line.base < above.bottom)
    over = sum(1 for line in page.lines if line.base > table.top)
    last = before.tables[-1] is above
    return last and max(below, over) <= BETWEEN and above.same_columns(table)


def _write(chain: Sequence[tuple[int, Table]], flows: list[list[Line]]) -> None:
    rows: list[Sequence[Raw]] = []
    whole = table_lines([row for _, table in chain for row in table.rows])
    done = 0
    for n, (at, table) in enumerate(chain, start=1):
        rows.extend(table.rows)
        end = len(whole) if n == len(chain) else max(done, min(len(whole), len(table_lines(rows))))
        size = (table.top - table.bottom) / max(1, len(table.rows))
        made = [
            Line(text, table.edges[0], table.edges[-1], table.top, size, at, cells=True)
            for text in whole[done:end]
        ]
        flow = flows[at]
        place = next((k for k, line in enumerate(flow) if line.base < table.top), len(flow))
        flow[place:place] = made
        done = end
