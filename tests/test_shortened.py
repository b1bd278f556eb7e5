"""Shortened words: a character of each word that the plans print whole."""

from __future__ import annotations

import pytest

from rag.shortened import whole_words

SOURCE = "建立长期护理保险制度。完善综合保税区政策。长期护理保险试点，促进经济技术合作。"
WORDS = {"长期", "护理", "保险", "综合", "保税", "制度", "经济", "技术", "合作"}
PRINTED = {SOURCE[i : i + 2] for i in range(len(SOURCE) - 1)}


def whole(matter: str) -> dict[str, str]:
    return whole_words(matter, [SOURCE], WORDS, PRINTED)


@pytest.mark.parametrize(
    ("said", "printed"),
    [("长护险", "长期护理保险"), ("综保区", "综合保税区")],
)
def test_what_is_meant(said: str, printed: str) -> None:
    assert whole(f"{said}覆盖") == {said: printed}


@pytest.mark.parametrize("said", ["保险制度", "综合保税区", "长护", "长护税", "综护险", "护长险"])
def test_what_is_printed_short_or_made_up_stays(said: str) -> None:
    assert whole(said) == {}


def test_each_character_begins_a_word_of_the_language() -> None:
    assert whole_words("长护险", [SOURCE], WORDS - {"护理"}, PRINTED) == {}


def test_the_one_that_is_printed_most_is_meant() -> None:
    sources = ["长期护理保险。", "长途护送保险。长途护送保险。"]
    words = {"长期", "护理", "保险", "长途", "护送"}
    assert whole_words("长护险", sources, words, set()) == {"长护险": "长途护送保险"}


def test_several_in_one_question() -> None:
    assert whole("长护险和综保区") == {"长护险": "长期护理保险", "综保区": "综合保税区"}
