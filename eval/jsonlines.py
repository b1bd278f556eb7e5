"""JSON Lines files: strict reading, whole writing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from eval.files import read_text, write_bytes
from index.errors import InputError

Model = TypeVar("Model", bound=BaseModel)


def numbered(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) of every line that is not blank.

    Raises InputError naming file and line for one that is no JSON object.
    """
    for n, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}:{n}: not JSON ({error})") from error
        if not isinstance(data, dict):
            raise InputError(f"{path}:{n}: not a JSON object")
        yield n, data


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of the file."""
    return (record for _, record in numbered(path))


def read_kept(path: Path) -> list[dict[str, Any]]:
    """The objects of a file that is written a line at a time, [] where there is none yet.

    A last line that was cut short is taken away, in the file too, so that more can follow.
    """
    if not path.is_file():
        return []
    text = path.read_bytes()
    whole = text[: text.rfind(b"\n") + 1]
    if whole != text:
        path.write_bytes(whole)
    return list(read_lines(path))


def read_models(path: Path, model: type[Model]) -> Iterator[tuple[str, Model]]:
    """(file and line, object) of every line, held against the model.

    Raises InputError naming file, line and field for one that does not fit.
    """
    for n, record in numbered(path):
        try:
            yield f"{path}:{n}", model.model_validate(record)
        except ValidationError as error:
            raise InputError(f"{path}:{n}: {_said(error)}") from error


def _said(error: ValidationError) -> str:
    """The first complaint in words."""
    first = error.errors()[0]
    at = ".".join(map(str, first["loc"]))
    if first["type"] == "missing":
        return f"field {at!r} is missing"
    return f"field {at!r}: {first['msg'].lower()} (got {str(first['input'])[:40]!r})"


def write_lines(path: Path, records: Iterable[Any]) -> None:
    """Writes one object a line, whole or not at all."""
    write_whole(path, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))


def write_whole(path: Path, text: str) -> None:
    """Writes a text file so that a reader sees the old one or the new one. Makes its folder."""
    write_bytes(path, text.encode("utf-8"))
