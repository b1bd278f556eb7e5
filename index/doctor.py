"""Examining an index and its corpus: what is wrong, and the command that mends it.

Everything is looked at that opening an index leaves out to be quick: the digests of all files,
every vector, the plan files against what was read of them, what writers that died have left lying
about. Nothing is changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from index import generation, journal
from index import segment as segments
from index.corpus import Source, read_manifest, sources
from index.dense import Moments
from index.disk import parse
from index.errors import IndexMissing, TiaowenError
from index.generation import Opened
from index.lock import LOCK, is_held
from index.writer import reading_code

BUILD, FRESH = "tiaowen build", "tiaowen build --fresh"
SHOWN = 5  # names in one line; more are counted
UNIT = 1e-3  # how far a vector's length may be from one; encoders compute in 16 or 32 bits

Level = Literal["fault", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the examination. A fault is to be mended; a note is only worth knowing."""

    level: Level
    what: str
    mend: str = ""


def examine(folder: Path, corpus: Path, encoder: str) -> Iterator[Finding]:
    """Everything that is found; `encoder` is the name of the one that questions are asked with."""
    try:
        name = generation.current(folder)
        made, head = generation.read_head(folder, name)
    except IndexMissing as error:
        yield _of(error, BUILD)
        yield from _lying_about(folder, corpus, None)
        return
    opened = None
    for finding in _files(folder, name, head, made):
        if isinstance(finding, Opened):
            opened = finding
        else:
            yield finding
    if opened is not None:
        yield from _vectors(folder, opened, int(head["rows"]))
        yield from _corpus(opened, corpus, _under_way(folder))
        yield from _twins(opened)
    if made.encoder != encoder:
        yield Finding(
            "fault", f"the index was built with encoder {made.encoder}, not {encoder}", BUILD
        )
    if made.reader != reading_code():
        yield Finding("fault", "the plans were read by another version of this program", BUILD)
    yield from _lying_about(folder, corpus, opened)
    yield from _permissions(folder, corpus)


def _of(error: TiaowenError, mend: str) -> Finding:
    """The finding that an error is, its way out being told apart."""
    what = str(error)
    for ending in ("; mend it with: ", "; make one with: "):
        what = what.split(ending)[0]
    return Finding("fault", what, mend)


def _files(
    folder: Path, name: str, head: dict[str, object], made: generation.Generation
) -> Iterator[Finding | Opened]:
    """Faults of the files of the generation and of its segments; or what was opened."""
    found = False
    places = [(folder / name, head["files"])]
    for placed in made.segments:
        at = folder / placed.name
        try:
            places.append((at, parse(at / segments.HEAD)["files"]))
        except (OSError, KeyError, TypeError, ValueError):
            found = True
            yield Finding("fault", f"{at / segments.HEAD} is missing or unreadable", FRESH)
    for at, files in places:
        for file, told in dict(files).items():  # type: ignore[call-overload]
            try:
                generation.check(folder, at, {file: told}, digests=True)
            except IndexMissing as error:
                found = True
                yield _of(error, FRESH)
    if found:
        return
    try:
        yield generation.open_segments(folder, name, made)
    except IndexMissing as error:
        yield _of(error, FRESH)


def _vectors(folder: Path, opened: Opened, rows: int) -> Iterator[Finding]:
    """Whether every vector is one, and what is counted over them is right."""
    moments = generation.read_moments(folder / opened.name, rows)
    counted: Moments | None = None
    for held, live in opened.parts:
        own = Moments.of(held.rows[held.live_rows(live)])
        counted = own if counted is None else counted.plus(own)
        length = np.sqrt(np.vecdot(held.rows, held.rows))
        bad = int((~(np.abs(length - 1) < UNIT)).sum())  # written so that NaN counts
        if bad:
            yield Finding("fault", f"{bad} vectors are not of length one", FRESH)
    same = counted is not None and counted.rows == moments.rows
    if not same or not np.array_equal(counted.products, moments.products):  # type: ignore[union-attr]
        yield Finding("fault", "what is counted over all passages is wrong", FRESH)


