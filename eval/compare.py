"""Two runs over the same questions: where they differ, and whether chance could have done it.

1. Questions are paired by id; those that only one run has, or that were asked or judged differently
   (any field but `note`), are left out and counted.
2. For all pairs, and for each type, plan, language and split: the mean of one measure in both runs
   (by default `correct`), the difference b - a with the paired bootstrap's interval, McNemar's
   exact p over the questions that changed, and the smallest difference so many questions can show.
3. Types are looked at together, so their p-values are also adjusted (Holm).
4. Every other measure that can rise, over all pairs where both runs have it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from eval.measures.definitions import BY_NAME, MEASURES
from eval.runs import Head, Item, Run
from eval.statistics import (
    SEED,
    Difference,
    holm,
    mcnemar,
    paired_bootstrap,
    percentile,
    smallest_difference,
)
from eval.summary import PARTS, Part, by
from index.errors import InputError

# What says how a run was made; times and counts differ from run to run and mean nothing.
TOLD = ("system", "corpus", "prompts", "code", "commit", "machine")
TOLD_BY_FIELD = ("settings", "gold", "versions")


class Field(NamedTuple):
    """A field of two heads that differs; "" where a head has none."""

    name: str
    a: str
    b: str


class Pair(NamedTuple):
    """One question in both runs. Both items name the same split: `held` if either run does."""

    a: Item
    b: Item

    @property
    def held(self) -> bool:
        return self.b.split == "held"


class LeftOut(NamedTuple):
    """How many questions could not be paired: in one run only, or asked or judged differently."""

    only_a: int
    only_b: int
    altered: int


@dataclass(frozen=True, slots=True)
class Row:
    """Both runs over one group of questions.

    `a` and `b` are means, 0 to 1. `only_a` and `only_b` count the questions on which that run has
    the higher value: the ones it alone has right. `p` is McNemar's exact one (for shares the sign
    test's); `holm` is p adjusted over all types, None for other parts. `smallest` is the smallest
    difference this group can show, given how much changed; None for a measure that is a share,
    inf where it is too small to show any.
    """

    part: Part | Literal["all"]
    name: str
    n: int
    a: float
    b: float
    difference: Difference
    only_a: int
    only_b: int
    p: float
    holm: float | None
    smallest: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure over the `n` pairs where both runs have it: means, and b - a."""

    measure: str
    n: int
    a: float
    b: float
    difference: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `compare` found. `rows` begins with the one over all; `changed` are the pairs whose
    measure differs, in the order of run a; `median_ms` is the median time of an answer in each.
    """

    a: Run
    b: Run
    measure: str
    rows: tuple[Row, ...]
    measures: tuple[Measured, ...]
    changed: tuple[Pair, ...]
    left_out: LeftOut
    median_ms: tuple[float, float]
    heads: tuple[Field, ...]
    warnings: tuple[str, ...]

    @property
    def whole(self) -> Row:
        return self.rows[0]


def compare(a: Run, b: Run, seed: int = SEED, measure: str = "correct") -> Comparison:
    """Compares two runs; `b` is the newer one, so that a gain is above 0.

    `measure` is one that rises. Raises InputError where the runs share no question, or none that
    has the measure in both.
    """
    pairs, left_out = _paired(a, b)
    if not pairs:
        altered = f"; {left_out.altered} are asked or judged differently" * bool(left_out.altered)
        raise InputError(
            f"the runs at {a.folder} and {b.folder} have no question in common{altered}; "
            "run both over the same gold files: python -m eval run --gold FILE"
        )
    judged = [p for p in pairs if _has(p, measure)]
    if not judged:
        raise InputError(f"no question has the measure {measure!r} in both runs; choose another")
    heads = head_fields(a.head, b.head)
    return Comparison(
        a=a,
        b=b,
        measure=measure,
        rows=_rows(judged, measure, seed),
        measures=tuple(_measured(pairs, seed)),
        changed=tuple(p for p in judged if p.a.scores[measure] != p.b.scores[measure]),
        left_out=left_out,
        median_ms=(_median([p.a for p in pairs]), _median([p.b for p in pairs])),
        heads=heads,
        warnings=tuple(_warnings(heads, left_out, pairs)),
    )


# -- pairs --------------------------------------------------------------------------------


def _paired(a: Run, b: Run) -> tuple[list[Pair], LeftOut]:
    others = {i.gold.id: i for i in b.items}
    common = [(i, others[i.gold.id]) for i in a.items if i.gold.id in others]
    pairs = [_pair(x, y) for x, y in common if _asked(x) == _asked(y)]
    left_out = LeftOut(
        len(a.items) - len(common), len(b.items) - len(common), len(common) - len(pairs)
    )
    return pairs, left_out


def _asked(item: Item) -> object:
    """What makes two questions the same one: all but the note, which nothing is judged by."""
    return replace(item.gold, note="")


def _pair(a: Item, b: Item) -> Pair:
    # A question held back in either run may be hidden for a reason: held wins.
    split = a.split if b.split != "held" else b.split
    return Pair(replace(a, split=split), replace(b, split=split))


def _has(pair: Pair, measure: str) -> bool:
    return measure in pair.a.scores and measure in pair.b.scores


def _median(items: Sequence[Item]) -> float:
    return percentile([i.scores["latency_ms"] for i in items if "latency_ms" in i.scores], 0.5)


# -- rows ---------------------------------------------------------------------------------


def _rows(pairs: Sequence[Pair], measure: str, seed: int) -> tuple[Row, ...]:
    rows = [_row("all", "all", pairs, measure, seed)]
    of_id = {p.a.gold.id: p for p in pairs}
    for part in PARTS:
        groups = by([p.a for p in pairs], part)
        found = [
            _row(part, name, [of_id[i.gold.id] for i in items], measure, seed)
            for name, items in groups.items()
        ]
        if part == "type":
            adjusted = holm([r.p for r in found])
            found = [replace(r, holm=p) for r, p in zip(found, adjusted, strict=True)]
        rows.extend(found)
    return tuple(rows)


def _row(
    part: Part | Literal["all"], name: str, pairs: Sequence[Pair], measure: str, seed: int
) -> Row:
    a, b = _values(pairs, measure)
    only_a = sum(x > y for x, y in zip(a, b, strict=True))
    only_b = sum(x < y for x, y in zip(a, b, strict=True))
    n = len(pairs)
    binary = BY_NAME[measure].shape == "binary"
    return Row(
        part=part,
        name=name,
        n=n,
        a=sum(a) / n,
        b=sum(b) / n,
        difference=paired_bootstrap(a, b, seed),
        only_a=only_a,
        only_b=only_b,
        p=mcnemar(only_a, only_b),
        holm=None,
        smallest=smallest_difference(n, (only_a + only_b) / n) if binary else None,
    )


def _values(pairs: Sequence[Pair], measure: str) -> tuple[list[float], list[float]]:
    return [p.a.scores[measure] for p in pairs], [p.b.scores[measure] for p in pairs]


def _measured(pairs: Sequence[Pair], seed: int) -> list[Measured]:
    found = []
    for measure in (m.name for m in MEASURES if m.rises):
        both = [p for p in pairs if _has(p, measure)]
        if both:
            a, b = _values(both, measure)
            n = len(both)
            difference = paired_bootstrap(a, b, seed)
            found.append(Measured(measure, n, sum(a) / n, sum(b) / n, difference))
    return found


# -- heads --------------------------------------------------------------------------------


def head_fields(a: Head, b: Head) -> tuple[Field, ...]:
    """The fields in which two heads differ; settings, gold files and versions one by one."""
    told = [Field(n, str(getattr(a, n)), str(getattr(b, n))) for n in TOLD]
    for n in TOLD_BY_FIELD:
        first: Mapping[str, str] = getattr(a, n)
        second: Mapping[str, str] = getattr(b, n)
        told += [
            Field(f"{n}.{k}", str(first.get(k, "")), str(second.get(k, "")))
            for k in sorted({*first, *second})
        ]
    return tuple(f for f in told if f.a != f.b)


def _warnings(heads: Sequence[Field], left_out: LeftOut, pairs: Sequence[Pair]) -> list[str]:
    """What a reader must know before trusting the difference, a sentence each."""
    names = [f.name for f in heads]
    found = []
    if "corpus" in names:
        found.append("the runs read different plans: a difference may be the corpus's")
    gold = [n.removeprefix("gold.") for n in names if n.startswith("gold.")]
    if gold:
        found.append(f"the gold files differ ({', '.join(gold)}); only equal questions are paired")
    settings = [n.removeprefix("settings.") for n in names if n.startswith("settings.")]
    if settings:
        found.append(f"the systems are set differently: {', '.join(settings)}")
    if "machine" in names:
        found.append("the machines differ: their times cannot be compared")
    if any(left_out):
        found.append(
            f"not compared: {left_out.only_a} questions only in A, {left_out.only_b} only in B, "
            f"{left_out.altered} asked or judged differently"
        )
    failed = [sum(getattr(p, run).response.failed for p in pairs) for run in ("a", "b")]
    if any(failed):
        found.append(f"the system failed on {failed[0]} questions in A and {failed[1]} in B")
    return found
