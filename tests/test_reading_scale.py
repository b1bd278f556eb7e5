"""Reading and parsing take time in proportion to the text, whatever it looks like.

Each text is read at a size and at a tenth of it: ten times the text may take ten times as long
of the processor, and GENEROUS more. Nothing real is as large.
"""

from __future__ import annotations

import time

import pytest

from index.clauses import front_end, parse, tail_start
from index.metadata import read_metadata
from index.reading import read

GENEROUS = 4
FLOOR = 0.01  # seconds; less is not measured well
LONGEST = 5.0  # seconds of the processor; some tenths of one are usual
SMALL, LARGE = 10_000, 100_000  # characters
SENTENCE = "各级各部门要广泛开展科普活动，提升科学素质。"
ROW = "1\t开展科普\t县科协\t县教育局、县财政局等\n"
TEXTS = {
    "one line": lambda n: SENTENCE * (n // len(SENTENCE)),
    "one line without punctuation": lambda n: "一、任务" + "科" * n,
    "one line of numbers": lambda n: "一、甲。" + "（一）乙事。（二）丙事。" * (n // 12),
    "one line of items": lambda n: "".join(f"{k % 99 + 1}.乙事抓好。" for k in range(n // 8)),
    "one line of notes": lambda n: "一、任务\n" + "甲，乙。（县科协负责）" * (n // 11),
    "indents": lambda n: "\u3000\u3000甲乙，丙丁。" * (n // 8),
    "empty lines": lambda n: "\n" * (n // 2),
    "blank lines": lambda n: " \n" * (n // 2),
    "short lines": lambda n: "甲乙\n" * (n // 3),
    "items with notes": lambda n: "一、任务\n" + "1.甲，乙。（县科协负责）\n" * (n // 15),
    "label lines": lambda n: "一、任务\n甲。\n" + "牵头单位：县科协\n" * (n // 9),
    "a table": lambda n: "一、任务\n序号\t任务\t牵头单位\t责任单位\n" + ROW * (n // len(ROW)),
    "a row of many cells": lambda n: ("任务\t" * (n // 12) + "\n") * 4,
    "annexes": lambda n: "一、任务\n" + "附件\n甲\n" * (n // 5),
    "page numbers": lambda n: "".join(f"甲乙。\n{k}\n" for k in range(1, min(n // 8, 9999))),
    "dates": lambda n: "2024年3月5日\n" * (n // 10),
    "one list of units": lambda n: "一、任务\n（责任单位：" + "县科协、" * (n // 4) + "）",
    "titles in quotes": lambda n: "根据" + "《科普法》" * (n // 5) + "。\n一、任务\n",
}  # fmt: skip


def seconds(text: str) -> float:
    began = time.process_time()
    reading = read(text)
    clauses = parse(reading, "t")
    front = reading.from_source(0, front_end(clauses))[1]
    tail = reading.from_source(0, tail_start(clauses, len(text)))[1]
    read_metadata(reading, front, tail)
    return time.process_time() - began


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_the_text(name: str) -> None:
    small = max(min(seconds(TEXTS[name](SMALL)) for _ in range(2)), FLOOR)
    assert seconds(TEXTS[name](LARGE)) < LARGE / SMALL * GENEROUS * small


def test_a_line_of_two_hundred_thousand_characters() -> None:
    assert seconds(TEXTS["one line"](200_000)) < LONGEST


def test_a_hundred_thousand_empty_lines() -> None:
    assert seconds(TEXTS["empty lines"](200_000)) < LONGEST
