"""The measured table of README.md, rewritten from a run between its two markers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.bench import Bench
from eval.score import GROUPS, Mark, Tally, latencies, percentile, tally
from index.errors import InputError

BEGIN, END = "<!-- score:begin -->", "<!-- score:end -->"
ASKED = {
    "lead_unit": "who leads",
    "lead_unit_none": "who leads, where the plan names no lead",
    "participants": "who takes part or is responsible",
    "unit_role": "what a unit has to do, in which role",
    "number": "how much, how many",
    "measure": "how, by what means",
    "list": "list, count",
    "meta": "title, issuer, date, number, status",
    "unanswerable": "what the plan does not say",
    "english": "in English",
    "comparison": "two plans against each other",
    "aggregate": "over all plans",
    "followup": "going on from an earlier turn",
}


def score_rows(marks: Sequence[Mark]) -> Iterator[str]:
    """The Markdown table of right answers, by type, dev and held apart."""
    yield "| type | asks | dev | held |"
    yield "|---|---|---|---|"
    for title, types in GROUPS:
        of_group = [m for m in marks if m.gold.type in types]
        for name in types:
            rows = [m for m in of_group if m.gold.type == name]
            if rows:
                yield f"| {name} | {ASKED[name]} | {_cells(rows)} |"
        if of_group:
            yield f"| **together** | **{title}** | {_cells(of_group)} |"


def _cells(marks: Sequence[Mark]) -> str:
    return " | ".join(_cell(tally(marks, split)) for split in ("dev", "held"))


def _cell(part: Tally) -> str:
    return f"{part.right} of {part.n} ({part.percent:.0f}%)" if part.n else "–"


def speed_rows(marks: Sequence[Mark], bench: Bench | None) -> Iterator[str]:
    """The Markdown table of quotes and speed; without a bench result only what the run gave."""
    cited = sum(len(m.answer.citations) for m in marks if m.answer)
    kept = cited - sum(m.torn for m in marks)
    times = latencies(marks)
    half = bench.warm_ms if bench else percentile(times, 0.5)
    most = bench.warm_p95_ms if bench else percentile(times, 0.95)
    yield "| what | measured |"
    yield "|---|---|"
    yield f"| quotes that stand verbatim at their offsets | {kept} of {cited} |"
    yield f"| an answer in a warm process, median, 95th percentile | {half:.0f} ms, {most:.0f} ms |"
    if bench is None:
        return
    yield f"| one `tiaowen ask` as a whole process | {bench.ask_s:.2f} s, {bench.ask_mb:.0f} MB |"
    yield f"| building the index of the corpus | {bench.build_s:.0f} s, {bench.build_mb:.0f} MB |"
    yield f"| measured on | {bench.machine} |"


def rewrite(readme: Path, marks: Sequence[Mark], bench: Bench | None) -> None:
    """Puts the tables between the markers. Raises InputError where the markers are not there."""
    text = readme.read_text("utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise InputError(f"{readme} lacks the markers {BEGIN} … {END}")
    body = "\n".join([*score_rows(marks), "", *speed_rows(marks, bench)])
    new = readme.with_name(f".{readme.name}.new")
    new.write_text(f"{head}{BEGIN}\n{body}\n{END}{tail}", "utf-8")
    new.replace(readme)
