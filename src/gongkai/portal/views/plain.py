"""Answers that are text: the daily heads of the log, and whether the site is up."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse

from gongkai.audit import clock
from gongkai.audit.queries import digest_text
from gongkai.people.audience import public

_TEXT = "text/plain; charset=utf-8"


@public
def digest(request: HttpRequest, day: date) -> HttpResponse:
    """Where each stream of the log stood at the end of *day*; copies of it elsewhere make it hold."""
    if day > clock.today():
        raise Http404(day)
    return HttpResponse(digest_text(day), content_type=_TEXT)


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process can answer and reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("正常\n", content_type=_TEXT)
