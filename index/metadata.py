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

KIND = (
    "方案|规划|计划|纲要|意见|办法|措施|举措|通知|要点|报告|细则|决定|规定|条例|规则|指南|规程"
    "|任务分工|任务分解表|任务分工表|分工表|任务清单|清单|任务书|工作安排|行动"
)
BRACKET = r"(?:[（(〔][^）)〕]*[）)〕])"
TITLE_LINE = re.compile(rf"^(?!.*[，。；：]).{{4,80}}?(?:{KIND}){BRACKET}*$")
# the second line of a title that was broken: 实施方案（2021—2025年） below …行动规划纲要
CONTINUED = re.compile(rf"(?:实施|工作|行动|分工|建设|发展)?(?:{KIND}){BRACKET}*")
TITLE_HEAD = re.compile(r"(?!关于)[^，。；：》）)]{4,60}(?<![号日])")
# a title that goes on in the line below, as titles do that say what they are about
UNFINISHED = re.compile(r"(?!.*[。；：])(?=.*关于).{6,60}(?<![号日])")
NOTICE = re.compile(r"关于(?:印发|转发|发布|公布|下达).*(?:通知|公告)$|^(?:关于)?印发.*通知$")
LONGEST_TITLE = 3  # lines
NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*\d{1,4}号")
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
DATED = re.compile(rf"[（(]?{DATE.pattern}[）)]?")
PERIOD = re.compile(r"[（(]?(20\d\d)\s*年?\s*[—–\-－~～至到]+\s*(20\d\d)\s*年[)）]?")
DRAFT = re.compile(r"征求意见稿|送审稿|讨论稿|草案|初稿|审议稿")
BODY = (
    "(?:人民政府(?:办公室|办公厅)?|国务院(?:办公厅)?|[局委办厅部署院会]|委员会(?:办公室)?|办公室|办公厅|科学技术协会"
    "|中心|管委会|大学|学院|协会|联合会)"
)
ISSUER = re.compile(rf"^(?!第)[\u4e00-\u9fff]{{2,30}}?{BODY}$|^国务院$")
BRACKETED = re.compile(r"[（(][\u4e00-\u9fff]{4,30}[）)]")  # another name of the issuer above it
# 市政府办公室关于…, 国务院关于…
BY_TITLE = re.compile(rf"^([\u4e00-\u9fff]{{2,40}}?{BODY}|国务院)关于")
PRINTED = re.compile(
    rf"([\u4e00-\u9fff]{{2,30}}?{BODY}|国务院)\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日|[上中下]旬)?(?:印发|发布|公布)?"
)
SPOKEN = re.compile(rf"(?:——|—|[（(])?{DATE.pattern}在(.{{4,40}}?)(?:会议|大会)")
# （2016年10月25日中共中央、国务院发布）
IN_BRACKET = re.compile(
    r"[（(](?P<date>\d{4}年\d{1,2}月\d{1,2}日)(?P<issuer>[\u4e00-\u9fff、]{2,40}?)(?:发布|公布|印发|通过)[）)]"
)
BASIS_VERB = re.compile(r"根据|依据|按照|贯彻落实|落实|贯彻")


def read_metadata(reading: Reading, front_end: int, tail_start: int) -> Metadata:
    """Metadata from text[:front_end] (front matter) and text[tail_start:] (printing line)."""
    text = reading.text
    front = [(a, b) for a, b in reading.lines if b <= front_end]
    tail = [(a, b) for a, b in reading.lines if a >= tail_start]
    title = _title(reading, front)
    issuer = _issuer(reading, front, tail)
    date = _date(reading, front, tail)
    number = _number(reading, front, title)
    issuer = issuer if issuer.value else _recorded(reading, front, "issuer")
    date = date if date.value else _recorded(reading, front, "date")
    number = number if number.value else _recorded(reading, front, "number")
    return Metadata(
        title=title,
        issuer=issuer,
        date=date,
        number=number,
        status=_status(reading, front, number, issuer, date),
        period=_period(reading, title),
        basis=_basis(reading, [(a, b) for a, b in front if BASIS_VERB.search(text, a, b)], title),
    )


DOCUMENT_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,6}?发|[\u4e00-\u9fff]{2,6}?)[〔\[(【]?\s*((?:19|20)\d\d)\s*[〕\])】年]?\s*第?\s*(\d{1,4})号"
)


def document_number(text: str) -> str:
    """The document number a text names, in one form (乐府发2023-61), or ""."""
    m = DOCUMENT_NUMBER.search(unicodedata.normalize("NFKC", text).lower())
    return f"{m.group(1)}{m.group(2)}-{m.group(3)}" if m else ""


