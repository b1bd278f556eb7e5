"""Who asks, and what is told of the asker's own life, is no part of the question."""

from __future__ import annotations

import pytest

from rag.background import without_background


def names(text: str) -> bool:
    return "北川" in text


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("学校家长问：北川对特殊教育怎么讲", "北川对特殊教育怎么讲"),
        ("审计查阅：这份通知的文号是什么", "这份通知的文号是什么"),
        ("我娘七十了刚学会用手机，北川有没有给老人办的比赛", "北川有没有给老人办的比赛"),
        ("娃还在上幼儿园，北川对学龄前的科学教育怎么安排", "北川对学龄前的科学教育怎么安排"),
        ("县统计局同志问：北川方案里我们局挂在哪一条", "北川方案里县统计局挂在哪一条"),
        ("公安局的问：北川方案里有我们哪几项任务", "北川方案里有公安局哪几项任务"),
        ("家长问：北川方案对我们孩子有什么安排", "北川方案对我们孩子有什么安排"),
        ("关工委的老同志想知道，北川有哪几件事要他们办", "北川有哪几件事要关工委办"),
        ("记者想问，北川科普谁牵头", "北川科普谁牵头"),
        ("做展板要用，北川科普的口号是什么", "北川科普的口号是什么"),
        ("我在写评估材料，想弄清一件事：北川科普经费从哪来", "北川科普经费从哪来"),
    ],
)
def test_what_is_asked_is_left(said: str, asked: str) -> None:
    assert without_background(said, names) == asked


@pytest.mark.parametrize(
    "text",
    [
        "我们想跟外地合作，北川方案里有没有说这块由哪些单位负责",
        "防止娃娃中途不念书，北川靠哪些制度来抓",
        "我县科协牵头哪些，北川的方案里怎么说",
        "北川科普谁牵头，参加单位有哪些",
        "北川县科协的同志问：方案什么时候印发",
    ],
)
def test_what_is_asked_about_stays(text: str) -> None:
    assert without_background(text, names) == text
