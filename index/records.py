"""A plan, its reading and its passages as bytes, to be read again one plan at a time.

A plan read anew takes a few milliseconds and some 0.5 MB, so only those asked for last are kept.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays
from index.errors import IndexMissing
from index.plan import Clause, Duty, DutyNote, Fact, Figure, Metadata, Passage, Plan
from index.postings import Offsets, starts_of
from index.reading import Reading

PLANS_KEPT = 128  # plans that stay read: what the questions of one conversation come back to
PARTS = ("plan", "reading", "passages")


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one segment: part k of plan n is data[starts[3 n + k]:starts[3 n + k + 1]]."""

    data: NDArray[np.uint8]
    starts: Offsets

    @classmethod
    def build(cls, of: Sequence[tuple[Plan, Reading, Sequence[Passage]]]) -> Records:
        """From plans with their readings and passages."""
        pieces = [
            zlib.compress(_json(piece))
            for plan, reading, passages in of
            for piece in (plan_dict(plan), reading.stretches(), [_short(p) for p in passages])
        ]
        sizes = np.array([len(p) for p in pieces], dtype=np.int64)
        return cls(np.frombuffer(b"".join(pieces), np.uint8), starts_of(sizes))

    def piece(self, n: int, part: str) -> Any:
        """A part of the record of plan n. Raises IndexMissing where it cannot be read."""
        at = len(PARTS) * n + PARTS.index(part)
        try:
            return json.loads(
                zlib.decompress(self.data[self.starts[at] : self.starts[at + 1]].data)
            )
        except (zlib.error, ValueError) as error:
            raise IndexMissing(
                "a plan's record in the index is damaged; mend it with: tiaowen build --fresh"
            ) from error

    def plan(self, n: int) -> Plan:
        """Plan n."""
        return read_plan(self.piece(n, "plan"))

    def passages(self, n: int, plan: str) -> Iterator[Passage]:
        """The passages of plan n, whose id is given, in order."""
        for own, clause, start, end, text in self.piece(n, "passages"):
            yield Passage(own, plan, clause, start, end, text)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name, as a segment keeps them."""
        return {"records": self.data, "record_starts": self.starts}

    @classmethod
    def of(cls, arrays: Arrays) -> Records:
        """From what `arrays` gave. Raises KeyError where something is missing."""
        return cls(arrays["records"], arrays["record_starts"])


class Plans(Sequence[Plan]):
    """Plans in a fixed order, each read when it is asked for; the last ones stay read."""

    def __init__(self, at: Sequence[tuple[Records, int]], shown: Sequence[str]) -> None:
        """From where each plan's record is, and what each is shown as ("": by its place)."""
        self._at, self._shown = at, shown
        self._read = lru_cache(PLANS_KEPT)(self._one)

    def _one(self, n: int) -> Plan:
        records, own = self._at[n]
        plan = records.plan(own)
        return replace(plan, shown=self._shown[n], _by_id={}) if self._shown[n] else plan

    @overload
    def __getitem__(self, n: int) -> Plan: ...
    @overload
    def __getitem__(self, n: slice) -> Sequence[Plan]: ...
    def __getitem__(self, n: int | slice) -> Plan | Sequence[Plan]:
        if isinstance(n, slice):
            return [self[k] for k in range(*n.indices(len(self)))]
        return self._read(range(len(self._at))[n])

    def __len__(self) -> int:
        return len(self._at)


class StoredReadings(Mapping[str, Reading]):
    """The readings of stored plans by id, each joined when it is asked for."""

    def __init__(self, plans: Mapping[str, Plan], at: Mapping[str, tuple[Records, int]]) -> None:
        self._plans, self._at = plans, at
        self._joined = lru_cache(PLANS_KEPT)(self._join)

    def _join(self, plan: str) -> Reading:
        records, n = self._at[plan]
        return Reading.join(self._plans[plan].source, records.piece(n, "reading"))

    def __getitem__(self, plan: str) -> Reading:
        return self._joined(plan)

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


class ById(Mapping[str, Plan]):
    """The plans by id."""

    def __init__(self, ids: Sequence[str], plans: Sequence[Plan]) -> None:
        self._numbers = {plan: n for n, plan in enumerate(ids)}
        self._plans = plans

    def __getitem__(self, plan: str) -> Plan:
        return self._plans[self._numbers[plan]]

    def __contains__(self, plan: object) -> bool:
        return plan in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _short(passage: Passage) -> tuple[str, str, int, int, str]:
    return passage.id, passage.clause, passage.start, passage.end, passage.text


def plan_dict(plan: Plan) -> dict[str, Any]:
    """The plan as JSON data."""
    # what a plan is shown as depends on which others are held
    kept = [f.name for f in fields(plan) if not f.name.startswith("_") and f.name != "shown"]
    data = {name: getattr(plan, name) for name in kept}
    return {**data, "meta": asdict(plan.meta), "clauses": [asdict(c) for c in plan.clauses]}


def read_plan(data: dict[str, Any]) -> Plan:
    """The plan of such data. Raises KeyError, TypeError or ValueError for other data."""
    single = {k: Fact(**v) for k, v in data["meta"].items() if k != "basis"}
    basis = tuple(Fact(**f) for f in data["meta"]["basis"])
    return Plan(
        **{k: v for k, v in data.items() if k not in ("aliases", "meta", "clauses", "pages")},
        aliases=tuple(data["aliases"]),
        pages=tuple(data["pages"]),
        meta=Metadata(**single, basis=basis),
        clauses=tuple(_clause(c) for c in data["clauses"]),
    )


def _clause(data: dict[str, Any]) -> Clause:
    note = data["note"]
    return Clause(
        **{k: v for k, v in data.items() if k not in ("children", "duties", "note", "figures")},
        children=tuple(data["children"]),
        duties=tuple(Duty(**d) for d in data["duties"]),
        note=note
        and DutyNote(
            note["start"],
            note["end"],
            tuple(Duty(**d) for d in note["duties"]),
            tuple(note["open_roles"]),
        ),
        figures=tuple(Figure(**f) for f in data["figures"]),
    )
