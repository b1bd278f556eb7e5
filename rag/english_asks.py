"""English questions that ask for several things in one breath: how many …, and which ministry ….

Each stretch with an asking word of its own is a question of its own. A later one often leaves out
what it is about (and who leads it, and how long for): then it takes that from the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.question import Concept, Question

ASK = r"(?:how|what|which|who|whom|whose|when|where)\b(?! (?:else|ever|about))"
# before the asking word: by when, at roughly what share, up to how much
BEFORE = (
    r"(?:(?:by|at|to|up|in|under|for|on|until|of|from|with|within|over|about|roughly|around"
    r"|approximately|if so)\s+){0,3}"
)
JOIN = re.compile(rf"[,;]?\s+and\s+(?={BEFORE}{ASK})|[,;]\s+(?={BEFORE}{ASK})")
SAID_BEFORE = re.compile(r"\b(?:it|its|this|that|these|those|them|their|they|each|such|there|so)\b")
OF_A_UNIT = ("tasks", "role_check")  # where a unit leads, where it takes part: one answer
FEW = 1  # concept; a later question with no more leaves out what it is about
LEFT_OUT = 0.5  # of its weight, what a later question leaves unsaid


def pieces(text: str) -> tuple[str, ...]:
    """The stretches of a question that each ask for something; () where there is only one."""
    found: list[str] = []
    start = 0
    for join in JOIN.finditer(text):
        if re.search(rf"\b{ASK}", text[start : join.start()]):
            found.append(text[start : join.start()])
            start = join.end()
    found.append(text[start:])
    return tuple(found) if len(found) > 1 else ()


def as_parts(whole: Question, read: Sequence[Question]) -> tuple[Question, ...]:
    """The questions that the whole consists of, with its plans and years; () for one of metadata,
    whose facts are all told at once."""
    if not read or whole.across or whole.kind in OF_A_UNIT:
        return ()
    if whole.kind == "meta" and all(q.kind == "meta" or not q.concepts for q in read):
        return ()
    first = read[0]
    return tuple(
        replace(
            part,
            plans=whole.plans,
            years=part.years or whole.years,
            concepts=part.concepts if part is first else _completed(part, first),
            inherits=part is not first and _leaves_out(part),
        )
        for part in read
    )


def _leaves_out(part: Question) -> bool:
    """Whether a later question does not say itself what it is about."""
    return len(part.concepts) <= FEW or bool(SAID_BEFORE.search(part.text))


def _completed(part: Question, first: Question) -> tuple[Concept, ...]:
    """The concepts of a later question, with those of the first where it leaves them out."""
    if not _leaves_out(part):
        return part.concepts
    own = {c.said for c in part.concepts}
    more = [replace(c, weight=c.weight * LEFT_OUT) for c in first.concepts if c.said not in own]
    return (*part.concepts, *more)
