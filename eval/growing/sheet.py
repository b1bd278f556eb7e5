"""Files of drafts: JSON Lines, or a sheet (.xlsx) for people who decide in a spreadsheet program.

In the sheet a draft is a row. In cells that hold lists every item has a line of its own, and the
alternatives of an item of `must` are joined by " / ":

    县教育局 / 教育局
    团县委

A backslash shields what would be read otherwise: \\\\ is a backslash, \\/ a slash that stands at a
blank or at an end, \\n a line end inside an item, \\uXXXX a character no sheet can hold. Turns of
`history` are lines `Q: …` and `A: …`. Text is written as text: a cell that begins with = + - @ is
no formula, and a cell that holds a formula when read is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from eval.gold import TYPES
from eval.growing.draft import NOTES, Draft, from_json, to_json
from eval.jsonlines import numbered, write_lines
from index.errors import InputError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]


class Column(NamedTuple):
    """A column: its field, its Chinese heading, its width in characters, how lists are kept."""

    name: str
    zh: str
    width: int
    kind: str = "text"


COLUMNS = (
    Column("id", "编号", 15),
    Column("decision", "决定", 10),
    Column("type", "类型", 14),
    Column("question", "问题", 38),
    Column("answer", "答案", 38),
    Column("must", "必须说到", 34, "must"),
    Column("must_not", "不得说到", 28, "list"),
    Column("evidence", "依据原文", 46, "list"),
    Column("path", "所在条款", 28),
    Column("why", "为何建议", 28),
    Column("doc", "方案", 11, "list"),
    Column("lang", "语言", 6),
    Column("history", "前几轮", 24, "history"),
    Column("note", "备注", 18),
    Column("clause", "条款编号", 16),
)
GUIDE = (
    (
        "decision 决定",
        "accept / 采用: 收入试题；drop / 弃: 不要；空: 以后再定",
        "accept: takes the question; drop: leaves it; empty: not decided yet",
    ),
    (
        "must 必须说到",
        "一行一个要点；同一要点的不同说法用“ / ”隔开",
        "one item a line; alternatives joined by “ / ”",
    ),
    (
        "must_not 不得说到",
        "一行一个；写成容易答错的整句",
        "one a line; write the tempting wrong sentence",
    ),
    (
        "evidence 依据原文",
        "一行一段，与原文逐字相同，不跨行",
        "one a line; letter for letter as in the plan, within a line",
    ),
    (
        "history 前几轮",
        "一问一答各占一行，以 Q: 和 A: 开头",
        "a line for each question and answer, beginning with Q: and A:",
    ),
    (
        "\\",
        "反斜杠保护: \\\\ 反斜杠，\\/ 斜杠，\\n 项内换行",
        "a backslash shields: \\\\ a backslash, \\/ a slash, \\n a line end in an item",
    ),
)
SHEET, GUIDE_SHEET = "drafts", "说明 guide"
DROP_DOWN = '"accept,drop,采用,弃"'
LONGEST = 32_767  # characters that a cell of a sheet can hold
# What XML cannot hold, and the x of _x0041_, which spreadsheet programs read as a character.
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|(?<=_)x(?=[0-9A-Fa-f]{4}_)"
)
SHIELD = re.compile(r"\\(u[0-9a-f]{4}|.)", re.S)


def read_drafts(path: Path) -> list[Draft]:
    """The drafts of a .jsonl or .xlsx file, in order.

    Raises InputError for a file of another sort, or naming the record that is no draft.
    """
    if path.suffix == ".xlsx":
        return _read_sheet(path)
    if path.suffix != ".jsonl":
        raise InputError(f"{path}: drafts are .jsonl or .xlsx files")
    return [from_json(data, f"{path}:{n}") for n, data in numbered(path)]


def write_drafts(path: Path, drafts: Sequence[Draft]) -> None:
    """Writes drafts as .jsonl or .xlsx by the name's ending, whole or not at all."""
    if path.suffix == ".xlsx":
        _write_sheet(path, drafts)
    elif path.suffix == ".jsonl":
        write_lines(path, map(to_json, drafts))
    else:
        raise InputError(f"{path}: drafts are written as .jsonl or .xlsx")


# -- cells --------------------------------------------------------------------------------


def escape(text: str) -> str:
    """A text as it stands in a cell: only what a sheet cannot hold, and the shield, are changed."""
    return CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", text.replace("\\", "\\\\"))


def unescape(text: str) -> str:
    """Undoes escape, escape_item and escape_choice."""
    return SHIELD.sub(_shielded, text)


def _shielded(m: re.Match[str]) -> str:
    if len(m[1]) > 1:
        return chr(int(m[1][1:], 16))
    return "\n" if m[1] == "n" else m[1]


def escape_item(text: str) -> str:
    """An item of a list: one line."""
    return escape(text).replace("\n", "\\n")


def escape_choice(text: str) -> str:
    """An alternative of an item: as an item, and no slash could be taken for a joint."""
    return re.sub(r"(?:(?<=\s)|^)/|/(?=\s|$)", r"\\/", escape_item(text))


