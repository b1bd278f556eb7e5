"""Finding duty notes (责任分工): brackets and paragraphs that assign a clause to units.

Brackets of notes nest and are often closed with the wrong kind, so any opening bracket counts as
one and any closing bracket closes one; a note that is never closed ends with its paragraph. What
stands on lines of its own one after the other (牵头单位：A / 责任单位：B) is one note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.wording import (
    BODY,
    BY,
    CLOSERS,
    FIRST_LEADS,
    FROM_HERE_ON,
    HEADER,
    LABEL,
    LABELLED,
    OPENERS,
    OTHER,
    SEPARATORS,
    VERB,
    Span,
    remark_in,
)

# A label may come after one for something else (完成时限：2025年底；责任单位：A).
AFTER_OTHER = rf"{OTHER}[^：:。\n]{{1,60}}?[；;，,。]?{LABELLED}"
BRACKET_HEAD = re.compile(
    rf"\s*(?:{HEADER.pattern}|{LABELLED}|由[^。]{{2,200}}?牵头|{AFTER_OTHER})"
)
LINE_HEAD = re.compile(rf"(?:{HEADER.pattern})?{LABELLED}|{AFTER_OTHER}")
REMARKS_LINE = re.compile(r"[（(]?(?:备注|说明|注)\d?[：:]")  # below a list, for all of it
LONGEST_NOTE = 3000  # characters; the longest list of units seen has some 400
HEAD = 240  # characters of a bracket that are looked at to tell a note


def find_notes(text: str, start: int, end: int) -> list[Span]:
    """Spans of the duty notes in text[start:end], brackets included, in order, not nested."""
    notes: list[Span] = []
    closes = _closings(text, start, end)
    at = start
    while at < end:
        note = _note_at(text, at, start, end, closes)
        if note is None:
            at += 1
            continue
        if notes and _on_lines(text, notes[-1], note):
            note = Span(notes.pop().start, note.end)
        notes.append(note)
        at = note.end
    return notes


def first_leads_from(text: str) -> int:
    """From which position on the first of a list leads; len(text) where the text never says so."""
    for m in FIRST_LEADS.finditer(text):
        if REMARKS_LINE.match(text, text.rfind("\n", 0, m.start()) + 1):
            return 0
        if FROM_HERE_ON.search(text, max(0, m.start() - 20), m.end() + 20):
            return m.start()
    return len(text)


def says_first_leads(text: str, note: Span) -> bool:
    """Whether the note itself says that the first of its list leads."""
    return bool(FIRST_LEADS.search(text, *note))


def _note_at(text: str, at: int, start: int, end: int, closes: Mapping[int, int]) -> Span | None:
    """The note that begins at `at`, if any."""
    if text[at] in OPENERS:
        close = min(closes[at], at + LONGEST_NOTE)
        if BRACKET_HEAD.match(text, at + 1, min(close, at + HEAD)) or _is_list(
            text[at + 1 : close]
        ):
            return Span(at, close)
    elif at == start or text[at - 1] == "\n":
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if LINE_HEAD.match(text, at, stop) or _is_verb_note(text[at:stop]):
            return Span(at, stop)
    return None


def _on_lines(text: str, before: Span, note: Span) -> bool:
    """Whether both stand on lines of their own, one below the other."""
    return (
        text[before.end : note.start] == "\n"
        and text[before.start] not in OPENERS
        and text[note.start] not in OPENERS
    )


def _closings(text: str, start: int, end: int) -> dict[int, int]:
    """For every opening bracket where it ends: behind what closes it, or with its paragraph."""
    closes: dict[int, int] = {}
    opened: list[int] = []
    for i in range(start, end):
        if text[i] in OPENERS:
            opened.append(i)
        elif text[i] in CLOSERS and opened:
            closes[opened.pop()] = i + 1
        elif text[i] == "\n":
            closes.update(dict.fromkeys(opened, i))
            opened.clear()
    closes.update(dict.fromkeys(opened, end))
    return closes


def _is_list(bracket: str) -> bool:
    """A bracket's inside that is a note: A、B负责, or a label without its colon and a list."""
    inner = bracket[:-1] if bracket[-1:] and bracket[-1] in CLOSERS else bracket
    if inner[:1] in OPENERS:  # also of an empty one
        return False
    label = LABEL.match(inner)
    if label and _all_bodies(inner[label.end() :]):
        return True
    return _is_verb_note(inner)


def _is_verb_note(inner: str) -> bool:
    """（A、B负责）: lists of bodies, each with its role verb, and nothing else but remarks."""
    if len(inner) > LONGEST_NOTE:
        return False
    remark = remark_in(inner, 0, len(inner))
    said = inner[:remark].rstrip(SEPARATORS)
    verbs = list(VERB.finditer(said))
    if not verbs or verbs[-1].end() != len(said):
        return False
    at = 0
    for verb in verbs:
        by = BY.match(said, at, verb.start())
        listed = said[by.end() if by else at : verb.start()].strip(SEPARATORS)
        if listed and not _all_bodies(listed):
            return False
        at = verb.end()
    return verbs[0].start() > 0


def _all_bodies(listed: str) -> bool:
    """Whether every element of a list is named as bodies are; brackets count with their name."""
    plain = re.sub(r"[（(〔\[〈<‹][^（()）〕\]〉>›]*[）)〕\]〉>›]", "", listed)
    parts = [p for p in re.split(f"[{SEPARATORS}]", plain) if p]
    return bool(parts) and all(_is_body(p) for p in parts)


def _is_body(name: str) -> bool:
    bare = re.sub(r"等.*$", "", name)
    return len(bare) > 1 and "由" not in bare and bool(BODY.search(bare) or BODY.search(name))
