"""From judged questions to figures: every measure with its interval, over all and part by part.

A question to which a measure does not apply has no value of it and enters no mean; `n` says how
many did. Shares are 0 to 1 here and percent in the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from eval.gold import BEYOND, ONE_PLAN, TYPES
from eval.measures.definitions import BY_NAME, MEASURES
from eval.runs import Item
from eval.statistics import SEED, Interval, bootstrap_mean, percentile, wilson
from eval.systems.base import ASKED_BACK

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("one plan, in Chinese", ONE_PLAN),
    ("in English, follow-ups, beyond one plan", BEYOND),
)
Part = Literal["type", "plan", "lang", "split"]
PARTS: tuple[Part, ...] = ("type", "plan", "lang", "split")
# What the table prints below the types, in this order; refusal comes after the citations.
MAIN = (
    "units_exact", "units_f1", "figures", "claims", "char_f1",
    "citation_recall", "citation_precision", "verbatim",
)  # fmt: skip
MAIN_RETRIEVAL = ("success@5", "rr", "ndcg@10")
DIGITS = 6  # of run.json: far below any interval, and short enough to read


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a measure came to over `n` questions.

    For shares and yes-or-no measures `value` is the mean and `low` to `high` its 95 % interval,
    all 0 to 1. For amounts (`length`, `latency_ms`) `value` is the median (p50), `low` the 5th and
    `high` the 95th percentile (p95) of the single answers, by nearest rank, in the measure's units:
    how far answers spread, not how sure the median is.
    """

    measure: str
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """How well it is refused what the plans do not say.

    `precision`: the share of unanswerable questions among the refused ones; `recall`: the share
    of refused ones among the unanswerable; None where that is a share of nothing. `f1` is their
    harmonic mean, 2 TP / (2 TP + FP + FN), None unless the set has an unanswerable question.
    """

    precision: Estimate | None
    recall: Estimate | None
    f1: float | None


def estimate(items: Sequence[Item], measure: str, seed: int = SEED) -> Estimate | None:
    """A measure over the items that have it; None where none has. See Estimate.

    The interval is Wilson's where all values are 0 or 1, otherwise the bootstrap's. (Of values
    that are all 1 the bootstrap would say 1 to 1, as if one more question could not fail.)
    Raises KeyError for an unknown measure.
    """
    amount = BY_NAME[measure].shape == "amount"
    values = [i.scores[measure] for i in items if measure in i.scores]
    if not values:
        return None
    if amount:
        middle, low, high = (percentile(values, share) for share in (0.5, 0.05, 0.95))
        return Estimate(measure, len(values), middle, low, high)
    between = _interval(values, seed)
    return Estimate(measure, len(values), sum(values) / len(values), *between)


def _interval(values: Sequence[float], seed: int) -> Interval:
    if all(v in (0, 1) for v in values):
        return wilson(round(sum(values)), len(values))
    return bootstrap_mean(values, seed)


def refusal(items: Sequence[Item]) -> Refusal:
    """Precision, recall and F1 of refusing, over the items that have the measure `refused`."""
    judged = [i for i in items if "refused" in i.scores]
    refused = [i for i in judged if i.scores["refused"] == 1]
    unanswerable = [i for i in judged if not i.gold.answerable]
    both = sum(not i.gold.answerable for i in refused)
    f1 = 2 * both / (len(refused) + len(unanswerable)) if unanswerable else None
    return Refusal(
        _share("refusal precision", both, len(refused)),
        _share("refusal recall", both, len(unanswerable)),
        f1,
    )


def _share(name: str, part: int, n: int) -> Estimate | None:
    return Estimate(name, n, part / n, *wilson(part, n)) if n else None


# -- parts --------------------------------------------------------------------------------

_KEYS: dict[Part, Callable[[Item], str]] = {
    "type": lambda item: item.gold.type,
    "plan": lambda item: item.plan,
    "lang": lambda item: item.gold.lang,
    "split": lambda item: item.split,
}
# What comes first, and what last; the rest stands between by name.
_FIRST: dict[Part, tuple[str, ...]] = {
    "type": TYPES,
    "plan": (),
    "lang": ("zh", "en"),
    "split": ("dev", "held"),
}
_LAST = ("several", "")


def by(items: Sequence[Item], part: Part) -> dict[str, tuple[Item, ...]]:
    """The items by type, plan, language or split; only the parts there are, in a stable order.

    Types in the order of eval.gold.TYPES; plans by id, `several` last; zh, en; dev, held and ""
    for questions of no split.
    """
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(_KEYS[part](item), []).append(item)
    return {name: tuple(found[name]) for name in sorted(found, key=lambda n: _place(n, part))}


def _place(name: str, part: Part) -> tuple[int, str]:
    first = _FIRST[part]
    if name in first:
        return first.index(name), ""
    return len(first) + (name in _LAST), name


# -- run.json -----------------------------------------------------------------------------


