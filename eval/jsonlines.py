"""JSON Lines files: strict reading, whole writing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from index.errors import InputError


def numbered(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) of every line that is not blank.

    Raises InputError naming file and line for one that is no JSON object.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise InputError(f"cannot read {path}: {reason}") from error
    for n, line in enumerate(lines, 1):
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


def write_lines(path: Path, records: Iterable[Any]) -> None:
    """Writes one object a line, whole or not at all."""
    write_whole(path, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))


def write_whole(path: Path, text: str) -> None:
    """Writes a text file so that a reader sees the old one or the new one. Makes its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8")
    new.replace(path)
