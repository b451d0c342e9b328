"""Behind a figure of the draft: what it means, what it counts now, and what it still waits for."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.access import standing_of
from gongkai.agencies.queries import names_on
from gongkai.annualreport.format import load_format
from gongkai.annualreport.money import wan_yuan
from gongkai.audit import clock
from gongkai.desk.access import report_or_404
from gongkai.desk.views.preflight import day_asked
from gongkai.figures import registry
from gongkai.figures.registry import Value
from gongkai.people.audience import staff
from gongkai.portal.filed.reports import definition_or_404
from gongkai.portal.lists import draft_list, page_number, unit_of
from gongkai.reporting.compile import FEE, scope_of


@staff
def draft_cell(request: HttpRequest, code: str, year: int, key: str) -> HttpResponse:
    row = report_or_404(standing_of(request), code, year)
    on = day_asked(request)
    if on < date(year, 1, 1):
        raise Http404(on)
    definition = definition_or_404(key)
    scope = scope_of(row.agency, year, on)
    value = registry.family_of(key).values(scope)[key]
    names = names_on(scope.as_of)
    context = {
        "row": row,
        "base": reverse("desk-report", args=[code, year]),
        "issuer": names[row.agency_id].name,
        "on": on,
        "query": "" if on == clock.today() else f"?on={on.isoformat()}",
        "more": "" if on == clock.today() else f"&on={on.isoformat()}",
        "definition": definition,
        "name": load_format(row.format).names.get(key, definition.title),
        "value": _printed(key, value),
        "unit": unit_of(key),
        "gaps": [(names[gap.agency_id].name, gap.reason) for gap in value.gaps],
        "list": draft_list(scope, key, page_number(request.GET.get("page", "1"))),
        "scope": scope,
    }
    return render(request, "desk/cell.html", context)


def _printed(key: str, value: Value) -> str:
    if value.amount is None:
        return ""
    return wan_yuan(value.amount) if key == FEE else str(value.amount)