def _to_cell(kind: str, value: Any) -> str:
    if kind == "text":
        return escape(str(value))
    if kind == "history":
        return "\n".join(f"{k}: {escape_item(t[k.lower()])}" for t in value for k in ("Q", "A"))
    if kind == "must":
        items = ([m] if isinstance(m, str) else m for m in value)
        return "\n".join(" / ".join(map(escape_choice, m)) for m in items)
    return "\n".join(map(escape_item, value))


def _from_cell(kind: str, text: str, where: str) -> Any:
    if kind == "text":
        return unescape(text)
    lines = [line for line in text.split("\n") if line.strip()]
    if kind == "history":
        return _turns(lines, where)
    if kind == "must":
        split = [[unescape(a) for a in line.split(" / ")] for line in lines]
        return [m[0] if len(m) == 1 else m for m in split]
    return [unescape(line) for line in lines]


def _turns(lines: Sequence[str], where: str) -> list[dict[str, str]]:
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    if len(lines) % 2 or not all(q.startswith("Q:") and a.startswith("A:") for q, a in pairs):
        raise InputError(f"{where}: history is lines 'Q: …' and 'A: …' in turn")
    return [{"q": unescape(q[2:].removeprefix(" ")), "a": unescape(a[2:].removeprefix(" "))}
            for q, a in pairs]  # fmt: skip


# -- sheets -------------------------------------------------------------------------------


def _write_sheet(path: Path, drafts: Sequence[Draft]) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.styles import Font  # type: ignore[import-untyped]

    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = SHEET
    for n, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, n)
        _put(cell, f"{column.name} {column.zh}", "heading")
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = column.width
    for row, draft in enumerate(drafts, 2):
        for n, column in enumerate(COLUMNS, 1):
            where = f"{path}: draft {row - 1}, {column.name}"
            _put(sheet.cell(row, n), _value(draft, column, where), where)
    sheet.freeze_panes = "E2"
    _drop_downs(sheet, len(drafts))
    guide = book.create_sheet(GUIDE_SHEET)
    for line in GUIDE:
        guide.append(line)
    for letter, width in zip("ABC", (22, 56, 64), strict=True):
        guide.column_dimensions[letter].width = width
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    book.save(new)
    new.replace(path)


def _put(cell: Cell, text: str, where: str) -> None:
    """Text as text: never a formula, wrapped, and kept as text when it is edited."""
    from openpyxl.styles import Alignment

    if len(text) > LONGEST:
        raise InputError(f"{where}: {len(text)} characters do not fit a cell; use .jsonl")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = True


def _value(draft: Draft, column: Column, where: str) -> str:
    if column.name in NOTES:
        return escape(str(getattr(draft, column.name)))
    value = draft.record.get(column.name, "" if column.kind == "text" else [])
    try:
        return _to_cell(column.kind, value)
    except (TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{where}: not of the form that gold has: {value!r:.60}") from error


def _drop_downs(sheet: Worksheet, rows: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    lists = {"decision": DROP_DOWN, "type": f'"{",".join(TYPES)}"'}
    for n, column in enumerate(COLUMNS, 1):
        if column.name in lists:
            choice = DataValidation(type="list", formula1=lists[column.name], allow_blank=True)
            letter = sheet.cell(1, n).column_letter
            choice.add(f"{letter}2:{letter}{max(rows, 1) + 1}")
            sheet.add_data_validation(choice)


def _read_sheet(path: Path) -> list[Draft]:
    rows = _cells(path)
    if not rows:
        raise InputError(f"{path}: the sheet {SHEET!r} is empty")
    heads = [h.split()[0] if h.split() else "" for h in rows[0]]
    missing = [c.name for c in COLUMNS if c.name not in heads]
    if missing:
        raise InputError(f"{path}: column {missing[0]!r} is missing; keep the first row as it was")
    at: Mapping[str, int] = {c.name: heads.index(c.name) for c in COLUMNS}
    return [
        _row(lambda name, row=row: row[at[name]], f"{path}: row {n}")  # type: ignore[misc]
        for n, row in enumerate(rows[1:], 2)
        if any(row)
    ]


def _row(cell: Callable[[str], str], where: str) -> Draft:
    record: dict[str, Any] = {}
    for column in COLUMNS:
        if column.name not in NOTES:
            record[column.name] = _from_cell(column.kind, cell(column.name), where)
    for name in ("history", "note"):
        if not record[name]:
            del record[name]
    return Draft(record, **{n: unescape(cell(n)) for n in NOTES})


def _cells(path: Path) -> list[list[str]]:
    """The drafts' sheet as text, rows of one length. A number typed by hand is read as typed."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

    try:
        book = load_workbook(path)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError(f"{path} is no .xlsx sheet") from error
    if SHEET not in book.sheetnames:
        raise InputError(f"{path} has no sheet {SHEET!r}")
    return [[_text(cell, path) for cell in row] for row in book[SHEET].iter_rows()]


def _text(cell: Any, path: Path) -> str:
    if cell.data_type in ("f", "e"):
        raise InputError(f"{path}: cell {cell.coordinate} holds a formula; write plain text")
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, str) else json.dumps(value, default=str).strip('"')
