"""The plans' texts as they are compared: which plans have a stretch, which pairs they print.

Texts are squeezed (`index.tokens.squeeze`). Every run of three characters knows the plans it stands
in; a longer stretch can only stand where all its runs do, so that a handful of plans is looked
through instead of all. The texts themselves stay on disk, in UTF-8, until one is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import islice
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays
from index.plan import Plan
from index.postings import Offsets, Postings, Rows, starts_of
from index.reading import Reading
from index.tokens import squeeze

QUOTED = re.compile(r"[“\"《‘]([^”\"》’]{2,20})[”\"》’]")
HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
RUN = 3  # characters of a run that is looked up; pairs are in nearly every plan and tell little
BITS = 21  # a Unicode character's number fits, and three of them fit one 64-bit key
TEXTS_KEPT = 128  # squeezed texts that stay decoded; one takes some 40 KB
END = b"\0"  # stands behind every text, so that no stretch reaches from one into the next

Runs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TextPart:
    """The texts of one segment, by number: text n is `text[starts[n]:starts[n + 1]]` less `END`.

    `keys` are the runs' numbers, ascending; the texts that have keys[k] are held.of(k).
    """

    text: NDArray[np.uint8]
    starts: Offsets
    keys: Runs
    held: Postings

    @classmethod
    def build(cls, texts: Sequence[str]) -> TextPart:
        """Of squeezed texts."""
        coded = [t.encode("utf-8", "surrogatepass") + END for t in texts]
        of_text = [np.unique(_runs(t)) for t in texts]
        runs = np.concatenate(of_text) if of_text else _runs("")
        numbers = np.repeat(np.arange(len(texts), dtype=np.int32), [len(r) for r in of_text])
        order = np.argsort(runs, kind="stable")  # keeps the texts of a run ascending
        keys, first = np.unique(runs[order], return_index=True)
        held = Postings(np.append(first, len(runs)).astype(np.int64), numbers[order])
        sizes = np.array([len(c) for c in coded], dtype=np.int64)
        return cls(np.frombuffer(b"".join(coded), np.uint8), starts_of(sizes), keys, held)

    def bytes_of(self, n: int) -> bytes:
        """Text n, coded, without its end."""
        return self.text[self.starts[n] : self.starts[n + 1] - 1].tobytes()

    def having(self, stretch: str) -> Rows:
        """The numbers of texts that have all runs of the stretch (of `RUN` characters or more)."""
        held = [self._held(key) for key in _runs(stretch).tolist()]
        return reduce(lambda a, b: np.intersect1d(a, b, assume_unique=True), held)

    def _held(self, key: int) -> Rows:
        at = int(np.searchsorted(self.keys, key))
        return self.held.of(at) if at < len(self.keys) and self.keys[at] == key else NO_TEXT

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name, as a segment keeps them."""
        return {
            "text": self.text,
            "text_starts": self.starts,
            "runs": self.keys,
            "run_starts": self.held.starts,
            "run_texts": self.held.rows,
        }

    @classmethod
    def of(cls, arrays: Arrays) -> TextPart:
        """From what `arrays` gave. Raises KeyError where something is missing."""
        held = Postings(arrays["run_starts"], arrays["run_texts"])
        return cls(arrays["text"], arrays["text_starts"], arrays["runs"], held)


NO_TEXT: Rows = np.zeros(0, dtype=np.int32)


class Texts:
    """The squeezed texts of all live plans; `pairs` counts the pairs of neighbouring Chinese
    characters in their sources."""

    def __init__(
        self, parts: Sequence[tuple[TextPart, Sequence[str]]], pairs: Mapping[str, int]
    ) -> None:
        """From each segment's texts with the plan of each, "" for a dead one."""
        self._parts = parts
        self.pairs = pairs
        at = {plan: (part, n) for part, ids in parts for n, plan in enumerate(ids) if plan}
        self.squeezed: Mapping[str, str] = _Squeezed(at)

    def somewhere(self, stretch: str) -> bool:
        """Whether any plan has the stretch."""
        return next(self._plans(stretch), None) is not None

    def some_holding(self, stretch: str, most: int) -> tuple[str, ...]:
        """The ids of the first `most` plans that have it."""
        return tuple(islice(self._plans(stretch), most))

    def holding(self, stretch: str) -> frozenset[str]:
        """The ids of all plans that have it."""
        return frozenset(self._plans(stretch))

    def prints(self, name: str) -> bool:
        """Whether any plan has the Chinese name; one of two characters unbroken by anything."""
        return name in self.pairs if len(name) < RUN else self.somewhere(name)

    def _plans(self, stretch: str) -> Iterator[str]:
        sought = stretch.encode("utf-8", "surrogatepass")
        for part, ids in self._parts:
            common = part.having(stretch).tolist() if len(stretch) >= RUN else range(len(ids))
            for n in common:
                if ids[n] and (len(stretch) == RUN or sought in part.bytes_of(n)):
                    yield ids[n]


class _Squeezed(Mapping[str, str]):
    """Squeezed texts by plan, each decoded when asked for."""

    def __init__(self, at: Mapping[str, tuple[TextPart, int]]) -> None:
        self._at = at
        self._decoded = lru_cache(TEXTS_KEPT)(self._decode)

    def _decode(self, plan: str) -> str:
        part, n = self._at[plan]
        return part.bytes_of(n).decode("utf-8", "surrogatepass")

    def __getitem__(self, plan: str) -> str:
        return self._decoded(plan)

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


def build_texts(plans: Sequence[Plan], readings: Mapping[str, Reading]) -> Texts:
    """From the plans of an index in memory."""
    part = TextPart.build([squeeze(readings[p.id].text) for p in plans])
    pairs: Counter[str] = Counter()
    for plan in plans:
        pairs.update(character_pairs(plan.source))
    return Texts([(part, [p.id for p in plans])], pairs)


def character_pairs(text: str) -> Iterator[str]:
    """Pairs of neighbouring Chinese characters, repeats kept."""
    for m in HAN_RUN.finditer(text):
        run = m.group(0)
        yield from map(add, run, run[1:])


def _runs(text: str) -> Runs:
    """The number of every run of three characters of the text, in order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    at = codes.astype(np.int64)
    if len(at) < RUN:
        return at[:0]
    return (at[:-2] << (2 * BITS)) | (at[1:-1] << BITS) | at[2:]
