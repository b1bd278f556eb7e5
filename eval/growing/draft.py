"""A draft: a gold question that no person has accepted yet, with where it comes from.

Its JSON form is that of a gold question with one field more, `draft`:

    {"clause", "path", "why", "decision"}

`decision` is empty until a person writes accept (采用) or drop (弃). The gold fields are kept as
they stand, faults and all, until a draft is accepted: people edit them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eval.gold import Gold, from_record, to_record
from index.errors import InputError

ACCEPT, DROP, UNDECIDED = "accept", "drop", ""
DECISIONS = {
    "accept": ACCEPT, "采用": ACCEPT, "drop": DROP, "弃": DROP, "弃用": DROP, "": UNDECIDED,
}  # fmt: skip
NOTES = ("clause", "path", "why", "decision")
ID_CHARS = 10  # of 16 values each: two of a million drafts share an id with odds of one in two


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted question. `record` is its gold fields as they stand, perhaps edited and faulty."""

    record: Mapping[str, Any]
    clause: str = ""
    path: str = ""
    why: str = ""
    decision: str = field(default=UNDECIDED)

    def gold(self, where: str) -> Gold:
        """The question, strictly read. Raises InputError beginning with `where`."""
        return from_record(self.record, where)

    def choice(self, where: str) -> str:
        """ACCEPT, DROP or UNDECIDED. Raises InputError for any other word."""
        word = self.decision.strip().lower()
        if word not in DECISIONS:
            known = ", ".join(w for w in DECISIONS if w)
            raise InputError(f"{where}: unknown decision {self.decision!r} (known: {known})")
        return DECISIONS[word]

    def text(self, name: str) -> str:
        """A field of the question as text, "" where it is missing or of another kind."""
        value = self.record.get(name, "")
        return value if isinstance(value, str) else ""


def draft_of(gold: Gold, clause: str = "", path: str = "", why: str = "") -> Draft:
    """An undecided draft of a question."""
    return Draft(to_record(gold), clause, path, why)


def draft_id(*parts: str) -> str:
    """The same id for the same plan, clause and kind, whenever it is drafted."""
    digest = hashlib.sha256("|".join(parts).encode("utf-8")).hexdigest()
    return f"g-{digest[:ID_CHARS]}"


def to_json(draft: Draft) -> dict[str, Any]:
    """The JSON form; from_json undoes it."""
    return {**draft.record, "draft": {name: getattr(draft, name) for name in NOTES}}


def from_json(data: Mapping[str, Any], where: str) -> Draft:
    """A draft from its JSON form; a record without `draft` is an undecided one.

    Raises InputError, beginning with `where`, for a `draft` field of another form. The gold
    fields are not looked at here.
    """
    notes = data.get("draft", {})
    if not isinstance(notes, dict) or not all(isinstance(v, str) for v in notes.values()):
        raise InputError(f"{where}: field 'draft' is an object of texts: {', '.join(NOTES)}")
    unknown = [n for n in notes if n not in NOTES]
    if unknown:
        raise InputError(f"{where}: unknown field 'draft.{unknown[0]}'")
    return Draft({k: v for k, v in data.items() if k != "draft"}, **notes)
