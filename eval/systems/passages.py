"""Plain retrieval: the best passages for the question, and the sentences in them that match it.

    bm25     our clauses, by BM25 alone
    dense    our clauses, by the encoder alone
    vanilla  windows of 500 characters, 50 shared, by the encoder, the first four (LangChain's
             splitter, a flat FAISS index: what a tutorial builds)

None knows kinds of questions or duties, and none refuses. The first two are told which plans the
question names, as a person would choose them in a filter. A follow-up is asked together with the
question before it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.gold import Gold
from eval.systems.base import Quote, Response, Slice
from eval.systems.windows import OVERLAP, SIZE, windows
from index.dense import DenseIndex
from index.encoders import Encoder, Vectors, adapted
from index.reading import quote
from index.store import Index
from index.tokens import tokens
from rag.assistant import Assistant

DEPTH = 20  # passages told as retrieved
READ = 4  # passages read for the answer: the k of LangChain's retrievers
SENTENCES, CHARACTERS = 3, 300  # of an answer; the strictest kind allows 400 characters
SENTENCE = re.compile(r"[^。；！？\n]*[^。；！？\s][^。；！？\n]*[。；！？]?")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a plan that is found and read whole."""

    slice: Slice
    title: str


class PassageSearch:
    """Chunks ranked by a score of the question; the answer is an extract of the first ones."""

    def __init__(
        self,
        name: str,
        chunks: Sequence[Chunk],
        score: Callable[[str], Vectors],
        sources: Mapping[str, str],
        settings: Mapping[str, str],
        named: Callable[[str], Collection[str]] = lambda _: (),
    ) -> None:
        self.name = name
        self.settings: Mapping[str, str] = {"llm": "none", "read": str(READ), **settings}
        self._chunks = chunks
        self._score = score
        self._sources = sources
        self._named = named
        texts = [sources[c.slice.plan][c.slice.start : c.slice.end] for c in chunks]
        held = Counter(t for text in texts for t in set(tokens(text)))
        self._idf = {t: math.log(1 + len(texts) / n) for t, n in held.items()}

    def ask(self, gold: Gold) -> Response:
        query = asked(gold)
        found = self.search(query)
        quotes = tuple(self._extract(query, found[:READ]))
        text = "".join(f"{q.quote}[{q.n}]" for q in quotes)
        return Response(text, "answered", quotes, tuple(c.slice for c in found))

    def search(self, query: str) -> list[Chunk]:
        """The first chunks, best first, each once."""
        scores = self._score(query)
        plans = self._named(query)
        found: dict[Slice, Chunk] = {}
        for n in sorted(range(len(self._chunks)), key=lambda n: -float(scores[n])):
            chunk = self._chunks[n]
            if not plans or chunk.slice.plan in plans:
                found.setdefault(chunk.slice, chunk)
            if len(found) == DEPTH:
                break
        return list(found.values())

    def _extract(self, query: str, chunks: Sequence[Chunk]) -> Iterator[Quote]:
        """The sentences that hold most of the question by weight, best first."""
        wanted = set(tokens(query))
        scored: dict[Slice, tuple[float, Chunk]] = {}
        for chunk in chunks:
            plan, start, end = chunk.slice
            for m in SENTENCE.finditer(self._sources[plan], start, end):
                shared = wanted & set(tokens(m.group(0)))
                value = sum(self._idf.get(t, 0.0) for t in shared)
                scored.setdefault(Slice(plan, *m.span()), (value, chunk))
        total = n = 0
        for slice_, (_, chunk) in sorted(scored.items(), key=lambda x: -x[1][0]):
            words = quote(self._sources[slice_.plan], slice_.start, slice_.end)
            if not words or total + len(words) > CHARACTERS:
                continue
            total, n = total + len(words), n + 1
            yield Quote(n, *slice_, quote=words, path=(chunk.title,))
            if n == SENTENCES:
                return


def asked(gold: Gold) -> str:
    """The question, with the one before it where it goes on from one."""
    return " ".join([*(q for q, _ in gold.history[-1:]), gold.question])


def bm25(assistant: Assistant) -> PassageSearch:
    """Our clauses by BM25 alone."""
    return _by_clause("bm25", assistant, assistant.index.sparse.scores, "BM25")


def dense(assistant: Assistant) -> PassageSearch:
    """Our clauses by the encoder alone, as it was published."""
    index = assistant.index
    score = _cosine(index.dense, adapted(assistant.encoder, None))
    return _by_clause("dense", assistant, score, index.encoder)


def _by_clause(
    name: str, assistant: Assistant, score: Callable[[str], Vectors], by: str
) -> PassageSearch:
    return PassageSearch(
        name,
        _clauses(assistant.index),
        score,
        _sources(assistant.index),
        {"chunks": "clauses", "ranked by": by, "filter": "plans the question names"},
        lambda query: assistant.understand(query).plans,
    )


def vanilla(index: Index, encoder: Encoder) -> PassageSearch:
    """Windows of the plans' texts as they are, by the encoder as it was published."""
    encoder = adapted(encoder, None)
    chunks = [
        Chunk(Slice(p.id, *span), p.meta.title.value)
        for p in index.plans
        for span in windows(p.source)
    ]
    sources = _sources(index)
    texts = [sources[c.slice.plan][c.slice.start : c.slice.end] for c in chunks]
    score = _flat(encoder.encode_document(texts), encoder)
    settings = {"chunks": f"{SIZE} characters, {OVERLAP} shared", "ranked by": index.encoder}
    return PassageSearch("vanilla", chunks, score, sources, settings)


def _flat(rows: Vectors, encoder: Encoder) -> Callable[[str], Vectors]:
    """The cosines with all rows, by FAISS."""
    import faiss
    import numpy as np

    index: Any = faiss.IndexFlatIP(rows.shape[1])
    index.add(np.ascontiguousarray(rows))

    def scores(query: str) -> Vectors:
        found, numbers = index.search(encoder.encode_query([query]), index.ntotal)
        by_row: Vectors = np.zeros(index.ntotal, dtype=np.float32)
        by_row[numbers[0]] = found[0]
        return by_row

    return scores


def _cosine(rows: DenseIndex, encoder: Encoder) -> Callable[[str], Vectors]:
    return lambda query: rows.scores(encoder.encode_query([query])[0])


def _clauses(index: Index) -> list[Chunk]:
    """A chunk a passage: found by the passage, read as the whole clause, its note included."""
    found = []
    for passage in index.passages:
        plan = index.plan(passage.plan)
        clause = plan[passage.clause]
        path = " › ".join((plan.meta.title.value, *plan.path(clause)))
        found.append(Chunk(Slice(plan.id, clause.start, clause.own_end), path))
    return found


def _sources(index: Index) -> dict[str, str]:
    return {p.id: p.source for p in index.plans}
