"""Lay words: found as people say them, and not inside other words."""

import pytest

from index.vocabulary import stem
from rag.lexicon import english, lay


def _found(text: str) -> dict[str, tuple[str, ...]]:
    return {text[start:end]: words for start, end, words in lay().find(text)}


@pytest.mark.parametrize(
    ("asked", "said", "plan"),
    [
        ("给小厂牵线搭桥找买家", "牵线搭桥", "对接"),
        ("给年轻人撑腰的办法", "撑腰", "扶持"),
        ("挨家挨户送资料吗", "挨家挨户", "入户"),
        ("打水漂了谁补", "打水漂", "风险补偿"),
        ("办公场地不要钱吗", "办公场地", "办公用房"),
        ("娃上学怎么安排", "娃上学", "子女入学"),
        ("老师傅带徒弟的活动", "老师傅带徒弟", "师徒"),
        ("退伍兵回村创业", "回村创业", "返乡创业"),
        ("还没上小学的娃", "还没上小学", "学龄前"),
        ("拖后腿的乡镇怎么办", "拖后腿", "落后"),
    ],
)
def test_everyday_word_reaches_the_official_one(asked: str, said: str, plan: str) -> None:
    assert plan in _found(asked)[said]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("申请人才公寓", "请人"),
        ("发放公租房租赁补贴", "租房"),
        ("各国企业来投资", "国企"),
        ("提出书面意见", "出书"),
        ("打击生产假冒商品", "产假"),
        ("提高管理水平时", "平时"),
        ("利用上海的经验", "用上"),
        ("独特产品展销", "特产"),
    ],
)
def test_no_lay_word_inside_other_words(text: str, inside: str) -> None:
    assert inside not in _found(text)


def test_lay_words_are_long_enough_to_be_told() -> None:
    assert [word for word in lay().words if len(word) < 2] == ["钱", "娃"]


def test_lay_word_keeps_its_meaning_apart_from_a_near_one() -> None:
    """A public toilet is no toilet of a household, a market for produce no market in general."""
    assert "卫生厕所" not in _found("建多少公厕")["公厕"]
    assert "市场" not in _found("赶集的时候")["赶集"]


def test_an_english_term_stands_by_one_meaning() -> None:
    """Terms that differ in their endings only are one to the reader."""
    assert "算力" not in english().get(stem("computer"), ())
    assert "电梯" not in english().get("lift", ())
    assert "风险补偿" in english()["risk compensation"]
