"""The clause tree: paragraphs to parts, sections, items, with headings and duty notes.

Read paragraph by paragraph, with a stack of the clauses that are open:
  1. a paragraph that begins with a number (一、 （一） 1.) opens a clause; it closes all clauses
     of the same or a deeper style;
  2. a short line without punctuation, followed by an item that starts again at 1, is a heading
     that lost its number: it takes the level of the clause that held the items before it;
  3. a paragraph that is nothing but a duty note closes a section if none of the items before it
     has a note of its own and no item follows; else it belongs to the last item;
  4. everything before the first clause is front matter, a printing line after the last is tail;
  5. what several notes stand behind, each for its own part, is split into these parts; so is what
     follows a note in paragraphs of its own;
  6. a line that says 附件 opens an annex, in which the numbers begin anew; the entries of a
     glossary (名词解释) are terms, not clauses of the plan;
  7. where the items under a heading each begin with a body's name, each is that body's duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from index.duties import read_cells, read_note
from index.figures import find_figures
from index.metadata import DATED, ISSUER
from index.notes import find_notes, first_leads_from, says_first_leads
from index.numbering import LEVEL_OF, STYLE_RANK, Marker, marker_at
from index.plan import Clause, Duty, DutyNote, Level
from index.reading import Reading
from index.tables import Row, table_rows
from index.wording import BODY, Span

TITLE_CHARS = 40  # a longer first sentence is text, not a heading (GB/T 9704 headings are phrases)
HEADING = re.compile(rf"[^，。；：,;:]{{2,{TITLE_CHARS}}}")
TITLE = re.compile(rf"([^，。；：,;:\n]{{2,{TITLE_CHARS}}})(?:[。：:]|$|(?=\n))")
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
UNREAD: tuple[Level, ...] = ("plan", "front", "tail")  # levels whose text assigns nothing
PARAGRAPH_CHARS = 15  # what follows a note in a paragraph of its own; less is a full stop or a date
BELOW: dict[Level, Level] = {
    "plan": "part", "part": "section", "section": "item", "item": "subitem", "subitem": "subitem",
}  # fmt: skip


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


def parse(reading: Reading, plan_id: str) -> tuple[Clause, ...]:
    """The clauses of a text, root first, in text order. Any text gives a tree."""
    root = _build(reading)
    _close_spans(root, len(reading.text))
    _attach_notes(reading, root)
    _attach_bodies(reading, root)
    _split_paragraphs(reading, root)
    leads = first_leads_from(reading.text)
    return tuple(_freeze(reading, root, plan_id, None, None, leads))


def front_end(clauses: tuple[Clause, ...]) -> int:
    """Source offset at which the front matter ends (0 where there is none)."""
    return next((c.end for c in clauses if c.level == "front"), 0)


def tail_start(clauses: tuple[Clause, ...], length: int) -> int:
    """Source offset at which the printing line begins (`length` where there is none)."""
    return next((c.start for c in clauses if c.level == "tail"), length)


def _build(reading: Reading) -> Node:
    text, lines = reading.text, reading.lines
    rows = table_rows(reading)
    root = Node("plan", -1, "", 0, 0)
    first = _first_line(text, lines)
    first_row = next((n for n, (a, _) in enumerate(lines) if a in rows), None)
    first = min((n for n in (first, first_row) if n is not None), default=None)
    body_from = lines[first][0] if first is not None else len(text)
    if body_from > 0:
        _add(root, Node("front", 0, "", 0, 0))
    tail = _tail_line(reading, first)
    stack = [root]
    for n in range(first if first is not None else len(lines), tail):
        row = rows.get(lines[n][0])
        node = _of_row(text, row) if row else _open(text, lines, n, stack)
        if node is None:
            continue
        while stack[-1].rank >= node.rank:
            stack.pop()
        if stack[-1].glossary:
            node.level, node.glossary = "term", True
        elif node.style == "bullet":
            node.level = BELOW.get(stack[-1].level, "subitem")
        _add(stack[-1], node)
        stack.append(node)
    if tail < len(lines):
        _add(root, Node("tail", 0, "", lines[tail][0], lines[tail][0]))
    return root


def _add(parent: Node, node: Node) -> None:
    node.parent = parent
    parent.children.append(node)


def _first_line(text: str, lines: tuple[tuple[int, int], ...]) -> int | None:
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


def _of_row(text: str, row: Row) -> Node:
    """The item that a table's row is; it lies below whatever the table stands in."""
    number = text[slice(*row.number)] if row.number else ""
    body = row.number.end if row.number else row.start
    node = Node("item", ROW_RANK, number, row.start, body, "row", row=row)
    node.body_named = row.body
    return node


