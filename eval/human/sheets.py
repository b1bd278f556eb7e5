"""Scoring sheets: answers drawn from runs, blinded, and put in another order for every scorer.

Questions are drawn, not answers: of a drawn question the answers of all runs are taken, so that
systems are compared on the same questions. A type gets its share of the sample, and at least one
question. A blind row tells question, answer and citations; the key tells the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from random import Random
from typing import NamedTuple

from eval.cells import clean
from eval.human.key import Entry, Key, Source, Stratum, sha256
from eval.human.words import (
    ANSWERED,
    ASKED,
    CUT,
    EARLIER,
    LEFT_OUT,
    NO_ANSWER,
    NO_CITATIONS,
    NOT_STATED,
    NOW,
    SAME_PLACE,
)
from eval.runs import Item, Run
from eval.systems.base import Quote
from index.errors import InputError

SEED = 1
# No vowels, so no words; no digits, so that no spreadsheet takes an id for a number or a date.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
LETTERS_OF_ID = 5  # 3.2 million ids
CELL = 32_000  # characters; a cell of Excel holds 32,767
ORDERS = 50  # tries at an order nobody else has: with one or two rows there is none


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet. `verdict` and `citation` are names of words.py, "" where not scored.

    `reference` is None on a sheet without the expected answer.
    """

    id: str
    question: str
    answer: str
    citations: str
    reference: str | None = None
    verdict: str = ""
    citation: str = ""
    remark: str = ""

    @property
    def cited(self) -> bool:
        return self.citations != NO_CITATIONS

    @property
    def scored(self) -> bool:
        return bool(self.verdict) and (bool(self.citation) or not self.cited)


class Sheet(NamedTuple):
    """What one scorer gets."""

    scorer: str
    rows: tuple[Row, ...]


class Drawn(NamedTuple):
    """The sheets and their key. `held` counts the held questions that were left out."""

    key: Key
    sheets: tuple[Sheet, ...]
    held: int


def draw(
    runs: Sequence[Run],
    scorers: Sequence[str],
    *,
    sample: int | None = None,
    seed: int = SEED,
    held: bool = False,
    reference: Sequence[str] = (),
    titles: Mapping[str, str] | None = None,
) -> Drawn:
    """Blind sheets of the runs' answers to all questions, or to `sample` of them.

    Held questions are left out unless `held`; `reference` names the scorers who get the expected
    answer; `titles` are the plans' titles by id. The same runs, names and seed give the same
    sheets. Raises InputError for a run named twice, a name given to `reference` that is no
    scorer's, a sample too small to hold every type, and where there is nothing to score.
    """
    if unknown := [n for n in reference if n not in scorers]:
        raise InputError(f"{unknown[0]!r} is no scorer; the scorers are {', '.join(scorers)}")
    labels = _labels(runs)
    pairs = [(label, i) for label, r in zip(labels, runs, strict=True) for i in r.items]
    asked = [(label, i) for label, i in pairs if held or i.split != "held"]
    left_out = {i.gold.id for _, i in pairs} - {i.gold.id for _, i in asked}
    if not asked:
        hint = "; --held takes the held ones" if left_out else ""
        raise InputError(f"there are no answers to score{hint}")
    types = {i.gold.id: i.gold.type for _, i in asked}
    random = Random(seed)
    chosen = set(types) if sample is None else stratified(types, sample, random)
    taken = [(label, i) for label, i in asked if i.gold.id in chosen]
    rows, entries = [], []
    for blind, (label, item) in zip(_ids(len(taken), random), taken, strict=True):
        row = _row(blind, item, titles or {})
        rows.append(row)
        entries.append(_entry(row, label, item))
    key = Key(
        seed=seed,
        scorers=tuple(scorers),
        reference=tuple(reference),
        sources=tuple(_source(label, r) for label, r in zip(labels, runs, strict=True)),
        strata=_strata(types, chosen),
        entries=tuple(sorted(entries, key=lambda e: e.id)),
    )
    return Drawn(key, _orders(rows, scorers, reference, seed), len(left_out))


def stratified(types: Mapping[str, str], sample: int, random: Random) -> set[str]:
    """`sample` of the ids, drawn so that each type has its share, at least one, of them.

    `types` gives the type of each id. Shares are rounded by largest remainder: of 6 a and 3 b,
    4 are 3 a and 1 b (2.67 and 1.33). Raises InputError for a sample smaller than the number of
    types. A sample of at least all ids takes all.
    """
    sizes = Counter(types.values())
    if sample >= len(types):
        return set(types)
    if sample < len(sizes):
        raise InputError(
            f"a sample of {sample} cannot hold all {len(sizes)} types of question; "
            f"draw {len(sizes)} or more"
        )
    share = {t: sample * n / len(types) for t, n in sizes.items()}
    quota = {t: max(1, int(share[t])) for t in sizes}

    def lacks(kind: str) -> float:
        return share[kind] - quota[kind]

    while sum(quota.values()) < sample:
        quota[max((t for t in quota if quota[t] < sizes[t]), key=lacks)] += 1
    while sum(quota.values()) > sample:
        quota[min((t for t in quota if quota[t] > 1), key=lacks)] -= 1
    found: set[str] = set()
    for kind in sorted(quota):
        ids = sorted(i for i, t in types.items() if t == kind)
        found.update(random.sample(ids, quota[kind]))
    return found


