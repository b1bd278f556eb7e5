"""Stale gold: which questions to look at again when a plan was replaced.

When gold is accepted, a seal is written beside it: for every question a digest of the clauses its
evidence stands in, duty note included, as they read then. Later the same digests are made from
the plans of the day. A question whose clauses read the same is as good as it was, even in a plan
that changed elsewhere; a question without evidence is looked at again when its plan changed at
all, since what was missing may be there now.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from eval.evidence import Piece, locate
from eval.gold import Gold
from eval.jsonlines import write_whole
from eval.systems.base import Slice
from index.errors import InputError
from index.plan import Clause, Plan

SEAL = "seal.json"  # beside the gold files it is of
CLOSE = 0.5  # share of lost evidence that a line must hold to be shown as what became of it
SHORT = 16  # hexadecimal digits kept of a digest: enough for millions of clauses, short in diffs


@dataclass(frozen=True, slots=True)
class Seal:
    """Digests of the plans by id, and of the clauses behind each question by its id."""

    plans: dict[str, str]
    questions: dict[str, str]


class Stale(NamedTuple):
    """A question to look at again. `near` is the line most like evidence that is gone."""

    id: str
    why: Literal["gone", "changed", "plan changed", "plan gone", "not sealed"]
    text: str = ""
    near: str = ""


def seal(questions: Iterable[Gold], plans: Mapping[str, Plan]) -> Seal:
    """The seal of these questions over these plans."""
    return Seal(
        {p.id: p.sha256 for p in plans.values()},
        {g.id: _digest(g, plans) for g in questions},
    )


def stale(questions: Iterable[Gold], sealed: Seal, plans: Mapping[str, Plan]) -> list[Stale]:
    """The questions to look at again, in their order."""
    return [s for g in questions if (s := _stale(g, sealed, plans))]


def _stale(gold: Gold, sealed: Seal, plans: Mapping[str, Plan]) -> Stale | None:
    gone = [d for d in gold.doc if d not in plans]
    if gone:
        return Stale(gold.id, "plan gone", gone[0])
    for piece in _located(gold, plans):
        if not piece.places:
            return Stale(gold.id, "gone", piece.text, _nearest(piece.text, gold.doc, plans))
    if gold.id not in sealed.questions:
        return Stale(gold.id, "not sealed")
    if not gold.evidence:
        other = [d for d in gold.doc if sealed.plans.get(d) != plans[d].sha256]
        return Stale(gold.id, "plan changed", other[0]) if other else None
    if sealed.questions[gold.id] != _digest(gold, plans):
        where = _clauses(_located(gold, plans), plans)
        return Stale(gold.id, "changed", "; ".join(c.label for c in where))
    return None


def _digest(gold: Gold, plans: Mapping[str, Plan]) -> str:
    """Over the words of the clauses, as read: where a line ends or a page breaks is no change."""
    words = []
    for clause in _clauses(_located(gold, plans), plans):
        held = ",".join(f"{d.role}:{d.unit}" for d in clause.duties)
        words.append(f"{clause.text}\0{held}")
    return hashlib.sha256("\1".join(words).encode()).hexdigest()[:SHORT]


def _located(gold: Gold, plans: Mapping[str, Plan]) -> tuple[Piece, ...]:
    return locate(gold, {d: plans[d].source for d in gold.doc if d in plans})


def _clauses(pieces: Sequence[Piece], plans: Mapping[str, Plan]) -> list[Clause]:
    """The clauses the pieces stand in, each once, in the order of the pieces."""
    places = (place for piece in pieces for place in piece.places)
    return list({c.id: c for p in places if (c := clause_at(p, plans[p.plan]))}.values())


def clause_at(place: Slice, plan: Plan) -> Clause | None:
    """The deepest clause that the slice begins in: a note closing a section is the section's."""
    around = [c for c in plan.clauses if c.start <= place.start < c.end]
    return around[-1] if around else None


def _nearest(text: str, doc: Sequence[str], plans: Mapping[str, Plan]) -> str:
    """The line that holds most of the text's characters in their order, if it holds CLOSE."""
    lines = [line.strip() for d in doc for line in plans[d].source.split("\n")]
    best = max(lines, key=lambda line: _held(text, line), default="")
    return best if _held(text, best) >= CLOSE else ""


def _held(text: str, line: str) -> float:
    matcher = difflib.SequenceMatcher(None, line, text, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(text)


# -- the file -----------------------------------------------------------------------------


def read_seal(folder: Path) -> Seal:
    """The seal beside the gold files of a folder; an empty one where there is none.

    Raises InputError for a file that is none.
    """
    path = folder / SEAL
    if not path.is_file():
        return Seal({}, {})
    try:
        data = json.loads(path.read_text("utf-8"))
        return Seal(dict(data["plans"]), dict(data["questions"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is no seal; make it anew with: python -m eval seal") from error


def write_seal(folder: Path, made: Seal) -> None:
    """Writes the seal beside the gold files, a question a line, so that changes can be read."""
    questions = ",\n".join(f'  "{k}": "{v}"' for k, v in sorted(made.questions.items()))
    plans = ",\n".join(f'  "{k}": "{v}"' for k, v in sorted(made.plans.items()))
    text = f'{{\n "plans": {{\n{plans}\n }},\n "questions": {{\n{questions}\n }}\n}}\n'
    write_whole(folder / SEAL, text)
