"""The list of documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.queries import visible_to, working_as
from gongkai.documents.listing import (
    STATES,
    Wanted,
    documents_wanted,
    page_of,
    state_of,
    with_state,
)
from gongkai.documents.models import Document, Kind
from gongkai.documents.rules import DRAFTING
from gongkai.people.audience import staff


@staff
def items(request: HttpRequest) -> HttpResponse:
    standing, wanted = standing_of(request), Wanted.from_query(request.GET.dict())
    page = page_of(documents_wanted(standing, wanted), request.GET.get("page", "1"))
    names = names_of(request)
    keys = [document.pk for document in page]
    shown = with_state(Document.objects.filter(pk__in=keys)).order_by("-pk")
    seen = visible_to(standing).order_by("code")
    context = {
        "wanted": wanted,
        "states": STATES,
        "kinds": Kind.choices,
        "page": page,
        "rows": [(one, names[one.agency_id].short, state_of(one)) for one in shown],
        "agencies": [(agency.code, names[agency.pk].short) for agency in seen],
        "narrowed": wanted != Wanted(),
        "may_draft": working_as(standing, *DRAFTING).exists(),
    }
    return render(request, "documents/items.html", context)
