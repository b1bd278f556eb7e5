"""Lists of rows: merged they are what would have been made of all rows at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.postings import GONE, Part, Postings, lexicon, merged, renumbered, starts_of

ROWS = st.lists(st.sets(st.sampled_from("abcdef"), max_size=4), max_size=6)


def build(rows: list[set[str]]) -> tuple[list[str], Postings]:
    words: dict[str, int] = {}
    held = [{words.setdefault(w, len(words)) for w in sorted(row)} for row in rows]
    return list(words), Postings.build(held, len(words))


def read(words: list[str], postings: Postings) -> dict[str, list[int]]:
    return {w: postings.of(n).tolist() for n, w in enumerate(words)}


def test_the_rows_of_each_key() -> None:
    words, postings = build([{"a", "b"}, set(), {"b"}])
    assert read(words, postings) == {"a": [0], "b": [0, 2]}


@given(parts=st.lists(st.tuples(ROWS, st.lists(st.booleans(), min_size=6, max_size=6)), max_size=4))
def test_merged_is_built_at_once(parts: list[tuple[list[set[str]], list[bool]]]) -> None:
    built = [build(rows) for rows, _ in parts]
    words, numbers = lexicon([w for w, _ in built])
    new, at = [], 0
    for rows, stays in parts:
        mask = np.array(stays[: len(rows)], dtype=np.bool_)
        new.append(renumbered(mask, at))
        at += int(mask.sum())
    beside = [p.rows.astype(np.uint16) + 7 for _, p in built]
    given = [Part(p, k, n) for (_, p), k, n in zip(built, numbers, new, strict=True)]
    found, others = merged(given, len(words), beside or [np.zeros(0, np.uint16)])
    kept = [r for rows, stays in parts for r, on in zip(rows, stays, strict=False) if on]
    old = [n for rows, stays in parts for n, on in zip(range(len(rows)), stays, strict=False) if on]
    expected = {w: [n for n, row in enumerate(kept) if w in row] for w in words}
    assert read(words, found) == expected
    assert others.tolist() == [old[n] + 7 for w in words for n in expected[w]]


def test_numbers_and_starts() -> None:
    assert renumbered(np.array([True, False, True]), 5).tolist() == [5, GONE, 6]
    assert starts_of(np.array([2, 0, 3])).tolist() == [0, 2, 2, 5]
