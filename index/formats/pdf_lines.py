"""Characters of a page into lines, by where they stand.

Characters on one base line, a little of their height apart, are a line, from left to right.
Between two of them a blank is set where there is a gap that a reader sees: between Latin words, and
between cells of a table. Where a page has two columns of running text, the left one is read first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

SAME_LINE = (
    0.45  # of the type size: base lines nearer belong to one line (a raised note's mark too)
)
WORD_GAP = 0.18  # of the type size between two Latin characters: a blank
CELL_GAP = 2.5  # of the type size between any two: cells of a table, or a title set wide
COLUMN_GAP = 1.0  # of the type size that the gutter between two columns has at least
COLUMN_LINES = 8  # lines a column has at least; fewer are a table or a signature
COLUMN_FULL = 0.6  # of the left column's lines that end at its margin; cells of a table do not


class Glyph(NamedTuple):
    """A character: left and right side, base line (upwards) and height, in points."""

    char: str
    left: float
    right: float
    base: float
    tall: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, sides and base line in points, its type size, its page from 0.

    `cells` tells that it has a gap as between cells of a table.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    cells: bool = False


def page_lines(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """The lines of a page, in reading order."""
    rows = rows_of(glyphs)
    if not rows:
        return []
    gutter = _gutter(rows)
    if gutter is None:
        return [_line(row, page) for row in rows]
    sides = ([g for g in glyphs if g.left < gutter], [g for g in glyphs if g.left >= gutter])
    return [_line(row, page) for side in sides for row in rows_of(side)]


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of each line, from the top of the page, each from left to right."""
    rows: list[list[Glyph]] = []
    base = tall = 0.0
    for glyph in sorted(glyphs, key=lambda g: -g.base):
        if rows and base - glyph.base <= SAME_LINE * max(tall, glyph.tall):
            rows[-1].append(glyph)
            if glyph.tall > tall:  # a line's place is that of its largest type
                tall, base = glyph.tall, glyph.base
            continue
        rows.append([glyph])
        base, tall = glyph.base, glyph.tall
    ordered = (_trimmed(_without_twins(sorted(row, key=lambda g: g.left))) for row in rows)
    return [row for row in ordered if row]


def _trimmed(row: list[Glyph]) -> list[Glyph]:
    """Without blanks at the ends: a line's sides are those of what is printed."""
    seen = [n for n, g in enumerate(row) if g.char != " "]
    return row[seen[0] : seen[-1] + 1] if seen else []


def _without_twins(row: list[Glyph]) -> list[Glyph]:
    """Without characters printed twice in one place, which some programs do for bold type.

    A dash of double width is one place and two characters, so this holds for letters alone.
    """
    kept = row[:1]
    for glyph in row[1:]:
        near = glyph.left - kept[-1].left < 0.2 * (glyph.right - glyph.left)
        if not (near and glyph.char == kept[-1].char and glyph.char.isalnum()):
            kept.append(glyph)
    return kept


def _line(row: Sequence[Glyph], page: int) -> Line:
    size = _size(row)
    base = median(g.base for g in row)
    seen = [g for g in row if g.char != " "]
    cells = any(b.left - a.right > CELL_GAP * size for a, b in pairwise(seen))
    return Line("".join(_pieces(row, size)), row[0].left, row[-1].right, base, size, page, cells)


def _size(row: Sequence[Glyph]) -> float:
    """The type size: the width of Chinese characters, which are square; else the height."""
    wide = [g.right - g.left for g in row if g.char >= "\u2e80"]
    return median(wide or [g.tall for g in row]) or 1.0


def spaced(row: Sequence[Glyph], cell: bool = False) -> str:
    """The text of a row of characters, with the blanks that a reader sees.

    In a cell those between Chinese words count too: they may part two units.
    """
    return "".join(_pieces(row, _size(row), cell))


def _pieces(row: Sequence[Glyph], size: float, cell: bool = False) -> Iterator[str]:
    wide = CELL_GAP * size
    if cell:  # a line set to the cell's width has gaps everywhere, and none of them parts words
        gaps = [b.left - a.right for a, b in pairwise(row)]
        wide = WORD_GAP * size + 2 * max(0.0, median(gaps or [0.0]))
    before, blank = row[0], False
    yield before.char
    for glyph in row[1:]:
        if glyph.char == " ":
            blank = True
            continue
        gap = glyph.left - before.right
        latin = before.char.isascii() and glyph.char.isascii()
        if gap > wide or (latin and (blank or gap > WORD_GAP * size)):
            yield " "
        yield glyph.char
        before, blank = glyph, False


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Where the right one of two columns of running text begins; None where there is one column."""
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    gaps = []
    for row in rows:
        size = median([g.tall for g in row]) or 1.0
        for a, b in pairwise(g for g in row if g.char != " "):
            if b.left - a.right > COLUMN_GAP * size and _is_middle(a.right, b.left, left, right):
                gaps.append((a.right, b.left))
    if len(gaps) < COLUMN_LINES:
        return None
    start, end = max(a for a, _ in gaps), min(b for _, b in gaps)
    if start >= end:
        return None
    crossing = [row for row in rows if row[0].left < start and _crosses(row, start, end)]
    if len(crossing) > len(rows) / 10:  # a title over both columns is all that may cross
        return None
    ends = [a for a, _ in gaps]
    full = sum(1 for a in ends if start - a < 2 * median(g.tall for row in rows for g in row))
    return (start + end) / 2 if full >= COLUMN_FULL * len(gaps) else None


def _is_middle(gap_left: float, gap_right: float, left: float, right: float) -> bool:
    middle, wide = (left + right) / 2, right - left
    return gap_left < middle + wide / 8 and gap_right > middle - wide / 8


def _crosses(row: Sequence[Glyph], start: float, end: float) -> bool:
    return any(g.left < end and g.right > start for g in row if g.char != " ")
