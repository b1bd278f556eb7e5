"""Binary files written whole or not at all, and tables in Parquet."""

from __future__ import annotations

import io
from collections.abc import Sequence
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
        raise InputError(f"cannot read {path}: {error.strerror}") from error


def write_parquet(path: Path, rows: Sequence[dict[str, Any]], schema: pa.Schema) -> None:
    """Writes the rows as one Parquet table: the same rows give the same bytes."""
    import pyarrow
    import pyarrow.parquet  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(rows), schema=schema), buffer)
    write_bytes(path, buffer.getvalue())


def read_parquet(path: Path, needed: Sequence[str]) -> list[dict[str, Any]]:
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


def need_columns(path: Path, columns: Sequence[str], needed: Sequence[str]) -> None:
    """Raises InputError naming the columns that a table lacks."""
    missing = [n for n in needed if n not in columns]
    if missing:
        held = ", ".join(map(str, columns)) or "none"
        raise InputError(f"{path} lacks the column {missing[0]!r}; it has: {held}")