def _under_way(folder: Path) -> frozenset[str]:
    try:
        left = journal.read(folder)
    except IndexMissing:
        return frozenset()
    return left.files if left else frozenset()


def _corpus(opened: Opened, corpus: Path, excused: frozenset[str]) -> Iterator[Finding]:
    """Where the corpus and the index differ."""
    held = _held(opened)
    try:
        files = {s.file: s for s in sources(corpus)}
        entries = read_manifest(corpus)
    except TiaowenError as error:
        yield Finding("fault", str(error), "")
        return
    except OSError as error:
        yield Finding("fault", f"{error.filename}: {error.strerror}", "")
        return
    both = files.keys() & held.keys()
    for what, names in (
        ("in the corpus and not in the index", files.keys() - held.keys()),
        ("in the index and no more in the corpus", held.keys() - files.keys()),
        ("changed since read", {n for n in both if files[n].sha256 != held[n].sha256}),
        ("described otherwise since read", {n for n in both if files[n].entry != held[n].entry}),
    ):
        if names - excused:
            yield Finding("fault", f"{what}: {_names(names - excused)}", BUILD)
    unknown = entries.keys() - {Path(name).stem for name in files}
    if unknown:
        yield Finding("note", f"the manifest describes plans that are not there: {_names(unknown)}")


def _held(opened: Opened) -> dict[str, Source]:
    return {
        s.file: s
        for held, live in opened.parts
        for s, on in zip(held.sources, live.tolist(), strict=True)
        if on
    }


def _twins(opened: Opened) -> Iterator[Finding]:
    """Plans of one text."""
    by_content: dict[str, list[str]] = {}
    for held, live in opened.parts:
        for card, on in zip(held.cards, live.tolist(), strict=True):
            if on:
                by_content.setdefault(card.content, []).append(card.id)
    for ids in by_content.values():
        if len(ids) > 1:
            first, *others = sorted(ids)
            yield Finding(
                "fault",
                f"of the same text as {first}: {_names(others)}",
                f"tiaowen remove {' '.join(others)}",
            )


def _lying_about(folder: Path, corpus: Path, opened: Opened | None) -> Iterator[Finding]:
    """What a writer at work or one that died has left, and what does not belong there."""
    if not folder.is_dir():
        return
    if is_held(folder):
        yield Finding("note", "another tiaowen is changing the index at this moment")
        return
    try:
        left = journal.read(folder)
    except IndexMissing as error:
        left = None
        yield Finding("fault", str(error).split(";")[0], f"delete {folder / journal.JOURNAL}")
    if left:
        files = _names(left.files) or "no file"
        yield Finding("fault", f"a change was cut short and is to be finished: {files}", BUILD)
    names = {p.name for p in folder.iterdir()}
    of_ours = {n for n in names if n.startswith(("gen-", "seg-", "."))}
    used = {opened.name, *(s.name for s in opened.generation.segments)} if opened else set()
    if opened and of_ours - used and not left:
        yield Finding("fault", f"left by a change cut short: {_names(of_ours - used)}", BUILD)
    plain = {generation.CURRENT, generation.DICTIONARY, LOCK, journal.JOURNAL}
    if names - of_ours - plain:
        strange = _names(names - of_ours - plain)
        yield Finding("note", f"in the index folder, and not of it: {strange}")
    staged = {p.name for p in corpus.glob(f"{journal.STAGED}-*")} if corpus.is_dir() else set()
    if staged and not left:
        yield Finding("fault", f"left in the corpus by a change cut short: {_names(staged)}", BUILD)


def _permissions(folder: Path, corpus: Path) -> Iterator[Finding]:
    for place, of in ((folder, "index"), (corpus, "corpus")):
        if place.is_dir() and not os.access(place, os.W_OK):
            yield Finding("note", f"the {of} at {place} can be read, not changed")
    unreadable = [p.name for p in corpus.glob("*.*") if not os.access(p, os.R_OK)]
    if unreadable:
        yield Finding("fault", f"in the corpus, and not to be read: {_names(unreadable)}", "")


def _names(names: Sequence[str] | frozenset[str] | set[str]) -> str:
    shown = sorted(names)[:SHOWN]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(shown) + more
