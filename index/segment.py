"""A segment: some plans with all that search needs of them. Once written it never changes.

    seg-…/head.json   the plans' cards and files; size and SHA-256 of the files below
          words.json  tokens and terms, by number
          arrays.bin  everything else: vectors, postings, texts, records (index.arrays)
          near.faiss  of a large segment only: approximate search over its vectors

An index is a list of segments, each with the plans in it that have died since: replaced in a later
one, or removed. Segments are merged by copying the arrays of their live plans; no text is read
again and nothing is embedded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
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
from index.held import Card, Terms, card_of, terms_of
from index.literal import LEVELS, LiteralIndex, build_literal
from index.plan import Passage, Plan
from index.postings import GONE, Part, Postings, lexicon, merged, renumbered, starts_of
from index.reading import Reading
from index.records import PARTS, Records
from index.sparse import Counts
from index.texts import TextPart
from index.tokens import squeeze

FORMAT = 5
HEAD, WORDS, ARRAYS, NEAR = "head.json", "words.json", "arrays.bin", "near.faiss"

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
    """An opened segment. Plan n is cards[n], sources[n]; row r of `rows` is passage r.

    `keys` are digests of the passages' texts, ascending, and `key_rows` their rows.
    """

    cards: tuple[Card, ...]
    sources: tuple[Source, ...]
    literal: LiteralIndex
    counts: Counts
    texts: TextPart
    terms: Terms
    records: Records
    rows: Vectors
    keys: NDArray[np.uint64]
    key_rows: NDArray[np.int32]
    near: Approximate | None = None

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
        rows=np.concatenate([i.vectors for i in items]),
        keys=keys[order],
        key_rows=order.astype(np.int32),
    )


# -- merging ------------------------------------------------------------------------------

Parts = Sequence[tuple[Segment, Live]]


def merge(parts: Parts) -> Segment:
    """One segment of the live plans of several."""
    live = [mask for _, mask in parts]
    rows = _moved([s.live_rows(mask) for s, mask in parts])
    plans = _moved(live)
    numbers = np.concatenate([r[s.key_rows] for (s, _), r in zip(parts, rows, strict=True)])
    keys = np.concatenate([s.keys for s, _ in parts])[numbers != GONE]
    order = np.argsort(keys, kind="stable")
    return Segment(
        cards=tuple(c for s, m in parts for c, on in zip(s.cards, m, strict=True) if on),
        sources=tuple(c for s, m in parts for c, on in zip(s.sources, m, strict=True) if on),
        literal=_merged_literal(parts, rows),
        counts=_merged_counts(parts, rows),
        texts=_merged_texts(parts, plans),
        terms=_merged_terms(parts, plans),
        records=_merged_records(parts),
        rows=np.concatenate([s.rows[r != GONE] for (s, _), r in zip(parts, rows, strict=True)]),
        keys=keys[order],
        key_rows=numbers[numbers != GONE][order].astype(np.int32),
    )


def _moved(stay: Iterable[Live]) -> list[NDArray[np.int64]]:
    """The new numbers of each part's rows, one part behind the other."""
    found: list[NDArray[np.int64]] = []
    at = 0
    for mask in stay:
        found.append(renumbered(mask, at))
        at += int(mask.sum())
    return found


def _kept(
    postings: Sequence[Postings], words: list[str]
) -> tuple[list[Postings], list[str], NDArray[np.bool_]]:
    """The postings and words without the words that nothing holds any more."""
    used = np.any([np.diff(p.starts) > 0 for p in postings], axis=0)
    shorter = [Postings(starts_of(np.diff(p.starts)[used]), p.rows) for p in postings]
    return shorter, [w for w, on in zip(words, used.tolist(), strict=True) if on], used


