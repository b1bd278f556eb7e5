"""Taking plans in and out on the page, without Gradio: what `tiaowen add` and `remove` do.

A file that is brought is looked at first and changes nothing: it is read as it would be held, and
waits in a folder of its own, outside the corpus, until a person has said that it counts.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Literal
from weakref import finalize

from index import build
from index.corpus import Entry, is_plan, load_plan, plan_files, read_manifest
from index.errors import InputError, TiaowenError
from index.formats import SUFFIXES
from index.formats.limits import MAX_FILE_BYTES, MIB
from index.held import content_of
from index.manifest import read_pairs, recorded
from index.plan import OUTSIDE, Plan
from rag.understood import Understood, Ways, understood, ways
from rag.web.outline import heading
from rag.web.site import Site
from rag.web.words import Lang, word

MANY = 20  # files brought at once; each is read while a person waits
NAME_BYTES = 150  # of a file name; a file system takes 255, of which the corpus needs some
SAID_CHARS = 300  # of a corrected fact; the longest title known has 60
SHOWN_HEADS = 40  # headings shown of a file that is brought
CORRECTED = ("place", "title", "issuer", "date", "number", "status")
FORBIDDEN = frozenset('<>:"/\\|?*')  # what some file system does not take in a name
RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
State = Literal["new", "added", "bad"]


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was brought, and what was read of it.

    `name` is what its owner calls it, `path` where it waits under the name it would be held by.
    `held` is the file that has this name in the corpus already, `twin` the plan that has its text.
    `said` are the facts as a person has typed them, `told` is what came of adding it.
    """

    name: str
    path: Path | None = None
    state: State = "new"
    known: Understood | None = None
    ways: Ways | None = None
    heads: tuple[tuple[int, str], ...] = ()
    held: str = ""
    twin: str = ""
    told: str = ""
    said: tuple[tuple[str, str], ...] = ()
    replace: bool = False

    @property
    def ready(self) -> bool:
        """Whether it can be added as it stands."""
        return self.state == "new" and not self.twin and (self.replace or not self.held)

    def fact(self, key: str) -> str:
        """A fact as typed, else as read."""
        typed = dict(self.said)
        return typed[key] if key in typed else self.read(key)

    def read(self, key: str) -> str:
        """A fact as it was read."""
        if self.known is None:
            return ""
        return self.known.place["place"] if key == "place" else self.known.facts[key]


def plan_name(raw: str) -> str:
    """The name that a brought file is held by: its own, without folders and what no file system
    takes. The plan's id is what stands before the ending, as for `tiaowen add`."""
    name = unicodedata.normalize("NFC", raw.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c if c.isprintable() and c not in FORBIDDEN else "_" for c in name)
    stem, dot, ending = name.strip().lstrip(".~$ ").rpartition(".")
    stem = stem.encode("utf-8")[:NAME_BYTES].decode("utf-8", "ignore").strip(" .")
    if not stem.strip("_") or not dot:
        return ""
    return f"{'_' if stem.lower() in RESERVED else ''}{stem}.{ending.lower()}"


