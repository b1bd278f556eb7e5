"""Duty notes (责任分工): finding them and reading units and roles out of them.

A note is a bracket, or a paragraph of its own, that assigns a clause to units. Two ways of
writing cover what plans do:

    label  牵头单位：A、B；责任单位：C、D等        a role word, a colon, a list
    verb   由A、B牵头，C、D等单位参加              a list, then what the listed units do

Brackets of notes nest and are often closed with the wrong kind, so any opening bracket counts
as one and any closing bracket closes one; a note that is never closed ends with its paragraph.
The role is the one that the text names; nothing is inferred from a unit's place in the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.plan import Duty, DutyNote, Role
from index.reading import Reading

OPENERS, CLOSERS = "（(〔[【［{", "）)〕]】］}"
WHO = "(?:单位|部门|责任人)"
LABELS: tuple[tuple[Role, str], ...] = (
    ("lead", rf"(?:总?牵头|主办|主责)(?:责任|负责)?{WHO}|牵头责任{WHO}"),
    ("participant", rf"(?:参加|参与){WHO}"),
    ("support", rf"(?:配合|协助|协办|支持|协同){WHO}"),
    ("responsible", rf"(?:主要)?(?:责任|负责|落实|承办|实施){WHO}"),
)
LABEL = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in LABELS) + "")
COLON = "[：:]"
HEADER = re.compile(rf"(?:责任|任务|职责)分工{COLON}")
VERBS: tuple[tuple[Role, str], ...] = (
    ("lead", r"(?:共同|联合)?(?:总?牵头|主办)(?:负责|组织实施|落实|实施)?"),
    ("participant", r"(?:共同)?(?:参加|参与)(?:落实|实施)?"),
    ("support", r"(?:密切|积极)?(?:配合|协助|协办|协同)(?:落实|实施)?"),
    (
        "responsible",
        r"(?:按(?:照)?(?:各自)?职责分工)?(?:分别)?(?:负责|落实|组织实施)(?:落实|实施)?",
    ),
)
VERB = re.compile(
    "(?:" + "|".join(f"(?P<{role}>{pattern})" for role, pattern in VERBS) + r")(?=$|[，,；;。、])"
)
# The bracket begins like a note: a header, a role label with its colon, or 由 … 牵头.
NOTE_HEAD = re.compile(rf"\s*(?:{HEADER.pattern}|(?:{LABEL.pattern}){COLON}|由[^。]{{2,200}}?牵头)")
OPEN_END = re.compile(
    r"等(?:有关|相关|各|成员|区直|县直|市直)*(?:单位|部门|部门单位|地区|机构)?(?:按(?:照)?职责分工)?$"
)
# A label of something else, that ends a list of units: 完成时限：2025年, 责任人：张三.
OTHER_LABEL = re.compile(rf"[；;。]\s*[\u4e00-\u9fff（）()]{{2,12}}{COLON}")
SEPARATORS = "、，,；;。"


class Span(NamedTuple):
    """A stretch of the reading text."""

    start: int
    end: int


def find_notes(text: str, start: int, end: int) -> list[Span]:
    """Spans of the duty notes in text[start:end], brackets included, in order, not nested."""
    notes: list[Span] = []
    at = start
    while at < end:
        if text[at] in OPENERS:
            head = text[at + 1 : min(end, at + 240)]
            close = _close(text, at, min(end, at + LONGEST_NOTE))
            if NOTE_HEAD.match(head) or _is_verb_note(text[at + 1 : close - 1]):
                notes.append(Span(at, close))
                at = close
                continue
        elif at == start or text[at - 1] == "\n":
            line_end = text.find("\n", at, end)
            line_end = end if line_end < 0 else line_end
            if re.match(rf"(?:{HEADER.pattern})?(?:{LABEL.pattern}){COLON}", text[at:line_end]):
                notes.append(Span(at, line_end))
                at = line_end
                continue
        at += 1
    return notes


LONGEST_NOTE = 3000  # characters; the longest list of units seen has some 400


def _close(text: str, at: int, end: int) -> int:
    """Just after the bracket that closes the one at `at`, or the paragraph's end."""
    depth = 0
    for i in range(at, end):
        if text[i] in OPENERS:
            depth += 1
        elif text[i] in CLOSERS:
            depth -= 1
            if depth == 0:
                return i + 1
        elif text[i] == "\n":
            return i
    return end


