"""What a scoring comes to: final verdicts, scores by system and type, people against the rule.

A row's final verdict is the one all its scorers gave, else the one decided, else none. With
several scorers it takes two to agree. Shares are of the rows judged correct, partly or wrong: an
answer nobody could judge says nothing of the system, and is counted apart, as is a row still open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from eval.gold import TYPES
from eval.human.adjudication import Decision, disagreements
from eval.human.agreement import Agreement, Kappa, agreement, cohen_kappa
from eval.human.key import Entry, Key
from eval.human.returned import Returned
from eval.human.words import CITATIONS, ORDERED, VERDICTS, Kind
from eval.statistics import Interval, wilson

# agreed: by all of two or more; single: there is one scorer; decided: by adjudication; open:
# scorers differ and nothing was decided; incomplete: too few scored it; none: nothing to judge.
How = Literal["agreed", "single", "decided", "open", "incomplete", "none"]
SETTLED: tuple[How, ...] = ("agreed", "single", "decided")
ALL = "all"


class Settled(NamedTuple):
    """A final verdict, "" where there is none, and how it came about."""

    verdict: str
    how: How


class Final(NamedTuple):
    """A row with its final verdicts."""

    entry: Entry
    verdict: Settled
    citation: Settled


class Score(NamedTuple):
    """The rows of a system and a type (`all`: of all types).

    rows: how many were drawn; open: how many have no final verdict; counts: final verdicts.
    right, lenient: shares correct, and correct or partly, of those judged, with 95 % intervals
    (Wilson 1927). automatic: the share that the automatic rule calls right, of the same rows.
    cited: rows with citations; citations: their final verdicts. Shares are None where nothing was
    judged.
    """

    system: str
    type: str
    rows: int
    open: int
    counts: Mapping[str, int]
    judged: int
    right: float | None
    right_interval: Interval
    lenient: float | None
    lenient_interval: Interval
    automatic: float | None
    cited: int
    citations: Mapping[str, int]


class Versus(NamedTuple):
    """People against the automatic rule, over the rows that people judged.

    `partly_right`: whether partly counts as right for people. `human_only` is right for people
    alone. `agreed` is the accuracy of the rule, the share of rows where both say the same.
    """

    partly_right: bool
    n: int
    both: int
    human_only: int
    automatic_only: int
    neither: int
    agreed: float | None
    interval: Interval
    kappa: Kappa


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a scoring comes to. `differing` are ids of rows on which scorers differ."""

    key: Key
    returned: Returned
    verdict: Agreement
    citation: Agreement
    differing: tuple[str, ...]
    finals: tuple[Final, ...]
    scores: tuple[Score, ...]
    versus: tuple[Versus, ...]

    @property
    def against_rule(self) -> list[Final]:
        """The rows where people and the rule differ, partly taken as wrong."""
        return [f for f in judged(self.finals) if (f.verdict.verdict == "correct") != f.entry.right]


def outcome(
    key: Key, returned: Returned, decisions: Mapping[str, Decision] | None = None
) -> Outcome:
    """Agreement, final verdicts and scores of the returned sheets (without faults)."""
    # The same question's answers by several systems are no independent rows.
    questions = {e.id: e.question for e in key.entries}
    finals = tuple(_final(e, returned, decisions or {}) for e in key.entries)
    return Outcome(
        key=key,
        returned=returned,
        verdict=agreement(returned.verdicts("verdict"), tuple(VERDICTS), ORDERED, questions),
        citation=agreement(returned.verdicts("citation"), tuple(CITATIONS), (), questions),
        differing=tuple(disagreements(key, returned)),
        finals=finals,
        scores=tuple(_scores(key, finals)),
        versus=tuple(_versus(finals, partly) for partly in (False, True)),
    )


def settle(given: Sequence[str], scorers: int, decided: str) -> Settled:
    """The final verdict from those given by `scorers` people, "" or not given left out."""
    told = [g for g in given if g]
    if len(set(told)) > 1:
        return Settled(decided, "decided") if decided else Settled("", "open")
    if len(told) < min(2, scorers):
        return Settled("", "incomplete")
    return Settled(told[0], "agreed" if scorers > 1 else "single")


def judged(finals: Sequence[Final]) -> list[Final]:
    """The rows whose final verdict is correct, partly or wrong."""
    return [f for f in finals if f.verdict.verdict in ORDERED]


def _final(entry: Entry, returned: Returned, decisions: Mapping[str, Decision]) -> Final:
    decision = decisions.get(entry.id, Decision("", ""))

    def settled(kind: Kind) -> Settled:
        given = [getattr(m[entry.id], kind) for m in returned.marks.values() if entry.id in m]
        return settle(given, len(returned.marks), getattr(decision, kind))

    return Final(
        entry,
        settled("verdict"),
        settled("citation") if returned.cited(entry.id) else Settled("", "none"),
    )


def _scores(key: Key, finals: Sequence[Final]) -> Iterator[Score]:
    """A score for every system over all, then by type."""
    for source in key.sources:
        mine = [f for f in finals if f.entry.system == source.label]
        yield _score(source.label, ALL, mine)
        for kind in TYPES:
            if of_type := [f for f in mine if f.entry.type == kind]:
                yield _score(source.label, kind, of_type)


def _score(system: str, kind: str, rows: Sequence[Final]) -> Score:
    counts = Counter(f.verdict.verdict for f in rows)
    citations = Counter(f.citation.verdict for f in rows)
    sure = judged(rows)
    lenient = counts["correct"] + counts["partly"]
    return Score(
        system=system,
        type=kind,
        rows=len(rows),
        open=counts[""],
        counts={v: counts[v] for v in VERDICTS},
        judged=len(sure),
        right=_share(counts["correct"], len(sure)),
        right_interval=wilson(counts["correct"], len(sure)),
        lenient=_share(lenient, len(sure)),
        lenient_interval=wilson(lenient, len(sure)),
        automatic=_share(sum(f.entry.right for f in sure), len(sure)),
        cited=sum(f.citation.how != "none" for f in rows),
        citations={v: citations[v] for v in CITATIONS},
    )


def _versus(finals: Sequence[Final], partly_right: bool) -> Versus:
    rows = judged(finals)
    good = ("correct", "partly") if partly_right else ("correct",)
    told = [(f.verdict.verdict in good, f.entry.right) for f in rows]
    table = Counter(told)
    same = table[True, True] + table[False, False]
    words = {True: "right", False: "wrong"}
    return Versus(
        partly_right=partly_right,
        n=len(rows),
        both=table[True, True],
        human_only=table[True, False],
        automatic_only=table[False, True],
        neither=table[False, False],
        agreed=_share(same, len(rows)),
        interval=wilson(same, len(rows)),
        kappa=cohen_kappa(
            [words[human] for human, _ in told],
            [words[automatic] for _, automatic in told],
            tuple(words.values()),
            [f.entry.question for f in rows],
        ),
    )


def _share(part: int, of: int) -> float | None:
    return part / of if of else None
