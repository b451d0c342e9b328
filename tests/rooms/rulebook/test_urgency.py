"""How near a due day is, in working days and in words."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.rules import Rules
from gongkai.rulebook.urgency import Urgency, urgency

RULES = Rules.national(date(2024, 9, 30))
"""The last working day before the holidays of October 2024; 12 October is a Saturday worked."""


@pytest.mark.parametrize(
    ("due", "kind", "text"),
    [
        (None, "none", "没有期限"),
        (date(2024, 9, 27), "late", "逾期 2 个工作日"),
        (date(2024, 9, 30), "today", "今天期满"),
        (date(2024, 10, 8), "soon", "还有 1 个工作日"),
        (date(2024, 10, 10), "soon", "还有 3 个工作日"),
        (date(2024, 10, 11), "far", "还有 4 个工作日"),
        (date(2024, 10, 12), "far", "还有 5 个工作日"),
    ],
)
def test_urgency_counts_working_days(due: date | None, kind: str, text: str) -> None:
    """条例第三十三条：远近按工作日数，假期不算，调休上班日算；提前几天提醒是参数。"""
    assert urgency(due, RULES) == Urgency(kind, text)


def test_a_day_of_rest_after_the_due_day_is_late_by_no_working_day() -> None:
    """周五期满，周六看：已过期满日，但还没有逾期一个工作日（2024 年 9 月 29 日周日调休上班）。"""
    assert urgency(date(2024, 9, 27), Rules.national(date(2024, 9, 28))) == Urgency(
        "late", "已过期满日"
    )
    assert urgency(date(2024, 9, 27), Rules.national(date(2024, 9, 29))) == Urgency(
        "late", "逾期 1 个工作日"
    )
