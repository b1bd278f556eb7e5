"""The systems: the assistant, what is left without a part, plain retrieval, a language model."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import citations
from eval.runner import answer
from eval.systems import catalog, llm, passages
from eval.systems.base import Response
from eval.systems.tiaowen import Tiaowen, flat, without
from eval.systems.windows import SIZE, windows
from index.errors import InputError
from rag.assistant import Assistant
from rag.parts import COMPOSERS, Parts
from rag.prompts import load_prompt
from tests.conftest import TinyEncoder
from tests.runs import question

LEAD = question(type="lead_unit", question="青石县智慧助老由谁牵头", doc=("qingshi",))


def sources(assistant: Assistant) -> dict[str, str]:
    return {p.id: p.source for p in assistant.index.plans}


def sound(response: Response, assistant: Assistant) -> bool:
    """Slices within their plans, and quotes verbatim."""
    texts = sources(assistant)
    inside = all(
        0 <= s.start < s.end <= len(texts[s.plan]) for s in response.retrieved or ()
    )
    return inside and all(citations.verbatim(c, texts) for c in response.citations)


# -- the assistant ------------------------------------------------------------------------


def test_the_assistant_tells_what_it_looked_at(synthetic: Assistant) -> None:
    given = Tiaowen(synthetic).ask(LEAD)
    assert given.status == "answered"
    assert given.answer == synthetic.ask(LEAD.question).answer
    assert given.retrieved
    assert 0 <= (given.confidence or 0) <= 1
    assert sound(given, synthetic)
    cited = {c.clause for c in synthetic.ask(LEAD.question).citations}
    clause = next(c for c in synthetic.index.plan("qingshi").clauses if c.id in cited)
    first = given.retrieved[0]
    assert (first.start, first.end) == (clause.start, clause.own_end)


def test_a_question_answered_from_facts_has_looked_at_what_it_cites(synthetic: Assistant) -> None:
    given = Tiaowen(synthetic).ask(replace(LEAD, question="青石县这份方案的标题是什么"))
    assert given.citations
    assert set(given.retrieved or ()) == {c.slice for c in given.citations}


def test_a_refusal_has_no_confidence(synthetic: Assistant) -> None:
    given = Tiaowen(synthetic).ask(replace(LEAD, question="今天天气怎么样"))
    assert given.status == "out_of_scope"
    assert given.confidence is None


def test_the_history_is_passed_on(synthetic: Assistant) -> None:
    turns = ((LEAD.question, ""),)
    follow = replace(LEAD, question="责任单位呢", history=turns)
    expected = synthetic.ask("责任单位呢", history=turns).answer
    assert Tiaowen(synthetic).ask(follow).answer == expected


# -- without a part -----------------------------------------------------------------------


@pytest.mark.parametrize("part", ["tree", "duties", "reranker", "check"])
def test_without_a_part_it_still_answers(
    synthetic: Assistant, tiny: TinyEncoder, part: str
) -> None:
    system = without(part, synthetic, tiny)
    assert (system.name, system.settings["left out"]) == (f"no-{part}", part)
    given = answer(system, LEAD)
    assert not given.failed
    assert sound(given, synthetic)


def test_without_duties_the_note_is_quoted_as_it_stands(
    synthetic: Assistant, tiny: TinyEncoder
) -> None:
    whole, plain = Tiaowen(synthetic).ask(LEAD), without("duties", synthetic, tiny).ask(LEAD)
    assert "牵头单位：" in whole.answer
    assert plain.answer != whole.answer
    assert plain.answer.startswith(("（", "〔"))


def test_without_the_check_what_fails_it_is_shown(synthetic: Assistant, tiny: TinyEncoder) -> None:
    nothing_holds = Parts(gate=lambda *_: False)
    strict = Assistant(synthetic.index, tiny, nothing_holds)
    assert strict.ask(LEAD.question).status == "not_mentioned"
    everything = Assistant(synthetic.index, tiny, Parts(gate=lambda *_: True))
    assert everything.ask(LEAD.question).answer == synthetic.ask(LEAD.question).answer


def test_a_part_that_is_there_is_the_one_used(synthetic: Assistant, tiny: TinyEncoder) -> None:
    silent = dict.fromkeys(COMPOSERS, ())
    mute = Assistant(synthetic.index, tiny, Parts(composers=silent))
    assert mute.ask(LEAD.question).status == "not_mentioned"


def test_windows_instead_of_a_tree_cover_each_plan_without_gap(
    assistant: Assistant, tiny: TinyEncoder
) -> None:
    for plan in flat(assistant.index, tiny).plans:
        reading = assistant.index.readings[plan.id]
        root, *cut = plan.clauses
        assert root.level == "plan"
        assert "".join(c.text for c in cut) == reading.text
        assert all(len(c.text) <= SIZE for c in cut)
        assert all(c.duty_source in ("own", "none") for c in cut)
        starts = [c.start for c in cut]
        assert starts == sorted(starts)
        assert all(a.end <= b.start for a, b in pairwise(cut))


@given(st.text("科普。，\n教育", max_size=300))
def test_windows_are_of_the_size_asked_for_and_cover_the_text(text: str) -> None:
    spans = list(windows(text, 40, 5))
    assert all(0 < b - a <= 40 for a, b in spans)
    covered = {i for a, b in spans for i in range(a, b)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


# -- plain retrieval ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bm25", "dense", "vanilla"])
def test_plain_retrieval_quotes_what_it_found(
    synthetic: Assistant, tiny: TinyEncoder, name: str
) -> None:
    given = answer(catalog.make(name, synthetic, tiny), LEAD)
    assert given.status == "answered"
    assert len(given.answer) <= passages.CHARACTERS + 20
    assert 0 < len(given.citations) <= passages.SENTENCES
    assert len(set(given.retrieved or ())) == len(given.retrieved or ())
    assert sound(given, synthetic)


def test_bm25_finds_the_clause_by_its_words_in_the_plan_named(
    synthetic: Assistant, tiny: TinyEncoder
) -> None:
    given = catalog.make("bm25", synthetic, tiny).ask(LEAD)
    assert {s.plan for s in given.retrieved or ()} == {"qingshi"}
    first = (given.retrieved or ())[0]
    assert "智慧助老" in sources(synthetic)["qingshi"][first.start : first.end]


def test_a_follow_up_is_asked_with_the_question_before_it() -> None:
    turns = (("甲", "1"), ("乙", "2"))
    assert passages.asked(replace(LEAD, history=turns)) == f"乙 {LEAD.question}"
    assert passages.asked(LEAD) == LEAD.question


# -- names --------------------------------------------------------------------------------


def test_systems_are_named_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(llm.BASE_URL, raising=False)
    assert catalog.names(["bm25", "default", "bm25"]) == ["bm25", "default"]
    assert set(catalog.names(["all"])) == set(catalog.SYSTEMS) - {"vanilla-llm"}
    monkeypatch.setenv(llm.BASE_URL, "http://127.0.0.1:1/v1")
    monkeypatch.setenv(llm.MODEL, "toy")
    assert set(catalog.names(["all"])) == set(catalog.SYSTEMS)
    with pytest.raises(InputError, match="unknown system 'magic'; there are: all, default"):
        catalog.names(["magic"])


def test_stored_answers_are_a_system(
    tmp_path: Path, synthetic: Assistant, tiny: TinyEncoder
) -> None:
    path = tmp_path / "peer.jsonl"
    record = {"id": "q1", "answer": "15%", "status": "answered"}
    path.write_text(json.dumps(record) + "\n", "utf-8")
    system = catalog.make(f"answers:{path}", synthetic, tiny)
    assert system.name == "peer"
    assert answer(system, question()).answer == "15%"
    missing = answer(system, question(id="q2"))
    assert missing.failed
    assert "no answer to this question" in missing.error


def test_two_systems_of_one_name_would_share_a_folder(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "peer.jsonl", tmp_path / "b" / "peer.jsonl"]
    for path in paths:
        path.parent.mkdir()
        path.write_text('{"id": "q1", "answer": "15%"}\n', "utf-8")
    with pytest.raises(InputError, match="2 systems are called 'peer'"):
        catalog.names([f"answers:{p}" for p in paths])
    own = paths[0].rename(tmp_path / "default.jsonl")
    with pytest.raises(InputError, match="2 systems are called 'default'"):
        catalog.names(["default", f"answers:{own}"])


# -- a language model ---------------------------------------------------------------------


class Model(BaseHTTPRequestHandler):
    """An OpenAI-compatible server that says what it is told to."""

    says = "由县民政局牵头 [1][9]。"
    status = 200
    seen: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Model.seen.append({**body, "authorization": self.headers["Authorization"]})
        message = {"role": "assistant", "content": Model.says}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        data = {"id": "1", "object": "chat.completion", "created": 0, "model": "toy",
                "choices": [choice]}  # fmt: skip
        if Model.status != 200:
            data = {"error": {"message": "out of order", "type": "server_error"}}
        raw = json.dumps(data).encode()
        self.send_response(Model.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def model() -> Iterator[dict[str, str]]:
    """The environment that names a scripted model."""
    server = HTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Model.seen, Model.status, Model.says = [], 200, "由县民政局牵头 [1][9]。"
    yield {
        llm.BASE_URL: f"http://127.0.0.1:{server.server_port}/v1",
        llm.MODEL: "toy",
        llm.KEY: "very-secret",
    }
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
def test_a_model_reads_the_windows_and_cites_them_by_number(
    synthetic: Assistant, tiny: TinyEncoder, model: dict[str, str]
) -> None:
    system = llm.vanilla_llm(synthetic.index, tiny, model)
    given = answer(system, LEAD)
    assert given.answer == Model.says
    assert [c.n for c in given.citations] == [1]  # there is no ninth passage
    assert given.status == "answered"
    assert sound(given, synthetic)
    (sent,) = Model.seen
    assert LEAD.question in sent["messages"][0]["content"]
    assert given.citations[0].quote in sent["messages"][0]["content"]
    assert (sent["model"], sent["temperature"]) == ("toy", 0)
    assert sent["authorization"] == "Bearer very-secret"
    assert "very-secret" not in repr((system.settings, given))
    Model.says = "资料未提及。"
    assert answer(system, LEAD).status == "not_mentioned"


@pytest.mark.slow
def test_a_model_that_fails_has_failed(
    synthetic: Assistant, tiny: TinyEncoder, model: dict[str, str]
) -> None:
    Model.status = 400
    given = answer(llm.vanilla_llm(synthetic.index, tiny, model), LEAD)
    assert given.failed
    assert "very-secret" not in given.error


def test_without_a_model_named_there_is_none(synthetic: Assistant, tiny: TinyEncoder) -> None:
    with pytest.raises(InputError, match="set TIAOWEN_LLM_BASE_URL and TIAOWEN_LLM_MODEL"):
        llm.vanilla_llm(synthetic.index, tiny, {})


def test_the_baseline_prompt_is_sound() -> None:
    filled = load_prompt("baseline").fill(passages="[1] 甲", question="谁牵头")
    assert "[1] 甲" in filled
    assert "谁牵头" in filled
