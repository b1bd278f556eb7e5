"""A segment: some plans with all that search needs of them. Once written it never changes.

    seg-…/head.json   the plans' cards and files; size and SHA-256 of the files below
          words.json  tokens and terms, by number
          rows.faiss  the passages' vectors (index.flat)
          near.faiss  of a large segment only: approximate search over them (index.approximate)
          arrays.bin  everything else: postings, texts, records (index.arrays)

An index is a list of segments, each with the plans in it that have died since: replaced in a later
one, or removed. Segments are merged by copying the arrays of their live plans; no text is read
again and nothing is embedded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import approximate
from index.approximate import Approximate
from index.arrays import Arrays, read_arrays, write_arrays
from index.corpus import Source
from index.disk import dump, fingerprints, flush, parse
from index.encoders import Vectors
from index.errors import IndexMissing
from index.flat import Flat
from index.held import Card, Terms, card_of, terms_of
from index.literal import LiteralIndex, build_literal
from index.plan import Passage, Plan
from index.postings import Postings
from index.reading import Reading
from index.records import Records
from index.sparse import Counts
from index.texts import TextPart
from index.tokens import squeeze

FORMAT = 9
HEAD, WORDS, ARRAYS, ROWS, NEAR = (
    "head.json", "words.json", "arrays.bin", "rows.faiss", "near.faiss",
)  # fmt: skip

Live = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Item:
    """A plan to be put into a segment; a row of `vectors` is a passage."""

    plan: Plan
    reading: Reading
    passages: tuple[Passage, ...]
    vectors: Vectors
    source: Source


@dataclass(frozen=True, eq=False)
class Segment:
    """An opened segment. Plan n is cards[n], sources[n]; row r of `vectors` is passage r.

    `keys` are digests of the passages' texts, ascending, and `key_rows` their rows.
    """

    cards: tuple[Card, ...]
    sources: tuple[Source, ...]
    literal: LiteralIndex
    counts: Counts
    texts: TextPart
    terms: Terms
    records: Records
    vectors: Flat
    keys: NDArray[np.uint64]
    key_rows: NDArray[np.int32]
    near: Approximate | None = None

    @property
    def rows(self) -> Vectors:
        """The vectors as a matrix, (passages, dim); read-only."""
        return self.vectors.rows

    @cached_property
    def row_starts(self) -> NDArray[np.int64]:
        """Rows of plan n are row_starts[n]:row_starts[n + 1]."""
        found: NDArray[np.int64] = self.literal.passage_starts[self.literal.plan_starts]
        return found

    def all_live(self) -> Live:
        """A mask by which every plan lives."""
        return np.ones(len(self.cards), dtype=np.bool_)

    def ids(self, live: Live) -> list[str]:
        """The ids of the plans in their order, "" for one that does not live."""
        return [c.id if on else "" for c, on in zip(self.cards, live.tolist(), strict=True)]

    def live_rows(self, live: Live) -> Live:
        """Which rows live where those plans do."""
        return np.repeat(live, np.diff(self.row_starts))

    def with_key(self, text: str) -> Iterator[tuple[int, int]]:
        """The passages whose text has the digest of this one: row, and number of the plan."""
        key = key_of(text)
        lo, hi = self.keys.searchsorted(key), self.keys.searchsorted(key, "right")
        for row in self.key_rows[lo:hi].tolist():
            yield row, int(self.row_starts.searchsorted(row, "right")) - 1


def key_of(text: str) -> np.uint64:
    """A digest of a passage's text in 64 bits."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def make(items: Sequence[Item]) -> Segment:
    """The segment of the plans, in their order."""
    plans = [i.plan for i in items]
    readings = {i.plan.id: i.reading for i in items}
    passages = [p for i in items for p in i.passages]
    keys = np.array([key_of(p.text) for p in passages], dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    return Segment(
        cards=tuple(card_of(i.plan, i.reading) for i in items),
        sources=tuple(i.source for i in items),
        literal=build_literal(plans, readings, passages),
        counts=Counts.build([p.text for p in passages]),
        texts=TextPart.build([squeeze(i.reading.text) for i in items]),
        terms=Terms.build([terms_of(i.plan, i.reading) for i in items]),
        records=Records.build([(i.plan, i.reading, i.passages) for i in items]),
        vectors=Flat.of(np.concatenate([i.vectors for i in items])),
        keys=keys[order],
        key_rows=order.astype(np.int32),
    )


# -- on disk ------------------------------------------------------------------------------


def write(segment: Segment, folder: Path) -> None:
    """Writes the segment into an empty folder; on disk once this returns."""
    words = {
        "literal": list(segment.literal.words),
        "sparse": list(segment.counts.words),
        "terms": list(segment.terms.words),
    }
    dump(folder / WORDS, words)
    arrays: dict[str, NDArray[Any]] = {
        **segment.literal.arrays(),
        **segment.counts.arrays(),
        **segment.texts.arrays(),
        **segment.records.arrays(),
        "kinds": segment.terms.kinds,
        "term_starts": segment.terms.held.starts,
        "term_plans": segment.terms.held.rows,
        "keys": segment.keys,
        "key_rows": segment.key_rows,
    }
    write_arrays(folder / ARRAYS, arrays)
    plans = [
        {**asdict(card), "source": asdict(source)}
        for card, source in zip(segment.cards, segment.sources, strict=True)
    ]
    head: dict[str, Any] = {"format": FORMAT, "plans": plans}
    segment.vectors.write(folder / ROWS)
    names = [WORDS, ARRAYS, ROWS]
    if len(segment.rows) >= approximate.LEAST:
        head["probes"] = approximate.write(folder / NEAR, segment.rows)
        names.append(NEAR)
    head["files"] = fingerprints(folder / name for name in names)
    dump(folder / HEAD, head)
    for name in (*names, HEAD):
        flush(folder / name)
    flush(folder)


def read(folder: Path) -> Segment:
    """Opens a segment. Raises IndexMissing, OSError, KeyError, TypeError or ValueError."""
    head = parse(folder / HEAD)
    if head["format"] != FORMAT:
        raise IndexMissing(f"{folder} has format {head['format']}, not {FORMAT}")
    words, arrays = parse(folder / WORDS), read_arrays(folder / ARRAYS)
    sources = tuple(Source(**p.pop("source")) for p in head["plans"])
    cards = tuple(Card(**{**p, "aliases": tuple(p["aliases"])}) for p in head["plans"])
    segment = Segment(
        cards,
        sources,
        LiteralIndex.of(words["literal"], arrays),
        Counts.of(words["sparse"], arrays),
        TextPart.of(arrays),
        Terms(words["terms"], arrays["kinds"], _postings(arrays)),
        Records.of(arrays),
        Flat.read(folder / ROWS),
        arrays["keys"],
        arrays["key_rows"],
        Approximate(folder / NEAR, int(head["probes"])) if "probes" in head else None,
    )
    if len(segment.literal.plan_starts) != len(cards) + 1:
        raise ValueError("plans and cards differ")
    if len(segment.rows) != segment.row_starts[-1]:
        raise ValueError("rows and passages differ")
    return segment


def _postings(arrays: Arrays) -> Postings:
    return Postings(arrays["term_starts"], arrays["term_plans"])
