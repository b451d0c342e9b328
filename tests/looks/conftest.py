"""The browser of the journeys."""

from __future__ import annotations

from tests.journeys.conftest import browser, browser_page, page

__all__ = ["browser", "browser_page", "page"]
