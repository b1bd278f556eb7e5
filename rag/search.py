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
weights were found there by random search and hold in four-fold cross-validation, 94.9).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from index.encoders import Encoder, Vectors
from index.passages import body_span
from index.plan import Clause, Plan
from index.reading import Reading
from index.store import Index
from index.tokens import bigrams, tokens
from rag.lexicon import function_chars
from rag.question import Concept, Question

WEIGHTS = {"own": 0.6, "title": 0.4, "body": 2.0, "sentence": 1.2, "dense": 0.4, "sparse": 1.2}
SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
# A word of the language that no plan has: lay speech as often as a matter that is missing.
UNKNOWN_WORD = 0.35
JUNK = 0.12  # a pair of characters that is no word and occurs nowhere: the seam between words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a clause: its span in the source and in the reading text, its words."""

    start: int
    end: int
    lo: int
    hi: int
    text: str
    pairs: frozenset[str]
    row: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause prepared for search."""

    plan: Plan
    clause: Clause
    own: frozenset[str]
    title: frozenset[str]
    body: frozenset[str]
    sentences: tuple[Sentence, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found: its score, how much of the matter it covers, and its best sentence.

    `closeness` gives the cosine's z-score of each of its passages by row.
    """

    entry: Entry
    score: float
    coverage: float
    title: float
    dense: float
    sparse: float
    sentence: Sentence | None
    sentence_coverage: float
    closeness: dict[int, float]

    @property
    def clause(self) -> Clause:
        return self.entry.clause

    @property
    def plan(self) -> Plan:
        return self.entry.plan


@dataclass(frozen=True, slots=True)
class Near:
    """A clause of some plan near the question: the share of the matter that it and that its best
    sentence (with the headings) carry, and the z-score of its best passage's cosine."""

    plan: str
    coverage: float
    sentence: float
    dense: float


QUERIES = 256  # vectors of questions kept: an encoding takes longer than all else together
NEAREST = 40  # passages: the clauses that answer are among the first ten in 98 of 100 questions
KNOWN = 0.6  # share of a concept's pairs


