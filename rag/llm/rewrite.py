"""A follow-up that was not understood, put into a question of its own by the model (mode `full`).

Only words of the talk may stand in it, and every number, unit and other word of the question's own
must, so that a question about a matter that no plan has stays one. What comes of it is asked like
any question; the answer says how it was understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import bigrams, normalise, squeeze
from index.units import UnitNames
from rag.check import NUMBER
from rag.lexicon import asking, function_chars
from rag.llm.connection import Connection, Deadline
from rag.llm.evidence import Evidence
from rag.llm.fence import fenced, gives_orders, harmless
from rag.llm.novelty import novel
from rag.llm.roles import named
from rag.llm.wordlists import english_glue
from rag.prompts import Prompt


def _own(question: str) -> set[str]:
    """What the question says itself: its pairs of characters and words but those that point, ask or
    only go on."""
    follow = asking()["follow"]["pointing"]
    rest = re.sub("|".join((*follow, f"[{function_chars()}]")), " ", normalise(question))
    return {t for t in bigrams(rest) if t not in english_glue() and len(t) > 1}


TURNS = 3  # of the talk; what is pointed at lies in the last few
LONGEST = 120  # characters of a question


def rewritten(
    text: str,
    history: Sequence[tuple[str, str]],
    connection: Connection,
    prompt: Prompt,
    until: Deadline,
    units: UnitNames,
) -> str:
    """The question in full, "" where the model gives none that holds. Raises ModelError."""
    talk = "\n".join(f"{q}\n{a}" for q, a in history[-TURNS:])
    if gives_orders(text) or gives_orders(talk):
        return ""
    turns = "\n".join(f"- {harmless(q)}\n  {harmless(a)}" for q, a in history[-TURNS:])
    asked = prompt.fill(turns=fenced(turns), question=fenced(harmless(text)))
    said = "".join(connection.stream(asked, until)).strip()
    line = said.split("\n")[0].strip("“”\"' ")
    return line if _holds(line, text, f"{talk}\n{text}", units) else ""


def _holds(line: str, question: str, talk: str, units: UnitNames) -> bool:
    if not line or len(line) > LONGEST or gives_orders(line):
        return False
    source = Evidence(talk, squeeze(talk), (), ())
    if novel(line, source, lambda _: ())[0]:
        return False
    numbers = set(NUMBER.findall(normalise(line)))
    if not set(NUMBER.findall(normalise(question))) <= numbers:
        return False
    if not numbers <= set(NUMBER.findall(normalise(talk))):
        return False
    if not _own(question) <= set(bigrams(line)):
        return False
    names = {name for _, _, name in named(line, units)}
    return {name for _, _, name in named(question, units)} <= names
