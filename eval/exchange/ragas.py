"""ragas: answers as rows of an EvaluationDataset, in JSON Lines, Parquet or CSV by file ending.

Its columns are those of SingleTurnSample: user_input, retrieved_contexts, retrieved_context_ids,
response, reference, reference_contexts. We add `id` and `status`, which ragas ignores and which
bring an answer back as it was. In CSV a list is written as JSON; read is also what ragas writes
there, a list as Python shows it.
"""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.exchange.answers import Status, status_of
from eval.exchange.places import ELSEWHERE, Places, read_span_id, span_id
from eval.files import (
    need_columns,
    read_parquet,
    read_text,
    write_parquet,
)
from eval.gold import Gold
from eval.jsonlines import numbered, write_lines, write_whole
from eval.runs import Item
from eval.systems.base import Response, Slice
from index.errors import InputError

TEXTS = ("id", "user_input", "response", "reference", "status")
LISTS = ("retrieved_contexts", "retrieved_context_ids", "reference_contexts")
COLUMNS = ("id", "user_input", "retrieved_contexts", "retrieved_context_ids", "response",
           "reference", "reference_contexts", "status")  # fmt: skip
NEEDED = ("response",)
ENDINGS = (".jsonl", ".parquet", ".csv")
# The csv module refuses cells above 128 KB; the contexts of one question can be whole plans.
CELL = 1 << 30
STATUSES: tuple[str, ...] = Status.__args__  # type: ignore[attr-defined]
Row = dict[str, Any]


class Found(NamedTuple):
    """Answers by the question's id. Of `contexts` retrieved, `elsewhere` stand in no plan.

    They keep their rank. `unknown` rows belong to no question and are left out.
    """

    answers: dict[str, Response]
    contexts: int
    elsewhere: int
    unknown: int


def write_ragas(items: Iterable[Item], sources: Mapping[str, str], path: Path) -> int:
    """Writes one row a question; returns how many. Raises InputError for another file ending."""
    rows = [_row(item, sources) for item in items]
    ending = _ending(path)
    if ending == ".jsonl":
        write_lines(path, rows)
    elif ending == ".csv":
        write_whole(path, _csv(rows))
    else:
        import pyarrow as pa  # type: ignore[import-untyped]

        kinds = {c: pa.list_(pa.string()) if c in LISTS else pa.string() for c in COLUMNS}
        write_parquet(path, rows, pa.schema(list(kinds.items())))
    return len(rows)


def _row(item: Item, sources: Mapping[str, str]) -> Row:
    retrieved = item.response.retrieved
    known = None if retrieved is None else [_text(s, sources, item.gold.id) for s in retrieved]
    values = {
        "id": item.gold.id,
        "user_input": item.gold.question,
        "retrieved_contexts": known,
        "retrieved_context_ids": None if retrieved is None else [span_id(s) for s in retrieved],
        "response": item.response.answer,
        "reference": item.gold.answer,
        "reference_contexts": list(item.gold.evidence),
        "status": item.response.status,
    }
    return {column: values[column] for column in COLUMNS}


def _text(slice_: Slice, sources: Mapping[str, str], question: str) -> str:
    if slice_ == ELSEWHERE:
        return ""
    if slice_.plan not in sources:
        raise InputError(
            f"question {question!r}: retrieved from plan {slice_.plan!r}, which the index does "
            "not hold; open the index of the plans that were asked with --index DIR"
        )
    return sources[slice_.plan][slice_.start : slice_.end]


def _csv(rows: Sequence[Row]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)  # lines end in \r\n: RFC 4180
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(_cell(row[c]) for c in COLUMNS)
    return buffer.getvalue()


def _cell(value: list[str] | str | None) -> str | None:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def read_ragas(path: Path, places: Places, gold: Callable[[], Iterable[Gold]]) -> Found:
    """The rows as answers. A row without `id` belongs to the question that reads as its input.

    `gold` is asked for only then; a question that stands there twice is not known by its words.
    Raises InputError naming file and row for a missing column, a wrong type and an answer given
    twice.
    """
    answers: dict[str, Response] = {}
    ids: dict[str, str] | None = None
    unknown = 0
    for where, row in _rows(path):
        texts = {c: _text_cell(row, c, where) for c in TEXTS}
        id_ = texts["id"]
        if not id_:
            ids = _by_question(gold()) if ids is None else ids
            id_ = ids.get(texts["user_input"] or "")
        if not id_:
            unknown += 1
            continue
        if id_ in answers:
            raise InputError(f"{where}: question {id_!r} was already answered above")
        answers[id_] = _response(row, texts, where, places)
    every = [s for a in answers.values() for s in a.retrieved or ()]
    return Found(answers, len(every), every.count(ELSEWHERE), unknown)


