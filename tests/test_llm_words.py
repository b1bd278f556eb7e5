"""Mode `words`: the model words the composed answer, and what is lost or added sends it back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from index.units import unit_names
from rag.answer import Answer, Citation
from rag.assistant import Assistant
from rag.llm import words
from rag.llm.connection import Deadline
from rag.llm.fluent import Fluent, with_model
from rag.llm.gate import FREE, STRICT, Gate
from rag.llm.settings import Settings
from rag.prompts import load_prompt
from tests.llm_server import Reply, serving

LEAD = "智慧助老由谁牵头"
COMPOSED = "牵头单位：县民政局 [1][2]"
GOOD = "实施智慧助老由县民政局牵头。[1][2]"
NO_LEAD = "方案未指明牵头单位，责任单位为：县教育局"
KEY = "sk-very-secret-0123456789"


class Scripted:
    """A connection that says one text after the other."""

    def __init__(self, *texts: str) -> None:
        self._texts, self.prompts = list(texts), []  # type: ignore[var-annotated]

    def stream(self, prompt: str, until: Deadline) -> Iterator[str]:
        assert until.left
        self.prompts.append(prompt)
        text = self._texts[min(len(self.prompts), len(self._texts)) - 1]
        yield from (text[i : i + 5] for i in range(0, len(text), 5))


def fluent(assistant: Assistant, *texts: str, mode: str = "words") -> Fluent:
    named = Settings("scripted", "http://127.0.0.1:9/v1", KEY, mode=mode)  # type: ignore[arg-type]
    return Fluent(assistant, named, Scripted(*texts))  # type: ignore[arg-type]


def test_words_that_carry_the_answer_are_shown(synthetic: Assistant) -> None:
    answer = fluent(synthetic, GOOD).ask(LEAD, ["qingshi"])
    assert answer.answer == GOOD
    composed = synthetic.ask(LEAD, ["qingshi"])
    assert answer.citations == composed.citations
    assert answer.engine == {
        **composed.engine,
        "llm": "scripted",
        "mode": "words",
        "prompt": load_prompt("words.zh").label,
    }


@pytest.mark.parametrize(
    "said",
    [
        "由县民政局牵头。",  # cites nothing
        "由县民政局牵头。[1][9]",  # cites what is not there
        "由县教育局牵头。[1][2]",  # another unit
        "由市民政局牵头。[1][2]",  # another level
        "由县民政局、县公安局牵头。[1][2]",  # one too many
        "由县民政局配合。[1][2]",  # another role
        "由县民政局牵头，2025年完成。[1][2]",  # a year
        "县民政局不牵头。[1][2]",  # the reverse
        "由县民政局牵头，值得各地学习。[1][2]",  # more than the answer says
        "由县民政局牵头[n]。",  # a number not filled in
        "由[单位]牵头。[1][2]",
        "牵头单位、数字、年份、日期都照抄，一个不少，一个不添。[1][2]",  # the prompt
        f"由县民政局牵头，{KEY}。[1][2]",
        "",
    ],
)
def test_words_that_lose_or_add_something_are_not_shown(synthetic: Assistant, said: str) -> None:
    model = fluent(synthetic, said)
    answers = list(model.stream(LEAD, ["qingshi"]))
    assert {a.answer for a in answers} == {COMPOSED}
    assert "未通过核对" in str(answers[-1].engine["llm_note"])
    assert len(model._connection.prompts) == 2  # type: ignore[attr-defined]  # asked once again


def test_a_line_s_other_numbers_are_added_to_what_cites_one(synthetic: Assistant) -> None:
    answer = fluent(synthetic, "由县民政局牵头。[1]").ask(LEAD, ["qingshi"])
    assert answer.answer == "由县民政局牵头。[1][2]"


def test_a_faulty_statement_is_mended_once_with_the_reason(synthetic: Assistant) -> None:
    model = fluent(synthetic, "由县教育局牵头。[1][2]", GOOD)
    assert model.ask(LEAD, ["qingshi"]).answer == GOOD
    again = model._connection.prompts[1]  # type: ignore[attr-defined]
    assert "由县教育局牵头。" in again
    assert "单位名称在所引资料中没有" in again


def test_english_words_keep_the_printed_names(synthetic: Assistant) -> None:
    question = "Who leads the smart assistance for the elderly (智慧助老)?"
    composed = synthetic.ask(question, ["qingshi"])
    assert composed.lang == "en"
    said = composed.answer.replace("Lead units: ", "The lead unit is ").replace(" [", ". [", 1)
    assert fluent(synthetic, said).ask(question, ["qingshi"]).answer == said
    wrong = said.replace("民政", "教育")
    assert fluent(synthetic, wrong).ask(question, ["qingshi"]).answer == composed.answer


@pytest.mark.parametrize("question", ["县民政局养几只猫", "今天天气怎么样", "牵头单位是谁"])
def test_what_is_not_answered_is_never_put_to_a_model(synthetic: Assistant, question: str) -> None:
    model = fluent(synthetic, GOOD)
    composed = synthetic.ask(question, ["qingshi"])
    if composed.status != "answered":
        answer = model.ask(question, ["qingshi"])
        assert answer.answer == composed.answer
        assert answer.engine["llm"] is None
        assert model._connection.prompts == []  # type: ignore[attr-defined]


def test_without_a_model_or_in_mode_off_nothing_changes(synthetic: Assistant) -> None:
    model = fluent(synthetic, GOOD, mode="off")
    answer, composed = model.ask(LEAD, ["qingshi"]), synthetic.ask(LEAD, ["qingshi"])
    assert replace(answer, latency_ms=0) == replace(composed, latency_ms=0)
    assert composed.engine == {"encoder": "tiny-test-encoder", "llm": None}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply("由县民政", fault="cut"), "中断"),
        (Reply(fault="empty"), "没有作答"),
        (Reply(fault="hang"), "没有响应"),
        (Reply(fault="html"), "无法读取"),
        (Reply(status=401), "拒绝访问"),
        (Reply(status=404), "没有这个语言模型"),
        (Reply(status=400, message="context length exceeded"), "超出语言模型的长度"),
        (Reply(status=500), "出错"),
    ],
)
def test_whatever_the_server_does_the_answer_comes_and_says_so(
    synthetic: Assistant, reply: Reply, said: str
) -> None:
    with serving(reply) as server:
        named = Settings("m", server.base_url, KEY, wait_s=0.3, timeout_s=2, retries=0)
        answer = with_model(synthetic, named).ask(LEAD, ["qingshi"])
    assert answer.answer == COMPOSED
    assert said in str(answer.engine["llm_note"])
    assert KEY not in str(answer.to_dict())


def test_a_server_killed_amid_the_answer_leaves_the_composed_one(synthetic: Assistant) -> None:
    with serving(Reply(GOOD + "由县教育局牵头", fault="drop")) as server:
        named = Settings("m", server.base_url, wait_s=1, timeout_s=2, retries=0)
        answers = list(with_model(synthetic, named).stream(LEAD, ["qingshi"]))
    assert answers[0].answer == GOOD  # what had passed was right to show
    assert answers[-1].answer == COMPOSED
    assert "中断" in str(answers[-1].engine["llm_note"])


def test_statements_appear_as_they_pass(synthetic: Assistant) -> None:
    question = "智慧助老由谁牵头，有哪些责任单位"
    composed = synthetic.ask(question, ["qingshi"])
    lines = [line for line in composed.answer.split("\n") if "[" in line]
    said = "\n".join(line.replace(" [", "。[", 1) for line in lines)
    grown = [a.answer for a in fluent(synthetic, said).stream(question, ["qingshi"])]
    assert grown[-1].startswith(grown[0])
    assert all(b.startswith(a) for a, b in pairwise(grown))


def long_answer() -> Answer:
    quote = "（牵头单位：县教育局、团县委；责任单位：县财政局、县科协、县民政局等）"
    cited = tuple(
        Citation(n, "p", "青石县", "方案", f"p:{n}", (f"{n}.开展活动",), quote, 0, 9, "p.txt")
        for n in range(1, 7)
    )
    line = "牵头单位：县教育局、团县委；责任单位：县财政局、县科协、县民政局等；到2025年超过{n}6.5%"
    text = "\n".join(f"{line.format(n=n)} [{n}]" for n in range(1, 7))
    return Answer("问", text, "answered", "duty", "zh", cited, 1.0, {"encoder": "e", "llm": None})


def test_the_check_takes_less_than_thirty_milliseconds(capsys: pytest.CaptureFixture[str]) -> None:
    units, answer = unit_names(), long_answer()
    gate = Gate(units, "zh", STRICT, secret=KEY, prompt=load_prompt("words.zh").text)

    def checked() -> float:
        began = time.perf_counter()
        lines = words.lines_of(answer, units)
        said = [
            f"到2025年超过{n}6.5%，由县教育局、团县委牵头，"
            f"县财政局、县科协、县民政局等为责任单位。[{n}]"
            for n in range(1, 7)
        ]
        assert [words.judge(text, lines, gate) for text in said] == [""] * 6
        assert words.lost(said, lines, gate) == []
        return (time.perf_counter() - began) * 1000

    checked()
    fastest = min(checked() for _ in range(5))
    with capsys.disabled():
        print(f"\ncheck of six statements with 30 units: {fastest:.1f} ms")
    assert fastest < 30


def judged(line: str, said: str, lang: str = "zh", **more: Any) -> str:
    answer = replace(long_answer(), answer=f"{line} [1]", lang=lang)
    gate = Gate(unit_names(), lang, more.get("limits", STRICT))
    return words.judge(f"{said} [1]", words.lines_of(answer, gate.units), gate)


@pytest.mark.parametrize(
    ("line", "said", "fault"),
    [
        ("到2025年超过16%，到2035年达到24%", "到2025年超过16%，到2035年达到24%。", ""),
        ("到2025年超过16%，到2035年达到24%", "到2035年超过16%。", "figure"),
        ("到2025年超过16%，到2035年达到24%", "到2025年达到24%。", "figure"),
        ("到2025年超过16%，到2035年达到24%", "超过16%。", "figure"),
        ("每年培训不少于3场", "每年培训3场。", "figure"),
        ("每年培训不少于3场", "每年培训不超过3场。", "figure"),
        ("每年培训不少于3场", "培训不少于3场。", "figure"),
        ("每年培训不少于3场", "每年培训3场以上。", ""),
        ("每年培训不少于3场", "每年培训不少于3次。", "figure"),
        ("不得占用学校场地", "可以占用学校场地。", "negation"),
        ("不得占用学校场地", "学校场地不得占用。", ""),
        ("不得占用学校场地", "严禁占用学校场地。", ""),
        ("由县教育局统筹", "不由县教育局统筹。", "negation"),
        (NO_LEAD, "责任单位为县教育局，方案未指明牵头单位。", ""),
        (NO_LEAD, "牵头单位为县教育局。", "role"),
        (NO_LEAD, "由县教育局牵头，责任单位未指明。", "role"),
        ("牵头单位：县教育局、团县委等", "由县教育局、团县委牵头。", "role"),
        ("牵头单位：县教育局、团县委等", "由县教育局牵头。", "role"),
        ("不是。县教育局是责任单位", "是。县教育局是责任单位。", "negation"),
        ("建设“一站式”平台", "建设“一体化”平台。", "quoted"),
        ("建设“一站式”平台", "建设“一站式”平台。", ""),
    ],
)
def test_what_a_line_says_and_what_it_does_not(line: str, said: str, fault: str) -> None:
    assert judged(line, said) == fault


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("不是。县教育局是责任单位", "县教育局是责任单位。"),
        ("市级以上基地15家以上", "市级基地15家以上。"),
        ("面向农民、工人等开展培训", "面向农民、工人开展培训。"),
        (NO_LEAD, "方案未指明责任单位，责任单位为：县教育局。"),
        ("教老年人使用智能手机，防范电信诈骗和网络谣言", "教老年人使用智能手机。"),
    ],
)
def test_what_a_line_says_must_all_be_said(line: str, said: str) -> None:
    answer = replace(long_answer(), answer=f"{line} [1]")
    gate = Gate(unit_names(), "zh", STRICT)
    lines = words.lines_of(answer, gate.units)
    assert words.lost([f"{line}。[1]"], lines, gate) == []
    assert words.lost([f"{said}[1]"], lines, gate) == lines


@pytest.mark.parametrize(
    ("line", "said", "fault"),
    [
        ("By 2025: 超过16%; by 2035: 达到24%", "It is more than 16% by 2025.", ""),
        ("By 2025: 超过16%; by 2035: 达到24%", "It is more than 16% by 2035.", "figure"),
        ("By 2025: 超过16%; by 2035: 达到24%", "It is at most 16% by 2025.", "figure"),
        ("Lead units: 县教育局", "The Health Bureau leads.", "unit"),
        ("Lead units: 县教育局", "The lead unit is 县教育局.", ""),
        ("Lead units: 县教育局", "It is supported by 县教育局.", "role"),
        ("Lead units: 县教育局", "县教育局 never leads.", "negation"),
        ("Lead units: 县教育局", "The lead unit is the wonderful 县教育局.", "novel"),
    ],
)
def test_what_an_english_line_says(line: str, said: str, fault: str) -> None:
    assert judged(line, said, "en") == fault


def test_free_words_may_be_new_here_and_there_and_no_more() -> None:
    line = "依托老年大学普及智能技术知识和技能，帮助老年人提升信息获取能力"
    assert judged(line, "帮助老年人提升信息获取能力，学会智能技术。", limits=FREE) == ""
    assert judged(line, "帮助老年人炒股致富发大财。", limits=FREE) == "novel"
