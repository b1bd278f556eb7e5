"""From question to cited answer, with the tiny encoder: two invented plans, then the real ones."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from eval.gold import Gold, read_gold
from index.errors import InputError
from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.answer import Answer
from rag.assistant import MAX_QUESTION, Assistant
from tests.conftest import GOLD, TinyEncoder, read_plan, squeezed

GOLD_QUESTIONS = list(read_gold(sorted(GOLD.glob("*.jsonl"))))
# Every so manyth question, in the quick run and in the slow one. All of them are asked where the
# gold is scored (`python -m eval run`), which also checks each quote.
SAMPLED, SAMPLED_SLOWLY = 20, 6
MARKUP = re.compile(r"\[bookmark:[^\]]*\]|\*+|[\ufeff\u200b]")


def check_citations(answer: Answer, index: Index) -> None:
    """Quotes verbatim at their offsets, numbered as marked, with path and title of the clause."""
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    marks = {int(n) for n in re.findall(r"\[(\d{1,3})\](?!\d{1,3}号)", answer.answer)}
    assert {c.n for c in answer.citations} <= marks
    for citation in answer.citations:
        plan = index.plan(citation.plan)
        piece = plan.source[citation.start : citation.end]
        assert citation.quote
        assert squeezed(citation.quote) == squeezed(MARKUP.sub("", piece))
        assert "\n" not in citation.quote
        clause = plan[citation.clause]
        assert clause.start <= citation.start < citation.end <= clause.end
        assert citation.path == plan.path(clause)
        assert (citation.title, citation.source) == (plan.meta.title.value, plan.file)


def ask(assistant: Assistant, question: str, *plans: str) -> Answer:
    answer = assistant.ask(question, plans)
    check_citations(answer, assistant.index)
    return answer


def plain(answer: Answer) -> str:
    """The answer's text without citation marks."""
    return re.sub(r" ?(?:\[\d+\])+", "", answer.answer)


# -- two invented plans -------------------------------------------------------------------


def test_lead_is_the_units_and_nothing_else(synthetic: Assistant) -> None:
    answer = ask(synthetic, "青石县智慧助老由谁牵头")
    assert (answer.status, answer.kind, answer.lang) == ("answered", "duty", "zh")
    assert plain(answer) == "牵头单位：县民政局"
    assert any("牵头单位：县民政局" in c.quote for c in answer.citations)
    assert {c.clause for c in answer.citations} == {"qingshi:2.2.1"}


def test_inherited_lead_cites_the_note_and_the_item(synthetic: Assistant) -> None:
    answer = ask(synthetic, "青石县校园科技节由谁牵头")
    assert plain(answer) == "牵头单位：县教育局、团县委"
    assert {c.clause for c in answer.citations} == {"qingshi:2.1", "qingshi:2.1.1"}


def test_no_lead_is_said_with_the_units_there_are(synthetic: Assistant) -> None:
    answer = ask(synthetic, "青石办好老年大学谁牵头")
    assert answer.status == "answered"
    assert "未指明牵头单位" in answer.answer
    assert "责任单位为：县委老干部局、县教育局" in answer.answer


def test_open_list_is_marked(synthetic: Assistant) -> None:
    answer = ask(synthetic, "青石校园科技节的责任单位有哪些，牵头的不算")
    assert plain(answer) == "责任单位：县财政局、县科协等"


def test_participants_without_the_leads(synthetic: Assistant) -> None:
    answer = ask(synthetic, "青石智慧助老除了牵头单位还有哪些责任单位")
    assert "县卫生健康局、县公安局" in answer.answer
    assert "县民政局" not in answer.answer


def test_reverse_lookup_gives_all_with_roles(synthetic: Assistant) -> None:
    answer = ask(synthetic, "县教育局在青石方案里有哪些任务")
    assert answer.kind == "tasks"
    lines = plain(answer).split("\n")
    lead = next(n for n, line in enumerate(lines) if "牵头单位（1项）" in line)
    other = next(n for n, line in enumerate(lines) if "责任单位（1项）" in line)
    assert "青少年行动" in "".join(lines[lead:other])
    assert "办好老年大学" in "".join(lines[other:])
    assert "智慧助老" not in answer.answer


