"""Released annual reports, where their files are not at hand."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.utils.cache import get_conditional_response

from gongkai.people.audience import public
from gongkai.portal.filed.reports import cell_key, render_report_twin
from gongkai.portal.lists import page_number
from gongkai.portal.views.filed import JSON, filed
from gongkai.text.canonical import sha256_hex


@public
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    return filed("report", f"{code}/{year}")


@public
def report_json(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """The same report as data, with its hash as the entity tag."""
    body = render_report_twin(f"{code}/{year}")
    if body is None:
        raise Http404(code)
    etag = f'"{sha256_hex(body)}"'
    response = HttpResponse(body, content_type=JSON)
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response


@public
def reports(request: HttpRequest) -> HttpResponse:
    return filed("reports")


@public
def reports_json(request: HttpRequest) -> HttpResponse:
    return filed("reports-twin", "", JSON)


@public
def cell(request: HttpRequest, code: str, year: int, key: str) -> HttpResponse:
    """The first page of a figure's list. Links of former times name the others by ``?page=``."""
    number = page_number(request.GET.get("page", "1"))
    answer = filed("cell", cell_key(code, year, key, number))
    if number == 1:
        return answer
    return HttpResponsePermanentRedirect(reverse("cell-page", args=[code, year, key, number]))


@public
def cell_page(request: HttpRequest, code: str, year: int, key: str, number: int) -> HttpResponse:
    return filed("cell", cell_key(code, year, key, number))


@public
def clock_proof(request: HttpRequest, code: str, year: int, url_key: str) -> HttpResponse:
    return filed("clock", f"{code}/{year}/{url_key}")