def number_span(text: str) -> tuple[int, int]:
    """Where the text names a document number; (0, 0) where it names none."""
    m = DOCUMENT_NUMBER.search(text)
    return m.span() if m else (0, 0)


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
    """The last title of the front matter: a notice's title precedes the plan's own.

    A title broken over lines is rejoined: a line that says what it is about (关于) without saying
    what it is goes on below, and so does a line that ends in 纲要 where the next is a title too. A
    period in brackets on the line below belongs to the title. A notice (关于印发…的通知) is titled
    so only where nothing else is.
    """
    text = reading.text
    found: list[tuple[int, int]] = []
    for n, (a, b) in enumerate(lines):
        if not (TITLE_LINE.match(text[a:b]) or CONTINUED.fullmatch(text[a:b])):
            continue
        start = _title_start(text, lines, n)
        if start is None:
            continue
        end = b
        if n + 1 < len(lines) and PERIOD.fullmatch(text[slice(*lines[n + 1])]):
            end = lines[n + 1][1]
        found.append((start, end))
    own = [span for span in found if not NOTICE.search(_joined(text, span))]
    if not own:
        return _title_in_line(reading, lines)
    return _fact(reading, *own[-1], value=_joined(text, own[-1]))


def _title_in_line(reading: Reading, lines: Lines) -> Fact:
    """A title that stands in a line with more: 某市政府关于…的意见 at its beginning, or what a
    notice says it issues."""
    for a, b in lines:
        told = ISSUED.match(reading.text[a:b])
        if told:
            return _fact(reading, a + told.start("title"), a + told.end("title"))
    for a, b in lines[:TITLE_LINES]:
        m = INLINE.search(reading.text, a, min(b, a + INLINE_CHARS))
        if m:
            name = "issued" if m.group("issued") else "own"
            return _fact(reading, *m.span(name))
    return Fact("")


TITLE_LINES = 6  # lines at the top in which a title may stand with other words
INLINE_CHARS = 400
# 中共中央 国务院印发《“健康中国2030”规划纲要》
ISSUED = re.compile(
    r"^(?P<issuer>[\u4e00-\u9fff、 ]{2,40}?)(?:联合)?(?:印发|发布|公布)《(?P<title>.{4,60})》$"
)
INLINE = re.compile(
    rf"(?:印发|转发)《?(?P<issued>[^《》。；\n]{{6,60}}?(?:{KIND}){BRACKET}*)》?的通知"
    rf"|(?P<own>[\u4e00-\u9fff]{{2,24}}关于(?!印发|转发)[^。；\n]{{4,60}}?的(?:若干|实施|指导|工作)?(?:{KIND}))(?=[^\u4e00-\u9fff]|[各\u4e00-\u9fff]{{2,6}}发)"
)


def _joined(text: str, span: tuple[int, int]) -> str:
    return text[slice(*span)].replace("\n", "")


def _title_start(text: str, lines: Lines, n: int) -> int | None:
    """Where the title that ends in line n begins; None where the line is no title by itself."""
    a, b = lines[n]
    above = [text[slice(*span)] for span in lines[max(0, n - LONGEST_TITLE + 1) : n]]
    if above and _goes_on_above(text[a:b]) and _bare(above[-1]) and not ISSUER.match(above[-1]):
        return lines[n - 1][0]
    for k in range(len(above), 0, -1):
        first = above[len(above) - k]
        between = above[len(above) - k + 1 :]
        if UNFINISHED.fullmatch(first) and not TITLE_LINE.match(first) and all(map(_bare, between)):
            return lines[n - k][0]
    if CONTINUED.fullmatch(text[a:b]):
        if above and TITLE_HEAD.fullmatch(above[-1]) and not ISSUER.match(above[-1]):
            return lines[n - 1][0]
        return a if TITLE_LINE.match(text[a:b]) else None
    return a


def _goes_on_above(line: str) -> bool:
    """Whether a line cannot be the beginning of a title: it closes what the one above opened."""
    line = line.replace("(", "（").replace(")", "）")
    pairs = (("“", "”"), ("《", "》"), ("（", "）"))
    return line[:1] in "和及与、的" or any(line.count(a) < line.count(b) for a, b in pairs)


def _bare(line: str) -> bool:
    return not re.search(r"[。；：]|\d{4}年", line)


def _issuer(reading: Reading, lines: Lines, tail: Lines) -> Fact:
    """Who signs above the date; else who the title says; else who prints.

    Several who sign one below the other are joined by 、.
    """
    text = reading.text
    for group in (lines, tail):
        signed = _signed(text, group)
        if signed:
            names = [name for span in signed for name in _who(reading, span)]
            value = "、".join(names).replace("、（", "（").replace("、(", "(")
            return _fact(reading, signed[0][0], signed[-1][1], value=value)
    for a, b in lines:
        if ISSUER.match(text[a:b]):
            return _fact(reading, a, b)
    for a, b in lines:
        told = ISSUED.match(text[a:b]) or IN_BRACKET.fullmatch(text[a:b])
        if told:
            return _fact(reading, a + told.start("issuer"), a + told.end("issuer"))
    for a, b in lines:
        m = BY_TITLE.match(text[a:b])
        if m:
            return _fact(reading, a, a + m.end(1))
    for a, b in tail:
        m = PRINTED.search(text[a:b])
        if m and m.start() == 0:
            return _fact(reading, a, a + m.end(1))
    return Fact("")


