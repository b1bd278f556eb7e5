"""Answers to questions for numbers, from an invented plan: the right figure, all, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from conftest import TinyEncoder, read_plan, unjudged

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.answer import Answer, Draft
from rag.assistant import Assistant
from rag.context import Context
from rag.evidence import evidence
from rag.parts import Parts

PLAN = """墨溪县书院振兴行动计划（2030—2032年）

一、总体目标
到2032年底，建成书院社区30个以上，打造示范课堂150个以上，培育书院企业超过1000家，集聚超万名讲书人，培育年营收超800万元的卓越书院10个。
二、主要措施
（一）降低借阅成本。对书院购买检索服务的，按服务费用的40%给予最高20万元补贴，补贴期限不超过3年。提供不少于2000册次的免费代借。
（二）优化开办服务。为书院提供一站式开办服务（一表申请、一窗发放2个环节，1日内办结，全流程0费用）。
（三）支持书院入驻。第2年、第3年场地租金五折。对讲书人发放安居补贴，每月1250元，最长24个月。
（四）发放纸墨券。支持书院购买Ink券，单家书院每年最高60万元。
（五）办好讲书大赛。对获奖书院给予奖励。
（六）推进重大项目。云岭馆、河湾馆等40个重大项目完成投资不低于18亿元。
三、2029年实事完成情况
1.改造书屋无障碍设施，对500户书屋进行无障碍设施改造（县残联负责）。共对541户书屋进行无障碍设施改造。
2.设立母婴室，在书院设立母婴室100处（县卫健局负责）。
3.改造旧书柜，已改造书柜88台（县文旅局负责）。
"""


def _carried(context: Context, draft: Draft) -> Draft:
    """Stands for the judge, which is fitted on real vectors: the words of the matter tell."""
    found = evidence(context, draft)
    return draft if found is None or found.clause > 0.3 else context.not_mentioned()


@pytest.fixture(scope="module")
def ask(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Callable[[str], Answer]:
    plan = read_plan(PLAN, tmp_path_factory.mktemp("figures"), "moxi")
    assistant = Assistant(make_index([plan]), tiny, Parts(judge=_carried))
    return lambda question: assistant.ask("墨溪县" + question)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("书院企业要培育多少家、书院社区建多少个", ("1000家", "30个"), ("150个",)),
        ("书院购买检索服务补几成、封顶多少钱，最多补几年", ("40%", "20万", "3年"), ("60万",)),
        ("书院开办服务是几个环节、几天办完、收不收钱", ("2个环节", "1日", "0费用"), ()),
        ("安居补贴一个月多少钱、最多领多少个月", ("1250元", "24个月"), ()),
        ("示范课堂和书院社区分别要建多少个", ("150个", "30个"), ("1000家",)),
    ],
)
def test_each_number_asked_for_by_its_own_figure(
    ask: Callable[[str], Answer], question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert all(t in answer.answer for t in told), answer.answer
    assert not any(u in answer.answer for u in untold), answer.answer


def test_a_part_that_the_plan_does_not_state_is_told_so(
    assistant_of: Callable[[Mapping[str, str]], Assistant],
) -> None:
    answer = unjudged(assistant_of({"moxi": PLAN})).ask("墨溪县书院社区要建多少个，占地多少亩")
    assert "30个" in answer.answer
    assert "“占地多少亩”：方案未提及" in answer.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("第二年场地租金打几折", "五折"),
        ("书院要集聚多少名讲书人", "超万名"),
        ("免费代借多少册次", "2000册次"),
        ("书院购买Ink卷一年最高补多少钱", "60万"),
        ("书院检索服务的补贴最多能补多久", "3年"),
        ("2029年书屋无障碍改造计划500户，实际改造了多少户", "541户"),
    ],
)
def test_amounts_that_only_the_question_makes_figures(
    ask: Callable[[str], Answer], question: str, told: str
) -> None:
    assert told in ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "卓越书院评上奖多少钱",  # 800万元 is what they earn
        "书院振兴总共准备拿多少钱",  # what each gets is not the sum
        "书院设立母婴室100处，财政给多少钱",  # the money told of is for something else
        "书院云岭馆总投资多少亿",  # 18亿元 is of forty together
        "讲书大赛奖金多少钱",
        "2031年要改造多少台旧书柜",  # the headings are of 2029
    ],
)
def test_a_figure_of_another_thing_is_no_answer(
    ask: Callable[[str], Answer], question: str
) -> None:
    assert ask(question).status == "not_mentioned", ask(question).answer


def test_what_says_that_a_number_is_asked_for_is_no_part_of_the_matter(
    ask: Callable[[str], Answer],
) -> None:
    assert "150个" in ask("2032年示范课堂目标是多少").answer
    assert "150个" in ask("2032年示范课堂指标是多少").answer
