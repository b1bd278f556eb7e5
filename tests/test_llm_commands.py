"""Modes on the command line and in evaluation, against a scripted server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import rag.cli
from eval.gold import Gold
from eval.systems.tiaowen import Tiaowen, fluent
from index.errors import InputError
from rag.assistant import Assistant
from rag.llm.settings import Settings
from tests.llm_server import Reply, serving

SAID = "由县民政局牵头。[1][2]"
QUESTION = "智慧助老由谁牵头"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, synthetic: Assistant) -> None:
    monkeypatch.setattr(rag.cli, "open_assistant", lambda _: synthetic)


@pytest.mark.usefixtures("opened")
def test_ask_in_a_mode(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ask = ["ask", QUESTION, "--plan", "qingshi"]
    with serving(Reply(SAID)) as server:
        monkeypatch.setenv("TIAOWEN_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("TIAOWEN_LLM_MODEL", "scripted")
        assert rag.cli.main(ask) == 0
        assert SAID in capsys.readouterr().out
        assert rag.cli.main([*ask, "--json", "--llm", "off"]) == 0
        assert json.loads(capsys.readouterr().out)["engine"]["llm"] is None
        monkeypatch.setenv("TIAOWEN_LLM_MODE", "off")
        assert rag.cli.main(ask) == 0
        assert "牵头单位：县民政局" in capsys.readouterr().out
        assert rag.cli.main([*ask, "--json", "--llm", "words"]) == 0
        engine = json.loads(capsys.readouterr().out)["engine"]
        assert (engine["llm"], engine["mode"]) == ("scripted", "words")
        asked, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        asked.write_text(json.dumps({"id": "1", "question": QUESTION}), "utf-8")
        assert rag.cli.main(["batch", str(asked), "--out", str(out), "--llm", "words"]) == 0
    monkeypatch.setenv("TIAOWEN_LLM_TIMEOUT", "1")
    assert rag.cli.main([*ask, "--llm", "words"]) == 0
    assert "语言模型无法连接" in capsys.readouterr().out


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("mode", "said"), [("words", "needs a model"), ("loud", "unknown mode")])
def test_a_mode_that_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], mode: str, said: str
) -> None:
    assert rag.cli.main(["ask", QUESTION, "--llm", mode]) == 2
    assert said in capsys.readouterr().err


def test_without_a_model_nothing_of_it_is_loaded() -> None:
    code = (
        "import sys, rag.cli, argparse;"
        "HEAVY = ('rag.llm.fluent', 'rag.llm.connection', 'langchain', 'openai', 'asyncio');"
        "rag.cli.with_model(argparse.Namespace(llm=None));"
        "print(*[m for m in sys.modules if m.startswith(HEAVY)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_an_evaluated_mode_records_model_and_prompts(synthetic: Assistant) -> None:
    asked = "青石县" + QUESTION
    gold = Gold("1", ("qingshi",), "zh", "duty", asked, "县民政局", (("县民政局",),), (), ())
    with serving(Reply(SAID)) as server:
        system = fluent(synthetic, Settings("scripted", server.base_url, "sk-key-12345678"))
        given = system.ask(gold)
    assert system.name == "default-words"
    assert system.settings["llm"] == "scripted"
    assert "words.zh 1 " in system.settings["prompts used"]
    assert "sk-key" not in str(system.settings)
    assert given.answer == SAID
    assert Tiaowen(synthetic).settings["llm"] == "none"


def test_an_evaluated_mode_needs_a_model() -> None:
    from eval.commands.run import _llm

    assert _llm(None) is None
    with pytest.raises(InputError, match="needs a model"):
        _llm("words")
