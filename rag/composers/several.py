"""Several numbers asked for in one breath: each answered by its own figure, or told as not stated.

    补几成、封顶多少，最多补几年

What a part leaves unsaid is said by the first: each is looked for with its own words and, counting
half, with the first part's. The figures are chosen together: each part its own, rather from one
sentence than from several, and rather in the order asked. A part whose own words no sentence with
such a figure carries is told as not stated.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from index.tokens import bigrams
from rag.answer import Draft, Statement
from rag.composers.candidates import Candidate, candidates
from rag.composers.stretch import TIME_WORD, piece, segment, stretch, stretch_statement
from rag.context import Context
from rag.question import Concept, Question

SHARED = 0.5  # weight of the first part's words in the others
AHEAD = 0.2  # weight of the second part's words in the first
TOGETHER = 0.25  # for each two figures of one sentence, as a share of the matter
IN_ORDER = 0.05  # for each two in the order asked: decides between like ones
PIECE_WEIGHT = 0.6
HALF = 0.5  # share of a concept from which the words carry it
TRIED = 6  # candidates a part
COMBINATIONS = 3000  # looked at together; of six parts two each, or none


def several(context: Context) -> Draft | None:
    """The figures asked for one by one; None where none is found so."""
    asked = [_context(context, n) for n in range(len(context.question.parts))]
    tried = int(COMBINATIONS ** (1 / len(asked))) - 1
    options = [_options(part)[:tried] for part in asked]
    if not any(options):
        return None
    chosen = _together(options)
    lines: dict[Statement, Candidate | None] = {}
    for part, best in zip(asked, chosen, strict=True):
        if best is None:
            lines[_unstated(context, part.question)] = None
            continue
        lines[_told(context, best)] = best
    found = [c for c in chosen if c]
    return Draft(
        "answered",
        _apart(tuple(lines)),
        clauses=tuple(dict.fromkeys(c.hit.clause.id for c in found)),
        figures=tuple(dict.fromkeys(c.figure for c in found)),
    )


def _context(context: Context, n: int) -> Context:
    """The context of a part: its own words, and counting less those it may leave unsaid.

    What comes later leaves unsaid what the first part says; the first, where both hang on one verb
    (个人和企业创业担保贷款最高多少), what the next one says, which is rarer.
    """
    parts = context.question.parts
    part, other = parts[n], parts[0 if n else 1]
    said = {c.said for c in part.concepts}
    weight = SHARED if n else AHEAD
    shared = [replace(c, weight=c.weight * weight) for c in other.concepts if c.said not in said]
    matter = f"{other.matter} {part.matter}" if n else part.matter
    years = context.question.years if context.question.inherits else part.years or parts[0].years
    question = replace(part, concepts=(*part.concepts, *shared), matter=matter, years=years)
    hits = context.searcher.rank(question, [context.plan.id])[context.plan.id]
    return replace(context, question=question, hits=hits)


def _options(part: Context) -> list[Candidate]:
    """The candidates of a part, best first, by what stands right beside the figure as well."""
    found = []
    for candidate in candidates(part)[: 2 * TRIED]:
        lo, hi = piece(part, candidate.sentence, candidate.figure)
        beside = frozenset(bigrams(part.reading.text[lo:hi]))
        telling = _telling(part, candidate)
        more = PIECE_WEIGHT * part.searcher.coverage(telling, beside) if telling else 0.0
        found.append(replace(candidate, score=candidate.score + more))
    return sorted(found, key=lambda c: -c.score)[:TRIED]


def _telling(part: Context, candidate: Candidate) -> list[Concept]:
    """The concepts that tell the figures of a sentence apart: its headings and its opening, up to
    the first figure's comma clause, speak of all of them."""
    first = min(
        (
            segment(part, candidate.sentence, f)[0]
            for f in candidate.hit.clause.figures
            if candidate.sentence.start <= f.start < candidate.sentence.end
        ),
        default=candidate.sentence.lo,
    )
    opening = part.reading.text[candidate.sentence.lo : first]
    shared = frozenset(bigrams(opening)) | candidate.hit.entry.title
    return [c for c in part.question.concepts if part.searcher.coverage([c], shared) < HALF]


def _together(options: list[list[Candidate]]) -> tuple[Candidate | None, ...]:
    """One candidate a part, no figure twice, with the largest sum."""
    best: tuple[Candidate | None, ...] = tuple(o[0] if o else None for o in options)
    most = -1.0
    for chosen in product(*([*o, None] for o in options)):
        found = [c for c in chosen if c]
        if len({c.figure.start for c in found}) < len(found):
            continue
        value = sum(c.score for c in found)
        for i, one in enumerate(found):
            for other in found[i + 1 :]:
                value += TOGETHER * (one.sentence == other.sentence)
                value += IN_ORDER * (one.figure.start < other.figure.start)
        if value > most:
            best, most = chosen, value
    return best


def _told(context: Context, best: Candidate) -> Statement:
    """The figure in its comma clause; its year, where other figures stand between, set before."""
    lo, hi = stretch(context, best.sentence, [best.figure])
    near, _ = segment(context, best.sentence, best.figure)
    between = [
        f
        for f in best.hit.clause.figures
        if lo <= context.reading.from_source(f.start, f.end)[0] < near
    ]
    time = TIME_WORD.search(context.reading.text, lo, near) if between else None
    if time is None:
        return stretch_statement(context, best.hit, lo, hi)
    dated = stretch_statement(context, best.hit, lo, time.end())
    said = stretch_statement(context, best.hit, near, hi)
    return Statement(f"{dated.text}，……{said.text}", (*dated.spans, *said.spans))


def _unstated(context: Context, part: Question) -> Statement:
    asked = part.text.strip("，,。？? ")
    return Statement(context.say("part_unstated", part=asked), heading=True)


def _apart(lines: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The lines without those that another line has within it."""
    return tuple(
        a for a in lines if not any(a is not b and a.spans and a.text in b.text for b in lines)
    )
