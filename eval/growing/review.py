"""Taking accepted drafts into gold: strictly looked at, and all of them or none.

Only drafts that a person decided to accept enter. Each must be a whole gold question, with its
evidence in its plans, something that must be said, and an answer of its own that passes its own
rule; its id and its question must be new among all gold files and among the drafts. All that is
wrong is told at once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.check import asked_key, check
from eval.gold import Gold, read_placed, split_of, to_record
from eval.growing.draft import ACCEPT, DROP, UNDECIDED, Draft
from eval.jsonlines import numbered, write_whole
from eval.measures.answers import faults as broken_rules
from index.errors import InputError


@dataclass(frozen=True, slots=True)
class Review:
    """What was decided: the questions that may enter, the counts, and all that is wrong.

    `remarks` are for a person to think about; they keep nothing out.
    """

    questions: tuple[Gold, ...]
    dropped: int
    undecided: int
    faults: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def look_at(
    drafts: Sequence[Draft],
    into: Path,
    existing: Iterable[tuple[Path, Gold]],
    sources: Mapping[str, str],
) -> Review:
    """Reads the decisions and looks at every accepted draft.

    `existing` are the questions of all gold files with their files, `sources` the plans' texts
    by id. A fault names the record by its number, from 1.
    """
    faults: list[str] = []
    taken: list[tuple[str, Gold]] = []
    decided: Counter[str] = Counter()
    for n, draft in enumerate(drafts, 1):
        where = f"record {n}"
        try:
            choice = draft.choice(where)
            decided[choice] += 1
            if choice == ACCEPT:
                taken.append((where, draft.gold(where)))
        except InputError as error:
            faults.append(str(error))
    remarks: list[str] = []
    for where, gold in taken:
        for finding in check([(into, gold)], sources):
            said = faults if finding.weight == "fault" else remarks
            said.append(f"{where}: {finding.text}")
        faults += [f"{where}: {said}" for said in _unsaid(gold)]
    faults += _repeats(taken, existing)
    questions = tuple(gold for _, gold in taken)
    return Review(questions, decided[DROP], decided[UNDECIDED], tuple(faults), tuple(remarks))


def _unsaid(gold: Gold) -> Iterator[str]:
    """What eval.check lets pass in older gold: no answer, or a refusal that does not refuse."""
    if not gold.answer.strip():
        yield "answer is empty"
    elif gold.type == "unanswerable":
        wrong = broken_rules(gold, gold.answer, "answered")
        yield from (f"its own answer breaks its rule: {f}" for f in wrong)


def _repeats(
    taken: Sequence[tuple[str, Gold]], existing: Iterable[tuple[Path, Gold]]
) -> Iterator[str]:
    """Ids and questions that are there already; of a held question only that it is."""
    ids: dict[str, str] = {}
    asked: dict[tuple[str, ...], str] = {}
    for path, gold in existing:
        ids.setdefault(gold.id, path.name)
        where = path.name if split_of(path) == "held" else f"{path.name} ({gold.id})"
        asked.setdefault(asked_key(gold), where)
    for where, gold in taken:
        if gold.id in ids:
            yield f"{where}: id {gold.id!r} is already in {ids[gold.id]}"
        if asked_key(gold) in asked:
            yield f"{where}: the question is already in {asked[asked_key(gold)]}"
        ids.setdefault(gold.id, where)
        asked.setdefault(asked_key(gold), where)


def gold_around(into: Path, own: Sequence[Path]) -> list[tuple[Path, Gold]]:
    """The questions of the project's gold files and of those beside the target, with their files.

    Raises InputError for a target that is no dev file: who has read a question cannot hold it back.
    """
    if split_of(into) != "dev":
        raise InputError(f"{into}: name it NAME.dev.jsonl; drafts have been read and are dev")
    beside = [p for p in into.parent.glob("*.jsonl") if split_of(p)]
    return list(read_placed(sorted({p.resolve() for p in (*own, *beside)})))


def append(into: Path, questions: Sequence[Gold]) -> None:
    """Adds the questions at the end of a gold file, which is made where there is none.

    What is there stays letter for letter; the file is replaced whole or not at all.
    """
    old = ""
    if into.exists():
        for _ in numbered(into):  # refuses a file that is not UTF-8 or not JSON Lines
            pass
        old = into.read_bytes().decode("utf-8")
    if old and not old.endswith("\n"):
        old += "\n"
    lines = (json.dumps(to_record(g), ensure_ascii=False) + "\n" for g in questions)
    write_whole(into, old + "".join(lines))
