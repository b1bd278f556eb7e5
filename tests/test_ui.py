"""The page: what it renders (by hand-made answers), how it starts, and once in a real browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from index.errors import InputError
from index.plan import Clause, Metadata, Plan
from rag.answer import Answer, Choice, Citation, Row, Status
from rag.assistant import MAX_QUESTION
from rag.web import panel, render, scripts, style
from rag.web.asking import Shown
from rag.web.conversation import Turn, next_turn
from rag.web.words import LANGUAGES, WORDS

ROOT = Path(__file__).resolve().parents[1]
EVIL = '<img src=x onerror="alert(1)">**粗**&amp;${1+1}{{x}}'

SOURCE = """一、总则
（一）甲项行动。
做好‹甲›项工作，建成3个站
点。〔牵头单位：县甲局〕
二、附则
自印发之日起施行。
"""


def clause(ident: str, first: str, last: str, own: str, parent: str | None, **more: Any) -> Clause:
    """A clause from where `first` begins to where `last` ends, its own text up to `own`'s end."""
    start, end = SOURCE.index(first), SOURCE.index(last) + len(last)
    own_end = SOURCE.index(own) + len(own)
    fields = {"level": "section", "number": "", "title": "", "text": first} | more
    return Clause(ident, start=start, own_end=own_end, end=end, parent=parent, **fields)


def plan() -> Plan:
    end = SOURCE.rstrip("\n")[-6:]
    clauses = (
        clause("p:", "一、总则", end, "一、", None, level="plan", children=("p:1", "p:2")),
        clause("p:1", "一、总则", "县甲局〕", "总则", "p:", number="一、", title="总则"),
        clause("p:1.1", "（一）", "县甲局〕", "县甲局〕", "p:1", number="（一）", title="甲项行动"),
        clause("p:2", "二、附则", end, end, "p:", number="二、", title="附则"),
    )
    return Plan("p", "某县", (), "county", "", "", SOURCE, "p.txt", "", Metadata(), clauses)


def citation(n: int, quote: str, at: str, **more: Any) -> Citation:
    start = SOURCE.index(quote) if quote else 0
    fields = {
        "plan": "p",
        "place": "某县",
        "title": "某县方案",
        "clause": at,
        "path": ("一、总则",),
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "source": "p.txt",
    } | more
    return Citation(n=n, **fields)


def answer(text: str, *citations: Citation, status: Status = "answered") -> Answer:
    return Answer("问", text, status, "duty", "zh", citations, 12.6, {"encoder": "e", "llm": None})


NOTE = citation(1, "〔牵头单位：县甲局〕", "p:1.1")
HEAD = citation(2, "一、总则", "p:1")
BOTH = answer("牵头单位：县甲局 [1][2]", NOTE, HEAD)


def shown_text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def mark_of(html: str) -> list[str]:
    return [unescape(m) for m in re.findall(r"<mark>(.*?)</mark>", html)]


# -- the conversation ---------------------------------------------------------------------


def test_numbers_become_buttons_and_other_brackets_stay() -> None:
    html = render.transcript([Turn("谁？", answer("县甲局 [1][2]，见[3]和[x]", NOTE, HEAD))], "zh")
    buttons = re.findall(r'class="tw-n" data-turn="0" data-n="(\d)"[^>]*>(\d)<', html)
    assert buttons == [("1", "1"), ("2", "2")]
    assert "见[3]和[x]" in html


def test_the_number_shown_is_the_current_one() -> None:
    turns = [Turn("甲", BOTH), Turn("乙", BOTH)]
    html = render.transcript(turns, "zh", (1, 2))
    assert re.findall(r'data-turn="(\d)" data-n="(\d)"[^>]*aria-current', html) == [("1", "2")]
    assert "aria-current" not in render.transcript(turns, "zh")


