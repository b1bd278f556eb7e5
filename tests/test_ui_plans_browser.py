"""The Plans page in a real browser: reading, adding by upload and asking at once, removing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.web.words import WORDS
from tests.browser import ROOT, ask, go, serving, visiting
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER
from tests.made_files import docx, para

ZH = WORDS["zh"]
NAME = "<img src=x onerror=alert(1)>方案.docx"
TITLE = "青石县全民科学素质行动实施方案（2021—2025年）"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The pages over a copy of the project's plans, which may be changed, and its folder."""
    folder = tmp_path_factory.mktemp("plans")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copytree(ROOT / "index" / "built", folder / "index")
    own = {"TIAOWEN_CORPUS": str(folder / "corpus"), "TIAOWEN_INDEX": str(folder / "index")}
    with serving(folder, **own) as address:
        yield address, folder


@pytest.fixture
def page(browser: Any, shop: tuple[str, Path]) -> Iterator[Any]:
    """The Plans page."""
    with visiting(browser, shop[0]) as page:
        go(page, ZH["tab_plans"])
        page.locator(".tw-shelf").wait_for()
        yield page


def open_plan(page: Any, part: str) -> None:
    """Opens a plan of the list by a part of its row."""
    page.locator("#tw-shelf tbody tr", has_text=part).first.click()
    page.locator(".tw-leafing").wait_for()


def bring(page: Any, *files: Path) -> None:
    """Goes to where plans are taken in, and brings files."""
    page.get_by_role("button", name=ZH["take_in"]).click()
    page.set_input_files(".tw-drop input", [str(f) for f in files])
    page.locator(".tw-brought").nth(len(files) - 1).wait_for(timeout=30_000)


@pytest.mark.slow
@pytest.mark.model
def test_a_plan_is_found_opened_and_walked(page: Any) -> None:
    page.locator("#tw-find input").press_sequentially("xiangtan")
    page.wait_for_function("document.querySelectorAll('#tw-shelf tbody tr').length === 1")
    open_plan(page, "xiangtan")
    here = page.locator(".tw-words[aria-current]")
    leaf = page.locator("#tw-book-outline .tw-leaf[aria-current]")
    leaf.wait_for()
    seen = [here.get_attribute("data-block")]
    for _ in range(6):  # over the end of a page
        page.locator(".tw-turn-to[data-by='1']").first.click()
        page.wait_for_function(
            "old => document.querySelector('.tw-words[aria-current]').dataset.block !== old",
            arg=seen[-1],
        )
        seen.append(here.get_attribute("data-block"))
        assert leaf.get_attribute("data-clause") == seen[-1]
        assert page.evaluate("document.activeElement.dataset.by") == "1"
    assert len(set(seen)) == len(seen)
    page.locator("#tw-book-outline .tw-leaf", has_text="信息化").first.click()
    page.locator(".tw-words[aria-current]", has_text="信息化").wait_for()
    assert here.bounding_box()["y"] < 800
    assert page.locator(".tw-beside dt", has_text="牵头单位").count()


@pytest.mark.slow
@pytest.mark.model
def test_a_docx_is_looked_at_corrected_added_asked_and_removed(
    page: Any, shop: tuple[str, Path], tmp_path: Path
) -> None:
    corpus = shop[1] / "corpus"
    file = tmp_path / NAME
    file.write_bytes(docx("".join(para(line) for line in SYNTHETIC.splitlines())))
    bring(page, file)
    card = page.locator(".tw-brought")
    assert NAME in card.inner_text()
    assert card.locator("[name=title]").input_value() == TITLE
    assert not page.locator(".tw-intake img").count()
    before = sorted(p.name for p in corpus.iterdir())
    card.locator("[name=number]").fill("青政发〔2022〕3号")
    assert sorted(p.name for p in corpus.iterdir()) == before
    card.get_by_role("button", name=ZH["add_one"]).click()
    card.locator(".tw-is-added").wait_for(timeout=60_000)
    (new,) = {p.name for p in corpus.iterdir()} - {*before}
    assert new == "_img src=x onerror=alert(1)_方案.docx"
    card.get_by_role("button", name=ZH["open_plan"]).click()
    page.locator("#tw-book-head h2", has_text=TITLE).wait_for()
    assert "青政发〔2022〕3号" in page.locator("#tw-book-head").inner_text()
    page.get_by_role("button", name=ZH["ask_plan"]).click()
    page.locator("#tw-question textarea").wait_for()
    page.locator("#tw-plans .token", has_text="青石县").wait_for()
    answer = ask(page, "实施智慧助老由谁牵头？")
    assert "县民政局" in answer.inner_text()
    go(page, ZH["tab_plans"])
    page.get_by_role("button", name=ZH["remove"], exact=True).click()
    page.get_by_role("button", name=ZH["remove_yes"], exact=True).click()
    assert (corpus / new).exists()
    page.get_by_role("button", name=ZH["remove_now"]).click()
    page.locator(".tw-good-news", has_text=TITLE).wait_for(timeout=60_000)
    assert not (corpus / new).exists()
    go(page, ZH["tab_ask"])
    page.wait_for_timeout(500)
    assert not page.locator("#tw-plans .token").count()


