"""The measured tables of README.md, rewritten from runs between two markers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.bench import Bench
from eval.jsonlines import write_whole
from eval.runs import Item, Run
from eval.summary import GROUPS, Estimate, estimate, quotes, refusal
from index.errors import InputError

BEGIN, END = "<!-- score:begin -->", "<!-- score:end -->"
DEFAULT = "default"
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
# In the order of the table; a system that was not run has no row.
SYSTEMS = {
    DEFAULT: "**Tiaowen**",
    "vanilla": "500-character windows, e5, FAISS top 4, best sentences (plain LangChain)",
    "vanilla-llm": "the same, answered by a language model ({llm})",
    "bm25": "our clauses, BM25 alone, best sentences",
    "dense": "our clauses, e5 alone, best sentences",
    "no-tree": "Tiaowen without the clause tree",
    "no-duties": "Tiaowen without typed duties",
    "no-reranker": "Tiaowen without the reranker (fusion alone)",
    "no-check": "Tiaowen without the last check",
}


def system_rows(runs: Sequence[Run]) -> Iterator[str]:
    """The Markdown table of the systems side by side, over the held questions alone.

    Over all questions where a run has no held ones: the default system was made on the others.
    """
    yield (
        "| system | right | refusals, precision / recall | citations, recall / precision "
        "| evidence within 5 | MRR | median |"
    )
    yield "|---|---|---|---|---|---|---|"
    by_name = {run.name: run for run in runs}
    for name, label in SYSTEMS.items():
        if name in by_name:
            run = by_name[name]
            title = label.format(llm=run.head.settings.get("llm", ""))
            yield f"| {title} | {' | '.join(_system_cells(judged_on(run)))} |"


def judged_on(run: Run) -> list[Item]:
    """The held questions of a run, or all where it has none."""
    held = [i for i in run.items if i.split == "held"]
    return held or list(run.items)


def _system_cells(items: Sequence[Item]) -> Iterator[str]:
    yield _with_interval(estimate(items, "correct"))
    refused = refusal(items)
    yield f"{_percent(refused.precision)} / {_percent(refused.recall)}"
    recall, precision = estimate(items, "citation_recall"), estimate(items, "citation_precision")
    yield f"{_percent(recall)} / {_percent(precision)}"
    yield _percent(estimate(items, "success@5"))
    found = estimate(items, "rr")
    yield f"{found.value:.2f}" if found else "–"
    time = estimate(items, "latency_ms")
    yield f"{time.value:.0f} ms" if time else "–"


def _percent(found: Estimate | None) -> str:
    return f"{100 * found.value:.0f}%" if found else "–"


def _with_interval(found: Estimate | None) -> str:
    if found is None:
        return "–"
    return f"{100 * found.value:.0f}% ({100 * found.low:.0f}–{100 * found.high:.0f})"


def score_rows(items: Sequence[Item]) -> Iterator[str]:
    """The Markdown table of right answers, by type, dev and held apart."""
    yield "| type | asks | dev | held |"
    yield "|---|---|---|---|"
    for title, types in GROUPS:
        of_group = [i for i in items if i.gold.type in types]
        for name in types:
            rows = [i for i in of_group if i.gold.type == name]
            if rows:
                yield f"| {name} | {ASKED[name]} | {_cells(rows)} |"
        if of_group:
            yield f"| **together** | **{title}** | {_cells(of_group)} |"


def _cells(items: Sequence[Item]) -> str:
    return " | ".join(_cell([i for i in items if i.split == s]) for s in ("dev", "held"))


def _cell(items: Sequence[Item]) -> str:
    right = sum(i.right for i in items)
    return f"{right} of {len(items)} ({100 * right / len(items):.0f}%)" if items else "–"


def speed_rows(run: Run, bench: Bench | None) -> Iterator[str]:
    """The Markdown table of quotes and speed; without a bench result only what the run gave."""
    cited, kept = quotes(run.items)
    time = estimate(run.items, "latency_ms")
    # of all questions where the run has their times, as against those that were timed beside it
    half = time.value if time else bench.warm_ms if bench else 0.0
    most = time.high if time else bench.warm_p95_ms if bench else 0.0
    yield "| what | measured |"
    yield "|---|---|"
    yield f"| quotes that stand verbatim at their offsets | {kept} of {cited} |"
    yield f"| an answer in a warm process, median, 95th percentile | {half:.0f} ms, {most:.0f} ms |"
    yield f"| all {len(run.items)} questions in one run | {run.head.seconds:.0f} s |"
    if bench is None:
        return
    yield f"| one `tiaowen ask` as a whole process | {bench.ask_s:.2f} s, {bench.ask_mb:.0f} MB |"
    yield f"| building the index of the corpus | {bench.build_s:.0f} s, {bench.build_mb:.0f} MB |"
    yield f"| measured on | {bench.machine} |"


def rewrite(readme: Path, runs: Sequence[Run], bench: Bench | None) -> None:
    """Puts the tables between the markers. The runs must be of the same questions.

    Raises InputError where the markers, or a run of the default system, are not there, and for
    runs of different questions.
    """
    default = next((r for r in runs if r.name == DEFAULT), None)
    if default is None:
        raise InputError("no run of the default system; make one with: python -m eval run")
    other = next((r for r in runs if r.head.gold != default.head.gold), None)
    if other:
        raise InputError(f"the run of {other.name} asked other questions than that of {DEFAULT}")
    text = readme.read_text("utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise InputError(f"{readme} lacks the markers {BEGIN} … {END}")
    n = len(judged_on(default))
    parts = [
        f"Side by side on the {n} held questions (95% intervals in brackets):",
        "",
        *system_rows(runs),
        "",
        "Tiaowen by type of question:",
        "",
        *score_rows(default.items),
        "",
        *speed_rows(default, bench),
    ]
    write_whole(readme, f"{head}{BEGIN}\n" + "\n".join(parts) + f"\n{END}{tail}")
