"""The desk: the reports a person works on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.queries import memberships_on, names_on, visible_to
from gongkai.audit import clock
from gongkai.desk.access import person_of
from gongkai.portal.audience import staff
from gongkai.reporting.models import Report


@staff
def desk_home(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.today()
    names = names_on(today)
    rows = Report.objects.filter(agency__in=visible_to(person, today)).select_related("agency")
    context = {
        "person": person,
        "roles": [
            (names[held.agency_id].name, held.get_role_display())
            for held in memberships_on(person, today)
        ],
        "reports": [
            (row, names[row.agency_id].name) for row in rows.order_by("-year", "agency__code")
        ],
    }
    return render(request, "desk/home.html", context)
