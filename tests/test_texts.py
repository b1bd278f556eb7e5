"""Stretches of the plans' texts: looked up, they are where a walk through the texts finds them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.store import Index
from index.texts import Texts, build_texts, character_pairs


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
    texts = Texts(
        {"a": "甲乙丙丁", "b": "丙丁戊己", "c": "乙丙丁戊"},
        {}, {}, *_arrays(["甲乙丙丁", "丙丁戊己", "乙丙丁戊"]),
    )  # fmt: skip
    assert texts.somewhere("甲乙丙丁")
    assert texts.somewhere("乙丙丁")
    assert texts.somewhere("丁戊己")
    # each run of three stands somewhere, but not all in one text
    assert not texts.somewhere("甲乙丙丁戊")
    assert not texts.somewhere("甲丙丁")


def _arrays(found: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    from index.texts import _runs

    plans: dict[int, list[int]] = {}
    for n, text in enumerate(found):
        for key in dict.fromkeys(_runs(text).tolist()):
            plans.setdefault(key, []).append(n)
    keys = sorted(plans)
    starts = np.cumsum([0, *(len(plans[k]) for k in keys)])
    return np.array(keys), starts, np.array([p for k in keys for p in plans[k]], dtype=np.int32)


def test_what_was_saved_comes_back(texts: Texts, tmp_path: Path) -> None:
    texts.save(tmp_path / "texts")
    loaded = Texts.load(tmp_path / "texts")
    assert loaded.squeezed == texts.squeezed
    assert {k: list(v) for k, v in loaded.quoted.items()} == texts.quoted
    assert loaded.pairs == texts.pairs
    for name in ("keys", "starts", "plans"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(texts, name))


def test_pairs_are_counted_within_runs_of_characters() -> None:
    found = list(character_pairs("科普，科学普及2025年底"))
    assert found == ["科普", "科学", "学普", "普及", "年底"]
