"""What a plan says of itself: title, issuer, date, own number, draft or issued, period, basis.

Read from the front matter (everything before the first numbered clause) and the printing line at
the end. What is not found stays empty. A document number in brackets behind a title 《…》 belongs
to that title, so it is basis and never the plan's own number.
"""

from __future__ import annotations

import re
import unicodedata

from index.plan import Fact, Metadata
from index.reading import Reading

KIND = "方案|规划|计划|纲要|意见|办法|措施|通知|要点|报告|细则|决定|规定|任务分工表|分工表|清单"
TITLE_LINE = re.compile(rf"^(?!关于)[^，。；：]{{4,80}}?(?:{KIND})(?:[（(][^）)]*[）)])*$")
# the second line of a title that was broken: 实施方案（2021—2025年） below …行动规划纲要
CONTINUED = re.compile(rf"(?:实施|工作|行动|分工|建设|发展)?(?:{KIND})(?:[（(][^）)]*[）)])*")
TITLE_HEAD = re.compile(r"(?!关于)[^，。；：》）)]{4,60}(?<![号日])")
NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*\d{1,4}号")
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
PERIOD = re.compile(r"[（(]?(20\d\d)\s*年?\s*[—–\-－~至到]+\s*(20\d\d)\s*年[)）]?")
DRAFT = re.compile(r"征求意见稿|送审稿|讨论稿|草案|初稿|审议稿")
ISSUER = re.compile(
    r"^[\u4e00-\u9fff]{2,20}?(?:人民政府(?:办公室|办公厅)?|委员会(?:办公室)?|科学技术协会|[局委办厅部])$"
)
BASIS_VERB = re.compile(r"根据|依据|按照|贯彻落实|落实|贯彻")


def read_metadata(reading: Reading, front_end: int, tail_start: int) -> Metadata:
    """Metadata from text[:front_end] (front matter) and text[tail_start:] (printing line)."""
    text = reading.text
    lines = [(a, b) for a, b in reading.lines if b <= front_end]
    tail = [(a, b) for a, b in reading.lines if a >= tail_start]
    title = _title(reading, lines)
    return Metadata(
        title=title,
        issuer=_issuer(reading, lines, tail),
        date=_date(reading, lines, tail),
        number=_number(reading, lines),
        status=_status(reading, lines),
        period=_period(reading, title),
        basis=_basis(reading, [(a, b) for a, b in lines if BASIS_VERB.search(text, a, b)]),
    )


DOCUMENT_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,6}?发|[\u4e00-\u9fff]{2,6}?)[〔\[(【]?\s*((?:19|20)\d\d)\s*[〕\])】年]?\s*第?\s*(\d{1,4})号"
)


def document_number(text: str) -> str:
    """The document number a text names, in one form (乐府发2023-61), or ""."""
    m = DOCUMENT_NUMBER.search(unicodedata.normalize("NFKC", text).lower())
    return f"{m.group(1)}{m.group(2)}-{m.group(3)}" if m else ""


def same_document(a: str, b: str) -> bool:
    """Whether two numbers as `document_number` gives them are one, words before them left aside.

    A question runs on into the number (依据国发2021-9), so one prefix may end in the other.
    """
    x, y = a.rpartition("发"), b.rpartition("发")
    if not (a and b) or x[2] != y[2] or bool(x[1]) != bool(y[1]):
        return False
    return a.endswith(b) or b.endswith(a)


def _fact(reading: Reading, start: int, end: int, value: str | None = None) -> Fact:
    return Fact(reading.text[start:end] if value is None else value, *reading.to_source(start, end))


Lines = list[tuple[int, int]]


