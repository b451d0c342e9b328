"""A real browser for the journeys: Debian's chromium, a fresh context for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tools.browser import COMMAND, launch, needed

DESK, PHONE = (1280, 900), (375, 812)
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; the test is skipped, with the command to run, where there is none."""
    absent = needed()
    if absent:
        pytest.skip(f"缺少 {'、'.join(absent)}；请以 root 运行：{COMMAND}")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def browser_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Make pages of the live server: ``browser_page(size=PHONE)``.

    A script error, or anything the Content-Security-Policy refused, fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A 404 on purpose is reported here as well: the test itself asserts the status it wants.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def make(size: tuple[int, int] = DESK, **options: object) -> Page:
        width, height = size
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            **options,  # type: ignore[arg-type]  # playwright's own options, passed on as they are
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(browser_page: OpenPage) -> Page:
    """One page at desk width."""
    return browser_page()
