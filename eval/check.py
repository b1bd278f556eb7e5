"""Checking gold: evidence that stands nowhere, duplicates, contradictions, rules that cannot hold.

A fault makes a question unusable or unfair and must be mended; a remark is for a person to look
at. Nothing here asks the assistant anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from eval.evidence import locate
from eval.gold import Gold, split_of
from eval.measures.answers import faults, fold

Placed = Sequence[tuple[Path, Gold]]


class Finding(NamedTuple):
    """Something about a question: a `fault` to mend or a `remark` to look at."""

    weight: Literal["fault", "remark"]
    path: Path
    id: str
    text: str


def without_evidence(questions: Iterable[Gold], sources: Mapping[str, str]) -> list[str]:
    """Ids of the questions of which some evidence stands in none of their plans."""
    return [g.id for g in questions if any(not p.places for p in locate(g, sources))]


def check(placed: Placed, sources: Mapping[str, str]) -> list[Finding]:
    """Everything found, in the order of the questions."""
    alone = [f for path, gold in placed for f in _alone(path, gold, sources)]
    return [*alone, *_together(placed)]


# -- a question by itself -----------------------------------------------------------------


def _alone(path: Path, gold: Gold, sources: Mapping[str, str]) -> Iterator[Finding]:
    def fault(text: str) -> Finding:
        return Finding("fault", path, gold.id, text)

    unknown = [d for d in gold.doc if d not in sources]
    if unknown:
        yield fault(f"plan {unknown[0]!r} is not in the corpus")
    for piece in locate(gold, sources):
        if "\n" in piece.text:
            yield fault(f"evidence goes over a line end: {piece.text[:30]!r}")
        elif not piece.places and not unknown:
            yield fault(f"evidence stands in no plan of the question: {piece.text!r}")
    if gold.answerable and not gold.must:
        yield fault("must is empty: every answer would be right")
    if gold.type != "unanswerable" and gold.answer:
        wrong = faults(gold, gold.answer, "answered")
        if wrong:
            yield fault(f"its own answer breaks its rule: {'; '.join(wrong)}")
    for item in gold.must:
        if all(any(fold(x) in fold(a) for x in gold.must_not) for a in item):
            yield fault(f"must and must_not exclude each other: {item[0]!r}")
    yield from _remarks(path, gold, sources)


def _remarks(path: Path, gold: Gold, sources: Mapping[str, str]) -> Iterator[Finding]:
    if gold.answerable and not gold.evidence:
        yield Finding("remark", path, gold.id, "no evidence: its citations are not judged")
    for piece in locate(gold, sources):
        plans = {p.plan for p in piece.places}
        if len(piece.places) > len(plans):
            n = len(piece.places)
            yield Finding("remark", path, gold.id, f"evidence stands {n} times: {piece.text!r}")


# -- questions among each other -----------------------------------------------------------


def _together(placed: Placed) -> Iterator[Finding]:
    """Questions asked twice: merely repeated, contradicting, or standing in both splits."""
    first: dict[tuple[str, ...], tuple[Path, Gold]] = {}
    for path, gold in placed:
        earlier = first.setdefault(asked_key(gold), (path, gold))
        if earlier[1] is gold:
            continue
        if {split_of(path), split_of(earlier[0])} == {"dev", "held"}:
            said = "asks what {id} asks, one dev and one held"
        elif contradicts(earlier[1], gold):
            said = "asks what {id} asks and wants another answer"
        else:
            said = "asks what {id} asks"
        yield Finding("fault", path, gold.id, said.format(id=earlier[1].id))


def asked_key(gold: Gold) -> tuple[str, ...]:
    """What makes two questions the same: words without punctuation, plans, and what went before."""
    turns = [q for q, _ in gold.history]
    return (*sorted(gold.doc), *(_bare(t) for t in [*turns, gold.question]))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).lower())


def contradicts(a: Gold, b: Gold) -> bool:
    """Whether the answer that one wants is wrong for the other."""
    if a.answerable != b.answerable:
        return True
    return bool(faults(a, b.answer or "", "answered") and faults(b, a.answer or "", "answered"))
