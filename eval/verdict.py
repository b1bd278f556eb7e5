"""A comparison of runs in one plain sentence, and how its figures are written."""

from __future__ import annotations

import math

from eval.compare import Comparison, Row
from eval.measures.definitions import BY_NAME
from eval.statistics import ALPHA, Difference


def verdict(found: Comparison) -> str:
    """The comparison in one plain sentence, with its interval, p and what the set can show.

    A difference is shown by p below ALPHA; for a measure that is a share by an interval without
    0, because there p is of how many questions changed and not of how much.
    """
    row = found.whole
    if row.only_a == row.only_b == 0:
        return f"No difference: the same value on all {row.n} questions{_limit(row)}."
    binary = BY_NAME[found.measure].shape == "binary"
    shown = row.p < ALPHA if binary else not row.difference.low <= 0 <= row.difference.high
    told = f"{points(row.difference.value)} points, {between(row.difference)}, {p_text(row.p)}"
    what = f"{_what(found)} ({told}){_limit(row)}."
    return what if shown else f"No difference that this set can show: {what}"


def _what(found: Comparison) -> str:
    """How B stands to A, by number of questions."""
    row = found.whole
    if found.measure != "correct":
        name = BY_NAME[found.measure].en
        return f"B is higher in {name} on {row.only_b} of {row.n} questions, lower on {row.only_a}"
    more = row.only_b - row.only_a
    if more == 0:
        return f"both are right on equally many of {row.n} questions"
    return f"B is right on {abs(more)} {'more' if more > 0 else 'fewer'} of {row.n} questions"


def _limit(row: Row) -> str:
    if row.smallest is None:
        return ""
    if math.isinf(row.smallest):
        return "; so few questions cannot show any"
    return f"; the set can show differences from {100 * row.smallest:.1f} points"


def points(value: float) -> str:
    """A difference of shares in percentage points with its sign: +1.5; 0.0 has none."""
    text = f"{100 * value:+.1f}"
    return text if text.strip("+-0.") else "0.0"


def between(difference: Difference) -> str:
    """An interval of a difference in points."""
    return f"95% interval {points(difference.low)} to {points(difference.high)}"


def p_text(p: float) -> str:
    """p as papers give it: p = .012, p < .001."""
    return f"p {p_short(p)}" if p < 0.001 else f"p = {p_short(p)}"


def p_short(p: float) -> str:
    """p for a table: .012, < .001, 1."""
    if p < 0.001:
        return "< .001"
    return f"{p:.3f}".lstrip("0") if p < 0.9995 else "1"
