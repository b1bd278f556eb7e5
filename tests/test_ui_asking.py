"""The Ask page without a browser: turns, clicks, earlier conversations, files, a changing index."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.build import add, build, remove
from index.errors import IndexMissing
from index.store import load
from rag.assistant import Assistant
from rag.feedback import Feedback
from rag.web import export
from rag.web.asking import KEPT, NOTHING, Asking, Shown, labels, recalled, remembered
from rag.web.conversation import Turn
from rag.web.outline import outline, read_clause
from rag.web.site import Site
from rag.web.words import WORDS
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER, TinyEncoder, read_plan
from tests.test_ui import BOTH, EVIL, shown_text, tags

ASKED = "青石县智慧助老谁牵头"


def made(folder: Path, tiny: TinyEncoder) -> Site:
    """The pages over an index of one plan, on disk."""
    corpus, folder = folder / "corpus", folder / "index"
    corpus.mkdir()
    (corpus / "qingshi.txt").write_text(SYNTHETIC, encoding="utf-8")
    build(corpus, folder, tiny, progress=False)
    return Site(lambda: Assistant(load(folder), tiny), folder, corpus)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, tiny: TinyEncoder) -> Site:
    return made(tmp_path_factory.mktemp("shared"), tiny)


@pytest.fixture
def site(tmp_path: Path, tiny: TinyEncoder) -> Site:
    """One of its own, to be changed."""
    return made(tmp_path, tiny)


@pytest.fixture
def asking(shared: Site, tmp_path: Path) -> Asking:
    return Asking(shared, Feedback(tmp_path / "feedback.sqlite"))


def answered(asking: Asking, *questions: str) -> Any:
    view = asking.view((), "zh", NOTHING)
    for question in questions:
        *_, view = asking.ask(question, (), view.turns, "zh")
    return view


# -- turns and clicks ---------------------------------------------------------------------


def test_a_question_is_shown_at_once_and_then_answered(asking: Asking) -> None:
    pending, done = asking.ask(ASKED, (), (), "zh")
    assert WORDS["zh"]["pending"] in pending.chat
    assert pending.turns == ()
    assert "县民政局" in shown_text(done.chat)
    assert done.shown == Shown(0, 1)
    assert "<mark>" in done.side


def test_a_clause_of_the_outline_is_shown_and_a_number_leads_back(asking: Asking) -> None:
    view = answered(asking, ASKED)
    there = re.findall(r'data-clause="([^"]+)"[^>]*>[^<]*老年大学', view.side)[0]
    walked = asking.select(view.turns, "zh", view.shown, {"plan": "qingshi", "clause": there})
    assert walked.shown == Shown(0, 1, "qingshi", there)
    assert "扩大老年大学招生" in walked.side
    assert "县委老干部局" in walked.side
    back = asking.select(walked.turns, "zh", walked.shown, {"turn": "0", "n": "1"})
    assert back.shown == Shown(0, 1)
    assert "<mark>" in back.side


@pytest.mark.parametrize(
    "data",
    [
        {}, {"turn": "9", "n": "1"}, {"turn": "0", "n": "77"}, {"turn": "-1", "n": "1"},
        {"turn": "x", "n": None}, {"turn": "²", "n": "1"}, {"turn": "9" * 400, "n": "1"},
        {"plan": "nowhere", "clause": "x"}, {"plan": "qingshi", "clause": "../../etc"},
        {"plan": ["qingshi"], "clause": {"a": 1}}, {"example": "99"}, {"turn": "0", "choice": "3"},
    ],
)  # fmt: skip
def test_what_the_browser_makes_up_changes_nothing(asking: Asking, data: dict[str, Any]) -> None:
    view = answered(asking, ASKED)
    assert asking.select(view.turns, "zh", view.shown, data)[:4] == view[:4]
    assert asking.offered(view.turns, "zh", data) == ""
    assert asking.say(view.turns, "zh", view.shown, (), {**data, "say": "right"}).turns in (
        view.turns,
        (replace(view.turns[0], verdict="right"),),
    )


def test_an_example_and_a_choice_are_asked_as_they_stand(asking: Asking) -> None:
    first = asking.examples("zh")[0]
    assert asking.offered((), "zh", {"example": "0"}) == first


def test_a_verdict_is_kept_once_and_thanked_for(asking: Asking, tmp_path: Path) -> None:
    view = answered(asking, ASKED, "参加单位有哪些")
    data = {"turn": "1", "say": "wrong_source", "text": ""}
    said = asking.say(view.turns, "zh", view.shown, ["qingshi"], data)
    assert WORDS["zh"]["thanks"] in said.chat
    (kept,) = Feedback(tmp_path / "feedback.sqlite").all()
    assert kept.history == ((ASKED, view.turns[0].answer.answer),)
    assert kept.settings["plans"] == ["qingshi"]
    assert 'data-turn="1" data-say=' not in said.chat


# -- earlier conversations ----------------------------------------------------------------


def test_of_earlier_conversations_the_questions_are_kept_and_asked_again(asking: Asking) -> None:
    view = answered(asking, ASKED, "责任单位有哪些")
    past = remembered([], "k1", view.turns, ["qingshi"])
    past = remembered(past, "k2", view.turns[:1], [])
    assert labels(past) == [(ASKED, "k2"), (f"{ASKED}（+1）", "k1")]
    questions, plans = recalled(past, "k1")
    assert plans == ["qingshi"]
    again = asking.again(questions, plans, "zh")
    assert [t.question for t in again.turns] == questions
    assert [t.answer.answer for t in again.turns] == [t.answer.answer for t in view.turns]
    assert recalled(past, "gone") == ([], [])


def test_at_most_so_many_are_kept() -> None:
    past: Any = []
    for n in range(KEPT + 9):
        past = remembered(past, str(n), [Turn(f"第{n}问", BOTH)], [])
    assert len(past) == KEPT
    assert past[0]["questions"] == [f"第{KEPT + 8}问"]


@pytest.mark.parametrize(
    "stored",
    [None, "x", {"a": 1}, [1], [{}], [{"key": "k"}], [{"key": 1, "questions": ["q"], "plans": []}],
     [{"key": "k", "questions": [1], "plans": []}], [{"key": "k", "questions": [], "plans": []}]],
)  # fmt: skip
def test_a_browsers_store_may_hold_anything(stored: Any) -> None:
    assert labels(stored) == []
    assert recalled(stored, "k") == ([], [])
    assert len(remembered(stored, "k", [Turn("问", BOTH)], [])) == 1


# -- files --------------------------------------------------------------------------------

TURNS = (
    Turn("谁？", replace(BOTH, resolved="某县 · 甲事")),
    Turn(EVIL, error=EVIL),
)


def test_markdown_reads_as_text_and_has_every_source() -> None:
    text = export.markdown(TURNS, "zh")
    assert "牵头单位：县甲局 \\[1\\]\\[2\\]" in text
    assert "“〔牵头单位：县甲局〕”" in text
    assert "某县 · 甲事" in text.replace("\\", "")
    assert "<img" not in re.sub(r"\\.", "", text)
    assert export.markdown((), "zh") == ""


def test_word_holds_the_same_and_opens() -> None:
    from docx import Document

    odd = replace(TURNS[1], question=EVIL + "\x00\x0b\ud800")
    document = Document(io.BytesIO(export.docx((TURNS[0], odd), "en")))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "牵头单位：县甲局 [1][2]" in text
    assert "“一、总则”" in text
    assert EVIL in text
    assert WORDS["en"]["answered"] in text


# -- the outline --------------------------------------------------------------------------


def test_the_outline_has_every_clause_once_and_marks_the_current_one(tmp_path: Path) -> None:
    read, _ = read_plan(SYNTHETIC, tmp_path, "qingshi")
    html = outline(read, "zh", "qingshi:2.2.1")
    ids = re.findall(r'data-clause="([^"]+)"', html)
    assert ids == [c.id for c in read.clauses if c.level != "plan"]
    assert re.findall(r'data-clause="([^"]+)" aria-current', html) == ["qingshi:2.2.1"]
    assert "<summary><button" not in html  # a button inside what unfolds could not be reached


def test_outline_and_clause_are_escaped(tmp_path: Path) -> None:
    text = SYNTHETIC.replace("办好老年大学", "办好<b>老年大学</b>").replace(
        "县教育局", "<i>县教育局"
    )
    odd, _ = read_plan(text, tmp_path, "qingshi")
    html = outline(odd, "zh") + "".join(read_clause(odd, c, "zh") for c in odd.clauses)
    assert not {"b", "script", "img"} & tags(html)
    assert "老年大学" in shown_text(html)


def test_the_margin_names_roles_with_the_open_list(tmp_path: Path) -> None:
    read, _ = read_plan(SYNTHETIC, tmp_path, "qingshi")
    section = next(c for c in read.clauses if c.title == "青少年行动")
    said = shown_text(read_clause(read, section, "zh"))
    assert "牵头单位县教育局、团县委" in said
    assert "县财政局、县科协等" in said
    item = next(c for c in read.clauses if c.title.startswith("建设乡村科学教室"))
    assert WORDS["zh"]["inherited"] in read_clause(read, item, "zh")
    assert "Bureau" in read_clause(read, item, "en")


# -- an index that changes ----------------------------------------------------------------


def test_a_plan_added_or_removed_beside_the_server_is_seen_at_the_next_question(
    site: Site, tiny: TinyEncoder, tmp_path: Path
) -> None:
    asking = Asking(site, Feedback(tmp_path / "feedback.sqlite"))
    view = answered(asking, "白沙区科普小院建成几个")
    assert "未收录" in view.chat or "未提及" in view.chat
    new = tmp_path / "baisha.txt"
    new.write_text(SYNTHETIC_OTHER, encoding="utf-8")
    add([new], site.corpus, site.folder, tiny, progress=False)
    view = answered(asking, "白沙区科普小院建成几个")
    assert "12个" in view.chat
    remove(["baisha"], site.corpus, site.folder, tiny, progress=False)
    after = asking.select(view.turns, "zh", view.shown, {"turn": "0", "n": "1"})
    assert WORDS["zh"]["plan_gone"].format(place="白沙区") in after.side
    assert "baisha" not in site.plans


def test_an_index_that_goes_away_goes_on_serving_what_is_open(site: Site) -> None:
    asking = Asking(site, Feedback(site.corpus / "feedback.sqlite"))
    shutil.rmtree(site.folder)
    assert "县民政局" in answered(asking, ASKED).chat


def test_an_index_amid_a_change_is_tried_again_later(site: Site) -> None:
    before = site.assistant
    opened: list[int] = []

    def torn() -> Assistant:
        opened.append(1)
        raise IndexMissing("amid a change")

    site._open = torn
    (site.folder / "CURRENT").write_text("gen-other\n", encoding="utf-8")
    assert site.assistant is before
    assert site.assistant is before
    assert len(opened) == 2


def test_the_keeper_is_the_first_account() -> None:
    def never() -> Assistant:
        return None  # type: ignore[return-value]

    assert Site(never, Path("/nowhere"), Path("/nowhere")).keeps(None)
    kept = Site(never, Path("/nowhere"), Path("/nowhere"), keeper="chen")
    assert kept.keeps("chen")
    assert not kept.keeps("li")
    assert not kept.keeps(None)
