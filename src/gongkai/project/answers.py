"""What every answer carries, and pages for what goes wrong: nobody gets a blank or an English one."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views import defaults

from gongkai.project.full_disk import is_full

Answer = Callable[[HttpRequest], HttpResponseBase]

_STAFF = "/desk/"
_AFTER = "60"  # seconds after which a database that was away is asked again
_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "X-Permitted-Cross-Domain-Policies": "none",
}


def every_answer(get_response: Answer) -> Answer:
    """Add the headers Django has no setting for; let no cache keep what staff see, errors included."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response = _not_allowed(request, response)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path_info.startswith(_STAFF):
            add_never_cache_headers(response)
        return response

    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 for a body that is too large."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; 507 when a disk is full; 503 when it is the database that is away or busy; 400 when it is what
    was sent that it cannot hold, as PostgreSQL cannot a NUL character. Needs no database itself.
    """
    fault = sys.exc_info()[1]
    if isinstance(fault, OSError | OperationalError) and is_full(fault):
        return HttpResponse(render_to_string("507.html"), status=507)
    if isinstance(fault, DataError):
        return defaults.bad_request(request, fault)
    if isinstance(fault, OperationalError | InterfaceError):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": _AFTER})
    return defaults.server_error(request)


def _not_allowed(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    page = render(request, "405.html", status=405)
    page["Allow"] = response.headers["Allow"]
    return page
