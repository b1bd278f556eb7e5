"""Tables that people fill in: as a workbook (.xlsx) or as JSON Lines (.jsonl)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eval.files import need_columns
from eval.human.words import LANGS, SCORES_TAB, Lang
from eval.jsonlines import numbered, write_lines
from eval.workbook import Column, Line, Sheet, instructions, read_sheet, write_workbook
from index.errors import InputError

SUFFIXES = (".xlsx", ".jsonl")
NOTES_WIDTH = 70  # characters of the instructions in each language


def write_table(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    notes: Mapping[Lang, Sequence[str]],
    lang: Lang,
) -> None:
    """Writes the rows, a text for every column, whole or not at all.

    The suffix of `path` tells the format. In a workbook `notes` stand on a tab of their own, the
    languages side by side, `lang` first; JSON Lines has no place for them.
    """
    if suffix(path) == ".jsonl":
        write_lines(path, (dict(zip((c.name for c in columns), r, strict=True)) for r in rows))
        return
    told = [notes[x] for x in sorted(LANGS, key=lambda x: x != lang)]
    guide = instructions(
        [(head, NOTES_WIDTH) for head, *_ in told],
        list(zip(*(lines[1:] for lines in told), strict=True)),
    )
    write_workbook(path, [guide, Sheet(SCORES_TAB, columns, list(rows))])


def read_table(path: Path, columns: Sequence[Column], optional: Collection[str] = ()) -> list[Line]:
    """The lines of a table with exactly these columns, of which the `optional` may lack.

    Raises InputError for a file that cannot be read and for a missing or unknown column.
    """
    if suffix(path) == ".jsonl":
        return list(_json_lines(path, columns, optional))
    return read_sheet(path, SCORES_TAB, columns, optional)


def _json_lines(path: Path, columns: Sequence[Column], optional: Collection[str]) -> Iterator[Line]:
    known = [c.name for c in columns]
    for number, record in numbered(path):
        where = f"{path}:{number}"
        for field, value in record.items():
            if field not in known:
                raise InputError(f"{where}: unknown field {field!r}")
            if not isinstance(value, str):
                raise InputError(f"{where}: field {field!r} is no text (got {value!r})")
        need_columns(where, list(record), [n for n in known if n not in optional])
        yield Line(where, number, record)


def suffix(path: Path) -> str:
    """.xlsx or .jsonl. Raises InputError for another."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path} is neither .xlsx nor .jsonl; save the sheet as .xlsx")
    return path.suffix.lower()
