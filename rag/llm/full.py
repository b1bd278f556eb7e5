"""Mode `full`: summaries, explanations and reasons, written by the model from whole clauses.

What is asked is told by its words; facts asked for (who, how much, when) stay with the composed
answer, and so does a question that no clause answers. Every line of the composed answer that holds
a figure or a unit which the model's statements do not carry is kept below them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.plan import Clause, Plan
from index.units import UnitNames
from rag.answer import Answer, Span
from rag.assistant import Examined
from rag.llm.evidence import Evidence, of_span
from rag.llm.fence import gives_orders
from rag.llm.gate import Gate, faults, split_marks
from rag.llm.packing import Packed
from rag.llm.words import Line, lost
from rag.llm.wordlists import asks

WRITTEN = ("measure", "list", "more", "document")  # kinds whose answers are words of the text


def asked_for(examined: Examined) -> str:
    """The prompt for what is asked in a model's own words: summary, explain, answer; "" if none."""
    answer, question = examined.answer, examined.question
    if answer.status != "answered" or answer.table or answer.choices or not answer.citations:
        return ""
    if question.kind not in WRITTEN or gives_orders(question.text):
        return ""
    return next((name for name, pattern in asks() if pattern.search(answer.question)), "")


def clauses(examined: Examined, plans: Mapping[str, Plan]) -> Iterator[tuple[Plan, Clause]]:
    """The clauses to read, most useful first: those the answer cites with what stands below them,
    then those found by search, in the plans that the answer cites."""
    cited = [(c.plan, c.clause) for c in examined.answer.citations]
    found: dict[tuple[str, str], None] = dict.fromkeys(cited)
    for plan, clause in cited:
        for below in plans[plan].descendants(plans[plan][clause]):
            found[(plan, below.id)] = None
    held = {plan for plan, _ in cited}
    for hit in examined.hits:
        if hit.plan.id in held:
            found[(hit.plan.id, hit.clause.id)] = None
    for plan, clause in found:
        yield plans[plan], plans[plan][clause]


@dataclass(frozen=True, slots=True)
class Sources:
    """The clauses handed over, by number, with what each is evidence of."""

    spans: Mapping[int, Span]
    evidence: Mapping[int, Evidence]

    @classmethod
    def of(cls, packed: Packed, plans: Mapping[str, Plan], units: UnitNames) -> Sources:
        spans = {p.n: p.span for p in packed.passages}
        return cls(spans, {n: of_span(s, plans, units) for n, s in spans.items()})

    def judge(self, text: str, gate: Gate) -> str:
        """The fault of a statement against the clauses it cites; "" for none."""
        _, marks = split_marks(text)
        return faults(text, [self.evidence.get(n) for n in marks], gate)


def on_matter(passed: list[str], sources: Sources, answer: Answer) -> bool:
    """Whether a statement cites a clause that the composed answer is read from."""
    core = {(c.plan, c.clause) for c in answer.citations}
    cited = {n for text in passed for n in split_marks(text)[1]}
    return any((s.plan, s.clause) in core for n, s in sources.spans.items() if n in cited)


def kept(lines: list[Line], passed: list[str], gate: Gate) -> list[Line]:
    """The composed lines with a unit or a figure that the statements leave out.

    The statements count other clauses than the lines do, so that numbers are not compared.
    """
    exact = [x for x in lines if x.evidence.duties or x.evidence.figures]
    said = [split_marks(text)[0] for text in passed]
    marked = [f"{text} {''.join(f'[{n}]' for x in exact for n in x.marks)}" for text in said]
    return [x for x in lost(marked, exact, gate)]
