"""Made corpora of any size, to measure how speed and size grow with the number of plans.

A made plan is a real one changed: another place, other figures, neighbouring clauses in another
order, some clauses left out, some words exchanged. It is read like any plan. Embedding tens of
thousands of passages would take hours and tell nothing of speed, so a passage gets the vector of
a real passage, if possible of the one it was made of, moved a little. Answers over made plans mean
nothing; times do.
"""

from __future__ import annotations

import random
import re
import time
import zlib
from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import islice, product
from pathlib import Path

import numpy as np

from index.build import follow
from index.encoders import Vectors
from index.plan import Clause, Plan
from index.store import Index
from rag.cli import corpus_folder, open_assistant

SEED = 20251
# Enough that no two made plans are alike, little enough that they still read as plans.
DROPPED, EXCHANGED = 0.05, 0.03
MOVED = 0.2  # length of the random step by which a unit vector is moved before it is scaled back
SYLLABLES = "安白昌川大东丰广和华江金景康乐林龙明南宁平青清泉荣山石泰通文武溪兴阳义永玉云长中"
ENDINGS = "县区市旗"
FIGURE = re.compile(r"(?<![\d〔\[（(年月第—-])(?!20\d\d)\d{2,5}(?![\d年月日号〕\]—-])")
WORD = re.compile(r"[\u4e00-\u9fff]{2}")
KEY_CHARS = 12  # a passage's last characters by which the one it was made of is known again


def make(places: Namespace, folder: Path, size: int) -> float:
    """Makes the corpus in folder/corpus one of `size` plans and folder/index its index.

    The plans of the corpus come first, as they are; the others are made of them in turn. What is
    there already, of a smaller size, is added to. Returns how many plans were read and written a
    second.
    """
    real = open_assistant(places).index
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for path in sorted(corpus_folder(places).glob("*.txt"))[:size]:
        if not (corpus / path.name).exists():
            (corpus / path.name).write_bytes(path.read_bytes())
    pool = sorted(w for w in real.vocabulary.words if any(w in p.source for p in real.plans))
    known = frozenset(pool)
    for n, name in zip(range(len(real.plans), size), invented_places(), strict=False):
        # "x" sorts the made plans behind the real ones, whatever those are called
        path = corpus / f"x{n:05}.txt"
        if not path.exists():
            plan = real.plans[n % len(real.plans)]
            path.write_text(made_of(plan, name, pool, random.Random(SEED + n), known), "utf-8")
    began = time.perf_counter()
    change = follow(corpus, folder / "index", MovedEncoder(real), progress=False)
    return len(change.put) / (time.perf_counter() - began) if change else 0.0


def more(places: Namespace, size: int, count: int) -> Iterator[str]:
    """The texts of so many plans that a corpus of that size has not."""
    real = open_assistant(places).index
    pool = sorted(w for w in real.vocabulary.words if any(w in p.source for p in real.plans))
    names = islice(invented_places(), size, None)
    for n, name in zip(range(size, size + count), names, strict=False):
        yield made_of(real.plans[n % len(real.plans)], name, pool, random.Random(SEED + n))


def invented_places() -> Iterator[str]:
    """Names of places, each once, of two or three syllables and an ending."""
    for syllables in (2, 3):
        for ending, *name in product(ENDINGS, *[SYLLABLES] * syllables):
            if len(set(name)) == syllables:
                yield "".join(name) + ending


def made_of(
    plan: Plan,
    place: str,
    pool: Sequence[str],
    chance: random.Random,
    known: frozenset[str] = frozenset(),
) -> str:
    """The text of another plan made of this one; words of `pool` are exchanged among each other.

    `known` are the same words as a set, for whoever makes many.
    """
    known = known or frozenset(pool)
    text = _reordered(plan, chance)
    if plan.place:
        text = text.replace(plan.place, place).replace(plan.place[:-1], place[:-1])
    text = FIGURE.sub(lambda m: str(chance.randrange(10 ** (len(m[0]) - 1), 10 ** len(m[0]))), text)

    def exchanged(found: re.Match[str]) -> str:
        word = found.group(0)
        return chance.choice(pool) if word in known and chance.random() < EXCHANGED else word

    return WORD.sub(exchanged, text)


def _reordered(plan: Plan, chance: random.Random) -> str:
    """The source with the leaves under each clause in another order, numbers staying in place."""
    text = plan.source
    for clause in reversed(plan.clauses):
        leaves = [c for c in plan.children(clause) if not c.children and _numbered(plan, c)]
        told = [plan.source[c.start + len(c.number) : c.end] for c in leaves]
        chance.shuffle(told)
        for leaf, words in reversed(list(zip(leaves, told, strict=True))):
            kept = leaf.number + words if chance.random() >= DROPPED else ""
            text = text[: leaf.start] + kept + text[leaf.end :]
    return text


def _numbered(plan: Plan, clause: Clause) -> bool:
    return bool(clause.number) and plan.source.startswith(clause.number, clause.start)


class MovedEncoder:
    """Gives a passage the vector of a real one, moved; see the module's text."""

    def __init__(self, real: Index) -> None:
        self.name = real.encoder
        self.dim = real.dense.dim
        self._rows = real.dense.vectors()
        self._like = {_key(p.text): n for n, p in enumerate(real.passages)}

    def encode_document(self, texts: list[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            chance = np.random.default_rng([SEED, zlib.crc32(text.encode())])
            at = self._like.get(_key(text), -1)
            row[:] = self._rows[at if at >= 0 else chance.integers(len(self._rows))]
            row += chance.standard_normal(self.dim, dtype=np.float32) * MOVED / self.dim**0.5
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    encode_query = encode_document


def _key(text: str) -> str:
    return text[-KEY_CHARS:]
