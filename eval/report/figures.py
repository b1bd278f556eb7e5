"""What the plots show. The drawing itself is in the template.

    depth         share of the evidence, and of the questions with any, within the first 1..20
    reliability   share right over confidence, in bins of nearly equal size
    latencies     how many questions took how long, over a logarithmic axis
    trend         share right of several runs in the order they were started

Points are in the units of the data; their axes (eval.report.axes) say where they stand.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eval.measures.definitions import DEPTHS
from eval.report import axes
from eval.report.axes import Axis
from eval.runs import Item, Run
from eval.statistics import Interval, percentile, wilson
from eval.summary import estimate

DEEPEST = DEPTHS[-1]
# Ten bins are the convention of reliability plots (Guo et al. 2017); with fewer than ten answers
# in a bin its interval spans most of the plot and tells nothing.
BINS, BIN_SIZE = 10, 10
# Bars of the histogram in each power of ten: wide enough to hold several answers, narrow enough
# to keep two kinds of answers apart when one takes twice as long.
PER_DECADE = 8
DATES = 9  # as many dates (07-31) as stand beside each other below the trend


class DepthPoint(NamedTuple):
    """Shares (0 to 1) within the first `k`: questions with any evidence, evidence pieces."""

    k: int
    questions: float
    low: float
    high: float
    pieces: float


@dataclass(frozen=True, slots=True)
class Depth:
    """The retrieval depth of `n` questions with `pieces` of evidence."""

    n: int
    pieces: int
    points: tuple[DepthPoint, ...]
    x: Axis
    y: Axis


def depth(items: Sequence[Item]) -> Depth | None:
    """How much evidence stands within the first 1..DEEPEST; None where no retrieval is judged.

    The interval is Wilson's, of the questions; pieces of one question are found together, so
    their share has none.
    """
    judged = [i.ranks for i in items if i.ranks]
    if not judged:
        return None
    pieces = [rank for ranks in judged for rank in ranks]
    points = []
    for k in range(1, DEEPEST + 1):
        any_within = sum(any(r is not None and r <= k for r in ranks) for ranks in judged)
        within = sum(r is not None and r <= k for r in pieces)
        low, high = wilson(any_within, len(judged))
        share = any_within / len(judged)
        points.append(DepthPoint(k, share, low, high, within / len(pieces)))
    # Most of what happens lies above one half; where something lies lower, the axis goes to 0.
    floor = 0.0 if points[0].pieces < 0.5 or points[0].low < 0.5 else 0.5
    ticks = axes.SHARES if not floor else [(s / 10, f"{10 * s}%") for s in range(5, 11)]
    x = axes.across(1, DEEPEST, [(k, str(k)) for k in DEPTHS])
    return Depth(len(judged), len(pieces), tuple(points), x, axes.upward(floor, 1, ticks))


class Bin(NamedTuple):
    """Answers of like confidence: their mean confidence and how many of `n` are right."""

    confidence: float
    right: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.n


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins by confidence, and the expected calibration error (0 to 1, 0 is perfect)."""

    n: int
    bins: tuple[Bin, ...]
    error: float
    x: Axis
    y: Axis


def reliability(items: Sequence[Item]) -> Reliability | None:
    """Share right by confidence, of what was answered; None where the system gives none.

    The bins hold equally many answers, up to BINS of at least BIN_SIZE; equal confidences are
    never parted, so some bins may be larger. The error is sum over bins of n_b / n |right_b -
    confidence_b| (Naeini et al. 2015; Guo et al. 2017) over these equal bins (Nguyen & O'Connor
    2015), which unlike bins of equal width leave none nearly empty. Ten answers of confidence .8
    of which 7 are right give |.7 - .8| = .1.
    """
    told = sorted(
        (i.response.confidence, i.right)
        for i in items
        if i.response.confidence is not None and i.scores.get("refused", 0) != 1
    )
    if not told:
        return None
    bins = bins_of(told)
    error = calibration_error(bins)
    x, y = axes.across(0, 1, axes.SHARES), axes.upward(0, 1, axes.SHARES)
    return Reliability(len(told), bins, error, x, y)


