"""The index on disk: written whole into a new folder, then switched to by one atomic rename.

    <index>/CURRENT            the name of the generation that serves
    <index>/gen-…/index.json   format, encoder, corpus digest, size and SHA-256 of the files below
                 plans.json    plans: source, metadata, clauses
                 readings.json how each plan's reading text is made from its source
                 passages.json
                 vocabulary.json
                 dense.faiss   one row a passage
                 sparse/       BM25 over the same rows
                 literal/      which clauses and sentences hold a token
                 texts/        which plans hold a stretch of words

A crash at any moment leaves CURRENT on the old generation or on the new one. Nothing is pickled.
"""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from index.dense import DenseIndex
from index.errors import IndexMissing, InputError
from index.literal import LiteralIndex, build_literal
from index.placenames import told_apart
from index.plan import Clause, Duty, DutyNote, Fact, Figure, Metadata, Passage, Plan
from index.reading import Reading, Readings
from index.sparse import SparseIndex
from index.texts import Texts, build_texts
from index.vocabulary import Vocabulary

FORMAT = 5
CURRENT = "CURRENT"
REQUIRED = {"plans.json", "readings.json", "passages.json", "vocabulary.json", "dense.faiss"}
MEND = "mend it with: tiaowen build"


@dataclass(frozen=True, slots=True)
class Index:
    """An opened index. Row i of `dense` and `sparse` is `passages[i]`.

    `readings` holds the reading text of each plan by id. `literal` and `texts` are made of the
    rest, and None until then: ask for them by `literal_index` and `text_index`.
    """

    plans: tuple[Plan, ...]
    passages: tuple[Passage, ...]
    dense: DenseIndex
    sparse: SparseIndex
    vocabulary: Vocabulary
    encoder: str
    corpus: str
    readings: Mapping[str, Reading]
    literal: LiteralIndex | None = None
    texts: Texts | None = None

    def literal_index(self) -> LiteralIndex:
        """`literal`, made now where it is not there."""
        return self.literal or build_literal(self.plans, self.readings, self.passages)

    def text_index(self) -> Texts:
        """`texts`, made now where they are not there."""
        return self.texts or build_texts(self.plans, self.readings)

    def plan(self, plan_id: str) -> Plan:
        """The plan of that id. Raises InputError for an unknown one."""
        for plan in self.plans:
            if plan.id == plan_id:
                return plan
        known = ", ".join(p.id for p in self.plans)
        raise InputError(f"unknown plan {plan_id!r}; the index holds: {known}")


def save(index: Index, folder: Path) -> Path:
    """Writes a new generation and switches to it; returns its folder. Older ones are removed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = Path(tempfile.mkdtemp(prefix="gen-", dir=folder))
    except OSError as error:
        raise InputError(
            f"cannot write to {folder}: {error.strerror}; choose --index DIR"
        ) from error
    try:
        _write(index, target)
        pointer = folder / f"{CURRENT}.{target.name}"
        pointer.write_text(target.name + "\n", "utf-8")
        pointer.replace(folder / CURRENT)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    for old in folder.glob("gen-*"):
        if old != target:
            shutil.rmtree(old, ignore_errors=True)
    return target


def check_writable(folder: Path) -> None:
    """Raises InputError at once where an index could not be saved, before the long work."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(
            f"cannot write to {folder}: {error.strerror}; choose --index DIR"
        ) from error


def _write(index: Index, target: Path) -> None:
    _dump(target / "plans.json", [_plan_dict(p) for p in index.plans])
    readings = {plan: r.stretches() for plan, r in index.readings.items()}
    _dump(target / "readings.json", readings)
    _dump(target / "passages.json", [asdict(p) for p in index.passages])
    words = {**asdict(index.vocabulary), "words": "".join(sorted(index.vocabulary.words))}
    _dump(target / "vocabulary.json", words)
    index.dense.save(target / "dense.faiss")
    index.sparse.save(target / "sparse")
    index.literal_index().save(target / "literal")
    index.text_index().save(target / "texts")
    files = {
        str(p.relative_to(target)): {"bytes": p.stat().st_size, "sha256": _sha256(p)}
        for p in sorted(target.rglob("*"))
        if p.is_file()
    }
    _dump(
        target / "index.json",
        {"format": FORMAT, "encoder": index.encoder, "corpus": index.corpus, "files": files},
    )


