"""What a question names and a plan lacks, and what it only says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.absent import _is_reach, _said_once
from rag.assistant import Assistant
from tests.conftest import TinyEncoder, read_plan, unjudged

Make = Callable[[list[tuple[Plan, Reading]]], Index]
HERE = """青石县扶持个体创业方案
一、主要任务
（一）培育OPC。支持OPC申请担保贷款。（责任单位：县人社局）
（二）安居。为青年提供免费入住的人才驿站，长期护理保险覆盖全员，专家下沉，各区域示范试点，设护理数据库。（责任单位：县住建局）
"""
ELSEWHERE = """白沙区扶持个体创业方案
一、主要任务
（一）培育OPC（One Person Company，一人公司）。支持一人公司申请担保贷款。（责任单位：区人社局）
（二）安居。青年驿站免费住，办好时间银行，跨区域护理，示范区试点建设，组建护理专家库。（责任单位：区住建局）
"""


@pytest.fixture
def ask(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> Callable[[str], str]:
    texts = {"qingshi": HERE, "baisha": ELSEWHERE}
    index = make_index([read_plan(t, tmp_path, n) for n, t in texts.items()])
    assistant = unjudged(Assistant(index, tiny))
    return lambda question: assistant.ask(question).answer


def test_a_name_that_another_plan_defines_is_not_missing(ask: Callable[[str], str]) -> None:
    assert "县人社局" in ask("青石一人公司申请担保贷款归哪个单位负责")


def test_what_is_quoted_as_the_asker_has_it_is_no_name(ask: Callable[[str], str]) -> None:
    assert "未提及“" not in ask("有个说法叫“人才小站”，青石的正式名称归哪个单位负责")
    assert "未提及“" not in ask("青石的“长期几护险”归哪个单位负责")


def test_the_name_of_an_account_is_printed_or_is_missing(ask: Callable[[str], str]) -> None:
    assert "方案未提及“人才青石”" in ask("青石的“人才青石”公众号归哪个单位负责")


def test_a_body_that_no_list_of_units_knows(ask: Callable[[str], str]) -> None:
    assert "方案未提及“县档案馆”" in ask("青石的县档案馆有什么任务")
    assert "方案未提及“档案馆”" in ask("青石县档案馆参加哪些行动")
    assert "未提及“" not in ask("青石的人才驿站有哪些工作")


def test_who_is_one_of_a_group_is_not_mentioned_with_it(
    make_index: Make, tiny: TinyEncoder, tmp_path: Path
) -> None:
    text = "青石县科普方案\n一、任务\n（一）组织科技工作者和快递员宣讲。（责任单位：县科协）\n"
    assistant = unjudged(Assistant(make_index([read_plan(text, tmp_path, "qingshi")]), tiny))
    assert assistant.ask("青石提到院士没有").status == "not_mentioned"
    assert assistant.ask("青石提到快递小哥没有").status == "answered"  # 快递员 is printed
    assert assistant.ask("青石有没有提到科技人员").status == "answered"  # another name for all


def test_words_of_this_plan_put_otherwise_are_not_missing(ask: Callable[[str], str]) -> None:
    assert "未提及“" not in ask("青石的青年驿站免费住归哪个单位负责")


def test_what_only_another_plan_has_is_missing(ask: Callable[[str], str]) -> None:
    assert "方案未提及“时间银行”" in ask("青石的时间银行归哪个单位负责")


def test_a_modifier_makes_no_other_thing(ask: Callable[[str], str]) -> None:
    assert "未提及“" not in ask("青石的跨区域护理归哪个单位负责")


def test_a_stretch_that_cuts_words_elsewhere_is_no_name(ask: Callable[[str], str]) -> None:
    assert "未提及“区试点建" not in ask("青石拿哪个区试点建OPC驿站，归谁管")


def test_a_collection_is_told_by_its_last_character(ask: Callable[[str], str]) -> None:
    assert "方案未提及“护理专家库”" in ask("青石的护理专家库归哪个单位负责")


def test_what_is_to_be_mentioned_is_named_whole(ask: Callable[[str], str]) -> None:
    assert "方案未提及“元宇宙”" in ask("青石有没有提到元宇宙")


def test_what_is_done_for_somebody_is_no_body(ask: Callable[[str], str]) -> None:
    assert "未提及“给青年" not in ask("青石给青年举办什么活动")


def test_a_verb_with_its_reach_names_no_thing() -> None:
    assert _is_reach("争创全国")
    assert not _is_reach("全国示范区")


def test_what_is_said_twice_is_said() -> None:
    assert _said_once("校内校外", "建立校内外衔接机制")
    assert not _said_once("校内校外", "建立校内机制")
