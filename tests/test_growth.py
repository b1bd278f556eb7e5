"""Many plans: the likeliest are asked, the others told of; made corpora are read like real ones."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from eval.made import invented_places, made_of
from eval.scale import Size, table
from index import approximate
from index.approximate import Approximate
from index.dense import DenseIndex
from index.flat import Flat
from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag import choice
from rag.assistant import Assistant
from rag.search import Searcher
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER, TinyEncoder, read_plan

MANY = 15
MakeIndex = Callable[[list[tuple[Plan, Reading]]], Index]


@pytest.fixture(scope="module")
def many(
    make_index: MakeIndex, tiny: TinyEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Assistant:
    """Fifteen plans without a word on smartphones, and one in their middle that has it."""
    folder = tmp_path_factory.mktemp("many")
    names = list(islice(invented_places(), MANY))
    plans = [
        read_plan(SYNTHETIC_OTHER.replace("白沙区", name), folder, f"p{n:02}")
        for n, name in enumerate(names)
    ]
    plans.insert(13, read_plan(SYNTHETIC, folder, "qingshi"))
    return Assistant(make_index(plans), tiny)


def test_the_plan_that_has_the_matter_is_among_those_asked(many: Assistant) -> None:
    examined = many.examine("智慧助老由谁牵头")
    told = "青石县〔（二）老年人行动 › 1.实施智慧助老〕：牵头单位：县民政局"
    assert told in examined.answer.answer
    assert "其余4份未查看" in examined.answer.answer
    assert len({h.plan.id for h in examined.hits}) == choice.PLANS_ASKED


def test_a_unit_is_looked_for_in_every_plan(many: Assistant) -> None:
    answer = many.ask("民政局有哪些任务")
    assert "实施智慧助老" in answer.answer
    assert "其余4份未查看" in answer.answer


def test_of_very_many_plans_held_against_each_other_it_is_told_how_many_were_not_looked_at(
    many: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "哪些方案的智慧助老由民政局牵头"
    assert "未查看" not in many.ask(question).answer
    monkeypatch.setattr(choice, "ACROSS_ASKED", 10)
    answer = many.ask(question)
    assert "其余6份未查看" in answer.answer
    assert "青石县" in answer.answer


def test_whoever_names_a_place_or_plans_is_answered_from_all_of_them(many: Assistant) -> None:
    assert "未查看" not in many.ask("青石县智慧助老由谁牵头").answer
    every_but_one = [p.id for p in many.index.plans[1:]]
    assert len({h.plan.id for h in many.examine("智慧助老由谁牵头", every_but_one).hits}) == MANY


def test_words_that_very_many_titles_have_name_none_of_the_plans(many: Assistant) -> None:
    asked = {h.plan.id for h in many.examine("科普工作计划里培育高素质农民由谁牵头").hits}
    assert len(asked) == choice.PLANS_ASKED


def test_few_plans_are_all_asked(synthetic: Assistant) -> None:
    assert "未查看" not in synthetic.ask("高素质农民由谁牵头").answer
    examined = synthetic.examine("高素质农民由谁牵头")
    assert {h.plan.id for h in examined.hits} == {"qingshi", "baisha"}


def test_the_best_plans_are_those_of_the_whole_ranking(
    many: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "建设科普小院和乡村科学教室由谁负责"
    chosen = many.examine(question).hits
    monkeypatch.setattr(choice, "PLANS_ASKED", 100)
    every = many.examine(question).hits
    tops = {h.plan.id: h.score for h in reversed(every)}
    asked = {h.plan.id for h in chosen}
    assert min(tops[p] for p in asked) >= max(tops[p] for p in tops.keys() - asked)
    assert [h for h in every if h.plan.id in asked] == list(chosen)


def test_approximate_search_chooses_the_plans_and_scores_them_as_exact_search_does(
    many: Assistant, tiny: TinyEncoder, tmp_path: Path
) -> None:
    rows = many.index.dense.vectors()
    probes = approximate.write(tmp_path / "near.faiss", rows)
    near = [Approximate(tmp_path / "near.faiss", probes)]
    live = np.ones(len(rows), dtype=np.bool_)
    dense = DenseIndex([(Flat.of(rows), live)], many.index.dense.moments, near)
    exact = Searcher(many.index, tiny)
    other = Searcher(replace(many.index, dense=dense), tiny)
    ids = [p.id for p in many.index.plans]
    for text in ("智慧助老由谁牵头", "建设科普小院和乡村科学教室由谁负责"):
        question = many.understand(text)
        found, wanted = (s.rank(question, ids, 5) for s in (other, exact))
        assert len(found) == 5
        assert "qingshi" in found or "qingshi" not in wanted
        assert sum(h[0].score for h in found.values()) > 0.99 * sum(
            h[0].score for h in wanted.values()
        )
        every = exact.rank(question, ids)
        assert all([*hits] == [*every[plan]] for plan, hits in found.items())


def test_mean_and_spread_follow_from_the_moments() -> None:
    chance = np.random.default_rng(1)
    rows = chance.standard_normal((50, 8)).astype(np.float32) + 2
    query = chance.standard_normal(8).astype(np.float32)
    dense = DenseIndex.build(rows)
    scores = dense.scores(query)
    np.testing.assert_allclose(scores, rows @ query, rtol=1e-5)
    np.testing.assert_array_equal(dense.scores(query, 10, 20), scores[10:20])
    assert dense.spread(query) == pytest.approx((scores.mean(), scores.std()), rel=1e-4)
    assert DenseIndex.build(rows[:1]).spread(query)[1] == 1.0


def test_a_made_plan_is_another_plan_of_another_place(tmp_path: Path) -> None:
    plan, _ = read_plan(SYNTHETIC, tmp_path, "qingshi")
    text = made_of(plan, "安白县", ["手机", "诈骗", "比赛"], random.Random(3))
    made, _ = read_plan(text, tmp_path, "made")
    assert (made.place, made.meta.number.value) == ("安白县", plan.meta.number.value)
    assert "青石" not in text
    assert "2021—2025年" in text
    figures = [[f.value for c in p.clauses for f in c.figures] for p in (plan, made)]
    assert figures[0] != figures[1]
    assert len(made.clauses) >= len(plan.clauses) - 2
    assert text == made_of(plan, "安白县", ["手机", "诈骗", "比赛"], random.Random(3))


def test_places_are_invented_once() -> None:
    names = list(islice(invented_places(), 2000))
    assert len(set(names)) == 2000


def test_the_table_has_a_row_a_size() -> None:
    size = Size(1000, 50_000, 5.5, 500.4, 3.64, 120.2, 930.2, 18.2, 31.0, 52.6, 90.1, add_s=0.42)
    rows = list(table([size, replace(size, recall=0.991, chosen=0.9)]))
    assert rows[2] == (
        "| 1,000 | 50,000 | 5.5 | 500 MB | 10,008 | 3.6 s | 120 / 930 MB | 18 / 31 ms "
        "| 53 / 90 ms | 0.4 s | all |"
    )
    assert rows[3].endswith("| 99.1% / 90.0% |")
    assert {row.count("|") for row in rows} == {12}
