"""The last gate: every name and figure of a statement must stand in what it cites.

Whoever wrote the statement, composer or language model, what fails is withheld. Compared are
units, numbers and words in quotation marks, after NFKC and without white space and markup; the
path of the cited clause counts as cited. Numbers that the program counted itself are exempt, and
so are English glosses in brackets, which the lexicon vouches for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.plan import Plan
from index.reading import quote
from index.tokens import normalise
from index.tokens import squeeze as squeeze
from index.units import UnitNames
from rag.answer import Span, Statement

NUMBER = re.compile(r"\d+(?:\.\d+)?")
QUOTED = re.compile(r"[“《〈]([^”》〉]{2,40})[”》〉]")
GLOSS = re.compile(r"\([A-Za-z][^()\u3400-\u9fff\d]*\)")


def holds(
    statement: Statement, plan: Plan, units: UnitNames, question: str, extra: Sequence[Span] = ()
) -> bool:
    """Whether the statement's names and figures all stand in its cited slices.

    What a person entered has none, and says itself that it is not the text's.
    """
    if statement.by_hand:
        return True
    cited = squeeze(
        "\n".join(
            quote(plan.source, s.start, s.end) + "".join(plan.path(plan[s.clause]))
            for s in (*statement.spans, *extra)
        )
    )
    said = GLOSS.sub("", statement.text)
    numbers = [n for n in NUMBER.findall(normalise(said)) if n not in statement.computed]
    if any(n not in NUMBER.findall(cited) for n in numbers):
        return False
    if any(squeeze(q) not in cited for q in QUOTED.findall(said)):
        return False
    asked = squeeze(question)
    for mention in units.mentions(said):
        if not units.is_organ(mention.identity):
            continue
        word = squeeze(mention.text)
        if word not in cited and word not in asked:
            return False
    return True
