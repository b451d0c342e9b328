"""What the person signed in may see and do."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from gongkai.agencies.models import Level, Role
from gongkai.agencies.queries import memberships_on, visible_to
from gongkai.audit import clock
from gongkai.people.models import Person, User
from gongkai.reporting.models import Report


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in. Staff pages only."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user.person


def report_or_404(person: Person, code: str, year: int) -> Report:
    """Return a report *person* may see. One she may not see answers as one that does not exist."""
    seen = visible_to(person, clock.today())
    rows = Report.objects.select_related("agency", "released").defer("released__canonical")
    found = rows.filter(agency__in=seen, agency__code=code, year=year).first()
    if found is None:
        raise Http404(f"{code} {year}")
    return found


def holds(person: Person, role: Role, report: Report, on: date) -> bool:
    """Whether *person* holds *role* for *report*'s agency.

    The county government's report is the work of its office (条例第三条), whose roles therefore hold.
    """
    held = memberships_on(person, on).filter(role=role)
    if held.filter(agency=report.agency).exists():
        return True
    return report.agency.level == Level.COUNTY and held.filter(agency__level=Level.OFFICE).exists()


def require(person: Person, role: Role, report: Report) -> None:
    """Raise ``PermissionDenied`` unless *person* holds *role* for *report*'s agency today."""
    if not holds(person, role, report, clock.today()):
        raise PermissionDenied(role.label)
