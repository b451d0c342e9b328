"""The site with addresses where everything goes wrong, so that its error pages can be looked at."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.csrf import csrf_failure

from gongkai.people.audience import public
from gongkai.project.urls import handler400, handler500
from gongkai.project.urls import urlpatterns as site

__all__ = ["handler400", "handler500", "urlpatterns"]
ADDRESSES = {
    400: "/faulty/400/",
    403: "/faulty/403/",
    404: "/no-such-page/",
    405: "/desk/sign-out/",
    413: "/faulty/413/",
    429: "/faulty/429/",
    500: "/faulty/500/",
    503: "/faulty/503/",
}
CSRF = "/faulty/csrf/"
_RAISED: dict[int, Exception] = {
    400: SuspiciousOperation("试验"),
    403: PermissionDenied("试验"),
    413: RequestDataTooBig("试验"),
    500: RuntimeError("试验"),
    503: OperationalError("试验"),
}


@public
def faulty(request: HttpRequest, status: int) -> HttpResponse:
    if status in _RAISED:
        raise _RAISED[status]
    return render(request, f"{status}.html", status=status)


@public
def forged(request: HttpRequest) -> HttpResponse:
    return csrf_failure(request, reason="试验")


urlpatterns = [
    path("faulty/csrf/", forged),
    path("faulty/<int:status>/", faulty),
    *site,
]
