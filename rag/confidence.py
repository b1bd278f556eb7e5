"""How probably a draft is right, and whether it is: the one place where answers are refused.

Three small logistic models, in this order, all in rag/data/confidence.toml:

  says      from the evidence (rag.evidence), and from every two pieces of it together, that the
            plan says what was asked; below the threshold the draft becomes a refusal, and up to
            `sure` it is told as what comes nearest, since as many such questions are not answered
            by the plan as are
  right     from that and the kind of question, that an answer given is right
  refused   the same for a refusal, which may come of the evidence, of a composer that found
            nothing to answer with, or of a named thing that the plan lacks (rag.absent)

Answers read from facts without a search (metadata, a unit's tasks) are as sure as such answers
fare on the gold questions. The numbers are fitted by `python -m eval calibrate`, never by hand.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import combinations_with_replacement
from typing import Any, Literal

from rag.answer import Draft, Statement
from rag.check import squeeze
from rag.composers.related import CLOSELY, instead
from rag.context import Context
from rag.detail_told import tells
from rag.evidence import FEATURES, Evidence, evidence
from rag.hits import NEAR_ENOUGH

KINDS = ("figure", "units", "list", "english")
Cause = Literal["evidence", "nothing", "named"]
# Share of the matter up to which a clause that lies no nearer than that is not the one meant. Of
# questions likely to be answered and so little carried, 8 of 8 beyond are, and 1 of 3 on this side.
# Headings are asked for without a matter (几大部分).
LEAST_CARRIED = 0.1
DIGITS = 4
REFUSAL = {"figure": "no_figure", "figure_check": "no_figure", "when": "no_time"}


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: the log-odds are the bias and the sum of weight times value."""

    bias: float
    weights: Mapping[str, float]

    def odds(self, values: Mapping[str, float]) -> float:
        """The log-odds."""
        return self.bias + sum(w * values[name] for name, w in self.weights.items())

    def probability(self, values: Mapping[str, float]) -> float:
        """0 to 1."""
        return _probability(self.odds(values))


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-LIMIT, min(LIMIT, odds))))


LIMIT = 30.0  # log-odds beyond which a probability is 0 or 1 to every digit shown
FARTHEST = 3.0  # standard deviations from the mean beyond which a value says no more
TOGETHER = "-"  # between the names of two values that are multiplied


@dataclass(frozen=True, slots=True)
class Paired:
    """A logistic model of values and of the product of every two of them.

    What a value tells depends on the others: that a neighbour's clause carries more of the matter
    means little where the own one lies near, and much where it does not. Values are first brought
    to mean 0 and deviation 1, by `middle` and `spread`, and no further from 0 than FARTHEST.
    """

    logistic: Logistic
    middle: Mapping[str, float]
    spread: Mapping[str, float]

    def odds(self, values: Mapping[str, float]) -> float:
        """The log-odds."""
        return self.logistic.odds(paired(standard(values, self.middle, self.spread)))

    def probability(self, values: Mapping[str, float]) -> float:
        """0 to 1."""
        return _probability(self.odds(values))


def standard(
    values: Mapping[str, float], middle: Mapping[str, float], spread: Mapping[str, float]
) -> dict[str, float]:
    """The values of `middle` in deviations from it; 0 for one without any spread."""
    return {
        name: max(-FARTHEST, min(FARTHEST, (values[name] - middle[name]) / spread[name]))
        if spread[name]
        else 0.0
        for name in middle
    }


def paired(values: Mapping[str, float]) -> dict[str, float]:
    """The values and the products of every two of them, each with itself as well."""
    products = {both: values[one] * values[other] for both, one, other in _pairs(tuple(values))}
    return {**values, **products}


