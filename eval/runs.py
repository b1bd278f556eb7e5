"""Runs: a system's answers to gold questions with their scores, in a folder that opens anywhere.

    DIR/run.json        what was run: system, settings, versions, hashes, machine, times, summary
        gold.jsonl      the questions as they were asked, with the split of each
        answers.jsonl   one answer a line: written as it is given, so that a run can go on
        scores.jsonl    one line a question: its measures, what is wrong, the ranks of its evidence

The three .jsonl files have a line a question with the same `id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from eval.gold import Gold, from_record, to_record
from eval.jsonlines import read_lines, write_lines, write_whole
from eval.systems.base import Response
from index.errors import InputError

FORMAT = 1
HEAD, GOLD, ANSWERS, SCORES = "run.json", "gold.jsonl", "answers.jsonl", "scores.jsonl"


@dataclass(frozen=True, slots=True)
class Head:
    """What was run. `identity` is what must be equal for a run to go on; the rest is record.

    `gold` gives the SHA-256 of each gold file by name; `corpus` that of the corpus, `prompts`
    that of prompts/, `code` that of the program's own files; `finished` is "" until all is asked.
    Times are ISO 8601 in UTC. `seconds` adds up over the sittings of a run that went on.
    """

    system: str
    settings: dict[str, str]
    gold: dict[str, str]
    corpus: str
    prompts: str
    code: str
    questions: int
    commit: str = ""
    machine: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    started: str = ""
    finished: str = ""
    seconds: float = 0.0
    format: int = FORMAT

    @property
    def identity(self) -> dict[str, Any]:
        names = ("system", "settings", "gold", "corpus", "prompts", "code", "format")
        return {n: getattr(self, n) for n in names}


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a run: what was asked, what came, and how it was judged.

    `scores` holds the measures that apply, by name. `faults` say in words what is wrong, [] for
    a right answer. `ranks` are the ranks, from 1, of the question's evidence pieces among what
    was retrieved, None for one that was not; () where retrieval is not judged.
    """

    gold: Gold
    split: str
    response: Response
    scores: Mapping[str, float]
    faults: tuple[str, ...] = ()
    ranks: tuple[int | None, ...] = ()

    @property
    def right(self) -> bool:
        return self.scores["correct"] == 1

    @property
    def plan(self) -> str:
        """The plan asked about, or `several`."""
        return self.gold.doc[0] if len(self.gold.doc) == 1 else "several"


@dataclass(frozen=True, slots=True)
class Run:
    """A run read back. `name` is what tables call it."""

    folder: Path
    head: Head
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        return self.head.system


def open_run(folder: Path) -> Run:
    """A finished run: the folder itself, or the one run below it.

    Raises InputError where there is none, several, one that was cut short or one that is torn.
    """
    at = _run_folder(folder)
    head = read_head(at)
    if not head.finished:
        raise InputError(f"the run at {at} was cut short; go on with the same: python -m eval run")
    try:
        asked = {r["id"]: r for r in read_lines(at / GOLD)}
        answers = {r["id"]: r for r in read_lines(at / ANSWERS)}
        items = tuple(_item(asked[s["id"]], answers[s["id"]], s) for s in read_lines(at / SCORES))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the run at {at} is torn: {type(error).__name__} {error}") from error
    if len(items) != head.questions:
        raise InputError(f"the run at {at} is torn: {len(items)} scores of {head.questions}")
    return Run(at, head, items)


def run_folders(folder: Path) -> list[Path]:
    """The folders of runs at or below a folder, by name."""
    if (folder / HEAD).is_file():
        return [folder]
    return sorted(p.parent for p in folder.glob(f"*/{HEAD}"))


def _run_folder(folder: Path) -> Path:
    found = run_folders(folder)
    if not found:
        raise InputError(f"{folder} holds no run; make one with: python -m eval run --out {folder}")
    if len(found) > 1:
        names = ", ".join(p.name for p in found)
        raise InputError(f"{folder} holds several runs ({names}); name one of them")
    return found[0]


def _item(asked: dict[str, Any], answer: dict[str, Any], score: dict[str, Any]) -> Item:
    record = {k: v for k, v in asked.items() if k != "split"}
    return Item(
        gold=from_record(record, f"question {asked['id']}"),
        split=asked.get("split", ""),
        response=Response.from_dict(answer),
        scores={k: float(v) for k, v in score["scores"].items()},
        faults=tuple(score["faults"]),
        ranks=tuple(score["ranks"]),
    )


def read_head(folder: Path) -> Head:
    """What a run folder says of itself. Raises InputError where it cannot be read."""
    path = folder / HEAD
    try:
        data = json.loads(path.read_text("utf-8"))
        if data.get("format") != FORMAT:
            raise InputError(f"{path} has format {data.get('format')}; this reads {FORMAT}")
        known = {f.name for f in fields(Head)}
        return Head(**{k: v for k, v in data.items() if k in known})
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path} is no run") from error


def write_head(folder: Path, head: Head, summary: Mapping[str, Any] | None = None) -> None:
    """Writes run.json whole or not at all."""
    data = asdict(head) | ({"summary": summary} if summary is not None else {})
    write_whole(folder / HEAD, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def write_gold(folder: Path, asked: Sequence[tuple[str, Gold]]) -> None:
    """Writes the questions asked, as (split, question)."""
    write_lines(folder / GOLD, _records(asked))


def asks(folder: Path, asked: Sequence[tuple[str, Gold]]) -> bool:
    """Whether the run in the folder asks these questions and no others."""
    return list(read_lines(folder / GOLD)) == list(_records(asked))


def _records(asked: Sequence[tuple[str, Gold]]) -> Iterator[dict[str, Any]]:
    return ({**to_record(g), "split": s} for s, g in asked)


def write_scores(folder: Path, items: Sequence[Item]) -> None:
    """Writes the judgements of a run."""
    write_lines(
        folder / SCORES,
        (
            {
                "id": i.gold.id,
                "type": i.gold.type,
                "split": i.split,
                "scores": i.scores,
                "faults": i.faults,
                "ranks": i.ranks,
            }
            for i in items
        ),
    )
