"""The Compare page: plans side by side, charts; and once in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.answer import Answer, Citation, Row
from rag.assistant import MAX_QUESTION
from rag.web import sides
from rag.web.asking import Shown
from rag.web.bars import Bar, bars
from rag.web.comparing import NOT_YET, NOTHING, Comparing
from rag.web.conversation import Turn
from rag.web.sides import ACTION, FIGURE
from rag.web.words import WORDS
from tests.conftest import TinyEncoder
from tests.test_across_actions import FIRST, SECOND
from tests.test_ui import EVIL, tags
from tests.test_ui_tasks import ODD, Make, open_tab, site_of, text_of


@pytest.fixture
def comparing(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> Comparing:
    return Comparing(site_of(make_index, tiny, tmp_path, FIRST, SECOND))


def answer(text: str, *rows: Row, lang: str = "zh") -> Answer:
    quoted = Citation(1, "yunxi", "云溪县", "方案", "yunxi:2", (), "原文", 0, 2, "f.txt")
    return Answer("问", text, "answered", "measure", lang, (quoted,), 1.0, {}, table=rows)


# -- what is compared -----------------------------------------------------------------------


def test_matters_are_the_actions_and_figures_those_shared_first(comparing: Comparing) -> None:
    keys = [key for _, key in comparing.matters((), "zh")]
    assert keys[0] == f"{ACTION}老年助餐服务行动"
    shared = keys.index(f"{ACTION}家庭适老化改造工程")
    assert any(k.startswith(FIGURE) for k in keys[:shared])
    assert len(keys) == len(set(keys))


def test_an_action_is_asked_who_and_how(comparing: Comparing) -> None:
    view = comparing.compare(f"{ACTION}建设社区老年食堂", (), "zh")
    assert [t.question for t in view.compared.turns] == [
        "建设社区老年食堂由谁负责？", "建设社区老年食堂有哪些举措？",
    ]  # fmt: skip
    table = view.main[view.main.index("<table") :]
    assert table.count('<th scope="row">') == 2
    assert "县民政局" in text_of(table).replace(" ", "")
    cited = re.findall(r'class="tw-n" data-turn="(\d)" data-n="(\d+)"', table)
    assert ("0", "1") in cited
    assert view.shown == Shown(0, 1)
    assert "<mark>" in view.side


def test_a_figure_has_its_chart_with_value_year_and_bound(comparing: Comparing) -> None:
    key = next(k for _, k in comparing.matters((), "zh") if k.startswith(FIGURE))
    view = comparing.compare(key, (), "zh")
    told = re.findall('tw-told">([^<]+)<', view.main)
    assert told == ["达到55% · 2025年", "达到80% · 2035年", "超过60% · 2025年"]
    widths = re.findall(r"width:([\d.]+)%", view.main)
    assert widths == ["55.00", "80.00", "60.00"]
    clause = re.search(r'tw-barline" data-plan="baisha" data-clause="([^"]+)"', view.main)
    assert clause
    walked = comparing.select(
        view.compared, "zh", view.shown, {"plan": "baisha", "clause": clause[1]}
    )
    assert "超过60%" in text_of(walked.side)


def test_a_matter_written_is_asked_as_it_is(comparing: Comparing) -> None:
    view = comparing.compare(" 康养旅游 ", ["baisha"], "zh")
    assert [t.question for t in view.compared.turns] == ["康养旅游"]
    assert view.compared.plans == ("baisha",)


def test_nothing_asked_is_the_overview(comparing: Comparing) -> None:
    view = comparing.compare("", (), "zh")
    assert not view.compared.turns
    assert view.main == comparing.view(NOT_YET, "zh", NOTHING).main
    assert view.main.count("<figure") == 3  # a figure that both set, and the units of each
    assert "县民政局" in text_of(view.main)


def test_what_cannot_be_asked_is_said_in_words(comparing: Comparing) -> None:
    view = comparing.compare("长" * (MAX_QUESTION + 1), (), "zh")
    assert str(MAX_QUESTION + 1) in text_of(view.main)
    assert "tw-error" in view.main


def test_what_the_browser_sends_may_not_exist(comparing: Comparing) -> None:
    view = comparing.compare(f"{ACTION}建设社区老年食堂", (), "zh")
    for data in ({}, {"turn": "9", "n": "1"}, {"turn": "²", "n": "x"}, {"plan": EVIL}):
        assert comparing.select(view.compared, "zh", view.shown, data).shown == view.shown
    assert comparing.offered({"matter": EVIL}, ()) == ""
    assert comparing.offered({}, ()) == ""


def test_everything_is_escaped(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> None:
    comparing = Comparing(site_of(make_index, tiny, tmp_path, ODD, SECOND))
    for matter in (EVIL, f"{ACTION}{EVIL}", f"{FIGURE}{EVIL}", ""):
        view = comparing.compare(matter, (), "zh")
        assert not tags(view.main + view.side) & {"img", "script"}


# -- the table ------------------------------------------------------------------------------


def test_a_plan_that_says_nothing_has_a_cell_that_says_so(comparing: Comparing) -> None:
    plans, _ = comparing.plans(())
    row = Row("yunxi", "云溪县", "", "有 [1]", "answered", (1,))
    name = plans[1].place
    told = [Turn("问", answer(f"云溪县：有 [1]\n未提及：{name}", row))]
    html = sides.table(plans, told, ["怎么写"], "zh", NOTHING)
    assert html.count('<th scope="row">') == 2
    assert WORDS["zh"]["not_mentioned"] in text_of(html[html.index(f'row">{name}') :])
    silent = [Turn("问", answer("云溪县：有 [1]", row))]  # not asked: nothing is claimed of it
    html = sides.table(plans, silent, ["怎么写"], "zh", NOTHING)
    assert html.count('<th scope="row">') == 1
    assert WORDS["zh"]["not_mentioned"] not in text_of(html)


def test_what_headings_or_phrases_show_is_never_called_unmentioned(comparing: Comparing) -> None:
    plans, _ = comparing.plans(())
    row = Row("yunxi", "云溪县", "", "有 [1]", "answered", (1,))
    told = [Turn("问", answer(f"云溪县：有 [1]\n未提及：{plans[1].place}", row))]
    own = {"baisha": "<button>占比超过60%</button>", "yunxi": "<button>不用</button>"}
    html = sides.table(plans, told, ["怎么写"], "zh", NOTHING, instead=own)
    assert "占比超过60%" in html
    assert "不用" not in html
    assert "未提及" not in text_of(html)
    assert WORDS["zh"]["compare_by_words"] in html


def test_a_refusal_among_rows_looks_like_one(comparing: Comparing) -> None:
    plans, _ = comparing.plans(())
    rows = (
        Row("yunxi", "云溪县", "", "有 [1]", "answered", (1,)),
        Row("baisha", "白沙市", "", "方案未提及", "not_mentioned", ()),
    )
    html = sides.table(plans, [Turn("问", answer("答", *rows))], ["怎么写"], "en", NOTHING)
    assert html.count("tw-mute") == 1
    assert html.count("tw-silent") == 1


def test_an_answer_without_a_table_is_shown_whole(comparing: Comparing) -> None:
    plans, _ = comparing.plans(())
    outside = replace(answer("不在收录范围"), status="out_of_scope", citations=())
    html = sides.table(plans, [Turn("问", outside)], ["怎么写"], "zh", NOTHING)
    assert "<table" not in html
    assert "tw-out_of_scope" in html
    alone = sides.table(plans[:1], [Turn("问", answer("有 [1]"))], ["怎么写"], "zh", NOTHING)
    assert alone.count('<th scope="row">') == 1
    assert 'data-n="1"' in alone


# -- bars -----------------------------------------------------------------------------------


def test_bars_are_a_table_that_says_all_they_show() -> None:
    rows = [
        Bar("甲局", ((3.0, "lead"), (1.0, "other")), "4项 · 牵头3项"),
        Bar("乙局", ((0.0, "lead"), (2.0, "other")), "2项", plan="p", clause="p:1"),
    ]
    html = bars("任务", ("单位", "任务数"), rows)
    assert re.findall(r"width:([\d.]+)%", html) == ["75.00", "25.00", "50.00"]
    assert html.count('<th scope="col">') == 2
    assert re.findall('tw-told">([^<]+)<', html) == ["4项 · 牵头3项", "2项"]
    assert html.count("<button") == 1
    assert "width" not in bars("", ("", ""), [Bar("甲", (), "无")])


# -- in a browser ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.model
def test_a_figure_and_a_written_matter(page: Any) -> None:
    open_tab(page, "比较")
    page.locator("[data-matter]").first.click()
    page.locator("#tw-compare-main .tw-sides").wait_for()
    page.locator("#tw-compare-main .tw-n").nth(1).click()
    page.locator('#tw-compare-main .tw-n[data-n="2"][aria-current]').wait_for()
    assert page.locator("#tw-compare-side mark").is_visible()
    page.locator("#tw-matter input").fill("科普大篷车")
    page.locator("#tw-matter input").press("Enter")
    page.locator("#tw-compare-main h2", has_text="科普大篷车").wait_for()
    assert page.locator("#tw-compare-main .tw-mute").count()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_text("English", exact=True).click()
    page.get_by_role("tab", name="Compare").wait_for()
    page.get_by_text(WORDS["en"]["compare_back"]).click()
    page.get_by_text(WORDS["en"]["compare_figures"]).wait_for()
