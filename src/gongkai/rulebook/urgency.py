"""How near a due day is, in working days: a word for the page and a name for its colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.errors import LawError
from gongkai.law.rules import Rules

_SOON = "case.urge_before"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Urgency:
    """*kind* is late, today, soon, far or none. *text* says the same, for who sees no colours."""

    kind: str
    text: str


NONE = Urgency("none", "没有期限")


def urgency(due: date | None, rules: Rules) -> Urgency:
    """Return how near *due* is on the day of *rules*; working days are the only ones that count."""
    today = rules.on
    if due is None:
        return NONE
    if due == today:
        return Urgency("today", "今天期满")
    try:
        if due < today:
            return Urgency("late", _late(rules.calendar.count_working(due + _ONE_DAY, today)))
        left = rules.calendar.count_working(today + _ONE_DAY, due)
    except LawError:
        return Urgency("late" if due < today else "far", "已逾期" if due < today else "")
    soon = left <= rules.number(_SOON)
    return Urgency("soon" if soon else "far", f"还有 {left} 个工作日")


def _late(days: int) -> str:
    return f"逾期 {days} 个工作日" if days else "已过期满日"
