"""The rules, where their files are not at hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from gongkai.people.audience import public
from gongkai.portal.filed.rules import render_rules_twin
from gongkai.portal.views.filed import JSON, filed
from gongkai.text.canonical import sha256_hex


@public
def rules(request: HttpRequest) -> HttpResponse:
    return filed("rules")


@public
def rule(request: HttpRequest, key: str) -> HttpResponse:
    return filed("rule", key)


@public
def rules_json(request: HttpRequest) -> HttpResponseBase:
    """The rules as data, with their hash as the entity tag."""
    body = render_rules_twin("")
    etag = f'"{sha256_hex(body)}"'
    response = HttpResponse(body, content_type=JSON)
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response


@public
def rules_calendar(request: HttpRequest, year: int) -> HttpResponse:
    return filed("rules-calendar", str(year))