def _is_verb_note(inner: str) -> bool:
    """（A、B负责）: the bracket's last word is a role verb and what precedes it is a list."""
    match = list(VERB.finditer(inner))
    if not match or match[-1].end() != len(inner.rstrip("。")):
        return False
    units = inner[: match[0].start()]
    return bool(re.match(r"[^。；]*(?:局|委|办|部|厅|政府|科协|工会|妇联|单位|部门)", units))


def read_note(reading: Reading, span: Span) -> DutyNote:
    """Reads the note at `span` of the reading text; duties in the text's order, no repeats."""
    text = reading.text
    start, end = span
    if text[start] in OPENERS:
        start += 1
        if text[end - 1] in CLOSERS:
            end -= 1
    duties: list[Duty] = []
    open_roles: list[Role] = []
    seen: set[tuple[str, Role]] = set()
    for role, lo, hi in _segments(text, start, end):
        hi, is_open = _strip_open_end(text, lo, hi)
        if is_open:
            open_roles.append(role)
        for a, b in _split(text, lo, hi):
            unit_end, unit_open = _strip_open_end(text, a, b)
            if unit_open and role not in open_roles:
                open_roles.append(role)
            unit = text[a:unit_end]
            if unit and (unit, role) not in seen:
                seen.add((unit, role))
                duties.append(Duty(unit, role, *reading.to_source(a, unit_end)))
    return DutyNote(*reading.to_source(span.start, span.end), tuple(duties), tuple(open_roles))


def _segments(text: str, start: int, end: int) -> Iterator[tuple[Role, int, int]]:
    """(role, start, end) of each list in the note, its role word left out."""
    header = HEADER.match(text, start, end)
    if header:
        start = header.end()
    labels = [
        m for m in LABEL.finditer(text, start, end) if m.end() < end and text[m.end()] in "：:"
    ]
    if labels:
        for m, following in zip(labels, [*labels[1:], None], strict=True):
            stop = following.start() if following else end
            other = OTHER_LABEL.search(text, m.end(), stop)
            stop = other.start() if other else stop
            yield _role(m), m.end() + 1, stop
        return
    at = start
    for m in VERB.finditer(text, start, end):
        by = BY.match(text, at, m.start())
        lo = by.end() if by else at
        if m.start() > lo:
            yield _role(m), lo, m.start()
        at = m.end()
        while at < end and text[at] in SEPARATORS:
            at += 1


BY = re.compile(r"[^、，,；;。]{0,12}?由")  # 由A牵头, 以上工作由A负责


def _role(match: re.Match[str]) -> Role:
    name = match.lastgroup
    for role, _ in LABELS:
        if role == name:
            return role
    raise AssertionError(name)  # a group is named after each role


def _split(text: str, lo: int, hi: int) -> list[Span]:
    """Cuts a list at separators outside brackets; 各镇、街道 stays one element.

    各 distributes over what follows it as long as that is a bare noun: 各镇、街道 means all towns
    and all sub-districts, so a 街道 alone would be no unit.
    """
    cuts: list[Span] = []
    depth, at = 0, lo
    for i in range(lo, hi + 1):
        char = text[i] if i < hi else "、"
        if i < hi and char in OPENERS + "<‹《〈":
            depth += 1
        elif i < hi and char in CLOSERS + ">›》〉":
            depth = max(0, depth - 1)
        elif char in SEPARATORS and (depth == 0 or i == hi):
            if i > at:
                cuts.append(Span(at, i))
            at = i + 1
    merged: list[Span] = []
    for cut in cuts:
        word = text[cut.start : cut.end]
        previous = text[merged[-1].start : merged[-1].end] if merged else ""
        if previous.startswith("各") and BARE.fullmatch(word) and len(previous) <= 6:
            merged[-1] = Span(merged[-1].start, cut.end)
        else:
            merged.append(cut)
    return merged


BARE = re.compile(r"(?:街道|街道办|镇|乡|乡镇|社区|村|村居|园区|街办|办事处)")


def _strip_open_end(text: str, lo: int, hi: int) -> tuple[int, bool]:
    """Takes 等, 等部门, 等单位 … off the end of a list; tells whether it was there."""
    while hi > lo and text[hi - 1] in SEPARATORS:
        hi -= 1
    m = OPEN_END.search(text, lo, hi)
    if m and m.start() > lo:
        return m.start(), True
    return hi, False
