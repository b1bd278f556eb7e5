"""A generation: which segments an index is made of now, and what is counted over all of them.

    <index>/CURRENT       the name of the generation that serves, switched by one atomic rename
            gen-…/generation.json  encoder, digests, segments with their dead plans
                  vocabulary.json  words for questions, of what the live plans print
                  pairs.json       how often they print each pair of characters
                  present.json     how many of them print each word of the dictionary
                  moments.bin      sums over the vectors of the live passages
            seg-…/        see index.segment
            dictionary.json  the dictionaries read once, for whoever changes the index
            LOCK, JOURNAL    see index.lock, index.journal

What is counted adds up: a plan's share is added when it comes and taken off when it goes, so that
neither depends on how many plans there are. A crash at any moment leaves CURRENT on the old
generation or on the new one. Nothing is pickled.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index import segment as segments
from index.arrays import read_arrays, write_arrays
from index.dense import Moments
from index.disk import dump, fingerprints, flush, parse, sha256, switch
from index.errors import IndexMissing, InputError
from index.segment import FORMAT, Live, Segment
from index.vocabulary import Vocabulary, pairs_in

CURRENT = "CURRENT"
HEAD, VOCABULARY, PAIRS, PRESENT, MOMENTS = (
    "generation.json", "vocabulary.json", "pairs.json", "present.json", "moments.bin",
)  # fmt: skip
DICTIONARY = "dictionary.json"
MEND = "mend it with: tiaowen build"
# Segments up to so many bytes together are compared with their digests whenever an index is opened
# (a twentieth of a second); of larger ones only the sizes are, and `tiaowen doctor` does the rest.
CHECKED = 64_000_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment in a generation: its folder, the digest of its head, and its dead plans."""

    name: str
    head: str
    dead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generation:
    """`reader` is a digest of the code that read the plans, `corpus` one of their files."""

    encoder: str
    reader: str
    corpus: str
    segments: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What is counted over all live plans."""

    moments: Moments
    pairs: Counter[str]
    present: Counter[str]

    def plus(self, other: Totals, sign: int = 1) -> Totals:
        """With the other's counts, or with sign -1 without them."""
        pairs, present = self.pairs.copy(), self.present.copy()
        for into, of in ((pairs, other.pairs), (present, other.present)):
            for key, count in of.items():
                into[key] += sign * count
                if not into[key]:
                    del into[key]
        return Totals(self.moments.plus(other.moments, sign), pairs, present)


def current(folder: Path) -> str:
    """The name of the generation that serves. Raises IndexMissing where none does."""
    if folder.exists() and not folder.is_dir():
        raise IndexMissing(f"{folder} is a file, not an index folder; choose --index DIR")
    if not exists(folder):
        raise IndexMissing(f"no index at {folder}; make one with: tiaowen build")
    return (folder / CURRENT).read_text("utf-8", errors="replace").strip()[:200]


def exists(folder: Path) -> bool:
    """Whether an index was ever completed here."""
    return (folder / CURRENT).is_file()


def make_folder(folder: Path, prefix: str) -> Path:
    """A new empty folder in the index. Raises InputError where the index cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f"{prefix}{secrets.token_hex(6)}"
        made.mkdir()  # others may read it if they may read the index folder
        return made
    except OSError as error:
        raise InputError(
            f"cannot write to {folder}: {error.strerror}; choose --index DIR"
        ) from error


def put_segment(folder: Path, segment: Segment) -> Placed:
    """Writes the segment into the index, where nothing refers to it yet."""
    target = make_folder(folder, "seg-")
    segments.write(segment, target)
    return Placed(target.name, sha256(target / segments.HEAD))


def put(folder: Path, made: Generation, totals: Totals, vocabulary: Vocabulary) -> str:
    """Writes the generation, which does not serve yet; returns its name."""
    target = make_folder(folder, "gen-")
    words = {
        "english": vocabulary.english,
        "pinyin": vocabulary.pinyin,
        "simplified": vocabulary.simplified,
        "words": "".join(sorted(vocabulary.words)),
        "places": vocabulary.places,
        "glossed": " ".join(sorted(vocabulary.glossed)),
    }
    dump(target / VOCABULARY, words)
    dump(target / PAIRS, dict(sorted(totals.pairs.items())))
    dump(target / PRESENT, dict(sorted(totals.present.items())))
    moments = totals.moments
    write_arrays(target / MOMENTS, {"sums": moments.sums, "products": moments.products})
    names = (VOCABULARY, PAIRS, PRESENT, MOMENTS)
    dump(
        target / HEAD,
        {
            "format": FORMAT,
            "encoder": made.encoder,
            "reader": made.reader,
            "corpus": made.corpus,
            "segments": [{"name": s.name, "head": s.head, "dead": s.dead} for s in made.segments],
            "rows": moments.rows,
            "files": fingerprints(target / n for n in names),
        },
    )
    for name in (*names, HEAD):
        flush(target / name)
    flush(target)
    flush(folder)
    return target.name


def serve(folder: Path, name: str) -> None:
    """Switches to the generation; whoever opens the index from now on gets it."""
    switch(folder / CURRENT, name + "\n")


# -- reading ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation with its segments, each with the plans that live in it."""

    name: str
    generation: Generation
    parts: tuple[tuple[Segment, Live], ...]

    def live(self) -> Mapping[str, tuple[int, int]]:
        """The live plans by id: number of the segment and number in it."""
        return {
            card.id: (n, k)
            for n, (segment, live) in enumerate(self.parts)
            for k, card in enumerate(segment.cards)
            if live[k]
        }


