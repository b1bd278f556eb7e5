"""The Ask page with a language model: the answer grows by what passed, and says who worded it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rag.feedback import Feedback
from rag.llm.settings import Settings
from rag.web.asking import Asking
from rag.web.site import Site
from tests.conftest import TinyEncoder
from tests.llm_server import Reply, serving
from tests.test_ui_asking import ASKED, made

SAID = "由县民政局牵头。[1][2]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tiny: TinyEncoder) -> Site:
    return made(tmp_path_factory.mktemp("page"), tiny)


def ask(asking: Asking, mode: Any) -> list[Any]:
    return list(asking.ask(ASKED, (), (), "zh", mode))


def test_the_answer_grows_by_what_passed(site: Site, tmp_path: Path) -> None:
    with serving(Reply(SAID)) as server:
        model = Settings("scripted", server.base_url, retries=0, timeout_s=5)
        asking = Asking(site, Feedback(tmp_path / "feedback.sqlite"), model)
        views = ask(asking, "words")
        assert [len(v.turns) for v in views] == [0, 0, 1]  # kept when it is whole
        assert "县民政局" in views[1].chat
        assert views[-1].turns[0].answer.answer == SAID
        assert "由scripted改写" in views[-1].chat
        assert ask(asking, "off")[-1].turns[0].answer.engine["llm"] is None
    assert len(server.prompts) == 1
    killed = ask(asking, "words")
    assert "县民政局" in killed[-1].chat
    assert "语言模型无法连接" in killed[-1].chat


def test_without_a_model_the_mode_does_nothing(site: Site, tmp_path: Path) -> None:
    asking = Asking(site, Feedback(tmp_path / "feedback.sqlite"))
    assert ask(asking, "words")[-1].turns[0].answer.engine["llm"] is None


def test_the_switch_is_shown_where_a_model_is_named(site: Site, tmp_path: Path) -> None:
    import ui

    for model, visible in ((None, False), (Settings("m", "http://127.0.0.1:9/v1"), True)):
        blocks = ui.build(site, Feedback(tmp_path / "f.sqlite"), tmp_path, model)
        switch = next(b for b in blocks.blocks.values() if getattr(b, "elem_id", "") == "tw-llm")
        assert switch.visible is visible
        notes = [b.value for b in blocks.blocks.values() if getattr(b, "elem_id", "") == "tw-note"]
        assert ("语言模型" in notes[0]) is visible


def test_only_the_question_empties_the_box(site: Site, tmp_path: Path) -> None:
    """What is typed while the answer comes stays; the answer does not touch the box."""
    import gradio as gr

    import ui

    blocks = ui.build(site, Feedback(tmp_path / "f.sqlite"), tmp_path)
    ask_page = next(f.fn for f in blocks.fns.values() if getattr(f.fn, "__name__", "") == "ask")
    first, *later = ask_page(ASKED, [], (), "zh", "off")
    assert first[-1] == ""
    assert later
    assert all(view[-1] == gr.skip() for view in later)
