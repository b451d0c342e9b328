"""One's own account: password, authenticator, and where one is signed in."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.people.actions.accounts import change_password
from gongkai.people.actions.sessions import end_session, end_sessions
from gongkai.people.audience import staff
from gongkai.people.credentials import confirm
from gongkai.people.errors import SignInRefused
from gongkai.people.forms import ChangePasswordForm, sent
from gongkai.people.middleware import before_enrolment
from gongkai.people.models import Session, SessionEnd, User
from gongkai.people.presence import account_of, has_factor, password_is_too_old, session_of
from gongkai.people.queries import open_sessions, past_sessions

_PAST = 20


@staff
def my_account(request: HttpRequest) -> HttpResponse:
    account, session = account_of(request), session_of(request)
    context = {
        "account": account,
        "enrolled": has_factor(account),
        "codes_left": account.recovery_codes.filter(used_at=None).count(),
        "here": session,
        "sessions": open_sessions(account),
        "past": past_sessions(account, _PAST),
        "idle_minutes": settings.SIGN_IN.idle_minutes,
    }
    return render(request, "people/my_account.html", context)


@before_enrolment
@staff
@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def my_password(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    form = ChangePasswordForm(sent(request), account=account)
    if form.is_valid() and _changed(request, account, form):
        logout(request)
        return render(request, "people/password_changed.html")
    context = {"form": form, "too_old": password_is_too_old(request)}
    return render(request, "people/password.html", context)


def _changed(request: HttpRequest, account: User, form: ChangePasswordForm) -> bool:
    try:
        confirm(request, account, form.cleaned_data["current"], factor=False)
        change_password(account, password=form.cleaned_data["password"], by=account.person)
    except SignInRefused as wrong:
        form.add_error("current", str(wrong))
    except ValidationError as wrong:
        form.add_error("password", wrong)
    return not form.errors


@staff
@require_POST
def end_my_session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End one of one's own sessions; somebody else's does not exist."""
    account = account_of(request)
    found = Session.objects.select_related("account").filter(uid=uid, account=account).first()
    if found is None:
        raise Http404(str(uid))
    end_session(found, why=SessionEnd.BY_OWNER, by=account.person)
    return HttpResponseRedirect(reverse("my-account"))


@staff
@require_POST
def end_my_other_sessions(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    end_sessions(
        account, except_for=session_of(request), why=SessionEnd.BY_OWNER, by=account.person
    )
    return HttpResponseRedirect(reverse("my-account"))
