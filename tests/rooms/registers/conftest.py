"""A public folder of one's own for each test, and the bureau's day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gongkai.audit import clock
from tests.rooms.publication.conftest import public

__all__ = ["public"]


@pytest.fixture(autouse=True)
def an_ordinary_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 10, 11, 2, tzinfo=UTC))
