"""Duty notes (责任分工): reading units and roles out of them. `index.notes` finds them.

Two ways of writing cover what plans do, and may stand one inside the other:

    label  牵头单位：A、B；责任单位：C、D等        a role word, a colon, a list
    verb   由A、B牵头，C、D等单位参加              a list, then what the listed units do

The role is the one that the text names. A place in the list makes a lead only where the text
says so (列第一位者为牵头单位，下同): from there on if it says 下同, else in that note alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.plan import Duty, DutyNote, Role
from index.reading import Reading
from index.wording import (
    BODY,
    BY,
    CLOSERS,
    COLON,
    HEADER,
    LABEL,
    OPENERS,
    OTHER_LABEL,
    SEPARATORS,
    VERB,
    Span,
    depth_at,
    remark_in,
    role_of,
)

OPEN_END = re.compile(
    r"等(?:有关|相关|各|成员|区直|县直|市直|省直|职能)*(?:单位|部门|部门单位|地区|机构)?(?:[和及](?:单位|地区|机构))?"
    r"(?:按(?:照)?(?:各自)?职责(?:分工)?)?$"
)
# 商务部等和各有关省级人民政府: the list is open, and one more unit follows
OPEN_AND = re.compile(r"等(?:有关|相关)?(?:单位|部门)?(?:以及|和|及|与)(?=.)")
AND = re.compile(r"以及|会同|[和及与](?=[\u4e00-\u9fff]{2})")
# 县教育局（牵头）: the role of one unit, in a bracket behind it
OWN_ROLE = re.compile(
    r"[（(](?:(?P<lead>总?牵头(?:单位|部门)?|主办)|(?P<support>配合(?:单位|部门)?|协办)"
    r"|(?P<participant>(?:参加|参与)(?:单位|部门)?))[）)]$"
)
# 各区人民政府（含开发区管委会，下同）: what a bracket adds to the name is no part of it
GLOSS = re.compile(
    r"[（(〈<‹【\[〔](?:含|包括|下同|以下简称|简称)[^）)〉>›】\]〕]*[）)〉>›】\]〕]$"
)
BARE = re.compile(r"(?:街道|街道办|镇|乡|乡镇|社区|村|村居|园区|街办|办事处)")


def read_note(reading: Reading, span: Span, first_leads: bool = False) -> DutyNote:
    """Reads the note at `span` of the reading text; duties in the text's order, no repeats.

    With `first_leads` the first of a list of responsible units is the lead.
    """
    text = reading.text
    duties: list[Duty] = []
    open_roles: list[Role] = []
    seen: set[tuple[str, Role]] = set()
    for role, lo, hi in _segments(text, span):
        for a, b, is_open in _units(text, lo, hi):
            held, end = _own_role(text, a, b, role)
            unit = text[a:end]
            if is_open and held not in open_roles:
                open_roles.append(held)
            if unit and (unit, held) not in seen:
                seen.add((unit, held))
                duties.append(Duty(unit, held, *reading.to_source(a, end)))
    if first_leads and duties and all(d.role == "responsible" for d in duties):
        duties[0] = replace(duties[0], role="lead")
        if len(duties) == 1:
            open_roles = ["lead"] * len(open_roles)
    return DutyNote(*reading.to_source(*span), tuple(duties), tuple(open_roles))


def read_cells(reading: Reading, cells: Sequence[tuple[Role, Span]]) -> DutyNote:
    """The duties that a table row gives in its cells for units."""
    text = reading.text
    duties: list[Duty] = []
    open_roles: list[Role] = []
    for role, span in cells:
        for a, b, is_open in _units(text, *span):
            held, end = _own_role(text, a, b, role)
            duties.append(Duty(text[a:end], held, *reading.to_source(a, end)))
            if is_open and held not in open_roles:
                open_roles.append(held)
    start, end = min(s.start for _, s in cells), max(s.end for _, s in cells)
    unique: dict[tuple[str, Role], Duty] = {}
    for duty in duties:
        unique.setdefault((duty.unit, duty.role), duty)
    return DutyNote(*reading.to_source(start, end), tuple(unique.values()), tuple(open_roles))


def _segments(text: str, span: Span) -> Iterator[tuple[Role, int, int]]:
    """(role, start, end) of each list in the note, its role word left out."""
    for start, end in _inside(text, span):
        header = HEADER.match(text, start, end)
        if header:
            start = header.end()
        labels = list(_labels(text, start, end))
        if not labels:
            yield from _by_verb(text, start, end)
            continue
        for m, following in zip(labels, [*labels[1:], None], strict=True):
            if m.lastgroup is None:
                continue
            lo, stop = _after_colon(text, m.end()), following.start() if following else end
            by_verb = list(_by_verb(text, lo, stop))
            yield from by_verb or [(role_of(m), lo, stop)]


def _inside(text: str, span: Span) -> Iterator[Span]:
    """The note without its outer bracket, cut at line ends and before remarks on the list."""
    start, end = span
    if text[start] in OPENERS:
        start += 1
        if text[end - 1] in CLOSERS:
            end -= 1
    for line in re.compile(r"[^\n]+").finditer(text, start, end):
        yield Span(line.start(), remark_in(text, *line.span()))


def _labels(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Role labels, and other labels (完成时限：) that end the list before them.

    A label at the very beginning may stand without its colon.
    """
    found = {m.start(): m for m in OTHER_LABEL.finditer(text, start, end)}
    for m in LABEL.finditer(text, start, end):
        if m.end() < end and (text[m.end()] in "：:" or m.start() == start):
            covering = [at for at in found if at <= m.start() < found[at].end()]
            for at in covering:
                del found[at]
            found[m.start()] = m
    yield from (found[at] for at in sorted(found))


