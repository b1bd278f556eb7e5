"""Building the index: corpus folder -> plans -> passages -> vectors -> a saved index."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from index import store
from index.corpus import corpus_hash, load_corpus
from index.dense import DenseIndex
from index.encoders import Encoder, Vectors
from index.errors import CorpusError
from index.passages import make_passages
from index.placenames import told_apart
from index.sparse import SparseIndex
from index.store import Index
from index.vocabulary import build_vocabulary

BATCH = 8  # passages a progress step; small, so that the bar moves on a slow machine


def build(corpus: Path, folder: Path, encoder: Encoder, progress: bool = True) -> Index:
    """Builds the index of a corpus and saves it in `folder`; returns it opened.

    Raises InputError for an unusable corpus or a folder that cannot be written. An index that
    was there before goes on serving until the new one is complete.
    """
    store.check_writable(folder)
    digest = corpus_hash(corpus)
    loaded = load_corpus(corpus)
    passages = tuple(p for plan, reading in loaded for p in make_passages(plan, reading))
    if not passages:
        raise CorpusError(f"the plans in {corpus} hold no text to index")
    texts = [p.text for p in passages]
    index = Index(
        plans=told_apart([plan for plan, _ in loaded]),
        passages=passages,
        dense=DenseIndex.build(_encode(encoder, texts, progress)),
        sparse=SparseIndex.build(texts),
        vocabulary=build_vocabulary(plan.source for plan, _ in loaded),
        encoder=encoder.name,
        corpus=digest,
        readings={plan.id: reading for plan, reading in loaded},
    )
    store.save(index, folder)
    return index


def _encode(encoder: Encoder, texts: list[str], progress: bool) -> Vectors:
    from tqdm import tqdm

    bar = tqdm(
        total=len(texts),
        desc="embedding clauses",
        unit="clause",
        file=sys.stderr,
        disable=not progress,
        leave=False,
    )
    rows: list[Vectors] = []
    with bar:
        for at in range(0, len(texts), BATCH):
            rows.append(encoder.encode_document(texts[at : at + BATCH]))
            bar.update(len(rows[-1]))
    if not rows:
        return np.zeros((0, encoder.dim), dtype=np.float32)
    return np.concatenate(rows)
