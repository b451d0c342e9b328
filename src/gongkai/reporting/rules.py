"""Who may take which step of a report."""

from __future__ import annotations

from gongkai.agencies.models import Role
from gongkai.agencies.standing import Standing
from gongkai.reporting.models import Report


def may_write(standing: Standing, report: Report) -> bool:
    """编写正文: the openness office of the report's agency."""
    return standing.holds(Role.OPENNESS_OFFICER, report.agency)


def may_freeze(standing: Standing, report: Report) -> bool:
    """定稿: the openness office of the report's agency."""
    return standing.holds(Role.OPENNESS_OFFICER, report.agency)


def may_release(standing: Standing, report: Report) -> bool:
    """公布: the head of the report's agency; that it is another person than froze it, the action checks."""
    return standing.holds(Role.LEADER, report.agency)
