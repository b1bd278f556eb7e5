"""How far scorers agree: shares, kappas, their intervals, and the word for them.

Kappa is agreement beyond chance: (p_o - p_e) / (1 - p_e), with p_o the share of rows on which the
verdicts agree and p_e the share that would agree by chance. How chance is reckoned differs:

    Cohen (1960)     two scorers, each with their own shares of the verdicts
    Cohen (1968)     the same with disagreements weighted by their distance on an ordered scale
    Fleiss (1971)    any number of scorers, the shares taken over all of them together
    Randolph (2005)  any number, every verdict equally likely: does not fall where nearly all
                     answers get the same verdict, as the others do (Feinstein & Cicchetti 1990)

The formulas are statsmodels'. Where scorers give one and the same verdict to everything, chance
alone would agree always (p_e = 1) and kappa is not defined: it is None here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.statistics import ALPHA, Interval

SEED = 1
# The ends of an interval are 25th of 1,000, the fewest that Efron & Tibshirani (1993, 14.3) ask for
# a percentile interval: with five scorers there are 40 kappas to resample.
RESAMPLES = 1_000
# An interval from resamples of which most have no kappa would tell of the others only.
DEFINED = 0.5
SAME = 1e-9  # kappas nearer than this are the same but for rounding

# Landis & Koch (1977), table on p. 165: upper ends of the classes. Arbitrary, as they say
# themselves; kappa also depends on how common each verdict is, so the word never stands alone.
LANDIS_KOCH = (
    (0.20, "slight"),
    (0.40, "fair"),
    (0.60, "moderate"),
    (0.80, "substantial"),
    (1.00, "almost perfect"),
)

Ints = NDArray[np.int64]
# A kappa from how often each row is drawn, one number a row; None where it is not defined.
Statistic = Callable[[Ints], float | None]


class Kappa(NamedTuple):
    """A kappa, -1 to 1, over `n` rows, with its 95 % interval; None where it is not defined."""

    value: float | None
    interval: Interval | None
    n: int

    @property
    def word(self) -> str:
        return "" if self.value is None else landis_koch(self.value)


class Pair(NamedTuple):
    """Two scorers over the rows both scored; `agreed` is the share with the same verdict.

    `weighted` is over the rows to which both gave a verdict of the ordered scale; None where
    there is no such scale.
    """

    a: str
    b: str
    n: int
    agreed: float | None
    kappa: Kappa
    weighted: Kappa | None


class Group(NamedTuple):
    """All scorers over the rows that all scored; `agreed` is the share where all say the same."""

    n: int
    agreed: float | None
    fleiss: Kappa
    randolph: Kappa


@dataclass(frozen=True, slots=True)
class Agreement:
    """`given` counts each scorer's verdicts by name. `group` is None for a single scorer."""

    given: Mapping[str, Mapping[str, int]]
    pairs: tuple[Pair, ...]
    group: Group | None


def agreement(
    verdicts: Mapping[str, Mapping[str, str]],
    categories: Sequence[str],
    ordered: Sequence[str] = (),
    clusters: Mapping[str, str] | None = None,
    seed: int = SEED,
) -> Agreement:
    """The agreement of scorers.

    verdicts: by scorer, the verdict (one of `categories`) by row id; what was not scored is not
        there.
    ordered: the categories that lie on a scale, in order, for the weighted kappa.
    clusters: what rows belong together by row id (the same question answered by several systems):
        they are resampled together. By default each row stands alone.
    """
    cluster = clusters or {row: row for marks in verdicts.values() for row in marks}
    found = [
        _pair((a, b), (verdicts[a], verdicts[b]), categories, ordered, cluster, seed)
        for a, b in combinations(verdicts, 2)
    ]
    counted = {name: Counter(marks.values()) for name, marks in verdicts.items()}
    return Agreement(
        given={name: {c: n[c] for c in categories} for name, n in counted.items()},
        pairs=tuple(found),
        group=_group(list(verdicts.values()), categories, cluster, seed),
    )


def landis_koch(kappa: float) -> str:
    """The word of Landis & Koch (1977): below 0 poor, to .20 slight, to .40 fair, to .60 moderate,
    to .80 substantial, above almost perfect."""
    if kappa < 0:
        return "poor"
    # Rounded, because 0.6 may come out of the sums a hair above.
    return next(word for top, word in LANDIS_KOCH if round(kappa, 9) <= top)


def cohen(
    a: Sequence[str], b: Sequence[str], categories: Sequence[str], linear: bool = False
) -> float | None:
    """Cohen's kappa of two scorers' verdicts on the same rows; None where it is not defined.

    Unweighted (Cohen 1960): p_o and p_e as above, p_e = sum over verdicts of the product of the
    two scorers' shares. 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: p_o = .7, p_e = .5 * .6 + .5 *
    .4 = .5, kappa = .4. Linear (Cohen 1968): 1 - sum(w p) / sum(w p_chance) with w the distance of
    the two verdicts in `categories`, in steps; the same as above for two categories.
    """
    return _cohen(a, b, categories, linear)(np.ones(len(a), dtype=np.int64))


