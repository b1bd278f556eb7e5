"""Intervals, tests and sizes against arithmetic by hand, textbooks and a second library; then the
figures of a set of judged questions.
"""

from __future__ import annotations

import json
import math
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

# Loaded here, because the first import takes longer than hypothesis allows a single example.
from statsmodels.stats import multitest, proportion  # noqa: F401

from eval.gold import TYPES
from eval.measures.definitions import MEASURES
from eval.runs import Item
from eval.statistics import (
    ALPHA,
    POWER,
    bootstrap_mean,
    fewest_changes,
    holm,
    mcnemar,
    paired_bootstrap,
    percentile,
    smallest_difference,
    wilson,
)
from eval.summary import by, estimate, quotes, refusal, summarise, table
from eval.systems.base import Quote
from tests.runs import item, question, response

SHARES = st.integers(0, 12).map(lambda k: k / 12)  # as shares of a few things are


# -- wilson -------------------------------------------------------------------------------


def test_wilson_by_hand() -> None:
    # z = 1.959964, z^2 = 3.841459; 8 of 10: centre (.8 + 3.841459/20) / (1 + .3841459) = .716753;
    # half width 1.959964 / 1.3841459 * sqrt(.8*.2/10 + 3.841459/400) = .226578
    assert wilson(8, 10) == pytest.approx((0.716753 - 0.226578, 0.716753 + 0.226578), abs=2e-5)


def test_wilson_is_the_textbooks() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3: 81/263, 15/148, 0/20, 1/29
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_scipys_and_holds_the_share(counts: tuple[int, int]) -> None:
    successes, n = counts
    low, high = wilson(successes, n)
    theirs = binomtest(successes, n).proportion_ci(0.95, "wilson")
    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert 0 <= low <= successes / n <= high <= 1
    assert wilson(n - successes, n) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_of_no_questions_nothing_is_known() -> None:
    assert wilson(0, 0) == (0, 1)


@pytest.mark.parametrize(("successes", "n"), [(11, 10), (-1, 10), (1, 0)])
def test_more_successes_than_questions_are_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"{successes} successes of {n}"):
        wilson(successes, n)


# -- bootstrap ----------------------------------------------------------------------------


def test_bootstrap_of_two_values_by_hand() -> None:
    # a resample of 0, 1 has the mean 0, .5 or 1 with 1/4, 1/2, 1/4: the outer 2.5 % are 0 and 1
    assert bootstrap_mean([0, 1]) == (0, 1)


def test_bootstrap_of_a_binary_measure_is_the_binomials() -> None:
    # means of 100 values with 30 ones are binomial(100, .3) / 100, whose 2.5 and 97.5 % quantiles
    # are 21 and 39; a resample may be one off
    low, high = bootstrap_mean([1] * 30 + [0] * 70)
    assert low == pytest.approx(0.21, abs=0.011)
    assert high == pytest.approx(0.39, abs=0.011)


@given(st.lists(SHARES, min_size=1, max_size=20), st.randoms())
def test_bootstrap_holds_the_mean_whatever_the_order(values: list[float], random: Random) -> None:
    low, high = bootstrap_mean(values)
    mean = sum(values) / len(values)
    assert min(values) - 1e-9 <= low <= mean + 1e-9
    assert mean - 1e-9 <= high <= max(values) + 1e-9
    shuffled = random.sample(values, len(values))
    assert bootstrap_mean(shuffled) == (low, high)


