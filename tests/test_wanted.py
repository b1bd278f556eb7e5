"""What an amount asked for must be: read from the words of the question."""

from __future__ import annotations

import pytest

from rag.composers.wanted import same_measure, wanted


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("建多少家馆", "个", "元"),
        ("补多少钱", "元", "%"),
        ("最高奖多少", "元", "家"),
        ("封顶多少", "元", "个"),
        ("补百份之几", "%", "元"),
        ("投入要占总支出多少", "%", "元"),
        ("租几年", "年", "个"),
        ("最长几个月", "个月", "个"),
        ("打几折", "折", "%"),
        ("买多少个", "台", "个月"),
        ("低几个点", "个百分点", "个"),
        ("总面积多大", "平方米", "个"),
        ("做到多高要论证", "米", "个"),
        ("收不收钱", "免费", "元"),
    ],
)
def test_measure(question: str, right: str, wrong: str) -> None:
    want = wanted(question)
    assert want.of_unit(right)
    assert not want.of_unit(wrong)


def test_a_measure_word_wins_over_a_noun_of_money() -> None:
    assert not wanted("用专项资金建多少个馆").money
    assert wanted("专项资金是多少").money


def test_a_length_of_time_is_no_number_unless_asked_for() -> None:
    assert not wanted("比例要过多少").of_unit("年")
    assert not wanted("要多少").of_unit("年")


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("评上示范馆奖多少钱", "对示范馆给予10万元奖励", "培育营收超10万元的馆"),
        ("能贷多少钱", "最高10万元贷款", "补贴10万元"),
        ("一个月发多少工资", "津贴每月500元", "每年发工资500元"),
        ("新馆预算多少", "完成投资500万元", "对新馆奖励10万元"),
    ],
)
def test_money_is_such_as_is_asked_for(question: str, right: str, wrong: str) -> None:
    want = wanted(question)
    assert want.stands_in(right)
    assert not want.stands_in(wrong)


def test_a_sum_is_not_what_each_gets() -> None:
    want = wanted("总共拿多少钱")
    assert want.sums_up("统筹安排5000万元")
    assert not want.sums_up("每家最高50万元")
    assert not want.sums_up("对达标的给予50万元奖励")
    assert wanted("加起来一家顶多给多少钱").sums_up("每家最高50万元")


def test_numbers_that_the_question_names() -> None:
    assert wanted("2030年计划100户，实际多少户", (2030,)).given == {"100"}


def test_done_as_against_planned() -> None:
    assert wanted("最后实际改了多少户").done
    assert not wanted("实际完成了，计划数是多少").done


def test_same_measure() -> None:
    assert same_measure("家", "所")
    assert same_measure("人", "名")
    assert not same_measure("人", "家")
    assert not same_measure("个", "个百分点")
