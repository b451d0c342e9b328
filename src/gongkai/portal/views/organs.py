"""The county's agencies, where their files are not at hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongkai.people.audience import public
from gongkai.portal.views.filed import JSON, filed


@public
def organs(request: HttpRequest) -> HttpResponse:
    return filed("organs")


@public
def organs_json(request: HttpRequest) -> HttpResponse:
    return filed("organs-twin", "", JSON)


@public
def organ(request: HttpRequest, code: str) -> HttpResponse:
    return filed("organ", code)


@public
def organ_json(request: HttpRequest, code: str) -> HttpResponse:
    return filed("organ-twin", code, JSON)