@pytest.mark.parametrize(
    ("question", "yes", "told"),
    [
        ("青石智慧助老是不是县公安局牵头？", False, "牵头单位：县民政局"),
        ("青石智慧助老是民政局牵头吗", True, "县民政局"),
        ("青石校园科技节财政局是责任单位吧", True, "县财政局是责任单位"),
        ("青石智慧助老是不是县妇联牵头", False, "县民政局"),
    ],
)
def test_yes_or_no(synthetic: Assistant, question: str, yes: bool, told: str) -> None:
    answer = ask(synthetic, question)
    assert answer.answer.startswith("不是" if not yes else "是")
    assert told in answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("青石培训科技辅导员多少人次", "120人次"),
        ("青石每年机器人比赛不少于几场", "不少于3场"),
        ("青石到2025年公民具备科学素质的比例是多少", "16%"),
        ("白沙每年培育多少高素质农民", "500名以上"),
        ("白沙到2025年建成科普小院几个", "12个"),
    ],
)
def test_figure(synthetic: Assistant, question: str, figure: str) -> None:
    answer = ask(synthetic, question)
    assert answer.status == "answered"
    assert figure in answer.answer
    assert any(figure in c.quote for c in answer.citations)


def test_figure_of_a_neighbour_is_not_lent(synthetic: Assistant) -> None:
    assert ask(synthetic, "青石每年培育多少高素质农民").status == "not_mentioned"
    assert "500" not in ask(synthetic, "青石每年培育多少高素质农民").answer


def test_figure_check(synthetic: Assistant) -> None:
    answer = ask(synthetic, "青石要建成30个科学教室，对吗")
    assert answer.answer.startswith("不是")
    assert "40个" in answer.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("青石这份方案是征求意见稿吗", "征求意见稿"),
        ("青石县方案全称叫什么", "青石县全民科学素质行动实施方案（2021—2025年）"),
        ("青石县方案根据哪些文件制定", "国发〔2021〕9号"),
        ("Is the Qingshi plan a draft?", "Draft"),
    ],
)
def test_meta(synthetic: Assistant, question: str, told: str) -> None:
    answer = ask(synthetic, question)
    assert (answer.status, answer.kind) == ("answered", "meta")
    assert told in answer.answer


@pytest.mark.parametrize(
    "question", ["青石县方案的文号是多少", "白沙区计划的印发日期", "青石县方案是谁印发的"]
)
def test_meta_that_is_missing(synthetic: Assistant, question: str) -> None:
    answer = ask(synthetic, question)
    assert answer.status == "not_mentioned"
    assert "国发" not in answer.answer


@pytest.mark.parametrize(
    "question",
    ["青石县量子计算机由谁牵头", "白沙区垃圾分类补贴多少万元", "青石县方案里税务局有哪些任务",
     "青石县科协主席叫什么名字", "Who leads quantum computing in Qingshi?"],
)  # fmt: skip
def test_not_mentioned(synthetic: Assistant, question: str) -> None:
    answer = ask(synthetic, question)
    assert answer.status == "not_mentioned"
    assert re.search("未提及|[Nn]ot mentioned|not state", answer.answer)


@pytest.mark.parametrize("question", ["今天天气怎么样", "你好", "tell me a joke", "写一首诗"])
def test_out_of_scope(synthetic: Assistant, question: str) -> None:
    answer = ask(synthetic, question)
    assert answer.status == "out_of_scope"
    assert answer.citations == ()


def test_english_frames_the_chinese_names(synthetic: Assistant) -> None:
    answer = ask(synthetic, "Who leads smart assistance for the elderly in Qingshi?")
    assert (answer.status, answer.lang) == ("answered", "en")
    assert plain(answer).startswith("Lead units: 县民政局 (County Civil Affairs Bureau)")


def test_no_place_named_answers_for_each_plan_that_has_it(synthetic: Assistant) -> None:
    answer = ask(synthetic, "智慧助老由谁牵头")
    assert plain(answer) == (
        "青石县〔（二）老年人行动 › 1.实施智慧助老〕：牵头单位：县民政局\n未提及：白沙区"
    )
    assert {c.plan for c in answer.citations} == {"qingshi"}


def test_plan_option_limits_the_answer(synthetic: Assistant) -> None:
    assert {c.plan for c in ask(synthetic, "科协有哪些任务", "baisha").citations} == {"baisha"}
    assert {c.plan for c in ask(synthetic, "科协有哪些任务").citations} == {"qingshi", "baisha"}


def test_a_role_the_unit_lacks_is_not_taken_for_another(synthetic: Assistant) -> None:
    answer = ask(synthetic, "白沙区农业局是不是配合单位")
    assert "没有牵头" not in answer.answer