def _merged_literal(parts: Parts, rows: Sequence[NDArray[np.int64]]) -> LiteralIndex:
    literals = [s.literal for s, _ in parts]
    entries = [np.repeat(m, np.diff(s.literal.plan_starts)) for s, m in parts]
    sentences = [
        np.repeat(e, np.diff(of.sentence_starts)) for e, of in zip(entries, literals, strict=True)
    ]
    words, numbers = lexicon([list(of.words) for of in literals])
    at = {"sentence": _moved(sentences)}
    by_entry = _moved(entries)
    levels = [
        merged(
            [
                Part(of.levels[name], key, row)
                for of, key, row in zip(literals, numbers, at.get(name, by_entry), strict=True)
            ],
            len(words),
        )[0]
        for name in LEVELS
    ]
    levels, words, _ = _kept(levels, words)
    spans = []
    for of, stays, row in zip(literals, sentences, rows, strict=True):
        own = of.spans[stays].copy()
        own[:, 4] = np.where(own[:, 4] >= 0, np.append(row, GONE)[own[:, 4]], GONE)
        spans.append(own)

    def sizes(starts: str, stay: Iterable[Live]) -> NDArray[np.int64]:
        of = [np.diff(getattr(a, starts))[b] for a, b in zip(literals, stay, strict=True)]
        return starts_of(np.concatenate(of))

    return LiteralIndex(
        {w: n for n, w in enumerate(words)},
        dict(zip(LEVELS, levels, strict=True)),
        np.concatenate(spans),
        sizes("sentence_starts", entries),
        sizes("passage_starts", entries),
        sizes("plan_starts", (m for _, m in parts)),
    )


def _merged_counts(parts: Parts, rows: Sequence[NDArray[np.int64]]) -> Counts:
    of = [s.counts for s, _ in parts]
    words, numbers = lexicon([list(c.words) for c in of])
    postings, counts = merged(
        [Part(c.postings, k, r) for c, k, r in zip(of, numbers, rows, strict=True)],
        len(words),
        [c.counts for c in of],
    )
    (postings,), words, _ = _kept([postings], words)
    lengths = np.concatenate([c.lengths[r != GONE] for c, r in zip(of, rows, strict=True)])
    return Counts({w: n for n, w in enumerate(words)}, postings, counts, lengths)


def _merged_texts(parts: Parts, plans: Sequence[NDArray[np.int64]]) -> TextPart:
    of = [s.texts for s, _ in parts]
    keys = np.unique(np.concatenate([t.keys for t in of]))
    held = merged(
        [
            Part(t.held, np.searchsorted(keys, t.keys), new)
            for t, new in zip(of, plans, strict=True)
        ],
        len(keys),
    )[0]
    used = np.diff(held.starts) > 0
    held = Postings(starts_of(np.diff(held.starts)[used]), held.rows)
    sizes = [np.diff(t.starts)[new != GONE] for t, new in zip(of, plans, strict=True)]
    text = _joined([(t.text, t.starts, new != GONE) for t, new in zip(of, plans, strict=True)])
    return TextPart(text, starts_of(np.concatenate(sizes)), keys[used], held)


def _merged_terms(parts: Parts, plans: Sequence[NDArray[np.int64]]) -> Terms:
    of = [s.terms for s, _ in parts]
    pairs = [[f"{k}{w}" for k, w in zip(t.kinds.tolist(), t.words, strict=True)] for t in of]
    words, numbers = lexicon(pairs)
    held = merged(
        [Part(t.held, k, new) for t, k, new in zip(of, numbers, plans, strict=True)], len(words)
    )[0]
    (held,), words, _ = _kept([held], words)
    kinds = np.array([int(w[0]) for w in words], dtype=np.uint8)
    return Terms([w[1:] for w in words], kinds, held)


def _merged_records(parts: Parts) -> Records:
    of = [(s.records, np.repeat(m, len(PARTS))) for s, m in parts]
    sizes = np.concatenate([np.diff(r.starts)[stays] for r, stays in of])
    return Records(_joined([(r.data, r.starts, stays) for r, stays in of]), starts_of(sizes))


def _joined(
    parts: Iterable[tuple[NDArray[np.uint8], NDArray[np.int64], Live]],
) -> NDArray[np.uint8]:
    """The stretches of each part that stay, end to end."""
    found = [
        data if stays.all() else data[np.repeat(stays, np.diff(starts))]
        for data, starts, stays in parts
    ]
    return np.concatenate(found)


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
        "rows": segment.rows,
        "keys": segment.keys,
        "key_rows": segment.key_rows,
    }
    write_arrays(folder / ARRAYS, arrays)
    plans = [
        {**asdict(card), "source": asdict(source)}
        for card, source in zip(segment.cards, segment.sources, strict=True)
    ]
    head: dict[str, Any] = {"format": FORMAT, "plans": plans}
    names = [WORDS, ARRAYS]
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
        arrays["rows"],
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
