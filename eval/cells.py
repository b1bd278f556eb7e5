r"""Gold fields as the text of cells, for people who do not write JSON; they come back exactly.

A cell with several items has one a line; alternatives of a `must` item stand beside each other
with " / " between them, and earlier turns are lines of their own:

    县教育局 / 教育局
    Q: 谁牵头
    A: 县教育局

White space around an item and empty lines are not part of it. What would be taken for such, and
what no cell can hold, is written by its code (\u0020), \ as \\, a line break within an item as \n,
and a slash that would separate as \/. Text that is no list may have lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from index.errors import InputError


class Field(NamedTuple):
    """A gold field: its Chinese name, how wide its column is, in characters, and its form."""

    name: str
    zh: str
    width: int
    form: Literal["text", "list", "choices", "turns"] = "text"
    optional: bool = False


FIELDS = (
    Field("id", "编号", 15),
    Field("doc", "方案", 14, "list"),
    Field("lang", "语言", 7),
    Field("type", "类型", 15),
    Field("question", "问题", 40),
    Field("history", "前几轮", 30, "turns", optional=True),
    Field("answer", "答案", 38),
    Field("must", "必须说到", 36, "choices"),
    Field("must_not", "不得说到", 32, "list"),
    Field("evidence", "依据原文", 50, "list"),
    Field("note", "备注", 24, optional=True),
)
# How to write them, for people: field, Chinese, English; with heads and their widths.
SYNTAX_HEAD = (("列 column", 22), ("中文", 60), ("English", 60))
SYNTAX = (
    ("must 必须说到", "一行一个要点；同一要点的不同说法用“ / ”隔开：县教育局 / 教育局",
     "one item a line; alternatives with “ / ” between them"),
    ("must_not 不得说到", "一行一个；写成容易答错的整句",
     "one a line; write the tempting wrong sentence"),
    ("evidence 依据原文", "一行一段，与原文逐字相同，不跨行",
     "one a line; letter for letter as in the plan, within a line"),
    ("history 前几轮", "一问一答各占一行，以 Q: 和 A: 开头",
     "a line for each question and answer, beginning with Q: and A:"),
    ("\\", "反斜杠保护：\\\\ 反斜杠，\\/ 斜杠，\\n 项内换行，\\u0020 首尾空格",
     "a backslash shields: \\\\ a backslash, \\/ a slash, \\n a line break within an item, \\u0020 "
     "an outer space"),
    ("15%", "各格保持“文本”格式，否则 15% 会变成 0.15",
     "keep the cells in the format Text, or 15% turns into 0.15"),
)  # fmt: skip
JOINT = " / "
BETWEEN = re.compile(r"(?<=\s)/(?=\s)")
# A slash beside white space or at an end could be taken for the one between alternatives.
LOOSE = re.compile(r"(?<!\S)/|/(?!\S)")
TURN = re.compile(r"\s*(Q|A)[:：]")
# What XML 1.0 cannot hold or screens cannot show, and the carriage return, which XML readers turn
# into a line feed.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ in a cell as the letter A: the first sign is written by its code.
EXCEL_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
SHIELD = re.compile(r"\\(?:u([0-9a-f]{4})|(.)|$)", re.DOTALL)


def clean(text: str) -> str:
    """Text for reading, without what neither a cell nor a terminal can show."""
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# -- one text -----------------------------------------------------------------------------


def shield(text: str) -> str:
    """A text as a cell holds it; unshield undoes it."""
    plain = UNFIT.sub(lambda m: _code(m[0]), _edges(text.replace("\\", "\\\\")))
    return EXCEL_CODE.sub(lambda m: _code(m[0]), plain)


def shield_item(text: str) -> str:
    """One line of a cell."""
    return shield(text).replace("\n", "\\n")


def shield_choice(text: str) -> str:
    """An alternative: an item in which no slash separates."""
    return LOOSE.sub(r"\\/", shield_item(text))


def unshield(cell: str) -> str:
    """The text of a cell, of an item or of an alternative."""
    return SHIELD.sub(_character, cell.strip())


def choices(line: str) -> list[str]:
    """The alternatives of a line."""
    return [unshield(a) for a in BETWEEN.split(line)]


def _code(character: str) -> str:
    return f"\\u{ord(character):04x}"


def _edges(text: str) -> str:
    """White space at the ends by its code; what is between them as it is."""
    inner = text.strip()
    at = text.index(inner) if inner else len(text)
    before, after = text[:at], text[at + len(inner) :]
    return "".join(map(_code, before)) + inner + "".join(map(_code, after))


def _character(found: re.Match[str]) -> str:
    code, sign = found.groups()
    if code:
        return chr(int(code, 16))
    return "\n" if sign == "n" else sign or "\\"


# -- a record -----------------------------------------------------------------------------


def to_cells(record: Mapping[str, Any], where: str) -> dict[str, str]:
    """The fields of a gold record, perhaps unfinished, as cells; what it lacks is empty.

    Raises InputError beginning with `where` for a field that is not of the form gold has.
    """
    cells = {}
    for field in FIELDS:
        value = record.get(field.name, "" if field.form == "text" else [])
        try:
            cells[field.name] = _to_cell(field, value)
        except (TypeError, KeyError, AttributeError) as error:
            said = f"{field.name!r} is not of the form that gold has"
            raise InputError(f"{where}: {said}: {value!r:.60}") from error
    return cells


def _to_cell(field: Field, value: Any) -> str:
    if field.form == "text":
        return shield(value)
    if not isinstance(value, list):
        raise TypeError(field.name)
    if field.form == "turns":
        return "\n".join(f"{k}: {shield_item(t[k.lower()])}" for t in value for k in ("Q", "A"))
    if field.form == "choices":
        items = ([m] if isinstance(m, str) else m for m in value)
        return "\n".join(JOINT.join(map(shield_choice, m)) for m in items)
    return "\n".join(map(shield_item, value))


def from_cells(cells: Mapping[str, str], where: str) -> dict[str, Any]:
    """The gold record of a row's cells; to_cells undone. Empty optional fields are left out.

    What it holds is not looked at here. Raises InputError beginning with `where` for turns that
    are none.
    """
    found = {f.name: _from_cell(f, cells.get(f.name, ""), where) for f in FIELDS}
    return {f.name: found[f.name] for f in FIELDS if found[f.name] or not f.optional}


def _from_cell(field: Field, cell: str, where: str) -> Any:
    if field.form == "text":
        return unshield(cell)
    lines = [line for line in cell.split("\n") if line.strip()]
    if field.form == "turns":
        return _turns(lines, where)
    if field.form == "choices":
        return [m[0] if len(m) == 1 else m for m in map(choices, lines)]
    return [unshield(line) for line in lines]


def _turns(lines: Sequence[str], where: str) -> list[dict[str, str]]:
    found = [TURN.match(line) for line in lines]
    if "".join(m[1] if m else "?" for m in found) != "QA" * (len(lines) // 2):
        raise InputError(f"{where}: 'history' is lines Q: … and A: … in turn")
    said = [unshield(line[m.end() :]) for line, m in zip(lines, found, strict=True) if m]
    return [{"q": q, "a": a} for q, a in zip(said[::2], said[1::2], strict=True)]
