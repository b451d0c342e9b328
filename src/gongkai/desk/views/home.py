"""The desk: what waits for the person signed in, and the reports she works on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import standing_of
from gongkai.agencies.queries import names_on, visible_to
from gongkai.desk.todo import collected, groups
from gongkai.people.audience import staff
from gongkai.reporting.models import Report
from gongkai.rulebook.queries import rules_on

_SHOWN = 20


@staff
def desk_home(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request)
    names = names_on(standing.on)
    short = {pk: name.short for pk, name in names.items()}
    todos = collected(standing)
    most = None if request.GET.get("all") else _SHOWN
    rows = Report.objects.filter(agency__in=visible_to(standing)).select_related("agency")
    context = {
        "groups": groups(todos, rules_on(standing.on), short, most),
        "total": len(todos),
        "roles": [(short[held.agency_id], held.role.label) for held in standing.held],
        "reports": [
            (row, names[row.agency_id].name) for row in rows.order_by("-year", "agency__code")[:6]
        ],
    }
    return render(request, "desk/home.html", context)
