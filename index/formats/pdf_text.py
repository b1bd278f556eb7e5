"""Lines of pages into running text: the page undone, the paragraphs as the page shows them.

(1) Page numbers, lines that begin or end many pages in one place, and the lines of a table of
contents go. (2) The margins are those that most lines of like pages keep. (3) A line goes on with
the line before it if that one is full to the right margin and this one is not indented, is of the
same size and not set apart. In a document that does not indent, a line after a full one begins a
paragraph if it begins with a number or if more space than usual lies between.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.formats.pdf_lines import Line
from index.formats.pdf_pages import Page, flowed
from index.numbering import marker_at
from index.reading import CLOSERS, SENTENCE_END

DASH = r"[—–―\-－‐‑─]"
PAGE_NUMBER = re.compile(
    rf"{DASH}*[ ]?(?:第[ ]?)?(?:\d{{1,4}}|[ivxIVX]{{1,6}})(?:[ ]?页)?[ ]?{DASH}*"
    rf"(?:[ /／,，]*(?:共[ ]?)?\d{{1,4}}(?:[ ]?页)?)?"
)
LEADERS = re.compile(r"[.．…·⋯]{4,}\s*\d{1,4}$")
CONTENTS = re.compile(r"^目\s*[录次]$")
DIGITS = re.compile(r"\d+")
EDGE_LINES = 2  # lines at the top and bottom of a page that may be its header and footer
BROKEN_WORD = re.compile(r"[a-z]-$")
REPEATED_PAGES, REPEATED_SHARE = 2, 0.25  # on how many pages, of all, a header stands at least
SAME_PLACE = 8.0  # points between the places of a header on two pages
FULL = 2.0  # of the type size: no mark may begin a line, so a full line can be one or two short
INDENT = 1.3  # of the type size: a paragraph begins two characters in
CENTRED = 3.0  # of the type size: further in than any paragraph begins
SIDE_PAGES = 6  # left and right pages each, from which on they may have margins of their own
NARROWEST = 15  # characters a column of running text has at least; what is narrower is a list
SAME_SIZE = 0.15  # share by which the sizes of two lines of one paragraph differ at most
APART = 1.5  # of the usual distance of lines: more is a gap between paragraphs
INDENTED_SHARE = 0.5  # of the lines after a short line; below it the document does not indent
GRID = 3.0  # points within which two lines begin in one place
KEPT_BY = 0.04  # share of lines that begin at the left margin, where most are first lines
HELD_BY = 0.25  # of as many lines as end where most do: where full lines end, marks not hung over


@dataclass(frozen=True, slots=True)
class _Margins:
    """Of pages of one shape: left and right margin and the usual distance of lines, in points."""

    shape: tuple[int, int, int]
    left: float
    right: float
    pitch: float


def joined(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    """The running text of the pages, and the offset at which each page begins, the first at 0."""
    kept = _without_furniture([page.lines for page in pages])
    bare = [replace(page, lines=tuple(of)) for page, of in zip(pages, kept, strict=True)]
    lines = [line for page in flowed(bare) for line in page]
    margins = _margins(pages, lines)
    indented = _indents(lines, margins)
    parts: list[str] = []
    begins: dict[int, int] = {}
    length = 0
    for n, line in enumerate(lines):
        if n:
            before = lines[n - 1]
            glue = _glue(before, line, margins, indented)
            if not glue and BROKEN_WORD.search(before.text) and line.text[0].islower():
                parts[-1] = parts[-1][:-1]
                length -= 1
            parts.append(glue)
            length += len(glue)
        begins.setdefault(line.page, length)
        parts.append(line.text)
        length += len(line.text)
    text = "".join(parts) + ("\n" if parts else "")
    return text, _starts(begins, len(pages), len(text))


def _starts(begins: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    """Where each page begins; one without text where the next one does, the first at 0."""
    starts: list[int] = []
    for page in reversed(range(pages)):
        end = begins.get(page, end)
        starts.append(end)
    starts.reverse()
    return (0, *starts[1:])


def _glue(before: Line, line: Line, margins: dict[int, _Margins], indented: bool) -> str:
    if not _goes_on(before, line, margins, indented):
        return "\n"
    end, start = before.text[-1], line.text[0]
    words = end.isascii() and start.isascii() and end.isalnum() and start.isalnum()
    return " " if words and not (end.isdecimal() and start.isdecimal()) else ""


def _goes_on(before: Line, line: Line, margins: dict[int, _Margins], indented: bool) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    above, here = margins[before.page], margins[line.page]
    size = max(before.size, line.size)
    if abs(before.size - line.size) > SAME_SIZE * size:
        return False
    if above.shape != here.shape or before.cells or line.cells:
        return False
    if above.right - above.left < NARROWEST * size:
        return False
    if before.right < above.right - FULL * size:
        return False
    if line.left > here.left + INDENT * size:
        return _centred(line, here) and before.text[-1] not in SENTENCE_END + CLOSERS
    if indented:
        return True
    apart = before.page == line.page and before.base - line.base > APART * here.pitch
    ended = before.text[-1] in SENTENCE_END
    return not apart and not (ended and marker_at(line.text))


def _centred(line: Line, margins: _Margins) -> bool:
    """Whether a line stands in the middle: after a full line, the rest of a long title."""
    left, right = line.left - margins.left, margins.right - line.right
    return left > CENTRED * line.size and abs(left - right) < line.size


# -- margins ------------------------------------------------------------------------------


def _margins(pages: Sequence[Page], lines: Sequence[Line]) -> dict[int, _Margins]:
    """The margins of each page with text: those kept by the lines of pages like it.

    Pages of one shape are alike and, in a document that is long enough, those of one side, since
    it may be bound.
    """
    shapes = Counter((page.shape, at % 2) for at, page in enumerate(pages))

    def group(at: int) -> tuple[object, ...]:
        shape = pages[at].shape
        sides = min(shapes[(shape, 0)], shapes[(shape, 1)]) >= SIDE_PAGES
        return (shape, at % 2) if sides else (shape,)

    like: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        like[group(line.page)].append(line)
    found = {
        key: _kept_margins([n for n in of if not n.cells] or of, pages[of[0].page].shape)
        for key, of in like.items()
    }
    return {at: found[group(at)] for at in {line.page for line in lines}}


def _kept_margins(lines: Sequence[Line], shape: tuple[int, int, int]) -> _Margins:
    size = median(line.size for line in lines)
    lefts = Counter(round(line.left / GRID) for line in lines)
    left = min(at for at, n in lefts.items() if n >= min(max(lefts.values()), KEPT_BY * len(lines)))
    ends = Counter(round(line.right / (size / 2)) for line in lines)
    near = {at: ends[at - 1] + ends[at] + ends[at + 1] for at in ends}
    # marks may hang over the margin, so that the outermost ends are not those of most full lines
    right = max(at for at, n in near.items() if n >= HELD_BY * max(near.values()))
    gaps = [a.base - b.base for a, b in pairwise(lines) if a.page == b.page]
    downward = [gap for gap in gaps if gap > size / 2]
    pitch = median(downward) if downward else 2 * size
    return _Margins(shape, left * GRID, right * size / 2, pitch)


def _indents(lines: Sequence[Line], margins: dict[int, _Margins]) -> bool:
    """Whether paragraphs begin indented: looked at in lines that follow a short line."""
    starts = [
        b.left > margins[b.page].left + INDENT * b.size
        for a, b in pairwise(lines)
        if a.right < margins[a.page].right - FULL * a.size
    ]
    return bool(starts) and sum(starts) >= INDENTED_SHARE * len(starts)


# -- furniture ----------------------------------------------------------------------------


def _without_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    repeated = _repeated(pages)
    for page in pages:
        start, end = 0, len(page)
        while start < min(EDGE_LINES, end) and _is_furniture(page[start], repeated):
            start += 1
        while end > max(start, len(page) - EDGE_LINES) and _is_furniture(page[end - 1], repeated):
            end -= 1
        yield list(_without_contents(page[start:end]))


def _edges(page: Sequence[Line]) -> Iterable[int]:
    count = len(page)
    return [*range(min(EDGE_LINES, count)), *range(max(0, count - EDGE_LINES), count)]


def _is_furniture(line: Line, repeated: set[tuple[str, int]]) -> bool:
    return _key(line) in repeated or bool(PAGE_NUMBER.fullmatch(line.text.strip()))


def _key(line: Line) -> tuple[str, int]:
    return DIGITS.sub("#", line.text.replace(" ", "")), round(line.base / SAME_PLACE)


def _repeated(pages: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """What stands at the edge of many pages in one place, numbers aside."""
    seen = Counter(key for page in pages for key in {_key(page[n]) for n in _edges(page)})
    enough = max(REPEATED_PAGES, REPEATED_SHARE * len(pages))
    return {key for key, count in seen.items() if count >= enough}


def _without_contents(page: Sequence[Line]) -> Iterator[Line]:
    """Without the lines of a table of contents, whose headings all come again."""
    if not any(LEADERS.search(line.text) for line in page):
        yield from page
        return
    for line in page:
        if not LEADERS.search(line.text) and not CONTENTS.match(line.text):
            yield line
