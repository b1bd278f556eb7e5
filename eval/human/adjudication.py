"""Disagreements between scorers: the sheet on which they are decided, and reading it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.human.files import VERDICT_WIDTH, fill_column, read_verdict, text_column
from eval.human.key import Key
from eval.human.returned import Mark, Returned, misplaced
from eval.human.tables import read_table, write_table
from eval.human.texts import DECIDING
from eval.human.words import CHOICES, HEADERS, NOTHING, Kind, Lang, Words
from eval.workbook import Column

NAME = "disagreements"
FINALS: tuple[tuple[str, Kind], ...] = (("final", "verdict"), ("final_citation", "citation"))
REMARK_WIDTH = 18


class Decision(NamedTuple):
    """What was decided of a row; "" where nothing was, or nothing had to be."""

    verdict: str
    citation: str


def differs(returned: Returned, row: str, kind: Kind) -> bool:
    """Whether two scorers gave a row different verdicts of this kind."""
    told = {getattr(m[row], kind) for m in returned.marks.values() if row in m}
    return len(told - {""}) > 1


def disagreements(key: Key, returned: Returned) -> list[str]:
    """The ids of the rows on whose verdict or citation verdict scorers differ."""
    return [
        e.id
        for e in key.entries
        if differs(returned, e.id, "verdict") or differs(returned, e.id, "citation")
    ]


def write_disagreements(
    path: Path, rows: Sequence[str], returned: Returned, lang: Lang = "zh"
) -> None:
    """Writes the adjudication sheet: everyone's verdicts and remarks, `final` empty.

    A side on which all agree holds — instead. The expected answer is there if a scorer had it.
    """
    reference = any(returned.shown[r].reference for r in rows)
    columns = _columns(tuple(returned.marks), reference, lang)
    # The words of a workbook are for people, those of JSON Lines for programs.
    words: Lang = lang if path.suffix == ".xlsx" else "en"
    texts = (_texts(r, returned, reference, words) for r in rows)
    write_table(path, columns, texts, DECIDING, lang)


def read_decisions(
    path: Path, key: Key, returned: Returned
) -> tuple[dict[str, Decision], list[str]]:
    """The decisions by row id, and every fault of the sheet in words.

    Raises InputError for a file that is no adjudication sheet of these scorers.
    """
    columns = _columns(tuple(returned.marks), True, "zh")
    found: dict[str, Decision] = {}
    faults: list[str] = []
    for line in read_table(path, columns, optional=("reference",)):
        row = line.cells["id"].strip()
        wrong = misplaced(line, row, key, found)
        told = []
        for field, kind in FINALS:
            if line.cells[field].strip() == NOTHING:
                told.append("")
                continue
            name, fault = read_verdict(line, field, kind)
            wrong += fault
            if name and not differs(returned, row, kind):
                header = HEADERS[field].both
                wrong.append(
                    f"{line.where}: {header}: scorers agree on row {row}, so there is nothing to "
                    f"decide; put {NOTHING} there"
                )
            told.append(name)
        faults += wrong
        found.setdefault(row, Decision(*told))
    return found, faults


def _columns(scorers: Sequence[str], reference: bool, lang: Lang) -> tuple[Column, ...]:
    texts = ("id", "question", "answer", "citations", *(("reference",) if reference else ()))
    return (
        *(text_column(f) for f in texts),
        *(c for name in scorers for c in _scorer_columns(name)),
        *(fill_column(field, kind, lang) for field, kind in FINALS),
        fill_column("remark", None, lang),
    )


def _scorer_columns(name: str) -> list[Column]:
    widths = (("verdict", VERDICT_WIDTH), ("citation_verdict", VERDICT_WIDTH),
              ("remark", REMARK_WIDTH))  # fmt: skip
    return [
        Column(f"{name}: {f}", "\n".join(f"{name} {text}" for text in HEADERS[f]), width)
        for f, width in widths
    ]


def _texts(row: str, returned: Returned, reference: bool, lang: Lang) -> list[str]:
    shown = returned.shown[row]
    texts = [row, shown.question, shown.answer, shown.citations]
    if reference:
        texts.append(shown.reference)
    for marks in returned.marks.values():
        texts += _told(marks.get(row, Mark("", "", "")), lang)
    texts += ["" if differs(returned, row, kind) else NOTHING for _, kind in FINALS]
    return [*texts, ""]


def _told(mark: Mark, lang: Lang) -> list[str]:
    words: list[tuple[Mapping[str, Words], str]] = [
        (CHOICES["verdict"], mark.verdict),
        (CHOICES["citation"], mark.citation),
    ]
    return [*(w[name].of(lang) if name else "" for w, name in words), mark.remark]
