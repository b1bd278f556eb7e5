"""check, stale, seal: the gold questions themselves."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.shared import Commands, gold_option
from eval.gold import Gold, gold_files, purpose_of, read_placed, split_of
from index.errors import InputError

if TYPE_CHECKING:
    from index.plan import Plan

SHOWN = 20  # remarks printed unless all are asked for; faults are always printed


def register(commands: Commands) -> None:
    """Adds the commands."""
    sub = commands.add("check", _check, "check gold against the plans and itself", places=True)
    gold_option(sub)
    sub.add_argument("--all", action="store_true", help="print every remark")
    sub = commands.add("stale", _stale, "which questions to look at again", places=True)
    gold_option(sub)
    sub = commands.add("seal", _seal, "record that gold and plans agree as they are", places=True)
    gold_option(sub)


def _plans(arguments: argparse.Namespace) -> dict[str, Plan]:
    from index.corpus import load_corpus
    from rag.cli import corpus_folder

    return {plan.id: plan for plan, _ in load_corpus(corpus_folder(arguments))}


def _placed(arguments: argparse.Namespace) -> list[tuple[Path, Gold]]:
    found = list(read_placed(arguments.gold or gold_files()))
    if not found:
        raise InputError("these files hold no questions")
    return found


def _check(arguments: argparse.Namespace) -> None:
    from eval.check import check

    placed = _placed(arguments)
    sources = {i: p.source for i, p in _plans(arguments).items()}
    found = check(placed, sources)
    print(*_sets(placed), sep="\n")
    faults = [f for f in found if f.weight == "fault"]
    remarks = [f for f in found if f.weight == "remark"]
    for finding in faults:
        print(f"fault   {finding.path.name}: {finding.id}: {finding.text}")
    for finding in remarks if arguments.all else remarks[:SHOWN]:
        print(f"remark  {finding.path.name}: {finding.id}: {_hidden(finding.path, finding.text)}")
    if len(remarks) > SHOWN and not arguments.all:
        print(f"… and {len(remarks) - SHOWN} remarks more (--all)")
    print(f"{len(placed)} questions, {len(faults)} faults, {len(remarks)} remarks")
    if faults:
        raise InputError(f"{len(faults)} faults in gold; the first: {faults[0].text}")


def _hidden(path: Path, text: str) -> str:
    """A remark without the words of a held question."""
    return text.partition(": '")[0] if split_of(path) == "held" else text


def _sets(placed: Sequence[tuple[Path, Gold]]) -> Iterator[str]:
    """Questions by purpose and split, and by type."""
    purposes = Counter((purpose_of(p), split_of(p) or "-") for p, _ in placed)
    yield f"{'set':<20}{'split':<7}{'questions':>9}"
    for (purpose, split), n in sorted(purposes.items()):
        yield f"{purpose:<20}{split:<7}{n:>9}"
    types = Counter(g.type for _, g in placed)
    yield "types: " + ", ".join(f"{t} {n}" for t, n in types.most_common())


def _stale(arguments: argparse.Namespace) -> None:
    from eval.seal import read_seal, stale

    placed = _placed(arguments)
    plans = _plans(arguments)
    held = {g.id for p, g in placed if split_of(p) == "held"}
    total = 0
    for folder in sorted({p.parent for p, _ in placed}):
        questions = [g for p, g in placed if p.parent == folder]
        for s in stale(questions, read_seal(folder), plans):
            total += 1
            said = "" if s.id in held else f": {s.text}" if s.text else ""
            print(f"{s.why:<13}{s.id}{said}")
            if s.near and s.id not in held:
                print(f"{'':<13}now perhaps: {s.near[:120]}")
    print(f"{total} of {len(placed)} questions to look at again")
    if total:
        print("mend them, then record it with: python -m eval seal")


def _seal(arguments: argparse.Namespace) -> None:
    from eval.check import check
    from eval.seal import seal, write_seal

    placed = _placed(arguments)
    plans = _plans(arguments)
    sources = {i: p.source for i, p in plans.items()}
    faults = [f for f in check(placed, sources) if f.weight == "fault"]
    if faults:
        raise InputError(f"{len(faults)} faults in gold; see: python -m eval check")
    for folder in sorted({p.parent for p, _ in placed}):
        questions = [g for p, g in placed if p.parent == folder]
        write_seal(folder, seal(questions, plans))
        print(f"{len(questions)} questions sealed in {folder}")