def test_the_seed_makes_the_interval_and_hardly_moves_it() -> None:
    values = [k % 7 / 6 for k in range(200)]
    first, again, other = (bootstrap_mean(values, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert other == pytest.approx(first, abs=0.05 * (first.high - first.low))


def test_bootstrap_covers_as_often_as_it_says() -> None:
    # 200 samples of 40 from a uniform distribution of mean .5: about 190 intervals hold it; by the
    # binomial fewer than 180 or more than 199 come about once in 800 times
    samples = np.random.default_rng(0).random((200, 40))
    covers = sum(low <= 0.5 <= high for low, high in (bootstrap_mean(s.tolist()) for s in samples))
    assert 180 <= covers <= 199


def test_bootstrap_is_as_wide_as_the_normal_theory_for_large_sets() -> None:
    values = np.random.default_rng(4).random(3000)  # more cells than are drawn at a time
    low, high = bootstrap_mean(values.tolist())
    half = 1.96 * values.std() / math.sqrt(values.size)
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=half / 10)


def test_the_bootstrap_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        bootstrap_mean([])
    with pytest.raises(ValueError, match="no values"):
        paired_bootstrap([], [])


def test_paired_by_hand() -> None:
    # differences 1, 1, 0, 0: means of four draws are binomial(4, .5) / 4; P(0) = 1/16 > .025
    assert paired_bootstrap([0, 0, 1, 1], [1, 1, 1, 1]) == (0.5, 0, 1)


def test_pairs_stay_together() -> None:
    # b is a plus .1 on every question: however far a spreads, the difference is .1 and sure
    a = [k / 100 for k in range(90)]
    found = paired_bootstrap(a, [x + 0.1 for x in a])
    assert found == pytest.approx((0.1, 0.1, 0.1))
    interval = bootstrap_mean(a)
    assert interval.high - interval.low > 0.1


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=20))
def test_swapping_turns_the_difference(pairs: list[tuple[float, float]]) -> None:
    a, b = zip(*pairs, strict=True)
    there, back = paired_bootstrap(a, b), paired_bootstrap(b, a)
    assert there.low - 1e-9 <= there.value <= there.high + 1e-9
    assert there.value == pytest.approx(sum(b) / len(b) - sum(a) / len(a))
    assert (back.value, back.low, back.high) == pytest.approx(
        (-there.value, -there.high, -there.low), abs=1e-12
    )


def test_unequal_lengths_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="2 values cannot be paired with 1"):
        paired_bootstrap([0, 1], [1])


# -- tests --------------------------------------------------------------------------------


def test_mcnemar_by_hand() -> None:
    assert mcnemar(1, 6) == pytest.approx(2 * (1 + 7) / 2**7)  # .125
    assert mcnemar(0, 6) == pytest.approx(2 / 2**6)  # .03125
    assert mcnemar(3, 3) == 1
    assert mcnemar(0, 0) == 1


def test_mcnemar_is_the_textbooks() -> None:
    # Agresti, Categorical Data Analysis, ch. 10: of two approval ratings 86 and 150 changed; his
    # z^2 = (86 - 150)^2 / 236 = 17.36 has p = 3.1e-5, the exact test a little more
    assert mcnemar(86, 150) == pytest.approx(3.7e-5, rel=0.05)


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_the_binomial_test(only_a: int, only_b: int) -> None:
    n = only_a + only_b
    theirs = binomtest(only_a, n).pvalue if n else 1.0
    assert mcnemar(only_a, only_b) == pytest.approx(theirs)
    assert mcnemar(only_b, only_a) == pytest.approx(theirs)


def test_holm_by_hand() -> None:
    # sorted .01 .03 .04: 3 x .01, 2 x .03, then 1 x .04 which may not be below .06
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.6]) == pytest.approx([1, 1])
    assert holm([]) == []
    assert holm([0.2]) == [0.2]


# Few, because multipletests collects garbage at every call: a tenth of a second.
@settings(max_examples=8)
@given(st.lists(st.integers(0, 1000).map(lambda k: k / 1000), min_size=1, max_size=13))
def test_holm_is_the_running_maximum_of_its_products(ps: list[float]) -> None:
    adjusted = holm(ps)
    worst = 0.0
    for place, k in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        worst = max(worst, min(1, ps[k] * (len(ps) - place)))
        assert adjusted[k] == pytest.approx(worst)