def _title(reading: Reading, lines: Lines) -> Fact:
    """The last title-like line of the front matter: the notice's title precedes the plan's own.

    A title broken over two lines is rejoined: a line that ends in 纲要 goes on where the next is
    a title too. A period in brackets on the line below belongs to the title.
    """
    text = reading.text
    best: tuple[int, int] | None = None
    for n, (a, b) in enumerate(lines):
        start = a
        if (
            CONTINUED.fullmatch(text[a:b])
            and n
            and TITLE_HEAD.fullmatch(text[slice(*lines[n - 1])])
        ):
            start = lines[n - 1][0]
        elif not TITLE_LINE.match(text[a:b]):
            continue
        best = (start, b)
        if n + 1 < len(lines) and PERIOD.fullmatch(text[slice(*lines[n + 1])]):
            best = (start, lines[n + 1][1])
    if best is None:
        return Fact("")
    return _fact(reading, *best, value=text[best[0] : best[1]].replace("\n", ""))


def _issuer(reading: Reading, lines: Lines, tail: Lines) -> Fact:
    """The signature above the date, else the line above 关于印发…, else the printing line."""
    text = reading.text
    signed = [
        (a, b)
        for n, (a, b) in enumerate(lines[:-1])
        if ISSUER.match(text[a:b]) and DATE.fullmatch(text[slice(*lines[n + 1])])
    ]
    heads = [(a, b) for a, b in lines if ISSUER.match(text[a:b])]
    for a, b in signed or heads:
        return _fact(reading, a, b)
    for a, b in tail:
        m = re.match(
            r"([\u4e00-\u9fff]{2,24}(?:人民政府(?:办公室|办公厅)?|委员会))\d{4}年", text[a:b]
        )
        if m:
            return _fact(reading, a, a + m.end(1))
    return Fact("")


def _date(reading: Reading, lines: Lines, tail: Lines) -> Fact:
    """A date on a line of its own in the front matter, else the printing date."""
    text = reading.text
    for a, b in lines:
        if DATE.fullmatch(text[a:b]):
            return _fact(reading, a, b)
    for a, b in tail:
        m = DATE.search(text, a, b)
        if m:
            return _fact(reading, *m.span())
    return Fact("")


def _number(reading: Reading, lines: Lines) -> Fact:
    text = reading.text
    for a, b in lines:
        m = NUMBER.fullmatch(text[a:b])
        if m:
            return _fact(reading, a, b)
    return Fact("")


def _status(reading: Reading, lines: Lines) -> Fact:
    """draft where the front matter says 征求意见稿 and the like, issued where a notice does."""
    text = reading.text
    for a, b in lines:
        m = DRAFT.search(text, a, b)
        if m and b - a < TITLE_CHARS:
            return _fact(reading, *m.span(), value="draft")
    for a, b in lines:
        m = re.search(r"印发", text[a:b])
        if m:
            return _fact(reading, a, b, value="issued")
    return Fact("")


TITLE_CHARS = 80  # a mention of a draft in running text says nothing of this plan


def _period(reading: Reading, title: Fact) -> Fact:
    m = PERIOD.search(title.value)
    if not m:
        return Fact("")
    lo, hi = reading.from_source(title.start, title.end)
    found = PERIOD.search(reading.text, lo, hi)
    if not found:
        return Fact("")
    return _fact(reading, *found.span(), value=f"{m.group(1)}—{m.group(2)}年")


def _basis(reading: Reading, lines: Lines) -> tuple[Fact, ...]:
    """The documents 《…》 named in the preface, each with the number that follows it."""
    text = reading.text
    found: list[Fact] = []
    for a, b in lines[-1:]:
        at = a
        while (at := text.find("《", at, b)) >= 0:
            end = _title_end(text, at, b)
            m = re.compile(rf"[（(]({NUMBER.pattern})[^）)]*[）)]").match(text, end, b)
            stop = m.end() if m else end
            found.append(_fact(reading, at, stop))
            at = stop
    return tuple(found)


def _title_end(text: str, at: int, end: int) -> int:
    """Just after the 》 that closes the title opened at `at`, minding 《…〈…〉…》 and <…>."""
    depth = 0
    for i in range(at, end):
        if text[i] == "《":
            depth += 1
        elif text[i] == "》":
            depth -= 1
            if depth == 0:
                return i + 1
    return end