@pytest.mark.slow
@pytest.mark.model
def test_bad_files_are_told_and_a_name_that_is_held_is_replaced_when_ticked(
    page: Any, shop: tuple[str, Path], tmp_path: Path
) -> None:
    corpus = shop[1] / "corpus"
    (tmp_path / "空.txt").touch()
    (tmp_path / "旧.doc").write_bytes(b"x")
    (tmp_path / "图.pdf").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "lezhi.txt").write_text(SYNTHETIC_OTHER, "utf-8")
    bring(page, *(tmp_path / n for n in ("空.txt", "旧.doc", "图.pdf", "lezhi.txt")))
    told = page.locator(".tw-brought-bad .tw-trouble")
    assert told.count() == 3
    assert all(line.startswith("没有收录") for line in told.all_inner_texts())
    before = (corpus / "lezhi.txt").read_bytes()
    card = page.locator(".tw-brought", has_text="lezhi.txt")
    card.get_by_role("button", name=ZH["add_one"]).click()
    card.get_by_text(ZH["replace_first"].format(name="lezhi.txt")).wait_for()
    assert (corpus / "lezhi.txt").read_bytes() == before
    card.locator("[name=replace]").check()
    card.get_by_role("button", name=ZH["add_one"]).click()
    card.locator(".tw-is-added").wait_for(timeout=60_000)
    assert (corpus / "lezhi.txt").read_text("utf-8") == SYNTHETIC_OTHER


@pytest.mark.slow
@pytest.mark.model
def test_both_languages_and_a_phone(page: Any, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_text("English", exact=True).click()
    page.get_by_role("button", name=WORDS["en"]["take_in"]).wait_for()
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 390
    open_plan(page, "huaiyin")
    assert page.evaluate(width) <= 390
    page.get_by_role("button", name=WORDS["en"]["to_shelf"]).click()
    (tmp_path / "新.txt").write_text(SYNTHETIC, "utf-8")
    page.get_by_role("button", name=WORDS["en"]["take_in"]).click()
    page.set_input_files(".tw-drop input", str(tmp_path / "新.txt"))
    page.get_by_text(WORDS["en"]["what_was_read"]).wait_for()
    assert page.evaluate(width) <= 390


@pytest.mark.slow
@pytest.mark.model
def test_readers_of_a_read_only_house_find_no_buttons(browser: Any, tmp_path: Path) -> None:
    with (
        serving(tmp_path, TIAOWEN_READONLY="1") as address,
        visiting(browser, address) as page,
    ):
        go(page, ZH["tab_plans"])
        open_plan(page, "huaiyin")
        assert page.get_by_role("button", name=ZH["ask_plan"]).count()
        assert not page.get_by_role("button", name=ZH["remove"], exact=True).count()
        page.locator("[data-act=shelf]").click()
        page.locator(".tw-shelf").wait_for()
        assert not page.get_by_role("button", name=ZH["take_in"]).count()


@pytest.mark.slow
@pytest.mark.model
def test_only_the_keeper_finds_the_buttons(browser: Any, tmp_path: Path) -> None:
    with serving(tmp_path, TIAOWEN_AUTH="chen:geheim,li:offen") as address:
        for name, password, keeper in (("li", "offen", False), ("chen", "geheim", True)):
            context = browser.new_context(locale="zh-CN")
            page = context.new_page()
            page.goto(address)
            page.locator("input").first.fill(name)
            page.locator("input[type=password]").fill(password)
            page.get_by_role("button", name="登录").click()
            page.wait_for_selector(".tw-example", timeout=60_000)
            go(page, ZH["tab_plans"])
            open_plan(page, "huaiyin")
            remove = page.get_by_role("button", name=ZH["remove"], exact=True)
            assert remove.count() == keeper
            page.locator("[data-act=shelf]").click()
            page.locator(".tw-shelf").wait_for()
            assert page.get_by_role("button", name=ZH["take_in"]).count() == keeper
            context.close()


@pytest.mark.slow
@pytest.mark.model
def test_a_question_to_remove_takes_the_focus(page: Any) -> None:
    open_plan(page, "huaiyin")
    focused = "document.activeElement.dataset.act"
    page.locator("[data-act=leave]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"{focused} === 'leave_yes'")
    page.keyboard.press("Enter")
    page.wait_for_function(f"{focused} === 'stay'")  # the way out, so that two Enters do no harm


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_that_axe_finds_wrong_on_the_plans_page(
    browser: Any, shop: tuple[str, Path], tmp_path: Path, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")

    def wrong() -> list[Any]:
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
        return [
            (v["id"], [n["html"][:160] for n in v["nodes"]][:3])
            for v in found.response["violations"]
        ]

    (tmp_path / "新.txt").write_text(SYNTHETIC, "utf-8")
    with visiting(browser, f"{shop[0]}/?__theme={scheme}") as page:
        go(page, ZH["tab_plans"])
        page.locator(".tw-shelf").wait_for()
        assert wrong() == []
        open_plan(page, "huaiyin")
        page.get_by_role("button", name=ZH["remove"], exact=True).click()
        page.locator(".tw-asking").wait_for()
        assert wrong() == []
        page.locator("[data-act=shelf]").click()
        bring(page, tmp_path / "新.txt")
        assert wrong() == []
