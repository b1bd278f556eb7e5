"""Stretches of the plans' texts: looked up, they are where a walk through the texts finds them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.arrays import read_arrays, write_arrays
from index.store import Index
from index.texts import TextPart, Texts, build_texts, character_pairs
from index.tokens import squeeze


@pytest.fixture(scope="module")
def texts(index: Index) -> Texts:
    return build_texts(index.plans, index.readings)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), size=st.integers(1, 9))
def test_a_stretch_is_somewhere_if_a_text_holds_it(
    texts: Texts, data: st.DataObject, size: int
) -> None:
    whole = texts.squeezed[data.draw(st.sampled_from(sorted(texts.squeezed)))]
    at = data.draw(st.integers(0, len(whole) - size))
    other = data.draw(st.integers(0, len(whole) - size))
    for stretch in (whole[at : at + size], whole[at : at + size - 1] + whole[other]):
        assert texts.somewhere(stretch) == any(stretch in t for t in texts.squeezed.values())


def test_runs_that_stand_apart_are_no_stretch() -> None:
    part = TextPart.build(["甲乙丙丁", "丙丁戊己", "乙丙丁戊"])
    texts = Texts([(part, ["a", "b", "c"])], {})
    assert texts.somewhere("甲乙丙丁")
    assert texts.somewhere("乙丙丁")
    assert texts.somewhere("丁戊己")
    # each run of three stands somewhere, but not all in one text
    assert not texts.somewhere("甲乙丙丁戊")
    assert not texts.somewhere("甲丙丁")


def test_a_dead_plan_has_no_stretch() -> None:
    parts = [TextPart.build(["甲乙丙丁", "丙丁戊己"]), TextPart.build(["丙丁戊己庚"])]
    texts = Texts([(parts[0], ["a", ""]), (parts[1], ["c"])], {})
    assert texts.holding("丙丁戊") == {"c"}
    assert texts.holding("乙丙丁") == {"a"}
    assert not Texts([(parts[0], ["a", ""])], {}).somewhere("丁戊己")
    assert dict(texts.squeezed) == {"a": "甲乙丙丁", "c": "丙丁戊己庚"}


def test_no_stretch_reaches_over_the_end_of_a_text() -> None:
    texts = Texts([(TextPart.build(["甲乙", "丙丁"]), ["a", "b"])], {})
    assert not texts.somewhere("乙丙")
    assert texts.somewhere("丙丁")


def test_what_was_saved_comes_back(index: Index, tmp_path: Path) -> None:
    part = TextPart.build([squeeze(index.readings[p.id].text) for p in index.plans])
    write_arrays(tmp_path / "arrays", part.arrays())
    loaded = TextPart.of(read_arrays(tmp_path / "arrays"))
    for name, array in part.arrays().items():
        np.testing.assert_array_equal(loaded.arrays()[name], array)


def test_pairs_are_counted_within_runs_of_characters() -> None:
    found = list(character_pairs("科普，科学普及2025年底"))
    assert found == ["科普", "科学", "学普", "普及", "年底"]
