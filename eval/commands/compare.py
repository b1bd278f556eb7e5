"""python -m eval compare A B: two runs side by side, the verdict, and the questions that changed.

A held question that has been read no longer tells about unseen ones, so those that changed are
counted, and shown (or written with --out) only with --held.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.commands.shared import Commands
from eval.compare import Comparison, Measured, Pair, Row, compare
from eval.gold import to_record
from eval.jsonlines import write_whole
from eval.measures.definitions import BY_NAME, MEASURES
from eval.runs import Item, Run, open_run
from eval.statistics import Difference
from eval.summary import GROUPS
from eval.verdict import p_short, points, verdict

INDENT = 12  # of what stands under a question, so that an answer's lines keep below each other


def register(commands: Commands) -> None:
    """Adds `compare`."""
    sub = commands.add("compare", _compare, "compare two runs: where they differ, and how surely")
    sub.add_argument("a", type=Path, metavar="A", help="folder of a run")
    sub.add_argument("b", type=Path, metavar="B", help="folder of the newer run")
    sub.add_argument(
        "--measure",
        default="correct",
        choices=[m.name for m in MEASURES if m.rises],
        metavar="NAME",
        help="what to compare group by group (correct)",
    )
    sub.add_argument("--held", action="store_true", help="show changed held questions too")
    sub.add_argument("--out", type=Path, metavar="FILE.json", help="write the comparison as JSON")


def _compare(arguments: argparse.Namespace) -> None:
    found = compare(open_run(arguments.a), open_run(arguments.b), measure=arguments.measure)
    if arguments.out:  # first, since the reader of what is printed may close the pipe
        data = to_dict(found, arguments.held)
        write_whole(arguments.out, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    for line in lines(found, arguments.held):
        print(line)


# -- text ---------------------------------------------------------------------------------


def lines(found: Comparison, held: bool = False) -> Iterator[str]:
    """The comparison as it is printed; changed held questions are counted unless `held`."""
    yield from (_named(letter, run) for letter, run in (("A", found.a), ("B", found.b)))
    yield ""
    yield from _heads(found)
    yield from _table(found)
    yield ""
    yield from _measures(found.measures)
    yield ""
    yield "median time of an answer: A {:.0f} ms, B {:.0f} ms".format(*found.median_ms)
    yield ""
    yield verdict(found)
    yield from _changed(found, held)


def _named(letter: str, run: Run) -> str:
    head = run.head
    return f"{letter}  {run.name}, {head.questions} questions, {head.started} ({run.folder})"


def _heads(found: Comparison) -> Iterator[str]:
    yield from (f"note: {w}" for w in found.warnings)
    if found.heads:
        yield "differs:"
        width = max(len(f.name) for f in found.heads)
        for f in found.heads:
            yield f"  {f.name:<{width}}  {_short(f.a)} -> {_short(f.b)}"
    if found.warnings or found.heads:
        yield ""


def _short(value: str) -> str:
    """A hash by its first letters; anything else as it is."""
    is_hash = len(value) == 64 and set(value) <= set("0123456789abcdef")
    return value[:12] if is_hash else value or "-"


def _table(found: Comparison) -> Iterator[str]:
    yield f"{BY_NAME[found.measure].en}, %; differences are B - A, in points"
    yield (
        f"{'':<20}{'n':>5}{'A':>8}{'B':>8}{'B-A':>8}{'95% interval':>18}{'only A':>8}{'only B':>8}"
        f"{'p':>8}{'p adj.':>8}{'shows':>7}"
    )
    rows = found.rows
    for title, types in GROUPS:
        of_group = [r for r in rows if r.part == "type" and r.name in types]
        if of_group:
            yield f"-- {title}"
            yield from map(_row, of_group)
    for part in ("plan", "lang", "split"):
        of_part = [r for r in rows if r.part == part]
        if len(of_part) > 1:  # a part that holds all questions says what `all` says
            yield f"-- by {part}"
            yield from map(_row, of_part)
    yield "--"
    yield _row(found.whole)
    yield (
        "p: exact, of the questions that changed; p adj.: for looking at all types at once (Holm); "
        "shows: the smallest difference so many questions can show"
    )


def _row(row: Row) -> str:
    adjusted = "" if row.holm is None else p_short(row.holm)
    smallest = row.smallest
    shows = "-" if smallest is None or math.isinf(smallest) else f"{100 * smallest:.1f}"
    return (
        f"{row.name or 'no split':<20}{row.n:>5}{100 * row.a:>8.1f}{100 * row.b:>8.1f}"
        f"{points(row.difference.value):>8}{_span(row.difference):>18}"
        f"{row.only_a:>8}{row.only_b:>8}{p_short(row.p):>8}{adjusted:>8}{shows:>7}"
    )


def _span(difference: Difference) -> str:
    """The interval in points; - where no value changed, of which the bootstrap can say nothing."""
    if not any(difference):
        return "-"
    return f"{points(difference.low)} to {points(difference.high)}"


def _measures(measures: Sequence[Measured]) -> Iterator[str]:
    """Every measure over all that are paired; the one of the table too."""
    yield f"{'measure':<20}{'n':>5}{'A':>8}{'B':>8}{'B-A':>8}{'95% interval':>18}"
    for m in measures:
        yield (
            f"{BY_NAME[m.measure].en:<20}{m.n:>5}{100 * m.a:>8.1f}{100 * m.b:>8.1f}"
            f"{points(m.difference.value):>8}{_span(m.difference):>18}"
        )
    yield "each interval stands alone"


def _changed(found: Comparison, held: bool) -> Iterator[str]:
    """What B lost stands first: the few losses of a better version are what must be looked at."""
    shown = [p for p in found.changed if held or not p.held]
    lost = [p for p in shown if p.a.scores[found.measure] > p.b.scores[found.measure]]
    gained = [p for p in shown if p.a.scores[found.measure] < p.b.scores[found.measure]]
    for title, pairs in (("lower in B", lost), ("higher in B", gained)):
        if pairs:
            yield f"\n== {title}: {len(pairs)}"
        for pair in pairs:
            yield ""
            yield from _question(pair, found.measure)
    hidden = len(found.changed) - len(shown)
    if hidden:
        yield f"\nheld questions that changed: {hidden}; counted, not shown (--held shows them)"


def _question(pair: Pair, measure: str) -> Iterator[str]:
    gold = pair.a.gold
    yield f"{gold.id} ({gold.type}): {_value(pair.a, measure)} -> {_value(pair.b, measure)}"
    for asked, answered in gold.history:
        yield f"  {'before':<{INDENT - 2}}{_under(asked)} / {_under(answered)}"
    yield f"  {'question':<{INDENT - 2}}{_under(gold.question)}"
    yield f"  {'expected':<{INDENT - 2}}{_under(gold.answer)}"
    for letter, item in (("A", pair.a), ("B", pair.b)):
        given = item.response.error if item.response.failed else item.response.answer
        yield f"  {letter:<{INDENT - 2}}{_under(given)}"
        if item.faults:
            yield f"  {'':<{INDENT - 2}}! {'; '.join(item.faults)}"


def _value(item: Item, measure: str) -> str:
    if measure == "correct":
        return "right" if item.right else "wrong"
    return f"{item.scores[measure]:.2f}"


def _under(text: str) -> str:
    return text.replace("\n", "\n" + " " * INDENT)


# -- JSON ---------------------------------------------------------------------------------


def to_dict(found: Comparison, held: bool = False) -> dict[str, Any]:
    """The comparison as JSON data; changed held questions are counted unless `held`.

    Shares and differences are 0 to 1; `smallest` is null where no difference can be shown.
    """
    shown = [p for p in found.changed if held or not p.held]
    return {
        "measure": found.measure,
        "verdict": verdict(found),
        "a": _run(found.a),
        "b": _run(found.b),
        "heads": [f._asdict() for f in found.heads],
        "warnings": list(found.warnings),
        "left_out": found.left_out._asdict(),
        "median_ms": dict(zip("ab", found.median_ms, strict=True)),
        "rows": [_row_dict(r) for r in found.rows],
        "measures": [asdict(m) | {"difference": m.difference._asdict()} for m in found.measures],
        "changed": [_pair_dict(p) for p in shown],
        "changed_held_not_shown": len(found.changed) - len(shown),
    }


def _run(run: Run) -> dict[str, Any]:
    return {"folder": run.folder.name, **asdict(run.head)}


def _row_dict(row: Row) -> dict[str, Any]:
    smallest = None if row.smallest is None or math.isinf(row.smallest) else row.smallest
    return asdict(row) | {"difference": row.difference._asdict(), "smallest": smallest}


def _pair_dict(pair: Pair) -> dict[str, Any]:
    return {
        "gold": to_record(pair.a.gold),
        "split": pair.a.split,
        **{run: _side(item) for run, item in (("a", pair.a), ("b", pair.b))},
    }


def _side(item: Item) -> dict[str, Any]:
    return {
        "answer": item.response.to_dict(),
        "scores": dict(item.scores),
        "faults": list(item.faults),
    }
