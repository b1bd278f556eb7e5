"""What a plan file is read into: the stored text, and where its pages begin."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

Format = Literal["txt", "md", "docx", "pdf", "html"]


@dataclass(frozen=True, slots=True)
class Source:
    """A plan's stored text. All offsets of the program are offsets into `text`.

    `pages` holds the offset at which each page begins, ascending, the first page at 0; () where
    the format has no pages of its own.
    """

    text: str
    pages: tuple[int, ...]
    format: Format

    def page(self, offset: int) -> int | None:
        """The page, from 1, that the character at `offset` stands on; None without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None
