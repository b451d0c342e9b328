"""What waits in the matter of the annual report: a draft to freeze, a freeze to release."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from gongkai.agencies.models import Level, Role
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.agencies.todo import Todo
from gongkai.law.rules import Rules
from gongkai.reporting.models import Freeze, Report

_BASIS = "条例第四十九条"


def todo(standing: Standing, rules: Rules) -> Iterator[Todo]:
    """Yield the reports of past years that wait for *standing*."""
    if not standing.is_any(Role.OPENNESS_OFFICER, Role.LEADER):
        return
    yield from _waiting(standing, Role.OPENNESS_OFFICER, "定稿", False, rules)
    yield from _waiting(standing, Role.LEADER, "批准公布", True, rules)


def _waiting(
    standing: Standing, role: Role, act: str, frozen: bool, rules: Rules
) -> Iterator[Todo]:
    ever = Exists(Freeze.objects.filter(report=OuterRef("pk")))
    rows = Report.objects.filter(
        ever if frozen else ~ever,
        agency__in=working_as(standing, role),
        released=None,
        year__lt=standing.on.year,
    )
    for row in rows.select_related("agency").order_by("year", "agency__code"):
        yield Todo(
            what=f"{row.year} 年度报告",
            act=act,
            page=("desk-report", row.agency.code, row.year),
            agency_id=row.agency_id,
            due=rules.day_in(_last_day(row), row.year + 1),
            basis=_BASIS,
        )


def _last_day(row: Report) -> str:
    return "annual.gov" if row.agency.level == Level.COUNTY else "annual.dept"
