"""Lists as data and as feeds, where their files are not at hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.people.audience import public
from gongkai.portal.filed.addresses import archive_key
from gongkai.portal.filed.feeds import FORMATS
from gongkai.portal.views.filed import JSON, filed
from gongkai.publication.listings import ALL, of_agency

_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": JSON,
}


@public
def list_json(request: HttpRequest) -> HttpResponse:
    return filed("list-twin", ALL, JSON)


@public
def archive_json(request: HttpRequest, number: int) -> HttpResponse:
    return filed("archive-twin", archive_key(ALL, number), JSON)


@public
def organ_list_json(request: HttpRequest, code: str) -> HttpResponse:
    return filed("list-twin", of_agency(code), JSON)


@public
def organ_archive_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return filed("archive-twin", archive_key(of_agency(code), number), JSON)


@public
def feed(request: HttpRequest, name: str) -> HttpResponse:
    return _feed(ALL, name)


@public
def organ_feed(request: HttpRequest, code: str, name: str) -> HttpResponse:
    return _feed(of_agency(code), name)


def _feed(listing: str, name: str) -> HttpResponse:
    if name not in FORMATS:
        raise Http404(name)
    return filed("feed", f"{listing}:{name}", _TYPES[name])
