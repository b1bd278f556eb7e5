"""Which paragraphs open a clause: numbers, headings without one, rows, annexes; where text ends.

A paragraph is judged by what it is and by the clauses that are open before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.metadata import DATED, ISSUER
from index.numbering import LEVEL_OF, STYLE_RANK, Marker, marker_at
from index.plan import Level
from index.reading import Reading
from index.tables import Row
from index.wording import Span

Lines = tuple[tuple[int, int], ...]

TITLE_CHARS = 40  # a longer first sentence is text, not a heading (GB/T 9704 headings are phrases)
HEADING = re.compile(rf"[^，。；：,;:]{{2,{TITLE_CHARS}}}")
# 2025年3月4日印发, 抄送…, （此件公开发布）, 某局2026年5月25日发布，征求意见截止…。
COLOPHON = re.compile(
    r"(?:抄送|主送|报送|分送)[：:].*|[^。；]{0,60}(?:\d{4}年\d{1,2}月\d{1,2}日|印发|抄送|主动公开)[^。；]{0,40}|[（(]?此件[^。；]{2,14}[）)]?"
    r"|[\u4e00-\u9fff]{4,40}\d{4}年\d{1,2}月(?:\d{1,2}日|[上中下]旬)(?:印发|发布|公布)[^。；]{0,40}。?"
)
ANNEX = re.compile(
    r"附(?:件|表|录)(?:[一二三四五六七八九十]{1,3}|\d{1,2})?(?:[-—－]\d{1,2})?[：:]?"
)
ANNEX_NAMED = re.compile(r"(附(?:件|录)\d{0,2})[：:]")
GLOSSARY = re.compile(
    r"(?:附(?:件|录)?\d{0,2}[：:]?)?(?:《[^》]{2,40}》)?(?:重点|部分|有关|相关)?(?:名词|术语|词语|用语|概念)(?:解释|注释|释义|说明)"
)


@dataclass
class Node:
    """A clause under construction; spans are in the reading text."""

    level: Level
    rank: float
    number: str
    start: int
    body: int
    style: str = ""
    ordinal: int = 0
    glossary: bool = False
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    closing: Span | None = None
    body_named: Span | None = None
    row: Row | None = None

    @property
    def own_end(self) -> int:
        return self.children[0].start if self.children else self._last()

    def _last(self) -> int:
        return self.closing.start if self.closing else self.end


def first_line(text: str, lines: Lines) -> int | None:
    """The line with the first clause number; a dash before it (——在…会议上) begins no clause."""
    contents = _contents_end(text, lines)
    marked = (
        (n, m) for n, (a, b) in enumerate(lines) if n >= contents and (m := marker_at(text[a:b]))
    )
    dash: int | None = None
    for n, marker in marked:
        if marker.style != "bullet":
            return n
        dash = n if dash is None else dash
    return dash


def of_row(text: str, row: Row) -> Node:
    """The item that a table's row is; it lies below whatever the table stands in."""
    number = text[slice(*row.number)] if row.number else ""
    body = row.number.end if row.number else row.start
    node = Node("item", ROW_RANK, number, row.start, body, "row", row=row)
    node.body_named = row.body
    return node


ROW_RANK = 6.5  # below numbered items, and beside other rows


def _contents_end(text: str, lines: Lines) -> int:
    """The line after a list of contents (目录), where its first entry stands again; else 0."""
    at = next((n for n, span in enumerate(lines) if text[slice(*span)] in ("目录", "目次")), None)
    if at is None or at + 2 >= len(lines):
        return 0
    entry = CONTENTS_END.sub("", text[slice(*lines[at + 1])])
    again = (n for n in range(at + 2, len(lines)) if text[slice(*lines[n])].startswith(entry))
    return next(again, 0) if entry else 0


CONTENTS_END = re.compile(r"[.…·—\s]*\d*$")  # dots and the page number


def opened(text: str, lines: Lines, n: int, stack: list[Node]) -> Node | None:
    """The clause that paragraph n opens, or None where it goes on with the open one."""
    a, b = lines[n]
    annex = _annex(text, lines, n)
    if annex:
        return annex
    marker = marker_at(text[a:b])
    if marker:
        marker = _resolved(marker, stack)
        level: Level = LEVEL_OF[marker.style]  # type: ignore[assignment]
        body = a + len(marker.text)
        return Node(level, marker.rank, marker.text, a, body, marker.style, marker.ordinal)
    following = marker_at(text[slice(*lines[n + 1])]) if n + 1 < len(lines) else None
    if following is None or following.ordinal != 1 or not HEADING.fullmatch(text[a:b]):
        return None
    return _unnumbered(a, following, stack)


def _annex(text: str, lines: Lines, n: int) -> Node | None:
    """The annex or glossary that line n opens; the line after 附件 is its title."""
    a, b = lines[n]
    if ANNEX.fullmatch(text, a, b):
        below = text[slice(*lines[n + 1])] if n + 1 < len(lines) else ""
        body = lines[n + 1][0] if below and not marker_at(below) else b
        glossary = bool(GLOSSARY.fullmatch(below))
        return Node("annex", 0, text[a:b].rstrip("：:"), a, body, "annex", glossary=glossary)
    named = ANNEX_NAMED.match(text, a, b)
    if named and GLOSSARY.fullmatch(text, a, b):
        body = named.end()
        return Node("annex", 0, named.group(1), a, body, "annex", glossary=True)
    titled = n > 0 and ANNEX.fullmatch(text, *lines[n - 1])
    if GLOSSARY.fullmatch(text, a, b) and not titled:
        return Node("annex", 0, "", a, a, "annex", glossary=True)
    return None


def _resolved(marker: Marker, stack: list[Node]) -> Marker:
    """38.15分钟… after item 37 is item 38, not the fifteenth of 38."""
    if marker.style != "decimal2":
        return marker
    whole, dot, _ = re.split(r"([.．])", marker.text, maxsplit=1)
    item = next((node for node in reversed(stack) if node.style == "item"), None)
    if item is None or item.ordinal + 1 != int(whole) or marker.ordinal == 1:
        return marker
    return Marker(whole + dot, "item", STYLE_RANK["item"], int(whole))


def _unnumbered(at: int, following: Marker, stack: list[Node]) -> Node | None:
    """A heading without number takes after the last clause that held items in this style."""
    for node in reversed(stack):
        if any(c.style == following.style for c in node.children):
            if node.level == "plan":
                return None
            return Node(node.level, node.rank, "", at, at, node.style)
    return None


def tail_line(reading: Reading, first: int | None) -> int:
    """Index of the line at which the closing begins (who signs, date, printing line); len(lines)
    where there is none."""
    lines, text = reading.lines, reading.text
    tail, signed = len(lines), False
    while first is not None and tail > first + 1:
        line = text[slice(*lines[tail - 1])]
        dated = tail < len(lines) and DATED.fullmatch(text[slice(*lines[tail])])
        signs = bool(ISSUER.match(line)) and (bool(dated) or signed)
        if not COLOPHON.fullmatch(line) and not signs:
            break
        signed = signs
        tail -= 1
    return tail
