"""One search field over what the person signed in may see."""

from __future__ import annotations

from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import gongkai.documents.found
import gongkai.foi.found
import gongkai.reporting.found
import gongkai.returns.found
from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.found import MOST, Search
from gongkai.people.audience import staff

SOURCES: tuple[Search, ...] = (
    gongkai.foi.found.search,
    gongkai.foi.found.search_received,
    gongkai.documents.found.search,
    gongkai.reporting.found.search,
    gongkai.returns.found.search,
)
_LONGEST = 60


@staff
def search(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request)
    text = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]
    found = list(chain.from_iterable(one(standing, text) for one in SOURCES)) if text else []
    names = names_of(request)
    context = {
        "text": text,
        "found": [(one, names[one.agency_id].short if one.agency_id else "") for one in found],
        "most": MOST,
    }
    return render(request, "desk/search.html", context)
