"""Fitting: the regression against scikit-learn and by hand, the folds, the threshold, the file."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from runs import question

from eval.calibration import Row, best_sure, best_threshold, calibrate, crossed, facts
from eval.commands.calibrate import report, toml
from eval.logistic import fit, probability
from rag.confidence import read_model
from rag.evidence import FEATURES, Evidence


def _data(n: int = 200) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    x = rng.normal(size=(n, 3)) * (1, 5, 0.1) + (0, 2, -1)
    odds = 0.5 + 1.5 * x[:, 0] - 0.3 * x[:, 1]
    return x, (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(float)


def test_the_fit_is_that_of_scikit_learn() -> None:
    linear = pytest.importorskip("sklearn.linear_model")
    x, y = _data()
    weight = np.where(y == 1, 1.0, 0.5)
    middle = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - middle) ** 2, axis=0, weights=weight))
    theirs = linear.LogisticRegression(C=1 / 2.0, tol=1e-10, max_iter=1000)
    theirs.fit((x - middle) / spread, y, sample_weight=weight)
    bias, weights = fit(x, y, weight, 2.0)
    assert weights * spread == pytest.approx(theirs.coef_[0], abs=1e-4)
    assert bias + weights @ middle == pytest.approx(theirs.intercept_[0], abs=1e-4)


def test_without_columns_that_tell_it_is_the_share() -> None:
    x, y = np.ones((8, 1)), np.array([1.0] * 6 + [0.0] * 2)
    bias, weights = fit(x, y, np.ones(8), 1.0)
    assert weights[0] == 0
    assert 1 / (1 + np.exp(-bias)) == pytest.approx(0.75, abs=1e-6)
    assert probability(np.array([[1.0]]), np.array([0.0]))[0] == 0.5


def test_twins_are_never_fitted_on_each_other() -> None:
    rows = [(n // 2, n % 2) for n in range(40)]
    parted: list[int] = []

    def odds(inside: Sequence[tuple[int, int]], outside: Sequence[tuple[int, int]]) -> np.ndarray:
        for part in (inside, outside):
            parted.extend(g for g, _ in part if sum(g == h for h, _ in part) != 2)
        return np.full(len(outside), 2.0)

    assert crossed(rows, [str(g) for g, _ in rows], odds) == pytest.approx(2.0)
    assert parted == []


def test_the_threshold_parts_them() -> None:
    says = np.array([0.1, 0.2, 0.45, 0.75, 0.8, 0.9])
    answerable = np.array([False, False, False, True, True, True])
    assert 0.45 < best_threshold(says, answerable, np.ones(len(says))) <= 0.75


def test_of_thresholds_as_good_it_is_where_both_faults_are_as_many() -> None:
    says = np.array([0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.9])
    answerable = np.array([False, True, False, True, True, False, False, True, True])
    # from .35 on two are told wrongly at the least, from .65 on none: in between it is one of each
    threshold = best_threshold(says, answerable, np.ones(len(says)))
    refused = (answerable & (says < threshold)).sum()
    assert abs(int(refused) - int((~answerable & (says >= threshold)).sum())) <= 1


def _row(n: int, answerable: bool) -> Row:
    rng = np.random.default_rng(n)
    kept = question(
        id=f"q{n}", type="measure" if answerable else "unanswerable", note=f"pair with q{n ^ 1}"
    )
    values = {**dict.fromkeys(FEATURES, 0.0), "run": rng.random(), "near": rng.random()}
    seen = Evidence(**{**values, "clause": 0.8 if answerable else 0.2})
    return Row(kept, "measure", answerable, "", True, seen, seen)


def test_a_model_written_is_the_model_read() -> None:
    rows = [_row(n, n % 2 == 0) for n in range(200)]
    assert rows[0].group == rows[1].group != rows[2].group
    fitted = calibrate(rows)
    assert fitted.confusion() == {(True, False): 100, (False, True): 100}
    read = read_model(tomllib.loads("\n".join(toml(fitted.model))))
    assert read.threshold == fitted.model.threshold
    says = fitted.model.says
    assert read.says.logistic.weights == pytest.approx(says.logistic.weights, abs=1e-4)
    assert read.says.middle == pytest.approx(says.middle, abs=1e-4)
    assert "refusal recall                100 of 100" in "\n".join(report(fitted))


def test_sure_lies_where_weakened_answers_and_wrong_ones_told_plainly_cost_least() -> None:
    says = np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
    alike = np.ones(6)
    # told plainly from between .8 and .9 on, two right ones are weakened and no wrong one told
    answerable = np.array([False, True, False, True, True, True])
    assert 0.7 < best_sure(0.4, says, answerable, alike) <= 0.8
    assert best_sure(0.4, says, np.ones(6, dtype=bool), alike) <= 0.5


def test_what_no_rule_was_made_for_counts_more_in_what_is_told_plainly() -> None:
    rows = [_row(n, n % 2 == 0) for n in range(60)]
    fitted = calibrate(rows).model
    # among questions that no rule was made for, the unanswerable ones look like answers
    unread = [
        replace(r, gold=replace(_row(n, n % 4 == 0).gold, id=f"u{n}", note=""), weight=3.0)
        for n, r in enumerate(rows)
    ]
    assert calibrate(rows, unread).model.sure["text"] > fitted.sure["text"]


def test_a_weight_counts_as_so_many_questions() -> None:
    says = np.array([0.35, 0.45, 0.55, 0.65, 0.75])
    answerable = np.array([True, False, True, False, True])
    once = best_threshold(says, answerable, np.ones(5))
    heavier = best_threshold(says, answerable, np.array([1, 1, 1, 5, 1.0]))
    twice = best_threshold(
        np.append(says, [0.65] * 4), np.append(answerable, [False] * 4), np.ones(9)
    )
    assert heavier == twice > once


def test_a_row_counts_as_often_as_it_weighs() -> None:
    rows = [_row(n, n % 2 == 0) for n in range(60)]
    odd = replace(rows[0], gold=replace(rows[0].gold, type="unanswerable", id="odd", note=""))
    thrice = calibrate(
        [*rows, *(replace(odd, gold=replace(odd.gold, id=f"o{n}")) for n in range(3))]
    )
    weighed = calibrate([*rows, replace(odd, weight=3.0)])
    assert weighed.model.says.logistic.bias == pytest.approx(
        thrice.model.says.logistic.bias, abs=1e-6
    )


def test_facts_are_shares_with_one_of_each_added() -> None:
    plain = _row(0, True)
    rows = [
        Row(plain.gold, "meta", right, "", True, None, None) for right in (True, True, True, False)
    ]
    assert facts([plain, *rows]) == {"meta": pytest.approx(4 / 6)}
