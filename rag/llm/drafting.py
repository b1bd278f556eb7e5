"""A draft as it comes: what passes is handed on at once, the rest kept with reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rag.llm.statements import Statements

MOST = 40  # statements of a draft looked at; a model that goes on repeats itself
Judge = Callable[[str], str]


@dataclass(slots=True)
class Drafting:
    """What became of a draft's statements. `judge` names a fault, or gives "" for none; `finish`
    puts a statement that passed into the form it is shown in."""

    judge: Judge
    finish: Callable[[str], str] = str
    passed: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def read(self, pieces: Iterable[str]) -> Iterator[str]:
        """Yields the statements that pass, each once, as they are completed."""
        cutter = Statements()
        seen = 0
        for piece in pieces:
            for text in cutter.feed(piece):
                seen += 1
                yield from self._judged(text)
            if seen >= MOST:
                return
        for text in cutter.rest():
            yield from self._judged(text)

    def _judged(self, text: str) -> Iterator[str]:
        if self.finish(text) in self.passed or text in (t for t, _ in self.failed):
            return
        fault = self.judge(text)
        if fault:
            self.failed.append((text, fault))
        else:
            self.passed.append(self.finish(text))
            yield self.passed[-1]

    def again(self) -> Drafting:
        """A second try: what passed stays, what failed is forgotten."""
        return Drafting(self.judge, self.finish, list(self.passed))
