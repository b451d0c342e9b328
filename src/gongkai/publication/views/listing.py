"""What may go out now, and what is or was out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.queries import visible_to
from gongkai.people.audience import staff
from gongkai.publication.waiting import STATES, Wanted, page_of, publications_wanted, to_publish

_MOST = 50


@staff
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """Approved texts that wait for somebody to publish them; below, a page of what went out."""
    standing, wanted = standing_of(request), Wanted.from_query(request.GET.dict())
    page = page_of(publications_wanted(standing, wanted), request.GET.get("page", "1"))
    names, waiting = names_of(request), to_publish(standing)[: _MOST + 1]
    context = {
        "waiting": [(edition, names[edition.document.agency_id].short) for edition in waiting][
            :_MOST
        ],
        "more": len(waiting) > _MOST,
        "rows": [(one, names[one.document.agency_id].short) for one in page],
        "page": page,
        "wanted": wanted,
        "states": STATES,
        "agencies": [
            (agency.code, names[agency.pk].short)
            for agency in visible_to(standing).order_by("code")
            if agency.pk in names
        ],
    }
    return render(request, "publication/publications.html", context)
