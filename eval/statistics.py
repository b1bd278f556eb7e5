"""Statistics of scores: how sure a share or a mean is, and whether two runs really differ.

Small pure functions over plain numbers. Intervals are 95 % ones; shares, rates and p-values are
0 to 1. Formulas are statsmodels' and numpy's where they have them, so that a figure can be had
again with the usual tools. What is random is seeded and does not depend on the order of values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

ALPHA = 0.05  # what an interval leaves out and a test takes for chance: the field's convention
POWER = 0.8  # the chance of seeing a difference that is there: Cohen's (1988) convention
SEED = 1
# The ends of an interval rest on the outermost 2.5 %: 125 of 5,000. From seed to seed an end then
# moves by 1 % of the interval's width (standard error), less than a table shows. Efron & Tibshirani
# (1993, 14.3) ask for at least 1,000.
RESAMPLES = 5_000
CELLS = 2_000_000  # drawn at a time: about 24 MB, so that a large set does not fill the memory

Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """A 95 % interval, ends included."""

    low: float
    high: float


class Difference(NamedTuple):
    """A mean difference with its 95 % interval, in the units of the values."""

    value: float
    low: float
    high: float


def wilson(successes: int, n: int) -> Interval:
    """The interval of a share by the score method (Wilson 1927): right at 0 and 1 and for small n.

    8 of 10 gives 0.490 to 0.943. With n = 0 nothing is known: 0 to 1. Raises ValueError unless
    0 <= successes <= n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n}")
    if n == 0:
        return Interval(0.0, 1.0)
    from statsmodels.stats.proportion import (  # type: ignore[import-untyped]
        proportion_confint,
    )

    low, high = proportion_confint(successes, n, alpha=ALPHA, method="wilson")
    # The ends are 0 and 1 there by the formula, but for the last bit.
    return Interval(float(low) if successes else 0.0, float(high) if successes < n else 1.0)


def bootstrap_mean(values: Sequence[float], seed: int = SEED) -> Interval:
    """The interval of a mean by the percentile bootstrap (Efron & Tibshirani 1993, ch. 13).

    The mean is taken of RESAMPLES sets drawn from the values with replacement; the interval is
    what lies between the 2.5th and 97.5th percentile of these means. For 0, 1 a resample's mean is
    0, .5 or 1 with the chances 1/4, 1/2, 1/4, so the interval is 0 to 1. It has no width where all
    values are the same and is too narrow for very few (eval.summary uses `wilson` for all 0 and
    1). Raises ValueError for no values.
    """
    low, high = _ends(_means(np.sort(_array(values)), seed))
    return Interval(low, high)


def paired_bootstrap(a: Sequence[float], b: Sequence[float], seed: int = SEED) -> Difference:
    """Mean of b - a over the same questions, with its interval by the paired bootstrap.

    Questions are drawn with replacement and the two values of a question stay together (Efron &
    Tibshirani 1993, ch. 13; Koehn 2004), so what makes a question hard for both cancels out: this
    is `bootstrap_mean` of the differences. a = 0, 0, 1, 1 and b = 1, 1, 1, 1 differ by 0.5, with
    0 to 1 around it. Swapping a and b turns all three signs. Raises ValueError for no values or
    for unequal lengths.
    """
    first, second = _array(a), _array(b)
    if first.size != second.size:
        raise ValueError(f"{first.size} values cannot be paired with {second.size}")
    rising = np.sort(second - first)
    falling = -rising[::-1]
    # The same sets are drawn whichever run is called a: always those of the greater order.
    sign = 1.0 if tuple(rising) >= tuple(falling) else -1.0
    drawn = rising if sign > 0 else falling
    low, high = _ends(sign * _means(drawn, seed))
    return Difference(sign * float(drawn.mean()), low, high)


