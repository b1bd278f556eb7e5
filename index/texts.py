"""The plans' texts as they are compared: which plans have a stretch, which pairs they print.

Texts are squeezed (`index.tokens.squeeze`). Every run of three characters knows the plans it stands
in; a longer stretch can only stand where all its runs do, so that a handful of plans is looked
through instead of all.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.literal import mapped
from index.plan import Plan
from index.reading import Reading
from index.tokens import squeeze

QUOTED = re.compile(r"[“\"《‘]([^”\"》’]{2,20})[”\"》’]")
HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
RUN = 3  # characters of a run that is looked up; pairs are in nearly every plan and tell little
BITS = 21  # a Unicode character's number fits, and three of them fit one 64-bit key
ARRAYS = ("keys", "starts", "plans")
DATA = "texts.json"


@dataclass(frozen=True, slots=True)
class Texts:
    """Squeezed texts and quoted words by plan id; runs of three characters with their plans.

    `keys` are the runs' numbers, ascending; the plans that have keys[k] are
    plans[starts[k]:starts[k + 1]], by number in `squeezed`. `pairs` counts the pairs of
    neighbouring Chinese characters in the sources.
    """

    squeezed: Mapping[str, str]
    quoted: Mapping[str, Sequence[str]]
    pairs: Mapping[str, int]
    keys: NDArray[np.int64]
    starts: NDArray[np.int64]
    plans: NDArray[np.int32]

    def somewhere(self, stretch: str) -> bool:
        """Whether any plan has the stretch."""
        if len(stretch) < RUN:
            return any(stretch in text for text in self.squeezed.values())
        held = [self._plans(key) for key in _runs(stretch).tolist()]
        common = reduce(lambda a, b: np.intersect1d(a, b, assume_unique=True), held)
        if len(stretch) == RUN or not len(common):
            return bool(len(common))
        texts = list(self.squeezed.values())
        return any(stretch in texts[p] for p in common.tolist())

    def _plans(self, key: int) -> NDArray[np.int32]:
        at = int(np.searchsorted(self.keys, key))
        if at == len(self.keys) or self.keys[at] != key:
            return self.plans[:0]
        return self.plans[self.starts[at] : self.starts[at + 1]]

    def save(self, folder: Path) -> None:
        """Writes the arrays and the texts into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        data = {"squeezed": self.squeezed, "quoted": self.quoted, "pairs": self.pairs}
        (folder / DATA).write_text(
            json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> Texts:
        """Raises ValueError, KeyError or OSError where a file is missing or of another kind."""
        data = json.loads((folder / DATA).read_text("utf-8"))
        arrays = [mapped(folder / f"{name}.npy") for name in ARRAYS]
        return cls(data["squeezed"], data["quoted"], data["pairs"], *arrays)


def build_texts(plans: Sequence[Plan], readings: Mapping[str, Reading]) -> Texts:
    """From the plans of an index, in its order."""
    squeezed = {p.id: squeeze(readings[p.id].text) for p in plans}
    quoted = {
        p.id: sorted({squeeze(q) for q in QUOTED.findall(readings[p.id].text)}) for p in plans
    }
    pairs: Counter[str] = Counter()
    for plan in plans:
        pairs.update(character_pairs(plan.source))
    of_plan = [np.unique(_runs(text)) for text in squeezed.values()]
    runs = np.concatenate(of_plan) if of_plan else _runs("")
    numbers = np.repeat(np.arange(len(of_plan), dtype=np.int32), [len(r) for r in of_plan])
    order = np.argsort(runs, kind="stable")  # keeps the plans of a run ascending
    keys, first = np.unique(runs[order], return_index=True)
    starts = np.append(first, len(runs)).astype(np.int64)
    return Texts(squeezed, quoted, dict(pairs), keys, starts, numbers[order])


def character_pairs(text: str) -> Iterator[str]:
    """Pairs of neighbouring Chinese characters, repeats kept."""
    for m in HAN_RUN.finditer(text):
        run = m.group(0)
        yield from map(add, run, run[1:])


def _runs(text: str) -> NDArray[np.int64]:
    """The number of every run of three characters of the text, in order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    at = codes.astype(np.int64)
    if len(at) < RUN:
        return at[:0]
    return (at[:-2] << (2 * BITS)) | (at[1:-1] << BITS) | at[2:]
