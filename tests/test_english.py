"""English questions: framing, units, terms and words; and their answers beside the Chinese."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from index.units import unit_names
from index.vocabulary import stem
from rag.assistant import Assistant
from rag.coverage import carried
from tests.conftest import SYNTHETIC, unjudged

LEAD = ("lead",)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Which authority takes charge of the campus festival in Qingshi?", "duty",
         {"roles": LEAD, "who": True}),
        ("Who is responsible for smart assistance in Qingshi?", "duty",
         {"roles": (), "any_role": True}),
        ("Which units take part in smart assistance, leaving out the lead, in Qingshi?", "duty",
         {"drop_lead": True, "roles": ("participant",)}),
        ("What is Qingshi doing for old people who get scam calls?", "measure", {"who": False}),
        ("Does Qingshi's Finance Bureau lead any task? Which one?", "tasks", {"roles": LEAD}),
        ("What must the Bureau of Education do in Qingshi?", "tasks", {}),
        ("What falls to the county Education Bureau under Qingshi's plan?", "tasks", {}),
        ("Does the Youth League lead the campus festival in Qingshi?", "role_check",
         {"roles": LEAD, "yes_no": True}),
        ("How often are science tutors trained in Qingshi?", "when", {}),
        ("How often are robot contests held in Qingshi, and which units see to it?", "duty",
         {"extra": ("when",)}),
        ("Whom does Qingshi cooperate with on science?", "measure", {}),
        ("Name the two actions of Qingshi", "list", {"matter": "two actions"}),
        ("Is it true that Qingshi wants 20% by 2025?", "figure_check", {"numbers": ("20%",)}),
        ("Has the Qingshi plan been finalised?", "meta", {"meta": ("status",)}),
    ],
)  # fmt: skip
def test_framing(synthetic: Assistant, text: str, kind: str, expected: dict[str, Any]) -> None:
    question = synthetic.understand(text)
    assert (question.kind, {k: getattr(question, k) for k in expected}) == (kind, expected)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the bureau of education", "教育局"), ("Sports and Education Bureau", "教体局"),
        ("the Publicity Department of the county Party Committee", "宣传部"),
        ("the Party Committee's Organization Department", "组织部"),
        ("the county CAST", "科协"), ("the Women’s Federation’s", "妇联"),
        ("the Defence Mobilisation Office (县国动办)", "国动办"),
    ],
)  # fmt: skip
def test_one_unit_however_it_is_called(synthetic: Assistant, text: str, name: str) -> None:
    question = synthetic.understand(f"What does {text} lead in Qingshi?")
    (found,) = question.units
    assert found.identity.same(unit_names().identity(name))
    assert question.concepts == ()


def test_a_word_is_no_acronym(synthetic: Assistant) -> None:
    assert synthetic.understand("Who will cast a vote in Qingshi?").units == ()


def test_a_school_is_no_agency(synthetic: Assistant) -> None:
    assert synthetic.understand("How many tutors must each school train?").units == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("services", "service"), ("training", "train"), ("popularisation", "popularize"),
        ("cooperate", "cooperation"), ("studies", "study"), ("colour", "color"),
        ("centre", "center"), ("planned", "plan"), ("psychological", "psychology"),
        ("fees", "fee"), ("regional", "region"),
        ("consumption", "consume"), ("carried", "carry"),
    ],
)  # fmt: skip
def test_stems_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("party", "part"), ("policy", "police"), ("string", "strong"), ("official", "office")],
)
def test_stems_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_what_is_shared_is_no_share(synthetic: Assistant) -> None:
    (shared,) = synthetic.understand("shared").concepts
    (share,) = synthetic.understand("share?").concepts
    assert "共享" in shared.words
    assert "共享" not in share.words


def test_other_senses_carry_without_weight(synthetic: Assistant) -> None:
    (fund,) = synthetic.understand("funds").concepts
    plain = replace(fund, senses=("科普",))
    weight = synthetic._searcher.weight
    assert weight(plain) == weight(replace(fund, senses=()))
    assert carried(plain, frozenset({"科普"})) > carried(fund, frozenset({"科普"}))


def test_a_scheme_by_its_numbers_is_searched(synthetic: Assistant) -> None:
    found = synthetic.understand('What is the "1+3+N" team in Qingshi?').concepts
    assert "1+3+n" in [c.said for c in found]


def test_the_twins_find_the_same_clause(synthetic: Assistant) -> None:
    english = synthetic.ask("Who leads smart assistance for the elderly in Qingshi?")
    chinese = synthetic.ask("青石智慧助老由谁牵头")
    assert english.citations[0].clause == chinese.citations[0].clause
    assert "县民政局 (County Civil Affairs Bureau)" in english.answer


def test_frequency_and_units_in_one_answer(synthetic: Assistant) -> None:
    question = "How often are robot contests held in Qingshi, and who is responsible?"
    said = unjudged(synthetic).ask(question)
    assert "县教育局" in said.answer
    assert "每年举办机器人比赛" in said.answer


def test_long_lists_have_brief_glosses() -> None:
    assert unit_names().gloss("县卫生健康局", brief=True) == "Health"
    assert unit_names().gloss("县委宣传部", brief=True) == "Publicity Department"


def test_the_synthetic_plan_has_no_english() -> None:
    assert not any("a" <= char <= "z" for char in SYNTHETIC)
