"""Reading text: the source without page breaks and markup, each character knowing its origin.

Published plans reach us as converted pages: a page break leaves blank lines in the middle of a
sentence, bold type leaves `**`, bookmarks leave `[bookmark: …]`, justification leaves spaces
between characters, footers leave page numbers. A reader does not see any of this. So the text is
read once into paragraphs of clean characters, and every character keeps its source offset: facts
are found in the clean text and cited in the source.

How it works: (1) mark the characters that are furniture; (2) cut the rest at line ends, and where
a text has lost its line ends at what is left of them (index.breaks);
(3) join a line to the next where the sentence is plainly not over: a bracket is still open, or
the line has running text and stops without closing punctuation, and the next line does not start
a numbered clause; (4) drop spaces that stand next to a Chinese character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.breaks import lost_breaks, page_numbers, running_heads
from index.numbering import marker_at

FURNITURE = re.compile(
    r"\[bookmark:[^\]\n]*\]"
    r"|\*{1,3}"
    r"|[\ufeff\u200b\u200c\u200d\u2060]"
    r"|(?:^|(?<=\n))[ \t(（]*\n?[—–-]{1,2}[ \t]*\n?[ \t]*\d{1,4}"
    r"[ \t]*\n?[ \t]*[—–-]{1,2}[ \t]*\n?[)）]?(?=\n|$)"
)
SPACE = " \t\u3000\xa0\r\x0b\x0c"
OPENERS, CLOSERS = "（(〔[【［{<‹《〈", "）)〕]】］}>›》〉"
# A sentence is over after these; a colon ends an address line (各乡镇…：) or opens a list.
SENTENCE_END = "。！？!?；;：:…"
# A line with none of these carries no running text: it is a heading, a title or a date.
RUNNING = "，。；,;"
NOT_CJK_ADJACENT = re.compile(r"[\x21-\x7e]")


@dataclass(frozen=True)
class Reading:
    """`text` is what a reader sees, a paragraph a line; `origin[i]` is where text[i] came from."""

    source: str
    text: str
    origin: tuple[int, ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source span of text[start:end]; an empty span maps to an empty span."""
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else len(self.source)
            return at, at
        return self.origin[start], self.origin[end - 1] + 1

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of `text` whose characters come from source[start:end]."""
        return bisect_left(self.origin, start), bisect_left(self.origin, end)

    def stretches(self) -> list[tuple[int, int]]:
        """The reading as (source offset, length) of stretches; length 0 is a line end."""
        found: list[tuple[int, int]] = []
        for char, at in zip(self.text, self.origin, strict=True):
            if char == "\n":
                found.append((at, 0))
            elif found and found[-1][1] and sum(found[-1]) == at:
                found[-1] = (found[-1][0], found[-1][1] + 1)
            else:
                found.append((at, 1))
        return found

    @staticmethod
    def join(source: str, stretches: Sequence[Sequence[int]]) -> Reading:
        """The reading that `stretches` describes, without reading the source again."""
        text: list[str] = []
        origin: list[int] = []
        for at, length in stretches:
            text.append(source[at : at + length] if length else "\n")
            origin.extend(range(at, at + max(length, 1)))
        return Reading(source, "".join(text), tuple(origin))

    def cells(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Spans of the cells of a table row text[start:end]; one span where it has no tabs."""
        cuts = [
            k
            for k in range(start + 1, end)
            if "\t" in self.source[self.origin[k - 1] : self.origin[k]]
        ]
        return tuple(zip([start, *cuts], [*cuts, end], strict=True))

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Spans in `text` of the paragraphs, without their line ends; none is empty."""
        spans, at = [], 0
        for piece in self.text.split("\n"):
            if piece:
                spans.append((at, at + len(piece)))
            at += len(piece) + 1
        return tuple(spans)


def quote(source: str, start: int, end: int) -> str:
    """The verbatim slice for display: line breaks, markup and outer blanks removed.

    Spaces inside a line stay. Nothing is added, so the quote can be checked against the source
    by removing the same things there.
    """
    piece = FURNITURE.sub("", source[start:end])
    return re.sub(r"[\t\r ]*\n\s*", "", piece).strip(SPACE + "\n")


def read(source: str) -> Reading:
    """Reads a source text into clean paragraphs. Never raises; linear in the text's length."""
    hidden = bytearray(len(source))
    for m in FURNITURE.finditer(source):
        hidden[m.start() : m.end()] = b"\x01" * (m.end() - m.start())
    for start, end in (*page_numbers(source), *running_heads(source)):
        hidden[start:end] = b"\x01" * (end - start)
    lines = _lines(source, hidden, lost_breaks(source))
    text: list[str] = []
    origin: list[int] = []
    depth, running, in_row = 0, False, False
    for n, line in enumerate(lines):
        head = "".join(source[at] for at in line[:12])
        row = _has_tab(source, line)
        if n and (row or in_row or not _continues(text[-1], head, depth, running)):
            text.append("\n")
            # where nothing stands between the two, the line end shares the place of what precedes
            origin.append(min(lines[n - 1][-1] + 1, line[0] - 1))
            depth, running = 0, False
        marker = marker_at(head)
        skipped = len(marker.text) if marker else 0
        for k, at in enumerate(line):
            text.append(source[at])
            origin.append(at)
            running = running or (k >= skipped and source[at] in RUNNING)
        depth = _depth(depth, (source[at] for at in line))
        in_row = row
    return Reading(source, "".join(text), tuple(origin))


def _has_tab(source: str, line: list[int]) -> bool:
    """Whether the line is a row of a table, its cells apart by tabs; none is joined to another."""
    return "\t" in source[line[0] : line[-1]]


def _lines(source: str, hidden: bytearray, breaks: frozenset[int]) -> list[list[int]]:
    """Per non-empty line the offsets of the characters a reader sees."""
    lines: list[list[int]] = [[]]
    for at, char in enumerate(source):
        if at in breaks:
            lines.append([])
        if char == "\n":
            lines.append([])
        elif not hidden[at] and (char >= " " or char == "\t"):
            lines[-1].append(at)
    return [seen for line in lines if (seen := _tidy(source, line))]


def _tidy(source: str, line: list[int]) -> list[int]:
    """Drops outer blanks, and inner ones except between two Latin words or numbers."""
    kept: list[int] = []
    blank: int | None = None
    for at in line:
        if source[at] in SPACE:
            blank = at if blank is None else blank
            continue
        if blank is not None and kept:
            latin = NOT_CJK_ADJACENT.match(source[kept[-1]]) and NOT_CJK_ADJACENT.match(source[at])
            if latin and source[kept[-1]].isalnum() and source[at].isalnum():
                kept.append(blank)
        blank = None
        kept.append(at)
    return kept


def _depth(depth: int, chars: Iterable[str]) -> int:
    for char in chars:
        if char in OPENERS:
            depth += 1
        elif char in CLOSERS:
            depth = max(0, depth - 1)
    return depth


def _continues(last: str, head: str, depth: int, running: bool) -> bool:
    """Whether a line goes on with the paragraph read so far.

    `last` is the paragraph's last character, `head` the line's beginning, `depth` how many
    brackets are open, `running` whether the paragraph has running text.
    """
    if marker_at(head) or head[0] in "〔【":
        return False
    if depth > 0:
        return True
    if last in SENTENCE_END:
        return False
    if last in "，、,":
        return True
    if last in CLOSERS + "”’\"'" or head[0] in OPENERS:
        # a title or a closed note may end so; running text that breaks here went on from a comma
        return last == "》" and running and head[0] not in OPENERS
    return running
