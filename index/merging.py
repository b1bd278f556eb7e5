"""Merging segments: one of the live plans of several.

Arrays are copied and numbered anew; no text is read again and nothing is embedded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.flat import Flat
from index.held import Terms
from index.literal import LEVELS, LiteralIndex
from index.postings import GONE, Part, Postings, lexicon, merged, renumbered, starts_of
from index.records import PARTS, Records
from index.segment import Live, Segment
from index.sparse import Counts
from index.texts import TextPart

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
        vectors=Flat.of(
            np.concatenate([s.rows[r != GONE] for (s, _), r in zip(parts, rows, strict=True)])
        ),
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
        own[:, 4:] = np.where(own[:, 4:] >= 0, np.append(row, GONE)[own[:, 4:]], GONE)
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