def exists(folder: Path) -> bool:
    """Whether an index was ever completed here."""
    return (folder / CURRENT).is_file()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection, and with what was made inside left out of later ones.

    An opened index is a million objects that all stay. Going through them again and again takes
    longer than making them, and later it would hold up an answer now and then.
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
    if folder.exists() and not folder.is_dir():
        raise IndexMissing(f"{folder} is a file, not an index folder; choose --index DIR")
    if not exists(folder):
        raise IndexMissing(f"no index at {folder}; make one with: tiaowen build")
    at = folder / (folder / CURRENT).read_text("utf-8", errors="replace").strip()[:200]
    head = _head(at, folder)
    for name, (size, digest) in head["files"].items():
        path = at / name
        if not path.is_file() or path.stat().st_size != size:
            raise IndexMissing(f"the index at {folder} is torn ({name}); {MEND}")
        if _sha256(path) != digest:
            raise IndexMissing(f"the index at {folder} is damaged ({name}); {MEND}")
    try:
        plans = told_apart([_plan(p) for p in _parse(at / "plans.json")])
        stretches = _parse(at / "readings.json")
        readings = Readings({p.id: p.source for p in plans}, stretches)
        passages = tuple(Passage(**p) for p in _parse(at / "passages.json"))
        words = _parse(at / "vocabulary.json")
        vocabulary = _vocabulary(words)
        dense = DenseIndex.load(at / "dense.faiss")
        sparse = SparseIndex.load(at / "sparse")
        literal = LiteralIndex.load(at / "literal")
        texts = Texts.load(at / "texts")
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise IndexMissing(f"the index at {folder} is not this program's; {MEND}") from error
    if len(dense) != len(passages):
        raise IndexMissing(f"the index at {folder} is torn (rows and passages differ); {MEND}")
    return Index(
        plans,
        passages,
        dense,
        sparse,
        vocabulary,
        head["encoder"],
        head["corpus"],
        readings,
        literal,
        texts,
    )


def _vocabulary(data: dict[str, Any]) -> Vocabulary:
    run = data["words"]
    pairs = frozenset(run[i : i + 2] for i in range(0, len(run), 2))
    places = dict(data["places"])
    return Vocabulary(data["english"], data["pinyin"], data["simplified"], pairs, places)


def _head(at: Path, folder: Path) -> dict[str, Any]:
    try:
        head = _parse(at / "index.json")
        if head["format"] != FORMAT:
            raise IndexMissing(
                f"the index at {folder} has format {head['format']}, not {FORMAT}; {MEND}"
            )
        if set(head["files"]) < REQUIRED:
            raise KeyError("files")
        return {
            "encoder": str(head["encoder"]),
            "corpus": str(head["corpus"]),
            "files": {str(n): (f["bytes"], f["sha256"]) for n, f in head["files"].items()},
        }
    except (OSError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise IndexMissing(f"the index at {folder} cannot be read; {MEND}") from error


def _dump(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _parse(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _plan_dict(plan: Plan) -> dict[str, Any]:
    # what a plan is shown as depends on which others are held
    kept = [f.name for f in fields(plan) if not f.name.startswith("_") and f.name != "shown"]
    data = {name: getattr(plan, name) for name in kept}
    return {**data, "meta": asdict(plan.meta), "clauses": [asdict(c) for c in plan.clauses]}


def _plan(data: dict[str, Any]) -> Plan:
    single = {k: Fact(**v) for k, v in data["meta"].items() if k != "basis"}
    basis = tuple(Fact(**f) for f in data["meta"]["basis"])
    return Plan(
        **{k: v for k, v in data.items() if k not in ("aliases", "meta", "clauses", "pages")},
        aliases=tuple(data["aliases"]),
        meta=Metadata(**single, basis=basis),
        clauses=tuple(_clause(c) for c in data["clauses"]),
        pages=tuple(data["pages"]),
    )


def _clause(data: dict[str, Any]) -> Clause:
    note = data["note"]
    return Clause(
        **{k: v for k, v in data.items() if k not in ("children", "duties", "note", "figures")},
        children=tuple(data["children"]),
        duties=tuple(Duty(**d) for d in data["duties"]),
        note=note
        and DutyNote(
            note["start"],
            note["end"],
            tuple(Duty(**d) for d in note["duties"]),
            tuple(note["open_roles"]),
        ),
        figures=tuple(Figure(**f) for f in data["figures"]),
    )