# -- size ---------------------------------------------------------------------------------


def test_the_fewest_changes_are_the_first_that_pass() -> None:
    assert fewest_changes() == 6
    for alpha in (0.2, 0.05, 0.01, 0.001):
        k = fewest_changes(alpha)
        assert mcnemar(0, k) < alpha <= mcnemar(0, k - 1)


@pytest.mark.parametrize(("n", "discordant"), [(809, 0.05), (200, 0.2), (100, 0.3), (50, 0.9)])
def test_the_smallest_difference_solves_the_formula(n: int, discordant: float) -> None:
    d = smallest_difference(n, discordant)
    upper = 1.959964 * math.sqrt(discordant) + 0.841621 * math.sqrt(discordant - d**2)
    assert upper**2 / d**2 == pytest.approx(n, rel=1e-5)


def test_the_smallest_difference_by_hand() -> None:
    # Connor's n for a discordance of .3 and d = .1515: (1.96 sqrt .3 + .8416 sqrt(.3 - .02295))^2
    # / .02295 = (1.07353 + .44298)^2 / .02295 = 100.2
    assert smallest_difference(100, 0.3) == pytest.approx(0.1516, abs=2e-4)


def test_where_nothing_changed_all_changes_go_one_way() -> None:
    # discordant = d solves n d = (1.96 + .8416 sqrt(1 - d))^2; 809 d = 7.826 by putting it in
    d = smallest_difference(809, 0)
    assert 809 * d == pytest.approx((1.959964 + 0.841621 * math.sqrt(1 - d)) ** 2, rel=1e-6)
    assert smallest_difference(809, 0.005) == d  # a difference of more than changed is none


@given(st.integers(6, 5000), st.floats(0, 1))
def test_the_smallest_difference_keeps_its_bounds(n: int, discordant: float) -> None:
    d = smallest_difference(n, discordant)
    assert fewest_changes() / n <= d <= 1
    assert smallest_difference(n + 100, discordant) <= d
    assert smallest_difference(n, min(1, discordant + 0.1)) >= d - 1e-12


@pytest.mark.parametrize("n", [0, 1, 5])
def test_too_few_questions_show_nothing(n: int) -> None:
    assert smallest_difference(n, 0.5) == math.inf


@pytest.mark.parametrize(("n", "discordant"), [(809, 0), (809, 0.05), (100, 0.3), (40, 0.4)])
def test_the_smallest_difference_is_seen_as_often_as_it_says(n: int, discordant: float) -> None:
    # The formula is of the test without correction, so the exact one is a little below the power.
    d = smallest_difference(n, discordant)
    changing = max(discordant, d)
    chances = [(changing - d) / 2, (changing + d) / 2, 1 - changing]
    drawn = np.random.default_rng(7).multinomial(n, chances, size=2000)[:, :2]
    kinds, counts = np.unique(drawn, axis=0, return_counts=True)
    seen = sum(c for (a, b), c in zip(kinds.tolist(), counts, strict=True) if mcnemar(a, b) < ALPHA)
    assert POWER - 0.07 <= seen / 2000 <= POWER + 0.03


# -- percentile ---------------------------------------------------------------------------


def test_percentile_is_the_nearest_rank() -> None:
    assert percentile(range(1, 21), 0.95) == 19
    assert percentile([30, 10, 20], 0.5) == 20
    assert percentile([10, 20], 0.5) == 10
    assert percentile(range(1, 101), 0.07) == 7  # not 8, though .07 * 100 > 7 in binary
    assert percentile([5], 0) == percentile([5], 1) == 5
    assert percentile([], 0.5) == 0


@given(st.lists(st.integers(0, 9), min_size=1), st.integers(1, 99))
def test_percentile_is_the_smallest_with_enough_below(values: list[int], percent: int) -> None:
    found = percentile(values, percent / 100)
    need = percent * len(values)
    assert 100 * sum(v <= found for v in values) >= need > 100 * sum(v < found for v in values)


