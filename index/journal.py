"""The corpus folder and the index change together.

Whoever adds or removes a plan changes two things. What is to be done is written into the journal
first, when all that can fail has been done: the new generation lies complete beside the old one,
new plan files complete in the corpus folder under hidden names. Then

  1. the journal is written, at once or not at all,
  2. CURRENT is switched to the new generation,
  3. the plan files are renamed to their names or deleted,
  4. the journal is deleted.

A crash before 1 has changed nothing. After it, whoever comes next does 2 to 4 again, which is the
same however often it is done. A reader may come in between and finds an index that is whole, and a
corpus that differs from it by no more than the journal says.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index import generation
from index.disk import flush, parse, switch
from index.errors import IndexMissing, InputError
from index.lock import writing

JOURNAL = "JOURNAL"
STAGED = ".tiaowen-new"  # begins the name of a plan file that is not yet one


@dataclass(frozen=True, slots=True)
class Journal:
    """To make `generation` serve, give staged files of `corpus` their names, and drop others."""

    generation: str
    corpus: str
    put: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    @property
    def files(self) -> frozenset[str]:
        """The plan files that it changes."""
        return frozenset((*self.put, *self.drop))


def read(folder: Path) -> Journal | None:
    """The journal of the index, None where there is none. Raises IndexMissing for a foreign one."""
    try:
        data = parse(folder / JOURNAL)
        names = {k: tuple(map(str, data[k])) for k in ("put", "drop")}
        found = Journal(str(data["generation"]), str(data["corpus"]), **names)
    except FileNotFoundError:
        return None
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise IndexMissing(
            f"{folder / JOURNAL} is no journal of this program; delete it, then: tiaowen build"
        ) from error
    if any(Path(name).name != name for name in (found.generation, *found.files)):
        raise IndexMissing(
            f"{folder / JOURNAL} names files elsewhere; delete it, then: tiaowen build"
        )
    return found


def staged(folder: Path, name: str) -> str:
    """The hidden name of a plan file that the index in `folder` is about to take up; two indexes
    of one corpus do not get in each other's way."""
    own = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return f"{STAGED}-{own[:12]}-{name}"


def stage(folder: Path, corpus: Path, files: Mapping[str, Path]) -> None:
    """Copies files into the corpus under hidden names, with their times of change; clears away
    what a writer that died left there."""
    unstage(folder, corpus)
    for name, path in files.items():
        to = corpus / staged(folder, name)
        shutil.copyfile(path, to)
        seen = path.stat()
        os.utime(to, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        flush(to)


def unstage(folder: Path, corpus: Path) -> None:
    """Deletes staged files of this index."""
    for path in corpus.glob(staged(folder, "*")):
        path.unlink(missing_ok=True)


def commit(folder: Path, journal: Journal) -> None:
    """Writes the journal and does what it says."""
    switch(folder / JOURNAL, json.dumps(asdict(journal), ensure_ascii=False))
    redo(folder, journal)


def redo(folder: Path, journal: Journal) -> None:
    """Does what the journal says, of which some may have been done, and deletes it."""
    corpus = Path(journal.corpus)
    generation.serve(folder, journal.generation)
    if corpus.is_dir():  # else it was moved: that it differs is told where it is now
        _follow(folder, corpus, journal)
    (folder / JOURNAL).unlink(missing_ok=True)
    flush(folder)


def _follow(folder: Path, corpus: Path, journal: Journal) -> None:
    """Gives staged files their names and drops others."""
    for name in journal.put:
        waiting = corpus / staged(folder, name)
        if waiting.exists():
            waiting.replace(corpus / name)
    for name in journal.drop:
        (corpus / name).unlink(missing_ok=True)
    flush(corpus)


def finish(folder: Path) -> Journal | None:
    """Finishes what a writer that died has left, if there is anything and nobody is writing.

    Returns the journal that still stands: another writer is at it, or the folder is read-only.
    """
    if read(folder) is None:
        return None
    try:
        with writing(folder, wait=0):
            journal = read(folder)
            if journal is not None:
                redo(folder, journal)
    except (InputError, OSError):
        return read(folder)
    return None
