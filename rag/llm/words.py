"""Mode `words`: the model words an answer that stands, and nothing gets lost or added.

The answer's lines are the only evidence. Each statement of the draft must hold against the lines
whose numbers it cites; together they must carry every number, unit, role, negation and citation of
every line, and most of its words. Else the answer stays as it was composed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.tokens import normalise
from index.units import UnitNames
from rag.answer import Answer
from rag.check import NUMBER
from rag.llm.evidence import Evidence, of_line
from rag.llm.fence import gives_orders, harmless
from rag.llm.gate import OPEN_SAID, Gate, faults, split_marks
from rag.llm.novelty import share
from rag.llm.polarity import contradicts
from rag.llm.roles import bindings, named, roles_in
from rag.llm.wordlists import english_ways, ways

LONGEST = 500  # characters; a longer list is better left a list
MOST_LINES = 6
KEPT = 0.6  # of a line's words; what falls away is 为 for ： and the like
# 等 behind a list, not 中等, 等级
OPEN = re.compile(r"(?<![中高平均同优初对相])等(?![级同待候于次腰距价]|\d)")
VERDICT = re.compile(r"\s*(不?是|没?有|否|不?对|yes|no)(?:的)?[。，,.]", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the composed answer with what it is evidence of."""

    text: str
    marks: tuple[int, ...]
    evidence: Evidence


def lines_of(answer: Answer, units: UnitNames) -> list[Line]:
    """The lines of an answer that may be worded; [] where it is better left as it is.

    That is a refusal, a table, a question put back, a long list, a line that cites nothing, and
    one that tells a machine what to do.
    """
    texts = [text for text in answer.answer.split("\n") if text.strip()]
    if answer.status != "answered" or answer.table or answer.choices:
        return []
    if len(answer.answer) > LONGEST or len(texts) > MOST_LINES or gives_orders(answer.answer):
        return []
    paths = {c.n: c.path for c in answer.citations}
    found = []
    for text in texts:
        said, marks = split_marks(text)
        if not marks or not set(marks) <= paths.keys():
            return []
        headings = [label for n in marks for label in paths[n]]
        found.append(Line(said, marks, of_line(said, headings, units, answer.lang)))
    return found


def told(lines: list[Line]) -> str:
    """The lines as they stand in a prompt, each with its numbers behind it."""
    return "\n".join(
        harmless(line.text) + " " + "".join(f"[{n}]" for n in line.marks) for line in lines
    )


def judge(text: str, lines: list[Line], gate: Gate) -> str:
    """The fault of a statement against the lines that have a number it cites; "" for none."""
    _, marks = split_marks(text)
    known = {n for line in lines for n in line.marks}
    cited: list[Evidence | None] = [x.evidence for x in lines if set(x.marks) & set(marks)]
    if marks and not set(marks) <= known:
        cited.append(None)
    own = [x for x in lines if set(x.marks) & set(marks)]
    if _verdict(text) and _verdict(text) not in [_verdict(x.text) for x in own]:
        return "negation"
    return faults(text, cited, gate) or _part(text, lines, marks, gate)


def _verdict(text: str) -> str:
    """The yes or no that a text opens with; "" for none."""
    found = VERDICT.match(text)
    return found.group(1).lower() if found else ""


def numbered(text: str, lines: list[Line]) -> str:
    """A statement that passed, with all the numbers of the lines that it cites one of."""
    said, marks = split_marks(text)
    every = [n for line in lines if set(line.marks) & set(marks) for n in line.marks]
    space = " " if said[-1:].isascii() else ""
    return said + space + "".join(f"[{n}]" for n in sorted(set(every)))


def _part(text: str, lines: list[Line], marks: tuple[int, ...], gate: Gate) -> str:
    """The fault of a statement that names some of a line's units and no role, and not all."""
    said = {name for _, _, name in named(text, gate.units)}
    for line in lines:
        if set(line.marks) & set(marks) and not line.evidence.duties:
            whole = {name for _, _, name in named(line.text, gate.units)}
            if said & whole and not whole <= said:
                return "lost"
    return ""


def begun(passed: list[str], lines: list[Line]) -> list[Line]:
    """The lines of which the statements cite a number."""
    cited = {n for text in passed for n in split_marks(text)[1]}
    return [line for line in lines if cited & set(line.marks)]


def lost(passed: list[str], lines: list[Line], gate: Gate) -> list[Line]:
    """The lines that the statements do not carry in full."""
    return [line for line in lines if not _carried(line, passed, gate)]


def _carried(line: Line, passed: list[str], gate: Gate) -> bool:
    cited = [split_marks(text) for text in passed]
    mine = [(said, marks) for said, marks in cited if set(marks) & set(line.marks)]
    said = "\n".join(text for text, _ in mine)
    if not set(line.marks) <= {n for _, marks in mine for n in marks}:
        return False
    numbers = NUMBER.findall(normalise(said))
    if any(n not in numbers for n in NUMBER.findall(normalise(line.text))):
        return False
    names = {name for _, _, name in named(said, gate.units)}
    if any(name not in names for _, _, name in named(line.text, gate.units)):
        return False
    roles = frozenset().union(*(bindings(text, gate.units) or () for text, _ in mine))
    if not line.evidence.duties <= roles:
        return False
    if len(OPEN.findall(line.text)) > len(OPEN_SAID.findall(said)):
        return False
    if _verdict(line.text) and _verdict(line.text) not in [_verdict(text) for text, _ in mine]:
        return False
    if ways(line.text) - (english_ways(said) if gate.lang == "en" else ways(said)):
        return False
    if roles_in(line.text) - roles_in(said):  # 未指明牵头单位 binds no unit
        return False
    return not contradicts(line.text, said, gate.lang) and share(line.text, said) >= KEPT