def read_head(folder: Path, name: str) -> tuple[Generation, dict[str, Any]]:
    """The generation of that name, and its head as it stands. Raises IndexMissing."""
    try:
        head = parse(folder / name / HEAD)
        if head["format"] != FORMAT:
            raise IndexMissing(
                f"the index at {folder} has format {head['format']}, not {FORMAT}; {MEND}"
            )
        placed = tuple(
            Placed(str(s["name"]), str(s["head"]), tuple(map(str, s["dead"])))
            for s in head["segments"]
        )
        if set(head["files"]) != {VOCABULARY, PAIRS, PRESENT, MOMENTS} or not placed:
            raise KeyError("files")
        return Generation(
            str(head["encoder"]), str(head["reader"]), str(head["corpus"]), placed
        ), head
    except (OSError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        old = (folder / name / "index.json").is_file()
        why = "is of an older version" if old else "cannot be read"
        raise IndexMissing(f"the index at {folder} {why}; {MEND}") from error


def check(folder: Path, at: Path, files: Mapping[str, Any], digests: bool) -> None:
    """Compares files with what was written down of them. Raises IndexMissing."""
    for name, told in files.items():
        path = at / name
        if not path.is_file() or path.stat().st_size != told["bytes"]:
            raise IndexMissing(f"the index at {folder} is torn ({at.name}/{name}); {MEND}")
        if digests and sha256(path) != told["sha256"]:
            raise IndexMissing(f"the index at {folder} is damaged ({at.name}/{name}); {MEND}")


def open_segments(folder: Path, name: str, generation: Generation) -> Opened:
    """The segments of the generation. Raises IndexMissing where one is absent, torn or foreign."""
    parts = []
    budget = CHECKED
    for placed in generation.segments:
        at = folder / placed.name
        try:
            if sha256(at / segments.HEAD) != placed.head:
                raise IndexMissing(
                    f"the index at {folder} is damaged ({at.name}/{segments.HEAD}); {MEND}"
                )
            files = parse(at / segments.HEAD)["files"]
            budget -= sum(f["bytes"] for f in files.values())
            check(folder, at, files, budget >= 0)
            found = segments.read(at)
        except FileNotFoundError as error:
            raise IndexMissing(f"the index at {folder} is torn ({placed.name}); {MEND}") from error
        except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise IndexMissing(f"the index at {folder} is not this program's; {MEND}") from error
        dead = set(placed.dead)
        parts.append((found, np.array([c.id not in dead for c in found.cards], dtype=np.bool_)))
    return Opened(name, generation, tuple(parts))


def read_vocabulary(at: Path) -> Vocabulary:
    """The vocabulary of the generation in that folder."""
    data = parse(at / VOCABULARY)
    return Vocabulary(
        data["english"],
        data["pinyin"],
        data["simplified"],
        pairs_in(data["words"]),
        data["places"],
        frozenset(data["glossed"].split()),
    )


def read_moments(at: Path, rows: int) -> Moments:
    """The moments of the generation in that folder."""
    arrays = read_arrays(at / MOMENTS)
    return Moments(rows, arrays["sums"], arrays["products"])


def read_totals(at: Path, rows: int) -> Totals:
    """All that the generation in that folder counts."""
    pairs, present = Counter(parse(at / PAIRS)), Counter(parse(at / PRESENT))
    return Totals(read_moments(at, rows), pairs, present)
