"""Building and changing an index: the corpus folder, or some files of it, into segments.

  build    makes the index follow the corpus: what has changed there since is read again, no more
  add      puts files into corpus and index, in place of those of the same name if told so
  remove   takes plans out of both

Each either happens whole or not at all, in corpus and index (`index.journal`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index import generation, journal, store
from index.corpus import Entry, Source, load_plan, plan_files, read_manifest, source_of
from index.encoders import Encoder
from index.errors import InputError
from index.held import content_of
from index.journal import Journal
from index.lock import writing
from index.passages import make_passages
from index.plan import Plan
from index.reading import Reading
from index.store import Index
from index.writer import Change, Read, Writer, tidy

ALIKE = 0.97  # share of a plan's passages that another has from which this is worth telling

Put = dict[str, tuple[Source, Read]]


def build(
    corpus: Path, folder: Path, encoder: Encoder, progress: bool = True, fresh: bool = False
) -> Index:
    """Makes the index in `folder` that of the corpus; returns it opened.

    Raises InputError for an unusable corpus or a folder that cannot be written. An index that
    was there before goes on serving until the new one is complete. `fresh` takes nothing from it.
    """
    follow(corpus, folder, encoder, progress, fresh)
    return store.load(folder)


def follow(
    corpus: Path, folder: Path, encoder: Encoder, progress: bool = True, fresh: bool = False
) -> Change | None:
    """As `build`; returns what was done, None where nothing had changed."""
    plan_files(corpus)  # without any there is nothing to follow
    with _changing(folder, corpus):
        names = _names(corpus)
        writer = Writer(folder, encoder, progress, fresh)
        put, gone = _changes(corpus, writer, names)
        if not put and not gone:
            return None
        change = writer.change(put, gone)
        _serve(folder, change)
        return change


def add(
    files: Sequence[Path],
    corpus: Path,
    folder: Path,
    encoder: Encoder,
    replace: bool = False,
    progress: bool = True,
) -> tuple[Change, list[str]]:
    """Puts the files into corpus and index; returns what was done and what is worth telling.

    Raises InputError for a file that is there already, unless it is to be replaced, for one that
    cannot be read, and for a text that is held under another name.
    """
    with _changing(folder, corpus):
        names = _names(corpus)
        entries = read_manifest(corpus)
        new: dict[str, _New] = {}
        for path in files:
            _check_new(path, corpus, names if not replace else {}, new)
            entry = entries.get(path.stem, Entry())
            new[path.stem] = _New(path, source_of(path, entry), *load_plan(path, entry))
        writer = Writer(folder, encoder, progress)
        put, gone = _changes(corpus, writer, names)
        if put and not writer.held():  # by other code, or never: read first what is there
            _serve(folder, writer.change(put, gone))
            writer = Writer(folder, encoder, progress)
            put, gone = _changes(corpus, writer, names)
        staying = [c for c in writer.cards() if c.id not in {*put, *gone, *new}]
        _refuse_twins(new, {c.content: c.id for c in staying})
        told = list(_alike(new, writer, {c.id for c in staying}))
        change = writer.change({**put, **{i: (n.source, n.read) for i, n in new.items()}}, gone)
        drop = [names[i] for i, n in new.items() if names.get(i, n.path.name) != n.path.name]
        _commit(folder, corpus, writer, change, {n.path.name: n.path for n in new.values()}, drop)
        return change, told


def remove(
    ids: Sequence[str], corpus: Path, folder: Path, encoder: Encoder, progress: bool = True
) -> Change:
    """Takes the plans out of corpus and index. Raises InputError for an unknown one, and where
    none would be left."""
    with _changing(folder, corpus):
        names = _names(corpus)
        for plan in ids:
            if plan not in names:
                raise InputError(f"unknown plan {plan!r}; the corpus holds: {', '.join(names)}")
        if not names.keys() - set(ids):
            raise InputError("these are all plans of the corpus; one at least has to stay")
        writer = Writer(folder, encoder, progress)
        put, gone = _changes(corpus, writer, names)
        staying = {plan: new for plan, new in put.items() if plan not in ids}
        change = writer.change(staying, {*gone, *ids})
        _commit(folder, corpus, writer, change, {}, [names[plan] for plan in dict.fromkeys(ids)])
        return change


@dataclass(frozen=True, slots=True)
class _New:
    """A file to be added, read."""

    path: Path
    source: Source
    plan: Plan
    reading: Reading

    def read(self) -> tuple[Plan, Reading]:
        return self.plan, self.reading


@contextmanager
def _changing(folder: Path, corpus: Path) -> Iterator[None]:
    """Holds the lock, with whatever a writer that died has left finished or cleared away."""
    with writing(folder):
        left = journal.read(folder)
        if left is not None:
            journal.redo(folder, left)
        tidy(folder)
        journal.unstage(folder, corpus)
        yield


def _names(corpus: Path) -> dict[str, str]:
    """The plan files by plan id; none in a folder that is there and empty."""
    if not corpus.is_dir():
        plan_files(corpus)  # says so
    try:
        return {path.stem: path.name for path in plan_files(corpus)}
    except InputError:
        return {}


def _changes(corpus: Path, writer: Writer, names: Mapping[str, str]) -> tuple[Put, set[str]]:
    """What the corpus has that the index has not, and the ids that it has no more; `names` are
    its files by id."""
    held, entries = writer.held(), read_manifest(corpus)
    put: Put = {}
    for plan, name in names.items():
        entry, before = entries.get(plan, Entry()), held.get(plan)
        source = source_of(corpus / name, entry, before)
        if before is None or _told(before) != _told(source):
            put[plan] = source, partial(load_plan, corpus / name, entry)
    return put, held.keys() - names.keys()


def _told(source: Source) -> tuple[str, str, str]:
    return source.file, source.sha256, source.entry


def _serve(folder: Path, change: Change) -> None:
    generation.serve(folder, change.generation)
    tidy(folder)


def _commit(
    folder: Path,
    corpus: Path,
    writer: Writer,
    change: Change,
    put: Mapping[str, Path],
    drop: Sequence[str],
) -> None:
    """Makes the change serve, and the corpus follow it."""
    try:
        journal.stage(folder, corpus, put)
    except BaseException:
        writer.discard()
        journal.unstage(folder, corpus)
        raise
    where = str(corpus.resolve())
    journal.commit(folder, Journal(change.generation, where, tuple(put), tuple(drop)))
    tidy(folder)


# -- what is added ------------------------------------------------------------------------


def _check_new(path: Path, corpus: Path, names: Mapping[str, str], new: Mapping[str, _New]) -> None:
    if path.stem in names:
        raise InputError(
            f"{names[path.stem]} is already in {corpus}; to put this one in its place: "
            f"tiaowen add --replace {path}"
        )
    if path.stem in new:
        raise InputError(f"{path} and {new[path.stem].path} have one name; add one of them")


def _refuse_twins(new: Mapping[str, _New], held: Mapping[str, str]) -> None:
    """Raises InputError for a text that a plan has already; `held` gives plans by content."""
    seen = dict(held)
    for plan, file in new.items():
        content = content_of(file.reading)
        if content in seen:
            raise InputError(
                f"{file.path.name} has the same text as the plan {seen[content]!r}; "
                "nothing was added"
            )
        seen[content] = plan


def _alike(new: Mapping[str, _New], writer: Writer, staying: set[str]) -> Iterator[str]:
    """A line for each file of which another plan has nearly all passages."""
    for plan, file in new.items():
        texts = [p.text for p in make_passages(file.plan, file.reading)]
        shared: Counter[str] = Counter()
        for text in texts:
            shared.update(writer.plans_with(text) & staying)
        other, count = next(iter(shared.most_common(1)), ("", 0))
        if texts and count >= ALIKE * len(texts):
            yield (
                f"{count / len(texts):.0%} of the passages of {plan!r} stand word for word in "
                f"{other!r}; if it is the same plan: tiaowen remove {plan}"
            )
