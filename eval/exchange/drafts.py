"""Questions from elsewhere: gold where they were ours, else drafts for a person to finish.

A foreign data set names relevant passages but not what an answer must say. Its questions become
drafts (eval.growing.draft) without `type` and `must`; gold refuses them until a person has added
both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.gold import Gold, from_record, to_record
from eval.growing.draft import Draft, to_json
from eval.jsonlines import write_lines
from index.errors import InputError

# A shorter line (一、总则) stands in many plans and proves nothing.
SHORTEST = 8
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Imported:
    """Questions read: `gold` are ours and come back exactly; `drafts` are foreign.

    `left_out` counts rows that are no question to be asked.
    """

    gold: tuple[Gold, ...]
    drafts: tuple[Draft, ...] = ()
    left_out: int = 0

    def write(self, path: Path) -> None:
        """Writes gold and drafts, one JSON object a line."""
        write_lines(path, [to_record(g) for g in self.gold] + [to_json(d) for d in self.drafts])


def ours(record: Mapping[str, Any], where: str, id_: str, question: str) -> Gold:
    """Our own question from the gold record that its row in another tool's format keeps.

    Raises InputError beginning with `where` for a faulty record, and one that is not the row's.
    """
    gold = from_record(record, where)
    if (gold.id, gold.question) != (id_, question):
        raise InputError(
            f"{where}: the record and its row tell different questions; change both, or take the "
            "record out to import the row as a draft"
        )
    return gold


def draft(
    id_: str,
    question: str,
    answer: str,
    passages: Iterable[str],
    sources: Mapping[str, str],
    origin: str,
) -> Draft:
    """A draft whose evidence is the first line of each passage that stands in a plan.

    `doc` are the plans of the evidence, none where none was found.
    """
    found = dict(filter(None, (_evidence(p, sources) for p in passages)))
    record = {
        "id": id_,
        "doc": list(dict.fromkeys(found.values())),
        "lang": "zh" if HAN.search(question) else "en",
        "question": question,
        "answer": answer,
        "must_not": [],
        "evidence": list(found),
    }
    return Draft(record, why=f"from {origin}: add type and must")


def _evidence(passage: str, sources: Mapping[str, str]) -> tuple[str, str] | None:
    """(line, plan) of the first line that stands in one plan alone, else of the first in any."""
    held = list(_lines_held(passage, sources))
    if not held:
        return None
    line, plans = min(held, key=lambda x: len(x[1]) > 1)
    return line, plans[0]


def _lines_held(passage: str, sources: Mapping[str, str]) -> Iterator[tuple[str, Sequence[str]]]:
    for line in (raw.strip() for raw in passage.splitlines()):
        if len(line) >= SHORTEST:
            plans = [p for p, source in sources.items() if line in source]
            if plans:
                yield line, plans


def once(ids: Iterable[str], path: Path) -> None:
    """Raises InputError naming the first id that a file gives twice."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise InputError(f"{path}: id {id_!r} is given twice; give every question its own")
        seen.add(id_)
