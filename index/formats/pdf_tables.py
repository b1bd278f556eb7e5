"""Tables of a PDF page, found by the rules drawn between their cells.

Rules that touch belong to one table. Their places give columns and rows; where a rule is missing
between two places, these are one merged cell. The characters inside go to the cells, and in a cell
a line goes on with the one before it if its first word would not have fitted there. A table without
rules is not seen: its text is lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from index.formats.grid import Raw
from index.formats.pdf_lines import Glyph, rows_of, spaced

THIN = 3.0  # points: a filled box no thicker is a rule
SHORT = 4.0  # points: what is shorter is a dash, not a rule
NEAR = 3.0  # points within which two rules stand in one place, or touch
NOT_FIRST, NOT_LAST = "，。；：、！？）〕】》”’)", "（〔【《“‘("  # marks that begin or end no line
MAX_PLACES = 10_000  # of a table on one page: 100 rows of 10 columns have 1,000
MAX_RULES = 2_000  # on a page; a table of 100 rows of 10 columns has some 1,100, a drawing more


class Rule(NamedTuple):
    """A straight rule: where it stands (y of a level one, x of an upright one), from, to."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the places of its columns' edges, its upper and lower edge in points, its rows."""

    edges: tuple[float, ...]
    top: float
    bottom: float
    rows: tuple[tuple[Raw, ...], ...]

    def same_columns(self, other: Table) -> bool:
        """Whether the other table's columns stand where this one's do, as on the next page."""
        if len(self.edges) != len(other.edges):
            return False
        pairs = zip(self.edges, other.edges, strict=True)
        return all(abs(a - b) <= 2 * NEAR for a, b in pairs)


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    wide: int
    tall: int
    glyphs: list[Glyph]


def rules_of(boxes: Iterable[tuple[float, float, float, float]]) -> tuple[list[Rule], list[Rule]]:
    """Level and upright rules among boxes (left, bottom, right, top); a line is a thin box."""
    level, upright = [], []
    for left, bottom, right, top in boxes:
        if top - bottom <= THIN and right - left > SHORT:
            level.append(Rule((bottom + top) / 2, left, right))
        elif right - left <= THIN and top - bottom > SHORT:
            upright.append(Rule((left + right) / 2, bottom, top))
    return level, upright


def tables_of(
    level: Sequence[Rule], upright: Sequence[Rule], glyphs: Sequence[Glyph]
) -> tuple[list[Table], list[Glyph]]:
    """The tables of a page, from its top, and the characters that stand in none."""
    tables: list[Table] = []
    rest = list(glyphs)
    if len(level) + len(upright) > MAX_RULES:
        return tables, rest
    for lines, posts in _touching(level, upright):
        xs, ys = _places(r.at for r in posts), _places(r.at for r in lines)
        if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > MAX_PLACES:
            continue  # one cell, or one row or column of them, is a frame; too many are a drawing
        inside = [g for g in rest if _is_inside(g, xs, ys)]
        if not inside:
            continue
        rest = [g for g in rest if not _is_inside(g, xs, ys)]
        tables.append(Table(tuple(xs), ys[-1], ys[0], _filled(lines, posts, xs, ys, inside)))
    return sorted(tables, key=lambda t: -t.top), rest


def _touching(
    level: Sequence[Rule], upright: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules in groups of those that touch, level and upright ones."""
    group = list(range(len(level) + len(upright)))

    def first(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    posts = sorted(range(len(upright)), key=lambda m: upright[m].at)
    places = [upright[m].at for m in posts]
    for n, line in enumerate(level):
        start = bisect_left(places, line.start - NEAR)
        for m in posts[start : bisect_right(places, line.end + NEAR)]:
            if upright[m].start - NEAR <= line.at <= upright[m].end + NEAR:
                group[first(len(level) + m)] = first(n)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate([*level, *upright]):
        found.setdefault(first(n), ([], []))[n >= len(level)].append(rule)
    return list(found.values())


def _places(values: Iterable[float]) -> list[float]:
    """The distinct places among values, ascending; one stands for all that follow it near by."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.base + glyph.tall / 3


def _is_inside(glyph: Glyph, xs: Sequence[float], ys: Sequence[float]) -> bool:
    x, y = _middle(glyph)
    return xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]