class Holding:
    """Looks at files, adds them, and removes plans; one change at a time."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = Lock()
        self._waiting = mkdtemp(prefix="tiaowen-")
        finalize(self, shutil.rmtree, self._waiting, ignore_errors=True)  # when the pages end

    # -- looking ----------------------------------------------------------------------------

    def look(self, name: str, at: Path | None, size: int, lang: Lang) -> Brought:
        """What is read of a file brought under that name; nothing changes. `at` is where it was
        put, None where it did not arrive; `size` is what its owner's machine says of it."""
        try:
            return self._looked(name, at, size, lang)
        except _Refused as refused:
            return Brought(name, state="bad", told=str(refused))
        except (TiaowenError, OSError) as error:
            return Brought(name, state="bad", told=_with_reason("not_added", name, error, lang))

    def _looked(self, name: str, at: Path | None, size: int, lang: Lang) -> Brought:
        if Path(name).suffix.lower() not in SUFFIXES:
            raise _Refused(word(lang, "bad_ending", name=name, endings=" ".join(SUFFIXES)))
        own = plan_name(name)
        if not own or not is_plan(Path(own)):
            raise _Refused(word(lang, "bad_name", name=name))
        size = at.stat().st_size if at and at.is_file() else size
        if size > MAX_FILE_BYTES:
            raise _Refused(word(lang, "bad_large", name=name, limit=MAX_FILE_BYTES // MIB))
        if not size:
            raise _Refused(word(lang, "bad_empty", name=name))
        if at is None or not at.is_file():
            raise _Refused(word(lang, "bad_lost", name=name))
        path = Path(mkdtemp(dir=self._waiting)) / own
        shutil.copyfile(at, path)
        try:
            return self._read(name, path)
        except BaseException:
            _discard(path)
            raise

    def _read(self, name: str, path: Path) -> Brought:
        corpus = self._site.corpus
        entry = read_manifest(corpus).get(path.stem, Entry())
        plan, reading = load_plan(path, entry)
        held, content = self._held(), content_of(reading)
        twin = next((c for c in self._site.cards if c.content == content), None)
        return Brought(
            name,
            path,
            known=understood(plan),
            ways=ways(plan),
            heads=_heads(plan),
            held=held.get(path.stem, ""),
            twin=(twin.title or twin.name) if twin and twin.id != path.stem else "",
        )

    def _held(self) -> dict[str, str]:
        """The plan files of the corpus by id; none in an empty folder."""
        try:
            return {p.stem: p.name for p in plan_files(self._site.corpus)}
        except InputError:
            return {}

    # -- changing ---------------------------------------------------------------------------

    def add(self, brought: Brought, lang: Lang) -> Brought:
        """The file added to corpus and index with what was said of it, or the reason why not."""
        if brought.state != "new" or brought.twin or brought.path is None:
            return brought
        if not brought.ready:
            return replace(brought, told=word(lang, "replace_first", name=brought.name))
        site, path = self._site, brought.path
        wrong = _no_day(brought, lang)
        if wrong:
            return replace(brought, told=wrong)
        try:
            fields = read_pairs([f"{key}={value}" for key, value in brought.said])
            with self._lock, recorded(site.corpus, path, fields):
                change = build.add(
                    [path], site.corpus, site.folder, site.assistant.encoder,
                    replace=brought.replace, progress=False,
                )  # fmt: skip
        except (TiaowenError, OSError) as error:
            return replace(brought, told=_with_reason("not_added", brought.name, error, lang))
        _discard(path)
        like = "".join(_with_reason("nearly_same", brought.name, t, lang) for t in change[1])
        plan = site.plans.get(path.stem)
        known = understood(plan) if plan else brought.known
        return replace(brought, state="added", path=None, known=known, told=like, said=())

    def remove(self, plan: str, lang: Lang) -> str:
        """Takes a plan out of corpus and index; returns "" or the reason why it could not."""
        site = self._site
        try:
            with self._lock:
                build.remove([plan], site.corpus, site.folder, site.assistant.encoder, False)
        except (TiaowenError, OSError) as error:
            return _with_reason("not_removed", plan, error, lang)
        return ""


class _Refused(Exception):
    """A file that is not looked into; the message is in the language of the page."""


def _no_day(brought: Brought, lang: Lang) -> str:
    """The line for a date that is none, "" where there is no such trouble."""
    date = dict(brought.said).get("date", "")
    try:
        read_pairs([f"date={date}"])
    except InputError:
        return word(lang, "bad_date", name=brought.name, date=date)
    return ""


def _with_reason(key: str, name: str, reason: object, lang: Lang) -> str:
    """A sentence in the language of the page, and the reason as the program words it."""
    return word(lang, key, name=name, reason=str(reason))


def _heads(plan: Plan) -> tuple[tuple[int, str], ...]:
    """The first headings with their depth below the plan, as they would stand in its outline."""
    inner = [c for c in plan.clauses if c.level not in OUTSIDE][:SHOWN_HEADS]
    return tuple((max(0, len(list(plan.ancestors(c))) - 1), heading(c)) for c in inner)


def _discard(path: Path) -> None:
    shutil.rmtree(path.parent, ignore_errors=True)


def forget(brought: Sequence[Brought]) -> None:
    """Deletes the files that wait, when nobody is to add them any more."""
    for one in brought:
        if one.path is not None:
            _discard(one.path)


def typed(brought: Brought, fields: Mapping[str, object]) -> Brought:
    """With what was typed into its form; what the browser sends may be anything."""
    said = tuple(
        (key, _plain(str(fields[key])))
        for key in CORRECTED
        if isinstance(fields.get(key), str) and _plain(str(fields[key])) != brought.read(key)
    )
    return replace(brought, said=said, replace=bool(brought.held) and fields.get("replace") is True)


def _plain(text: str) -> str:
    """One line of print."""
    return "".join(c if c.isprintable() else " " for c in text).strip()[:SAID_CHARS]
