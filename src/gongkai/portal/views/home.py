"""The front page: what this site is, and the reports one may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.queries import names_on
from gongkai.audit import clock
from gongkai.people.audience import public
from gongkai.reporting.queries import released


@public
def home(request: HttpRequest) -> HttpResponse:
    names = names_on(clock.today())
    rows = released().defer("released__canonical")
    reports = [(row, names[row.agency_id].name) for row in rows]
    return render(request, "portal/home.html", {"reports": reports})
