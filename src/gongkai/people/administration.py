"""What only an administrator may do, and only inside an administrator session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.people import seats
from gongkai.people.audience import View
from gongkai.people.presence import administration_of
from gongkai.people.seats import Seat


def administrator(*allowed: Seat) -> Callable[[View], View]:
    """Open a view to holders of one of *allowed* whose administrator session is running.

    Written below ``@staff``. Without the seat: 403. Without the session: reading leads to where one is
    begun, and what was sent is refused with a sentence.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            seat = seats.seat_of(seats.roles_asked(request))
            if seat not in allowed:
                raise PermissionDenied("、".join(one.label for one in allowed))
            if administration_of(request) is None:
                return _begin_first(request)
            return view(request, *args, **kwargs)

        return asked

    return decorate


def outside_session(request: HttpRequest) -> HttpResponseBase | None:
    """Return the refusal for an administrator whose session is not running, None for everybody else.

    For steps that people with work take as well, who need no such session.
    """
    if seats.seat_of(seats.roles_asked(request)) is None or administration_of(request) is not None:
        return None
    return _begin_first(request)


def _begin_first(request: HttpRequest) -> HttpResponseBase:
    if request.method in ("GET", "HEAD"):
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('administration')}?{query}")
    return render(request, "people/administration_over.html", status=403)
