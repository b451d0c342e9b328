"""The list of what came in, the waiting first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.foi.receiving.models import OPEN_STATES, State
from gongkai.foi.receiving.queries import visible_submissions
from gongkai.foi.receiving.rules import receives_anywhere
from gongkai.people.audience import staff

_PAGE = 50
_WAITING, _ALL = "open", ""
STATES = {_WAITING: "等待确认的", **dict(State.choices), _ALL: "全部"}


@staff
@require_safe
def intake(request: HttpRequest) -> HttpResponse:
    """收件: numbers, channels and states. Nothing of what was written."""
    standing = standing_of(request)
    wanted = request.GET.get("state", _WAITING)
    rows = visible_submissions(standing).select_related("case")
    if wanted == _WAITING:
        rows = rows.filter(state__in=OPEN_STATES)
    elif wanted in State.values:
        rows = rows.filter(state=wanted)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    names = names_of(request)
    context = {
        "page": page,
        "rows": [(row, names[row.agency_id].short) for row in page],
        "states": STATES,
        "wanted": wanted,
        "receives": receives_anywhere(standing),
    }
    return render(request, "foi/receiving/list.html", context)