ROW_RANK = 6.5  # below numbered items, and beside other rows


def _contents_end(text: str, lines: tuple[tuple[int, int], ...]) -> int:
    """The line after a list of contents (目录), where its first entry stands again; else 0."""
    at = next((n for n, span in enumerate(lines) if text[slice(*span)] in ("目录", "目次")), None)
    if at is None or at + 2 >= len(lines):
        return 0
    entry = CONTENTS_END.sub("", text[slice(*lines[at + 1])])
    again = (n for n in range(at + 2, len(lines)) if text[slice(*lines[n])].startswith(entry))
    return next(again, 0) if entry else 0


CONTENTS_END = re.compile(r"[.…·—\s]*\d*$")  # dots and the page number


def _open(text: str, lines: tuple[tuple[int, int], ...], n: int, stack: list[Node]) -> Node | None:
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


def _annex(text: str, lines: tuple[tuple[int, int], ...], n: int) -> Node | None:
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


def _tail_line(reading: Reading, first: int | None) -> int:
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


def _close_spans(node: Node, end: int) -> None:
    node.end = end
    for child, following in zip_longest(node.children, node.children[1:]):
        _close_spans(child, following.start if following else end)


def _attach_notes(reading: Reading, root: Node) -> None:
    """Finds the notes in each own text and hands a closing note up to its section (rule 3)."""
    for node in list(_walk(root)):
        if node.level in UNREAD:
            continue
        node.notes = find_notes(reading.text, node.start, node.own_end)
    for node in list(_walk(root)):
        parent = node.parent
        if not node.notes or node.children or parent is None or parent.level == "plan":
            continue
        note = node.notes[-1]
        siblings = parent.children
        alone = note.start == 0 or reading.text[note.start - 1] == "\n"
        is_last = node is siblings[-1] and len(siblings) > 1
        if alone and is_last and not any(s.notes for s in siblings[:-1]) and len(node.notes) == 1:
            node.notes.remove(note)
            parent.closing = note
            rest = note.end
            while rest < node.end and reading.text[rest] in "\n。；;，":
                rest += 1
            if node.end - rest > PARAGRAPH_CHARS:  # what follows the note is the section's, too
                after = Node("paragraph", node.rank, "", rest, rest, end=node.end)
                _add(parent, after)
            node.end = note.start


def _attach_bodies(reading: Reading, root: Node) -> None:
    """Rule 7: items that each begin with a body's name (县水利局：…) are the bodies' own."""
    for node in _walk(root):
        if any(c.row for c in node.children):
            continue
        named = [(c, _body_named(reading.text, c)) for c in node.children if not c.notes]
        found = [(c, span) for c, span in named if span]
        if len(found) >= FEWEST_BODIES and len(found) >= BODIES_SHARE * len(node.children):
            for child, span in found:
                child.body_named = span


def _body_named(text: str, node: Node) -> Span | None:
    """Where the item names the body it is about, if it begins so."""
    m = BODY_HEAD.match(text, node.body, node.own_end)
    return Span(*m.span(1)) if m and m.end(1) < node.own_end and BODY.search(m.group(1)) else None


BODY_HEAD = re.compile(r"[“”]?([\u4e00-\u9fff（）()、]{3,24}?)(?:[：:。\n]|(?=负责|牵头))")
# Fewer may be headings that happen to end like a body's name (…办公室).
FEWEST_BODIES, BODIES_SHARE = 3, 0.6