def _by_place(rules: Sequence[Rule], places: Sequence[float]) -> dict[float, list[Rule]]:
    """The rules that stand at each of the places, which are ascending."""
    found: dict[float, list[Rule]] = {place: [] for place in places}
    for rule in rules:
        found[places[max(0, bisect_right(places, rule.at) - 1)]].append(rule)
    return found


def _ruled(rules: dict[float, list[Rule]], at: float, place: float) -> bool:
    """Whether one of the rules that stand at `at` covers `place`."""
    return any(rule.start <= place <= rule.end for rule in rules[at])


def _filled(
    level: Sequence[Rule],
    upright: Sequence[Rule],
    xs: Sequence[float],
    ys: Sequence[float],
    glyphs: Sequence[Glyph],
) -> tuple[tuple[Raw, ...], ...]:
    """The rows of cells, from the top, with the characters in them as text."""
    tops = ys[::-1]
    owners = _cells(level, upright, xs, tops)
    for glyph in glyphs:
        x, y = _middle(glyph)
        column = min(bisect_right(xs, x), len(xs) - 1) - 1
        row = len(ys) - 1 - min(bisect_right(ys, y), len(ys) - 1)
        owners[row][column].glyphs.append(glyph)
    cells = list({id(c): c for row in owners for c in row}.values())
    lines = {id(c): rows_of(c.glyphs) for c in cells}
    margin = min((n[0].left - xs[c.column] for c in cells for n in lines[id(c)]), default=0.0)
    rows: list[list[Raw]] = [[] for _ in tops[1:]]
    for cell in cells:
        room = xs[cell.column + cell.wide] - xs[cell.column] - 2 * max(0.0, margin)
        rows[cell.row].append(Raw(_text(lines[id(cell)], room), cell.wide, cell.tall))
    return tuple(map(tuple, rows))


def _cells(
    level: Sequence[Rule], upright: Sequence[Rule], xs: Sequence[float], tops: Sequence[float]
) -> list[list[_Cell]]:
    """The cell that covers each place: merged where no rule stands between."""
    height, width = len(tops) - 1, len(xs) - 1
    across, down = _by_place(level, tops[::-1]), _by_place(upright, xs)
    owners: dict[tuple[int, int], _Cell] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) in owners:
                continue
            x, y = (xs[column] + xs[column + 1]) / 2, (tops[row] + tops[row + 1]) / 2
            right, below = column + 1, row + 1
            while right < width and (row, right) not in owners and not _ruled(down, xs[right], y):
                right += 1
            while below < height and not _ruled(across, tops[below], x):
                below += 1
            cell = _Cell(row, column, right - column, below - row, [])
            for r in range(row, below):
                for c in range(column, right):
                    owners.setdefault((r, c), cell)
    return [[owners[row, column] for column in range(width)] for row in range(height)]


def _width(line: Sequence[Glyph]) -> float:
    return line[-1].right - line[0].left


def _text(lines: Sequence[Sequence[Glyph]], room: float) -> str:
    """A cell's lines as its paragraphs: a line that the next word did not fit in goes on."""
    if not lines:
        return ""
    text = spaced(lines[0], cell=True)
    for before, line in pairwise(lines):
        full = room - _width(before) < _width(_word(line)) + line[0].tall / 4
        text += ("" if full else "\n") + spaced(line, cell=True)
    return text


def _word(line: Sequence[Glyph]) -> Sequence[Glyph]:
    """What of a line cannot be parted: a Latin word, a character with the marks on it."""
    end = 0
    while end < len(line) - 1 and line[end].char in NOT_LAST:
        end += 1
    if line[end].char.isascii():
        while end < len(line) - 1 and line[end + 1].char.isascii() and line[end + 1].char != " ":
            end += 1
    while end < len(line) - 1 and line[end + 1].char in NOT_FIRST:
        end += 1
    return line[: end + 1]
