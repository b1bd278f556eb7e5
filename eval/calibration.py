"""Fitting when to refuse and how sure to be (rag.confidence) on gold questions.

1. Every question about one plan is asked of an assistant that refuses nothing by its evidence;
   the evidence of its draft is kept, and once more as if no other plan were at hand, so that the
   model also serves an index of a single plan.
2. `says` is fitted on whether the question can be answered. Its threshold, one for each sort of
   answer, is where of questions not fitted on few are wrongly refused or wrongly answered, and
   about as many the one as the other. Up to `sure` an answer is told as what comes nearest: where
   that costs least, a right answer so weakened counted as a third of a wrong one that is told
   plainly. In all of it questions that no rule was made for count more: the rules that read the
   dev questions were made by reading their failures, so what fails among new ones is missing there.
3. `right` and `refused` are fitted on whether answers and refusals are right, given the log-odds
   that `says` has for questions not fitted on.

"Not fitted on" is by cross-validation in which a question and its twin are never parted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from eval.folds import dealt
from eval.gold import Gold
from eval.logistic import Floats, fit
from eval.runner import ask_all
from eval.systems.tiaowen import Tiaowen
from rag.answer import Draft
from rag.assistant import Assistant
from rag.confidence import (
    ALONE,
    OTHER,
    REFUSED,
    RIGHT,
    SURE,
    Cause,
    Logistic,
    Model,
    Paired,
    paired,
    standard,
    told_as,
)
from rag.context import Context
from rag.evidence import FEATURES, Evidence, evidence
from rag.parts import Parts

FOLDS, ROUNDS, SEED = 10, 4, 20240229  # ten folds, dealt four times and averaged
# Found by the cross-validation itself: 1 to 10 do alike, and for `says`, which has the products of
# every two values as well, 30 to 150.
RIDGE, PAIRED_RIDGE = 3.0, 60.0
ALONE_WEIGHT = 0.3  # weight of a draft seen without the other plans, beside 1 for it as it is
THRESHOLDS = np.arange(0.3, 0.901, 0.01)
WEAKENED = 1 / 3  # of a question: the cost of telling a right answer as what comes nearest
CLOSE = 1  # thresholds that cost so many questions more than the best are as good as it
UNREAD_WEIGHT = 3.0  # of a question that no rule was made for; 1 to 10 do alike
TWIN = re.compile(r"pair with ([\w-]+)")


@dataclass(frozen=True, slots=True)
class Row:
    """A question of one plan and the draft it had. `alone` is the evidence without other plans.

    `cause` is why it is refused whatever its evidence, "" where the evidence decides. `drafted`
    is whether there was a draft to judge; without one the evidence is of the nearest clause.
    """

    gold: Gold
    kind: str
    right: bool
    cause: Cause | str
    drafted: bool
    seen: Evidence | None
    alone: Evidence | None
    weight: float = 1.0

    @property
    def group(self) -> str:
        """The name that the question shares with its twin."""
        return group_of(self.gold)


def group_of(gold: Gold) -> str:
    """The name that a question shares with its twin."""
    twin = TWIN.search(gold.note)
    return min(gold.id, twin.group(1)) if twin else gold.id


class _Recorder:
    """Stands for the judge: notes the evidence and lets every draft pass."""

    def __init__(self) -> None:
        self.seen: list[tuple[Context, Draft]] = []

    def __call__(self, context: Context, draft: Draft) -> Draft:
        self.seen.append((context, draft))
        return draft

    def first(self) -> tuple[Context, Draft] | None:
        """The draft that was answered with, else the last that was tried."""
        answered = [s for s in self.seen if s[1].status == "answered"]
        return answered[0] if answered else (self.seen[-1] if self.seen else None)


def gather(assistant: Assistant, questions: Iterable[Gold], weight: float = 1.0) -> list[Row]:
    """The rows of the questions that are about one plan, each of that weight in the fit; those out
    of scope have none."""
    recorder = _Recorder()
    sources = {p.id: p.source for p in assistant.index.plans}
    careful, open_ = (
        Tiaowen(Assistant(assistant.index, assistant.encoder, Parts(judge=recorder, absence=a)))
        for a in (True, False)
    )
    rows = []
    for gold in questions:
        if len(gold.doc) > 1 or gold.type in ("comparison", "aggregate"):
            continue
        recorder.seen.clear()
        item = next(ask_all(careful, [("", gold)], sources))
        named = not recorder.seen
        if named:
            item = next(ask_all(open_, [("", gold)], sources))
        found = recorder.first()
        if found is None or item.response.failed:
            continue
        rows.append(replace(_row(gold, item.right, named, *found), weight=weight))
    return rows


def _row(gold: Gold, right: bool, named: bool, context: Context, draft: Draft) -> Row:
    nothing = draft.status != "answered"
    return Row(
        gold,
        context.question.kind,
        right,
        "named" if named else "nothing" if nothing else "",
        not nothing,
        evidence(context, draft),
        evidence(replace(context, near=()), draft),
    )


# -- fitting ------------------------------------------------------------------------------

NDBool = NDArray[np.bool_]
Known = Sequence[tuple[Row, float]]  # rows with what a model not fitted on them `says`
Numbers = tuple[Floats, Floats, Floats]  # values (n, k), labels (n,), weights (n,)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted model, and per row what cross-validation had said of it.

    `says` holds the probability that the plan says it; `told` pairs (confidence, right) of
    answers and of refusals; `refused` whether each row is refused.
    """

    model: Model
    rows: tuple[Row, ...]
    says: Floats
    refused: tuple[bool, ...]
    answers: tuple[tuple[float, bool], ...]
    refusals: tuple[tuple[float, bool], ...]

    def confusion(self) -> Counter[tuple[bool, bool]]:
        """How many by (answerable, refused)."""
        return Counter((r.gold.answerable, x) for r, x in zip(self.rows, self.refused, strict=True))


