"""Where texts were shown, narrowed; what differs first where asked for."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.channels.models import Channel
from gongkai.channels.queries import open_findings, visible_showings
from gongkai.channels.rules import RECORDING
from gongkai.people.audience import staff

_PAGE = 50


@staff
@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    standing, names = standing_of(request), names_of(request)
    every = visible_showings(standing)
    channel = request.GET.get("channel", "")
    channel = channel if channel in Channel.values else ""
    only = request.GET.get("only") == "differs"
    rows = open_findings(every) if only else every.filter(struck_at=None)
    if channel:
        rows = rows.filter(channel=channel)
    page = Paginator(rows.order_by("-from_on", "-pk").defer("text", "edition__canonical"), _PAGE)
    shown = page.get_page(request.GET.get("page", "1"))
    context = {
        "channels": Channel.choices,
        "channel": channel,
        "only": only,
        "page": shown,
        "rows": [(one, names[one.edition.document.agency_id].short) for one in shown],
        "differing": open_findings(every).count(),
        "may_record": standing.is_any(*RECORDING),
    }
    return render(request, "channels/list.html", context)
