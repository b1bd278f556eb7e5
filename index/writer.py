"""Changing an index: read and embed what is new, write it as a segment, switch.

What a change costs follows from the plans that change, not from those that are there:

  * only plans whose file, manifest entry or reading code has changed are read;
  * only passages whose text no plan of the index has had are embedded, others take their vector;
  * segments are merged in tiers: where `FAN` segments hold about as many plans, within a factor of
    FAN, they become one, so a plan is copied about log(plans) / log(FAN) times in all and there
    are fewer than FAN segments of each size. A segment of which more than `DEAD` is dead is
    copied without that.

Whoever changes an index holds its lock (`index.lock`).
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from index import generation, segment
from index.corpus import Source, digest_of
from index.dense import Moments
from index.dictionary import (
    Dictionary,
    dictionary_data,
    dictionary_of,
    dictionary_version,
    read_dictionary,
)
from index.disk import dump, parse
from index.encoders import Encoder
from index.errors import CorpusError, IndexMissing
from index.generation import DICTIONARY, Generation, Opened, Placed, Totals
from index.held import Card
from index.merging import merge
from index.passages import make_passages
from index.plan import Passage, Plan
from index.reading import Reading
from index.segment import Item, Live, Segment
from index.texts import character_pairs
from index.vectors import Vectorer, batches
from index.vocabulary import Vocabulary

FAN = 4
DEAD = 0.25
TOGETHER = 256  # plans read before a segment is written: some 250 MB

Read = Callable[[], tuple[Plan, Reading]]
"""Reads one plan; may raise CorpusError."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done: ids put and gone, passages embedded, and those that took a vector held."""

    generation: str
    put: tuple[str, ...]
    gone: tuple[str, ...]
    embedded: int
    reused: int
    plans: int
    clauses: int
    passages: int


