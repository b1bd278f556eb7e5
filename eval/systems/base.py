"""What is evaluated: anything that answers a question, seen through one method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Protocol

from eval.gold import Gold

REFUSED = ("not_mentioned", "out_of_scope")
ASKED_BACK = "clarify"


class Slice(NamedTuple):
    """A piece of a plan's source text; `end` is exclusive."""

    plan: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation as it is judged: the words shown and where they are said to stand."""

    n: int
    plan: str
    start: int
    end: int
    quote: str
    path: tuple[str, ...] = ()

    @property
    def slice(self) -> Slice:
        return Slice(self.plan, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Response:
    """What a system gave for one question.

    `status` is one of the answer object's, or `error` where the system failed (`error` says how).
    `retrieved` are the slices it looked at, best first; None where the system does not tell.
    `confidence`, 0 to 1, is how sure it says it is, if it says so.
    """

    answer: str
    status: str
    citations: tuple[Quote, ...] = ()
    retrieved: tuple[Slice, ...] | None = None
    latency_ms: float = 0.0
    confidence: float | None = None
    error: str = ""

    @property
    def failed(self) -> bool:
        return self.status == "error"

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, as kept in answers.jsonl."""
        data = asdict(self)
        data["citations"] = [asdict(c) for c in self.citations]
        if self.retrieved is not None:
            data["retrieved"] = [s._asdict() for s in self.retrieved]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Response:
        """From the JSON form or from an answer object of `tiaowen batch`; other fields are left.

        Raises KeyError, TypeError or ValueError where the data is none.
        """
        retrieved = data.get("retrieved")
        confidence = data.get("confidence")
        return cls(
            answer=str(data["answer"]),
            status=str(data["status"]),
            citations=tuple(_quote(n, c) for n, c in enumerate(data.get("citations") or (), 1)),
            retrieved=None if retrieved is None else tuple(_slice(s) for s in retrieved),
            latency_ms=float(data.get("latency_ms") or 0.0),
            confidence=None if confidence is None else float(confidence),
            error=str(data.get("error") or ""),
        )


def _slice(data: Mapping[str, Any]) -> Slice:
    return Slice(str(data["plan"]), int(data["start"]), int(data["end"]))


def _quote(n: int, data: Mapping[str, Any]) -> Quote:
    return Quote(
        int(data.get("n", n)),
        *_slice(data),
        quote=str(data.get("quote", "")),
        path=tuple(map(str, data.get("path") or ())),
    )


class System(Protocol):
    """A system under evaluation.

    `name` is how tables call it; `settings` is everything that could change its answers, as
    text, so that two runs can be told to be of the same system.
    """

    name: str
    settings: Mapping[str, str]

    def ask(self, gold: Gold) -> Response:
        """The answer to `gold.question` after `gold.history`.

        Only a system that replays stored answers looks at `gold.id`; none may look at what is
        expected. Whatever is raised is recorded as a failed answer.
        """
        ...


def slices(responses: Sequence[Quote]) -> tuple[Slice, ...]:
    """Where the citations stand."""
    return tuple(q.slice for q in responses)
