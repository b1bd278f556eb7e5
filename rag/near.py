"""The passages of all plans that are nearest to a question, in words or in meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.encoders import Vectors
from index.literal import Literal
from index.store import Index
from rag.question import Question

NEAREST = 40  # passages: the clauses that answer are among the first ten in 98 of 100 questions


class NearRows:
    """Finds rows of an index; `ids` are the plans in the order of their rows."""

    def __init__(self, index: Index, literal: Literal, ids: Sequence[str]) -> None:
        self._dense, self._sparse = index.dense, index.sparse
        self._by_id = np.argsort(np.argsort(np.array(ids)))
        self._row_starts = literal.passage_starts[literal.plan_starts]

    def rows(self, vector: Vectors, query: str) -> set[int]:
        """The rows with the best cosines and the best BM25 scores."""
        return {*self._closest(vector), *self._top(self._sparse.scores(query))}

    def _closest(self, vector: Vectors) -> list[int]:
        """The rows nearest to the vector, `NEAREST` of them; found approximately among many."""
        dense = self._dense
        if not dense.approximate:
            return self._top(dense.scores(vector))
        rows = dense.nearest(vector, NEAREST)
        best = np.argsort(-dense.at(vector, rows), kind="stable")[:NEAREST]
        return [int(row) for row in rows[best]]

    def _top(self, scores: Vectors) -> list[int]:
        """The rows of the `NEAREST` largest scores; of equal ones those of the first plans by id,
        so that it does not matter in which order plans came into the index."""
        if len(scores) <= NEAREST:
            return list(range(len(scores)))
        least = np.partition(scores, -NEAREST)[-NEAREST]
        above, equal = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
        wanted = NEAREST - len(above)
        if len(equal) > wanted:
            plans = np.searchsorted(self._row_starts, equal, "right") - 1
            equal = equal[np.lexsort((equal, self._by_id[plans]))][:wanted]
        return [*above.tolist(), *equal.tolist()]


def words_of(question: Question) -> str:
    """What is searched word by word: the matter, and plan words for its lay words."""
    return " ".join([question.matter, *(w for c in question.concepts for w in c.words[1:3])])
