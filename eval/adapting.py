"""Fitting the query adapter (index.adapter) on questions with the passages that answer them.

The loss is the usual one of retrieval (InfoNCE: van den Oord et al. 2018, arXiv 1807.03748): of
all passages of its corpus the question should lie nearest to those that hold its evidence. Only
the question's side is turned, and only by the product of two matrices (the form of LoRA: Hu et al.
2021, arXiv 2106.09685), so that some thousand questions do not merely teach it the passages by
heart. Fitted with AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.folds import dealt
from eval.gold import GOLD, UNREAD, Gold, purpose_of, read_gold, split_of
from eval.jsonlines import numbered
from index.adapter import Adapter
from index.encoders import BundledEncoder, Vectors, adapted
from index.errors import InputError
from rag.assistant import Assistant

TRAINING = Path(__file__).resolve().parent / "training"

RANK, EPOCHS, BATCH = 128, 20, 64
FOLDS = 5
# Found on unread questions (the share with the right passage first and among the first three, and
# how far the own plan's best passage lies before the others' where the plan does not answer), of
# plans fitted on and of plans left out: .02 at rank 64 is worse on the first, .01 at 256 on the
# second; a hidden layer is worse on both, a mean of fits hardly better.
TEMPERATURE, RATE, DECAY, BEGIN = 0.015, 2e-3, 1e-3, 0.03
MOMENTUM, SPREAD, TINY = 0.9, 0.999, 1e-8
SEED = 20240229


@dataclass(frozen=True, slots=True)
class Example:
    """A question's vector and the rows of its corpus that hold its evidence; `id` is the gold's."""

    id: str
    vector: Vectors
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """The passages of one corpus (n, dim) and the questions about them."""

    passages: Vectors
    examples: tuple[Example, ...]

    def without(self, ids: Iterable[str]) -> Task:
        """The same without the questions of these ids."""
        left = set(ids)
        return Task(self.passages, tuple(e for e in self.examples if e.id not in left))


def training_files(of: str = "") -> list[Path]:
    """The files of questions to fit on: dev gold that is read, and questions with evidence alone.

    `of` "other" gives those on other plans.
    """
    gold = sorted((GOLD / of).glob("*.dev.jsonl"))
    return [f for f in gold if purpose_of(f) != UNREAD] + [TRAINING / f"{of or 'own'}.jsonl"]


def training_task(assistant: Assistant, paths: Sequence[Path]) -> Task:
    """The questions of the files, to be fitted on. Raises InputError for a faulty line, and where
    the encoder is not the one that is adapted."""
    if not isinstance(assistant.encoder, BundledEncoder):
        raise InputError("only the bundled encoder is adapted; leave --encoder out")
    assistant = Assistant(assistant.index, adapted(assistant.encoder, None))
    gold = [f for f in paths if split_of(f)]
    asked = (g for f in paths if f not in gold for g in _asked(f))
    return task_of(assistant, [*read_gold(gold), *asked])


def _asked(path: Path) -> Iterator[Gold]:
    """Questions with nothing but the evidence that answers them."""
    for n, record in numbered(path):
        try:
            doc, evidence = tuple(record["doc"]), tuple(record["evidence"])
            question = (str(record["id"]), doc, str(record["lang"]), "", str(record["question"]))
        except (KeyError, TypeError) as error:
            raise InputError(f"{path}:{n}: lacks {error}") from error
        yield Gold(*question, "", (), (), evidence)


def task_of(assistant: Assistant, questions: Iterable[Gold]) -> Task:
    """The questions of one plan, asked without turns before them, whose evidence is a passage's.

    The question's vector is the one that is searched with, before any adapter.
    """
    index, encoder = assistant.index, assistant.encoder
    sources = {p.id: p.source for p in index.plans}
    placed = [(p.plan, p.start, p.end) for p in index.passages]
    examples = []
    for gold in questions:
        if len(gold.doc) != 1 or gold.history or not gold.answerable:
            continue
        rows = tuple(_rows(placed, gold, sources[gold.doc[0]]))
        if rows:
            searched = assistant.understand(gold.question).searched
            vector = encoder.encode_query([searched])[0]
            examples.append(Example(gold.id, vector, rows))
    return Task(index.dense.vectors(), tuple(examples))


def _rows(placed: Sequence[tuple[str, int, int]], gold: Gold, source: str) -> Iterator[int]:
    """The rows of the passages in which the evidence stands."""
    for piece in gold.evidence:
        at = source.find(piece)
        if at >= 0:
            end = at + len(piece)
            yield from (
                n
                for n, (p, lo, hi) in enumerate(placed)
                if p == gold.doc[0] and lo < end and at < hi
            )


class _Steps:
    """AdamW for one matrix."""

    def __init__(self, start: NDArray[np.float64]) -> None:
        self.value = start
        self._mean, self._square, self._n = np.zeros_like(start), np.zeros_like(start), 0

    def step(self, slope: NDArray[np.float64]) -> None:
        self._n += 1
        self._mean = MOMENTUM * self._mean + (1 - MOMENTUM) * slope
        self._square = SPREAD * self._square + (1 - SPREAD) * slope**2
        mean = self._mean / (1 - MOMENTUM**self._n)
        square = self._square / (1 - SPREAD**self._n)
        self.value = self.value * (1 - RATE * DECAY) - RATE * mean / (np.sqrt(square) + TINY)


def fit(tasks: Sequence[Task], epochs: int = EPOCHS) -> Adapter:
    """The adapter under which the questions lie nearest to their passages."""
    dim = tasks[0].passages.shape[1]
    dice = np.random.default_rng(SEED)
    down, up = _Steps(dice.normal(0, BEGIN, (dim, RANK))), _Steps(np.zeros((RANK, dim)))
    for _ in range(epochs):
        for passages, batch in _batches(tasks, dice):
            for matrix, slope in zip((down, up), _slopes(passages, batch, down, up), strict=True):
                matrix.step(slope)
    return Adapter(down.value.astype(np.float32), up.value.astype(np.float32))


def _batches(
    tasks: Sequence[Task], dice: np.random.Generator
) -> Iterator[tuple[Vectors, list[Example]]]:
    """All questions once, in batches of one corpus each, in any order."""
    batches = []
    for task in tasks:
        order = dice.permutation(len(task.examples)).tolist()
        batches += [
            (task.passages, [task.examples[n] for n in order[at : at + BATCH]])
            for at in range(0, len(order), BATCH)
        ]
    yield from (batches[n] for n in dice.permutation(len(batches)).tolist())


def _slopes(
    passages: Vectors, batch: Sequence[Example], down: _Steps, up: _Steps
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The slopes of the batch's mean loss by `down` and by `up`."""
    asked = np.stack([e.vector for e in batch]).astype(np.float64)
    low = asked @ down.value
    turned = asked + low @ up.value
    length = np.linalg.norm(turned, axis=1, keepdims=True)
    unit = turned / length
    likeness = (unit.astype(np.float32) @ passages.T).astype(np.float64) / TEMPERATURE
    right = np.zeros(likeness.shape, dtype=bool)
    for n, example in enumerate(batch):
        right[n, list(example.rows)] = True
    wrong = _softmax(likeness) - _softmax(np.where(right, likeness, -np.inf))
    by_unit = (wrong.astype(np.float32) @ passages).astype(np.float64) / TEMPERATURE / len(batch)
    by_turned = (by_unit - (by_unit * unit).sum(axis=1, keepdims=True) * unit) / length
    return asked.T @ (by_turned @ up.value.T), low.T @ by_turned


def _softmax(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def crossed(
    tasks: Sequence[Task], groups: Mapping[str, str], epochs: int = EPOCHS
) -> Iterator[tuple[Adapter, list[str]]]:
    """Adapters, each with the questions (by id) that it was not fitted on, nor on their twins.

    `groups` gives the group of each question; those of a group are never parted.
    """
    fold = dealt(groups.values(), FOLDS, SEED)
    for n in range(FOLDS):
        inside = [i for i, g in groups.items() if fold[g] == n]
        if inside:
            yield fit([t.without(inside) for t in tasks], epochs), inside


def nearest_right(task: Task, adapter: Adapter | None, first: int = 1) -> float:
    """The share of the questions with one of their passages among the `first` nearest, 0 to 1."""
    asked = np.stack([e.vector for e in task.examples])
    likeness = (adapter(asked) if adapter else asked) @ task.passages.T
    order = np.argsort(-likeness, axis=1)[:, :first]
    found = [bool(set(o.tolist()) & set(e.rows)) for o, e in zip(order, task.examples, strict=True)]
    return sum(found) / len(found)
