"""Mode `full`: summaries, explanations and reasons, written by the model from whole clauses.

What is asked is told by its words; facts asked for (who, how much, when) stay with the composed
answer, and so does a question that no clause answers. What the composed answer says of units and
figures and the model leaves out is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.plan import Clause, Plan
from index.tokens import normalise
from index.units import UnitNames
from rag.answer import Answer, Span
from rag.assistant import Examined
from rag.check import NUMBER
from rag.llm.evidence import Evidence, of_span
from rag.llm.fence import gives_orders
from rag.llm.gate import Gate, faults, split_marks
from rag.llm.packing import Packed
from rag.llm.roles import named
from rag.llm.wordlists import asks, lists

WRITTEN = ("measure", "list", "more", "document")  # kinds whose answers are words of the text


def asked_for(examined: Examined) -> str:
    """The prompt for what is asked in a model's own words: summary, explain, answer; "" if none."""
    answer, question = examined.answer, examined.question
    if answer.status != "answered" or answer.table or answer.choices or not answer.citations:
        return ""
    if question.kind not in WRITTEN or gives_orders(question.text):
        return ""
    return framed(answer.question)


def framed(text: str) -> str:
    """What of these the words ask for; "" if none."""
    return next((name for name, pattern in asks() if pattern.search(text)), "")


def bare(text: str, lang: str) -> str:
    """The question about the matter alone, without the words that ask for its explanation; "" where
    nothing is left or nothing was framed."""
    frame = lists()["frame"]
    matter = re.sub("|".join(frame[lang]), " ", text, flags=re.I)
    matter = re.sub(r"\s+", " ", matter).strip(" ，。？?！!,.：:的")
    if len(matter) < LEAST_MATTER or matter == text.strip(" ，。？?！!,.：:"):
        return ""
    return str(frame["ask"][lang]).format(matter=matter)


LEAST_MATTER = 2  # characters that name anything


def clauses(examined: Examined, plans: Mapping[str, Plan]) -> Iterator[tuple[Plan, Clause]]:
    """The clauses to read, most useful first: those the answer cites with what stands below them,
    then those found in the same plans that carry nearly as much of the matter."""
    cited = [(c.plan, c.clause) for c in examined.answer.citations]
    found: dict[tuple[str, str], None] = dict.fromkeys(cited)
    for plan, clause in cited:
        for below in plans[plan].descendants(plans[plan][clause]):
            found[(plan, below.id)] = None
    held = {plan for plan, _ in cited}
    hits = [h for h in examined.hits if h.plan.id in held]
    enough = NEARLY * max((h.coverage for h in hits), default=0.0)
    for hit in hits:
        if hit.coverage >= enough:
            found[(hit.plan.id, hit.clause.id)] = None
    for plan, clause in found:
        if _says(plans[plan][clause]):
            yield plans[plan], plans[plan][clause]


NEARLY = 0.7  # of the matter that the best clause carries; with less, another matter is told of


def _says(clause: Clause) -> bool:
    """Whether the clause has words of its own beside its heading."""
    return len(clause.text.strip()) > len(clause.number + clause.title) + HEADING_ROOM


HEADING_ROOM = 4  # characters of punctuation and space about a heading


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


def left_out(composed: Answer, said: list[str], units: UnitNames) -> list[tuple[str, list[Span]]]:
    """The composed lines, with what they cite, that hold a unit or a figure nobody has said yet."""
    spans = {c.n: Span(c.plan, c.clause, c.start, c.end) for c in composed.citations}
    numbers = set(NUMBER.findall(normalise(" ".join(said))))
    names = {name for text in said for _, _, name in named(text, units)}
    found = []
    for line in composed.answer.split("\n"):
        text, marks = split_marks(line)
        mine = {name for _, _, name in named(text, units)}
        if marks and not (mine <= names and numbers.issuperset(NUMBER.findall(normalise(text)))):
            found.append((text, [spans[n] for n in marks if n in spans]))
    return found
