"""Tables in a text: rows whose cells are apart by tabs, as tables come out of word processors.

A table of duties (任务分解表) is known by its header: a column for units (牵头单位, 责任部门) gives
the units of each row their role; where the first column is of bodies (部门), the row is that
body's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.plan import Role
from index.reading import Reading
from index.wording import BODY, LABEL, Span, role_of

BODIES = re.compile(r"(?:责任|成员)?(?:单位|部门|机构)(?:名称)?")
ORDINAL = re.compile(r"(?:序号|编号|\d{1,3}|[一二三四五六七八九十]{1,3})[.．、]?")
FEWEST_ROWS = 2  # below a header; one line with a tab is no table
LONGEST_HEADER = 20  # characters of a header cell
TITLE_CHARS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: number and title, and where units with a role stand."""

    start: int
    number: Span | None
    title: Span | None
    units: tuple[tuple[Role, Span], ...]
    body: Span | None


def table_rows(reading: Reading) -> dict[int, Row]:
    """The rows of all tables of the text, by the position at which each begins."""
    found: dict[int, Row] = {}
    table: list[Sequence[tuple[int, int]]] = []
    for a, b in [*reading.lines, (0, 0)]:
        cells = reading.cells(a, b) if b else ()
        if len(cells) > 1:
            table.append(cells)
            continue
        found.update((r.start, r) for r in _rows(reading.text, table))
        table = []
    return found


def _rows(text: str, table: Sequence[Sequence[tuple[int, int]]]) -> list[Row]:
    if len(table) <= FEWEST_ROWS:
        return []
    header = [text[a:b] for a, b in table[0]]
    if any(len(name) > LONGEST_HEADER for name in header):
        return []
    rows = (cells for cells in table[1:] if [text[a:b] for a, b in cells] != header)
    return [_row(text, header, cells) for cells in rows]


def _row(text: str, header: Sequence[str], cells: Sequence[tuple[int, int]]) -> Row:
    missing = len(header) - len(cells)  # a merged cell leaves its place empty, at the left
    columns = [
        (header[k + missing] if 0 <= k + missing < len(header) else "", Span(*c))
        for k, c in enumerate(cells)
    ]
    units: list[tuple[Role, Span]] = []
    number = title = body = None
    for name, span in columns:
        said = text[slice(*span)]
        label = LABEL.fullmatch(name)
        if number is None and title is None and ORDINAL.fullmatch(said):
            number = span
        elif label:
            units.append((role_of(label), span))
        elif title is None:
            title = span if len(said) <= TITLE_CHARS else None
            if BODIES.fullmatch(name) and BODY.search(said):
                body = span
            if title is None:
                break
    for name, span in columns:
        label = LABEL.fullmatch(name)
        if label and (role_of(label), span) not in units:
            units.append((role_of(label), span))
    return Row(cells[0][0], number, title, tuple(units), body)
