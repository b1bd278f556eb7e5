"""The Ask page in a real browser: asking, sources, follow-ups, files, feedback, two at once."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from rag.web.words import WORDS
from tests.browser import ROOT, ask
from tests.test_ui import EVIL


def place_of(name: str) -> str:
    import tomllib

    with (ROOT / "corpus" / "manifest.toml").open("rb") as file:
        return str(next(p["place"] for p in tomllib.load(file)["plan"] if p["id"] == name))


@pytest.mark.slow
@pytest.mark.model
def test_asking_in_chinese_shows_answer_citation_and_mark(page: Any) -> None:
    card = ask(page, f"{place_of('lezhi')}智慧助老由谁牵头？")
    assert "tw-answered" in card.get_attribute("class")
    assert "县卫健局" in card.inner_text()
    assert "县卫健局" in page.locator("#tw-panel mark").inner_text()
    assert page.locator("#tw-panel mark").is_visible()
    assert "智慧助老" in page.locator(".tw-path").inner_text()
    first = page.locator("#tw-panel mark").inner_text()
    card.locator(".tw-n").nth(1).click()
    page.locator('.tw-n[data-n="2"][aria-current]').wait_for()
    assert page.locator("#tw-panel mark").inner_text() != first
    page.locator(".tw-step").first.click()
    page.locator('.tw-n[data-n="1"][aria-current]').wait_for()
    assert page.locator("#tw-panel mark").inner_text() == first


@pytest.mark.slow
@pytest.mark.model
def test_asking_in_english_after_the_switch(page: Any) -> None:
    page.get_by_text("English", exact=True).click()
    page.get_by_text(WORDS["en"]["tagline"]).wait_for()
    card = ask(page, "who leads the elderly smart-assistance action in Lezhi")
    assert WORDS["en"]["answered"] in card.inner_text()
    assert "县卫健局" in page.locator("#tw-panel mark").inner_text()
    page.get_by_role("button", name=WORDS["en"]["new"]).click()
    page.wait_for_selector(".tw-example")
    assert not page.locator(".tw-card").count()


@pytest.mark.slow
@pytest.mark.model
def test_examples_filter_and_markup_in_a_question(page: Any) -> None:
    page.locator(".tw-example").first.click()
    page.locator(".tw-answered").wait_for(timeout=60_000)
    page.locator("#tw-plans input").click()
    page.get_by_role("option", name=place_of("huaiyin")).click()
    ask(page, "2025年公民具备科学素质的比例是多少？")
    assert set(page.locator(".tw-sources .tw-where b").all_inner_texts()) == {place_of("huaiyin")}
    ask(page, EVIL)
    assert EVIL in page.locator(".tw-asked").last.inner_text()
    assert not page.locator("#tw-chat img").count()


@pytest.mark.slow
@pytest.mark.model
def test_it_fits_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    card = ask(page, f"{place_of('lezhi')}智慧助老由谁牵头？")
    card.locator(".tw-n").first.click()
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#tw-panel mark").bounding_box()["y"] < 800


@pytest.mark.slow
def test_it_listens_on_this_machine_only(server: str) -> None:
    with urlopen(server, timeout=20) as reply:
        assert reply.status == 200
    other = socket.gethostbyname(socket.gethostname())
    if other.startswith("127."):
        pytest.skip("this machine has no other address to try")
    with socket.socket() as s:
        s.settimeout(2)
        assert s.connect_ex((other, urlsplit(server).port)) != 0
