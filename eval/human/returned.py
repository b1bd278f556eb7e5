"""Returned sheets, read strictly against the key.

Nothing is guessed: whatever does not fit is told with its place, and all of it at once, so that a
sheet goes back to its scorer one time only. What was not scored is no fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from eval.human.files import PREFIX, row_of, sheet_columns
from eval.human.key import Key, sha256
from eval.human.sheets import Row
from eval.human.tables import SUFFIXES, read_table
from eval.human.words import NO_CITATIONS, Kind
from eval.workbook import Line
from index.errors import InputError


class Mark(NamedTuple):
    """What a scorer gave a row; "" where not scored, or without citations to judge."""

    verdict: str
    citation: str
    remark: str


class Shown(NamedTuple):
    """The texts of a row as scorers saw them."""

    question: str
    answer: str
    citations: str
    reference: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The marks by scorer and row id, the texts by row id, and what is wrong with the sheets."""

    marks: Mapping[str, Mapping[str, Mark]]
    shown: Mapping[str, Shown]
    faults: tuple[str, ...]

    def cited(self, row: str) -> bool:
        """Whether the answer has citations to judge."""
        return row in self.shown and self.shown[row].citations != NO_CITATIONS

    def verdicts(self, kind: Kind) -> dict[str, dict[str, str]]:
        """By scorer, the verdicts of this kind by row id, without the rows not scored."""
        return {
            name: {row: told for row, mark in marks.items() if (told := getattr(mark, kind))}
            for name, marks in self.marks.items()
        }


def sheet_files(places: Sequence[Path]) -> list[Path]:
    """The sheets named, and those in the folders named. Raises InputError where there are none."""
    found: list[Path] = []
    for place in places:
        if not place.is_dir():
            found.append(place)
            continue
        inside = sorted(p for p in place.glob(f"{PREFIX}*") if p.suffix.lower() in SUFFIXES)
        if not inside:
            raise InputError(f"{place} holds no {PREFIX}NAME.xlsx or .jsonl")
        found += inside
    return found


def read_returned(paths: Sequence[Path], key: Key) -> Returned:
    """All sheets, with every fault of theirs in words.

    Raises InputError for a file that is no sheet, for one whose name tells no scorer of the key,
    and for two of the same scorer.
    """
    marks: dict[str, dict[str, Mark]] = {}
    shown: dict[str, Shown] = {}
    faults: list[str] = []
    for path in paths:
        name = _scorer(path, key)
        if name in marks:
            raise InputError(f"{path}: a sheet of {name!r} was already read; hand in one of each")
        lines = read_table(path, sheet_columns(reference=True), optional=("reference",))
        marks[name] = {}
        for line in lines:
            row, wrong = row_of(line)
            wrong += misplaced(line, row.id, key, marks[name])
            faults += wrong
            if row.id in key.by_id:
                marks[name][row.id] = Mark(row.verdict, row.citation, row.remark)
                shown[row.id] = _shown(row, shown.get(row.id))
        lost = sorted(key.by_id.keys() - marks[name].keys())
        faults += [f"{path.name}: row {row} is missing" for row in lost]
    in_order = {name: marks[name] for name in key.scorers if name in marks}
    return Returned(in_order, shown, tuple(faults))


def misplaced(line: Line, row: str, key: Key, before: Mapping[str, object]) -> list[str]:
    """What is wrong with a line's id and texts: unknown, given before, or changed."""
    if row not in key.by_id:
        return [f"{line.where}: id {row!r} is not in the key; rows may not be added"]
    if row in before:
        return [f"{line.where}: row {row} stands twice; keep one of them"]
    texts = (line.cells[f] for f in ("question", "answer", "citations"))
    if sha256(*texts) != key.by_id[row].sha256:
        return [
            f"{line.where}: question, answer or citations of row {row} were changed; score the "
            "sheet as it was given"
        ]
    return []


def _scorer(path: Path, key: Key) -> str:
    name = path.stem.removeprefix(PREFIX)
    if not path.stem.startswith(PREFIX) or name not in key.scorers:
        names = ", ".join(f"{PREFIX}{s}{path.suffix}" for s in key.scorers)
        raise InputError(f"{path} tells no scorer of the key; give it its name back: {names}")
    return name


def _shown(row: Row, before: Shown | None) -> Shown:
    """Not every sheet has the expected answer: it is taken from one that does."""
    reference = row.reference or (before.reference if before else "")
    return Shown(row.question, row.answer, row.citations, reference)
