"""The Tasks page: filters, table, matrix, files; and once in a real browser."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index.errors import InputError
from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.assistant import Assistant
from rag.tasks.choose import NothingChosen
from rag.web import style, style_sheets, task_table
from rag.web.tasking import FORMS, NOTHING, Beside, Tasking, Wanted, meant, unit_counts
from rag.web.words import WORDS
from tests.browser import place_of
from tests.conftest import TinyEncoder, read_plan
from tests.test_across_actions import FIRST, SECOND
from tests.test_ui import EVIL, tags

Make = Callable[[list[tuple[Plan, Reading]]], Index]
ODD = FIRST.replace("发放老年助餐券", f"发放{EVIL}券").replace("县财政局", "县<i>局")


def site_of(make_index: Make, tiny: TinyEncoder, folder: Path, *texts: str) -> Any:
    names = ("yunxi", "baisha")
    read = [read_plan(text, folder, name) for text, name in zip(texts, names, strict=False)]
    assistant = Assistant(make_index(read), tiny)
    plans = {plan.id: plan for plan, _ in read}
    cards = assistant.index.held_index().cards
    return SimpleNamespace(assistant=assistant, plans=plans, cards=cards, serving="gen-1")


@pytest.fixture
def site(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> Any:
    return site_of(make_index, tiny, tmp_path, FIRST, SECOND)


@pytest.fixture
def tasking(site: Any) -> Tasking:
    return Tasking(site)


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


# -- the list -------------------------------------------------------------------------------


def test_every_task_has_a_button_that_opens_its_clause(tasking: Tasking) -> None:
    html = tasking.table(Wanted(), "zh")
    opened = re.findall(r'class="tw-go" data-plan="(\w+)" data-clause="([^"]+)"', html)
    assert opened == [(r.plan, r.task.clause) for r in tasking.rows(Wanted())]
    beside = tasking.select({"plan": opened[0][0], "clause": opened[0][1]}, NOTHING)
    assert "建成社区老年食堂20个" in text_of(tasking.beside(beside, "zh"))
    assert html.count("aria-current") == 0
    assert tasking.table(Wanted(), "zh", beside).count('aria-current="true"') == 1


def test_a_clause_that_does_not_exist_changes_nothing(tasking: Tasking) -> None:
    before = Beside("yunxi", "x")
    for data in ({}, {"plan": "yunxi", "clause": "gone"}, {"plan": EVIL, "clause": EVIL}):
        assert tasking.select(data, before) == before
    assert WORDS["en"]["tasks_beside"] in text_of(tasking.beside(before, "en"))


def test_filters_and_counts(tasking: Tasking) -> None:
    html = tasking.table(Wanted(unit="民政局"), "zh")
    counts = re.findall(r"<b>(\d+)</b><span>([^<]+)</span>", html)
    assert ("2", "项任务") in counts
    assert ("1", "项列为牵头单位") in counts
    assert ("1", "项列为责任单位") in counts
    assert re.findall("<mark>(.*?)</mark>", html) == ["县民政局", "市民政局"]
    assert [r.plan for r in tasking.rows(Wanted(plans=("baisha",)))] == ["baisha", "baisha"]
    assert [r.place for r in tasking.rows(Wanted(roles=("lead",), plans=("baisha",)))]
    assert tasking.rows(Wanted(unit="Civil Affairs Bureau"))


def test_who_does_not_lead_is_said(tasking: Tasking) -> None:
    html = tasking.table(Wanted(unit="财政局"), "zh")
    assert WORDS["zh"]["tasks_no_lead"] in text_of(html)
    assert WORDS["zh"]["tasks_targets"] not in text_of(html)  # no row has a figure


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("wanted", "kind", "value"),
    [
        (Wanted(unit="县民族局"), "unit", "县民政局"),
        (Wanted(unit="财政局", roles=("lead",)), "role", "responsible"),
        (Wanted(roles=("guide",)), "role", "lead"),
        (Wanted(group="外星人"), "group", ""),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    tasking: Tasking, wanted: Wanted, kind: str, value: str, lang: Any
) -> None:
    html = tasking.table(wanted, lang)
    assert "tw-not_mentioned" in html
    assert f'data-{kind}="{value}' in html
    assert 'data-clear="1"' in html
    assert "no unit" not in html if lang == "zh" else "没有" not in html.partition("<p class")[0]
    with pytest.raises(NothingChosen):
        tasking.rows(wanted)


def test_everything_is_escaped(make_index: Make, tiny: TinyEncoder, tmp_path: Path) -> None:
    tasking = Tasking(site_of(make_index, tiny, tmp_path, ODD, SECOND))
    html = tasking.table(Wanted(), "zh") + tasking.table(Wanted(view="matrix"), "zh")
    html += tasking.table(Wanted(unit=EVIL), "zh") + tasking.table(Wanted(group=EVIL), "en")
    assert not tags(html) & {"img", "script"}
    assert "<i>局" not in html
    assert "&lt;img src=x" in html


def test_a_long_list_says_what_it_leaves_out(tasking: Tasking) -> None:
    rows = tasking.rows(Wanted()) * 100
    html = task_table.table(rows, "zh", ("", ""), meant(""))
    assert html.count("tw-go") == task_table.SHOWN_ROWS
    assert f"另有{len(rows) - task_table.SHOWN_ROWS}项" in html


def test_units_and_groups_to_choose_from(tasking: Tasking) -> None:
    assert set(tasking.units(["baisha"])) == {"市民政局", "市文旅局"}
    assert tasking.groups([]) == ["残疾人"]
    assert tasking.groups(["baisha"]) == []


@pytest.mark.parametrize("form", FORMS)
def test_files_hold_the_rows_and_are_named_by_what_was_asked(tasking: Tasking, form: str) -> None:
    name, data = tasking.file(Wanted(unit="民政局"), form)
    assert name == f"任务分解表（民政局）.{form}"
    if form == "csv":
        assert data.decode("utf-8-sig").count("民政局") >= 2
    elif form == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        assert "县民政局" in {str(c.value) for row in page.iter_rows() for c in row}
    else:
        docx = pytest.importorskip("docx")
        cells = docx.Document(io.BytesIO(data)).tables[0]._cells
        assert "县民政局" in {c.text for c in cells}
    with pytest.raises(InputError):
        tasking.file(Wanted(), "exe")


def test_a_file_name_holds_no_path(tasking: Tasking) -> None:
    name, _ = tasking.file(Wanted(unit="民政局", plans=("../../x",)), "csv")
    assert "/" not in name


# -- the matrix -----------------------------------------------------------------------------


def test_the_matrix_has_who_leads_by_action_and_place(tasking: Tasking) -> None:
    html = tasking.table(Wanted(view="matrix"), "zh")
    table = html[: html.index("</table>")]
    assert re.findall(r'<th scope="col">([^<]+)</th>', table)[0] == WORDS["zh"]["matrix_action"]
    rows = [text_of(r) for r in re.findall("<tr>(.*?)</tr>", table)[1:]]
    assert len(rows) == 2
    assert "老年食堂" in rows[1]
    assert "县民政局" in rows[1]
    assert "未指明牵头" in rows[1]
    assert "责任单位：市民政局" in rows[1]
    assert WORDS["zh"]["matrix_items"] in rows[0]
    assert 'data-action="老年助餐服务行动"' in table
    alone = text_of(html[html.index("tw-alone") :])
    assert "家庭适老化改造工程" in alone
    assert "康养旅游培育" in alone


def test_one_plan_has_a_matrix_of_all_its_actions(tasking: Tasking) -> None:
    html = tasking.table(Wanted(view="matrix", plans=("yunxi",)), "en")
    assert html.count('class="tw-cell"') == 4
    assert "tw-alone" not in html


def test_an_index_that_changed_is_read_again(site: Any) -> None:
    tasking = Tasking(site)
    before = len(tasking.rows(Wanted()))
    del site.plans["baisha"]
    site.serving = "gen-2"
    assert len(tasking.rows(Wanted())) < before


def test_of_many_plans_those_that_share_actions_stand_side_by_side(site: Any) -> None:
    lonely = {f"a{n}": replace(site.plans["yunxi"], id=f"a{n}", clauses=()) for n in range(12)}
    site.plans = lonely | site.plans
    site.assistant = SimpleNamespace(
        index=SimpleNamespace(readings=dict.fromkeys(site.plans, None))
    )
    html = Tasking(site).table(Wanted(view="matrix"), "zh")
    assert re.findall(r'<th scope="col">([^<]+)</th>', html)[1:] == [
        site.plans["yunxi"].name, site.plans["baisha"].name,
    ]  # fmt: skip
    assert "另有12份" in html


# -- counting -------------------------------------------------------------------------------


def test_a_body_leads_or_is_otherwise_named_once_a_task(
    make_index: Make, tiny: TinyEncoder, tmp_path: Path
) -> None:
    text = (
        "青石县方案\n一、任务\n1.甲事。（牵头单位：县民政局；责任单位：民政局、县财政局）\n"
        "2.乙事。（责任单位：县民政局）\n"
    )
    tasking = Tasking(site_of(make_index, tiny, tmp_path, text))
    assert unit_counts(tasking.rows(Wanted())) == [("县民政局", 1, 1), ("县财政局", 0, 1)]


def test_the_style_fetches_nothing() -> None:
    assert style_sheets.SHEETS in style.CSS
    everything = style_sheets.SHEETS + style_sheets.PICK + style_sheets.SHOW
    assert not re.search(r"url\(|@import|https?:", everything)


# -- in a browser ---------------------------------------------------------------------------


def open_tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


@pytest.mark.slow
@pytest.mark.model
def test_a_unit_is_filtered_remembered_and_downloaded(page: Any) -> None:
    open_tab(page, "任务")
    page.locator("#tw-unit input").fill("县海事局")
    page.locator("#tw-unit input").press("Enter")
    page.locator("#tw-task-table .tw-not_mentioned").wait_for()
    page.locator("#tw-unit input").fill("卫健局")
    page.locator("#tw-unit input").press("Enter")
    page.locator("#tw-task-table mark").first.wait_for()
    row = page.locator("#tw-task-table tbody tr", has_text="智慧助老").first
    row.locator(".tw-go").click()
    page.locator("#tw-task-side .tw-text", has_text="智慧助老").wait_for()
    with page.expect_download() as download:
        page.locator("#tw-save-xlsx").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.locator("#tw-keep").click()
    page.get_by_text("本单位清单：卫健局").wait_for()
    page.reload()
    page.wait_for_selector(".tw-example")
    open_tab(page, "任务")
    page.get_by_text("本单位清单：卫健局").click()
    page.locator("#tw-task-table mark").first.wait_for()


@pytest.mark.slow
@pytest.mark.model
def test_from_the_matrix_to_a_comparison(page: Any) -> None:
    open_tab(page, "任务")
    page.get_by_text("矩阵", exact=True).click()
    cells = page.locator("#tw-task-table .tw-cell")
    cells.nth(1).click()
    page.locator("#tw-task-side .tw-read").wait_for()
    assert page.locator("#tw-task-table thead th").nth(1).inner_text() == place_of("huaiyin")
    page.locator("[data-action]").first.click()
    page.locator("#tw-compare-main .tw-sides").wait_for()
    assert page.locator("#tw-compare-side mark").count()
    assert page.locator("#tw-compare-main .tw-sides tbody tr").count() == 5
