"""Scoring: every gold question asked, every answer and every citation judged.

Three things are counted apart: whether the answer is right (eval.gold.faults), whether each quote
it cites stands verbatim at its offsets, and how long it took. A question that cannot be answered
for its form counts as wrong; nothing is left out of the sum.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.gold import BEYOND, ONE_PLAN, Gold, faults, read_gold, split_of
from index.errors import InputError
from rag.answer import Answer, Citation

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("one plan, in Chinese", ONE_PLAN),
    ("in English, follow-ups, beyond one plan", BEYOND),
)
# What a quote leaves out of its slice: white space and what page layout left in the text. Written
# anew here, so that the quotes are not judged by the code that made them.
LEFT_OUT = (
    r"(?:[\s*\ufeff\u200b-\u200d\u2060]|\[bookmark:[^\]\n]*\]"
    r"|[—–-]{1,2}\s*\d{1,4}\s*[—–-]{1,2})*"
)


class Ask(Protocol):
    """How a question is put: `Assistant.ask`, or a stand-in."""

    def __call__(self, text: str, *, history: Sequence[tuple[str, str]]) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """One question with its answer, what is wrong with it, and how many quotes are not verbatim."""

    gold: Gold
    split: str
    answer: Answer | None
    faults: tuple[str, ...]
    torn: int = 0

    @property
    def right(self) -> bool:
        return not self.faults

    def to_dict(self) -> dict[str, Any]:
        """The answer object with the question's type, split, expected answer and faults."""
        given = self.answer.to_dict(self.gold.id) if self.answer else {"id": self.gold.id}
        judged = {"type": self.gold.type, "split": self.split, "expected": self.gold.answer}
        return {**given, **judged, "faults": list(self.faults), "torn_quotes": self.torn}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions and how many right."""

    n: int
    right: int

    @property
    def percent(self) -> float:
        """0 to 100; 0 where nothing was asked."""
        return 100 * self.right / self.n if self.n else 0.0


def load(paths: Iterable[Path], types: Sequence[str]) -> list[tuple[str, Gold]]:
    """(split, question) of the files for these types. Raises InputError where none is left."""
    found = [(split_of(p), g) for p in paths for g in read_gold([p]) if g.type in types]
    if not found:
        raise InputError(f"no gold questions of type {', '.join(types)} in these files")
    return found


def score(
    questions: Iterable[tuple[str, Gold]], ask: Ask, sources: Mapping[str, str]
) -> Iterator[Mark]:
    """Asks and marks each question; `sources` are the plans' texts by id, to check the quotes."""
    for split, gold in questions:
        try:
            answer = ask(gold.question, history=gold.history)
        except InputError as error:
            yield Mark(gold, split, None, (f"refused: {error}",))
            continue
        found = tuple(faults(gold, answer.answer, answer.status))
        torn = sum(not verbatim(c, sources.get(c.plan, "")) for c in answer.citations)
        yield Mark(gold, split, answer, found, torn)


def verbatim(citation: Citation, source: str) -> bool:
    """Whether the quote is source[start:end] but for white space and page layout."""
    if not (citation.quote and 0 <= citation.start < citation.end <= len(source)):
        return False
    letters = [re.escape(char) for char in citation.quote if not char.isspace()]
    pattern = LEFT_OUT + LEFT_OUT.join(letters) + LEFT_OUT
    return re.fullmatch(pattern, source[citation.start : citation.end]) is not None


def tally(marks: Iterable[Mark], split: str = "") -> Tally:
    """Counts the marks, those of one split only if one is named."""
    kept = [m for m in marks if split in ("", m.split)]
    return Tally(len(kept), sum(m.right for m in kept))


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank: the smallest value that at least `share` (0 to 1) of the values do not exceed.

    0 where there are no values.
    """
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def latencies(marks: Iterable[Mark]) -> list[float]:
    """Milliseconds of each answer."""
    return [m.answer.latency_ms for m in marks if m.answer]


def table(marks: Sequence[Mark]) -> Iterator[str]:
    """The score by type, by group, over all and by split, then quotes and latency, as text."""
    splits = [s for s in ("dev", "held") if any(m.split == s for m in marks)]
    yield "".join([f"{'type':<18}{'n':>5}{'right':>7}{'%':>8}", *(f"{s:>12}" for s in splits)])
    for title, types in GROUPS:
        of_group = [m for m in marks if m.gold.type in types]
        if not of_group:
            continue
        yield f"-- {title}"
        for name in types:
            rows = [m for m in of_group if m.gold.type == name]
            if rows:
                yield _row(name, rows, splits)
        yield _row("together", of_group, splits)
    yield "--"
    yield _row("all", marks, splits)
    yield ""
    yield from _below(marks)


def _row(name: str, marks: Sequence[Mark], splits: Sequence[str]) -> str:
    whole = tally(marks)
    cells = [f"{name:<18}{whole.n:>5}{whole.right:>7}{whole.percent:>8.1f}"]
    for split in splits:
        part = tally(marks, split)
        cells.append(f"{f'{part.right}/{part.n}' if part.n else '-':>12}")
    return "".join(cells)


def _below(marks: Sequence[Mark]) -> Iterator[str]:
    cited = sum(len(m.answer.citations) for m in marks if m.answer)
    yield f"quotes not verbatim: {sum(m.torn for m in marks)} of {cited}"
    times = latencies(marks)
    half, most = percentile(times, 0.5), percentile(times, 0.95)
    yield f"latency: median {half:.0f} ms, 95th percentile {most:.0f} ms"


def failures(marks: Iterable[Mark], held: bool = False) -> Iterator[str]:
    """What went wrong, question by question; of held questions only if `held`.

    A held question that has been looked at no longer tells how well unseen ones are answered.
    """
    hidden = 0
    for mark in marks:
        if mark.right and not mark.torn:
            continue
        if mark.split == "held" and not held:
            hidden += 1
            continue
        got = mark.answer.answer.replace("\n", "\n            ") if mark.answer else ""
        yield f"\n{mark.gold.id} ({mark.gold.type})"
        yield f"  question  {mark.gold.question}"
        yield f"  expected  {mark.gold.answer}"
        yield f"  got       {got}"
        yield f"  faults    {'; '.join(mark.faults) or '-'}"
        if mark.torn:
            yield f"  quotes    {mark.torn} not verbatim"
    if hidden:
        yield f"\nheld questions that failed: {hidden}; scored, not looked at (-vv shows them)"
