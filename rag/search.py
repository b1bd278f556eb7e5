"""Finding clauses: hybrid search over passages, then a reranker over the clauses of a plan.

For every clause of the plans in question six evidences are added up:

  own       how much of the matter its own heading says, weighed by rarity (idf)
  title     the same for its heading and the one above
  body      the same for the clause's own words
  sentence  the same for its best single sentence: a matter usually lives in one sentence
  dense     the best cosine of its passages with the matter (multilingual-e5), as a z-score
  sparse    the best BM25 score of its passages, as a share of the best in the plan

Headings and sentences are what a person looks for; fusion of BM25 and vectors alone puts the
right clause first about 80 times in 100, the sum 95 (254 development questions of eval/gold; the
weights were found there by random search and hold in four-fold cross-validation, 94.9; dense and
NEAR were doubled for the query adapter: of 834 questions nobody had read as many are right with
.5 to .8).

All are computed for a whole run of clauses at once (rag.coverage); a `Hit` is made only of the
clauses of plans that are answered from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.encoders import Encoder, Vectors
from index.literal import searched
from index.plan import Clause, Plan
from index.store import Index
from rag.coverage import (
    Shares,
    carried,
    coverage,
    coverage_of,
    largest,
    neighbours,
    pairs_of,
    ranges,
)
from rag.fusion import fused
from rag.hits import Entry, Hit, Near, Sentence
from rag.near import NearRows, words_of
from rag.question import Concept, Question
from rag.rarity import Rarity

WEIGHTS = {"own": 0.6, "title": 0.4, "body": 2.0, "sentence": 1.2, "dense": 0.8, "sparse": 1.2}
NEAR = 0.12  # a passage one standard deviation closer is worth this share of the matter
# Caches: what questions of one conversation come back to; more would only hold memory.
PLANS_KEPT, CONCEPTS_KEPT = 128, 10_000
QUERIES = 256  # vectors of questions kept: an encoding takes longer than all else together
# Of very many plans: passages whose closeness is looked up before any plan is chosen, and how many
# times the plans to be asked are compared in full.
PASSAGES, LOOKED_AT = 500, 10
KNOWN = 0.6  # share of a concept's pairs


@dataclass(frozen=True, slots=True)
class _Run:
    """The evidences of neighbouring plans' entries, by the names of `WEIGHTS`.

    `sentences` are the shares that each sentence carries, `rows` the cosine's z-scores of each
    passage; `at`, `sentence_at` and `row_at` are the numbers of the first of each.
    """

    at: int
    sentence_at: int
    row_at: int
    found: dict[str, Shares]
    sentences: Shares
    rows: Vectors
    score: Shares


class Searcher:
    """Search over an opened index with its encoder.

    Without `rerank` clauses are ordered by reciprocal rank fusion of BM25 and vectors alone.
    """

    def __init__(self, index: Index, encoder: Encoder, rerank: bool = True) -> None:
        self._rerank = rerank
        self._index = index
        self._encoder = encoder
        self._literal = index.literal_index()
        self._plans = index.by_id()
        self._at = index.numbers or {plan: n for n, plan in enumerate(self._plans)}
        self._ids = tuple(self._at)
        self._near = NearRows(index, self._literal, self._ids)
        self.readings = index.readings
        self.words = index.vocabulary.words
        rarity = Rarity(self._literal, self.words)
        self._weight = lru_cache(CONCEPTS_KEPT)(rarity.of)
        self._entries = lru_cache(PLANS_KEPT)(self._prepare)
        self._last: tuple[Sequence[Concept], list[float], float] = ((), [], 0.0)
        self._vector = lru_cache(QUERIES)(self._encode)

    def entries(self, plan_id: str) -> tuple[Entry, ...]:
        """The prepared clauses of a plan, in text order."""
        return self._entries(plan_id)

    def _prepare(self, plan_id: str) -> tuple[Entry, ...]:
        n, plan = self._at[plan_id], self._plans[plan_id]
        numbered = enumerate(searched(plan), int(self._literal.plan_starts[n]))
        return tuple(self._entry(plan, clause, e) for e, clause in numbered)

    def _entry(self, plan: Plan, clause: Clause, e: int) -> Entry:
        """The clause, entry number e of the index, prepared."""
        text, literal = self.readings[plan.id].text, self._literal
        sentences = tuple(
            Sentence(start, end, lo, hi, text[lo:hi], range(max(first, 0), last + 1))
            for start, end, lo, hi, first, last in literal.sentences(e).tolist()
        )
        rows = range(*literal.passage_starts[e : e + 2].tolist())
        return Entry(plan, clause, sentences, tuple(rows))

    # -- concepts -------------------------------------------------------------------------

    def weight(self, concept: Concept) -> float:
        """Rarity of the concept (rag.rarity), times its own weight."""
        return self._weight(concept)

    def coverage(self, concepts: Sequence[Concept], pairs: frozenset[str]) -> float:
        """Share, 0 to 1, of the concepts' weight that the pairs of characters carry."""
        weights, total = self._weighed(concepts)
        if not total:
            return 0.0
        return sum(w * carried(c, pairs) for c, w in zip(concepts, weights, strict=True)) / total

    def _weighed(self, concepts: Sequence[Concept]) -> tuple[list[float], float]:
        """The weights and their sum; kept until others are asked for, as those of one question are
        wanted for one sentence after another."""
        last = self._last
        if last[0] is not concepts:
            weights = [self.weight(c) for c in concepts]
            last = self._last = (concepts, weights, sum(weights))
        return last[1:]

    def carried_weight(self, concepts: Sequence[Concept], pairs: frozenset[str]) -> float:
        """Weight (idf) of the concepts that the pairs of characters carry."""
        return sum(self.weight(c) * carried(c, pairs) for c in concepts)

    def known(self, concept: Concept, plan_id: str = "") -> bool:
        """Whether the plan (any plan) prints most of the concept, in whatever place."""
        literal, n = self._literal, self._at.get(plan_id, 0)
        span = (0, literal.entries) if not plan_id else literal.plan_starts[n : n + 2].tolist()
        words = {p for w in (concept.said, *concept.carriers) for p in pairs_of(w)}
        printed = frozenset(p for p in words if len(literal.holding("whole", p, *span)))
        return carried(concept, printed) >= KNOWN

    def _encode(self, text: str) -> Vectors:
        vector: Vectors = self._encoder.encode_query([text])[0]
        return vector

    # -- search ---------------------------------------------------------------------------

    def rank(
        self, question: Question, plan_ids: Sequence[str], most: int = 0
    ) -> dict[str, tuple[Hit, ...]]:
        """All clauses of each plan, best first. Ties keep the text's order.

        With `most`, only of the plans whose best clause scores highest, in the order given.
        """
        query = words_of(question)
        vector = self._vector(question.searched)
        if 0 < most < len(plan_ids) and self._index.dense.approximate:
            plan_ids = self._likely(question, query, vector, plan_ids, most)
        runs = self._runs(question, query, vector, plan_ids)
        chosen = plan_ids
        if 0 < most < len(plan_ids):
            tops = self._tops(runs)
            best = set(sorted(plan_ids, key=lambda p: -tops[p])[:most])
            chosen = [p for p in plan_ids if p in best]
        return {p: self._hits(p, *self._found(runs, p)) for p in chosen}

    def _found(self, runs: Sequence[tuple[int, int, _Run]], plan: str) -> tuple[_Run, int]:
        """The run that the plan is in, and its number."""
        n = self._at[plan]
        return runs[bisect_right(runs, n, key=lambda r: r[0]) - 1][2], n

    def _runs(
        self,
        question: Question,
        query: str,
        vector: Vectors,
        plan_ids: Sequence[str],
        close: Vectors | None = None,
    ) -> list[tuple[int, int, _Run]]:
        """The evidences of all clauses of the plans, neighbours together: from plan number, to."""
        return [
            (first, last, self._score(question, query, vector, first, last, close))
            for first, last in neighbours(sorted(self._at[p] for p in plan_ids))
        ]

    def _tops(self, runs: Sequence[tuple[int, int, _Run]]) -> dict[str, float]:
        """The score of the best clause of each plan."""
        found: dict[str, float] = {}
        for first, last, run in runs:
            starts = self._literal.plan_starts[first : last + 1] - run.at
            best = np.maximum(largest(run.score, starts), 0.0)
            found.update(zip(self._ids[first:last], best.tolist(), strict=True))
        return found

    def _likely(
        self, question: Question, query: str, vector: Vectors, plan_ids: Sequence[str], most: int
    ) -> list[str]:
        """The plans whose best clause scores highest, where not every passage can be compared.

        First all passages but those found near count as of middling closeness. Then, of the plans
        that score highest so, `LOOKED_AT` times as many as wanted, every passage is compared.
        """
        dense = self._index.dense
        mean, deviation = dense.spread(vector)
        rows = dense.nearest(vector, PASSAGES)
        close = np.zeros(len(dense), dtype=np.float32)
        close[rows] = (dense.at(vector, rows) - mean) / deviation
        runs = self._runs(question, query, vector, plan_ids, close)
        tops = self._tops(runs)
        few = sorted(plan_ids, key=lambda p: -tops[p])[: LOOKED_AT * most]
        exact: dict[str, float] = {}
        for plan in few:
            run, n = self._found(runs, plan)
            lo, hi = self._literal.plan_starts[n : n + 2].tolist()
            passages = self._literal.passage_starts[lo : hi + 1]
            told = (dense.scores(vector, *passages[[0, -1]].tolist()) - mean) / deviation
            entries = slice(lo - run.at, hi - run.at)
            more = largest(told, passages - passages[0]) - run.found["dense"][entries]
            exact[plan] = (run.score[entries] + WEIGHTS["dense"] * more).max(initial=0.0)
        best = set(sorted(few, key=lambda p: -exact[p])[:most])
        return [p for p in plan_ids if p in best]

    def nearest(self, question: Question) -> tuple[Near, ...]:
        """The clauses of all plans that are nearest to the question, in words or in meaning."""
        vector = self._vector(question.searched)
        rows = self._near.rows(vector, words_of(question))
        starts = self._literal.passage_starts
        entries = np.unique(np.searchsorted(starts, sorted(rows), "right") - 1)
        passages, of = ranges(starts, entries)
        whole, said = self._carried(question, entries)
        mean, deviation = self._index.dense.spread(vector)
        dense = (self._index.dense.at(vector, passages) - mean) / deviation
        plans = np.searchsorted(self._literal.plan_starts, entries, "right") - 1
        told = zip(
            plans.tolist(),
            whole.tolist(),
            said.tolist(),
            largest(dense, of).tolist(),
            strict=True,
        )
        return tuple(Near(self._ids[plan], *shares) for plan, *shares in told)

    def _carried(self, question: Question, entries: NDArray[np.int64]) -> tuple[Shares, Shares]:
        """The shares of the matter that each entry, and its best sentence with its headings, carry.

        The same as `coverage` of their words, without reading the plans they are of.
        """
        literal, concepts = self._literal, question.concepts
        weights = {c.said: self.weight(c) for c in concepts}
        sentences, starts = ranges(literal.sentence_starts, entries)
        entry = np.repeat(np.arange(len(entries)), np.diff(starts))

        @lru_cache(None)
        def in_sentence(token: str) -> NDArray[np.bool_]:
            title = literal.having("title", token, entries)[entry]
            found: NDArray[np.bool_] = literal.having("sentence", token, sentences) | title
            return found

        @lru_cache(None)
        def in_entry(token: str) -> NDArray[np.bool_]:
            return literal.having("whole", token, entries)

        said = coverage_of(in_sentence, len(sentences), concepts, weights)
        return coverage_of(in_entry, len(entries), concepts, weights), largest(said, starts)

    def _score(
        self,
        question: Question,
        query: str,
        vector: Vectors,
        first: int,
        last: int,
        close: Vectors | None,
    ) -> _Run:
        """The evidences of plans number `first` to `last`; `close` are the cosines' z-scores of all
        passages where they are known."""
        literal = self._literal
        plans = literal.plan_starts[first : last + 1]
        of = slice(plans[0], plans[-1] + 1)
        starts, passages = literal.sentence_starts[of], literal.passage_starts[of]
        span, row_at = (int(plans[0]), int(plans[-1])), int(passages[0])
        weights = {c.said: self.weight(c) for c in question.concepts}

        def covered(level: str, span: tuple[int, int]) -> Shares:
            return coverage(literal, level, span, question.concepts, weights)

        sentences = covered("sentence", (int(starts[0]), int(starts[-1])))
        if close is None:
            mean, deviation = self._index.dense.spread(vector)
            rows = (self._index.dense.scores(vector, row_at, int(passages[-1])) - mean) / deviation
        else:
            rows = close[row_at : int(passages[-1])]
        sparse = largest(
            self._index.sparse.scores(query, row_at, int(passages[-1])), passages - row_at
        )
        top = np.repeat(largest(sparse, plans - plans[0]), np.diff(plans))
        found = {
            "own": covered("own", span),
            "title": covered("title", span),
            "body": covered("whole", span),
            "sentence": largest(sentences, starts - starts[0]),
            "dense": largest(rows, passages - row_at),
            "sparse": np.divide(sparse, top, out=np.zeros_like(sparse), where=top > 0),
        }
        score: Shares = sum(WEIGHTS[name] * found[name] for name in WEIGHTS)  # type: ignore[assignment]
        return _Run(span[0], int(starts[0]), row_at, found, sentences, rows, score)

    def _hits(self, plan_id: str, run: _Run, n: int) -> tuple[Hit, ...]:
        """The clauses of a plan, number `n`, best first."""
        lo, hi = (self._literal.plan_starts[n : n + 2] - run.at).tolist()
        entries = self.entries(plan_id)
        if self._rerank:
            order = np.argsort(-run.score[lo:hi], kind="stable").tolist()
            return tuple(self._hit(entries[n], run, lo + n) for n in order)
        hits = [self._hit(entry, run, lo + n) for n, entry in enumerate(entries)]
        fusion = fused(hits, best=sum(WEIGHTS.values()))
        return tuple(sorted(fusion, key=lambda h: -h.score))

    def _hit(self, entry: Entry, run: _Run, at: int) -> Hit:
        first, last = (
            self._literal.sentence_starts[run.at + at : run.at + at + 2] - run.sentence_at
        ).tolist()
        best = float(run.found["sentence"][at])
        found = entry.sentences[int(run.sentences[first:last].argmax())] if best else None
        return Hit(
            entry,
            float(run.score[at]),
            float(run.found["body"][at]),
            float(run.found["title"][at]),
            float(run.found["dense"][at]),
            float(run.found["sparse"][at]),
            found,
            best,
            {row: float(run.rows[row - run.row_at]) for row in entry.rows},
        )

    def sentence_coverage(self, question: Question, sentence: Sentence) -> float:
        """Share of the matter that the sentence carries."""
        return self.coverage(question.concepts, sentence.pairs)

    def sentence_value(self, question: Question, hit: Hit, sentence: Sentence) -> float:
        """How well the sentence answers: its coverage, and how close it is in meaning."""
        near = max(0.0, hit.closest(sentence) or 0.0)
        return self.sentence_coverage(question, sentence) + NEAR * near