class Searcher:
    """Search over an opened index with its encoder.

    Without `rerank` clauses are ordered by reciprocal rank fusion of BM25 and vectors alone.
    """

    def __init__(self, index: Index, encoder: Encoder, rerank: bool = True) -> None:
        self._rerank = rerank
        self._index = index
        self._encoder = encoder
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(index.passages):
            rows.setdefault(passage.clause, []).append(row)
        ends = {row: passage.end for row, passage in enumerate(index.passages)}
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self.readings: dict[str, Reading] = {}
        for plan in index.plans:
            reading = index.readings[plan.id]
            self.readings[plan.id] = reading
            self._entries[plan.id] = tuple(
                _entry(plan, reading, c, tuple(rows.get(c.id, ())), ends)
                for c in plan.clauses
                if c.level not in ("plan", "tail")
            )
        counts: Counter[str] = Counter()
        total = 0
        for entries in self._entries.values():
            for entry in entries:
                counts.update(entry.body | entry.title)
                total += 1
        self._idf = {t: math.log(1 + (total - n + 0.5) / (n + 0.5)) for t, n in counts.items()}
        self._function = set(function_chars())
        self._present = {
            plan: frozenset(p for e in entries for p in e.body | e.title)
            for plan, entries in self._entries.items()
        }
        self._of_row = {r: e for es in self._entries.values() for e in es for r in e.rows}
        self._vector = lru_cache(maxsize=QUERIES)(self._encode)
        self._idf_max = math.log(1 + (total + 0.5) / 0.5)

    def entries(self, plan_id: str) -> tuple[Entry, ...]:
        """The prepared clauses of a plan, in text order."""
        return self._entries[plan_id]

    # -- concepts -------------------------------------------------------------------------

    def weight(self, concept: Concept) -> float:
        """Rarity of the concept: the idf of its rarest usable word, times its own weight.

        A pair of characters found nowhere is the seam between two words, unless the language
        has it as a word: then it counts somewhat.
        """
        seam = concept.seam or (
            not self._is_word(concept.said) and set(concept.said) & self._function
        )
        if seam and len(concept.said) == 2:
            return self._idf_max * JUNK
        best = 0.0
        for word in concept.words:
            pairs = bigrams(word) or [word]
            known = [self._idf[p] for p in pairs if p in self._idf]
            if len(known) == len(pairs):
                best = max(best, sum(known) / len(known))
        if best:
            return best * concept.weight
        if len(concept.said) > 2 or self._is_word(concept.said):
            return self._idf_max * UNKNOWN_WORD
        if not "\u3400" <= concept.said[0] <= "\u9fff":
            return self._idf_max * UNKNOWN_WORD * 0.5
        return self._idf_max * JUNK

    def _is_word(self, pair: str) -> bool:
        return pair in self._index.vocabulary.words

    def coverage(self, concepts: Sequence[Concept], pairs: frozenset[str]) -> float:
        """Share, 0 to 1, of the concepts' weight that the pairs of characters carry."""
        total = sum(self.weight(c) for c in concepts)
        if not total:
            return 0.0
        return sum(self.weight(c) * _carried(c, pairs) for c in concepts) / total

    def carried_weight(self, concepts: Sequence[Concept], pairs: frozenset[str]) -> float:
        """Weight (idf) of the concepts that the pairs of characters carry."""
        return sum(self.weight(c) * _carried(c, pairs) for c in concepts)

    def known(self, concept: Concept, plan_id: str = "") -> bool:
        """Whether the plan (any plan) prints most of the concept, in whatever place."""
        pairs = self._present[plan_id] if plan_id else self._idf.keys()
        return _carried(concept, pairs) >= KNOWN

    # -- search ---------------------------------------------------------------------------

    def _encode(self, text: str) -> Vectors:
        vector: Vectors = self._encoder.encode_query([text])[0]
        return vector

    def _scores(self, question: Question) -> tuple[Vectors, Vectors]:
        """For every passage the z-score of its cosine, and its BM25 score."""
        query = " ".join([question.matter, *(w for c in question.concepts for w in c.words[1:3])])
        dense = self._index.dense.scores(self._vector(question.matter or question.text))
        dense = (dense - dense.mean()) / (dense.std() or 1.0)
        return dense, self._index.sparse.scores(query)

    def rank(self, question: Question, plan_ids: Sequence[str]) -> dict[str, tuple[Hit, ...]]:
        """All clauses of each plan, best first. Ties keep the text's order."""
        dense, sparse = self._scores(question)
        weights = {c.said: self.weight(c) for c in question.concepts}
        ranked: dict[str, tuple[Hit, ...]] = {}
        for plan_id in plan_ids:
            entries = self._entries[plan_id]
            top = max((float(sparse[list(e.rows)].max()) for e in entries if e.rows), default=0.0)
            hits = [self._hit(e, question, weights, dense, sparse, top) for e in entries]
            if not self._rerank:
                hits = fused(hits)
            ranked[plan_id] = tuple(sorted(hits, key=lambda h: -h.score))
        return ranked

    def nearest(self, question: Question) -> tuple[Near, ...]:
        """The clauses of all plans that are nearest to the question, in words or in meaning."""
        dense, sparse = self._scores(question)
        rows = {*_top(dense, NEAREST), *_top(sparse, NEAREST)}
        entries = {id(e): e for r in rows if (e := self._of_row.get(r))}
        weights = {c.said: self.weight(c) for c in question.concepts}
        total = sum(weights.values()) or 1.0

        def covered(pairs: frozenset[str]) -> float:
            return sum(weights[c.said] * _carried(c, pairs) for c in question.concepts) / total

        return tuple(
            Near(
                e.plan.id,
                covered(e.title | e.body),
                max((covered(s.pairs | e.title) for s in e.sentences), default=0.0),
                max(float(dense[r]) for r in e.rows),
            )
            for e in entries.values()
        )

    def _hit(
        self,
        entry: Entry,
        question: Question,
        weights: dict[str, float],
        dense: Vectors,
        sparse: Vectors,
        top: float,
    ) -> Hit:
        total = sum(weights.values()) or 1.0

        def covered(pairs: frozenset[str]) -> float:
            return sum(weights[c.said] * _carried(c, pairs) for c in question.concepts) / total

        title = covered(entry.title)
        body = covered(entry.body | entry.title)
        best, best_sentence = 0.0, None
        for sentence in entry.sentences:
            value = covered(sentence.pairs)
            if value > best:
                best, best_sentence = value, sentence
        rows = list(entry.rows)
        closeness = {row: float(dense[row]) for row in rows}
        cosine = max(closeness.values(), default=0.0)
        literal = float(sparse[rows].max()) / top if rows and top else 0.0
        score = (
            WEIGHTS["own"] * covered(entry.own)
            + WEIGHTS["title"] * title
            + WEIGHTS["body"] * body
            + WEIGHTS["sentence"] * best
            + WEIGHTS["dense"] * cosine
            + WEIGHTS["sparse"] * literal
        )
        return Hit(entry, score, body, title, cosine, literal, best_sentence, best, closeness)

    def sentence_coverage(self, question: Question, sentence: Sentence) -> float:
        """Share of the matter that the sentence carries."""
        return self.coverage(question.concepts, sentence.pairs)

    def sentence_value(self, question: Question, hit: Hit, sentence: Sentence) -> float:
        """How well the sentence answers: its coverage, and how close its passage is in meaning."""
        near = max(0.0, hit.closeness.get(sentence.row, 0.0))
        return self.sentence_coverage(question, sentence) + NEAR * near