# -- summary ------------------------------------------------------------------------------


def asked(id: str, type: str = "number", **fields: object) -> Item:  # noqa: A002
    lang = str(fields.pop("lang", "zh"))
    doc = fields.pop("doc", ("a",))
    return item(question(id=id, type=type, lang=lang, doc=doc), **fields)  # type: ignore[arg-type]


def test_a_binary_measure_has_wilsons_interval() -> None:
    items = [asked(f"q{k}", correct=float(k < 8)) for k in range(10)]
    found = estimate(items, "correct")
    assert found
    assert (found.measure, found.n, found.value) == ("correct", 10, 0.8)
    assert (found.low, found.high) == wilson(8, 10)


def test_a_share_has_the_bootstraps_and_counts_only_what_has_it() -> None:
    values = [0.5, 0.25, 1.0, 0.0]
    items = [asked(f"q{k}", scores={"units_f1": v}) for k, v in enumerate(values)]
    found = estimate([*items, asked("none")], "units_f1")
    assert found
    assert (found.n, found.value) == (4, 0.4375)
    assert (found.low, found.high) == bootstrap_mean(values)


def test_a_share_that_is_always_whole_is_not_sure_beyond_measure() -> None:
    items = [asked(f"q{k}", scores={"verbatim": 1.0}) for k in range(20)]
    found = estimate(items, "verbatim")
    assert found
    assert (found.low, found.high) == wilson(20, 20)
    assert found.low < 1


def test_an_amount_has_median_and_percentiles() -> None:
    items = [asked(f"q{k}", given=response(latency_ms=float(k))) for k in range(1, 101)]
    found = estimate(items, "latency_ms")
    assert found
    assert (found.value, found.low, found.high) == (50, 5, 95)


def test_a_measure_nothing_has_is_none_and_an_unknown_one_is_refused() -> None:
    assert estimate([asked("q1")], "rr") is None
    assert estimate([], "correct") is None
    with pytest.raises(KeyError):
        estimate([asked("q1")], "beauty")


def test_refusal_by_hand() -> None:
    # 4 unanswerable, 3 of them refused; 1 answerable refused, 5 not
    items = [asked(f"u{k}", "unanswerable", scores={"refused": float(k < 3)}) for k in range(4)]
    items += [asked(f"n{k}", scores={"refused": float(k < 1)}) for k in range(6)]
    found = refusal(items)
    assert found.precision
    assert found.recall
    assert (found.precision.value, found.precision.n) == (0.75, 4)
    assert (found.recall.value, found.recall.n) == (0.75, 4)
    assert (found.precision.low, found.precision.high) == wilson(3, 4)
    assert found.f1 == pytest.approx(2 * 3 / (2 * 3 + 1 + 1))


def test_refusal_without_what_it_is_a_share_of() -> None:
    none_refused = refusal([asked("u", "unanswerable", scores={"refused": 0.0})])
    assert none_refused.precision is None
    assert none_refused.f1 == 0
    none_unanswerable = refusal([asked("n", scores={"refused": 1.0})])
    assert none_unanswerable.recall is None
    assert none_unanswerable.f1 is None
    assert none_unanswerable.precision
    assert none_unanswerable.precision.value == 0
    assert refusal([asked("n")]) == refusal([])  # not judged for refusing: not counted


def test_parts_stand_in_a_stable_order() -> None:
    items = [
        asked("1", "followup", doc=("b",), lang="en", split="held"),
        asked("2", "number", doc=("a", "b"), split=""),
        asked("3", "lead_unit", doc=("zz",), split="dev"),
        asked("4", "number", doc=("a",), split="dev"),
    ]
    assert list(by(items, "type")) == ["lead_unit", "number", "followup"]
    assert list(by(items, "plan")) == ["a", "b", "zz", "several"]
    assert list(by(items, "lang")) == ["zh", "en"]
    assert list(by(items, "split")) == ["dev", "held", ""]
    assert [i.gold.id for i in by(items, "type")["number"]] == ["2", "4"]
    assert by([], "plan") == {}