def summarise(items: Sequence[Item], seed: int = SEED) -> dict[str, Any]:
    """The summary in run.json: the figures of `_block` over all, then by `splits` and `types`."""
    whole = _block(items, seed)
    whole["splits"] = {n: _block(part, seed) for n, part in by(items, "split").items() if n}
    whole["types"] = {n: _block(part, seed) for n, part in by(items, "type").items()}
    return whole


def _block(items: Sequence[Item], seed: int) -> dict[str, Any]:
    """n, right, share, interval, measures by name, refusal, counts of quotes and of statuses."""
    right = sum(i.right for i in items)
    found = (estimate(items, m.name, seed) for m in MEASURES)
    refusing = refusal(items)
    cited, verbatim = quotes(items)
    return {
        "n": len(items),
        "right": right,
        "share": round(right / len(items), DIGITS) if items else None,
        "interval": [round(end, DIGITS) for end in wilson(right, len(items))],
        "measures": {e.measure: _figures(e) for e in found if e},
        "refusal": {
            "precision": _figures(refusing.precision),
            "recall": _figures(refusing.recall),
            "f1": None if refusing.f1 is None else round(refusing.f1, DIGITS),
        },
        "quotes": {"cited": cited, "verbatim": verbatim},
        "statuses": dict(Counter(i.response.status for i in items).most_common()),
    }


def _figures(found: Estimate | None) -> dict[str, float] | None:
    """The figures of an estimate; those of an amount are called by what they are."""
    if found is None:
        return None
    data = {k: round(v, DIGITS) for k, v in asdict(found).items() if k != "measure"}
    if found.measure in BY_NAME and BY_NAME[found.measure].shape == "amount":
        names = {"value": "median", "low": "p5", "high": "p95"}
        return {names.get(k, k): v for k, v in data.items()}
    return data


def quotes(items: Sequence[Item]) -> tuple[int, int]:
    """How many citations the answers have, and how many of them are verbatim."""
    judged = [i for i in items if "verbatim" in i.scores]
    cited = [len(i.response.citations) for i in judged]
    whole = sum(round(i.scores["verbatim"] * n) for i, n in zip(judged, cited, strict=True))
    return sum(cited), whole


# -- the table ----------------------------------------------------------------------------


def table(items: Sequence[Item], seed: int = SEED) -> Iterator[str]:
    """What is printed after a run: right answers by type, in two groups and over all, with their
    95 % intervals and right/asked for each split; then the main measures, quotes and time.
    """
    splits = [s for s in ("dev", "held") if any(i.split == s for i in items)]
    head = f"{'type':<20}{'n':>5}{'right':>7}{'%':>8}{'95% interval':>16}"
    yield head + "".join(f"{s:>12}" for s in splits)
    of_type = by(items, "type")
    for title, types in GROUPS:
        present = {t: of_type[t] for t in types if t in of_type}
        if not present:
            continue
        yield f"-- {title}"
        yield from (_row(name, part, splits) for name, part in present.items())
        yield _row("together", [i for part in present.values() for i in part], splits)
    yield "--"
    yield _row("all", items, splits)
    yield ""
    yield from _measures(items, seed)
    yield ""
    yield from _below(items)


def _row(name: str, items: Sequence[Item], splits: Sequence[str]) -> str:
    right, n = sum(i.right for i in items), len(items)
    share = f"{100 * right / n:.1f}" if n else "-"
    cells = [f"{name:<20}{n:>5}{right:>7}{share:>8}{span(wilson(right, n)):>16}"]
    for split in splits:
        part = [i for i in items if i.split == split]
        cells.append(f"{f'{sum(i.right for i in part)}/{len(part)}' if part else '-':>12}")
    return "".join(cells)


def span(interval: Interval) -> str:
    """An interval of shares in percent: 49.0–94.3."""
    return f"{100 * interval.low:.1f}–{100 * interval.high:.1f}"


def _measures(items: Sequence[Item], seed: int) -> Iterator[str]:
    yield f"{'measure':<20}{'n':>5}{'':>7}{'%':>8}{'95% interval':>16}"
    refusing = refusal(items)
    found = [
        *(estimate(items, name, seed) for name in MAIN),
        refusing.precision,
        refusing.recall,
        *(estimate(items, name, seed) for name in MAIN_RETRIEVAL),
    ]
    for one in found:
        if one:
            name = BY_NAME[one.measure].en if one.measure in BY_NAME else one.measure
            between = span(Interval(one.low, one.high))
            yield f"{name:<20}{one.n:>5}{'':>7}{100 * one.value:>8.1f}{between:>16}"


def _below(items: Sequence[Item]) -> Iterator[str]:
    cited, whole = quotes(items)
    yield f"quotes not verbatim: {cited - whole} of {cited}"
    statuses = Counter(i.response.status for i in items)
    for status, words in ((ASKED_BACK, "asked back"), ("error", "the system failed")):
        if statuses[status]:
            yield f"{words}: {statuses[status]} of {len(items)}"
    time = estimate(items, "latency_ms")
    if time:
        yield f"latency: median {time.value:.0f} ms, 95th percentile {time.high:.0f} ms"
