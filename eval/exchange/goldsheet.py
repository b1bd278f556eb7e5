r"""Gold questions as an Excel sheet, for people who do not write JSON; it comes back exactly.

Every field of the gold format is a column. A cell with several items has one a line; alternatives
of a `must` item stand beside each other with " / " between them, and earlier turns are lines of
their own, as in the sheets of drafts (eval.growing.sheet):

    县教育局 / 教育局
    Q: 谁牵头
    A: 县教育局

White space around an item and empty lines are not part of it. What would be taken for such is
written by its code (\u0020), \ as \\, a line break within an item as \n, and a slash that would
separate as \/. `answer` and `note` may have lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.exchange.drafts import once
from eval.exchange.sheets import LONGEST, UNFIT, Column, Sheet, read_sheet, write_workbook
from eval.gold import Gold, from_record
from index.errors import InputError

TITLE = "gold"
HEADS = (
    ("id", "编号", 14), ("doc", "方案", 14), ("lang", "语言", 7), ("type", "类型", 15),
    ("question", "问题", 44), ("history", "前几轮", 36), ("answer", "答案", 36),
    ("must", "必须说到", 36), ("must_not", "不得说到", 36), ("evidence", "依据原文", 52),
    ("note", "备注", 30),
)  # fmt: skip
NAMES = tuple(name for name, _, _ in HEADS)
LISTS = ("doc", "must_not", "evidence")
OPTIONAL = ("history", "note")
JOINT = " / "
BETWEEN = re.compile(r"(?<=\s)/(?=\s)")
# A slash beside white space or at an end could be taken for the one between alternatives.
LOOSE = re.compile(r"(?<!\S)/|/(?!\S)")
TURN = re.compile(r"\s*(Q|A)[:：]")
# Excel reads _x0041_ in a cell as the letter A: the first sign is written by its code.
EXCEL_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.)|$)", re.DOTALL)
HELP = (
    ("一格里有几项的，每项一行。", "Several items in a cell: one a line."),
    (
        "must 的同义说法用“ / ”隔开：县教育局 / 教育局。",
        "Alternatives of a must item: with “ / ” between them.",
    ),
    (
        "history 一问一答各占一行，以 Q: 和 A: 开头。",
        "history: a line for each question and answer, beginning with Q: and A:.",
    ),
    (
        "反斜杠保护：\\\\ 反斜杠，\\/ 斜杠，\\n 项内换行，\\u0020 首尾空格。",
        "A backslash shields: \\\\ a backslash, \\/ a slash, \\n a line break within an item, "
        "\\u0020 an outer space.",
    ),
    (
        "各格保持“文本”格式，否则 15% 会变成 0.15。",
        "Keep the cells in the format Text, or 15% turns into 0.15.",
    ),
    (
        "读回：python -m eval import xlsx FILE --out gold.jsonl",
        "To read it back: python -m eval import xlsx FILE --out gold.jsonl",
    ),
)


def write_gold_sheet(gold: Sequence[Gold], path: Path) -> None:
    """Writes the questions with a second sheet that says how to edit them.

    Raises InputError for a question that is longer than a cell can be.
    """
    rows = [_row(question) for question in gold]
    for row in rows:
        for cell, name in zip(row, NAMES, strict=True):
            if len(cell) > LONGEST:
                raise InputError(
                    f"question {row[0]!r}: {name!r} has {len(cell)} characters; "
                    f"an Excel cell holds {LONGEST}"
                )
    notes = Sheet("说明 help", (Column("中文", 60), Column("English", 60)), HELP)
    columns = [Column(f"{name} {zh}", width) for name, zh, width in HEADS]
    write_workbook(path, [Sheet(TITLE, columns, rows), notes])


def _row(gold: Gold) -> list[str]:
    cells = {
        "id": _text(gold.id),
        "lang": gold.lang,
        "type": gold.type,
        "question": _text(gold.question),
        "answer": _text(gold.answer),
        "note": _text(gold.note),
        "history": "\n".join(f"Q: {_item(q)}\nA: {_item(a)}" for q, a in gold.history),
        "must": "\n".join(JOINT.join(map(_choice, item)) for item in gold.must),
    }
    cells |= {name: "\n".join(map(_item, getattr(gold, name))) for name in LISTS}
    return [cells[name] for name in NAMES]


def read_gold_sheet(path: Path) -> list[Gold]:
    """The questions of a sheet. Raises InputError naming the row or column that is wrong."""
    titles, rows = read_sheet(path, TITLE)
    head = [(title.split() or [""])[0] for title in titles]
    for name in NAMES:
        if name not in head and name not in OPTIONAL:
            raise InputError(f"{path} lacks the column {name!r}; it has: {', '.join(head)}")
    unknown = [h for h in head if h and h not in NAMES]
    if unknown:
        raise InputError(f"{path}: unknown column {unknown[0]!r}; there are: {', '.join(NAMES)}")
    gold = []
    for n, cells in rows:
        given = dict(zip(head, cells, strict=False))
        gold.append(from_record(_record(given, f"{path}: row {n}"), f"{path}: row {n}"))
    once((g.id for g in gold), path)
    return gold


def _record(cells: dict[str, str], where: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        name: _untext(cells.get(name, ""))
        for name in ("id", "lang", "type", "question", "answer", "note")
    }
    for name in LISTS:
        record[name] = [_untext(line) for line in _lines(cells.get(name, ""))]
    must = (BETWEEN.split(line) for line in _lines(cells.get("must", "")))
    record["must"] = [[_untext(a) for a in choices] for choices in must]
    record["history"] = _turns(_lines(cells.get("history", "")), where)
    return record


def _turns(lines: Sequence[str], where: str) -> list[dict[str, str]]:
    found = [TURN.match(line) for line in lines]
    if "".join(m[1] if m else "?" for m in found) != "QA" * (len(lines) // 2):
        raise InputError(f"{where}: 'history' is lines Q: … and A: … in turn")
    said = [_untext(line[m.end() :]) for line, m in zip(lines, found, strict=True) if m]
    return [{"q": q, "a": a} for q, a in zip(said[::2], said[1::2], strict=True)]


# -- the text of a cell -------------------------------------------------------------------


def _code(character: str) -> str:
    return f"\\u{ord(character):04x}"


def _edges(text: str) -> str:
    """White space at the ends by its code; what is between them as it is."""
    inner = text.strip()
    if not inner:
        return "".join(map(_code, text))
    at = text.index(inner)
    before, after = text[:at], text[at + len(inner) :]
    return "".join(map(_code, before)) + inner + "".join(map(_code, after))


def _text(text: str) -> str:
    """A text as a cell holds it; _untext undoes it."""
    plain = UNFIT.sub(lambda m: _code(m[0]), _edges(text.replace("\\", "\\\\")))
    return EXCEL_CODE.sub(lambda m: _code(m[0]), plain)


def _untext(cell: str) -> str:
    return ESCAPE.sub(_character, cell.strip())


def _character(found: re.Match[str]) -> str:
    code, sign = found.groups()
    if code:
        return chr(int(code, 16))
    return "\n" if sign == "n" else sign or "\\"


def _item(text: str) -> str:
    """One line of a cell."""
    return _text(text).replace("\n", "\\n")


def _choice(text: str) -> str:
    """An alternative: an item in which no slash separates."""
    return LOOSE.sub(r"\\/", _item(text))


def _lines(cell: str) -> list[str]:
    return [line for line in cell.split("\n") if line.strip()]
