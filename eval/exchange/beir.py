"""BEIR: a retrieval data set in a folder (Thakur et al. 2021, beir.datasets.data_loader).

    corpus.jsonl      {"_id", "title", "text", "metadata"}    the plans, cut in documents
    queries.jsonl     {"_id", "text", "metadata"}             the questions
    qrels/test.tsv    query-id  corpus-id  score              documents that cover evidence, score 1

The metadata of a query is its whole gold record, so that gold comes back as it was. Questions
without evidence have no line in the qrels; BEIR's loader does not ask them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.evidence import locate
from eval.exchange.drafts import Imported, draft, once, ours
from eval.exchange.places import Places
from eval.files import read_text
from eval.gold import Gold, to_record
from eval.growing.draft import Draft
from eval.jsonlines import numbered, write_lines, write_whole
from eval.systems.base import Slice
from index.errors import InputError

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"
COLUMNS = ("query-id", "corpus-id", "score")


class Written(NamedTuple):
    """What an export came to. `uncovered` evidence pieces stand in no document."""

    documents: int
    questions: int
    judgements: int
    uncovered: int


def write_beir(gold: Sequence[Gold], places: Places, folder: Path) -> Written:
    """Writes the questions over the plans as a BEIR data set."""
    judgements: list[tuple[str, str]] = []
    uncovered = 0
    for question in gold:
        held = [list(places.holding(p)) for p in locate(question, places.sources)]
        uncovered += sum(not ids for ids in held)
        ids = dict.fromkeys(id_ for ids in held for id_ in ids)
        judgements += [(question.id, id_) for id_ in ids]
    write_lines(folder / CORPUS, _documents(places))
    write_lines(
        folder / QUERIES,
        ({"_id": g.id, "text": g.question, "metadata": to_record(g)} for g in gold),
    )
    write_whole(folder / QRELS, _tsv([COLUMNS, *((*j, "1") for j in judgements)]))
    return Written(len(places.documents), len(gold), len(judgements), uncovered)


def _documents(places: Places) -> Iterator[dict[str, Any]]:
    for id_, document in places.documents.items():
        plan, start, end = document.slice
        yield {
            "_id": id_,
            "title": document.title,
            "text": document.text,
            "metadata": {"plan": plan, "clause": document.clause, "start": start, "end": end},
        }


def _tsv(rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def read_beir(folder: Path, places: Places) -> Imported:
    """Our questions as gold; foreign ones that have a relevant document as drafts.

    Raises InputError for a missing file or field, a wrong type, an id given twice and a judgement
    of a query or document that is not there.
    """
    queries = dict(_texts(folder / QUERIES))
    gold = [
        ours(q["metadata"], f"{folder / QUERIES}: query {id_!r}, metadata", id_, q["text"])
        for id_, q in queries.items()
        if _ours(q)
    ]
    foreign = {id_: q for id_, q in queries.items() if not _ours(q)}
    drafts = list(_drafts(folder, foreign, set(queries), places)) if foreign else []
    return Imported(tuple(gold), tuple(drafts), len(foreign) - len(drafts))


def _ours(query: Mapping[str, Any]) -> bool:
    metadata = query.get("metadata")
    return isinstance(metadata, dict) and {"must", "evidence"} <= metadata.keys()


def _drafts(
    folder: Path, queries: Mapping[str, Mapping[str, Any]], known: set[str], places: Places
) -> Iterator[Draft]:
    texts = dict(_texts(folder / CORPUS))
    relevant: dict[str, list[str]] = {}
    for query, document in _relevant(folder / QRELS):
        if query not in known:
            raise InputError(f"{folder / QRELS}: unknown query {query!r}; {QUERIES} lacks it")
        if document not in texts:
            raise InputError(f"{folder / QRELS}: unknown document {document!r}; {CORPUS} lacks it")
        relevant.setdefault(query, []).append(texts[document]["text"])
    for id_, query_ in queries.items():
        if id_ in relevant:
            yield draft(id_, query_["text"], "", relevant[id_], places.sources, "BEIR")


def _relevant(path: Path) -> Iterator[tuple[str, str]]:
    """(query, document) of each judgement above 0."""
    text = io.StringIO(read_text(path), newline="")
    try:
        rows = list(csv.reader(text, delimiter="\t", strict=True))
    except csv.Error as error:
        raise InputError(f"{path} is no table of judgements ({error})") from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise InputError(f"{path}:1: the first line must be: {' TAB '.join(COLUMNS)}")
    for n, row in enumerate(rows[1:], 2):
        if not row:
            continue
        if len(row) != len(COLUMNS) or not row[2].lstrip("-").isdecimal():
            raise InputError(f"{path}:{n}: not a query, a document and a whole number")
        if int(row[2]) > 0:
            yield row[0], row[1]


def _texts(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """(_id, object) of every line of a corpus or of queries."""
    found = []
    for n, record in numbered(path):
        for field in ("_id", "text"):
            if not isinstance(record.get(field), str):
                raise InputError(f"{path}:{n}: field {field!r} is missing or no text")
        found.append((record["_id"], record))
    once((id_ for id_, _ in found), path)
    return found


def corpus_places(path: Path, places: Places) -> dict[str, Slice | None]:
    """Where the documents of a BEIR corpus stand in our plans, by their id; None for elsewhere.

    Our own documents say so in their metadata, others are looked for by their text.
    """
    return {
        id_: places.named(id_) if _ours_too(record) else places.find(record["text"])
        for id_, record in _texts(path)
    }


def _ours_too(record: Mapping[str, Any]) -> bool:
    metadata = record.get("metadata")
    return isinstance(metadata, dict) and {"plan", "clause"} <= metadata.keys()
