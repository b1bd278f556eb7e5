"""From runs to the page: what the template is given, and the one HTML file it becomes.

Everything on the page is computed here or below from the runs; the template only lays it out. It
escapes all that it is given: questions, answers, plans and settings may hold any text.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from eval.gold import TYPES
from eval.measures.definitions import MEASURES, Family, Measure
from eval.report import axes, figures
from eval.report.bad import SHOWN, Bad, bad
from eval.report.failures import KINDS, Case, cases, rights
from eval.report.terms import MEANINGS_ZH, TYPE_NAMES
from eval.report.words import LANGUAGES, WORDS, Lang
from eval.runs import Item, Run
from eval.summary import PARTS, Estimate, Part, Refusal, by, estimate, refusal

if TYPE_CHECKING:
    from jinja2 import Template

DATA = Path(__file__).resolve().parents[1] / "data"
FAMILIES: tuple[Family, ...] = ("answer", "citation", "refusal", "retrieval", "effort")
STATUSES = ("answered", "not_mentioned", "out_of_scope", "clarify", "error")
# What stands for a commit or a hash: git's own short form, beyond doubt among a project's runs.
HASH = 7
# Characters of a quote that are shown: two lines, enough to see whether it is the right place.
# 809 wrong answers with whole clauses would be a page too large to open on a phone.
QUOTE = 160


class Row(NamedTuple):
    """A group with its share right. `below` tells that its interval ends below the whole."""

    name: str
    n: int
    right: int
    share: Estimate
    below: bool


class Line(NamedTuple):
    """A measure with its value over all questions, None where it applies to none."""

    measure: Measure
    value: Estimate | None


class Column(NamedTuple):
    """A run as it stands beside others. `same`: it was asked the questions of the reported run."""

    run: Run
    same: bool
    right: Estimate | None
    recall: Estimate | None
    precision: Estimate | None
    refusal: Refusal
    within: Estimate | None
    rr: Estimate | None
    time: Estimate | None


class Plots(NamedTuple):
    """The plots; None for one that there is nothing to draw for."""

    depth: figures.Depth | None
    reliability: figures.Reliability | None
    latencies: figures.Latencies | None
    trend: figures.Trend | None


class Choices(NamedTuple):
    """What the wrong answers shown can be filtered by: there is at least one for each."""

    types: tuple[str, ...]
    plans: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows of the reported run.

    Of the `wrong` answers, `shown` stand in `cases`, by type; the `hidden` ones are held back.
    """

    run: Run
    whole: Estimate | None
    estimates: dict[str, Estimate | None]
    refusal: Refusal
    splits: tuple[Row, ...]
    groups: tuple[tuple[Part, tuple[Row, ...]], ...]
    measures: tuple[tuple[Family, tuple[Line, ...]], ...]
    bad: Bad
    wrong: int
    shown: int
    hidden: int
    held: bool
    cases: tuple[tuple[str, tuple[Case, ...]], ...]
    choices: Choices
    rights: tuple[Item, ...]
    plots: Plots
    columns: tuple[Column, ...]


def page(
    run: Run, others: Sequence[Run] = (), earlier: Sequence[Run] = (), held: bool = False
) -> Page:
    """What is shown of `run`, beside `others`, after `earlier` runs.

    Held questions are counted in every figure; their texts are left out unless `held`.
    """
    found = cases(run.items)
    shown = tuple(c for c in found if held or c.item.split != "held")
    estimates = {m.name: estimate(run.items, m.name) for m in MEASURES}
    whole = estimates["correct"]
    return Page(
        run=run,
        whole=whole,
        estimates=estimates,
        refusal=refusal(run.items),
        splits=_rows(run, "split", whole),
        groups=_groups(run, whole),
        measures=tuple(
            (f, tuple(Line(m, estimates[m.name]) for m in MEASURES if m.family == f))
            for f in FAMILIES
        ),
        bad=bad(run.items, found),
        wrong=len(found),
        shown=len(shown),
        hidden=len(found) - len(shown),
        held=held and any(i.split == "held" for i in run.items),
        cases=_typed(shown),
        choices=_choices(shown),
        rights=tuple(i for i in rights(run.items) if held or i.split != "held"),
        plots=Plots(
            figures.depth(run.items),
            figures.reliability(run.items),
            figures.latencies(run.items),
            figures.trend(run, earlier),
        ),
        columns=tuple(_column(one, run) for one in (run, *others)) if others else (),
    )


def _typed(shown: Sequence[Case]) -> tuple[tuple[str, tuple[Case, ...]], ...]:
    """The cases, which are in the order of types, one group a type."""
    by_type = itertools.groupby(shown, key=lambda c: c.item.gold.type)
    return tuple((name, tuple(members)) for name, members in by_type)


def _choices(shown: Sequence[Case]) -> Choices:
    types, plans = {c.item.gold.type for c in shown}, {c.item.plan for c in shown}
    kinds = {kind for c in shown for kind in c.kinds}
    return Choices(
        tuple(t for t in TYPES if t in types),
        tuple(sorted(plans, key=lambda name: (name == "several", name))),
        tuple(k for k in KINDS if k in kinds),
    )


def _groups(run: Run, whole: Estimate | None) -> tuple[tuple[Part, tuple[Row, ...]], ...]:
    """The parts that divide the run; types always, the others where there are at least two."""
    found = ((part, _rows(run, part, whole)) for part in PARTS)
    return tuple((part, rows) for part, rows in found if len(rows) > (part != "type"))


def _rows(run: Run, part: Part, whole: Estimate | None) -> tuple[Row, ...]:
    rows = []
    for name, items in by(run.items, part).items():
        share = estimate(items, "correct")
        if share and whole:
            right = sum(i.right for i in items)
            rows.append(Row(name, len(items), right, share, share.high < whole.value))
    return tuple(rows)


def _column(one: Run, reported: Run) -> Column:
    def of(measure: str) -> Estimate | None:
        return estimate(one.items, measure)

    return Column(
        run=one,
        same={i.gold for i in one.items} == {i.gold for i in reported.items},
        right=of("correct"),
        recall=of("citation_recall"),
        precision=of("citation_precision"),
        refusal=refusal(one.items),
        within=of("success@5"),
        rr=of("rr"),
        time=of("latency_ms"),
    )


def html(shown: Page, lang: Lang = "zh") -> str:
    """The page as one HTML file that loads nothing; it opens in `lang` and switches to the other.

    The same page always gives the same text.
    """
    return _template().render(
        p=shown,
        lang=lang,
        languages=LANGUAGES,
        words=WORDS,
        types=TYPE_NAMES,
        meanings=MEANINGS_ZH,
        statuses=STATUSES,
        names={m.name: m for m in MEASURES},
        frame=axes,
        few=SHOWN,
        hash=HASH,
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(DATA),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clipped"] = clipped
    environment.filters["moment"] = moment
    return environment.get_template("report.html.j2")


def clipped(text: str, length: int = QUOTE) -> str:
    """The text, or its first `length` characters and an ellipsis."""
    return text if len(text) <= length else text[:length] + "…"


def moment(iso: str) -> str:
    """A UTC time to the minute: 2026-01-01 00:00 UTC; what is no such time stays as it is."""
    if len(iso) < len("2026-01-01T00:00") or iso[10:11] != "T":
        return iso
    return f"{iso[:10]} {iso[11:16]} UTC"
