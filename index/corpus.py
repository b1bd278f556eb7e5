"""The corpus folder: plan files and the curated manifest beside them.

A file needs no manifest entry: what the entry does not give is read from the text. The manifest
is for what a text cannot say (province, superior city, English aliases).
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.clauses import front_end, parse, tail_start
from index.errors import CorpusError, InputError
from index.metadata import read_metadata, spoken_place
from index.plan import Fact, Metadata, Plan
from index.reading import Reading, read

PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|新区|省|市|州|县|区|旗))+(?=.)"
)
PLACE_PART = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|新区|省|市|州|县|区|旗)")
LEVELS = {"省": "province", "市": "city", "州": "prefecture", "县": "county", "区": "district"}
NATION = "全国"
NATIONAL = re.compile(r"国务院|中共中央|中华人民共和国|国家[^级]|全国|[\u4e00-\u9fff]{2,12}部(?:办公厅)?(?:关于|$|、)")
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
    """The plan texts of a corpus folder, by name. Raises InputError where there are none."""
    if not folder.is_dir():
        raise InputError(f"no corpus folder at {folder}; name one with --corpus DIR")
    found = sorted(p for p in folder.glob("*.txt") if not p.name.startswith("."))
    if not found:
        raise InputError(f"{folder} holds no plan texts (*.txt)")
    return found


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
    data = path.read_bytes()
    source = decode(data, path.name)
    reading = read(source)
    clauses = parse(reading, path.stem)
    front = reading.from_source(0, front_end(clauses))[1]
    tail = reading.from_source(0, tail_start(clauses, len(source)))[1]
    meta = read_metadata(reading, front, tail)
    place = entry.place or find_place(meta, spoken_place(reading, front))
    if entry.status and not meta.status.value:
        meta = _with_status(meta, entry.status)
    plan = Plan(
        id=path.stem,
        place=place,
        aliases=entry.aliases or aliases_of(place),
        level=entry.level or ("nation" if place == NATION else LEVELS.get(place[-1:], "")),
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


def find_place(meta: Metadata, spoken: str) -> str:
    """The place that the title, the issuer or the meeting names; 全国 for a national body's."""
    title, issuer = meta.title.value, meta.issuer.value
    for name in (title, issuer, spoken + "的"):
        if place_of(name):
            return place_of(name)
    return NATION if any(map(NATIONAL.match, (title, issuer))) else ""


def told_apart(plans: Sequence[Plan]) -> tuple[Plan, ...]:
    """The plans, those whose place another has, or that have none, with their title to be shown."""
    held = Counter(p.place for p in plans)
    return tuple(
        replace(p, shown=_short_title(p), _by_id={})
        if p.meta.title.value and (held[p.place] > 1 or p.place in ("", NATION))
        else p
        for p in plans
    )


def _short_title(plan: Plan) -> str:
    """The title without who issues it; with the place before it where it does not say it."""
    title = re.sub(r"^[^《》“”]{2,30}?关于(?=.{6})", "", plan.meta.title.value)
    said = plan.place in (NATION, "") or plan.place in title
    return title if said else f"{plan.place}{title}"


def place_of(title: str) -> str:
    """The place that a title begins with, its last part (X市Y区 -> Y区); "" where it has none."""
    m = PLACE.match(title)
    if not m:
        return ""
    parts: list[str] = PLACE_PART.findall(m.group(0))
    return parts[-1]


def aliases_of(place: str) -> tuple[str, ...]:
    """Other names of a place: without its level, and in pinyin, with and without its level."""
    if not place or place == NATION:
        return ()
    from pypinyin import lazy_pinyin

    bare = re.sub(r"(?:自治区|自治州|自治县|新区|省|市|州|县|区|旗)$", "", place)
    short = bare if len(bare) >= 2 else place
    latin = "".join(lazy_pinyin(short)).capitalize()
    english = {"县": "County", "区": "District", "市": "City", "省": "Province"}.get(place[-1], "")
    return (short, latin, f"{latin} {english}".strip())
