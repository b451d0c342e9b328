"""The season of returns begins and ends on the county's own days."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.rules import Rules
from gongkai.returns.season import period_asked_for, year_in_view


@pytest.mark.parametrize(
    ("on", "asked", "seen"),
    [
        (date(2024, 11, 30), None, 2024),
        (date(2024, 12, 1), 2024, 2024),
        (date(2025, 1, 1), 2024, 2024),
        (date(2025, 3, 31), 2024, 2024),
        (date(2025, 4, 1), None, 2025),
    ],
)
def test_the_year_follows_the_season(on: date, asked: int | None, seen: int) -> None:
    """条例第四十九条：十二月一日开始报送，到政府年报截止日为止看上一年；起止日是参数。"""
    rules = Rules.national(on)
    assert (period_asked_for(rules), year_in_view(rules)) == (asked, seen)
