"""Questions that ask for two numbers in one breath."""

from __future__ import annotations

import pytest

from rag.asks import asks


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("建几个社区，普及率要过多少", ("建几个社区", "普及率要过多少")),
        ("2025年建几个馆、办几场活动", ("2025年建几个馆", "办几场活动")),
        ("科普馆多少家，教室呢", ("科普馆多少家", "教室多少家")),
        ("补贴多少和奖励多少", ("补贴多少", "奖励多少")),
        ("培训多少人次；建成多少家基地，覆盖率百分之几",
         ("培训多少人次", "建成多少家基地", "覆盖率百分之几")),
        ("产前筛查率和新生儿疾病筛查率分别达到多少",
         ("产前筛查率分别达到多少", "新生儿疾病筛查率分别达到多少")),
        ("每年培训多少人，多少家企业", ("每年培训多少人", "多少家企业")),
        ("服务补几成，最多补几年", ("服务补几成", "最多补几年")),
        ("几天办完、收不收钱", ("几天办完", "收不收钱")),
        ("规模多大，甲馆和乙馆各投多少", ("规模多大", "甲馆各投多少", "乙馆各投多少")),
        ("建几个馆、办几场活动，各自多少", ("建几个馆", "办几场活动")),
        ("补贴券的比例和一年封顶数是多少", ("补贴券的比例是多少", "一年封顶数是多少")),
    ],
)  # fmt: skip
def test_each_number_is_a_question(text: str, parts: tuple[str, ...]) -> None:
    assert asks(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "要建多少个社区",
        "谁牵头",
        "几年内建成多少个馆",  # 几年 is no number that is asked for apart
        "培训多少人，多少家",  # the second names nothing to be counted
        "，".join(["建馆几个"] * 40),  # no question in one breath
        "",
    ],
)
def test_one_question_is_not_cut(text: str) -> None:
    assert asks(text) == ()