def bins_of(told: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The bins of (confidence, right), sorted or not."""
    return tuple(_bin(part) for part in _parts(sorted(told)))


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error of the bins, 0 to 1."""
    n = sum(b.n for b in bins)
    return sum(b.n / n * abs(b.share - b.confidence) for b in bins)


def _parts(told: Sequence[tuple[float, bool]]) -> list[Sequence[tuple[float, bool]]]:
    """Sorted pairs cut into nearly equal parts, never between equal confidences."""
    count = min(BINS, max(1, len(told) // BIN_SIZE))
    cuts = {0, len(told)}
    for n in range(1, count):
        at = round(n * len(told) / count)
        while 0 < at < len(told) and told[at][0] == told[at - 1][0]:
            at += 1
        cuts.add(at)
    ends = sorted(cuts)
    return [told[a:b] for a, b in itertools.pairwise(ends)]


def _bin(part: Sequence[tuple[float, bool]]) -> Bin:
    right = sum(r for _, r in part)
    confidence = sum(c for c, _ in part) / len(part)
    return Bin(confidence, right, len(part), *wilson(right, len(part)))


class Bar(NamedTuple):
    """How many questions took `low` to less than `high` ms."""

    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Latencies:
    """The histogram of `n` times with their median and 95th percentile, in ms."""

    n: int
    bars: tuple[Bar, ...]
    median: float
    p95: float
    x: Axis
    y: Axis


def latencies(items: Sequence[Item]) -> Latencies | None:
    """How many questions took how long; None where no time was recorded.

    Median and 95th percentile are by nearest rank, as in the tables.
    """
    times = [i.scores["latency_ms"] for i in items if "latency_ms" in i.scores]
    if not any(times):
        return None
    places = [math.floor(PER_DECADE * math.log10(max(axes.LEAST_MS, t))) for t in times]
    first, last = min(places), max(places) + 1
    bars = tuple(
        Bar(10 ** (p / PER_DECADE), 10 ** ((p + 1) / PER_DECADE), places.count(p))
        for p in range(first, last)
    )
    low, high = bars[0].low, bars[-1].high
    top = max(b.n for b in bars)
    x = axes.across(low, high, axes.decades(low, high), log=True)
    y = axes.upward(0, top, axes.counts(top))
    return Latencies(len(times), bars, percentile(times, 0.5), percentile(times, 0.95), x, y)


class TrendPoint(NamedTuple):
    """A run's share right with its interval. `same` tells that it was asked the same questions."""

    name: str
    started: str
    n: int
    share: float
    low: float
    high: float
    same: bool
    reported: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """Runs in the order they were started, each at its place 0, 1, 2 ... of `x`."""

    points: tuple[TrendPoint, ...]
    x: Axis
    y: Axis


def trend(run: Run, earlier: Sequence[Run]) -> Trend | None:
    """The share right of the runs by start time; None for fewer than two that hold questions.

    Runs that are given twice count once.
    """
    runs = {r.folder.resolve(): r for r in (*earlier, run) if r.items}
    if len(runs) < 2:
        return None
    ordered = sorted(runs.values(), key=lambda r: (r.head.started, r.name))
    asked = {i.gold for i in run.items}
    points = []
    for one in ordered:
        right = estimate(one.items, "correct")
        if right is None:
            continue
        same = {i.gold for i in one.items} == asked
        points.append(
            TrendPoint(
                one.name, one.head.started, right.n, right.value, right.low, right.high,
                same, one.folder.resolve() == run.folder.resolve(),
            )
        )  # fmt: skip
    step = -(-len(points) // DATES)
    one_day = len({p.started[:10] for p in points}) == 1
    told = slice(11, 16) if one_day else slice(5, 10)  # 09:37, or 07-31
    dates = [(n, p.started[told]) for n, p in enumerate(points) if n % step == 0]
    # The places are half a step inside the ends, so that the first and last bars stand free.
    x = axes.across(-0.5, len(points) - 0.5, dates)
    return Trend(tuple(points), x, axes.zoomed([Interval(p.low, p.high) for p in points]))
