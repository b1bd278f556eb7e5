"""What readers say of answers: a verdict and a remark, kept in one SQLite file on this machine.

Kept with each: question and answer as shown, the turns before, the citations, and the settings it
was answered with, so that whoever looks at it later sees what the reader saw. Nothing says who it
was. The file is made when the first word is kept.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from index.errors import InputError
from rag.answer import Answer

Verdict = Literal["right", "wrong_answer", "wrong_source", "remark"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LONGEST = 2000  # characters of a remark; more is a letter, and has its place elsewhere
WAIT_S = 5.0  # for another who writes at the same moment

_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, verdict TEXT NOT NULL, remark TEXT NOT NULL,
    question TEXT NOT NULL, resolved TEXT NOT NULL, answer TEXT NOT NULL, status TEXT NOT NULL,
    kind TEXT NOT NULL, lang TEXT NOT NULL, history TEXT NOT NULL, citations TEXT NOT NULL,
    settings TEXT NOT NULL
)
"""
_FIELDS = (
    "id", "at", "verdict", "remark", "question", "resolved", "answer", "status", "kind", "lang",
    "history", "citations", "settings",
)  # fmt: skip
_JSON = ("history", "citations", "settings")


@dataclass(frozen=True, slots=True)
class Remark:
    """One piece of feedback. `at` is UTC, ISO 8601; `history` the (question, answer) turns before;
    `citations` as in the answer object; `settings` what it was answered with."""

    id: int
    at: str
    verdict: Verdict
    remark: str
    question: str
    resolved: str
    answer: str
    status: str
    kind: str
    lang: str
    history: tuple[tuple[str, str], ...]
    citations: tuple[Mapping[str, Any], ...]
    settings: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self)


class Feedback:
    """The feedback kept in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(
        self,
        verdict: Verdict,
        answer: Answer,
        remark: str = "",
        history: Sequence[tuple[str, str]] = (),
        settings: Mapping[str, Any] | None = None,
    ) -> int:
        """Keeps one piece; returns its number.

        Raises InputError for an unknown verdict, a remark without words or with too many, and a
        file that cannot be written.
        """
        if verdict not in VERDICTS:
            raise InputError(f"unknown verdict {verdict!r}; there are: {', '.join(VERDICTS)}")
        remark = remark.strip()
        if verdict == "remark" and not remark:
            raise InputError("the remark is empty")
        if len(remark) > LONGEST:
            raise InputError(f"the remark has {len(remark):,} characters; the limit is {LONGEST:,}")
        values = (
            datetime.now(UTC).isoformat(timespec="seconds"), verdict, remark, answer.question,
            answer.resolved, answer.answer, answer.status, answer.kind, answer.lang,
            _json([list(turn) for turn in history]), _json([c.to_dict() for c in answer.citations]),
            _json({**answer.engine, **(settings or {})}),
        )  # fmt: skip
        places = ", ".join("?" * len(values))
        with self._open(make=True) as held:
            kept = held.execute(
                f"INSERT INTO feedback ({', '.join(_FIELDS[1:])}) VALUES ({places})", values
            )
            held.commit()
            return int(kept.lastrowid or 0)

    def all(self) -> tuple[Remark, ...]:
        """Everything kept, the newest first."""
        if not self.path.exists():
            return ()
        with self._open() as held:
            rows = held.execute(f"SELECT {', '.join(_FIELDS)} FROM feedback ORDER BY id DESC")
            return tuple(_remark(dict(zip(_FIELDS, row, strict=True))) for row in rows)

    def drop(self, number: int) -> None:
        """Deletes one piece; nothing where it is gone already."""
        if self.path.exists():
            with self._open() as held:
                held.execute("DELETE FROM feedback WHERE id = ?", (number,))
                held.commit()

    @contextmanager
    def _open(self, make: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            if make:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=WAIT_S)) as held:
                held.execute(_TABLE)
                yield held
        except (sqlite3.Error, OSError) as error:
            raise InputError(f"{self.path} cannot be used for feedback: {error}") from error


def _remark(row: dict[str, Any]) -> Remark:
    data = {**row, **{name: json.loads(row[name]) for name in _JSON}}
    data["history"] = tuple((q, a) for q, a in data["history"])
    data["citations"] = tuple(data["citations"])
    return Remark(**data)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


# -- leaving the house --------------------------------------------------------------------


def json_lines(remarks: Sequence[Remark]) -> str:
    """One JSON object a line, as it is kept."""
    return "".join(_json(r.to_dict()) + "\n" for r in remarks)


def csv_table(remarks: Sequence[Remark]) -> str:
    """A table for a spreadsheet; a cell that would compute there is kept text by a leading '."""
    out = io.StringIO()
    writer = csv.writer(out)
    heads = ("id", "at", "verdict", "remark", "question", "answer", "status", "sources")
    writer.writerow(heads)
    for r in remarks:
        sources = "；".join(f"{c['place']} {' › '.join(c['path'])}" for c in r.citations)
        cells = (r.id, r.at, r.verdict, r.remark, r.question, r.answer, r.status, sources)
        writer.writerow([_plain(cell) for cell in cells])
    return out.getvalue()


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def gold_draft(remarks: Sequence[Remark]) -> str:
    """Gold questions to be finished by a person, one JSON object a line (docs/evaluators.md).

    Question, language, plans, turns before and evidence are filled in; the expected answer and
    what it must hold are left to the person where the answer was wrong.
    """
    return "".join(_json(_draft(r)) + "\n" for r in remarks)


def _draft(r: Remark) -> dict[str, Any]:
    right = r.verdict == "right"
    draft: dict[str, Any] = {
        "id": f"feedback-{r.id}",
        "doc": list(dict.fromkeys(c["plan"] for c in r.citations)),
        "lang": r.lang,
        "type": _type(r),
        "question": r.question,
        "answer": r.answer if right else "",
        "must": [],
        "must_not": [],
        "evidence": [c["quote"] for c in r.citations] if right else [],
        "note": "；".join(part for part in (r.verdict, r.remark) if part),
    }
    if r.history:
        draft["history"] = [{"q": q, "a": a} for q, a in r.history]
    return draft


def _type(r: Remark) -> str:
    """The gold type that the question probably is of."""
    if r.history:
        return "followup"
    if r.lang == "en":
        return "english"
    if r.status == "not_mentioned":
        return "unanswerable"
    if len({c["plan"] for c in r.citations}) > 1:
        return "comparison"
    return TYPES.get(r.kind, "measure")


TYPES = {
    "duty": "lead_unit", "tasks": "unit_role", "role_check": "unit_role", "figure": "number",
    "figure_check": "number", "when": "number", "meta": "meta", "document": "meta", "list": "list",
}  # fmt: skip
