"""Follow-up questions: what a new question leaves unsaid is taken from the one before.

Place, matter, kind, roles and time are carried over as far as the new question does not say them
itself. A bare place with 呢 keeps all but the place; 参加单位有哪些 keeps place and matter;
2035年的呢 keeps all but the year; 也是这两家牵头吗 takes the units from the last answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.lexicon import function_chars
from rag.question import Question
from rag.reader import QuestionReader

Turn = tuple[str, str]
TURNS = 6  # turns looked back; what was said longer ago is no longer meant
PRONOUN = re.compile(
    r"[这那][两三几]家|他们|它们|她们|这些单位|同样|也是|也由|也归|these|they|the same"
)
ELLIPTIC = re.compile(r"^(?:那么?|还有|换成|然后|and|what about|how about)|(?:呢|咧)[？?]?$", re.I)
POINTING = re.compile(r"[那这](?:个|边|块|条|项|里)?|呢|也|多出来|回到|换成|看看|再")


def resolve(reader: QuestionReader, text: str, history: Sequence[Turn]) -> Question:
    """The question with what it leaves unsaid filled in from the turns before (oldest first)."""
    now = reader.read(text)
    if not history:
        return now
    asked, said = history[-1]
    before = resolve(reader, asked, history[max(0, len(history) - TURNS) : -1])
    plans = now.plans or before.plans
    silent = not has_matter(now)
    roles = now.roles or before.roles
    if PRONOUN.search(now.text) and now.yes_no and roles and not now.units:
        units = tuple(dict.fromkeys(reader.mentions(said)))
        if units:
            now = replace(now, units=units, roles=roles, kind="role_check")
    open_kind = now.kind in ("measure", "list")
    if silent and not now.units and ELLIPTIC.search(now.text.strip()) and open_kind:
        return replace(before, text=now.text, plans=plans, years=now.years or before.years)
    if now.kind == "measure" and ELLIPTIC.search(now.text.strip()):
        return replace(
            now,
            plans=plans,
            kind=before.kind,
            roles=before.roles,
            any_role=before.any_role,
            years=now.years or before.years,
            meta=before.meta,
        )
    if silent and now.kind not in ("meta", "tasks", "contact", "document"):
        now = replace(now, matter=before.matter, concepts=before.concepts)
    return replace(now, plans=plans)


def has_matter(question: Question) -> bool:
    """Whether anything but pointing and function words is left as the matter."""
    left = POINTING.sub("", question.matter)
    return bool(re.sub(rf"[^\u3400-\u9fffa-z0-9]|[{function_chars()}]", "", left)) and bool(
        question.concepts
    )