def _split_paragraphs(reading: Reading, root: Node) -> None:
    """Rule 5: each part that ends in a note of its own becomes a child, and so does the rest."""
    for node in list(_walk(root)):
        if not node.notes or (len(node.notes) == 1 and not _goes_on(reading.text, node)):
            continue
        start, stop = _body_start(reading, node), node.own_end
        parts: list[Node] = []
        for note in node.notes:
            parts.append(_paragraph(node, min(start, note.start), [note]))
            start = note.end
            while start < stop and reading.text[start] in "\n。；;，":
                start += 1
        if _goes_on(reading.text, node):
            parts.append(_paragraph(node, start, []))
        for part, following in zip_longest(parts, parts[1:]):
            part.end = following.start if following else stop
        node.children[:0] = parts
        node.notes = []


def _paragraph(parent: Node, start: int, notes: list[Span]) -> Node:
    return Node("paragraph", parent.rank + 0.5, "", start, start, parent=parent, notes=notes)


def _goes_on(text: str, node: Node) -> bool:
    """Whether paragraphs follow the node's last note: they are none of its business."""
    rest = text[node.notes[-1].end : node.own_end]
    return "\n" in rest and len(rest.partition("\n")[2].strip()) > PARAGRAPH_CHARS


def _body_start(reading: Reading, node: Node) -> int:
    title = _title_match(reading, node)
    at = title.end() if title else node.body
    while at < node.end and reading.text[at] == "\n":
        at += 1
    return at


def _title_match(reading: Reading, node: Node) -> re.Match[str] | None:
    if node.level in (*UNREAD, "paragraph"):
        return None
    if node.row:
        title = node.row.title
        return TITLE_CELL.match(reading.text, *title) if title else None
    m = TITLE.match(reading.text, node.body, node.own_end)
    if m and any(note.start < m.end() for note in node.notes):
        return None
    return m


TITLE_CELL = re.compile(r"(.+)", re.S)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _freeze(
    reading: Reading,
    node: Node,
    cid: str,
    parent: str | None,
    inherited: DutyNote | None,
    leads_from: int,
) -> Iterator[Clause]:
    spans = [*node.notes, *([node.closing] if node.closing else [])]
    own = [
        read_note(reading, s, s.end > leads_from or says_first_leads(reading.text, s))
        for s in spans
    ]
    if node.row and node.row.units:
        own = [read_cells(reading, node.row.units)]
    if node.body_named and not own:
        own = [_duty_of_body(reading, node.body_named)]
    note = own[0] if own else None
    below = own[-1] if node.closing else note  # a section's closing note holds for its items
    held = note or (None if node.level in UNREAD else inherited)
    title = _title_match(reading, node)
    ids = [f"{cid}{'.' if parent else ':'}{k}" for k in _ordinals(node)]
    start, end = reading.to_source(node.start, node.end)
    own_start, own_end = node.start, node.own_end
    figures = () if node.level == "plan" else find_figures(reading, node.body, own_end)
    yield Clause(
        id=cid,
        level=node.level,
        number=node.number,
        title=title.group(1) if title else "",
        text=reading.text[own_start:own_end].strip("\n"),
        start=start,
        own_end=reading.to_source(own_start, own_end)[1] if own_end > own_start else start,
        end=end,
        parent=parent,
        children=tuple(ids),
        duties=held.duties if held else (),
        duty_source="own" if note else "inherited" if held else "none",
        note=held,
        figures=figures,
    )
    for child, child_id in zip(node.children, ids, strict=True):
        yield from _freeze(reading, child, child_id, cid, below or held, leads_from)


def _duty_of_body(reading: Reading, span: Span) -> DutyNote:
    """The duty of the body that the item is about: it is responsible for what follows."""
    start, end = reading.to_source(*span)
    duty = Duty(reading.text[slice(*span)], "responsible", start, end)
    return DutyNote(start, end, (duty,), ())


def _ordinals(node: Node) -> list[str]:
    """Names for the children: their position among numbered clauses; front and tail by word."""
    names: list[str] = []
    n = 0
    for child in node.children:
        if child.level in ("front", "tail"):
            names.append(child.level)
        else:
            n += 1
            names.append(str(n))
    return names