def _labels(runs: Sequence[Run]) -> list[str]:
    """What the key calls each run: its system, with the folder where that is not enough."""
    folders = [r.folder.resolve() for r in runs]
    if twice := [r for r in runs if folders.count(r.folder.resolve()) > 1]:
        raise InputError(f"the run at {twice[0].folder} is named twice")
    names = Counter(r.name for r in runs)
    short = [r.name if names[r.name] == 1 else f"{r.name} ({r.folder.name})" for r in runs]
    again = Counter(short)
    return [
        s if again[s] == 1 else f"{r.name} ({r.folder})" for s, r in zip(short, runs, strict=True)
    ]


def _source(label: str, run: Run) -> Source:
    head = run.head
    return Source(label, head.system, str(run.folder), head.corpus, head.code, head.commit)


def _entry(row: Row, label: str, item: Item) -> Entry:
    gold = item.gold
    told = sha256(row.question, row.answer, row.citations)
    return Entry(row.id, label, gold.id, gold.type, item.split, item.right, told)


def _strata(types: Mapping[str, str], chosen: set[str]) -> tuple[Stratum, ...]:
    of = Counter(types.values())
    drawn = Counter(types[i] for i in chosen)
    return tuple(Stratum(t, drawn[t], of[t]) for t in sorted(of))


def _ids(n: int, random: Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < n:
        found["".join(random.choices(LETTERS, k=LETTERS_OF_ID))] = None
    return list(found)


def _orders(
    rows: Sequence[Row], scorers: Sequence[str], reference: Sequence[str], seed: int
) -> tuple[Sheet, ...]:
    """The rows for every scorer, each in an order that nobody else has if there is one."""
    bare = [_without_reference(r) for r in rows]
    orders: list[list[int]] = []
    sheets = []
    for name in scorers:
        random = Random(f"{seed} {name}")  # by name: a scorer more leaves the others' order alone
        order = list(range(len(rows)))
        for _ in range(ORDERS):
            random.shuffle(order)
            if order not in orders:
                break
        orders.append(list(order))
        given = rows if name in reference else bare
        sheets.append(Sheet(name, tuple(given[n] for n in order)))
    return tuple(sheets)


def _without_reference(row: Row) -> Row:
    return Row(row.id, row.question, row.answer, row.citations)


def _row(blind: str, item: Item, titles: Mapping[str, str]) -> Row:
    gold, given = item.gold, item.response
    no_answer = given.failed or not given.answer.strip()
    expected = gold.answer if gold.answer.strip() else NOT_STATED
    return Row(
        id=blind,
        question=_cut(clean(_question(gold.history, gold.question))),
        answer=NO_ANSWER if no_answer else _cut(clean(given.answer)),
        citations=_citations(given.citations, titles),
        reference=_cut(clean(expected)),
    )


def _question(history: Sequence[tuple[str, str]], question: str) -> str:
    if not history:
        return question
    turns = [f"{ASKED.zh}：{q}\n{ANSWERED.zh}：{a}" for q, a in history]
    return "\n".join([f"【{EARLIER.both}】", *turns, f"【{NOW.both}】", question])


def _citations(quotes: Sequence[Quote], titles: Mapping[str, str]) -> str:
    """A line for every citation, as many as a cell holds, and how many were left out."""
    if not quotes:
        return NO_CITATIONS
    lines: list[str] = []
    length, before = 0, ""
    for n, quote in enumerate(quotes):
        place = _place(quote, titles)
        told = place if place != before else SAME_PLACE
        before = place
        line = _cut(clean(f"[{quote.n}] {told}：“{' '.join(quote.quote.split())}”"))
        length += len(line) + 1
        if lines and length > CELL:
            lines.append(LEFT_OUT.format(n=len(quotes) - n))
            break
        lines.append(line)
    return "\n".join(lines)


def _place(quote: Quote, titles: Mapping[str, str]) -> str:
    """Title and path. Systems differ in how often a path says the title: here it is said once."""
    title = titles.get(quote.plan) or quote.plan
    return " › ".join((title, *dropwhile(lambda part: part == title, quote.path)))


def _cut(text: str) -> str:
    return text if len(text) <= CELL else text[:CELL] + CUT
