"""Files written whole or not at all, and read strictly: bytes, text, Parquet tables."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file so that a reader sees the old one or the new one. Makes its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def read_text(path: Path) -> str:
    """The file's text, line ends as they are. Raises InputError for what is no UTF-8."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"cannot read {path}: not UTF-8 text") from error


def write_parquet(path: Path, rows: Sequence[dict[str, Any]], schema: pa.Schema) -> None:
    """Writes the rows as one Parquet table: the same rows give the same bytes."""
    import pyarrow
    import pyarrow.parquet  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(rows), schema=schema), buffer)
    write_bytes(path, buffer.getvalue())


def read_parquet(path: Path, needed: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a Parquet table, one dict each. Raises InputError where a column is missing."""
    import pyarrow
    import pyarrow.parquet

    data = read_bytes(path)
    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        rows: list[dict[str, Any]] = table.to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0][:120]
        raise InputError(f"{path} is no Parquet table ({reason})") from error
    need_columns(path, table.column_names, needed)
    return rows


def need_columns(where: Path | str, columns: Sequence[str], needed: Iterable[str]) -> None:
    """Raises InputError naming the first column that a table lacks, and those that it has."""
    for name in needed:
        if name not in columns:
            held = ", ".join(map(str, columns)) or "none"
            raise InputError(f"{where} lacks the column {name!r}; it has: {held}")
