"""calibrate: when to refuse and how sure to be, fitted on gold questions."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.shared import Commands, beside, beside_option, gold_option
from eval.gold import UNREAD, gold_files, purpose_of, refuse_held, split_of
from index.errors import InputError

if TYPE_CHECKING:
    from eval.calibration import Calibration, Row
    from eval.gold import Gold
    from rag.assistant import Assistant
    from rag.confidence import Logistic, Model

WHERE = Path(__file__).resolve().parents[2] / "rag" / "data" / "confidence.toml"
HEAD = """\
# When to refuse and how sure to be: three logistic models (rag/confidence.py) over the evidence
# of rag/evidence.py. Fitted and written by `python -m eval calibrate`; not for editing by hand.
#
# Source: eval/gold/*.dev.jsonl. Licence: own, Apache-2.0.
"""
LEAST = 50  # questions; with fewer a fold of ten holds next to no refusal


def register(commands: Commands) -> None:
    """Adds the command."""
    sub = commands.add(
        "calibrate", _calibrate, "fit when to refuse and how sure to be", places=True
    )
    gold_option(sub)
    sub.add_argument("--out", type=Path, default=WHERE, metavar="FILE", help="where to write it")
    beside_option(sub)
    sub.add_argument("--dry-run", action="store_true", help="only print what would be fitted")


def _calibrate(arguments: argparse.Namespace) -> None:
    from eval.calibration import UNREAD_WEIGHT, calibrate, gather
    from eval.gold import read_gold
    from rag.cli import open_assistant

    files = arguments.gold or [f for f in gold_files() if split_of(f) == "dev"]
    unread = [f for f in files if purpose_of(f) == UNREAD]
    files = [f for f in files if f not in unread]
    refuse_held((*files, *unread))
    assistant = open_assistant(arguments)
    rows = _unseen(arguments, assistant, list(read_gold(files)))
    if len(rows) < LEAST or len({r.gold.answerable for r in rows if r.seen}) < 2:
        raise InputError(
            f"calibrating needs {LEAST} questions of one plan, answerable and unanswerable; "
            f"these files have {len(rows)}"
        )
    fitted = calibrate(rows, gather(assistant, read_gold(unread), UNREAD_WEIGHT))
    print(*report(fitted), sep="\n")
    if not arguments.dry_run:
        _write(arguments.out, fitted.model)


def _unseen(
    arguments: argparse.Namespace, assistant: Assistant, questions: Sequence[Gold]
) -> list[Row]:
    """The rows of the questions, each asked under a query adapter that was not fitted on it: under
    one that was, its passage lies nearer than that of a new question does."""
    from eval.adapting import crossed, training_files, training_task
    from eval.calibration import gather, group_of
    from index.encoders import BundledEncoder, adapted
    from rag.assistant import Assistant

    encoder = assistant.encoder
    if not isinstance(encoder, BundledEncoder):
        return gather(assistant, questions)
    tasks = [training_task(assistant, training_files())]
    if arguments.beside:
        tasks.append(training_task(beside(arguments), training_files("other")))
    by_id = {g.id: g for g in questions}
    rows = []
    for adapter, inside in crossed(tasks, {g.id: group_of(g) for g in questions}):
        other = Assistant(assistant.index, adapted(encoder, adapter))
        rows += gather(other, [by_id[i] for i in inside])
    return rows


def _write(out: Path, model: Model) -> None:
    out.write_text(HEAD + "\n" + "\n".join(toml(model)) + "\n", "utf-8")
    print(f"written: {out}")


def toml(model: Model) -> Iterator[str]:
    """The lines of confidence.toml."""
    yield from _table("says", model.says.logistic)
    for name, scale in (("middle", model.says.middle), ("spread", model.says.spread)):
        yield f"[says.{name}]"
        yield from (f"{key} = {value:.4f}" for key, value in scale.items())
        yield ""
    for name, numbers in (("threshold", model.threshold), ("sure", model.sure)):
        yield f"[{name}]"
        yield from (f"{what} = {p}" for what, p in numbers.items())
        yield ""
    yield from _table("right", model.right)
    yield from _table("refused", model.refused)
    yield "[facts]"
    yield from (f"{kind} = {share:.4f}" for kind, share in model.facts.items())


def _table(name: str, fitted: Logistic) -> Iterator[str]:
    yield from (f"[{name}]", f"bias = {fitted.bias:.4f}", f"[{name}.weights]")
    yield from (f"{key} = {weight:.4f}" for key, weight in fitted.weights.items())
    yield ""


def report(fitted: Calibration) -> Iterator[str]:
    """Refusal and reliability as cross-validation has them."""
    from eval.statistics import wilson
    from eval.summary import span

    count = fitted.confusion()
    answered, sure = (
        ", ".join(f"{p} ({what})" for what, p in numbers.items())
        for numbers in (fitted.model.threshold, fitted.model.sure)
    )
    parted = f"answered from {answered}, told plainly from {sure}"
    yield f"questions searched for: {len(fitted.rows)}; {parted}"
    for name, part, n in (
        ("refusal precision", count[False, True], count[False, True] + count[True, True]),
        ("refusal recall", count[False, True], count[False, True] + count[False, False]),
        ("answered of the answerable", count[True, False], count[True, True] + count[True, False]),
    ):
        share = f"{100 * part / n:.1f}" if n else "-"
        yield f"{name:<28}{part:>5} of {n:<5}{share:>6} %  {span(wilson(part, n))}"
    yield from _reliability("answers", fitted.answers)
    yield from _reliability("refusals", fitted.refusals)


def _reliability(name: str, told: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Bins of nearly equal size with their share right, then Brier score and calibration error."""
    from eval.report.figures import bins_of, calibration_error
    from eval.statistics import Interval, bootstrap_mean
    from eval.summary import span

    bins = bins_of(told)
    yield ""
    yield f"{name:<12}{'n':>5}{'confidence':>12}{'right %':>9}{'95% interval':>16}"
    for b in bins:
        between = span(Interval(b.low, b.high))
        yield f"{'':<12}{b.n:>5}{b.confidence:>12.3f}{100 * b.share:>9.1f}{between:>16}"
    squares = [(p - right) ** 2 for p, right in told]
    brier = bootstrap_mean(squares)
    yield (
        f"Brier {sum(squares) / len(squares):.4f} (95% {brier.low:.4f}–{brier.high:.4f}), "
        f"expected calibration error {calibration_error(bins):.4f}"
    )
