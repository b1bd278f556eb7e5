"""Drafting from figures: a sentence of the plan with its number taken out.

每年培育高素质农民3000名以上 is asked as 每年培育高素质农民多少名. The comma clause is cut at the
enumeration marks between several figures; one that then lacks the verb gets it back. Figures in
words (一村一名, 五年两次) and those whose clause reads badly when cut are not drafted.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from eval.growing.coverage import Askable
from eval.growing.pieces import Span, heading, of_span, phrases, sentences
from eval.growing.wording import Desk, Draw, Matter, without
from index.numbering import DIGITS
from index.plan import Clause, Figure
from index.reading import Reading

NUMBER = re.compile(r"\d+(?:[.．]\d+)?(?:百万|千万|[百千万亿])?")
AHEAD = re.compile(
    r"^(?:并且?|同时)?(?:[到至]?(?:20\d\d年|“?十[一二三四五六七]五”?)(?:底|末|前)?(?:期间|时期)?)?"
)
PART_OF = "其中"
PARTS = "项"  # 实施5项行动 counts the plan's own parts: asked as a list
WHOLE = re.compile(r"^(?:[全我本][省市县区州旗]|全域)(?:的)?")
REACH = ("超过", "达到", "不低于", "不少于", "高于", "突破", "达", "至少", "力争达到", "不小于")
WITHIN = ("不超过", "低于", "不高于", "以下", "以内", "最多")
# Measure words that change places freely in speech; the answer may use any of its group.
ALIKE = ("人名位", "家个所")
SHORTEST, LONGEST = 4, 45  # characters of a question's own words that read as one
# A number alone is looked for where it is long enough not to be part of another by chance.
ALONE = 100
ASK_YEAR = 0.34  # share of the figures with a printed year that are asked with 哪一年
TEMPTING = 3


class Cut(NamedTuple):
    """A statement with its figure, and the same as a question without place and year."""

    told: str
    ask: str
    span: Span


def number(desk: Desk, ask: Askable, draw: Draw) -> Matter | None:
    """How much or how many, of a figure of the clause."""
    clause = desk.plan[ask.key]
    usable = [(f, cut) for f in clause.figures if (cut := _cut(desk, clause, f))]
    if not usable:
        return None
    figure, cut = draw.dice.choice(usable)
    asks_year = _one_year(desk, clause, figure, cut) and draw.dice.random() < ASK_YEAR
    must = [_values(figure)]
    if asks_year:
        must.append((str(figure.year),))
        form = "asks_year"
    else:
        form = "told_year" if figure.year else "told"
    year = f"到{figure.year}年，" if figure.year else ""
    return Matter(
        "number", form, {"ask": cut.ask, "year": str(figure.year or "")},
        answer=year + cut.told,
        must=tuple(must),
        must_not=_others(desk, clause, figure, cut),
        evidence=of_span(desk.plan, desk.reading, cut.span)
        or heading(desk.plan, desk.reading, clause),
        clause=clause.id,
    )  # fmt: skip


def _cut(desk: Desk, clause: Clause, figure: Figure) -> Cut | None:
    reading = desk.reading
    at = Span(*reading.from_source(figure.start, figure.end))
    here = next((s for s in sentences(reading, clause) if s.lo <= at.lo < s.hi), None)
    seg = next((p for p in phrases(reading, here) if p.lo <= at.lo < p.hi), None) if here else None
    value = NUMBER.search(figure.text)
    if not (seg and value) or re.search(r"年.+次", figure.text) or at.hi > seg.hi:
        return None
    inside = [Span(*reading.from_source(f.start, f.end)) for f in clause.figures]
    inside = [s for s in inside if seg.lo <= s.lo < seg.hi]
    lo, hi = _item(reading, seg, at, inside)
    item = reading.text[lo : at.lo]
    head = _verb(desk, reading.text[seg.lo : inside[0].lo], item) if lo > seg.lo else ""
    if item.startswith(PART_OF) and here:
        earlier = [p for p in phrases(reading, here) if p.hi <= seg.lo]
        head = _verb(desk, reading.text[slice(*earlier[-1])], item) if earlier else ""
        lo += len(PART_OF)
    before = _tidy(head + reading.text[lo : at.lo])
    after = reading.text[at.hi : hi]
    asked = before + _many(figure) + after
    if figure.unit == PARTS or not _reads_well(asked):
        return None
    return Cut(_tidy(head + reading.text[lo:hi]), asked, seg)


def _item(reading: Reading, seg: Span, at: Span, figures: list[Span]) -> Span:
    """The part of the comma clause between the enumeration marks next to the figure."""
    earlier = [f for f in figures if f.hi <= at.lo]
    later = [f for f in figures if f.lo >= at.hi]
    lo, hi = seg
    if earlier:
        mark = reading.text.rfind("、", earlier[-1].hi, at.lo)
        lo = mark + 1 if mark >= 0 else lo
    if later or earlier:
        mark = reading.text.find("、", at.hi, hi)
        hi = mark if mark >= 0 else hi
    return Span(lo, hi)


def _verb(desk: Desk, first: str, item: str) -> str:
    """What the first item of an enumeration gives the others: its verb, or all before its figure.

    1.5万名技工、1000名技师: all that stands before 1.5万. 农民1000人、干部50人: only the verb.
    """
    first = AHEAD.sub("", first)
    if not item:
        return first
    yearly = "每年" if first.startswith("每年") else ""
    rest = first.removeprefix("每年")
    bare = without(rest, desk.wording.words["verbs"])
    return yearly + rest[: len(rest) - len(bare)]


def _tidy(text: str) -> str:
    """Without what the question says itself: the year, 其中, 全县."""
    return WHOLE.sub("", AHEAD.sub("", text).strip(" ：:"))


def _many(figure: Figure) -> str:
    measure = "" if figure.unit == "%" else figure.unit
    bound = figure.bound
    if bound in WITHIN:
        return f"不能超过多少{measure}"
    if figure.unit == "%" or (bound in REACH and figure.text.startswith(bound)):
        return f"要达到多少{measure}"
    return f"多少{measure}"


def _reads_well(asked: str) -> bool:
    balanced = all(asked.count(a) == asked.count(b) for a, b in ("“”", "（）", "《》"))
    return SHORTEST < len(asked) <= LONGEST and balanced


def _one_year(desk: Desk, clause: Clause, figure: Figure, cut: Cut) -> bool:
    """Whether the year is printed and the plan does not tell the same of another year."""
    if not figure.year:
        return False
    lo, hi = _sentence(desk, clause, cut)
    again = [f for c in desk.plan.clauses for f in c.figures if f.unit == figure.unit]
    return str(figure.year) in desk.reading.text[lo:hi] and not any(
        f.year and f.year != figure.year for f in again
    )


def _sentence(desk: Desk, clause: Clause, cut: Cut) -> Span:
    return next(s for s in sentences(desk.reading, clause) if s.lo <= cut.span.lo < s.hi)


def _values(figure: Figure) -> tuple[str, ...]:
    """The accepted wordings of a value: as printed, in other digits, with a like measure word."""
    printed = NUMBER.search(figure.text)
    digits = printed[0] if printed else figure.text
    value = int(figure.value) if figure.value == int(figure.value) else None
    if figure.unit == "%":
        return (f"{digits}%", *([f"百分之{_spoken(value)}"] if value and value < 100 else []))
    numbers = [digits, *([str(value), f"{value:,}"] if value else [])]
    if value and value < 10:
        numbers.append("两" if value == 2 else _spoken(value))
    group = next((g for g in ALIKE if figure.unit in g), "")
    measures = [figure.unit, *(m for m in group if m != figure.unit)]
    found = [n + m for m in measures for n in numbers]
    return tuple(dict.fromkeys([*found, *(numbers if figure.value >= ALONE else [])]))


def _spoken(value: int) -> str:
    """Chinese for 1 to 99."""
    tens, ones = divmod(value, 10)
    ten = "十" if tens else ""
    return (DIGITS[tens] if tens > 1 else "") + ten + (DIGITS[ones] if ones else "")


def _others(desk: Desk, clause: Clause, figure: Figure, cut: Cut) -> tuple[str, ...]:
    """Other figures of the same measure in the plan, nearest clauses first.

    Those of the same sentence are left out: an answer may quote the sentence whole.
    """
    lo, hi = desk.reading.to_source(*_sentence(desk, clause, cut))
    near = sorted(desk.plan.clauses, key=lambda c: (c.id != clause.id, c.parent != clause.parent))
    found = []
    for other in (f for c in near for f in c.figures):
        printed = NUMBER.search(other.text)
        elsewhere = other.unit == figure.unit and not lo <= other.start < hi
        if printed and elsewhere and other.value != figure.value:
            found.append(printed[0] + other.unit)
    return tuple(dict.fromkeys(found))[:TEMPTING]
