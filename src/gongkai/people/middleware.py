"""Between a request and every staff page: the session of our own, the second factor, the password's age."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from gongkai.people.audience import Audience, View, audience_of
from gongkai.people.models import User
from gongkai.people.presence import (
    account_of,
    has_factor,
    must_enrol,
    password_is_too_old,
    signed_in,
)

_BEFORE = "before_enrolment"


def before_enrolment(view: View) -> View:
    """Declare that *view* is open to somebody whose second factor or new password is still due."""
    setattr(view, _BEFORE, True)
    return view


class SignedIn:
    """Replaces Django's user by one whose session we know, and leads to what is due first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Lazy: a public page asks nothing, and its answer stays the same for everybody.
        request.user = SimpleLazyObject(lambda: signed_in(request))  # type: ignore[assignment]  # as Django does
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        if audience_of(view) is not Audience.STAFF or getattr(view, _BEFORE, False):
            return None
        if not isinstance(request.user, User):
            return None
        due = _due(request)
        if due is None:
            return None
        then = request.get_full_path() if request.method == "GET" else reverse("desk-home")
        return HttpResponseRedirect(f"{reverse(due)}?{urlencode({'next': then})}")


def _due(request: HttpRequest) -> str | None:
    """Return the name of the page one has to pass first."""
    if must_enrol(request):
        return "confirm" if has_factor(account_of(request)) else "enrol"
    return "my-password" if password_is_too_old(request) else None
