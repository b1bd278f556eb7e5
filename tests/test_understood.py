"""What add says that it understood: facts, counts, ways of writing, what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.corpus import Entry
from rag.understood import Understood, lines, understood
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER, read_plan


@pytest.fixture
def known(tmp_path: Path) -> Understood:
    return understood(read_plan(SYNTHETIC, tmp_path, "qingshi")[0])


def test_counts_are_those_of_the_tree(known: Understood) -> None:
    assert known.clauses == {"part": 3, "section": 4, "item": 4}
    assert (known.with_duties, known.inherited) == (3, 2)
    assert known.roles == {"lead": 2, "responsible": 3}
    assert known.figures == 5
    assert known.facts["status"] == "draft"
    assert known.place == {"place": "青石县", "level": "county", "city": "", "province": ""}


def test_what_is_missing_is_said(known: Understood) -> None:
    assert known.missing == ("issuer", "date", "number", "city")
    *_, missing, hint = lines(known)
    assert missing.endswith("issuer, date, number, city")
    assert "tiaowen set qingshi" in hint


def test_ways_of_writing(known: Understood, tmp_path: Path) -> None:
    assert known.conventions == (
        "numbered 一、 （一） 1.",
        "1 notes hold for all items below them",
        "2 notes hold for one clause each",
        "1 of 3 lists end in 等",
    )
    other = understood(read_plan("一、任务\n（一）科普。（县科协负责）\n", tmp_path, "a")[0])
    assert "no note names a lead (牵头)" in other.conventions


def test_nothing_missing_says_nothing(tmp_path: Path) -> None:
    entry = Entry(
        city="东江市", issuer="白沙区人民政府", date="2023-01-05", number="白政发〔2023〕1号",
        status="issued", period_start="2023", period_end="2025",
    )  # fmt: skip
    known = understood(read_plan(SYNTHETIC_OTHER, tmp_path, "baisha", entry)[0])
    assert known.missing == ()
    text = "\n".join(lines(known))
    assert "not found" not in text
    assert "白沙区 (district), in 东江市" in text


def test_a_text_without_clauses(tmp_path: Path) -> None:
    known = understood(read_plan("今天天气很好。\n", tmp_path, "a")[0])
    assert known.missing[-2:] == ("numbered clauses", "duty notes")
    assert json.loads(json.dumps(known.to_dict()))["clauses"] == {}
