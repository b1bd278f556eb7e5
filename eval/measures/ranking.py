"""Ranking measures over the ranks of a question's evidence (see eval.evidence).

`ranks` has one entry a relevant piece: its rank from 1, or None if it was not retrieved. Since
every piece is relevant to the same degree, the ranks are all that the measures need. The
definitions are those of trec_eval; tests hold them against ir_measures to 1e-9.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Ranks = Sequence[int | None]


def success(ranks: Ranks, k: int) -> float:
    """1 if any piece is among the first k, else 0.

    >>> success([3, None], 5), success([3, None], 2)
    (1.0, 0.0)
    """
    return float(any(r is not None and r <= k for r in ranks))


def recall(ranks: Ranks, k: int) -> float:
    """Share of the pieces among the first k; 0 without pieces.

    >>> recall([1, 6, None, 4], 5)
    0.5
    """
    return sum(r is not None and r <= k for r in ranks) / len(ranks) if ranks else 0.0


def reciprocal_rank(ranks: Ranks) -> float:
    """1 over the rank of the first piece found, 0 if none was (Kantor and Voorhees, TREC-5).

    >>> reciprocal_rank([None, 4, 2])
    0.5
    """
    return 1 / min((r for r in ranks if r is not None), default=math.inf)


def ndcg(ranks: Ranks, k: int) -> float:
    """Discounted gain of the first k against that of the best order; 0 without pieces.

    A piece at rank r gains 1 / log2(r + 1) (Järvelin and Kekäläinen 2002). With two pieces at
    ranks 1 and 3: (1 + 1/2) / (1 + 1/log2(3)) = 1.5 / 1.6309 = 0.9197.

    >>> round(ndcg([1, 3], 10), 4)
    0.9197
    """
    best = sum(_gain(r) for r in range(1, min(len(ranks), k) + 1))
    return sum(_gain(r) for r in ranks if r is not None and r <= k) / best if best else 0.0


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 1)
