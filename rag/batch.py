"""Answering a file of questions: a line in, a line out, in the same order."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import InputError

if TYPE_CHECKING:
    from rag.assistant import Asks


def run_batch(opener: Callable[[], Asks], source: Path, target: Path) -> int:
    """Answers every line of `source` into `target`; returns how many.

    A line is {"id", "question", "history"?}. A question that cannot be answered for its form
    (empty, too long) gets a line with status not_mentioned and an "error". The file appears
    whole or not at all. Raises InputError naming the line that is no such object.
    """
    from tqdm import tqdm

    records = list(read_records(source))
    assistant = opener()
    handle, name = _temporary(target)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            for record in tqdm(records, unit="question", file=sys.stderr, disable=None):
                line = answer_record(assistant, record)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return len(records)


def _temporary(target: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror}") from error


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The question records of a JSON Lines file; blank lines are skipped."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise InputError(f"cannot read {path}: {reason}") from error
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deep")
            raise InputError(f"{path}:{n}: not JSON ({reason})") from error
        if not isinstance(record, dict) or not isinstance(record.get("question"), str):
            raise InputError(f'{path}:{n}: a line is {{"id", "question", "history"?}}')
        history = record.get("history") or []
        if not isinstance(history, list) or not all(isinstance(h, dict) for h in history):
            raise InputError(f'{path}:{n}: "history" is a list of {{"q", "a"}}')
        yield record


def answer_record(assistant: Asks, record: dict[str, Any]) -> dict[str, Any]:
    """The answer object of one record, with its id."""
    record_id = str(record.get("id", ""))
    history = tuple((str(h.get("q", "")), str(h.get("a", ""))) for h in record.get("history") or ())
    try:
        return assistant.ask(record["question"], history=history).to_dict(record_id)
    except InputError as error:
        return {
            "id": record_id,
            "question": record["question"].encode("utf-8", "replace").decode("utf-8"),
            "answer": str(error),
            "status": "not_mentioned",
            "kind": "",
            "lang": "zh",
            "citations": [],
            "latency_ms": 0.0,
            "engine": {"encoder": None, "llm": None},
            "resolved": "",
            "confidence": None,
            "table": [],
            "choices": [],
            "error": str(error),
        }