def mcnemar(only_a: int, only_b: int) -> float:
    """The exact two-sided p of McNemar's test (1947) that two systems are equally often right.

    only_a, only_b: the questions that only one of them has right. If they are equally good each
    such question is a coin thrown: 1 against 6 gives 2 (C(7,0) + C(7,1)) / 2^7 = 16/128 = .125.
    Without any such question it is 1. Over values that are not binary, with the questions on which
    either is higher, it is the sign test.
    """
    from statsmodels.stats.contingency_tables import (  # type: ignore[import-untyped]
        mcnemar as exact_test,
    )

    return min(1.0, float(exact_test([[0, only_a], [only_b, 0]], exact=True).pvalue))


def holm(ps: Sequence[float]) -> list[float]:
    """p-values adjusted for being looked at together (Holm 1979), in the given order.

    The smallest of m is multiplied by m, the next by m - 1, and so on; none is below the one
    before it or above 1: .01, .04, .03 give .03, .06, .06.
    """
    if len(ps) < 2:
        return list(ps)
    from statsmodels.stats.multitest import multipletests  # type: ignore[import-untyped]

    return [float(p) for p in multipletests(ps, method="holm")[1]]


def fewest_changes(alpha: float = ALPHA) -> int:
    """The fewest changes, all one way, for which `mcnemar` is below alpha: 6 for .05.

    k of k have p = 2 / 2^k: 5 have .0625, 6 have .031. `alpha` is above 0 and below 1.
    """
    return math.floor(math.log2(2 / alpha)) + 1


def smallest_difference(n: int, discordant: float) -> float:
    """The smallest difference in share right that n paired questions can show, 0 to 1 or inf.

    To show: with chance POWER to find a p below ALPHA, two-sided. `discordant` is the share of the
    questions that one of two systems has right and the other wrong. Solves, for d,

        n = (z_a sqrt(discordant) + z_b sqrt(discordant - d^2))^2 / d^2

    (Miettinen 1968; Connor 1987; z_a = 1.960, z_b = 0.842). 809 questions of which 5 % change show
    from 0.022. A difference cannot exceed the share that changes: where the formula has it so, and
    where nothing changed, d is solved with all changes one way (discordant = d), about 7.8 / n.
    It is never less than `fewest_changes` / n, which the exact test cannot pass with fewer, and
    inf where even all n questions changed would show nothing (n below 6). The formula is of the
    test without continuity correction; the exact one has a power of .76 to .78 there.
    """
    if n < fewest_changes():
        return math.inf
    z_a, z_b = NormalDist().inv_cdf(1 - ALPHA / 2), NormalDist().inv_cdf(POWER)
    spread = n + z_b**2
    # Both are the roots of quadratic equations: the first in d, the second in sqrt(1 - d).
    found = math.sqrt(discordant) * (z_a * math.sqrt(n) + z_b * math.sqrt(spread - z_a**2)) / spread
    if found >= discordant:
        root = (math.sqrt(n * (spread - z_a**2)) - z_a * z_b) / spread
        found = 1 - root**2
    return max(found, fewest_changes() / n)


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank: the smallest value that at least `share` (0 to 1) of the values do not exceed.

    Of 1 to 20 the 0.95 one is 19. 0 where there are no values.
    """
    if not values:
        return 0.0
    # Rounded, because 0.07 * 100 is a little more than 7 in binary and would give the eighth.
    return sorted(values)[max(0, math.ceil(round(share * len(values), 9)) - 1)]


def _array(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _means(values: Floats, seed: int) -> Floats:
    """The means of RESAMPLES sets drawn from the values with replacement."""
    if not values.size:
        raise ValueError("no values to resample")
    random = np.random.default_rng(seed)
    rows = max(1, CELLS // values.size)
    means = []
    for start in range(0, RESAMPLES, rows):
        shape = (min(rows, RESAMPLES - start), values.size)
        means.append(values[random.integers(0, values.size, shape, dtype=np.int32)].mean(axis=1))
    return np.concatenate(means)


def _ends(means: Floats) -> tuple[float, float]:
    low, high = np.quantile(means, (ALPHA / 2, 1 - ALPHA / 2))
    return float(low), float(high)
