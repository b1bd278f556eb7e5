"""One answer judged: every measure that applies to it.

The measures of content (claims, units, figures, characters, citations) judge what was said where
something was said: an answerable question that was refused is counted in `correct` and in the
refusal measures, one that was asked back (`clarify`) in `correct` alone and by its number, neither
a second time there. Asking back is no refusal: it does not say that the plans do not tell. A must
item is judged once: as a unit, as a figure, or else as a claim. A system that failed on a question
scores 0 in everything that applies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from eval.evidence import Piece, locate, ranks
from eval.gold import Gold
from eval.measures import answers, citations, figures, ranking, units
from eval.runs import Item
from eval.systems.base import ASKED_BACK, Response
from index.units import unit_names


def judge(gold: Gold, split: str, response: Response, sources: Mapping[str, str]) -> Item:
    """The answer with its scores; `sources` are the plans' texts by id."""
    pieces = tuple(p for p in locate(gold, sources) if p.places)
    found = _faults(gold, response)
    refused = not response.failed and answers.says_no(gold, response.answer, response.status)
    scores = {"correct": float(not found), "refused": float(refused)}
    if gold.answerable and not refused and response.status != ASKED_BACK:
        scores |= _content(gold, response)
        if pieces:
            scores |= _cited(response, pieces)
    if response.citations:
        kept = sum(citations.verbatim(c, sources) for c in response.citations)
        scores["verbatim"] = kept / len(response.citations)
    at = _ranks(response, pieces)
    scores |= _retrieval(at)
    if not response.failed:
        scores |= {"length": float(len(response.answer)), "latency_ms": response.latency_ms}
    return Item(gold, split, response, scores, found, at)


def _faults(gold: Gold, response: Response) -> tuple[str, ...]:
    if response.failed:
        return (f"the system failed: {response.error}",)
    return tuple(answers.faults(gold, response.answer, response.status))


def _content(gold: Gold, response: Response) -> dict[str, float]:
    """Claims, units, figures and characters, those that the question asks for."""
    answer = response.answer
    named, numbers = _wanted(gold)
    scores: dict[str, float] = {}
    if named.items:
        shared = units.overlap(answer, named, unit_names())
        scores |= {"units_exact": shared.exact, "units_f1": shared.f1}
    if numbers.items:
        scores["figures"] = figures.exact(answer, numbers)
    elsewhere = {*named.items, *(i.wordings for i in numbers.items)}
    wrong = {*named.wrong, *numbers.wrong}
    must = [m for m in gold.must if m not in elsewhere]
    must_not = [x for x in gold.must_not if x not in wrong]
    if must or must_not:
        scores["claims"] = answers.claims(answer, must, must_not)
    if gold.type in answers.FREE_TEXT:
        scores["char_f1"] = answers.char_f1(answer, gold.answer)
    return dict.fromkeys(scores, 0.0) if response.failed else scores


@lru_cache(maxsize=4096)
def _wanted(gold: Gold) -> tuple[units.Expected, figures.Wanted]:
    return units.expected(gold, unit_names()), figures.expected(gold)


def _cited(response: Response, pieces: Sequence[Piece]) -> dict[str, float]:
    return {
        "citation_recall": citations.recall(response.citations, pieces),
        "citation_precision": citations.precision(response.citations, pieces),
    }


def _ranks(response: Response, pieces: Sequence[Piece]) -> tuple[int | None, ...]:
    if not pieces or (response.retrieved is None and not response.failed):
        return ()
    return ranks(response.retrieved or (), pieces)


def _retrieval(at: ranking.Ranks) -> dict[str, float]:
    if not at:
        return {}
    return {
        "success@5": ranking.success(at, 5),
        "recall@5": ranking.recall(at, 5),
        "recall@10": ranking.recall(at, 10),
        "rr": ranking.reciprocal_rank(at),
        "ndcg@10": ranking.ndcg(at, 10),
    }
