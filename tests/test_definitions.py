"""Other names that plans define in brackets; each leads to the other."""

from __future__ import annotations

import pytest

from index.definitions import defined


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("OPC（One Person Company，一人公司）", "opc", "一人公司"),
        ("OPC（One Person Company, “一人公司”）", "opc", "一人公司"),
        ("长期护理保险（以下简称长护险）", "长期护理保险", "长护险"),
        ("青石县科学技术协会(简称“县科协”)", "青石县科学技术协会", "县科协"),
        ("发展“一人公司”（OPC）", "一人公司", "opc"),
        ("发展“一人公司”模式（OPC）", "一人公司", "opc"),
    ],
)
def test_both_ways(text: str, one: str, other: str) -> None:
    found = defined(f"前文，{text}，后文。")
    assert found[one] == other
    assert found[other] == one


@pytest.mark.parametrize(
    "text",
    [
        "科普馆（含流动科普馆）",
        "人工智能（AI）",
        "OPC（即将出台）",
        "（以下简称方案）",
        "县科协（牵头）",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert defined(text) == {}


def test_what_is_defined_first_counts() -> None:
    found = defined("长期护理保险（简称长护险）。长途护送保险（简称长护险）")
    assert found["长护险"] == "长期护理保险"
    assert found["长途护送保险"] == "长护险"
