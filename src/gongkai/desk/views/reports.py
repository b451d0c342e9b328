"""The annual reports one may see, the newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.queries import visible_to
from gongkai.people.audience import staff
from gongkai.reporting.models import Report


@staff
def reports(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request)
    names = names_of(request)
    rows = Report.objects.filter(agency__in=visible_to(standing)).select_related("agency")
    found = [(row, names[row.agency_id].name) for row in rows.order_by("-year", "agency__code")]
    return render(request, "desk/reports.html", {"reports": found})
