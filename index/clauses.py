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
from itertools import zip_longest

from index.duties import read_cells, read_note
from index.figures import find_figures
from index.notes import find_notes, first_leads_from, says_first_leads
from index.openings import TITLE_CHARS, Node, first_line, of_row, opened, tail_line
from index.plan import OUTSIDE, Clause, Duty, DutyNote, Level
from index.reading import Reading
from index.tables import table_rows
from index.wording import BODY, Span

TITLE = re.compile(rf"([^，。；：,;:\n]{{2,{TITLE_CHARS}}})(?:[。：:]|$|(?=\n))")
PARAGRAPH_CHARS = 15  # what follows a note in a paragraph of its own; less is a full stop or a date
BELOW: dict[Level, Level] = {
    "plan": "part", "part": "section", "section": "item", "item": "subitem", "subitem": "subitem",
}  # fmt: skip


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
    first = first_line(text, lines)
    first_row = next((n for n, (a, _) in enumerate(lines) if a in rows), None)
    first = min((n for n in (first, first_row) if n is not None), default=None)
    body_from = lines[first][0] if first is not None else len(text)
    if body_from > 0:
        _add(root, Node("front", 0, "", 0, 0))
    tail = tail_line(reading, first)
    stack = [root]
    for n in range(first if first is not None else len(lines), tail):
        row = rows.get(lines[n][0])
        node = of_row(text, row) if row else opened(text, lines, n, stack)
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


def _close_spans(node: Node, end: int) -> None:
    node.end = end
    for child, following in zip_longest(node.children, node.children[1:]):
        _close_spans(child, following.start if following else end)


def _attach_notes(reading: Reading, root: Node) -> None:
    """Finds the notes in each own text and hands a closing note up to its section (rule 3)."""
    for node in list(_walk(root)):
        if node.level in OUTSIDE:
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
            rest = _past_stops(reading.text, note.end, node.end)
            if node.end - rest > PARAGRAPH_CHARS:  # what follows the note is the section's, too
                after = Node("paragraph", node.rank, "", rest, rest, end=node.end)
                _add(parent, after)
            node.end = note.start


def _past_stops(text: str, at: int, end: int) -> int:
    """Where the text goes on behind a note, past the stops and line ends that close it."""
    while at < end and text[at] in "\n。；;，":
        at += 1
    return at


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
            start = _past_stops(reading.text, note.end, stop)
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
    if node.level in (*OUTSIDE, "paragraph"):
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
    held = note or (None if node.level in OUTSIDE else inherited)
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
