"""The quantities that a question names, and the times that go with them."""

from __future__ import annotations

import pytest

from index.plan import Figure
from rag.assistant import Assistant
from rag.composers.quantity import among, named
from tests.test_assistant import ask


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("哪年达到百分之二十五", {(25.0, True)}),
        ("2035年要到25%吗", {(25.0, True)}),
        ("1.2万名信息员哪年注册到", {(12000.0, False)}),
        ("by when should it have ten thousand volunteers", {(10000.0, False)}),
        ("by what year does it want a quarter of its residents", {(25.0, True)}),
        ("when must 10,000 farmers be trained", {(10000.0, False)}),
        ("那两所示范学校哪年建好", {(2.0, False)}),
        ("2025年要做什么", set()),
    ],
)
def test_quantities_named(text: str, told: set[tuple[float, bool]]) -> None:
    assert named(text) == told


def test_figures_of_a_quantity() -> None:
    figure = Figure("达到25%", 25.0, "%", "达到", 2035, False, 0, 5)
    assert among([figure], frozenset({(25.0, True)}))
    assert not among([figure], frozenset({(25.0, False)}))


def test_the_time_of_another_share_is_not_told(synthetic: Assistant) -> None:
    answer = ask(synthetic, "青石县公民科学素质比例哪年达到百分之九十")
    assert answer.status == "not_mentioned"
