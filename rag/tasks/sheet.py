"""What the tables show of the rows: columns with their Chinese heads, title, texts of cells.

Every text is as the plan has it; in cells of a workbook or a csv file what a spreadsheet would
take for a formula is kept text (xlsx.py, files.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from index.errors import InputError
from index.plan import ROLE_ZH, Role
from rag.tasks.rows import Row

TABLE = "任务分解表"
NUMBER, PLACE, PATH, TASK = "序号", "地区", "所属部分", "任务"
CONTENT, TARGETS, SOURCE = "工作内容", "指标", "出处"
SHOWN_PLACES = 8  # named in one line; more no longer fit
SHORT_PLACE, WIDE_PLACE = 6, 20  # characters of a name that fits a narrow column; the wide one's
UNITS_WIDTH, LEAD_WIDTH = 27, 16  # in half-width characters; lead lists are short


def not_installed(what: str, package: str) -> InputError:
    """What is told where the extra `office` is missing."""
    return InputError(
        f"{what} needs {package}, which is not installed; "
        'install it with: pip install -c constraints.txt -e ".[office]"'
    )


class Column(NamedTuple):
    """A column: its head, its width in half-width characters, the text of a row's cell."""

    head: str
    width: int
    text: Callable[[Row], str]


def roles_of(rows: Sequence[Row]) -> tuple[Role, ...]:
    """The roles that occur, in the order they are always shown in."""
    held = {s.role for r in rows for s in r.shares}
    return tuple(role for role in ROLE_ZH if role in held)


def role_columns(rows: Sequence[Row]) -> list[Column]:
    """A column for each role that occurs."""
    return [
        Column(ROLE_ZH[role], LEAD_WIDTH if role == "lead" else UNITS_WIDTH, units_text(role))
        for role in roles_of(rows)
    ]


def units_text(role: Role) -> Callable[[Row], str]:
    """The text of that role's units in a row, "" where it names none."""

    def text(row: Row) -> str:
        share = row.share(role)
        return share.label if share else ""

    return text


def several_places(rows: Sequence[Row]) -> bool:
    """Whether rows of more than one plan are shown, so that each must say whose it is."""
    return len({r.plan for r in rows}) > 1


def place_columns(rows: Sequence[Row]) -> list[Column]:
    """The column that says whose task it is, where rows of several plans are shown; wider where
    places need their city or title to be told apart."""
    if not several_places(rows):
        return []
    wide = any(len(r.place) > SHORT_PLACE for r in rows)
    return [Column(PLACE, WIDE_PLACE if wide else 10, lambda row: row.place)]


def path_text(row: Row) -> str:
    """The labels above the clause, a line each."""
    return "\n".join(row.path)


def task_text(row: Row) -> str:
    """The task's name: number with heading or first sentence."""
    return row.task.name


def content_text(row: Row) -> str:
    """What is to be done: the text below the heading, or the items that the note holds for."""
    if not row.items:
        return row.task.rest
    return "\n".join(p.body if p is row.task else p.name for p in row.pieces)


def source_text(row: Row) -> str:
    """Clause number and page."""
    return row.task.source.label


def printable(text: str) -> str:
    """The text without characters that files of office programs (XML 1.0) cannot hold."""
    return NO_XML.sub("", text)


NO_XML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def heading(rows: Sequence[Row]) -> str:
    """The table's title: that of the plan, or of none where there are several."""
    titles = {r.plan: r.title or r.place for r in rows}
    return next(iter(titles.values())) + TABLE if len(titles) == 1 else TABLE


def subtitle(rows: Sequence[Row], wanted: str = "") -> str:
    """How many tasks of which plans, and what was asked for."""
    places = list(dict.fromkeys(r.place for r in rows))
    more = f"等{len(places)}处" if len(places) > SHOWN_PLACES else ""
    named = "、".join(places[:SHOWN_PLACES]) + more if several_places(rows) else ""
    parts = [named, wanted, f"共{len(rows)}项", "依方案原文整理，以原文为准"]
    return "　".join(part for part in parts if part)
