"""Actions and figures of several plans aligned by like headings and phrases."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.plan import Plan
from index.reading import Reading
from rag.across.actions import Action, actions, indicators, plan_actions
from rag.across.alignment import Piece, align, named
from rag.tasks.rows import plan_targets
from tests.conftest import read_plan

FIRST = """云溪县养老服务方案
一、总体要求
到2025年，全县养老机构护理型床位占比达到55%，到2035年，全县护理型床位占比达到80%。
二、重点任务
（一）老年助餐服务行动
1.建设社区老年食堂。建成社区老年食堂20个。（牵头单位：县民政局）
2.发放老年助餐券。残疾人也可领取。（责任单位：县财政局）
（二）家庭适老化改造工程。每年改造困难家庭300户。（牵头单位：县住建局）
三、保障措施
（一）加强督查。
"""
SECOND = """白沙市养老服务方案
一、总体要求
到2025年，全市养老机构护理型床位占比超过60%。
二、主要工作
（一）开展老年助餐服务行动
1.推进社区老年食堂建设。（责任单位：市民政局）
（二）康养旅游培育。建成老年旅游线路20条。（牵头单位：市文旅局）
"""
Read = tuple[Plan, Reading]


def both(folder: Path) -> list[Read]:
    return [read_plan(FIRST, folder, "yunxi"), read_plan(SECOND, folder, "baisha")]


def found(folder: Path) -> tuple[Action, ...]:
    return actions([plan for plan, _ in both(folder)])


def test_like_headings_are_one_action_and_the_shared_come_first(tmp_path: Path) -> None:
    shared = [a for a in found(tmp_path) if len(a.clauses) == 2]
    assert [a.title for a in shared] == ["老年助餐服务行动", "建设社区老年食堂"]
    assert found(tmp_path)[:2] == tuple(shared)
    assert all(set(a.clauses) == {"yunxi", "baisha"} for a in shared)


def test_what_assigns_nothing_is_no_action(tmp_path: Path) -> None:
    plan = both(tmp_path)[0][0]
    assert [c.title for c in plan_actions(plan)] == [
        "老年助餐服务行动", "建设社区老年食堂", "发放老年助餐券", "家庭适老化改造工程",
    ]  # fmt: skip


def test_every_action_of_a_plan_is_there_once(tmp_path: Path) -> None:
    for plan, _ in both(tmp_path):
        held = [a.clauses[plan.id] for a in found(tmp_path) if plan.id in a.clauses]
        assert sorted(held) == sorted(c.id for c in plan_actions(plan))


def test_two_like_headings_of_one_plan_stay_two() -> None:
    pieces = [Piece("社区食堂建设", "a"), Piece("社区食堂建设", "a"), Piece("社区食堂建设", "b")]
    assert align(pieces) == [(0, 2), (1,)]


def test_unlike_kinds_stay_apart() -> None:
    pieces = [Piece("社区食堂数量", "a", "个"), Piece("社区食堂数量", "b", "%")]
    assert align(pieces) == [(0,), (1,)]


@given(st.lists(st.tuples(st.text("甲乙丙丁戊", max_size=6), st.sampled_from("abc")), max_size=12))
def test_groups_hold_each_piece_once_and_an_owner_once(raw: list[tuple[str, str]]) -> None:
    groups = align([Piece(text, owner) for text, owner in raw])
    assert sorted(n for g in groups for n in g) == list(range(len(raw)))
    assert all(len({raw[n][1] for n in g}) == len(g) for g in groups)


def test_the_usual_name_stands_for_a_group() -> None:
    assert named(["开展助餐行动", "助餐行动", "助餐行动"]) == "助餐行动"
    assert named(["开展助餐行动", "助餐行动"]) == "助餐行动"


def test_figures_of_one_matter_stand_together_by_plan_and_year(tmp_path: Path) -> None:
    told = {plan.id: plan_targets(plan, reading) for plan, reading in both(tmp_path)}
    first = indicators(told)[0]
    assert (first.unit, first.places, first.per_year) == ("%", 2, False)
    assert [(m.plan, m.target.figure.value, m.target.figure.year) for m in first.figures] == [
        ("yunxi", 55.0, 2025), ("yunxi", 80.0, 2035), ("baisha", 60.0, 2025),
    ]  # fmt: skip
    assert first.name.startswith("养老机构护理型床位占比")


def test_figures_in_other_units_are_never_in_one_chart(tmp_path: Path) -> None:
    told = {plan.id: plan_targets(plan, reading) for plan, reading in both(tmp_path)}
    for one in indicators(told):
        assert {m.target.figure.unit for m in one.figures} == {one.unit}
        assert {m.target.figure.per_year for m in one.figures} == {one.per_year}


def test_a_yearly_figure_is_named_without_its_number(tmp_path: Path) -> None:
    told = {plan.id: plan_targets(plan, reading) for plan, reading in both(tmp_path)}
    yearly = next(i for i in indicators(told) if i.per_year)
    assert yearly.name == "改造困难家庭"
