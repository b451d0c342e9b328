"""The office whose people every journey follows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django.live_server_helper import LiveServer

from gongkai.audit import clock
from tests.journeys.browsing import OpenPage
from tests.looks.ahead import Ahead
from tests.looks.officers import Office, make_office

MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.fixture
def office(
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    browser_page: OpenPage,
    live_server: LiveServer,
) -> Office:
    ahead = Ahead(MORNING)
    monkeypatch.setattr(clock, "now", ahead.now)
    return make_office(ahead, browser_page, live_server.url)