def some() -> list[Item]:
    """A question of every type, all but one right, half of them held."""
    marks = (Quote(1, "a", 0, 2, "xx"), Quote(2, "a", 3, 5, "yy"))
    return [
        asked(
            f"q{k}",
            name,
            correct=float(name != "list"),
            split=("dev", "held")[k % 2],
            given=response(citations=marks),
            scores={
                "verbatim": 0.5 if name == "meta" else 1.0,
                "refused": float(name == "unanswerable"),
            },
        )
        for k, name in enumerate(TYPES)
    ]


def test_the_summary_says_everything_and_is_json() -> None:
    data = json.loads(json.dumps(summarise(some()), allow_nan=False))
    assert (data["n"], data["right"], data["share"]) == (13, 12, round(12 / 13, 6))
    assert data["interval"] == pytest.approx(wilson(12, 13), abs=1e-6)
    assert data["quotes"] == {"cited": 26, "verbatim": 25}
    assert data["refusal"]["precision"]["value"] == data["refusal"]["recall"]["value"] == 1
    assert data["measures"]["latency_ms"] == {"n": 13, "median": 10, "p5": 10, "p95": 10}
    assert data["measures"]["verbatim"]["value"] == round(12.5 / 13, 6)
    assert {n: d["n"] for n, d in data["splits"].items()} == {"dev": 7, "held": 6}
    assert {n: d["right"] for n, d in data["types"].items()} == {t: int(t != "list") for t in TYPES}


def test_the_summary_of_no_questions_can_be_written() -> None:
    data = json.loads(json.dumps(summarise([]), allow_nan=False))
    assert (data["n"], data["share"], data["interval"]) == (0, None, [0, 1])


def test_quotes_are_counted_over_answers_that_were_judged() -> None:
    assert quotes(some()) == (26, 25)
    assert quotes([asked("q1")]) == (0, 0)


def test_the_table_is_aligned_and_says_what_it_should() -> None:
    lines = list(table(some()))
    rows = {line.split()[0]: line for line in lines[: lines.index("")] if line[:2] != "--"}
    assert set(rows) == {"type", *TYPES, "together", "all"}
    assert len({len(row) for row in rows.values()}) == 1
    assert rows["list"].split()[1:4] == ["1", "0", "0.0"]
    assert rows["all"].split() == ["all", "13", "12", "92.3", "66.7–98.6", "6/7", "6/6"]
    groups = [line for line in lines if line.startswith("-- ")]
    assert groups == ["-- one plan, in Chinese", "-- in English, follow-ups, beyond one plan"]
    below = lines[lines.index("") :]
    assert any(line.split()[:4] == ["refusal", "recall", "1", "100.0"] for line in below)
    assert not any("nDCG" in line for line in below)  # nothing was measured
    assert below[-2] == "quotes not verbatim: 1 of 26"
    assert below[-1] == "latency: median 10 ms, 95th percentile 10 ms"


def test_every_main_measure_has_its_line_in_order() -> None:
    values = {m.name: 1.0 for m in MEASURES if m.name != "correct"}
    lines = list(table([asked("q1", "unanswerable", scores=values)]))
    order = [
        "units exact", "units F1", "figures exact", "claims", "character F1", "citation recall",
        "citation precision", "verbatim", "refusal precision", "refusal recall",
        "evidence within 5", "MRR", "nDCG@10", "quotes", "latency",
    ]  # fmt: skip
    at = [next(n for n, line in enumerate(lines) if line.startswith(name)) for name in order]
    assert all(x < y for x, y in pairwise(at))


def test_a_table_without_splits_has_no_columns_of_them() -> None:
    assert next(table([asked("q1")])).split()[-2:] == ["95%", "interval"]
