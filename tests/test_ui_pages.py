"""All pages alike: nothing that axe finds wrong, none too wide for a phone, pictures of them.

The pictures go to a folder of the test run; `make pictures` puts them into docs/, where the README
shows four of them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rag.web.words import WORDS
from tests.browser import ask, go, place_of, visiting

TABS = ("ask", "plans", "tasks", "compare", "evaluate", "feedback")
SETTLED_MS = 1500
LEAST_BYTES = 20_000  # of a picture with anything on it; an empty page has some 6,000


def settled(page: Any, tab: str) -> None:
    """The page of a tab, once what it loads is there."""
    go(page, WORDS["zh"][f"tab_{tab}"])
    page.wait_for_timeout(SETTLED_MS)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_that_axe_finds_wrong_on_any_page(browser: Any, server: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    wrong = {}
    with visiting(browser, f"{server}/?__theme={scheme}") as page:
        for tab in TABS[1:]:
            settled(page, tab)
            found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
            told = [
                (v["id"], [n["html"][:400] for n in v["nodes"]][:3])
                for v in found.response["violations"]
            ]
            if told:
                wrong[tab] = told
    assert not wrong


@pytest.mark.slow
@pytest.mark.model
def test_no_page_scrolls_sideways_on_a_phone(browser: Any, server: str) -> None:
    wide = {}
    with visiting(browser, server, viewport={"width": 390, "height": 800}) as page:
        for tab in TABS:
            settled(page, tab)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 390:
                wide[tab] = width
    assert not wide


@pytest.mark.slow
@pytest.mark.model
def test_the_tabs_are_reached_and_named_by_the_keyboard_alone(page: Any) -> None:
    first = page.get_by_role("tab", name=WORDS["zh"]["tab_ask"], exact=True)
    first.focus()
    seen = []
    for _ in TABS:
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
        page.keyboard.press("Tab")
    assert seen == [WORDS["zh"][f"tab_{tab}"] for tab in TABS]
    first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#tw-shelf tbody tr").first.wait_for()


@pytest.mark.slow
@pytest.mark.model
def test_pictures_of_the_main_states(browser: Any, server: str, tmp_path: Path) -> None:
    folder = Path(os.environ.get("TIAOWEN_PICTURES") or tmp_path)
    with visiting(browser, server, viewport={"width": 1280, "height": 800}) as page:

        def take(name: str) -> None:
            page.mouse.move(0, 0)
            page.screenshot(path=folder / f"{name}.png")
            assert (folder / f"{name}.png").stat().st_size > LEAST_BYTES

        ask(page, "智慧助老，哪几个地方写明了牵头单位")
        page.wait_for_timeout(SETTLED_MS)
        take("screenshot")
        settled(page, "plans")
        page.locator("#tw-shelf tbody tr").nth(1).click()
        page.wait_for_timeout(SETTLED_MS)
        page.get_by_role("button", name="（五）开展老年人科学素质提升行动").first.click()
        page.wait_for_timeout(SETTLED_MS)
        take("screenshot-plan")
        settled(page, "tasks")
        page.get_by_text(WORDS["zh"]["tasks_matrix"], exact=True).click()
        page.wait_for_timeout(SETTLED_MS)
        take("screenshot-matrix")
        settled(page, "compare")
        take("screenshot-compare")
    with visiting(
        browser, f"{server}/?__theme=dark", viewport={"width": 390, "height": 800}
    ) as page:
        ask(page, f"{place_of('lezhi')}智慧助老由谁牵头")
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=folder / "screenshot-phone.png")
