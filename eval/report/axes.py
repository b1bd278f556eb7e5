"""Where values stand on a drawing: axes with their ticks. All plots have one size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eval.statistics import Interval

# The drawing, in SVG units: two stand side by side on a wide page, and on a phone the letters
# (13 units) are still 10 pixels high.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 440, 286, 46, 20, 30, 44
LEAST_MS = 0.1  # a logarithm has no zero; no answer is told more finely than this


class Tick(NamedTuple):
    """A labelled place on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high` on the drawing from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[tuple[float, str], ...]
    log: bool = False

    def at(self, value: float) -> float:
        """Where a value stands on the drawing; those beyond the ends stand at the ends."""
        low, high, x = (self._scaled(v) for v in (self.low, self.high, value))
        share = (x - low) / (high - low) if high > low else 0.5
        return round(self.start + min(1.0, max(0.0, share)) * (self.end - self.start), 1)

    def marks(self) -> list[Tick]:
        """The ticks, placed."""
        return [Tick(self.at(value), label) for value, label in self.ticks]

    def _scaled(self, value: float) -> float:
        return math.log10(max(LEAST_MS, value)) if self.log else value


def across(low: float, high: float, ticks: Sequence[tuple[float, str]], log: bool = False) -> Axis:
    """The horizontal axis of a drawing."""
    return Axis(low, high, LEFT, WIDTH - RIGHT, tuple(ticks), log)


def upward(low: float, high: float, ticks: Sequence[tuple[float, str]]) -> Axis:
    """The vertical axis of a drawing; on a screen, up is less."""
    return Axis(low, high, HEIGHT - BOTTOM, TOP, tuple(ticks))


SHARES = [(s / 4, f"{25 * s}%") for s in range(5)]


def decades(low: float, high: float) -> list[tuple[float, str]]:
    """1, 2, 5, 10, 20 ... within the axis; over three decades the powers of ten alone."""
    steps = (1,) if high / low > 1000 else (1, 2, 5)
    found = [
        step * 10.0**power
        for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        for step in steps
    ]
    return [(v, f"{v:,.10g}") for v in found if low <= v <= high]


def counts(top: int) -> list[tuple[float, str]]:
    """Whole numbers from 0 to at most `top`, about four of them."""
    step = 1
    while top / step > 4:
        step = _next_round(step)
    return [(n, f"{n:,}") for n in range(0, top + 1, step)]


def _next_round(step: int) -> int:
    """1, 2, 5, 10, 20, 50 ..."""
    return step * 5 // 2 if str(step)[0] == "2" else step * 2


def zoomed(intervals: Sequence[Interval]) -> Axis:
    """An axis of shares over the tenths that hold all the intervals."""
    low = math.floor(10 * min(i.low for i in intervals)) / 10
    high = math.ceil(10 * max(i.high for i in intervals)) / 10
    tenths = range(round(10 * low), round(10 * high) + 1)
    step = 1 if len(tenths) <= 6 else 2
    return upward(low, high, [(t / 10, f"{10 * t}%") for t in tenths if t % step == 0])
