"""Small things about files: JSON, digests, and seeing that what was written is on the disk."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PIECE = 1 << 20  # bytes read at a time for a digest


def dump(path: Path, data: Any) -> None:
    """Writes JSON, as short as it goes."""
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")


def parse(path: Path) -> Any:
    """Reads JSON."""
    return json.loads(path.read_bytes())


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def fingerprints(paths: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Size and digest of files by name."""
    return {p.name: {"bytes": p.stat().st_size, "sha256": sha256(p)} for p in paths}


def flush(path: Path) -> None:
    """Sees that a file, or the names in a folder, are on the disk and not only on their way."""
    if path.is_dir() and os.name == "nt":
        return  # Windows keeps names without being asked
    at = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def switch(path: Path, text: str) -> None:
    """Makes the file hold the text, at once or not at all, and sees that it stays."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    flush(beside)
    beside.replace(path)
    flush(path.parent)
