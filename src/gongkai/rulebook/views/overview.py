"""The way in: what waits for approval, and the three registers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import standing_of
from gongkai.audit import clock
from gongkai.people.audience import staff
from gongkai.rulebook.models import HolidayNotice
from gongkai.rulebook.queries import (
    notice_of,
    rules_on,
    value_of,
    waiting_notices,
    waiting_parameters,
)
from gongkai.rulebook.rules import APPROVES, PROPOSES, may_approve, may_propose


@staff
def overview(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request)
    context = {
        "notices": [(row, notice_of(row)) for row in waiting_notices()],
        "parameters": [(row, value_of(row)) for row in waiting_parameters()],
        "may_propose": may_propose(standing),
        "may_approve": may_approve(standing),
        "proposes": PROPOSES,
        "approves": APPROVES,
    }
    return render(request, "rulebook/overview.html", context)


@staff
def notices(request: HttpRequest) -> HttpResponse:
    """The notices there are: packaged with the program, and entered here."""
    rows = HolidayNotice.objects.select_related("proposed_by", "decided_by", "moves")
    calendar = rules_on(clock.today()).calendar
    context = {
        "rows": [(row, notice_of(row)) for row in rows.order_by("-year", "-pk")],
        "in_force": reversed(calendar.notices),
        "may_propose": may_propose(standing_of(request)),
        "proposes": PROPOSES,
    }
    return render(request, "rulebook/notices.html", context)
