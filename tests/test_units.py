"""Unit names: one body under many names, different bodies apart, English, reverse look-ups."""

from __future__ import annotations

import json

import pytest

from index.encoders import Encoder
from index.plan import Plan
from index.reading import Reading
from index.store import Index
from index.units import unit_names
from rag.assistant import Assistant
from rag.composers.tasks import task_clauses
from rag.context import Context
from rag.search import Searcher
from tests.conftest import GOLDEN, PLAN_IDS

UNITS = unit_names()

SAME = [
    ("县人力资源和社会保障局", "人社局", "县人社局", "市人力资源社会保障局", "人社厅"),
    ("卫健委", "卫生健康局", "县卫健局", "市卫生健康委员会", "区卫生健康委"),
    ("团县委", "共青团", "团市委", "共青团区委"),
    ("科协", "县科协", "科学技术协会", "市科学技术协会"),
    ("教体局", "县教育和体育局", "教育体育局"),
    ("市场监管局", "县市场监督管理局", "区市管局"),
    ("发改局", "市发展和改革委员会", "县发改委"),
    ("农业农村局", "县农业农村局", "农村农业局"),
    ("应急局", "县应急管理局"),
    ("妇联", "县妇女联合会"),
    ("总工会", "市总工会"),
    ("县委组织部", "组织部", "市委组织部"),
    ("文广旅局", "文化广电和旅游局", "县文化广播电视和旅游局"),
    ("生态环境局", "市生态环境局东湖分局", "青石生态环境局"),
    ("关工委", "关心下一代工作委员会"),
]
DIFFERENT = [
    ("教育局", "教体局"), ("科技局", "科协"), ("财政局", "审计局"), ("组织部", "宣传部"),
    ("团县委", "县委组织部"), ("总工会", "妇联"), ("民政局", "民宗局"), ("气象局", "林业局"),
    ("县委党校", "县委组织部"), ("科协", "企业科协"), ("融媒体中心", "宣传部"),
    ("农业农村局", "乡村振兴局"), ("工商联", "工信局"), ("公安局", "应急管理局"),
    ("老科协", "科协"), ("水利局", "林业局"),
]  # fmt: skip


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_one_body_under_different_names(names: tuple[str, ...]) -> None:
    identities = [UNITS.identity(n) for n in names]
    assert [n for n, i in zip(names, identities, strict=True) if not i.same(identities[0])] == []


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_bodies_differ(one: str, other: str) -> None:
    assert not UNITS.identity(one).same(UNITS.identity(other))
    assert not UNITS.identity(other).same(UNITS.identity(one))


def test_all_pairs_of_different_groups_differ() -> None:
    firsts = [UNITS.identity(names[0]) for names in SAME]
    clash = [
        (SAME[i][0], SAME[j][0])
        for i in range(len(SAME))
        for j in range(i)
        if firsts[i].same(firsts[j])
    ]
    assert clash == []


@pytest.mark.parametrize(
    ("joint", "single"),
    [("教体局", "教育局"), ("教体局", "体育局"), ("县经科信局", "科技局"), ("文旅体局", "体育局")],
)
def test_a_joint_bureau_holds_the_single_domain(joint: str, single: str) -> None:
    assert UNITS.identity(joint).holds(UNITS.identity(single))
    assert not UNITS.identity(single).holds(UNITS.identity(joint))
    assert not UNITS.identity(joint).same(UNITS.identity(single))


def test_a_bureau_does_not_hold_a_strangers_domain() -> None:
    assert not UNITS.identity("教体局").holds(UNITS.identity("科技局"))


def test_an_unknown_name_is_itself() -> None:
    assert UNITS.identity("县蚕桑局").same(UNITS.identity("蚕桑局"))
    assert not UNITS.identity("县蚕桑局").same(UNITS.identity("县茶业局"))


def test_mentions_in_running_text() -> None:
    text = "请问县教育局和县科协、团县委还有卫健部门谁牵头"
    found = UNITS.mentions(text)
    assert [m.text for m in found] == ["教育局", "科协", "团县委", "卫健部门"]
    assert all(text[m.start : m.end] == m.text for m in found)
    assert found[-1].identity.same(UNITS.identity("县卫生健康局"))


def test_words_that_only_look_like_units() -> None:
    assert UNITS.mentions("提升科学素质，形成良好布局，格局一新") == []


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("县卫健局", "County Health Bureau"),
        ("县人力资源和社会保障局", "County Human Resources and Social Security Bureau"),
        ("市科协", "Municipal Association for Science and Technology"),
        ("区教体局", "District Education and Sports Bureau"),
        ("县某某局", ""),
    ],
)
def test_gloss(name: str, english: str) -> None:
    assert UNITS.gloss(name) == english


def test_gloss_of_a_name_with_the_level_inside() -> None:
    assert UNITS.gloss("团县委").startswith("County ")


def test_a_department_as_such_is_whichever_body_has_the_domain() -> None:
    assert UNITS.identity("卫健部门").same(UNITS.identity("卫健局"))


@pytest.mark.parametrize(
    ("english", "name"),
    [
        ("Health Bureau", "县卫健局"), ("Women's Federation", "妇联"),
        ("education bureau", "教育局"),
        ("Association for Science and Technology", "科协"), ("Communist Youth League", "团县委"),
        ("Emergency Management Bureau", "应急管理局"), ("Civil Affairs Bureau", "民政局"),
    ],
)  # fmt: skip
def test_english_names(english: str, name: str) -> None:
    text = f"What must the {english} do?"
    (found,) = UNITS.english_mentions(text)
    assert found.identity.same(UNITS.identity(name))
    assert english.lower() in text[found.start : found.end].lower()


# -- reverse look-ups ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def searcher(index: Index, tiny: Encoder) -> Searcher:
    return Searcher(index, tiny)


LOOKUPS = [
    (plan_id, unit)
    for plan_id in PLAN_IDS
    for unit in json.loads((GOLDEN / f"{plan_id}.units.json").read_text("utf-8"))
]


def test_there_are_ten_lookups() -> None:
    assert len(LOOKUPS) == 10


@pytest.mark.parametrize(("plan_id", "unit"), LOOKUPS)
def test_reverse_lookup(
    corpus: dict[str, tuple[Plan, Reading]],
    assistant: Assistant,
    searcher: Searcher,
    plan_id: str,
    unit: str,
) -> None:
    """All clauses whose own note names the unit, under any of its names, each with its role."""
    plan, reading = corpus[plan_id]
    question = assistant.understand(unit)
    context = Context(question, plan, reading, (), UNITS, searcher)
    rows = [c.id for c in plan.clauses if c.level not in ("plan", "front", "tail")]
    found = [
        [role, rows.index(clause.id)]
        for clause, role, _ in task_clauses(context, question.units[0])
    ]
    expected = json.loads((GOLDEN / f"{plan_id}.units.json").read_text("utf-8"))[unit]
    assert found == expected
