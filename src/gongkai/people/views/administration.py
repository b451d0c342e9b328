"""Beginning and ending an administrator session, and the list of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.people import seats
from gongkai.people.actions.administrators import begin_administration, end_administration
from gongkai.people.actions.sessions import prove_session
from gongkai.people.audience import staff
from gongkai.people.credentials import confirm
from gongkai.people.entering import safe_next
from gongkai.people.errors import AccountRefused, SignInRefused
from gongkai.people.forms import AdministrationForm, CodeForm, PasswordAgainForm, sent
from gongkai.people.presence import account_of, administration_of, has_factor, session_of
from gongkai.people.queries import administrator_sessions
from gongkai.people.seats import Seat

_LISTED = 50


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def administration(request: HttpRequest) -> HttpResponse:
    """Begin an administrator session: reason, length, and the second factor once more."""
    seat = seats.seat_of(seats.roles_asked(request))
    if seat is None:
        raise PermissionDenied("、".join(one.label for one in Seat))
    factor = has_factor(account_of(request))
    form = AdministrationForm(sent(request))
    proof = (CodeForm if factor else PasswordAgainForm)(sent(request))
    if (
        form.is_valid()
        and proof.is_valid()
        and _begun(request, seat, form, proof.cleaned_data["code"], factor)
    ):
        return HttpResponseRedirect(safe_next(request))
    running = administration_of(request)
    context: dict[str, Any] = {
        "seat": seat,
        "form": form,
        "proof": proof,
        "wrong": [one for one in (form, proof) if one.errors],
        "running": running,
        "next": safe_next(request) if "next" in {**request.GET, **request.POST} else "",
        "everybody": seat is Seat.AUDIT and running is not None,
    }
    person = None if context["everybody"] else account_of(request).person
    context["sessions"] = [
        (row, Seat(row.seat).label) for row in administrator_sessions(person, _LISTED)
    ]
    return render(request, "people/administration.html", context)


def _begun(
    request: HttpRequest, seat: Seat, form: AdministrationForm, code: str, factor: bool
) -> bool:
    session, given = session_of(request), form.cleaned_data
    try:
        confirm(request, session.account, code, factor=factor)
        prove_session(session, factor=factor)
        begin_administration(session, seat=seat, reason=given["reason"], minutes=given["minutes"])
    except (SignInRefused, AccountRefused) as refused:
        form.add_error(None, str(refused))
        return False
    return True


@staff
@require_POST
def leave_administration(request: HttpRequest) -> HttpResponse:
    running = administration_of(request)
    if running is not None:
        end_administration(running)
    return HttpResponseRedirect(reverse("desk-home"))
