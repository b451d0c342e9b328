"""The 政府信息公开指南 as it could be written today, with what is missing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import standing_of
from gongkai.agencies.queries import visible_to
from gongkai.columns.guide import build_guide
from gongkai.columns.known import known_of
from gongkai.people.audience import staff


@staff
def guide(request: HttpRequest, code: str) -> HttpResponse:
    standing = standing_of(request)
    agency = visible_to(standing).filter(code=code).first()
    if agency is None:
        raise Http404(code)
    written = build_guide(known_of(agency, standing.on))
    blocks = [(type(block).__name__, block) for block in written.blocks]
    context = {"agency": agency, "blocks": blocks, "missing": written.missing}
    return render(request, "columns/guide.html", context)
