"""Line ends that a text has lost, and page numbers that stand between its lines.

Copied from a page, a text may come as one line. What is left of its paragraphs then are the two
blanks by which they are indented, and the clause numbers: 一、二、三 one after the other, each
behind a full stop. Page numbers are bare numbers on lines of their own that count up through the
text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.numbering import NUM, chinese_number

LONG_LINES = 400  # characters a line on average; printed paragraphs have some 150
LONG_LINE = 800  # a line in which numbers are looked for; a paragraph of a plan is seldom longer
INDENT = re.compile("[\u3000\xa0]{2,}|\u2003{2,}")
AFTER = r"(?:(?<=[。；;！？!?）)：:”\s])|(?m:^))"
PART = re.compile(rf"{AFTER}({NUM})、(?=[\u4e00-\u9fff“《])")
SECTION = re.compile(rf"(?<![第、和及至款条项])[（(]({NUM})[）)](?=[\u4e00-\u9fff“《])")
ARTICLE = re.compile(rf"{AFTER}第({NUM})条(?=[\s\u4e00-\u9fff“《])")
CHAPTER = re.compile(rf"{AFTER}第({NUM})章(?=\s*[\u4e00-\u9fff“《])")
CHAPTER_SECTION = re.compile(rf"{AFTER}第({NUM})节(?=\s*[\u4e00-\u9fff“《])")
ITEM = re.compile(rf"{AFTER}(\d{{1,2}})[.．、](?=[\u4e00-\u9fff“《])")
BARE_NUMBER = re.compile(r"(?:^|(?<=\n))[ \t\u3000]*(\d{1,4})[ \t\u3000\r]*(?=\n|$)")
FEWEST_PAGES = 3  # numbers that count up; fewer may be cells of a table
PAGE_STEP = 3  # pages without a number, of pictures or the first of a part


BODY = "[\u4e00-\u9fff]{2,20}?(?:人民政府(?:办公厅|办公室)?|委员会|办公厅|办公室|[局厅部委])"
DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
# What stands on lines of its own around the text itself: who signs and when, what is noted below
# it, the list of contents.
AROUND = (
    re.compile(rf"(?<=[。）)]){BODY}(?={DATE})"),
    re.compile(rf"(?<=[府会厅室局部委])(?={DATE}(?:[（(]此件|[\u4e00-\u9fff]{{2,6}}[省市县区]))"),
    re.compile(r"(?<=日)(?=[（(]此件)"),
    re.compile(r"(?<=公开发布[）)])(?=.)"),
    re.compile(r"目[ \u3000]*[录次](?=[ \u3000]*(?:第[一二1]|一、))"),
    re.compile(r"(?<=目录)(?=[ \u3000]*第)|(?<=目[ \u3000]录)(?=[ \u3000]*第)"),
)
RUNNING_LEAST = 5  # pages on which a line stands to be a running head


def running_heads(source: str) -> list[tuple[int, int]]:
    """Spans of lines that come again with the page numbers (— 3 —): heads and feet of pages."""
    pages = len(PAGE_MARK.findall(source))
    if pages < RUNNING_LEAST:
        return []
    lines = [(m.span(), m.group(0).strip()) for m in re.finditer(r"[^\n]+", source)]
    counted = Counter(text for _, text in lines if text)
    often = {t for t, n in counted.items() if n >= max(RUNNING_LEAST, pages * RUNNING_SHARE)}
    return [span for span, text in lines if text in often and not PAGE_MARK.fullmatch(text)]


PAGE_MARK = re.compile(r"[—–-]{1,2}[ \t]*\d{1,4}[ \t]*[—–-]{1,2}")
RUNNING_SHARE = 0.5  # of the pages; heads change from the left page to the right one


def lost_breaks(source: str) -> frozenset[int]:
    """Offsets before which a line begins though the text has no line end there."""
    found: set[int] = set()
    if len(source) > LONG_LINES * (source.count("\n") + 1):
        found.update(m.start() for m in INDENT.finditer(source))
    for line in re.finditer(r"[^\n]+", source):
        if line.end() - line.start() > LONG_LINE:
            found.update(_numbered(source, *line.span()))
            for pattern in AROUND:
                found.update(m.start() for m in pattern.finditer(source, *line.span()))
    return frozenset(found)


def _numbered(source: str, start: int, end: int) -> Iterator[int]:
    """Where clause numbers stand in a long line: those of one kind that count up from one."""
    for pattern in (CHAPTER, CHAPTER_SECTION, ARTICLE, PART, SECTION, ITEM):
        last = 0
        counting = [(m.start(), _value(m.group(1))) for m in pattern.finditer(source, start, end)]
        for n, (at, value) in enumerate(counting):
            following = counting[n + 1][1] if n + 1 < len(counting) else 0
            if value == last + 1 or (value == 1 and following == 2):
                if at > start:
                    yield at
                last = value


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else chinese_number(number)


def page_numbers(source: str) -> list[tuple[int, int]]:
    """Spans of the bare numbers on lines of their own that count up as pages do."""
    numbers = [(m.span(1), int(m.group(1))) for m in BARE_NUMBER.finditer(source)]
    best: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    last = 0
    for span, value in numbers:
        if run and last < value <= last + PAGE_STEP:
            run.append(span)
        elif not run or value <= last or len(run) < FEWEST_PAGES:
            best = max(best, run, key=len)
            run = [span]
        else:
            continue
        last = value
    best = max(best, run, key=len)
    return best if len(best) >= FEWEST_PAGES else []
