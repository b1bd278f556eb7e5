"""TREC files: a ranking (run.txt) and the judgements (qrels.txt), as trec_eval reads them.

    run.txt      question Q0 document rank score tag
    qrels.txt    question 0 document relevance

What is written is the ranking of evidence (eval.evidence), so that any tool that reads TREC files
computes our very figures: a relevant document is a piece of evidence, named by where it first
stands; another is what was retrieved, named by its span.

- Scores fall by 1 a rank: no two are equal, so no tool can order them differently, and they are
  exact in the 32-bit floats of trec_eval.
- A span that occurs again gets ~2: an id may stand once in a ranking.
- A question for which nothing was retrieved has one document that is not relevant: trec_eval
  leaves out questions that a run lacks, and their 0 with them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.evidence import Piece, judged, locate, ranks
from eval.exchange.beir import corpus_places
from eval.exchange.places import ELSEWHERE, Places, spaced, spaceless, span_id
from eval.files import read_text
from eval.jsonlines import write_whole
from eval.runs import Item, Run
from eval.systems.base import Response, Slice
from index.errors import InputError

RUN, QRELS = "run.txt", "qrels.txt"
NOTHING = "nothing-retrieved"


class Written(NamedTuple):
    """What an export came to: questions judged for retrieval, and those of the run that are not."""

    questions: int
    left_out: int


class Rankings(NamedTuple):
    """A foreign ranking as answers by the question's id.

    `documents` were ranked, `elsewhere` of them stand in no plan; they keep their rank.
    """

    answers: dict[str, Response]
    documents: int
    elsewhere: int


def write_trec(run: Run, sources: Mapping[str, str], folder: Path) -> Written:
    """Writes the questions of a run whose retrieval is judged.

    Raises InputError where there are none, and where the plans are not those of the run.
    """
    items = [i for i in run.items if i.ranks]
    if not items:
        raise InputError(f"the run at {run.folder} tells no retrieval; there is nothing to rank")
    tag = spaceless(run.name)
    ranked, relevant = [], []
    for item in items:
        pieces = _pieces(item, sources)
        names = [span_id(p.places[0]) for p in pieces]
        question = spaceless(item.gold.id)
        documents = _documents(item.response.retrieved or (), pieces, names)
        for rank, document in enumerate(documents, 1):
            score = len(documents) - rank + 1
            ranked.append(f"{question} Q0 {spaceless(document)} {rank} {score} {tag}\n")
        relevant += [f"{question} 0 {spaceless(name)} 1\n" for name in names]
    write_whole(folder / RUN, "".join(ranked))
    write_whole(folder / QRELS, "".join(relevant))
    return Written(len(items), len(run.items) - len(items))


def _pieces(item: Item, sources: Mapping[str, str]) -> list[Piece]:
    """The evidence of a question, as it was when the run was judged."""
    pieces = [p for p in locate(item.gold, sources) if p.places]
    if ranks(item.response.retrieved or (), pieces) != item.ranks:
        raise InputError(
            f"question {item.gold.id!r}: the evidence does not stand where it stood in the run; "
            "open the index of the plans that were asked with --index DIR"
        )
    return pieces


def _documents(
    retrieved: Sequence[Slice], pieces: Sequence[Piece], names: Sequence[str]
) -> list[str]:
    """The ids of the ranking of evidence, each once, best first."""
    taken = set(names)
    found = []
    for piece, slice_ in judged(retrieved, pieces):
        name = span_id(slice_) if piece is None else names[piece]
        if piece is None:
            name = _free(name, taken)
            taken.add(name)
        found.append(name)
    return found or [NOTHING]


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    n = 2
    while f"{name}~{n}" in taken:
        n += 1
    return f"{name}~{n}"


def read_trec(path: Path, places: Places, corpus: Path | None = None) -> Rankings:
    """A foreign ranking; its documents are `plan:start-end` or ids of a BEIR corpus file.

    Documents are ordered by score, equal ones by id downwards, as trec_eval does it; the rank
    column is not looked at. Raises InputError for a line that is none of a ranking, a document
    ranked twice and an unknown one.
    """
    ranked: dict[str, dict[str, float]] = {}
    for n, (question, document, score) in _lines(path):
        if document in ranked.setdefault(question, {}):
            raise InputError(f"{path}:{n}: {document} is ranked twice for question {question!r}")
        ranked[question][document] = score
    if not ranked:
        raise InputError(f"{path} holds no ranking")
    known = corpus_places(corpus, places) if corpus else {}
    answers = {}
    for question, scores in ranked.items():
        best = sorted(sorted(scores, reverse=True), key=lambda d: -scores[d])
        found = tuple(_place(d, places, known, path) for d in best if d != NOTHING)
        answers[question] = Response("", "answered", retrieved=found)
    every = [s for a in answers.values() for s in a.retrieved or ()]
    return Rankings(answers, len(every), every.count(ELSEWHERE))


def _lines(path: Path) -> Iterator[tuple[int, tuple[str, str, float]]]:
    for n, line in enumerate(read_text(path).split("\n"), 1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 6:
            raise InputError(
                f"{path}:{n}: {len(fields)} fields; a line is: question Q0 document rank score tag"
            )
        try:
            score = float(fields[4])
        except ValueError:
            score = math.nan
        if math.isnan(score):
            raise InputError(f"{path}:{n}: the score {fields[4]!r} is no number")
        yield n, (spaced(fields[0]), spaced(fields[2]), score)


def _place(document: str, places: Places, known: Mapping[str, Slice | None], path: Path) -> Slice:
    if document in known:
        return known[document] or ELSEWHERE
    named = None if known else places.named(document)
    if named is None:
        raise InputError(
            f"{path}: unknown document {document!r}; documents are plan:start-end, or those of "
            "the BEIR corpus given with --corpus-file FILE"
        )
    return named
