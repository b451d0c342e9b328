"""Who may take which step of a report."""

from __future__ import annotations

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.standing import Standing
from gongkai.reporting.models import Report

WRITERS = f"编制机关的“{Role.OPENNESS_OFFICER.label}”"
RELEASERS = f"编制机关的“{Role.LEADER.label}”"
CORRECTORS = f"编制机关的“{Role.OPENNESS_OFFICER.label}”“{Role.LEADER.label}”"


def may_open(standing: Standing, agency: Agency) -> bool:
    """编制: the openness office of the agency that reports (条例第四条、第五十条)."""
    return standing.holds(Role.OPENNESS_OFFICER, agency)


def may_write(standing: Standing, report: Report) -> bool:
    """撰写正文: the openness office of the report's agency."""
    return may_open(standing, report.agency)


def may_freeze(standing: Standing, report: Report) -> bool:
    """定稿: the openness office of the report's agency."""
    return may_open(standing, report.agency)


def may_release(standing: Standing, report: Report) -> bool:
    """公布: the head of the report's agency; that it is another person than froze it, the action checks."""
    return standing.holds(Role.LEADER, report.agency)


def may_note_erratum(standing: Standing, report: Report) -> bool:
    """更正: the openness office or the head of the report's agency."""
    return may_open(standing, report.agency) or may_release(standing, report)
