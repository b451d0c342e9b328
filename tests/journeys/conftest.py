"""A real browser against a real server: Debian's chromium, driven through Playwright."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
# Nothing but the pages under test: no sandbox for root in a container, no calls home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE, DESK = (390, 844), (1280, 800)

OpenPage = Callable[[tuple[int, int]], Page]


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("没有 /usr/bin/chromium：请以 root 运行 apt-get install chromium fonts-noto-cjk")
    # Playwright keeps an event loop in this thread; Django would refuse the database because of it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            yield browser
            browser.close()


@pytest.fixture
def browser_page(_browser: Browser) -> Iterator[OpenPage]:
    """Open a fresh page of a size, ``browser_page(PHONE)``; its cookies end with the test."""
    contexts = []

    def open_page(size: tuple[int, int] = DESK) -> Page:
        width, height = size
        context = _browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