def _after_colon(text: str, at: int) -> int:
    return at + 1 if re.match(COLON, text[at : at + 1]) else at


def _by_verb(text: str, start: int, end: int) -> Iterator[tuple[Role, int, int]]:
    at = start
    for m in VERB.finditer(text, start, end):
        if depth_at(text, start, m.start()):
            continue
        by = BY.match(text, at, m.start())
        lo = by.end() if by else at
        if m.start() > lo:
            yield role_of(m), lo, m.start()
        at = m.end()
        while at < end and text[at] in SEPARATORS:
            at += 1


def _units(text: str, lo: int, hi: int) -> Iterator[tuple[int, int, bool]]:
    """Each unit of a list: its span, and whether the list is said to go on (等) after it."""
    cuts = [part for cut in _split(text, lo, hi) for part in _at_and(text, cut)]
    for a, b in _merged(text, cuts):
        end, is_open = _strip_open_end(text, a, b)
        gloss = GLOSS.search(text, a, end)
        if gloss and gloss.start() > a:
            end = gloss.start()
        if end > a:
            yield a, end, is_open


def _own_role(text: str, a: int, b: int, role: Role) -> tuple[Role, int]:
    m = OWN_ROLE.search(text, a, b)
    return (role_of(m), m.start()) if m and m.start() > a else (role, b)


def _split(text: str, lo: int, hi: int) -> list[Span]:
    """Cuts a list at separators outside brackets."""
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
    return cuts


def _at_and(text: str, cut: Span) -> Iterator[Span]:
    """Cuts A等和B, and A和B where A is a whole name: 县教育局和县科协, not 文化和旅游局."""
    opened = OPEN_AND.search(text, *cut)
    if opened and opened.start() > cut.start:
        yield Span(cut.start, opened.start() + 1)
        yield Span(opened.end(), cut.end)
        return
    for m in AND.finditer(text, *cut):
        left, right = text[cut.start : m.start()], text[m.end() : cut.end]
        bodies = BODY.search(left) and BODY.search(right)
        names = bodies and (m.group(0) == "会同" or (_whole(left) and _whole(right)))
        if len(left) > 2 and names and not depth_at(text, cut.start, m.start()):
            yield Span(cut.start, m.start())
            yield Span(m.end(), cut.end)
            return
    yield cut


def _whole(name: str) -> bool:
    """Whether the name is complete: it begins with its level or 各, or ends as bodies do."""
    return bool(BODY.search(name) and re.match(r"[各有县市区省州镇乡团国全]", name))


def _merged(text: str, cuts: Sequence[Span]) -> list[Span]:
    """各镇、街道 stays one element.

    各 distributes over what follows it as long as that is a bare noun: 各镇、街道 means all towns
    and all sub-districts, so a 街道 alone would be no unit. So it does where the first has no
    ending of a body yet (各区、县（市）政府).
    """
    merged: list[Span] = []
    for cut in cuts:
        word = text[cut.start : cut.end]
        previous = text[merged[-1].start : merged[-1].end] if merged else ""
        bare = BARE.fullmatch(word) and len(previous) <= 6
        unfinished = re.fullmatch(r"各(?:(?:自治)?[县市区乡镇州旗省]、?)+", previous)
        if previous.startswith("各") and (bare or unfinished):
            merged[-1] = Span(merged[-1].start, cut.end)
        else:
            merged.append(cut)
    return merged


def _strip_open_end(text: str, lo: int, hi: int) -> tuple[int, bool]:
    """Takes 等, 等部门, 等单位 … off the end of a list; tells whether it was there."""
    while hi > lo and text[hi - 1] in SEPARATORS:
        hi -= 1
    m = OPEN_END.search(text, lo, hi)
    if m and m.start() > lo:
        return m.start(), True
    return hi, False
