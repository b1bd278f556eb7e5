"""What a model is given to read: whole clauses with their facts, as many as its window holds.

Clauses come in the order of their use, and each is taken if what is left of the window holds it
whole. In the prompt the most useful stands first, the second most useful last, and so inwards:
what lies in the middle of a long prompt is read worst (Liu et al. 2023, Lost in the Middle).
A clause that tells a machine what to do is not handed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.passages import count_tokens
from index.plan import ROLE_ZH, Clause, Plan
from index.reading import quote
from rag.answer import Span
from rag.llm.fence import gives_orders, harmless
from rag.phrases import ROLE, say

MOST = 12  # clauses; more were never cited by one answer
MARGIN = 1.15  # other models' tokens to cl100k's, for Chinese text at most


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause in the prompt under its number."""

    n: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Packed:
    """The clauses handed over, in the prompt's order; those left out for want of room, and those
    for what they say."""

    passages: tuple[Numbered, ...]
    no_room: tuple[Span, ...]
    refused: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(p.text for p in self.passages)


def pack(clauses: Iterable[tuple[Plan, Clause]], lang: str, tokens: int) -> Packed:
    """The clauses, most useful first, as far as so many tokens hold them."""
    taken: list[Numbered] = []
    no_room, refused = [], []
    left = tokens
    for plan, clause in clauses:
        if len(taken) == MOST:
            break
        span = Span(plan.id, clause.id, clause.start, clause.own_end)
        words = quote(plan.source, span.start, span.end)
        if not words:
            continue
        if gives_orders(plan.source[span.start : span.end]):
            refused.append(span)
            continue
        text = _told(len(taken) + 1, plan, clause, words, lang)
        size = int(count_tokens(text) * MARGIN) + 2
        if size > left:
            no_room.append(span)
            continue
        left -= size
        taken.append(Numbered(len(taken) + 1, span, text))
    return Packed(tuple(_ends_first(taken)), tuple(no_room), tuple(refused))


def _ends_first(ranked: Sequence[Numbered]) -> list[Numbered]:
    """Ranks 1, 3, 5 … 6, 4, 2."""
    return [*ranked[::2], *reversed(ranked[1::2])]


def _told(n: int, plan: Plan, clause: Clause, words: str, lang: str) -> str:
    where = " › ".join((plan.name, *plan.path(clause)))
    known = "；".join((*_duties(clause, lang), *_figures(clause, lang)))
    facts = f"\n{say(lang, 'llm_known')}{harmless(known)}" if known else ""
    return f"[{n}] {harmless(where)}\n{harmless(words)}{facts}"


def _duties(clause: Clause, lang: str) -> list[str]:
    colon, comma = say(lang, "colon"), say(lang, "comma")
    return [
        ROLE[lang][role] + colon + comma.join(units)
        for role in ROLE_ZH
        if clause.duty_source == "own" and (units := clause.units(role))
    ]


def _figures(clause: Clause, lang: str) -> list[str]:
    return [
        (say(lang, "year", year=f.year) + " " if f.year else "") + f.text for f in clause.figures
    ]
