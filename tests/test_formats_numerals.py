"""Numbers as Word prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.numerals import FORMS, printed
from index.numbering import chinese_number


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("decimalFullWidth", {12: "１２"}),
        ("chineseCounting", {1: "一", 10: "十", 20: "二十", 99: "九十九", 105: "一〇五"}),
        (
            "chineseCountingThousand",
            {10: "十", 19: "十九", 21: "二十一", 100: "一百", 101: "一百零一", 110: "一百一十",
             1010: "一千零一十", 10001: "一万零一"},
        ),
        ("japaneseCounting", {1: "一", 10: "十", 12: "十二"}),
        ("ideographDigital", {1: "一", 10: "一〇", 21: "二一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"}),
        ("decimalEnclosedParen", {3: "⑶"}),
        ("decimalEnclosedFullstop", {3: "⒊"}),
        ("ideographEnclosedCircle", {2: "㊁"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 0: "0"}),
        ("upperRoman", {1999: "MCMXCIX", 5000: "5000"}),
        ("none", {3: ""}),
        ("numberInDash", {3: "- 3 -"}),
        ("aFormatOfTheFuture", {3: "3"}),
    ],
)  # fmt: skip
def test_formats(form: str, values: dict[int, str]) -> None:
    assert {n: printed(n, form) for n in values} == values


@given(st.integers(1, 9_999))
def test_counting_reads_back(value: int) -> None:
    assert chinese_number(printed(value, "chineseCountingThousand")) == value


@given(st.sampled_from([*FORMS, "none", ""]), st.integers(-(10**7), 10**7))
def test_every_number_is_printed_shortly(form: str, value: int) -> None:
    assert len(printed(value, form)) <= 40
