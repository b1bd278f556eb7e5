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
from dataclasses import astuple, dataclass
from pathlib import Path

from index.clauses import front_end, parse, tail_start
from index.errors import CorpusError, InputError
from index.metadata import read_metadata
from index.plan import Fact, Metadata, Plan
from index.reading import Reading, read

PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|新区|省|市|州|县|区|旗))+(?=.)"
)
PLACE_PART = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|新区|省|市|州|县|区|旗)")
LEVELS = {"省": "province", "市": "city", "州": "prefecture", "县": "county", "区": "district"}
MANIFEST = "manifest.toml"
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
    status: str = ""

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
    """The plan texts of a corpus folder, by name. Raises InputError where there are none."""
    if not folder.is_dir():
        raise InputError(f"no corpus folder at {folder}; name one with --corpus DIR")
    found = sorted(
        (p for p in folder.glob("*.txt") if not p.name.startswith(".")), key=lambda p: p.name
    )
    if not found:
        raise InputError(f"{folder} holds no plan texts (*.txt)")
    return found


JUST_NOW = 2_000_000_000  # ns; the coarsest clocks of file systems go by two seconds


def source_of(path: Path, entry: Entry | None = None, known: Source | None = None) -> Source:
    """The file as it is now. It is not read where it is still as `known` says."""
    seen = path.stat()
    told = (entry or Entry()).digest
    now = path.name, seen.st_size, seen.st_mtime_ns
    if known and (known.file, known.size, known.changed) == now:
        return Source(path.name, known.sha256, told, known.size, known.changed)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
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
    data = path.read_bytes()
    source = decode(data, path.name)
    reading = read(source)
    clauses = parse(reading, path.stem)
    front = reading.from_source(0, front_end(clauses))[1]
    tail = reading.from_source(0, tail_start(clauses, len(source)))[1]
    meta = read_metadata(reading, front, tail)
    place = entry.place or place_of(meta.title.value)
    if entry.status and not meta.status.value:
        meta = _with_status(meta, entry.status)
    plan = Plan(
        id=path.stem,
        place=place,
        aliases=entry.aliases or aliases_of(place),
        level=entry.level or LEVELS.get(place[-1:], ""),
        province=entry.province,
        city=entry.city,
        source=source,
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        meta=meta,
        clauses=clauses,
    )
    return plan, reading


def _with_status(meta: Metadata, status: str) -> Metadata:
    from dataclasses import replace

    return replace(meta, status=Fact(status))


def decode(data: bytes, name: str) -> str:
    """Text of a plan file: UTF-8 (with or without BOM), else GB18030.

    Line ends are kept as they are, so offsets are into the file's own characters.
    """
    if not data.strip():
        raise CorpusError(f"{name} is empty; remove it or put the plan's text there")
    if b"\0" in data[:4096]:
        raise CorpusError(f"{name} is not a text file; save the plan as plain text (UTF-8)")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip("\ufeff \t\r\n\u3000\xa0"):
            raise CorpusError(f"{name} holds nothing but blanks; put the plan's text there")
        return text
    raise CorpusError(f"{name} is in no encoding known here; save it as UTF-8 text")


def read_manifest(folder: Path) -> dict[str, Entry]:
    """Entries by plan id; {} where there is no manifest. Unknown fields are refused."""
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("plan", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} is not valid TOML: {error}") from error
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


def place_of(title: str) -> str:
    """The place that a title begins with, its last part (X市Y区 -> Y区); "" where it has none."""
    m = PLACE.match(title)
    if not m:
        return ""
    parts: list[str] = PLACE_PART.findall(m.group(0))
    return parts[-1]


def aliases_of(place: str) -> tuple[str, ...]:
    """Other names of a place: without its level, and in pinyin, with and without its level."""
    if not place:
        return ()
    from pypinyin import lazy_pinyin

    bare = re.sub(r"(?:自治区|自治州|自治县|新区|省|市|州|县|区|旗)$", "", place)
    short = bare if len(bare) >= 2 else place
    latin = "".join(lazy_pinyin(short)).capitalize()
    english = {"县": "County", "区": "District", "市": "City", "省": "Province"}.get(place[-1], "")
    return (short, latin, f"{latin} {english}".strip())
