"""The front page and the pages beside it, where their files are not at hand."""

from __future__ import annotations

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.people.audience import public
from gongkai.portal.filed.site_maps import STANDING
from gongkai.portal.views.filed import CSS, JSON, TEXT, XML, filed

_NUMBER = re.compile("[0-9]{4,6}")


@public
def home(request: HttpRequest) -> HttpResponse:
    return filed("home")


@public
def apply(request: HttpRequest) -> HttpResponse:
    return filed("apply")


@public
def site_map(request: HttpRequest) -> HttpResponse:
    return filed("site-map")


@public
def verify(request: HttpRequest) -> HttpResponse:
    return filed("verify")


@public
def digests(request: HttpRequest) -> HttpResponse:
    return filed("digests")


@public
def day_seals(request: HttpRequest, day: date) -> HttpResponse:
    return filed("day-seals", day.isoformat(), TEXT)


@public
def open_data(request: HttpRequest) -> HttpResponse:
    return filed("open-data")


@public
def openapi(request: HttpRequest) -> HttpResponse:
    return filed("openapi", "", JSON)


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    return filed("sitemap", "", XML)


@public
def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    if name != STANDING and not _NUMBER.fullmatch(name):
        raise Http404(name)
    return filed("sitemap-part", name, XML)


@public
def robots(request: HttpRequest) -> HttpResponse:
    return filed("robots", "", TEXT)


@public
def alert_sheet(request: HttpRequest) -> HttpResponse:
    answer = filed("alert-sheet", "", CSS)
    answer["Cache-Control"] = "no-cache"
    return answer


@public
def alert(request: HttpRequest) -> HttpResponse:
    return filed("alert")
