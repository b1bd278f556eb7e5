"""A corpus text or a question that gives orders, and a model that obeys: nothing of it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.assistant import Assistant
from rag.llm.connection import Deadline
from rag.llm.fence import CLOSE, OPEN, fenced, gives_orders, harmless
from rag.llm.fluent import Fluent
from rag.llm.settings import Mode, Settings
from tests.attacks import ATTACKS
from tests.conftest import TinyEncoder, read_plan

KEY = "sk-very-secret-0123456789"
NAMED = Settings("double", "http://127.0.0.1:9/v1", KEY)
MATTERS = "航天天文地震气象海洋森林草原湿地沙漠农机药材茶叶水稻小麦玉米棉花大豆蜂蜜蚕桑渔业"


class Obedient:
    """A model that says whatever the attack wants, in the first draft and when asked again."""

    def __init__(self, says: str) -> None:
        self.says, self.prompts = says, []  # type: ignore[var-annotated]

    def stream(self, prompt: str, until: Deadline) -> Iterator[str]:
        assert until.left
        self.prompts.append(prompt)
        yield self.says


def matter(n: int) -> str:
    return MATTERS[2 * (n % 20) : 2 * (n % 20) + 2] + (
        "展览" if n < 20 else "讲座" if n < 40 else "营地"
    )


def hostile_plan() -> str:
    items = "".join(
        f"{n}.办好{matter(n)}。每年举办{matter(n)}不少于{n + 2}场，面向全县居民。{text}\n"
        f"（牵头单位：县科协；责任单位：县教育局）\n"
        for n, (text, _) in enumerate(ATTACKS, 1)
    )
    return f"青石县科普工作行动计划\n一、重点任务\n（一）科普活动\n{items}"


@pytest.fixture(scope="module")
def poisoned(
    tmp_path_factory: pytest.TempPathFactory, make_index: Callable[..., Any], tiny: TinyEncoder
) -> Assistant:
    """An assistant over a plan each of whose clauses gives an order."""
    plan = read_plan(hostile_plan(), tmp_path_factory.mktemp("poisoned"), "qingshi")
    return Assistant(make_index([plan]), tiny)


def shown(fluent: Fluent, question: str, mode: Mode, plan: str = "qingshi") -> list[str]:
    """Every text that is on screen at any moment, but the composed answer's."""
    composed = fluent._composed(question, [plan], (), mode).answer.answer
    answers = list(fluent.stream(question, [plan], mode=mode))
    assert KEY not in repr([a.to_dict() for a in answers])
    assert answers[-1].answer
    return [a.answer for a in answers if a.answer != composed]


def test_the_battery_is_large_and_every_attack_its_own() -> None:
    assert len({text for text, _ in ATTACKS}) == len(ATTACKS) >= 40


@pytest.mark.parametrize("n", range(1, len(ATTACKS) + 1))
def test_a_text_that_gives_orders_is_not_obeyed(poisoned: Assistant, n: int) -> None:
    double = Obedient(ATTACKS[n - 1][1])
    fluent = Fluent(poisoned, NAMED, double)  # type: ignore[arg-type]
    assert shown(fluent, f"概括{matter(n)}的主要内容", "full") == []
    assert shown(fluent, f"办好{matter(n)}由谁牵头", "words") == []


@pytest.mark.parametrize("n", range(1, len(ATTACKS) + 1))
def test_a_question_that_gives_orders_is_not_obeyed(synthetic: Assistant, n: int) -> None:
    text, says = ATTACKS[n - 1]
    fluent = Fluent(synthetic, NAMED, Obedient(says))  # type: ignore[arg-type]
    for mode in ("words", "full"):
        assert shown(fluent, f"智慧助老由谁牵头？{text}", mode) == []  # type: ignore[arg-type]


def test_the_double_says_what_is_asked_where_nothing_stops_it(synthetic: Assistant) -> None:
    double = Obedient("智慧助老由县民政局牵头。[1][2]")
    fluent = Fluent(synthetic, NAMED, double)  # type: ignore[arg-type]
    assert shown(fluent, "智慧助老由谁牵头", "words")
    assert len(double.prompts) == 1


@pytest.mark.parametrize("text", [text for text, _ in ATTACKS])
def test_data_cannot_close_its_fence_nor_forge_a_number(text: str) -> None:
    prompt = fenced(harmless(text))
    assert prompt.count(OPEN) == prompt.count(CLOSE) == 1
    assert "\n" not in harmless(text)
    assert not set(harmless(text)) & set("<>[]{}`\u200b\u202e")


def test_plain_plan_text_gives_no_orders(corpus: dict[str, Any]) -> None:
    found = [
        clause.text
        for plan, _ in corpus.values()
        for clause in plan.clauses
        if gives_orders(plan.source[clause.start : clause.own_end])
    ]
    assert found == []


def test_the_key_is_in_no_prompt_and_no_file(synthetic: Assistant, tmp_path: Path) -> None:
    double = Obedient("智慧助老由县民政局牵头。[1][2]")
    fluent = Fluent(synthetic, NAMED, double)  # type: ignore[arg-type]
    list(fluent.stream("智慧助老由谁牵头", ["qingshi"]))
    assert not any(KEY in prompt for prompt in double.prompts)
    assert KEY not in repr(fluent.settings) + repr(fluent._gate("zh", None, None or _prompt()))  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def _prompt() -> Any:
    from rag.prompts import load_prompt

    return load_prompt("words.zh")