def reading_code() -> str:
    """A digest of the code, the word lists and the dictionaries by which plans are read.

    Plans read by other code are read again, so that an index never mixes two ways of reading.
    """
    root = Path(__file__).parent
    digest = hashlib.sha256(dictionary_version().encode())
    for path in sorted([*root.glob("*.py"), *root.glob("data/*"), *root.glob("formats/*.py")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class Writer:
    """A change to the index at `folder`, seen from what is there now.

    `fresh` leaves all that is there alone and makes everything anew, vectors too.
    """

    def __init__(
        self, folder: Path, encoder: Encoder, progress: bool = True, fresh: bool = False
    ) -> None:
        self.folder = folder
        self._encoder = encoder
        self._code = reading_code()
        self._old = None if fresh else self._open()
        self._parts: list[tuple[Placed, Segment, Live]] = []
        self._totals = _nothing(encoder.dim)
        self._made: list[str] = []
        self._vectors = Vectorer(encoder, progress)
        old = self._old
        if old and old.generation.reader == self._code:
            placed = old.generation.segments
            self._parts = [(p, *part) for p, part in zip(placed, old.parts, strict=True)]
            head = generation.read_head(folder, old.name)[1]
            self._totals = generation.read_totals(folder / old.name, int(head["rows"]))
        self._words = frozenset(self._totals.present)

    def _open(self) -> Opened | None:
        """What is there, if it can be used."""
        try:
            name = generation.current(self.folder)
            made, _ = generation.read_head(self.folder, name)
            if made.encoder != self._encoder.name:
                return None
            return generation.open_segments(self.folder, name, made)
        except IndexMissing:
            return None

    def held(self) -> dict[str, Source]:
        """The files of the live plans by plan id; none where all has to be read again."""
        return {
            c.id: f
            for _, s, live in self._parts
            for c, f, on in zip(s.cards, s.sources, live.tolist(), strict=True)
            if on
        }

    def cards(self) -> Iterator[Card]:
        """The cards of the live plans."""
        for _, s, live in self._parts:
            yield from (c for c, on in zip(s.cards, live.tolist(), strict=True) if on)

    def plans_with(self, text: str) -> set[str]:
        """The live plans that have a passage of that text, or of one of the same digest."""
        return {
            held.cards[n].id
            for _, held, live in self._parts
            for _, n in held.with_key(text)
            if live[n]
        }

    # -- the change ---------------------------------------------------------------------------

    def change(self, put: Mapping[str, tuple[Source, Read]], gone: Iterable[str]) -> Change:
        """Puts plans and takes others off; returns what was done, which does not serve yet.

        Raises CorpusError for a plan that cannot be read, or where no text would be left; then
        nothing has changed.
        """
        try:
            leaving = self.held().keys() & {*put, *gone}
            self._bury(leaving)
            for batch in batches(list(put.values()), TOGETHER):
                self._add(self._items(batch))
            self._merge()
            if not self._totals.moments.rows:
                raise CorpusError("no plan would be left that holds text to index")
            name = self._generation()
        except BaseException:
            self.discard()
            raise
        live = [(s, on) for _, s, on in self._parts]
        clauses = sum(int(np.diff(s.literal.plan_starts)[on].sum()) for s, on in live)
        return Change(
            name,
            tuple(put),
            tuple(sorted(leaving - put.keys())),
            self._vectors.embedded,
            self._vectors.reused,
            sum(int(on.sum()) for _, on in live),
            clauses,
            self._totals.moments.rows,
        )

    def discard(self) -> None:
        """Deletes what was written and does not serve."""
        for name in self._made:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def _bury(self, plans: set[str]) -> None:
        """Marks plans as dead and takes off what they count."""
        for n, (placed, held, live) in enumerate(self._parts):
            dying = np.array([c.id in plans for c in held.cards], dtype=np.bool_) & live
            if not dying.any():
                continue
            self._totals = self._totals.plus(self._counted(held, dying), -1)
            dead = (*placed.dead, *(held.cards[k].id for k in np.flatnonzero(dying)))
            left = Placed(placed.name, placed.head, tuple(sorted(dead)))
            self._parts[n] = left, held, live & ~dying

    def _counted(self, held: Segment, which: Live) -> Totals:
        """What those plans of a segment count."""
        pairs: Counter[str] = Counter()
        present: Counter[str] = Counter()
        for n in np.flatnonzero(which).tolist():
            source = held.records.piece(n, "plan")["source"]
            pairs.update(character_pairs(source))
            present.update(self._dictionary.present(source))
        return Totals(Moments.of(held.rows[held.live_rows(which)]), pairs, present)

    def _add(self, items: list[Item]) -> None:
        if not items:
            return
        items.sort(key=lambda i: i.plan.id)
        self._put(segment.make(items))
        self._totals = self._totals.plus(totals_of(items, self._dictionary))

    def _put(self, made: Segment) -> None:
        """Writes a segment and goes on with it as it is read from there, which holds no memory."""
        placed = generation.put_segment(self.folder, made)
        self._made.append(placed.name)
        held = segment.read(self.folder / placed.name)
        self._parts.append((placed, held, held.all_live()))

    def _items(self, batch: Sequence[tuple[Source, Read]]) -> list[Item]:
        """The plans read, their passages embedded."""
        found: list[tuple[Plan, Reading, tuple[Passage, ...], Source]] = []
        for source, read in batch:
            plan, reading = read()
            found.append((plan, reading, tuple(make_passages(plan, reading)), source))
        texts = [p.text for _, _, passages, _ in found for p in passages]
        vectors = self._vectors.of(texts, list(self._searched()))
        ends = np.cumsum([len(passages) for _, _, passages, _ in found])[:-1]
        return [
            Item(plan, reading, passages, own, source)
            for (plan, reading, passages, source), own in zip(
                found, np.split(vectors, ends), strict=True
            )
        ]

    def _searched(self) -> Iterator[Segment]:
        """All segments there are, dead plans included, the newest first."""
        own = [held for _, held, _ in reversed(self._parts)]
        yield from own
        if self._old:
            yield from (held for held, _ in self._old.parts if held not in own)

    # -- merging ------------------------------------------------------------------------------

    def _merge(self) -> None:
        """Merges until no tier is full and no segment holds too much that is dead."""
        self._parts = [p for p in self._parts if p[2].any()]
        while True:
            tiers: dict[int, list[int]] = {}
            for n, (_, _, live) in enumerate(self._parts):
                tiers.setdefault(tier(int(live.sum())), []).append(n)
            full = next((of for _, of in sorted(tiers.items()) if len(of) >= FAN), None)
            if full is None:
                sick = (n for n, p in enumerate(self._parts) if 1 - p[2].mean() > DEAD)
                one = next(sick, None)
                if one is None:
                    return
                full = [one]
            merging = [self._parts[n] for n in full]
            self._parts = [p for n, p in enumerate(self._parts) if n not in full]
            self._put(merge([(held, live) for _, held, live in merging]))

    # -- the generation -----------------------------------------------------------------------

    @property
    def _dictionary(self) -> Dictionary:
        return _dictionary(self.folder)

    def _generation(self) -> str:
        segments = tuple(placed for placed, _, _ in self._parts)
        made = Generation(self._encoder.name, self._code, digest_of(self.held().values()), segments)
        name = generation.put(self.folder, made, self._totals, self._vocabulary())
        self._made.append(name)
        return name

    def _vocabulary(self) -> Vocabulary:
        """That of the words now present; the old one where those were the same."""
        if self._old and self._words == self._totals.present.keys():
            return generation.read_vocabulary(self.folder / self._old.name)
        return self._dictionary.select(self._totals.present)


@lru_cache(maxsize=1)
def _dictionary(folder: Path) -> Dictionary:
    """The dictionaries, from the index folder, where they are kept once they were read."""
    path = folder / DICTIONARY
    try:
        return dictionary_of(parse(path))
    except (OSError, KeyError, TypeError, ValueError):
        found = read_dictionary()
        beside = path.with_name(f".{path.name}.new")
        dump(beside, dictionary_data(found))
        beside.replace(path)
        return found


def tier(plans: int) -> int:
    """The tier of a segment of so many live plans: those of tier t hold FAN^t to FAN^(t + 1)."""
    found = 0
    while plans >= FAN:
        plans //= FAN
        found += 1
    return found


def totals_of(items: Sequence[Item], dictionary: Dictionary | None) -> Totals:
    """What the plans count; no words of the dictionary where there is none."""
    pairs: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for item in items:
        pairs.update(character_pairs(item.plan.source))
        present.update(dictionary.present(item.plan.source) if dictionary else ())
    return Totals(Moments.of(np.concatenate([i.vectors for i in items])), pairs, present)


def _nothing(dim: int) -> Totals:
    return Totals(Moments.of(np.zeros((0, dim), dtype=np.float32)), Counter(), Counter())


def tidy(folder: Path) -> None:
    """Deletes generations and segments that do not serve: those of before, and of writers that
    died. Whoever has them open keeps them."""
    kept: set[str] = set()
    if generation.exists(folder):
        name = generation.current(folder)
        try:
            made, _ = generation.read_head(folder, name)
        except IndexMissing:  # of an older version or damaged: it stays until another serves
            return
        kept = {name, *(s.name for s in made.segments)}
    for path in [*folder.glob("gen-*"), *folder.glob("seg-*")]:
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(".*.new"):
        path.unlink(missing_ok=True)