@pytest.mark.parametrize("status", ["answered", "not_mentioned", "out_of_scope", "clarify"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_status_has_its_look_and_word(status: Status, lang: Any) -> None:
    html = render.transcript([Turn("问", answer("答", status=status))], lang)
    assert f'class="tw-card tw-{status}"' in html
    assert WORDS[lang][status] in shown_text(html)
    assert status == "answered" or f".tw-{status} .tw-status" in style.CSS


def test_how_a_follow_up_was_understood_stands_under_it() -> None:
    told = replace(BOTH, resolved="某县 · <b>甲事</b> · 牵头单位")
    html = render.transcript([Turn("那某县呢", told)], "zh")
    assert '<p class="tw-resolved">' in html
    assert "理解为：某县 · <b>甲事</b> · 牵头单位" in shown_text(html)
    assert "<b>" not in html
    assert "tw-resolved" not in render.transcript([Turn("问", BOTH)], "zh")


def test_the_lines_of_an_answer_from_several_plans() -> None:
    html = render.transcript([Turn("问", answer("共2项\n某县：甲 [1]\n乙 [2]", NOTE, HEAD))], "zh")
    assert '<p class="tw-sub">共2项</p>' in html
    assert '<p class="tw-say"><strong>某县</strong>：' in html
    assert html.count('class="tw-say"') == 2


def test_several_plans_are_a_table_with_a_source_in_every_row() -> None:
    rows = tuple(
        Row(n, f"{n}县", "总则 › 甲", f"牵头单位：{EVIL} [1]", "answered", (1,)) for n in "甲乙丙"
    )
    text = "3份都标明。\n" + "\n".join(f"{r.place}〔{r.clause}〕：{r.answer}" for r in rows)
    html = render.transcript([Turn("问", replace(answer(text, NOTE), table=rows))], "zh")
    assert html.count('<th scope="row">') == 3
    assert html.count('class="tw-n"') == 3
    assert '<p class="tw-say">3份都标明。</p>' in html
    assert EVIL not in html
    assert EVIL in shown_text(html)


def test_a_sentence_that_begins_with_a_place_stays_above_the_table() -> None:
    rows = tuple(Row(n, f"{n}县", "", "一 [1]", "answered", (1,)) for n in "甲乙丙")
    text = "甲县最高。\n" + "\n".join(f"{r.place}：{r.answer}" for r in rows)
    html = render.transcript([Turn("问", replace(answer(text, NOTE), table=rows))], "zh")
    assert '<p class="tw-say">甲县最高。</p>' in html
    assert html.count("<p") == 5  # the sentence, three cells, the foot


def test_confidence_is_told_of_one_plan_and_low_asks_to_check() -> None:
    high, low = (replace(BOTH, confidence=c) for c in (0.998, 0.61))
    assert "把握99%" in render.transcript([Turn("问", high)], "zh")
    assert "把握61%，请核对原文" in render.transcript([Turn("问", low)], "zh")
    rows = tuple(Row(n, n, "", "一 [1]", "answered", (1,)) for n in "甲乙")
    assert "把握" not in render.transcript([Turn("问", replace(high, table=rows))], "zh")
    assert "把握" not in render.transcript([Turn("问", replace(high, confidence=None))], "zh")


def test_numbers_side_by_side_are_not_parted() -> None:
    html = render.transcript([Turn("问", answer("甲 [1][2]", NOTE, HEAD))], "zh")
    kept = re.findall(r'<span class="tw-keep">甲(.*?)</span>', html)
    assert [k.count("<button") for k in kept] == [2]


def test_two_plans_stay_lines() -> None:
    rows = (Row("p", "甲县", "总则", "一 [1]", "answered", (1,)),) * 2
    said = answer("甲县〔总则〕：一 [1]", NOTE)
    html = render.transcript([Turn("问", replace(said, table=rows))], "zh")
    assert "<table" not in html
    assert "<strong>甲县</strong>〔总则〕：" in html


def test_what_may_be_meant_is_offered_as_buttons() -> None:
    asked = answer("请选一项：\n1. 甲 [1]", NOTE, status="clarify")
    asked = replace(asked, choices=(Choice(EVIL, "甲？"),))
    html = render.transcript([Turn("问", asked)], "zh")
    assert re.findall(r'data-turn="(\d)" data-choice="(\d)"', html) == [("0", "0")]
    assert EVIL not in html


def test_a_turn_without_answer_is_pending_or_says_why() -> None:
    assert WORDS["zh"]["pending"] in render.transcript([Turn("问")], "zh")
    html = render.transcript([Turn("问", error=EVIL)], "en")
    assert "tw-error" in html
    assert WORDS["en"]["error"] in html


# -- nothing that is shown is read as HTML ------------------------------------------------


def tags(html: str) -> set[str]:
    return set(re.findall(r"<([a-z0-9]+)", html))


def test_everything_is_escaped() -> None:
    fair = citation(1, "建成3个站", "p:1.1", place=EVIL, title=EVIL, path=(EVIL,), source=EVIL)
    evil = replace(fair, quote=EVIL)
    said = answer(f"{EVIL} [1]", evil)
    turns = [Turn(EVIL, said), Turn(EVIL, error=EVIL), Turn(EVIL)]
    html = render.transcript(turns, "zh") + panel.sources(said, 0, 1, "zh")
    html += panel.clause(plan(), evil, "zh")
    html += render.welcome([EVIL], 1, "zh")
    assert "img" not in tags(html)
    assert "<b>粗" not in html
    assert html.count("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;**粗**&amp;amp;") == 15


def test_the_source_text_is_escaped() -> None:
    odd = SOURCE.replace("‹甲›", "<i>")
    base = plan()
    other = Plan("p", "某县", (), "", "", "", odd, "p.txt", "", Metadata(), base.clauses)
    html = "".join(panel.marked(other, NOTE))
    assert "&lt;i&gt;" in html
    assert tags(html) == {"p", "mark"}


# -- the clause beside it -----------------------------------------------------------------


def test_the_quote_is_marked_in_the_whole_clause() -> None:
    html = "".join(panel.marked(plan(), NOTE))
    assert mark_of(html) == ["〔牵头单位：县甲局〕"]
    assert shown_text(html).startswith("（一）甲项行动。")
    assert "附则" not in html


def test_a_quote_over_a_line_break_is_one_mark() -> None:
    broken = citation(1, "建成3个站\n点", "p:1.1")
    assert mark_of("".join(panel.marked(plan(), broken))) == ["建成3个站点"]


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    two = citation(1, SOURCE[SOURCE.index("甲项行动。") : SOURCE.index("建成")], "p:1.1")
    assert mark_of("".join(panel.marked(plan(), two))) == ["甲项行动。", "做好‹甲›项工作，"]


def test_a_heading_is_shown_with_what_stands_under_it() -> None:
    html = "".join(panel.marked(plan(), HEAD))
    assert mark_of(html) == ["一、总则"]
    assert "县甲局" in html
    assert "附则" not in html


def test_a_quote_outside_its_clause_is_looked_for_above() -> None:
    away = citation(1, "二、附则", "p:1.1")
    assert mark_of("".join(panel.marked(plan(), away))) == ["二、附则"]


def test_a_fact_that_the_text_does_not_say_has_no_mark_and_says_so() -> None:
    html = panel.clause(plan(), citation(1, "", "p:1.1"), "zh")
    assert not mark_of(html)
    assert WORDS["zh"]["added"] in html


def test_the_panel_steps_through_the_sources() -> None:
    turns = [Turn("问", BOTH)]
    first = panel.panel({"p": plan()}, turns, "zh", Shown(0, 1))
    last = panel.panel({"p": plan()}, turns, "zh", Shown(0, 2))
    step = re.compile(r'class="tw-step" (?:data-turn="0" data-n="(\d)"|disabled)')
    assert [step.findall(html) for html in (first, last)] == [["", "2"], ["1", ""]]
    assert "第1处，共2处" in first
    assert re.findall(r'class="tw-cite" data-turn="0" data-n="(\d)"', first) == ["1", "2"]
    assert "一、总则" in re.findall(r'<nav class="tw-path">(.*?)</nav>', first)[0]


@pytest.mark.parametrize("shown", [(-1, 0), (0, 9), (7, 1)])
def test_the_panel_without_a_source_explains_itself(shown: tuple[int, int]) -> None:
    assert WORDS["en"]["panel_empty"] in unescape(
        panel.panel({}, [Turn("问", BOTH)], "en", Shown(*shown))
    )


def test_the_panel_of_an_answer_that_cites_nothing_says_so() -> None:
    turns = [Turn("问", answer("无关", status="out_of_scope"))]
    assert WORDS["zh"]["no_sources"] in panel.panel({}, turns, "zh", Shown(0, 0))


# -- asking -------------------------------------------------------------------------------


class Stub:
    """Answers always the same and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def ask(self, text: str, plans: Any = (), history: Any = ()) -> Answer:
        self.asked.append((text, tuple(plans), list(history)))
        if text == "坏":
            raise InputError("unknown plan 'x'")
        return BOTH


def test_the_history_and_the_chosen_plans_are_handed_on() -> None:
    stub = Stub()
    turns = [Turn("早先", BOTH), Turn("", error="空"), Turn("坏", error="x")]
    turn = next_turn(stub, "  那么谁参加？ ", ["p"], turns, "zh")
    assert turn == Turn("那么谁参加？", BOTH)
    assert stub.asked == [("那么谁参加？", ("p",), [("早先", BOTH.answer)])]


def test_what_cannot_be_asked_is_said_in_words() -> None:
    stub = Stub()
    assert next_turn(stub, " \n", (), (), "zh").error == WORDS["zh"]["empty"]
    long = next_turn(stub, "问" * (MAX_QUESTION + 1), (), (), "zh")
    assert str(MAX_QUESTION + 1) in long.error
    assert len(long.question) < MAX_QUESTION + 5
    assert not stub.asked
    assert next_turn(stub, "坏", (), (), "en").error == "unknown plan 'x'"


def test_both_languages_say_the_same_things() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [code for _, code in LANGUAGES] == ["zh", "en"]
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    for key, text in WORDS["zh"].items():
        assert fields(text) == fields(WORDS["en"][key]), key


def test_the_style_fetches_nothing() -> None:
    everything = style.CSS + scripts.CLICKS + scripts.FOLLOW + scripts.REVEAL
    assert not re.search(r"url\(|@import|https?:", everything)


# -- the server ---------------------------------------------------------------------------


def start(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """`python ui.py`, for starts that end by themselves."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CURRENT").write_text("gen-gone\n", encoding="utf-8")
    env = os.environ | {"TIAOWEN_INDEX": str(tmp_path / "index"), **settings}
    command = [sys.executable, str(ROOT / "ui.py")]
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.slow
def test_a_broken_index_ends_it_with_one_line(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith("tiaowen: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("port", ["http", "0", "70000", "²"])
def test_what_is_no_port_ends_it_with_one_line(tmp_path: Path, port: str) -> None:
    done = start(tmp_path, TIAOWEN_PORT=port)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "TIAOWEN_PORT" in done.stderr


def test_the_address_is_the_loopback() -> None:
    import ui

    assert ui.HOST == "127.0.0.1"


@pytest.mark.parametrize(
    ("raw", "pairs"),
    [
        ("", None),
        ("  ", None),
        ("chen:geheim", [("chen", "geheim")]),
        ("chen:a:b, li:c", [("chen", "a:b"), ("li", "c")]),
    ],
)
def test_accounts(monkeypatch: pytest.MonkeyPatch, raw: str, pairs: Any) -> None:
    import ui

    monkeypatch.setenv("TIAOWEN_AUTH", raw)
    assert ui.accounts() == pairs


@pytest.mark.parametrize("raw", ["chen", "chen:", ":geheim", "chen:geheim,", "a:b,c"])
def test_a_password_that_is_none_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, raw: str
) -> None:
    import ui

    monkeypatch.setenv("TIAOWEN_AUTH", raw)
    with pytest.raises(InputError, match="TIAOWEN_AUTH must be") as refused:
        ui.accounts()
    assert "geheim" not in str(refused.value)


def test_other_machines_are_let_in_only_with_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    import ui

    monkeypatch.delenv("TIAOWEN_HOST", raising=False)
    assert ui.host(None) == "127.0.0.1"
    monkeypatch.setenv("TIAOWEN_HOST", "0.0.0.0")
    with pytest.raises(InputError, match="TIAOWEN_AUTH"):
        ui.host(None)
    assert ui.host([("chen", "geheim")]) == "0.0.0.0"