@lru_cache(maxsize=4)  # named once, not for every draft
def _pairs(names: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """The name of every two of the names, with the two."""
    pairs = combinations_with_replacement(names, 2)
    return tuple((f"{one}{TOGETHER}{other}", one, other) for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Model:
    """What confidence.toml holds. `threshold` is from where on there is an answer, by its sort
    (SURE, OTHER, ALONE); `sure` from where on it is told plainly, if it is of a sort that can be
    told as the nearest. `facts` are shares right by kind of question."""

    says: Paired
    threshold: Mapping[str, float]
    sure: Mapping[str, float]
    right: Logistic
    refused: Logistic
    facts: Mapping[str, float]


def read_model(data: Mapping[str, Any]) -> Model:
    """The model from the parsed file. Raises KeyError where a number is missing."""

    def numbers(section: Mapping[str, Any], wanted: Sequence[str]) -> dict[str, float]:
        return {name: float(section[name]) for name in wanted}

    def logistic(name: str, wanted: Sequence[str]) -> Logistic:
        return Logistic(float(data[name]["bias"]), numbers(data[name]["weights"], wanted))

    terms = tuple(paired(dict.fromkeys(FEATURES, 0.0)))
    scale = (numbers(data["says"][name], FEATURES) for name in ("middle", "spread"))
    return Model(
        Paired(logistic("says", terms), *scale),
        {what: float(data["threshold"][what]) for what in (*SURE, OTHER, ALONE)},
        {what: float(data["sure"][what]) for what in (*SURE, ALONE)},
        logistic("right", RIGHT),
        logistic("refused", REFUSED),
        {kind: float(share) for kind, share in data["facts"].items()},
    )


RIGHT = ("says", *KINDS)
REFUSED = ("says", "nothing", "named")


@lru_cache(maxsize=1)
def model() -> Model:
    """The fitted model."""
    text = files("rag").joinpath("data/confidence.toml").read_text("utf-8")
    return read_model(tomllib.loads(text))


def judged(context: Context, draft: Draft) -> Draft:
    """The draft with its confidence; a refusal where the plan probably does not say it."""
    fitted = model()
    found = evidence(context, draft)
    # a number is printed, or not; the items of a list told before are known
    if found is None or context.question.kind == "stands_for" or context.question.items:
        return _as_facts(context, draft)
    cause: Cause = "nothing"
    if draft.status == "answered":
        says = fitted.says.probability(found.named)
        near = found.near >= NEAR_ENOUGH
        meant = found.clause > LEAST_CARRIED or near or _tells_headings(context, draft)
        likely = meant and says >= _threshold(fitted, context, draft, found)
        if likely or _stands_for_itself(context, draft):
            kind = told_as(context.question.kind)
            # headings are the plan's own and stand for themselves
            sure = fitted.sure[ALONE if found.alone else kind] if kind else 0.0
            unsure = draft.amount is None and says < sure
            return _given(_nearest(context, draft) if unsure else draft, found)
        draft = _refusal(context)
        cause = "evidence"
    return _refused(draft, found, cause)


def _threshold(fitted: Model, context: Context, draft: Draft, found: Evidence) -> float:
    """From where on there is an answer: sooner where several plans are held against each other,
    which who asks takes to have it, and where headings are told, which stand for themselves."""
    if found.alone:
        return fitted.threshold[ALONE]
    across = context.question.across
    presumed = across is not None and (across.same or across.ordered or not across.which)
    if presumed or _tells_headings(context, draft):
        return PRESUMED * min(fitted.threshold[what] for what in (*SURE, OTHER))
    likelier = HAS_THE_FORM if tells(context.without_place, draft.said) else 1.0
    return likelier * fitted.threshold[told_as(context.question.kind) or OTHER]


# share of the threshold where what is told has the form asked for (哪些平台: 甲、乙等平台): of
# such answers between it and the threshold 8 of 9 were right
HAS_THE_FORM = 0.7
PRESUMED = 0.7  # share of the threshold where who asks takes it to be there; .5 to .8 do alike


def _tells_headings(context: Context, draft: Draft) -> bool:
    return context.question.kind == "list" and draft.amount is not None


def _stands_for_itself(context: Context, draft: Draft) -> bool:
    """Whether what is told are the plan's own main parts, asked for as such, or those of a heading
    that the question says word for word: they are there, however near other plans come."""
    if not _tells_headings(context, draft) or not draft.clauses:
        return False
    if MAIN_PARTS.search(context.question.text):
        return context.plan[draft.clauses[0]].level == "part"
    above = context.plan.parent(context.plan[draft.clauses[0]])
    title = squeeze(above.title) if above else ""
    return len(title) >= SHORTEST_HEADING and title in squeeze(context.question.text)


MAIN_PARTS = re.compile(r"(?:几|哪些)(?:大|个)?(?:部分|板块|章|篇)")
SHORTEST_HEADING = 4  # characters; a shorter heading stands in a question by chance
SURE, OTHER = ("units", "figures", "text"), "other"
ALONE = "alone"  # any sort, where no other plan is at hand to tell that this one lacks it
TOLD_AS = {
    "duty": "units",
    "figure": "figures",
    "when": "figures",
    "measure": "text",
    "list": "text",
}


def told_as(kind: str) -> str:
    """What an answer of the kind is told from, a name of SURE; "" where it is told or refused, as
    a yes is."""
    return TOLD_AS.get(kind, "")


def _nearest(context: Context, draft: Draft) -> Draft:
    """The draft under a line that says that nothing more direct was found."""
    hit = _named_clause(context, draft)
    line = Statement(context.say("nearest_clause", clause=hit), heading=True)
    told = Statement(context.say("told_in", clause=hit), heading=True)
    said = (line, *(s for s in draft.statements if s != told))
    return replace(draft, statements=said, nearest=True)


def _named_clause(context: Context, draft: Draft) -> str:
    """The clause that the draft speaks of, by its heading."""
    ids = [*draft.clauses, *(s.clause for x in draft.statements for s in x.spans)]
    clause = context.plan[ids[0]] if ids else context.hits[0].clause
    return clause.title or clause.label


def _refusal(context: Context) -> Draft:
    """The refusal of the kind; what a text would say is refused by likelihood, so what comes near
    is shown where there is anything."""
    if context.question.kind == "figure" or told_as(context.question.kind) == "text":
        told = instead(context, context.say("not_found"), CLOSELY)
        if told:
            return told
    return context.not_mentioned(REFUSAL.get(context.question.kind, "not_mentioned"))


def rated(context: Context, draft: Draft) -> Draft:
    """The draft with its confidence, whatever it says; for what was decided across plans."""
    found = evidence(context, draft)
    if found is None:
        return _as_facts(context, draft)
    return _given(draft, found) if draft.status == "answered" else _refused(draft, found, "nothing")


def named(context: Context, draft: Draft) -> Draft:
    """The refusal of a named thing, with its confidence."""
    found = evidence(context, draft)
    return draft if found is None else _refused(draft, found, "named")


def _as_facts(context: Context, draft: Draft) -> Draft:
    return replace(draft, confidence=model().facts.get(context.question.kind))


def _given(draft: Draft, found: Evidence) -> Draft:
    fitted = model()
    sure = fitted.right.probability(right_values(fitted.says, found))
    return replace(draft, confidence=round(sure, DIGITS))


def _refused(draft: Draft, found: Evidence, cause: Cause) -> Draft:
    fitted = model()
    sure = fitted.refused.probability(refused_values(fitted.says, found, cause))
    return replace(draft, confidence=round(sure, DIGITS))


def right_values(says: Paired, found: Evidence) -> dict[str, float]:
    """What `right` is judged from."""
    values = found.named
    return {"says": says.odds(values), **{kind: values[kind] for kind in KINDS}}


def refused_values(says: Paired, found: Evidence, cause: Cause) -> dict[str, float]:
    """What `refused` is judged from."""
    odds = says.odds(found.named)
    return {"says": odds, "nothing": float(cause == "nothing"), "named": float(cause == "named")}


def together(drafts: Sequence[Draft]) -> float | None:
    """The confidence of an answer made of several drafts: it is as sure as its least sure part."""
    known = [d.confidence for d in drafts if d.confidence is not None]
    return min(known, default=None)
