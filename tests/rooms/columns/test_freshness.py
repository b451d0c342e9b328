"""Freshness is a pure function: columns, a day, and the days something last appeared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import F, Value
from hypothesis import given
from hypothesis import strategies as st

from gongkai.columns import freshness
from gongkai.columns.freshness import Expected, State, Verdict, judge, latest, register_latest
from gongkai.law.platform import Freshness

ON = date(2024, 6, 3)
NEWS = Expected("news", Freshness.NEWS, 14)
FREE = Expected("guide", Freshness.OWN, None)


@pytest.mark.parametrize(
    ("ago", "state", "late_by"),
    [(0, State.FRESH, 0), (14, State.FRESH, 0), (15, State.STALE, 1), (400, State.STALE, 386)],
)
def test_two_weeks_are_allowed_and_a_day_more_is_not(ago: int, state: State, late_by: int) -> None:
    """国办秘函〔2019〕19号：满两周未更新的次日起判不更新。"""
    last = ON - timedelta(days=ago)
    verdict = judge(NEWS, ON, last)
    assert verdict == Verdict(NEWS, state, last, late_by)
    assert (verdict.due, verdict.overdue) == (last + timedelta(days=14), late_by > 0)


def test_an_empty_column_is_empty_whatever_is_expected() -> None:
    """没有任何内容（或者没有日期）的是空白栏目，不当作更新过。"""
    assert [judge(one, ON, None) for one in (NEWS, FREE)] == [
        Verdict(NEWS, State.EMPTY, None, 0),
        Verdict(FREE, State.EMPTY, None, 0),
    ]


def test_a_column_without_rhythm_is_not_late() -> None:
    """没有周期的栏目（如指南）有内容就行。"""
    last = date(2019, 5, 15)
    assert judge(FREE, ON, last) == Verdict(FREE, State.UNTIMED, last, 0)


@given(st.integers(1, 400), st.integers(-5, 800))
def test_late_exactly_by_the_days_past_what_is_allowed(allowed: int, ago: int) -> None:
    """迟了几天＝距上次的天数减允许的天数，不为负。"""
    verdict = judge(Expected("x", Freshness.OWN, allowed), ON, ON - timedelta(days=ago))
    assert verdict.late_by == max(ago - allowed, 0)
    assert (verdict.state is State.STALE) == (ago > allowed)


def test_one_room_tells_the_days_of_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    """发布日期由上面的一个房间提供；没有提供时不说，第二个来源拒绝。"""
    monkeypatch.setattr(freshness, "_sources", [])
    assert latest(F("slug")) is None
    register_latest(told := lambda slug: Value(ON))
    register_latest(told)
    assert latest(F("slug")) == Value(ON)
    with pytest.raises(ValueError, match="already registered"):
        register_latest(lambda slug: Value(None))
