"""The files that were examined, the last first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.files.outgoing.examine import EXAMINER
from gongkai.people.audience import staff
from gongkai.screening.models import Verdict
from gongkai.screening.queries import visible_screenings

_PAGE = 50


@staff
@require_safe
def screenings(request: HttpRequest) -> HttpResponse:
    standing, names = standing_of(request), names_of(request)
    verdict = request.GET.get("verdict", "")
    rows = visible_screenings(standing).defer("findings").prefetch_related("releases")
    if verdict in Verdict.values:
        rows = rows.filter(verdict=verdict)
    page = Paginator(rows.order_by("-pk"), _PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "page": page,
        "rows": [(one, names[one.agency_id].short, one.examiner != EXAMINER) for one in page],
        "verdict": verdict if verdict in Verdict.values else "",
        "verdicts": [("", "全部"), *Verdict.choices],
        "may_check": bool(standing.works_for),
    }
    return render(request, "screening/list.html", context)
