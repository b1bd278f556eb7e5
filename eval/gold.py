"""Gold questions: the format, reading it, and whether an answer is right.

The format is documented in docs/evaluators.md. Before matching, both sides are NFKC-normalised,
lower-cased, and stripped of white space, quotation marks, `*` and citation marks such as [1].
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputError

TYPES = (
    "lead_unit", "lead_unit_none", "participants", "unit_role", "number", "measure", "list",
    "meta", "unanswerable", "english", "comparison", "aggregate", "followup",
)  # fmt: skip
# What one plan is asked in Chinese; the other types ask in English, go on from an earlier turn,
# or draw on several plans.
ONE_PLAN = TYPES[:9]
BEYOND = TYPES[9:]
GOLD = Path(__file__).resolve().parent / "gold"
FIELDS = {
    "id", "doc", "lang", "type", "question", "history", "answer", "must", "must_not", "evidence",
    "note",
}  # fmt: skip
# An answer longer than its kind deserves is wrong (characters).
LIMITS = {
    "number": 400, "unanswerable": 400, "lead_unit": 500, "meta": 500, "lead_unit_none": 700,
    "participants": 700, "measure": 850, "list": 850, "unit_role": 850, "english": 850,
    "followup": 850, "comparison": 2000, "aggregate": 2500,
}  # fmt: skip
REFUSAL = re.compile(
    "未提及|没有提及|未说明|未规定|没有规定|未找到|notmentioned|doesnotsay|notstated"
)


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold question. Each item of `must` is a tuple of accepted alternatives."""

    id: str
    doc: tuple[str, ...]
    lang: str
    type: str
    question: str
    answer: str
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    evidence: tuple[str, ...]
    history: tuple[tuple[str, str], ...] = ()
    note: str = ""


def gold_files() -> list[Path]:
    """The project's own gold files, by name. Raises InputError where there are none."""
    found = sorted(GOLD.glob("*.jsonl"))
    if not found:
        raise InputError(f"{GOLD} holds no gold questions (*.jsonl); name a file with --gold FILE")
    return found


def split_of(path: Path) -> str:
    """`dev` for NAME.dev.jsonl, `held` for NAME.held.jsonl, "" for any other name."""
    middle = path.name.removesuffix(".jsonl").rpartition(".")[2]
    return middle if middle in ("dev", "held") else ""


def read_gold(paths: Iterable[Path]) -> Iterator[Gold]:
    """All questions of the files. Raises InputError naming file and line for a faulty one."""
    for path in paths:
        try:
            lines = path.read_text("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise InputError(f"cannot read {path}: {reason}") from error
        for n, line in enumerate(lines, 1):
            if line.strip():
                yield _gold(line, f"{path}:{n}")


def _gold(line: str, where: str) -> Gold:
    try:
        data: dict[str, Any] = json.loads(line)
        unknown = set(data) - FIELDS
        if unknown:
            raise InputError(f"{where}: unknown field {sorted(unknown)[0]!r}")
        if data["type"] not in TYPES:
            raise InputError(f"{where}: unknown type {data['type']!r}")
        return Gold(
            id=data["id"],
            doc=tuple(data["doc"]),
            lang=data["lang"],
            type=data["type"],
            question=data["question"],
            answer=data["answer"],
            must=tuple((m,) if isinstance(m, str) else tuple(m) for m in data["must"]),
            must_not=tuple(data["must_not"]),
            evidence=tuple(data["evidence"]),
            history=tuple((h["q"], h["a"]) for h in data.get("history", ())),
            note=data.get("note", ""),
        )
    except KeyError as error:
        raise InputError(f"{where}: field {error} is missing") from error
    except (json.JSONDecodeError, TypeError) as error:
        raise InputError(f"{where}: not a gold question ({error})") from error


def fold(text: str) -> str:
    """The form in which answers and gold are compared."""
    plain = re.sub(r"\[\d+\]", "", unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"[\s\"'“”‘’「」『』*]", "", plain)


def faults(gold: Gold, answer: str, status: str) -> list[str]:
    """What is wrong with an answer; [] if it is right."""
    said = fold(answer)
    if gold.type == "unanswerable":
        right = status == "not_mentioned" or REFUSAL.search(said)
        return [] if right else ["should say that the plan does not mention it"]
    found = [f"lacks {m[0]}" for m in gold.must if not any(fold(a) in said for a in m)]
    found += [f"holds {x}" for x in gold.must_not if fold(x) in said]
    if len(answer) > LIMITS[gold.type]:
        found.append(f"too long ({len(answer)} characters)")
    return found
