"""Answers, plans and clause trees as text for a terminal; colours only where one is attached."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TextIO

from index.plan import OUTSIDE, ROLE_ZH, Clause, Plan
from rag.answer import Answer, Citation
from rag.phrases import say

EXCERPT = 90  # characters of a quote shown in the terminal; the whole quote is in --json
STYLES = {"bold": "1", "dim": "2", "green": "32", "yellow": "33"}


class Painter:
    """Adds colours if the stream is a terminal and NO_COLOR is not set."""

    def __init__(self, stream: TextIO) -> None:
        self._on = stream.isatty() and "NO_COLOR" not in os.environ

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self._on else text


def answer_lines(answer: Answer, paint: Painter) -> Iterator[str]:
    """The answer, then its citations: numbers, title, path, and the quote's telling part."""
    style = "bold" if answer.status == "answered" else "yellow"
    for line in answer.answer.split("\n"):
        yield paint(style, line)
    if note := answer.engine.get("llm_note"):
        yield paint("dim", note)
    for _, group in groupby(answer.citations, key=lambda c: (c.plan, c.clause)):
        cited = list(group)
        marks = "".join(f"[{c.n}]" for c in cited)
        told = (whose(cited[0]), " › ".join(cited[0].path), pages(cited, answer.lang))
        where = " · ".join(t for t in told if t)
        yield f"{paint('green', marks)} {where}"
        for citation in cited:
            if not _is_heading(citation):
                yield paint("dim", f"    “{excerpt(citation.quote, answer.answer)}”")


def whose(citation: Citation) -> str:
    """The plan's title; with the place before it where the title does not say which it is of."""
    title, place = citation.title, citation.place
    return title if place == citation.plan or place in title else f"{place} {title}".strip()


def pages(cited: Sequence[Citation], lang: str) -> str:
    """The pages that citations begin on, ascending; "" where the file has none."""
    found = sorted({c.page for c in cited if c.page is not None})
    comma = say(lang, "comma")
    return say(lang, "pages", pages=comma.join(map(str, found))) if found else ""


def _is_heading(citation: Citation) -> bool:
    """A quote that only repeats the heading already shown in the path."""
    last = citation.path[-1] if citation.path else ""
    return citation.quote.replace(" ", "").rstrip("。：:…") in (last.rstrip("…"), last)


def excerpt(quote: str, answer: str) -> str:
    """The part of a quote that the answer's words stand in, with …… where something is left out."""
    if len(quote) <= EXCERPT:
        return quote
    words = re.findall(r"[\u3400-\u9fff]{3,}|\d+(?:\.\d+)?", answer)
    found = [(quote.find(w), quote.find(w) + len(w)) for w in words if w in quote]
    if not found:
        return quote[:EXCERPT] + "……"
    start = min(a for a, _ in found)
    label = quote.rfind("：", 0, start + 1)
    begin = max(0, label - 4) if start - label <= 1 and label > 0 else max(0, start - 6)
    end = min(len(quote), max(b for a, b in found if b - begin <= EXCERPT * 2))
    return ("……" if begin else "") + quote[begin:end] + ("……" if end < len(quote) else "")


def plan_lines(plan: Plan) -> Iterator[str]:
    """One plan in the listing: id, place, title, date, number, status."""
    meta = plan.meta
    facts = [meta.date.value or "无日期", meta.number.value or "无文号", meta.status.value or "?"]
    yield f"{plan.id:<12} {plan.name}  {meta.title.value}  ({'，'.join(facts)})"


def clause_lines(plan: Plan, paint: Painter) -> Iterator[str]:
    """The clause tree, indented; under each clause its own or inherited duties and its figures."""
    depth = {c.id: sum(1 for _ in plan.ancestors(c)) for c in plan.clauses}
    for clause in plan.clauses:
        if clause.level in OUTSIDE:
            continue
        indent = "  " * (depth[clause.id] - 1)
        yield f"{indent}{paint('bold', clause.label)}  {paint('dim', clause.id)}"
        for line in _duty_lines(clause):
            yield paint("dim", f"{indent}    {line}")
        if clause.figures:
            yield paint("dim", f"{indent}    指标：{'；'.join(_figure(f) for f in clause.figures)}")


def _duty_lines(clause: Clause) -> Iterator[str]:
    if clause.duty_source == "inherited":
        yield "责任分工：见上级条目"
    if clause.duty_source != "own":
        return
    for role, name in ROLE_ZH.items():
        units = clause.units(role)
        if units:
            is_open = clause.note is not None and role in clause.note.open_roles
            yield f"{name}：{'、'.join(units)}{'等' if is_open else ''}"


def _figure(figure: object) -> str:
    text, year = getattr(figure, "text", ""), getattr(figure, "year", None)
    per_year = getattr(figure, "per_year", False)
    when = "每年" if per_year else f"{year}年" if year else ""
    return f"{when} {text}".strip()
