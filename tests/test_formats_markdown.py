"""Markdown: the marks go, the words and their numbering stay."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.files import read_bytes
from index.formats.markdown import unmarked


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("# 青石县方案", "青石县方案"),
        ("##二、任务 ##", "二、任务"),
        ("#1 号文件", "#1 号文件"),
        ("**重点任务：**加强***领导***", "重点任务：加强领导"),
        ("> （一）目标", "（一）目标"),
        ("> > 引文", "引文"),
        ("- 甲", "甲"),
        ("* [x] 乙", "乙"),
        ("1. 开展培训", "1. 开展培训"),
        ("3) 三", "3) 三"),
        ("1\\. 不是列表", "1. 不是列表"),
        ("见[通知](https://x.cn/a_(b)?q=1)", "见通知"),
        ("见[通知](https://x.cn/a \"题\")和[图][1]", "见通知和图"),
        ("[1]: https://x.cn", ""),
        ("图![示意](a.png)后", "图后"),
        ("注[^1]", "注"),
        ("<u>线</u>&nbsp;&amp;`码`~~删~~", "线\xa0&码删"),
        ("_斜_和snake_case_name", "斜和snake_case_name"),
        ("5*3和____年", "5*3和____年"),
        ("〔牵头单位：县科协〕", "〔牵头单位：县科协〕"),
        ("（责任单位：[县科协]）", "（责任单位：[县科协]）"),
        ("-5℃以下", "-5℃以下"),
        ("——会议上", "——会议上"),
    ],
)  # fmt: skip
def test_lines(line: str, text: str) -> None:
    assert unmarked(line + "\n尾") == (f"{text}\n尾\n" if text else "尾\n")


def test_rules_fences_comments_and_front_matter() -> None:
    text = (
        "---\ntitle: 方案\n---\n方案\n===\n\n***\n"
        "```text\n一、甲\n```\n<!-- 批\n注 -->二、乙<br>三、丙\n"
    )
    assert unmarked(text) == "方案\n\n一、甲\n二、乙\n三、丙\n"
    assert unmarked("---\n甲\n---\n乙") == "甲\n乙\n"


def test_tables_are_those_of_word() -> None:
    text = (
        "前\n\n| 序号 | 任务 | **责任单位** |\n|---|:-:|---|\n"
        "| 1 | 甲 | 县科协<br>县教育局 |\n| 2 | a\\|b | 乙局 |\n后"
    )
    assert unmarked(text).splitlines() == [
        "前", "", "1. 甲（责任单位：县科协、县教育局）", "2. a|b（责任单位：乙局）", "后",
    ]  # fmt: skip
    assert unmarked("指标|数\n-|-\n甲|1\n") == "指标\t数\n甲\t1\n"


def test_plain_text_stays() -> None:
    text = "一、总体要求\n（一）目标。到2025年，比例超过16%。\n\n1.甲\n"
    assert read_bytes(text.encode(), ".md", "a.md").text == text


@given(st.text(alphabet="甲a1#*_`~[](){}<>!|-:\\&>+. \n\t", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert unmarked(text).endswith("\n")


@pytest.mark.parametrize(
    "sign", ["[", "![", "<a ", "*", "_a", "`", "| ", "- ", "> ", "\\", "<!--", "&", "-|"]
)
def test_time_grows_with_the_text(sign: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        unmarked(sign * count)
        return time.process_time() - start

    seconds(10)
    assert seconds(100_000) < 60 * max(seconds(5_000), 0.005)
