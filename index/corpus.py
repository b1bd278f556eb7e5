"""The corpus folder: plan files and the curated manifest beside them.

A file needs no manifest entry: what the entry does not give is read from the text. The manifest
is for what a text cannot say (province, superior city, English aliases).
"""

from __future__ import annotations

import hashlib
import re
import time
import tomllib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from index.clauses import front_end, parse, tail_start
from index.errors import CorpusError, InputError
from index.formats.files import SUFFIXES, load, read_bytes, shown
from index.metadata import read_metadata
from index.placenames import NATION, aliases_of, called, level_of, locate
from index.plan import Fact, Metadata, Plan
from index.reading import Reading, read

MANIFEST = "manifest.toml"
HEAD = 6  # lines that may say whose plan it is though a mark before them looks like a clause's
FIELDS = {
    "id", "file", "place", "aliases", "level", "province", "city", "title", "issuer", "date",
    "number", "status", "period_start", "period_end",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A manifest entry: what a person says of a plan; "" or () leaves it to the reader."""

    place: str = ""
    aliases: tuple[str, ...] = ()
    level: str = ""
    province: str = ""
    city: str = ""
    title: str = ""
    issuer: str = ""
    date: str = ""
    number: str = ""
    status: str = ""
    period_start: str = ""
    period_end: str = ""

    @property
    def digest(self) -> str:
        """A digest of what is said; "" where nothing is."""
        if self == Entry():
            return ""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """A plan file as it was when it was read: digests of its bytes and of its manifest entry.

    A file whose size and time of change (in ns) are still these need not be read to be known.
    Size -1: that is not known, or it was changed so shortly before that it may be changed again
    without another time.
    """

    file: str
    sha256: str
    entry: str = ""
    size: int = -1
    changed: int = 0


def plan_files(folder: Path) -> list[Path]:
    """The plan files of a corpus folder, by name: those with one of the endings `SUFFIXES`.

    Raises InputError where there are none, and CorpusError where two would be one plan.
    """
    if not folder.is_dir():
        raise InputError(f"no corpus folder at {folder}; name one with --corpus DIR")
    found = sorted(filter(is_plan, folder.iterdir()), key=lambda p: p.name)
    if not found:
        raise InputError(f"{folder} holds no plan texts ({', '.join(SUFFIXES)})")
    seen: dict[str, str] = {}
    for path in found:
        if path.stem in seen:
            raise CorpusError(
                f"{seen[path.stem]} and {path.name} in {folder} would both be the plan "
                f"{path.stem!r}; remove or rename one"
            )
        seen[path.stem] = path.name
    return found


def is_plan(path: Path) -> bool:
    """Whether a file in a corpus folder is a plan: by its ending, hidden and lock files left out.

    The folder's own README is none, whoever wrote it as Markdown.
    """
    name = path.name
    own = name.startswith((".", "~$")) or path.stem.lower() == "readme"
    return path.suffix.lower() in SUFFIXES and not own


JUST_NOW = 2_000_000_000  # ns; the coarsest clocks of file systems go by two seconds


def source_of(path: Path, entry: Entry | None = None, known: Source | None = None) -> Source:
    """The file as it is now. It is not read where it is still as `known` says."""
    seen = path.stat()
    told = (entry or Entry()).digest
    now = path.name, seen.st_size, seen.st_mtime_ns
    if known and (known.file, known.size, known.changed) == now:
        return Source(path.name, known.sha256, told, known.size, known.changed)
    digest = hashlib.sha256(load(path)).hexdigest()
    if abs(time.time_ns() - seen.st_mtime_ns) < JUST_NOW:
        return Source(path.name, digest, told)
    return Source(path.name, digest, told, seen.st_size, seen.st_mtime_ns)


def sources(folder: Path, known: Iterable[Source] = ()) -> list[Source]:
    """The plan files of the folder as they are now; those still as `known` are not read."""
    entries, before = read_manifest(folder), {k.file: k for k in known}
    return [source_of(p, entries.get(p.stem), before.get(p.name)) for p in plan_files(folder)]


def digest_of(files: Iterable[Source]) -> str:
    """A digest over names, bytes and manifest entries, in whatever order they come."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda f: f.file):
        digest.update(f"{file.file}\0{file.sha256}\0{file.entry}\n".encode())
    return digest.hexdigest()


def corpus_hash(folder: Path, known: Iterable[Source] = ()) -> str:
    """A digest over the names, bytes and manifest entries of all plan files."""
    return digest_of(sources(folder, known))


def load_corpus(folder: Path) -> list[tuple[Plan, Reading]]:
    """Reads every plan of the folder. Raises CorpusError naming the file that cannot be read."""
    entries = read_manifest(folder)
    return [load_plan(path, entries.get(path.stem, Entry())) for path in plan_files(folder)]


def load_plan(path: Path, entry: Entry | None = None) -> tuple[Plan, Reading]:
    """Reads one plan file into its tree, with the reading it was made from."""
    entry = entry or Entry()
    data = load(path)
    read_in = read_bytes(data, path.suffix, shown(path.name))
    source = read_in.text
    reading = read(source)
    clauses = parse(reading, path.stem)
    front = reading.from_source(0, front_end(clauses))[1]
    tail = reading.from_source(0, tail_start(clauses, len(source)))[1]
    meta = read_metadata(reading, front, tail)
    lines = [reading.text[a:b] for n, (a, b) in enumerate(reading.lines) if b <= front or n < HEAD]
    where = locate(meta.title.value, meta.issuer.value, lines)
    meta = corrected(meta, entry)
    place = entry.place or where.place
    level = level_of(place)
    plan = Plan(
        id=path.stem,
        place=place,
        aliases=entry.aliases or (*aliases_of(place), *called(place, meta.issuer.value)),
        level=entry.level or ("nation" if place == NATION else level.key if level else ""),
        province=entry.province or where.province,
        city=entry.city or where.city,
        source=source,
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        meta=meta,
        clauses=clauses,
        pages=read_in.pages,
    )
    return plan, reading


def corrected(meta: Metadata, entry: Entry) -> Metadata:
    """The metadata with what a person says of it: a fact of theirs has no span in the text.

    Where they say what the text says, the text's own words and their span stay.
    """
    period = f"{entry.period_start}—{entry.period_end}年" if entry.period_start else ""
    said = {
        "title": entry.title,
        "issuer": entry.issuer,
        "date": spoken_date(entry.date),
        "number": entry.number,
        "status": entry.status,
        "period": period,
    }
    changes: dict[str, Any] = {
        name: Fact(value)
        for name, value in said.items()
        if value and _plain(getattr(meta, name).value) != _plain(value)
    }
    return replace(meta, **changes) if changes else meta


def spoken_date(iso: str) -> str:
    """2023-10-10 as documents write it, 2023年10月10日; what is no such date stays."""
    m = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", iso)
    return f"{m.group(1)}年{int(m.group(2))}月{int(m.group(3))}日" if m else iso


def _plain(value: str) -> str:
    """Without blanks, and dashes and brackets of one kind: how a person may type a title."""
    return re.sub(r"[—–\-－~～]+", "-", re.sub(r"\s", "", value)).translate(BRACKETS)


BRACKETS = str.maketrans("()[]", "（）〔〕")


def read_manifest(folder: Path) -> dict[str, Entry]:
    """Entries by plan id; {} where there is no manifest. Unknown fields are refused."""
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("plan", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} is not valid TOML: {error}") from error
    if not (isinstance(tables, list) and all(isinstance(t, dict) for t in tables)):
        raise CorpusError(f"{path}: plans are [[plan]] tables; mend it by hand")
    entries: dict[str, Entry] = {}
    for table in tables:
        unknown = set(table) - FIELDS
        if unknown:
            raise CorpusError(f"{path}: unknown field {sorted(unknown)[0]!r} in a [[plan]] table")
        wrong = [k for k, v in table.items() if k != "aliases" and not isinstance(v, str)]
        if wrong or not isinstance(table.get("aliases", []), list) or not table.get("id"):
            field = wrong[0] if wrong else "id" if not table.get("id") else "aliases"
            raise CorpusError(f"{path}: a [[plan]] table needs a proper {field!r}")
        keep = {k: v for k, v in table.items() if k in Entry.__slots__ and k != "aliases"}
        entries[table["id"]] = Entry(**keep, aliases=tuple(map(str, table.get("aliases", ()))))
    return entries
