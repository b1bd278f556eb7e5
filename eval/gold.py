"""Gold questions: the format, strict reading, and the project's own files.

The format is documented in docs/evaluators.md. A record is validated with pydantic: unknown and
missing fields, wrong types and empty texts are refused with file and line. Whether the evidence
stands in the corpus is looked at in eval.check, which knows the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.jsonlines import numbered
from index.errors import InputError

Type = Literal[
    "lead_unit", "lead_unit_none", "participants", "unit_role", "number", "measure", "list",
    "meta", "unanswerable", "english", "comparison", "aggregate", "followup",
]  # fmt: skip
TYPES: tuple[str, ...] = Type.__args__  # type: ignore[attr-defined]
# What one plan is asked in Chinese; the other types ask in English, go on from an earlier turn,
# or draw on several plans.
ONE_PLAN = TYPES[:9]
BEYOND = TYPES[9:]
# The words by which an answer says that the plans do not tell, whatever was asked.
REFUSALS = (
    "未提及", "没有提及", "未说明", "未规定", "没有规定", "未找到",
    "not mentioned", "does not say", "not stated",
)  # fmt: skip
GOLD = Path(__file__).resolve().parent / "gold"
UNREAD = "unread"  # the purpose of gold that nothing is fitted on but when to answer, and how sure
Asked = TypeVar("Asked")


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

    @property
    def answerable(self) -> bool:
        """Whether the plans tell what is asked.

        They do not where the type says so, nor where that is all that an answer must say: a
        question in English or a follow-up has no type of its own for it.
        """
        if self.type in BEYOND and len(self.must) == 1:
            return not any(words in REFUSALS for words in self.must[0])
        return self.type != "unanswerable"


Text = Annotated[str, Field(min_length=1, pattern=r"\S")]


class _Turn(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    q: str
    a: str


class _Record(BaseModel):
    """The JSON form of a question."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: Text
    doc: Annotated[list[Text], Field(min_length=1)]
    lang: Literal["zh", "en"]
    type: Type
    question: Text
    answer: str
    must: list[Text | Annotated[list[Text], Field(min_length=1)]]
    must_not: list[Text]
    evidence: list[Text]
    history: list[_Turn] = []
    note: str = ""


def from_record(record: Mapping[str, Any], where: str) -> Gold:
    """A question from its JSON form. Raises InputError beginning with `where` for a faulty one."""
    try:
        data = _Record.model_validate(dict(record))
    except ValidationError as error:
        raise InputError(f"{where}: {_said(error)}") from error
    return Gold(
        id=data.id,
        doc=tuple(data.doc),
        lang=data.lang,
        type=data.type,
        question=data.question,
        answer=data.answer,
        must=tuple((m,) if isinstance(m, str) else tuple(m) for m in data.must),
        must_not=tuple(data.must_not),
        evidence=tuple(data.evidence),
        history=tuple((h.q, h.a) for h in data.history),
        note=data.note,
    )


def to_record(gold: Gold) -> dict[str, Any]:
    """The JSON form; from_record undoes it."""
    record: dict[str, Any] = {
        "id": gold.id,
        "doc": list(gold.doc),
        "lang": gold.lang,
        "type": gold.type,
        "question": gold.question,
    }
    if gold.history:
        record["history"] = [{"q": q, "a": a} for q, a in gold.history]
    record |= {
        "answer": gold.answer,
        "must": [m[0] if len(m) == 1 else list(m) for m in gold.must],
        "must_not": list(gold.must_not),
        "evidence": list(gold.evidence),
    }
    return record | ({"note": gold.note} if gold.note else {})


def _said(error: ValidationError) -> str:
    """The first complaint in words."""
    first = error.errors()[0]
    if first["type"] == "extra_forbidden":
        return f"unknown field {first['loc'][-1]!r}"
    # the other parts of a place are pydantic's names for the members of a union
    named = {*_Record.model_fields, *_Turn.model_fields}
    at = ".".join(str(p) for p in first["loc"] if isinstance(p, int) or p in named)
    if first["type"] == "missing":
        return f"field {at!r} is missing"
    if at == "type":
        return f"unknown type {first['input']!r}"
    return f"field {at!r}: {first['msg'].lower()} (got {str(first['input'])[:40]!r})"


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


def purpose_of(path: Path) -> str:
    """What a gold file is for, as its name says: refusal.dev.jsonl is for `refusal`."""
    return path.name.removesuffix(".jsonl").removesuffix("." + split_of(path))


def refuse_held(paths: Iterable[Path]) -> None:
    """Raises InputError where any of the files to be fitted on is held."""
    held = next((path for path in paths if split_of(path) == "held"), None)
    if held:
        raise InputError(f"{held} is held: what is fitted on it can no longer be scored on it")


def read_gold(paths: Iterable[Path]) -> Iterator[Gold]:
    """All questions of the files. Raises InputError naming file and line for a faulty one.

    An id that was there before, in the same or another of the files, is faulty.
    """
    for _, gold in read_placed(paths):
        yield gold


def read_placed(paths: Iterable[Path]) -> Iterator[tuple[Path, Gold]]:
    """As read_gold, each question with the file it stands in."""
    seen: dict[str, str] = {}
    for path in paths:
        for n, record in numbered(path):
            gold = from_record(record, f"{path}:{n}")
            if gold.id in seen:
                raise InputError(f"{path}:{n}: id {gold.id!r} was already given at {seen[gold.id]}")
            seen[gold.id] = f"{path}:{n}"
            yield path, gold


def spread(asked: Sequence[Asked], size: int) -> list[Asked]:
    """So many of the questions (or what else stands in order), evenly; the same each time."""
    if len(asked) <= size:
        return list(asked)
    return [asked[n * len(asked) // size] for n in range(size)]