def _top(scores: Vectors, n: int) -> list[int]:
    """The places of the n largest scores."""
    if len(scores) <= n:
        return list(range(len(scores)))
    return [int(i) for i in np.argpartition(-scores, n)[:n]]


RRF = 60  # Cormack, Clarke and Büttcher, SIGIR 2009, who found the value to matter little


def fused(hits: Sequence[Hit]) -> list[Hit]:
    """The hits scored by reciprocal rank fusion of their cosine and their BM25 score.

    The sum is scaled so that the best possible is the best of the reranker: composers that weigh
    a clause's score against others see numbers of the same size.
    """
    scale = sum(WEIGHTS.values()) * (RRF + 1) / 2
    sums = dict.fromkeys(range(len(hits)), 0.0)
    for key in (lambda n: hits[n].dense, lambda n: hits[n].sparse):
        for rank, n in enumerate(sorted(sums, key=key, reverse=True), 1):
            sums[n] += 1 / (RRF + rank)
    return [replace(hit, score=scale * sums[n]) for n, hit in enumerate(hits)]


def _carried(concept: Concept, pairs: Collection[str]) -> float:
    """How far the pairs carry the concept: the share of what was said, or a whole plan word."""
    said = _pairs_of(concept.said)
    share = sum(p in pairs for p in said) / len(said)
    if share < LAY_SHARE and any(
        all(p in pairs for p in _pairs_of(w)) for w in concept.words if w != concept.said
    ):
        return LAY_SHARE
    return share


@lru_cache(maxsize=20_000)
def _pairs_of(word: str) -> frozenset[str]:
    return frozenset(bigrams(word) or [word])


NEAR = 0.08  # a passage one standard deviation closer is worth this share of the matter
LAY_SHARE = 0.9  # a plan word standing for the lay word said


def _entry(
    plan: Plan, reading: Reading, clause: Clause, rows: tuple[int, ...], ends: dict[int, int]
) -> Entry:
    path = [c.title for c in (clause, *plan.ancestors(clause)) if c.level != "plan"]
    title = frozenset(b for t in path[:2] for b in tokens(t))
    start, end = body_span(reading, clause)
    sentences = []
    for m in SENTENCE.finditer(reading.text, start, end):
        span = reading.to_source(*m.span())
        row = next((r for r in rows if span[0] < ends[r]), rows[-1] if rows else -1)
        pairs = frozenset(tokens(m.group(0)))
        sentences.append(Sentence(*span, *m.span(), m.group(0), pairs, row))
    body = frozenset(b for s in sentences for b in s.pairs)
    return Entry(plan, clause, frozenset(tokens(clause.title)), title, body, tuple(sentences), rows)
