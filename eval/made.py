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
from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from index import store
from index.corpus import corpus_hash, load_corpus
from index.dense import DenseIndex
from index.encoders import Vectors
from index.passages import make_passages
from index.plan import Clause, Passage, Plan
from index.sparse import SparseIndex
from index.store import Index
from rag.cli import corpus_folder, open_assistant

SEED = 20251
# Enough that no two made plans are alike, little enough that they still read as plans.
DROPPED, EXCHANGED = 0.05, 0.03
MOVED = 0.2  # length of the random step by which a unit vector is moved before it is scaled back
SYLLABLES = "安白昌川大东丰广和华江金景康乐林龙明南宁平青清泉荣山石泰通文武溪兴阳义永玉云长中"
ENDINGS = "县区市"
FIGURE = re.compile(r"(?<![\d〔\[（(年月第—-])(?!20\d\d)\d{2,5}(?![\d年月日号〕\]—-])")
WORD = re.compile(r"[\u4e00-\u9fff]{2}")
KEY_CHARS = 12  # a passage's last characters by which the one it was made of is known again


def make(places: Namespace, folder: Path, size: int) -> None:
    """Writes a corpus of `size` plans into folder/corpus and its index into folder/index.

    The plans of the corpus come first, as they are; the others are made of them in turn.
    """
    real = open_assistant(places).index
    corpus = folder / "corpus"
    corpus.mkdir()
    for path in sorted(corpus_folder(places).glob("*.txt"))[:size]:
        (corpus / path.name).write_bytes(path.read_bytes())
    pool = sorted(w for w in real.vocabulary.words if any(w in p.source for p in real.plans))
    for n, name in zip(range(len(real.plans), size), invented_places(), strict=False):
        plan = real.plans[n % len(real.plans)]
        text = made_of(plan, name, pool, random.Random(SEED + n))
        # "x" sorts the made plans behind the real ones, whatever those are called
        (corpus / f"x{n:05}.txt").write_text(text, "utf-8")
    loaded = load_corpus(corpus)
    passages = tuple(p for plan, reading in loaded for p in make_passages(plan, reading))
    index = Index(
        plans=tuple(plan for plan, _ in loaded),
        passages=passages,
        dense=DenseIndex.build(_vectors(real, passages)),
        sparse=SparseIndex.build([p.text for p in passages]),
        vocabulary=real.vocabulary,
        encoder=real.encoder,
        corpus=corpus_hash(corpus),
        readings={plan.id: reading for plan, reading in loaded},
    )
    store.save(index, folder / "index")


def invented_places() -> Iterator[str]:
    """Names of places, each once, of two syllables and an ending."""
    for ending, first, second in product(ENDINGS, SYLLABLES, SYLLABLES):
        if first != second:
            yield first + second + ending


def made_of(plan: Plan, place: str, pool: Sequence[str], chance: random.Random) -> str:
    """The text of another plan made of this one; words of `pool` are exchanged among each other."""
    text = _reordered(plan, chance)
    if plan.place:
        text = text.replace(plan.place, place).replace(plan.place[:-1], place[:-1])
    text = FIGURE.sub(lambda m: str(chance.randrange(10 ** (len(m[0]) - 1), 10 ** len(m[0]))), text)
    known = set(pool)

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


def _vectors(real: Index, passages: Sequence[Passage]) -> Vectors:
    """A unit vector a passage; see the module's text."""
    chance = np.random.default_rng(SEED)
    rows = real.dense.vectors()
    like = {_key(p): n for n, p in enumerate(real.passages)}
    of = [like.get(_key(p), -1) for p in passages]
    at = np.where(np.array(of) < 0, chance.integers(0, len(rows), len(of)), of)
    step = chance.standard_normal((len(of), rows.shape[1]), dtype=np.float32)
    moved = rows[at] + step * np.float32(MOVED / rows.shape[1] ** 0.5)
    unit: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return unit


def _key(passage: Passage) -> str:
    return passage.text[-KEY_CHARS:]
