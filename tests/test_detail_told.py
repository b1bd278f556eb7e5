"""What has the form that a question asks for: a row of such things, or a name."""

from __future__ import annotations

import pytest

from rag.detail_told import tells


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("科普内容跟哪些媒体资源互推", "与甲网、“乙端”等媒体资源互推。"),
        ("要跟哪些新技术融合", "与大数据、云计算等技术深度融合。"),
        ("线上学习用哪几个平台", "利用甲学院、乙教育平台等信息化手段。"),
        ("能用的平台都有哪些", "利用甲学院、乙教育平台等信息化手段。"),
        ("重点盯住哪几类干部", "加强党政领导干部、科技管理干部的培训。"),
        ("志愿服务品牌叫什么", "打造志愿服务“东溪红”品牌。"),
        ("农村妇女那条叫啥行动", "实施农村妇女素质提升行动。"),
    ],
)
def test_the_form_asked_for(question: str, said: str) -> None:
    assert tells(question, said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("科普内容跟哪些媒体资源互推", "推动传统媒体与新媒体融合。"),
        ("志愿服务品牌叫什么", "加强志愿服务队伍建设。"),
        ("“东溪红”品牌叫什么", "打造“东溪红”品牌。"),
        ("农村妇女那条叫啥行动", "实施老年健康行动。"),
        ("由谁牵头", "甲局、乙局等单位。"),
    ],
)
def test_another_form(question: str, said: str) -> None:
    assert not tells(question, said)