def calibrate(rows: Sequence[Row], unread: Sequence[Row] = ()) -> Calibration:
    """Fits the three models; threshold and `sure` are set by the `unread` rows, as far as there
    are enough of them.

    Raises InputError where there is nothing to tell apart.
    """
    searched = [r for r in (*rows, *unread) if r.seen is not None]
    groups = [r.group for r in searched]
    odds = crossed(searched, groups, _says_odds)
    says = 1 / (1 + np.exp(-odds))
    model_says = fit_says(searched)
    # what is refused whatever its evidence is refused below any threshold
    known = [(r, 0.0 if r.cause else p) for r, p in zip(searched, says, strict=True)]
    threshold = {what: best_threshold(*_of_sort(known, what)) for what in (*SURE, OTHER)}
    sure = {what: best_sure(threshold[what], *_of_sort(known, what)) for what in SURE}
    threshold[ALONE], sure[ALONE] = _alone(rows, model_says)
    refused = [
        bool(r.cause) or p < threshold[told_as(r.kind) or OTHER]
        for r, p in zip(searched, says, strict=True)
    ]
    told = [(r, {**r.seen.named, "says": o}) for r, o in zip(searched, odds, strict=True) if r.seen]
    given = [t for t, no in zip(told, refused, strict=True) if not no]
    denied = [t for t, no in zip(told, refused, strict=True) if no]
    model = Model(
        model_says,
        threshold,
        sure,
        _logistic(RIGHT, _right_numbers(given)),
        _logistic(REFUSED, _refused_numbers(denied)),
        facts(rows),
    )
    return Calibration(
        model,
        tuple(searched),
        says,
        tuple(refused),
        _told(given, _right_numbers),
        _told(denied, _refused_numbers),
    )


def _alone(rows: Sequence[Row], says: Paired) -> tuple[float, float]:
    """Threshold and `sure` of dev questions as if no other plan were at hand: without neighbours
    what is wrongly refused and wrongly told cannot be both few and alike."""
    kept = [r for r in rows if r.alone and r.cause == ""]
    said = np.array([says.probability(r.alone.named) for r in kept if r.alone])
    answerable = np.array([r.gold.answerable for r in kept])
    alike = np.ones(len(kept))
    threshold = best_threshold(said, answerable, alike, balanced=False)
    return threshold, best_sure(threshold, said, answerable, alike)


def _of_sort(known: Known, what: str) -> tuple[Floats, NDBool, Floats]:
    """What `says` says of the rows that are told as one sort, which of them are answerable, and
    what each counts."""
    rows = [k for k in known if (told_as(k[0].kind) or OTHER) == what]
    answerable = np.array([r.gold.answerable for r, _ in rows], dtype=bool)
    return np.array([p for _, p in rows]), answerable, np.array([r.weight for r, _ in rows])


T = TypeVar("T")
Told = Sequence[tuple[Row, Mapping[str, float]]]


def fit_says(rows: Sequence[Row]) -> Paired:
    """The model of the evidence: of each row as it is, and as if it stood alone; those without a
    draft count nothing."""
    found = [(r.seen, r.alone, r) for r in rows if r.seen and r.alone]
    values = [seen.named for seen, _, _ in found] + [alone.named for _, alone, _ in found]
    weights = np.array([w * r.drafted * r.weight for w in (1.0, ALONE_WEIGHT) for *_, r in found])
    answerable = np.array([float(r.gold.answerable) for *_, r in found] * 2)
    x = np.array([list(v.values()) for v in values])
    mean = np.average(x, axis=0, weights=weights)
    deviation = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weights))
    middle, spread = (dict(zip(FEATURES, map(float, n), strict=True)) for n in (mean, deviation))
    terms = [paired(standard(v, middle, spread)) for v in values]
    numbers = (np.array([list(t.values()) for t in terms]), answerable, weights)
    return Paired(_logistic(tuple(terms[0]), numbers, PAIRED_RIDGE), middle, spread)


