"""Correcting the corpus's record: what a person says of a plan, written to manifest.toml.

Only the fields named are touched; comments, order and spacing of a file kept by hand stay
(tomlkit). The file is replaced in one step, so that a reader sees the old one or the new one.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from index.corpus import MANIFEST, plan_files, read_manifest
from index.errors import CorpusError, InputError
from index.placenames import levels

KEYS = (
    "place", "aliases", "level", "province", "city", "title", "issuer", "date", "number",
    "status", "period",
)  # fmt: skip
STATUSES = {"issued": "issued", "draft": "draft", "印发": "issued", "已印发": "issued",
            "正式印发": "issued", "征求意见稿": "draft", "草案": "draft"}  # fmt: skip
DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?")
YEARS = re.compile(r"(\d{4})\s*年?\s*[—–\-－~～至到]+\s*(\d{4})\s*年?")
Value = str | list[str]


def read_pairs(pairs: Sequence[str]) -> dict[str, Value]:
    """Manifest fields from `key=value` as typed; an empty value takes back what was said before.

    Several aliases are separated by commas. Raises InputError for an unknown key and for a value
    that the key cannot have.
    """
    fields: dict[str, Value] = {}
    for pair in pairs:
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or key not in KEYS:
            what = f"unknown key {key!r}" if equals else f"{pair!r} is no key=value"
            raise InputError(f"{what}; the keys are: {', '.join(KEYS)}")
        fields.update(_fields(key, value))
    return fields


def _fields(key: str, value: str) -> Mapping[str, Value]:
    if key == "aliases":
        return {key: [a for a in (p.strip() for p in re.split("[,，、;；]", value)) if a]}
    if key == "period":
        m = YEARS.fullmatch(value)
        if value and not m:
            raise InputError(f"period {value!r} is no span of years; write it as 2021-2025")
        first, last = m.groups() if m else ("", "")
        return {"period_start": first, "period_end": last}
    if key == "date" and value:
        return {key: _iso(value)}
    if key == "status" and value:
        if value not in STATUSES:
            raise InputError(f"status {value!r} is not known; it is issued or draft")
        return {key: STATUSES[value]}
    if key == "level" and value:
        known = list(dict.fromkeys(v.key for v in levels()))
        if value not in known:
            raise InputError(f"level {value!r} is not known; the levels are: {', '.join(known)}")
    return {key: value}


def _iso(value: str) -> str:
    m = DAY.fullmatch(value)
    try:
        return date(*(int(part) for part in m.groups())).isoformat() if m else _no_day(value)
    except ValueError:
        return _no_day(value)


def _no_day(value: str) -> str:
    raise InputError(f"date {value!r} is no day; write it as 2023-10-10")


def set_fields(corpus: Path, plan_id: str, fields: Mapping[str, Value]) -> Path:
    """Writes the fields to the plan's [[plan]] table, a new one if it has none; returns the file.

    Raises InputError for a plan that is not in the corpus, CorpusError for a broken manifest.
    """
    files = {path.stem: path.name for path in plan_files(corpus)}
    if plan_id not in files:
        raise InputError(f"unknown plan {plan_id!r}; {corpus} holds: {', '.join(files)}")
    read_manifest(corpus)  # a record that is not read must not be written to
    path = corpus / MANIFEST
    text = _with_fields(path, plan_id, files[plan_id], fields)
    _replace(path, text)
    return path


@contextmanager
def recorded(corpus: Path, file: Path, fields: Mapping[str, Value]) -> Iterator[None]:
    """With the fields in the record of a plan file that is about to be added; taken back where
    that fails."""
    if not fields:
        yield
        return
    read_manifest(corpus)
    path = corpus / MANIFEST
    before = path.read_bytes() if path.exists() else None
    _replace(path, _with_fields(path, file.stem, file.name, fields))
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            _replace(path, before.decode("utf-8"))
        raise


def _with_fields(path: Path, plan_id: str, file: str, fields: Mapping[str, Value]) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
        record: Any = tomlkit.parse(text)
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} is not valid TOML: {error}; mend it by hand") from error
    plans = record.get("plan")
    if plans is not None and not isinstance(plans, tomlkit.items.AoT):
        raise CorpusError(f"{path}: plans are to be [[plan]] tables; mend it by hand")
    if plans is None:
        plans = tomlkit.aot()
        record["plan"] = plans
    table = next((t for t in plans if t.get("id") == plan_id), None)
    if table is None:
        table = tomlkit.table()
        table["id"], table["file"] = plan_id, file
        if len(plans) and not text.endswith("\n\n"):
            plans[-1].add(tomlkit.nl())  # a blank line between tables, as in a file kept by hand
        plans.append(table)
        table = plans[-1]
    for key, value in fields.items():
        table[key] = value
    return tomlkit.dumps(record)


def _replace(path: Path, text: str) -> None:
    """The whole file or nothing; with the rights that the old one had."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        new.chmod(mode)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
