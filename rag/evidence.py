"""What speaks for a plan saying what was asked, and what against it, as numbers.

Taken of one plan's draft answer: of the question, of the clause and the sentences that the draft
cites, of the rest of the plan, and of the clauses of other plans that come near the question. A
neighbour's clause that carries more of the matter, or lies closer in meaning, is the sign that
this plan lacks it; so are words of the matter that are printed elsewhere and nowhere here. Words
that no plan has are more often lay speech than a missing matter.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass, fields

from rag.answer import Draft
from rag.context import Context
from rag.hits import Hit, Sentence
from rag.lexicon import function_chars
from rag.question import Concept

FARTHEST, CLOSEST, APART = -1.0, 6.0, 3.0  # z-scores of a cosine beyond these say no more
HAN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells whether a draft is about the question. Shares are 0 to 1, of the matter's weight.

    clause   carried by the clause and its headings
    run      the longest stretch of the matter that stands in the clause word for word
    near     z-score of the clause's best cosine, among all passages
    gap      how much more of the matter a clause of another plan carries
    gap_cited   how much more of it another plan's best sentence carries than the cited sentences do
    cited    z-score of the best cosine of the passages that hold the cited sentences
    closer   how much closer in meaning than this plan's best passage a clause of another plan lies,
             as a difference of z-scores
    closer_cited   the same, than the cited sentences
    foreign  what other plans print and this one nowhere does
    unknown  what no plan prints
    lost     the heaviest single concept that the clause lacks
    length   weight of the whole matter, as a logarithm
    alone    1 where no other plan is at hand to compare with
    figure, units, list   1 where the question is of that kind
    english  1 for a question in English
    """

    clause: float
    run: float
    near: float
    cited: float
    gap: float
    gap_cited: float
    closer: float
    closer_cited: float
    foreign: float
    unknown: float
    lost: float
    length: float
    alone: float
    figure: float
    units: float
    list: float
    english: float

    @property
    def named(self) -> dict[str, float]:
        """The numbers by name, in the order of FEATURES."""
        return asdict(self)


FEATURES = tuple(f.name for f in fields(Evidence))


def evidence(context: Context, draft: Draft) -> Evidence | None:
    """The evidence for a draft; None where nothing was searched for."""
    if not context.hits or not context.question.concepts:
        return None
    hit = _cited_hit(context, draft)
    sentences = _cited_sentences(draft, hit)
    pairs = frozenset(p for x in sentences for p in x.pairs) | hit.entry.title
    question = context.question
    weights = {c: context.searcher.weight(c) for c in question.concepts}
    total = sum(weights.values()) or 1.0
    here = hit.entry.body | hit.entry.title
    cited = context.searcher.coverage(question.concepts, pairs)
    closeness = max((c for x in sentences if (c := hit.closest(x)) is not None), default=hit.dense)
    # what a follow-up leaves unsaid is in the words of the place spoken of before, to which its
    # own passages of course lie nearer
    near_by = () if question.inherits else context.near
    others = [n for n in near_by if n.plan != context.plan.id]
    plans = len({n.plan for n in others})

    def share(concepts: list[Concept]) -> float:
        return sum(weights[c] for c in concepts) / total

    whole = [c for c in question.concepts if not c.seam]
    lacking = [c for c in whole if not context.searcher.known(c, context.plan.id)]
    known = [c for c in lacking if others and context.searcher.known(c)]
    near = max(h.dense for h in context.hits)
    closest = _among([n.dense for n in others], plans, near)
    clause = max(hit.coverage, hit.sentence_coverage)
    kind = question.kind
    return Evidence(
        clause=clause,
        run=_run(question.matter, hit),
        near=min(CLOSEST, max(FARTHEST, hit.dense)),
        cited=min(CLOSEST, max(FARTHEST, closeness)),
        gap=max(0.0, _among([n.coverage for n in others], plans, 0.0) - clause),
        gap_cited=max(0.0, _among([n.sentence for n in others], plans, 0.0) - cited),
        closer=max(-APART, min(APART, closest - near)),
        closer_cited=max(-APART, min(APART, closest - closeness)) if others else 0.0,
        foreign=share(known),
        unknown=share([c for c in lacking if c not in known]),
        lost=max(
            (weights[c] for c in whole if context.searcher.coverage([c], here) < HALF), default=0.0
        )
        / total,
        length=math.log(max(total, 1.0)),
        alone=float(not others),
        figure=float(kind in ("figure", "figure_check")),
        units=float(kind in ("duty", "role_check")),
        list=float(kind == "list"),
        english=float(question.lang == "en"),
    )


def _among(values: list[float], plans: int, none: float) -> float:
    """The largest value; of more plans the next after it, one further with each doubling.

    The best of a hundred plans is better by chance than the best of four, on which the models were
    fitted, and by about as much for each doubling (the largest of n draws grows as log n).
    """
    ranked = sorted(values, reverse=True)
    at = int(math.log2(plans / FITTED)) if plans > FITTED else 0
    return ranked[min(at, len(ranked) - 1)] if ranked else none


FITTED = 4  # other plans in the corpus that the models were fitted on
HALF = 0.5  # share of a concept below which the clause does not have it


def _cited_hit(context: Context, draft: Draft) -> Hit:
    """The hit of the clause that the draft cites and that carries most; the first without one."""
    ids = {s.clause for line in draft.statements for s in line.spans}
    cited = [h for h in context.hits if h.clause.id in ids]
    return max(cited, key=lambda h: h.score) if cited else context.hits[0]


def _cited_sentences(draft: Draft, hit: Hit) -> list[Sentence]:
    """The clause's cited sentences; its best where none is cited (a duty note)."""
    spans = [s for line in draft.statements for s in line.spans if s.clause == hit.clause.id]
    cited = [
        x for x in hit.entry.sentences if any(s.start < x.end and x.start < s.end for s in spans)
    ]
    return cited or ([hit.sentence] if hit.sentence else [])


def _run(matter: str, hit: Hit) -> float:
    """The longest stretch of the matter that stands in the clause, as a share of the matter."""
    text = hit.clause.title + "\n" + "".join(s.text for s in hit.entry.sentences)
    pieces = [p for run in HAN.findall(matter) for p in _function().split(run) if p]
    return max((longest(p, text) for p in pieces), default=0) / (sum(map(len, pieces)) or 1)


def _function() -> re.Pattern[str]:
    return re.compile(f"[{function_chars()}]")


def longest(piece: str, text: str) -> int:
    best = 0
    for i in range(len(piece)):
        while i + best < len(piece) and piece[i : i + best + 1] in text:
            best += 1
    return best