def _says_odds(inside: Sequence[Row], outside: Sequence[Row]) -> Floats:
    model = fit_says(inside)
    return np.array([model.odds(r.seen.named) for r in outside if r.seen])


def _right_numbers(told: Told) -> Numbers:
    x = np.array([[values[n] for n in RIGHT] for _, values in told])
    return x, np.array([float(r.right) for r, _ in told]), np.ones(len(told))


def _refused_numbers(told: Told) -> Numbers:
    x = [
        [values["says"], float(r.cause == "nothing"), float(r.cause == "named")]
        for r, values in told
    ]
    return (
        np.array(x),
        np.array([float(not r.gold.answerable) for r, _ in told]),
        np.ones(len(told)),
    )


def _logistic(names: Sequence[str], numbers: Numbers, ridge: float = RIDGE) -> Logistic:
    bias, weights = fit(*numbers, ridge)
    return Logistic(bias, dict(zip(names, map(float, weights), strict=True)))


def crossed(
    rows: Sequence[T],
    groups: Sequence[str],
    odds: Callable[[Sequence[T], Sequence[T]], Floats],
) -> Floats:
    """The log-odds of each row from models not fitted on its group, averaged over ROUNDS.

    `odds` gives those of its second rows by a model fitted on its first.
    """
    found = np.zeros(len(rows))
    for turn in range(ROUNDS):
        fold = dealt(groups, FOLDS, SEED + turn)
        at = np.array([fold[g] for g in groups])
        for n in range(FOLDS):
            inside = [r for r, a in zip(rows, at, strict=True) if a != n]
            outside = [r for r, a in zip(rows, at, strict=True) if a == n]
            if outside:
                found[at == n] += odds(inside, outside) / ROUNDS
    return found


def best_threshold(
    says: Floats, answerable: NDBool, weights: Floats, balanced: bool = True
) -> float:
    """Where few are wrongly refused or wrongly answered; if `balanced`, about as many of each.

    Few are they who are no more than a tenth, or CLOSE, above the fewest; the middle of the best.
    """
    refused = np.array([weights[answerable & (says < t)].sum() for t in THRESHOLDS])
    told = np.array([weights[~answerable & (says >= t)].sum() for t in THRESHOLDS])
    costs = refused + told
    if not balanced:
        return round(float(np.median(THRESHOLDS[costs <= costs.min() + CLOSE])), 2)
    good = costs <= costs.min() + max(CLOSE, costs.min() / 10)
    apart = np.where(good, abs(refused - told), weights.sum() + 1)
    return round(float(np.median(THRESHOLDS[apart == apart.min()])), 2)


def best_sure(threshold: float, says: Floats, answerable: NDBool, weights: Floats) -> float:
    """From where on answers are told plainly, at least the threshold; the middle of the best."""
    tried = THRESHOLDS[threshold <= THRESHOLDS]
    costs = np.array(
        [
            WEAKENED * weights[answerable & (says >= threshold) & (says < t)].sum()
            + weights[~answerable & (says >= t)].sum()
            for t in tried
        ]
    )
    return round(float(np.median(tried[costs <= costs.min() + WEAKENED])), 2)


def _told(told: Told, numbers: Callable[[Told], Numbers]) -> tuple[tuple[float, bool], ...]:
    """(confidence, right) of each, from models not fitted on its group."""

    def odds_of(inside: Told, outside: Told) -> Floats:
        bias, weights = fit(*numbers(inside), RIDGE)
        odds: Floats = bias + numbers(outside)[0] @ weights
        return odds

    odds = crossed(told, [r.group for r, _ in told], odds_of)
    labels = numbers(told)[1]
    return tuple((float(1 / (1 + np.exp(-o))), bool(y)) for o, y in zip(odds, labels, strict=True))


def facts(rows: Sequence[Row]) -> dict[str, float]:
    """Share right of what is answered without a search, by kind (Laplace's rule: one of each is
    added, so that a kind never seen failing is not certain)."""
    kinds = sorted({r.kind for r in rows if r.seen is None})
    of_kind = {k: [r.right for r in rows if r.kind == k and r.seen is None] for k in kinds}
    return {k: (sum(right) + 1) / (len(right) + 2) for k, right in of_kind.items()}
