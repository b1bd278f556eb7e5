"""What the pages share: the assistant over the index as it is now, and where things lie.

A plan that is added or removed, on the page or by a command beside it, is there at the next
question: before each use the serving generation's name is read (some 50 microseconds) and the
index opened again where it has changed. Whoever is being answered keeps what was open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock

from index import generation
from index.errors import IndexMissing
from index.held import Card
from index.plan import Plan
from rag.assistant import Assistant


class Site:
    """The index in `folder`, made of the plans in `corpus`, opened by `open_assistant`.

    `keeper` is the account that alone may change plans and read what others said; "" where
    whoever sits at this machine may.
    """

    def __init__(
        self,
        open_assistant: Callable[[], Assistant],
        folder: Path,
        corpus: Path,
        keeper: str = "",
    ) -> None:
        self.folder, self.corpus = folder, corpus
        self._keeper = keeper
        self._open = open_assistant
        self._lock = Lock()
        self._assistant = open_assistant()
        self.serving = self._current()

    def _current(self) -> str:
        try:
            return generation.current(self.folder)
        except (IndexMissing, OSError):  # moved away while it is served: what is open goes on
            return ""

    @property
    def assistant(self) -> Assistant:
        """The assistant over the index as it is now."""
        with self._lock:
            now = self._current()
            if now and now != self.serving:
                with suppress(IndexMissing):  # amid a change; the next question tries again
                    self._assistant, self.serving = self._open(), now
            return self._assistant

    @property
    def plans(self) -> Mapping[str, Plan]:
        """The plans by id."""
        return self.assistant.index.by_id()

    @property
    def cards(self) -> tuple[Card, ...]:
        """What is known of each plan without reading it; names told apart, sorted by id."""
        return tuple(self.assistant.index.held_index().cards)

    def keeps(self, user: str | None) -> bool:
        """Whether that account keeps the house."""
        return not self._keeper or user == self._keeper

    def choices(self) -> list[tuple[str, str]]:
        """Names and ids of the plans, as choices of a list."""
        return [(c.name, c.id) for c in self.cards]
