"""AutoRAG: questions and documents as two Parquet tables (its docs, "Dataset Format").

    qa.parquet        qid, query, retrieval_gt, generation_gt, tiaowen
    corpus.parquet    doc_id, contents, path, start_end_idx, metadata

`retrieval_gt` has a list for each piece of evidence with the documents that cover it: any one of a
list will do, and one of every list is needed. Without evidence it is [[]], which AutoRAG reads as
nothing to retrieve. `start_end_idx` are offsets into the plan's file, the end inclusive as in
AutoRAG's own chunks. `tiaowen` holds the gold record as JSON, so that gold comes back as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.evidence import locate
from eval.exchange.beir import Written
from eval.exchange.drafts import Imported, draft, once, ours
from eval.exchange.places import Places, titled
from eval.files import read_parquet, write_parquet
from eval.gold import Gold, to_record
from index.errors import InputError
from index.plan import Plan
from index.store import Index

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

QA, CORPUS = "qa.parquet", "corpus.parquet"
OURS = "tiaowen"
# AutoRAG wants a time of every document; a plan that tells no date gets the one that means none.
UNDATED = datetime(1970, 1, 1)
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def write_autorag(gold: Sequence[Gold], index: Index, folder: Path) -> Written:
    """Writes the questions and the plans of an index as AutoRAG's two tables."""
    places = Places.of(index)
    held = [
        [list(places.holding(p)) for p in locate(question, places.sources)] for question in gold
    ]
    rows = [
        {
            "qid": question.id,
            "query": question.question,
            "retrieval_gt": [ids for ids in lists if ids] or [[]],
            "generation_gt": [question.answer],
            OURS: json.dumps(to_record(question), ensure_ascii=False),
        }
        for question, lists in zip(gold, held, strict=True)
    ]
    write_parquet(
        folder / CORPUS, list(_documents(places, {p.id: p for p in index.plans})), _corpus_schema()
    )
    write_parquet(folder / QA, rows, _qa_schema())
    judgements = sum(len({id_ for ids in lists for id_ in ids}) for lists in held)
    uncovered = sum(not ids for lists in held for ids in lists)
    return Written(len(places.documents), len(gold), judgements, uncovered)


def _documents(places: Places, plans: Mapping[str, Plan]) -> Iterator[dict[str, Any]]:
    ids = list(places.documents)
    for n, (id_, document) in enumerate(places.documents.items()):
        plan, start, end = document.slice
        yield {
            "doc_id": id_,
            "contents": titled(document),
            "path": plans[plan].file,
            "start_end_idx": [start, end - 1],
            "metadata": {
                "last_modified_datetime": _date(plans[plan]),
                "prev_id": _neighbour(ids, n - 1, places, plan),
                "next_id": _neighbour(ids, n + 1, places, plan),
                "plan": plan,
                "clause": document.clause,
            },
        }


def _neighbour(ids: Sequence[str], n: int, places: Places, plan: str) -> str | None:
    """The n-th id if there is one and it is of the same plan."""
    if not 0 <= n < len(ids):
        return None
    return ids[n] if places.documents[ids[n]].slice.plan == plan else None


def _date(plan: Plan) -> datetime:
    """The day the plan gives as its date, at midnight."""
    found = DATE.search(plan.meta.date.value)
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3])) if found else UNDATED
    except ValueError:  # a day that is in no calendar
        return UNDATED


def _qa_schema() -> pa.Schema:
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [
            ("qid", text),
            ("query", text),
            ("retrieval_gt", pa.list_(pa.list_(text))),
            ("generation_gt", pa.list_(text)),
            (OURS, text),
        ]
    )


def _corpus_schema() -> pa.Schema:
    import pyarrow as pa

    text = pa.string()
    metadata = [
        ("last_modified_datetime", pa.timestamp("us")),
        ("prev_id", text),
        ("next_id", text),
        ("plan", text),
        ("clause", text),
    ]
    return pa.schema(
        [
            ("doc_id", text),
            ("contents", text),
            ("path", text),
            ("start_end_idx", pa.list_(pa.int64())),
            ("metadata", pa.struct(metadata)),
        ]
    )


def read_autorag(folder: Path, places: Places) -> Imported:
    """Our questions as gold, foreign ones as drafts; those without relevant documents are left out.

    Raises InputError for a file that is no Parquet table, a missing column, a wrong type, an id
    given twice and a document that the corpus lacks.
    """
    path = folder / QA
    rows = _rows(path, ("qid", "query"), ("retrieval_gt", "generation_gt"))
    gold = [_gold(row, path) for row in rows if row.get(OURS)]
    foreign = [row for row in rows if not row.get(OURS)]
    corpus = _rows(folder / CORPUS, ("doc_id", "contents")) if foreign else []
    contents = {row["doc_id"]: row["contents"] for row in corpus}
    drafts = []
    for row in foreign:
        where = f"{path}: question {row['qid']!r}"
        relevant = [id_ for id_ in _flat(row["retrieval_gt"], f"{where}: 'retrieval_gt'") if id_]
        unknown = [id_ for id_ in relevant if id_ not in contents]
        if unknown:
            raise InputError(f"{where}: unknown document {unknown[0]!r}; {CORPUS} lacks it")
        answer = next(iter(_flat(row["generation_gt"], f"{where}: 'generation_gt'")), "")
        texts = [contents[id_] for id_ in relevant]
        if texts:
            found = draft(row["qid"], row["query"], answer, texts, places.sources, "AutoRAG")
            drafts.append(found)
    return Imported(tuple(gold), tuple(drafts), len(foreign) - len(drafts))


def _gold(row: dict[str, Any], path: Path) -> Gold:
    where = f"{path}: question {row['qid']!r}, {OURS}"
    try:
        record = json.loads(row[OURS])
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error})") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: not a JSON object")
    return ours(record, where, row["qid"], row["query"])


def _rows(path: Path, texts: tuple[str, str], others: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The rows of a table whose first two columns are an id, given once, and a text."""
    rows = read_parquet(path, (*texts, *others))
    for n, row in enumerate(rows, 1):
        for column in texts:
            if not isinstance(row[column], str):
                raise InputError(f"{path}: row {n}: {column!r} is no text (got {row[column]!r})")
    once((row[texts[0]] for row in rows), path)
    return rows


def _flat(value: Any, where: str) -> list[str]:
    """The texts of a text, a list or a list of lists, each once: AutoRAG takes all three."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise InputError(f"{where} is neither text nor list (got {str(value)[:40]!r})")
    return list(dict.fromkeys(text for part in value for text in _flat(part, where)))
