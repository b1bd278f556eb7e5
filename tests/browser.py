"""A real server over a real index, and a real browser before it, for the tests of the pages.

Pages fail their test where anything outside 127.0.0.1 is asked for, or a script fails.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
START_S = 240  # the first start may build the index


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[str]:
    """The address of the pages, served by a process of its own with these settings.

    What readers say is kept in `folder`. Fails where the server says anything of an error.
    """
    pytest.importorskip("gradio", reason="gradio is not installed")
    port, log = free_port(), folder / "log"
    own = {"TIAOWEN_PORT": str(port), "TIAOWEN_FEEDBACK": str(folder / "feedback.sqlite")}
    # an office's proxy must not come between the pages and themselves
    environment = os.environ | own | {"http_proxy": "http://127.0.0.1:9"} | settings
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "ui.py")], env=environment, cwd=ROOT, stdout=out, stderr=out
        )
        try:
            deadline = time.monotonic() + START_S
            while b"http://" not in log.read_bytes():
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"the pages did not start: {log.read_text(encoding='utf-8')}")
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)
    said = log.read_text(encoding="utf-8")
    assert not re.search(r"Traceback|Warning|Error", said), said


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages over the project's own plans."""
    with serving(tmp_path_factory.mktemp("ui")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; the test is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium; install it: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@contextmanager
def visiting(browser: Any, address: str, **settings: Any) -> Iterator[Any]:
    """The pages in a browser session of their own."""
    settings = {"viewport": {"width": 1280, "height": 800}, "locale": "zh-CN"} | settings
    context = browser.new_context(**settings)
    asked: list[str] = []
    troubles: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    try:
        page.goto(address)
        page.wait_for_selector(".tw-example", timeout=60_000)
        yield page
    finally:
        context.close()
    away = [u for u in asked if urlsplit(u).scheme not in ("data", "blob", "about")]
    assert {urlsplit(u).hostname for u in away} == {"127.0.0.1"}
    assert not troubles


@pytest.fixture
def page(browser: Any, server: str) -> Iterator[Any]:
    """The pages over the project's own plans in a fresh session."""
    with visiting(browser, server) as page:
        yield page


def ask(page: Any, question: str) -> Any:
    """Asks and waits for the answer; returns its card."""
    before = page.locator(".tw-card").count()
    page.fill("#tw-question textarea", question)
    page.press("#tw-question textarea", "Enter")
    page.locator(".tw-card").nth(before).wait_for(timeout=60_000)
    return page.locator(".tw-card").nth(before)


def go(page: Any, tab: str) -> None:
    """Opens a tab by its name."""
    page.get_by_role("tab", name=tab, exact=True).click()
    page.wait_for_timeout(200)


def place_of(name: str) -> str:
    """The place of one of the project's own plans."""
    with (ROOT / "corpus" / "manifest.toml").open("rb") as file:
        return str(next(p["place"] for p in tomllib.load(file)["plan"] if p["id"] == name))