def fleiss(counts: Sequence[Sequence[int]], randolph: bool = False) -> float | None:
    """Fleiss' kappa (1971) of any number of scorers; None where it is not defined.

    counts: for each row how many scorers gave each verdict; every row has as many scorers, two or
    more. With P_i the share of pairs of scorers that agree on row i and p_j the share of verdict j
    over all, p_o is the mean of P_i and p_e the sum of p_j². `randolph`: p_e is 1 / number of
    verdicts (Randolph 2005).
    """
    table = np.asarray(counts, dtype=np.int64)
    return _fleiss(table, randolph)(np.ones(len(table), dtype=np.int64))


def kappa_of(statistic: Statistic, clusters: Sequence[str], seed: int = SEED) -> Kappa:
    """A kappa with its interval by the percentile bootstrap (Efron & Tibshirani 1993, ch. 13).

    clusters: what each row belongs to; whole clusters are drawn with replacement. Resamples that
    have no kappa are left out; there is no interval where they are the most. Nor is there one
    where all resamples are the same, as when all verdicts are: that is no proof that the next
    would be.
    """
    value = statistic(np.ones(len(clusters), dtype=np.int64)) if clusters else None
    if value is None:
        return Kappa(None, None, len(clusters))
    names, of_row = np.unique(list(clusters), return_inverse=True)
    random = np.random.default_rng(seed)
    found = []
    for _ in range(RESAMPLES):
        drawn = np.bincount(random.integers(0, len(names), len(names)), minlength=len(names))
        again = statistic(drawn[of_row])
        if again is not None:
            found.append(again)
    if len(found) < DEFINED * RESAMPLES:
        return Kappa(value, None, len(clusters))
    if max(found) - min(found) < SAME:
        return Kappa(value, None, len(clusters))
    low, high = np.quantile(found, (ALPHA / 2, 1 - ALPHA / 2))
    return Kappa(value, Interval(float(low), float(high)), len(clusters))


def cohen_kappa(
    a: Sequence[str],
    b: Sequence[str],
    categories: Sequence[str],
    clusters: Sequence[str],
    linear: bool = False,
    seed: int = SEED,
) -> Kappa:
    """`cohen` with its interval."""
    return kappa_of(_cohen(a, b, categories, linear), clusters, seed)


def _cohen(
    a: Sequence[str], b: Sequence[str], categories: Sequence[str], linear: bool
) -> Statistic:
    from statsmodels.stats.inter_rater import (  # type: ignore[import-untyped]
        cohens_kappa,
    )

    size = len(categories)
    place = {c: n for n, c in enumerate(categories)}
    cells = np.array([place[x] * size + place[y] for x, y in zip(a, b, strict=True)], dtype=int)

    def statistic(drawn: Ints) -> float | None:
        table = np.bincount(cells, weights=drawn, minlength=size * size).reshape(size, size)
        used = np.flatnonzero(table.sum(axis=0) + table.sum(axis=1))
        if len(used) < 2:
            return None
        return float(cohens_kappa(table, wt="linear" if linear else None, return_results=False))

    return statistic


def _fleiss(table: Ints, randolph: bool) -> Statistic:
    from statsmodels.stats.inter_rater import fleiss_kappa

    def statistic(drawn: Ints) -> float | None:
        rows = np.repeat(table, drawn, axis=0)
        if not rows.any() or (not randolph and np.count_nonzero(rows.sum(axis=0)) < 2):
            return None
        return float(fleiss_kappa(rows, method="randolph" if randolph else "fleiss"))

    return statistic


def _pair(
    names: tuple[str, str],
    marks: tuple[Mapping[str, str], Mapping[str, str]],
    categories: Sequence[str],
    ordered: Sequence[str],
    cluster: Mapping[str, str],
    seed: int,
) -> Pair:
    both = sorted(marks[0].keys() & marks[1].keys())

    def kappa(rows: Sequence[str], among: Sequence[str], linear: bool = False) -> Kappa:
        a, b = ([m[r] for r in rows] for m in marks)
        return cohen_kappa(a, b, among, [cluster[r] for r in rows], linear, seed)

    on_scale = [r for r in both if marks[0][r] in ordered and marks[1][r] in ordered]
    return Pair(
        *names,
        n=len(both),
        agreed=_share([marks[0][r] == marks[1][r] for r in both]),
        kappa=kappa(both, categories),
        weighted=kappa(on_scale, ordered, linear=True) if ordered else None,
    )


def _group(
    marks: Sequence[Mapping[str, str]],
    categories: Sequence[str],
    cluster: Mapping[str, str],
    seed: int,
) -> Group | None:
    if len(marks) < 2:
        return None
    rows = sorted(set.intersection(*(set(m) for m in marks)))
    table = np.array(
        [[sum(m[r] == c for m in marks) for c in categories] for r in rows], dtype=np.int64
    ).reshape(len(rows), len(categories))
    clusters = [cluster[r] for r in rows]
    return Group(
        n=len(rows),
        agreed=_share([len({m[r] for m in marks}) == 1 for r in rows]),
        fleiss=kappa_of(_fleiss(table, randolph=False), clusters, seed),
        randolph=kappa_of(_fleiss(table, randolph=True), clusters, seed),
    )


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
