"""The corpus folder: plan files and the curated manifest beside them.

A file needs no manifest entry: what the entry does not give is read from the text. The manifest
is for what a text cannot say (province, superior city, English aliases).
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from index.clauses import front_end, parse, tail_start
from index.errors import CorpusError, InputError
from index.formats.files import SUFFIXES, load, read_bytes, shown
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


def plan_files(folder: Path) -> list[Path]:
    """The plan files of a corpus folder, by name: those with one of the endings `SUFFIXES`.

    Raises InputError where there are none, and CorpusError where two would be one plan.
    """
    if not folder.is_dir():
        raise InputError(f"no corpus folder at {folder}; name one with --corpus DIR")
    found = sorted(filter(is_plan, folder.iterdir()))
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


def corpus_hash(folder: Path) -> str:
    """A digest over the names and bytes of all plan files and the manifest."""
    digest = hashlib.sha256()
    manifest = folder / MANIFEST
    for path in [*plan_files(folder), *([manifest] if manifest.exists() else [])]:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


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
        pages=read_in.pages,
    )
    return plan, reading


def _with_status(meta: Metadata, status: str) -> Metadata:
    from dataclasses import replace

    return replace(meta, status=Fact(status))


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
