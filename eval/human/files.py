"""Scoring sheets as files: writing them with their key, and filling one in row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.human.key import NAME, write_key
from eval.human.sheets import Drawn, Row, Sheet
from eval.human.tables import read_table, suffix, write_table
from eval.human.texts import instructions
from eval.human.words import (
    CHOICES,
    HEADERS,
    LANGS,
    NOTHING,
    SCORES_TAB,
    Kind,
    Lang,
    known_words,
    read_word,
)
from eval.jsonlines import write_lines
from eval.workbook import Column, Line, change_row
from index.errors import InputError

PREFIX = "scorer-"
SCORER = re.compile(r"\w[\w-]*")  # safe in a file's name everywhere; Chinese names too
TEXTS = ("id", "question", "answer", "citations", "reference")
WIDTHS = {"id": 9, "question": 34, "answer": 56, "citations": 56, "reference": 24}
FILLED: tuple[tuple[str, Kind | None], ...] = (
    ("verdict", "verdict"), ("citation_verdict", "citation"), ("remark", None)
)  # fmt: skip
VERDICT_WIDTH, REMARK_WIDTH = 11, 24


def sheet_columns(reference: bool, lang: Lang = "zh") -> tuple[Column, ...]:
    """The columns of a scoring sheet; the drop-down lists are in `lang`."""
    return (
        *(text_column(f) for f in TEXTS if reference or f != "reference"),
        *(fill_column(f, kind, lang) for f, kind in FILLED),
    )


def text_column(field: str) -> Column:
    return Column(field, "\n".join(HEADERS[field]), WIDTHS[field])


def fill_column(field: str, kind: Kind | None, lang: Lang) -> Column:
    """A column to write in: a verdict of this kind, or free text."""
    words = tuple(w.of(lang) for w in CHOICES[kind].values()) if kind else ()
    width = VERDICT_WIDTH if kind else REMARK_WIDTH
    return Column(field, "\n".join(HEADERS[field]), width, choices=words, fill=True)


def scorer_names(count: int | None, names: str) -> tuple[str, ...]:
    """The scorers of `--scorers` and `--names a,b`: s1, s2 … where they are not named.

    Raises InputError for none, for a count that is not that of the names, and for a name that
    cannot stand in a file's name or is given twice.
    """
    given = tuple(n.strip() for n in names.split(",") if n.strip())
    if not given and not count:
        raise InputError("say how many score: --scorers 2, or --names with their names")
    if given and count and len(given) != count:
        raise InputError(f"{count} scorers but {len(given)} names: {', '.join(given)}")
    for name in given:
        if not SCORER.fullmatch(name):
            raise InputError(f"the name {name!r} may hold letters, digits, _ and - only")
        if [n.casefold() for n in given].count(name.casefold()) > 1:
            raise InputError(f"two scorers are called {name!r}")
    return given or tuple(f"s{n}" for n in range(1, (count or 0) + 1))


def write_sheets(folder: Path, drawn: Drawn, suffix: str, lang: Lang = "zh") -> list[Path]:
    """Writes a file for every scorer and the key; returns their paths, the key last.

    Raises InputError where the folder holds sheets already: they may have been filled in.
    """
    there = [folder / NAME, *folder.glob(f"{PREFIX}*")]
    if found := [p for p in there if p.exists()]:
        raise InputError(f"{found[0]} is there already; name a new folder with --out")
    paths = []
    for name, rows in drawn.sheets:
        path = folder / f"{PREFIX}{name}{suffix}"
        write_sheet(path, Sheet(name, rows), name in drawn.key.reference, lang)
        paths.append(path)
    write_key(folder / NAME, drawn.key)
    return [*paths, folder / NAME]


def write_sheet(path: Path, sheet: Sheet, reference: bool, lang: Lang = "zh") -> None:
    """Writes one scorer's sheet."""
    notes = {x: instructions(x) for x in LANGS}
    rows = (_texts(r, reference, lang) for r in sheet.rows)
    write_table(path, sheet_columns(reference, lang), rows, notes, lang)


def row_of(line: Line) -> tuple[Row, list[str]]:
    """A line as a row, with what is wrong with it in words; a faulty verdict is left empty."""
    cells, faults = line.cells, []
    row = Row(
        id=cells["id"].strip(),
        question=cells["question"],
        answer=cells["answer"],
        citations=cells["citations"],
        reference=cells.get("reference"),
        remark=cells["remark"].strip(),
    )
    verdict, fault = read_verdict(line, "verdict", "verdict")
    faults += fault
    told = cells["citation_verdict"].strip()
    if row.cited:
        citation, fault = read_verdict(line, "citation_verdict", "citation")
        faults += fault
    else:
        citation = ""
        if told not in ("", NOTHING):
            faults.append(
                f"{line.where}: the answer has no citations, so its citation verdict must be "
                f"{NOTHING} (got {told!r})"
            )
    return replace(row, verdict=verdict, citation=citation), faults


def read_verdict(line: Line, field: str, kind: Kind) -> tuple[str, list[str]]:
    """The verdict in a cell, "" for an empty one, and what is wrong with it."""
    told = line.cells[field].strip()
    name = read_word(kind, told) if told else ""
    if name is not None:
        return name, []
    fault = f"{line.where}: {HEADERS[field].both} {told!r} is none of {known_words(kind)}"
    return "", [fault]


class SheetFile:
    """One scorer's sheet, open for filling in. Every `put` is saved at once.

    A workbook is changed in place, so widths and the like stay as the scorer set them. Raises
    InputError for a file that is no sheet and for a word that is no verdict.
    """

    def __init__(self, path: Path, lang: Lang = "zh") -> None:
        self.path, self._lang = path, lang
        self.rows: list[Row] = []
        self._numbers: list[int] = []
        for line in read_table(path, sheet_columns(True), ("reference",)):
            row, faults = row_of(line)
            if faults:
                raise InputError(faults[0])
            self.rows.append(row)
            self._numbers.append(line.number)
        if not self.rows:
            raise InputError(f"{path} has no rows to score")

    def put(self, n: int, row: Row) -> None:
        """Puts the verdicts and the remark of row `n`, from 0, and saves the file."""
        self.rows[n] = row
        if suffix(self.path) == ".jsonl":
            reference = row.reference is not None
            fields = [c.name for c in sheet_columns(reference)]
            texts = (_texts(r, reference, "en") for r in self.rows)
            write_lines(self.path, (dict(zip(fields, t, strict=True)) for t in texts))
            return
        filled = dict(zip((f for f, _ in FILLED), _filled(row, self._lang), strict=True))
        change_row(self.path, SCORES_TAB, sheet_columns(True), self._numbers[n], filled)


def _texts(row: Row, reference: bool, lang: Lang) -> Sequence[str]:
    expected = (row.reference or "",) if reference else ()
    return (row.id, row.question, row.answer, row.citations, *expected, *_filled(row, lang))


def _filled(row: Row, lang: Lang) -> tuple[str, str, str]:
    """Verdict, citation verdict and remark as they are written in `lang`."""
    return (
        CHOICES["verdict"][row.verdict].of(lang) if row.verdict else "",
        _citation_word(row, lang),
        row.remark,
    )


def _citation_word(row: Row, lang: Lang) -> str:
    if not row.cited:
        return NOTHING
    return CHOICES["citation"][row.citation].of(lang) if row.citation else ""