def _who(reading: Reading, span: tuple[int, int]) -> list[str]:
    """Who signs on one line: several where blanks part them in the source."""
    a, b = span
    cuts = [k for k in range(a + 1, b) if reading.origin[k] > reading.origin[k - 1] + 1]
    parts = [reading.text[x:y] for x, y in zip([a, *cuts], [*cuts, b], strict=True)]
    if len(parts) > 1 and all(map(ISSUER.match, parts)):
        return parts
    return [reading.text[a:b]]


# the record that government sites print above a document
RECORD = re.compile(
    r"(?:(?P<issuer>发文机关|发布机构|制发机关|印发机关)|(?P<date>成文日期|发文日期|印发日期|发布日期)"
    r"|(?P<number>发文字号|文号|文件编号))[：:](?P<value>.{2,40})"
)


def _recorded(reading: Reading, lines: Lines, name: str) -> Fact:
    """What the record above the text says: issuer, date or number."""
    for a, b in lines:
        m = RECORD.fullmatch(reading.text[a:b])
        if m and m.group(name):
            return _fact(reading, a + m.start("value"), a + m.end("value"))
    return Fact("")


def _signed(text: str, lines: Lines) -> list[tuple[int, int]]:
    """The lines of those who sign, above the first line that is a date."""
    for n, span in enumerate(lines):
        if not DATED.fullmatch(text[slice(*span)]):
            continue
        first = n
        while first and (
            ISSUER.match(text[slice(*lines[first - 1])])
            or (first - 1 and BRACKETED.fullmatch(text[slice(*lines[first - 1])]))
        ):
            first -= 1
        if first < n:
            return lines[first:n]
    return []


def _date(reading: Reading, lines: Lines, tail: Lines) -> Fact:
    """A date on a line of its own in the front matter, else of a speech, else of the printing."""
    text = reading.text
    for a, b in lines:
        m = DATED.fullmatch(text[a:b])
        if m:
            found = DATE.search(text, a, b)
            return _fact(reading, *found.span()) if found else Fact("")
    for a, b in lines:
        told = IN_BRACKET.fullmatch(text[a:b])
        if told:
            return _fact(reading, a + told.start("date"), a + told.end("date"))
    for a, b in lines:
        m = SPOKEN.match(text[a:b])
        if m:
            return _fact(reading, a + m.start(1), a + m.end(3) + 1)
    for a, b in tail:
        found = DATE.search(text, a, b)
        if found:
            return _fact(reading, *found.span())
    return Fact("")


def _number(reading: Reading, lines: Lines, title: Fact) -> Fact:
    """A document number on a line of its own, or right behind the title."""
    text = reading.text
    for a, b in lines:
        m = NUMBER.fullmatch(text[a:b])
        if m:
            return _fact(reading, a, b)
    behind = reading.from_source(title.end, title.end)[0] if title.value else 0
    m = BEHIND_TITLE.match(text, behind) if behind else None
    return _fact(reading, *m.span(1)) if m else Fact("")


BEHIND_TITLE = re.compile(rf"(?:》?的通知)?[（(]?({NUMBER.pattern})")


def _status(reading: Reading, lines: Lines, number: Fact, issuer: Fact, date: Fact) -> Fact:
    """draft where the front matter says 征求意见稿 and the like; issued where a notice says so, and
    where the text is numbered or signed and dated."""
    text = reading.text
    for a, b in lines:
        m = DRAFT.search(text, a, b)
        if m and b - a < TITLE_CHARS:
            return _fact(reading, *m.span(), value="draft")
    for a, b in lines:
        if re.search(r"印发", text[a:b]):
            return _fact(reading, a, b, value="issued")
    if number.value:
        return Fact("issued", number.start, number.end)
    if issuer.value and date.value and 0 <= date.start - issuer.end <= SIGNATURE_GAP:
        return Fact("issued", issuer.start, date.end)
    return Fact("")


SIGNATURE_GAP = 8  # characters between the one who signs and the date below: line ends, blanks
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


def _basis(reading: Reading, lines: Lines, title: Fact) -> tuple[Fact, ...]:
    """The documents 《…》 named in the preface, each with the number that follows it.

    The plan's own title, which a notice names, is no basis.
    """
    text = reading.text
    found: list[Fact] = []
    for a, b in lines[-1:]:
        at = a
        while (at := text.find("《", at, b)) >= 0:
            end = _title_end(text, at, b)
            m = re.compile(rf"[（(]({NUMBER.pattern})[^）)]*[）)]").match(text, end, b)
            stop = m.end() if m else end
            if text[at + 1 : end - 1] != title.value:
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