# -- bad input ----------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\u3000"])
def test_empty_question(synthetic: Assistant, question: str) -> None:
    with pytest.raises(InputError, match="empty"):
        synthetic.ask(question)


def test_oversized_question(synthetic: Assistant) -> None:
    with pytest.raises(InputError, match=r"100,000.*2,000"):
        synthetic.ask("谁" * 100_000)
    assert synthetic.ask("谁" * MAX_QUESTION).status != "clarify"


def test_unknown_plan(synthetic: Assistant) -> None:
    with pytest.raises(InputError, match="unknown plan 'x'"):
        synthetic.ask("谁牵头", ["x"])


@pytest.mark.parametrize(
    "question",
    ["\x00\x01\x02", "\x1b[31m谁牵头\x07", "🙂🙂🙂", "Кто ведёт 智慧助老 誰が lead", "？？？",
     "%s{0}\\n", "（（（（", "a" * 2000, "牵头" * 900, "1" * 500, "青石" * 500, "\u202e谁牵头",
     "𠮷野家"],
)  # fmt: skip
def test_strange_questions_get_an_answer(synthetic: Assistant, question: str) -> None:
    answer = ask(synthetic, question)
    assert answer.status in ("answered", "not_mentioned", "out_of_scope", "clarify")
    assert answer.answer


def test_corpus_without_any_numbering(
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = "青石县科普工作方案\n关于科普工作的一段话，没有编号。由县科协牵头开展活动。"
    plan = read_plan(text, tmp_path_factory.mktemp("bare"), "bare")
    assistant = Assistant(make_index([plan]), tiny)
    assert ask(assistant, "青石县方案全称叫什么").status == "answered"


def test_question_to_a_corpus_without_any_numbering(
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = "关于科普工作的一段话，没有编号。由县科协牵头开展活动。"
    plan = read_plan(text, tmp_path_factory.mktemp("bare"), "bare")
    bare = Assistant(make_index([plan]), tiny)
    assert bare.ask("科普工作由谁牵头").status in ("answered", "not_mentioned")
    assert bare.ask("方案分几个部分，都叫什么", ["bare"]).status == "not_mentioned"


# -- the answer object --------------------------------------------------------------------


def test_json_form(synthetic: Assistant) -> None:
    data = synthetic.ask("青石县智慧助老由谁牵头").to_dict("q1")
    assert list(data) == [
        "id", "question", "answer", "status", "kind", "lang", "citations", "latency_ms", "engine",
        "resolved", "confidence", "table", "choices",
    ]  # fmt: skip
    assert list(data["citations"][0]) == [
        "n", "plan", "place", "title", "clause", "path", "quote", "start", "end", "source",
    ]  # fmt: skip
    assert data["id"] == "q1"
    assert data["engine"] == {"encoder": TinyEncoder.name, "llm": None}
    assert isinstance(data["citations"][0]["path"], list)
    assert data["latency_ms"] > 0
    assert "id" not in synthetic.ask("青石县智慧助老由谁牵头").to_dict()


def test_same_question_same_answer(synthetic: Assistant) -> None:
    one, two = (synthetic.ask("青石和白沙的科协有哪些任务") for _ in range(2))
    assert (one.answer, one.citations) == (two.answer, two.citations)


# -- the real plans -----------------------------------------------------------------------


def test_headline_question_in_both_languages(assistant: Assistant) -> None:
    for question in (
        "who leads the elderly smart-assistance action in Lezhi",
        "乐至县智慧助老行动由谁牵头",
    ):
        answer = ask(assistant, question)
        assert "县卫健局" in answer.answer
        assert "县民政局" in answer.answer
        assert any("牵头单位：县卫健局、县民政局" in c.quote for c in answer.citations)


def check_gold(assistant: Assistant, gold: Gold) -> None:
    answer = assistant.ask(gold.question, history=gold.history)
    check_citations(answer, assistant.index)
    if answer.status == "answered":
        assert answer.citations, gold.id


@pytest.mark.parametrize("gold", GOLD_QUESTIONS[::SAMPLED], ids=lambda g: g.id)
def test_quotes_are_verbatim(assistant: Assistant, gold: Gold) -> None:
    check_gold(assistant, gold)


@pytest.mark.slow
def test_quotes_are_verbatim_over_much_of_gold(assistant: Assistant) -> None:
    sample = GOLD_QUESTIONS[1::SAMPLED_SLOWLY]
    assert len(sample) >= 300
    for gold in sample:
        check_gold(assistant, gold)
