"""The opened index: all segments of the generation that serves, as one.

Opening maps files and makes a few views of them; plans, readings and texts are read when they are
asked for. Nothing that is opened changes afterwards: a reader keeps the generation it opened, also
when another comes or its files are deleted.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import overload

from index import generation, journal, segment
from index.corpus import Source, digest_of, sources
from index.dense import DenseIndex, Moments
from index.disk import parse
from index.errors import CorpusError, IndexMissing, InputError
from index.generation import DICTIONARY, MEND, Generation, Opened, exists
from index.held import Held, build_held
from index.literal import JoinedLiteral, Literal, build_literal
from index.lock import LOCK
from index.placenames import told_apart
from index.plan import Passage, Plan
from index.reading import Reading
from index.records import ById, Plans, Records, StoredReadings
from index.segment import FORMAT, Item
from index.sparse import SparseIndex
from index.texts import Texts, build_texts
from index.vocabulary import Vocabulary

# A reader that finds a file gone, while another generation has come to serve, opens that one, and
# so on for so many seconds at most.
PATIENCE = 10.0
PAUSE = 0.01  # seconds, so that a writer on the same core gets on

__all__ = ["FORMAT", "Index", "exists", "foreign", "load", "load_for", "save"]


@dataclass(frozen=True, slots=True)
class Index:
    """An opened index. `plans` are in the order of their ids; row i of `dense` and `sparse` is
    `passages[i]`. `numbers` tells the place of a plan in `literal`, where that is not its place in
    `plans`. `readings` holds the reading text of each plan by id, `sources` its files as indexed.

    `literal`, `texts` and `held` are made of the rest, and None until then: ask for them by
    `literal_index`, `text_index` and `held_index`.
    """

    plans: Sequence[Plan]
    passages: Sequence[Passage]
    dense: DenseIndex
    sparse: SparseIndex
    vocabulary: Vocabulary
    encoder: str
    corpus: str
    readings: Mapping[str, Reading]
    literal: Literal | None = None
    texts: Texts | None = None
    held: Held | None = None
    numbers: Mapping[str, int] | None = None
    sources: tuple[Source, ...] = ()

    def literal_index(self) -> Literal:
        """`literal`, made now where it is not there."""
        return self.literal or build_literal(self.plans, self.readings, self.passages)

    def text_index(self) -> Texts:
        """`texts`, made now where they are not there."""
        return self.texts or build_texts(self.plans, self.readings)

    def held_index(self) -> Held:
        """`held`, made now where it is not there."""
        return self.held or build_held(self.plans, self.readings)

    def by_id(self) -> Mapping[str, Plan]:
        """The plans by id."""
        if isinstance(self.plans, Plans):
            return ById([c.id for c in self.held_index().cards], self.plans)
        shown = {c.id: c.shown for c in self.held_index().cards}
        return {p.id: replace(p, shown=shown[p.id], _by_id={}) for p in self.plans}

    def plan(self, plan_id: str) -> Plan:
        """The plan of that id. Raises InputError for an unknown one."""
        plans = self.by_id()
        if plan_id in plans:
            return plans[plan_id]
        raise InputError(f"unknown plan {plan_id!r}; the index holds: {', '.join(plans)}")


def save(index: Index, folder: Path) -> None:
    """Writes an index held in memory, as one segment, and switches to it."""
    from index.writer import tidy, totals_of

    held = {plan: tuple(of) for plan, of in groupby(index.passages, key=lambda p: p.plan)}
    vectors, at, items = index.dense.vectors(), 0, []
    for plan in index.plans:
        passages = held.get(plan.id, ())
        own = vectors[at : at + len(passages)]
        at += len(passages)
        source = Source(plan.file, plan.sha256)
        items.append(Item(plan, index.readings[plan.id], passages, own, source))
    items.sort(key=lambda i: i.plan.id)
    placed = generation.put_segment(folder, segment.make(items))
    totals = totals_of(items, None)
    # no code is named as the one that read the plans: it may have been another than today's
    made = Generation(index.encoder, "", index.corpus, (placed,))
    generation.serve(folder, generation.put(folder, made, totals, index.vocabulary))
    tidy(folder)


# -- opening ------------------------------------------------------------------------------


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection, and with what was made inside left out of later ones.

    An opened index is many objects that all stay. Going through them again and again takes longer
    than making them, and later it would hold up an answer now and then.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def load(folder: Path) -> Index:
    """Opens the serving generation. Raises IndexMissing where it is absent, torn or foreign."""
    until = time.monotonic() + PATIENCE
    while True:
        name = generation.current(folder)
        try:
            return _open(folder, name)
        except IndexMissing:
            if time.monotonic() > until or generation.current(folder) == name:
                raise
        time.sleep(PAUSE)


def load_for(folder: Path, corpus: Path | None) -> Index:
    """As `load`. Raises IndexMissing, too, where the corpus, if there is one, is not the one that
    is indexed, nor differs from it by no more than a change that is under way."""
    until = time.monotonic() + PATIENCE
    while True:
        name, under_way = generation.current(folder), journal.read(folder)
        index = load(folder)
        excused = under_way.files if under_way else frozenset()
        if corpus is None or not _differing(index, corpus) - excused:
            return index
        idle = generation.current(folder) == name and journal.read(folder) == under_way
        if idle or time.monotonic() > until:
            raise IndexMissing(
                f"the plans in {corpus} have changed since the index was built; {MEND}"
            )
        time.sleep(PAUSE)


def _differing(index: Index, corpus: Path) -> set[str]:
    """The names of the files in which corpus and index differ, "" for some that are not known."""
    try:
        found = sources(corpus, index.sources)
    except (FileNotFoundError, CorpusError) as error:  # it went while it was looked at, or read
        if not isinstance(error.__cause__ or error, FileNotFoundError):
            raise
        return {""}
    if digest_of(found) == index.corpus:
        return set()
    here, there = ({(f.file, f.sha256, f.entry) for f in of} for of in (found, index.sources))
    return {file for file, _, _ in here ^ there} or {""}


def foreign(folder: Path) -> bool:
    """Whether the folder holds anything that no index, not even an unfinished one, is made of."""
    own = ("gen-", "seg-", ".", generation.CURRENT, LOCK, journal.JOURNAL, DICTIONARY)
    return any(not path.name.startswith(own) for path in folder.iterdir())


def _open(folder: Path, name: str) -> Index:
    made, head = generation.read_head(folder, name)
    at = folder / name
    generation.check(folder, at, head["files"], digests=True)
    opened = generation.open_segments(folder, name, made)
    try:
        vocabulary = generation.read_vocabulary(at)
        moments = generation.read_moments(at, int(head["rows"]))
        pairs = parse(at / generation.PAIRS)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexMissing(f"the index at {folder} is not this program's; {MEND}") from error
    index = joined(opened, vocabulary, moments, pairs)
    if not len(index.dense) == len(index.passages) == moments.rows:
        raise IndexMissing(f"the index at {folder} is torn (rows and passages differ); {MEND}")
    return index


def joined(
    opened: Opened, vocabulary: Vocabulary, moments: Moments, pairs: Mapping[str, int]
) -> Index:
    """The segments of a generation as one index."""
    parts = opened.parts
    rows = [s.live_rows(live) for s, live in parts]
    ids = [s.ids(live) for s, live in parts]
    order = [i for of in ids for i in of if i]
    at = {
        i: (s.records, n) for (s, _), of in zip(parts, ids, strict=True) for n, i in enumerate(of)
    }
    at.pop("", None)
    cards = (c for s, live in parts for c, on in zip(s.cards, live.tolist(), strict=True) if on)
    held = Held(
        told_apart(sorted(cards, key=lambda c: c.id)),
        [(s.terms, of) for (s, _), of in zip(parts, ids, strict=True)],
    )
    plans = Plans([at[c.id] for c in held.cards], [c.shown for c in held.cards])
    whole = len(parts) == 1 and bool(parts[0][1].all())
    literal: Literal = JoinedLiteral([(s.literal, m) for s, m in parts])
    if whole:
        literal = parts[0][0].literal
    return Index(
        plans=plans,
        passages=StoredPassages([(*at[i], i) for i in order], literal),
        dense=DenseIndex(
            [(s.vectors, r) for (s, _), r in zip(parts, rows, strict=True)],
            moments,
            [s.near for s, _ in parts],
        ),
        sparse=SparseIndex([(s.counts, r) for (s, _), r in zip(parts, rows, strict=True)]),
        vocabulary=vocabulary,
        encoder=opened.generation.encoder,
        corpus=opened.generation.corpus,
        readings=StoredReadings(ById([c.id for c in held.cards], plans), at),
        literal=literal,
        texts=Texts([(s.texts, of) for (s, _), of in zip(parts, ids, strict=True)], pairs),
        held=held,
        numbers={plan: n for n, plan in enumerate(order)},
        sources=tuple(
            f for s, m in parts for f, on in zip(s.sources, m.tolist(), strict=True) if on
        ),
    )


class StoredPassages(Sequence[Passage]):
    """The passages of all live plans in the order of their rows, read when asked for."""

    def __init__(self, at: Sequence[tuple[Records, int, str]], literal: Literal) -> None:
        """From where each plan's record is, and its id, in the order of the rows."""
        self._at = at
        self._starts = literal.passage_starts[literal.plan_starts]

    def __len__(self) -> int:
        return int(self._starts[-1])

    @overload
    def __getitem__(self, n: int) -> Passage: ...
    @overload
    def __getitem__(self, n: slice) -> Sequence[Passage]: ...
    def __getitem__(self, n: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(n, slice):
            return list(self)[n]
        row = range(len(self))[n]
        plan = int(self._starts.searchsorted(row, "right")) - 1
        return list(self._of(plan))[row - int(self._starts[plan])]

    def __iter__(self) -> Iterator[Passage]:
        for plan in range(len(self._at)):
            yield from self._of(plan)

    def _of(self, plan: int) -> Iterator[Passage]:
        records, n, plan_id = self._at[plan]
        return records.passages(n, plan_id)
