"""The task table on a terminal: columns wrapped by the width that characters have there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from rag.tasks.rows import Row
from rag.tasks.sheet import (
    NUMBER,
    SOURCE,
    TARGETS,
    TASK,
    Column,
    heading,
    place_columns,
    role_columns,
    source_text,
    subtitle,
    task_text,
)

GAP = "  "
LEAST = 8  # columns of a terminal; four Chinese characters a line can still be read
NEVER_FIRST = "、，。；：）】〕》”’！？"  # a line does not begin with these
NEVER_LAST = "（【〔《“‘"  # nor end with these


def table_lines(rows: Sequence[Row], width: int, wanted: str = "") -> Iterator[str]:
    """The rows as a table no wider than `width` columns, if that leaves each column `LEAST`.

    Heads, then a rule, then each row's lines; below, where the texts are.
    """
    columns = _columns(rows)
    widths = fit([c.width for c in columns], width - len(GAP) * (len(columns) - 1))
    yield heading(rows)
    yield subtitle(rows, wanted)
    yield ""
    yield from _lines([c.head for c in columns], widths)
    rule = GAP.join("-" * w for w in widths)
    for number, row in enumerate(rows, 1):
        yield rule
        yield from _lines([str(number), *(c.text(row) for c in columns[1:])], widths)
    yield rule
    for place, title, file in dict.fromkeys((r.place, r.title, r.task.source.file) for r in rows):
        yield f"{place}  {title}  {file}"


def _columns(rows: Sequence[Row]) -> list[Column]:
    return [
        Column(NUMBER, 4, str),
        *place_columns(rows),
        Column(SOURCE, 14, source_text),
        Column(TASK, 24, task_text),
        *role_columns(rows),
        Column(TARGETS, 22, lambda row: row.targets_label),
    ]


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """One row of cells as lines of equal columns."""
    wrapped = [wrap(text, width) for text, width in zip(cells, widths, strict=True)]
    for n in range(max(map(len, wrapped))):
        line = GAP.join(
            _pad(lines[n] if n < len(lines) else "", width)
            for lines, width in zip(wrapped, widths, strict=True)
        )
        yield line.rstrip()


def fit(wanted: Sequence[int], total: int) -> list[int]:
    """Widths that add up to `total`; the first, a number, stays. Each other has `LEAST`, and of
    the rest a share by what it wants beyond that."""
    first, rest = wanted[0], [w - LEAST for w in wanted[1:]]
    room = max(0, total - first - LEAST * len(rest))
    shares = [w * room // (sum(rest) or 1) for w in rest]
    for n in range(room - sum(shares)):
        shares[n % len(shares)] += 1
    return [first, *(LEAST + share for share in shares)]


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, one empty line for an empty text.

    A mark that may not begin a line takes the character before it along to the next line; a
    bracket that may not end one goes there itself.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for char in paragraph:
            size = char_width(char)
            if used + size > width and line:
                moves = char in NEVER_FIRST or line[-1] in NEVER_LAST
                keep = line[-1] if moves and len(line) > 1 else ""
                lines.append(line[: len(line) - len(keep)])
                line, used = keep, text_width(keep)
            line, used = line + char, used + size
        lines.append(line)
    return lines


def char_width(char: str) -> int:
    """Columns of a character: 2 for wide ones (East Asian Width W and F), 0 for combining ones."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Columns that a text takes."""
    return sum(map(char_width, text))


def _pad(text: str, width: int) -> str:
    return text + " " * (width - text_width(text))
