"""The last gate: a statement whose unit or figure does not stand in what it cites is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

import rag.parts
from index.plan import Plan
from index.units import unit_names
from rag.answer import Draft, Statement
from rag.answer import Span as Cited
from rag.assistant import Assistant
from rag.check import holds
from rag.context import Context
from tests.conftest import SYNTHETIC, read_plan

UNITS = unit_names()


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return read_plan(SYNTHETIC, tmp_path_factory.mktemp("check"), "qingshi")[0]


def span(plan: Plan, piece: str, clause: str) -> Cited:
    at = plan.source.index(piece)
    return Cited(plan.id, clause, at, at + len(piece))


@pytest.fixture
def note(plan: Plan) -> Cited:
    return span(plan, "（牵头单位：县教育局、团县委；责任单位：县财政局、县科协等）", "qingshi:2.1")


@pytest.fixture
def target(plan: Plan) -> Cited:
    return span(plan, "到2025年，全县公民具备科学素质的比例超过16%", "qingshi:1.1")


@pytest.mark.parametrize(
    "text",
    [
        "牵头单位：县教育局、团县委",
        "责任单位：县财政局、县科协等",
        "Lead units: 县教育局 (County Education Bureau), 团县委 (Communist Youth League)",
        "青少年行动由县教育局牵头",
    ],
)
def test_what_the_slice_says_passes(plan: Plan, note: Cited, text: str) -> None:
    assert holds(Statement(text, (note,)), plan, UNITS, "谁牵头")


@pytest.mark.parametrize(
    "text",
    ["牵头单位：县教育局、县民政局", "县妇联牵头", "Lead units: 县卫健局 (County Health Bureau)"],
)
def test_a_unit_that_is_not_in_the_slice_fails(plan: Plan, note: Cited, text: str) -> None:
    assert not holds(Statement(text, (note,)), plan, UNITS, "谁牵头")


@pytest.mark.parametrize(("text", "right"), [
    ("超过16%", True), ("2025年超过16％", True), ("超过15%", False), ("超过1.6%", False),
    ("2035年超过16%", False), ("超过16%，共3项", False), ("超过161%", False), ("超过6%", False),
])  # fmt: skip
def test_figures(plan: Plan, target: Cited, text: str, right: bool) -> None:
    assert holds(Statement(text, (target,)), plan, UNITS, "") is right


def test_what_the_program_counted_is_exempt(plan: Plan, note: Cited) -> None:
    assert holds(Statement("共3项", (note,), computed=("3",)), plan, UNITS, "")
    assert not holds(Statement("共3项", (note,), computed=("2",)), plan, UNITS, "")


def test_quoted_words_must_stand_in_the_slice(plan: Plan, note: Cited) -> None:
    assert holds(Statement("见“青少年行动”", (note,)), plan, UNITS, "")  # in the path
    assert not holds(Statement("见《青石县科普条例》", (note,)), plan, UNITS, "")


def test_nothing_cited_proves_nothing(plan: Plan) -> None:
    assert not holds(Statement("牵头单位：县教育局"), plan, UNITS, "谁牵头")
    assert holds(Statement("方案未提及。"), plan, UNITS, "谁牵头")


def test_a_unit_the_user_named_may_be_named_back(plan: Plan, note: Cited) -> None:
    said = Statement("县妇联不在该条的单位之列", (note,))
    assert holds(said, plan, UNITS, "是县妇联牵头吗")
    assert not holds(said, plan, UNITS, "谁牵头")


def test_a_slice_torn_by_a_page_break_still_proves(tmp_path: Path) -> None:
    plan, _ = read_plan(
        "一、任务\n1.甲，乙。（牵头单位：县教\n\n育局，共 1\n2家）\n", tmp_path, "t"
    )
    cited = span(plan, "（牵头单位：县教\n\n育局，共 1\n2家）", "t:1.1")
    assert holds(Statement("县教育局等12家", (cited,)), plan, UNITS, "")


def test_a_figure_in_half_width_brackets_is_checked(plan: Plan, target: Cited) -> None:
    assert not holds(Statement("over the target (35%)", (target,)), plan, UNITS, "")


# -- in the assistant ---------------------------------------------------------------------


def lie(text: str, also: str = "") -> object:
    """A composer that cites the right clause and says something else."""

    def compose(context: Context) -> Draft:
        spans = context.note_spans(context.hits[0].clause)
        said = [Statement(text, spans)] + ([Statement(also, spans)] if also else [])
        return Draft("answered", tuple(said))

    return compose


@pytest.mark.parametrize("text", ["牵头单位：县妇联", "牵头单位：县民政局，共99家"])
def test_a_false_statement_is_withheld(
    synthetic: Assistant, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setitem(rag.parts.COMPOSERS, "duty", (lie(text),))
    answer = synthetic.ask("青石县智慧助老由谁牵头")
    assert answer.status == "not_mentioned"
    assert text not in answer.answer
    assert "县妇联" not in answer.answer


def test_only_what_fails_is_withheld(synthetic: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    composer = lie("牵头单位：县妇联", also="牵头单位：县民政局")
    monkeypatch.setitem(rag.parts.COMPOSERS, "duty", (composer,))
    answer = synthetic.ask("青石县智慧助老由谁牵头")
    assert answer.status == "answered"
    assert "县民政局" in answer.answer
    assert "县妇联" not in answer.answer