def _by_question(gold: Iterable[Gold]) -> dict[str, str]:
    found: dict[str, str] = {}
    for question in gold:
        found[question.question] = "" if question.question in found else question.id
    return found


def _response(row: Row, texts: Mapping[str, str | None], where: str, places: Places) -> Response:
    answer = texts["response"]
    if answer is None:
        raise InputError(f"{where}: 'response' is empty; an answer is needed to judge one")
    status = texts["status"] or status_of(answer)
    if status not in STATUSES:
        raise InputError(f"{where}: unknown status {status!r}; there are: {', '.join(STATUSES)}")
    return Response(answer, status, retrieved=_retrieved(row, where, places))


def _retrieved(row: Row, where: str, places: Places) -> tuple[Slice, ...] | None:
    contexts = _list_cell(row, "retrieved_contexts", where)
    ids = row.get("retrieved_context_ids") or []
    if not isinstance(ids, list):
        raise InputError(f"{where}: 'retrieved_context_ids' is no list (got {str(ids)[:40]!r})")
    if contexts is None:
        return None
    if len(ids) not in (0, len(contexts)):
        raise InputError(f"{where}: {len(contexts)} contexts but {len(ids)} context ids")
    pairs = zip(contexts, ids or contexts, strict=True)
    return tuple(_slice(text, str(id_), places) for text, id_ in pairs)


def _slice(text: str, id_: str, places: Places) -> Slice:
    """Where a context stands: where its id says if it reads so there, else where it is found."""
    named = read_span_id(id_)
    if named and places.sources.get(named.plan, "")[named.start : named.end] == text != "":
        return named
    return places.find(text) or ELSEWHERE


# -- files --------------------------------------------------------------------------------


def _ending(path: Path) -> str:
    if path.suffix not in ENDINGS:
        raise InputError(f"{path}: the name must end in {', '.join(ENDINGS)}")
    return path.suffix


def _rows(path: Path) -> list[tuple[str, Row]]:
    """(where, row) of every row."""
    ending = _ending(path)
    if ending == ".jsonl":
        rows = [(f"{path}:{n}", row) for n, row in numbered(path)]
        for where, row in rows:
            need_columns(Path(where), list(row), NEEDED)
    elif ending == ".csv":
        rows = [(f"{path}: row {n}", row) for n, row in enumerate(_csv_rows(path), 1)]
    else:
        table = read_parquet(path, NEEDED)
        rows = [(f"{path}: row {n}", row) for n, row in enumerate(table, 1)]
    if not rows:
        raise InputError(f"{path} holds no rows")
    return rows


def _csv_rows(path: Path) -> list[Row]:
    text = io.StringIO(read_text(path), newline="")
    before = csv.field_size_limit(CELL)
    try:
        reader = csv.DictReader(text, strict=True)
        rows = [dict(r) for r in reader]
    except csv.Error as error:
        raise InputError(f"{path} is no CSV table ({error})") from error
    finally:
        csv.field_size_limit(before)
    need_columns(path, reader.fieldnames or (), NEEDED)
    return [{c: _read_list(v) if c in LISTS else v for c, v in r.items()} for r in rows]


def _read_list(cell: str | None) -> Any:
    """A list from a CSV cell, None from an empty one; what is neither stays for the type check."""
    if not cell:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            return read(cell)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return cell


def _text_cell(row: Row, column: str, where: str) -> str | None:
    value = row.get(column)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{where}: {column!r} is no text (got {str(value)[:40]!r})")
    return value


def _list_cell(row: Row, column: str, where: str) -> list[str] | None:
    value = row.get(column)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise InputError(f"{where}: {column!r} is no list of texts (got {str(value)[:40]!r})")
    return value
