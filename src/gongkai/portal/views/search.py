"""``/search/``: everything public, by any words of its title, text or attachments.

With the database stopped it answers from the snapshot of the night, and says of which day that is.
"""

from __future__ import annotations

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from gongkai.agencies.queries import names_on
from gongkai.audit import clock
from gongkai.people.audience import public
from gongkai.people.limits import Limit, address_of, too_often
from gongkai.portal.looks import LOOKS
from gongkai.portal.searching import (
    KINDS,
    Wanted,
    codes_and_names,
    facets_of,
    lines_of,
    pages_of,
)
from gongkai.search.actions import note_missed
from gongkai.search.queries import bets_for, find
from gongkai.search.query import QueryRefused
from gongkai.search.snapshot import NoSnapshot, find_in_snapshot

_BAD, _UNAVAILABLE = 400, 503


@public
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """The form, and below it what was found, where it may be narrowed."""
    wanted = Wanted.from_query(request.GET.dict())
    if "q" not in request.GET:
        return render(request, "portal/search.html", {"wanted": wanted, "kinds": KINDS.items()})
    until = Limit("search", settings.SEARCH_PER_HOUR).take(address_of(request))
    if until is not None:
        return too_often(request, until)
    try:
        return _answer(request, wanted)
    except QueryRefused as refused:
        context = {"wanted": wanted, "refusal": str(refused), "kinds": KINDS.items()}
        return render(request, "portal/search.html", context, status=_BAD)
    except (OperationalError, InterfaceError):
        return _from_snapshot(wanted)


def _answer(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    today = clock.today()
    names = {key: name.name for key, name in names_on(today).items()}
    agencies = codes_and_names(names)
    by_code = {code: key for key, (code, _) in agencies.items()}
    results = find(wanted.text, wanted.filters(by_code), wanted.page)
    if not results.total and wanted == Wanted(text=wanted.text):
        note_missed(wanted.text, on=today)
    context = {
        "wanted": wanted,
        "kinds": KINDS.items(),
        "results": results,
        "lines": lines_of(results, agencies),
        "facets": list(facets_of(wanted, results.facets, agencies)) if results.facets else [],
        "bets": bets_for(wanted.text, today),
        "everywhere": wanted.address(agency="", kind="", year="", column=""),
        "narrowed": bool(wanted.agency or wanted.kind or wanted.year or wanted.column),
        **pages_of(wanted, results),
    }
    return render(request, "portal/search.html", context)


def _from_snapshot(wanted: Wanted) -> HttpResponse:
    """Answer without asking the database anything: no name of an agency, no visitor, no recommendation."""
    context: dict[str, object] = {
        "wanted": Wanted(wanted.text, page=wanted.page),
        "kinds": KINDS.items(),
        "site_looks": LOOKS,
        "site_owner": "",
        "look_back": "/",
        "is_demo": settings.DEMO,
    }
    try:
        results = find_in_snapshot(wanted.text, page=wanted.page, facets=False)
    except QueryRefused as refused:
        page = render_to_string("portal/search.html", context | {"refusal": str(refused)})
        return HttpResponse(page, status=_BAD)
    except NoSnapshot as none:
        page = render_to_string("portal/search.html", context | {"refusal": str(none)})
        return HttpResponse(page, status=_UNAVAILABLE, headers={"Retry-After": "60"})
    found = {"results": results, "lines": lines_of(results, {}), **pages_of(wanted, results)}
    return HttpResponse(render_to_string("portal/search.html", context | found))
