"""Reciprocal rank fusion: the order of clauses where they are not reranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.hits import Hit

RRF = 60  # Cormack, Clarke and Büttcher, SIGIR 2009, who found the value to matter little


def fused(hits: Sequence[Hit], best: float) -> list[Hit]:
    """The hits scored by reciprocal rank fusion of their cosine and their BM25 score.

    The sum is scaled so that the best possible is `best`, that of the reranker: composers that
    weigh a clause's score against others see numbers of the same size.
    """
    scale = best * (RRF + 1) / 2
    sums = dict.fromkeys(range(len(hits)), 0.0)
    for key in (lambda n: hits[n].dense, lambda n: hits[n].sparse):
        for rank, n in enumerate(sorted(sums, key=key, reverse=True), 1):
            sums[n] += 1 / (RRF + rank)
    return [replace(hit, score=scale * sums[n]) for n, hit in enumerate(hits)]
