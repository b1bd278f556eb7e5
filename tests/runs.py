"""Runs made by hand for the tests of eval: questions, answers and scores as a test needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.gold import Gold
from eval.runs import Head, Item, Run
from eval.systems.base import Response

GOLD = Gold("q1", ("a",), "zh", "number", "多少", "15%", (("15%",),), ("25%",), ())


def question(**changes: Any) -> Gold:
    """A question of the type number about plan `a`, with fields changed."""
    return replace(GOLD, **changes)


def response(answer: str = "15% [1]", status: str = "answered", **fields: Any) -> Response:
    """An answer that took 10 ms."""
    return Response(answer, status, **{"latency_ms": 10.0, **fields})


def item(gold: Gold = GOLD, correct: float = 1.0, split: str = "", **fields: Any) -> Item:
    """A judged question; `scores` and `given` (a Response) may be passed."""
    given = fields.pop("given", response())
    scores = {"correct": correct, "latency_ms": given.latency_ms, **fields.pop("scores", {})}
    faults = () if correct else ("lacks 15%",)
    return Item(gold, split, given, scores, **{"faults": faults, **fields})


def run(items: Sequence[Item], name: str = "default", folder: Path = Path("run")) -> Run:
    """A finished run of these items."""
    head = Head(
        system=name,
        settings={"encoder": "tiny"},
        gold={"x.dev.jsonl": "0" * 64},
        corpus="c" * 64,
        prompts="p" * 64,
        code="d" * 64,
        questions=len(items),
        commit="abc1234",
        machine="2 cores",
        versions={"python": "3.11"},
        started="2026-01-01T00:00:00+00:00",
        finished="2026-01-01T00:01:00+00:00",
        seconds=60.0,
    )
    return Run(folder, head, tuple(items))
