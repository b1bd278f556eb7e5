"""coverage, suggest, review, accept: growing the gold set."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.shared import Commands, gold_option, positive
from eval.gold import Gold, gold_files, read_gold
from index.errors import InputError

if TYPE_CHECKING:
    from index.store import Index

SUGGESTED = 30  # drafts unless -n says otherwise: what one person decides on in an hour


def register(commands: Commands) -> None:
    """Adds the commands."""
    sub = commands.add("coverage", _coverage, "what the plans could be asked and is", places=True)
    gold_option(sub)
    sub.add_argument("--json", action="store_true", help="print counts by plan, section and kind")
    sub = commands.add("suggest", _suggest, "draft questions nobody asks yet", places=True)
    gold_option(sub)
    sub.add_argument("--plan", nargs="+", default=[], metavar="ID", help="only these plans")
    sub.add_argument("--kind", nargs="+", metavar="K", help="only these kinds of questions")
    sub.add_argument("-n", type=_count, default=None, metavar="N", help=f"drafts ({SUGGESTED})")
    sub.add_argument("--seed", type=int, default=0, help="choice and wording (0)")
    sub.add_argument(
        "--feedback", type=Path, metavar="FILE.jsonl", help="also draft from people's remarks"
    )
    sub.add_argument("--out", type=Path, required=True, metavar="DRAFTS", help=".jsonl or .xlsx")
    sub = commands.add("review", _review, "decide on drafts in the terminal, one at a time")
    sub.add_argument("drafts", type=Path, metavar="DRAFTS.jsonl")
    sub = commands.add("accept", _accept, "take accepted drafts into gold", places=True)
    sub.add_argument("drafts", type=Path, metavar="DRAFTS", help=".jsonl or .xlsx")
    sub.add_argument("--into", type=Path, required=True, metavar="NAME.dev.jsonl")


def _count(text: str) -> int:
    return 0 if text == "0" else positive(text)


def _open(arguments: argparse.Namespace) -> Index:
    from index import store
    from rag.cli import index_folder

    return store.load(index_folder(arguments))


def _gold(arguments: argparse.Namespace) -> list[Gold]:
    return list(read_gold(arguments.gold or gold_files()))


def _coverage(arguments: argparse.Namespace) -> None:
    from eval.growing.coverage import askables, cells, covered, table

    index = _open(arguments)
    found = askables(index, index.plans)
    counts = cells(found, covered(found, _gold(arguments), index))
    if arguments.json:
        print(json.dumps([c._asdict() for c in counts], ensure_ascii=False, indent=1))
        return
    print(*table(counts, {p.id: p.name for p in index.plans}), sep="\n")


def _suggest(arguments: argparse.Namespace) -> None:
    from eval.growing.drafts import DRAFTED, suggest
    from eval.growing.feedback import read_feedback
    from eval.growing.sheet import write_drafts

    kinds = tuple(arguments.kind or DRAFTED)
    unknown = [k for k in kinds if k not in DRAFTED]
    if unknown:
        raise InputError(f"unknown kind {unknown[0]!r} (known: {', '.join(DRAFTED)})")
    if arguments.out.exists():
        raise InputError(f"{arguments.out} is there and may hold decisions; name another file")
    if arguments.out.suffix not in (".jsonl", ".xlsx"):
        raise InputError(f"{arguments.out}: drafts are written as .jsonl or .xlsx")
    index = _open(arguments)
    told = read_feedback(arguments.feedback, index) if arguments.feedback else []
    number = SUGGESTED if arguments.n is None else arguments.n
    made = suggest(index, _gold(arguments), number, arguments.plan, kinds, arguments.seed)
    drafts = [*told, *made.drafts]
    if not drafts:
        raise InputError("nothing left to draft here; try other plans or kinds")
    write_drafts(arguments.out, drafts)
    types = Counter(d.text("type") or "no type yet" for d in drafts)
    print(f"{len(drafts)} drafts in {arguments.out}: " + ", ".join(_counts(types)))
    if made.broken or made.repeated:
        print(f"left out: {made.broken} that broke their own rule, {made.repeated} asked already")
    if arguments.out.suffix == ".jsonl":
        print(f"decide with: python -m eval review {arguments.out}")
    print(f"then: python -m eval accept {arguments.out} --into eval/gold/NAME.dev.jsonl")


def _counts(counter: Counter[str]) -> list[str]:
    return [f"{n} {name}" for name, n in counter.most_common()]


def _review(arguments: argparse.Namespace) -> None:
    from eval.growing.terminal import review

    counts = review(arguments.drafts, sys.stdin, sys.stdout)
    print(f"{counts['accept']} accepted, {counts['drop']} dropped, {counts['']} undecided")


def _accept(arguments: argparse.Namespace) -> None:
    from eval.growing.review import append, gold_around, look_at
    from eval.growing.sheet import read_drafts

    drafts = read_drafts(arguments.drafts)
    existing = gold_around(arguments.into, gold_files())
    sources = {p.id: p.source for p in _open(arguments).plans}
    found = look_at(drafts, arguments.into, existing, sources)
    print(*(f"fault   {f}" for f in found.faults), sep="\n", end="\n" * bool(found.faults))
    print(*(f"remark  {r}" for r in found.remarks), sep="\n", end="\n" * bool(found.remarks))
    if found.faults:
        n = len(found.faults)
        raise InputError(f"{n} fault{'s' * (n > 1)} in {arguments.drafts}; nothing was written")
    if found.questions:
        append(arguments.into, found.questions)
    print(
        f"{len(found.questions)} questions entered {arguments.into}; "
        f"{found.dropped} dropped, {found.undecided} undecided"
    )
