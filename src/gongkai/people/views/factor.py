"""The second factor: enrolled, asked for again, exchanged, its recovery codes."""

from __future__ import annotations

import base64
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.people import totp
from gongkai.people.actions.factors import enrol_factor, give_up_factor, renew_recovery_codes
from gongkai.people.actions.sessions import prove_session
from gongkai.people.audience import staff
from gongkai.people.credentials import confirm as confirm_identity
from gongkai.people.entering import safe_next
from gongkai.people.errors import AccountRefused, SignInRefused
from gongkai.people.forms import CodeForm, EnrolForm, PasswordAgainForm, sent
from gongkai.people.middleware import before_enrolment
from gongkai.people.models import User
from gongkai.people.presence import (
    account_of,
    has_factor,
    must_enrol,
    recent_second_factor,
    session_of,
)
from gongkai.vault.cipher import Sealed, conceal, reveal

RECENT = timedelta(minutes=10)
_PROPOSED = "factor-proposed"
_PURPOSE = "people.factor.proposed"


@before_enrolment
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show a fresh secret until a code proves that an authenticator has it."""
    account = account_of(request)
    if has_factor(account):
        return HttpResponseRedirect(reverse("my-account"))
    if not must_enrol(request) and not recent_second_factor(request, within=RECENT):
        return ask_again(request)
    secret = _proposed(request, account)
    form = EnrolForm(sent(request))
    if form.is_valid():
        try:
            codes = enrol_factor(
                account, secret=secret, code=form.cleaned_data["code"], by=account.person
            )
        except SignInRefused as wrong:
            form.add_error("code", str(wrong))
        except AccountRefused:
            return HttpResponseRedirect(reverse("my-account"))
        else:
            del request.session[_PROPOSED]
            prove_session(session_of(request), factor=True)
            return _show_codes(request, codes)
    context = {
        "form": form,
        "picture": mark_safe(totp.picture(secret, account.login)),  # noqa: S308  # drawn by segno from our own text
        "secret": totp.in_groups(secret),
        "login": account.login,
        "required": must_enrol(request),
        "next": safe_next(request),
    }
    return render(request, "people/enrol.html", context)


@before_enrolment
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask again who is there, then go on: by the authenticator, or by the password without one."""
    account = account_of(request)
    factor = has_factor(account)
    form = (CodeForm if factor else PasswordAgainForm)(sent(request))
    if form.is_valid():
        try:
            confirm_identity(request, account, form.cleaned_data["code"], factor=factor)
        except SignInRefused as wrong:
            form.add_error("code", str(wrong))
        else:
            prove_session(session_of(request), factor=factor)
            return HttpResponseRedirect(safe_next(request))
    return render(request, "people/confirm.html", {"form": form, "next": safe_next(request)})


def ask_again(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to where one proves again who one is, and from there back to this page."""
    then = request.get_full_path() if request.method == "GET" else reverse("my-account")
    return HttpResponseRedirect(f"{reverse('confirm')}?{urlencode({'next': then})}")


@staff
@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """Exchange the authenticator: the old one goes, the new one is enrolled on the next page."""
    if not recent_second_factor(request, within=RECENT):
        return ask_again(request)
    account = account_of(request)
    try:
        give_up_factor(account, by=account.person)
    except AccountRefused:
        return HttpResponseRedirect(reverse("my-account"))
    return HttpResponseRedirect(reverse("enrol"))


@staff
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes; the old ones are void."""
    account = account_of(request)
    if not has_factor(account):
        return HttpResponseRedirect(reverse("my-account"))
    if not recent_second_factor(request, within=RECENT):
        return ask_again(request)
    return _show_codes(request, renew_recovery_codes(account, by=account.person))


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "next": safe_next(request)}
    return render(request, "people/recovery_codes.html", context)


def _proposed(request: HttpRequest, account: User) -> str:
    """Return the secret on show, concealed in the session until it is proved."""
    kept = request.session.get(_PROPOSED)
    if isinstance(kept, list):
        sealed = Sealed(base64.b64decode(kept[0]), str(kept[1]), str(kept[2]))
        return reveal(sealed, purpose=_PURPOSE, bound=account.uid.bytes).decode()
    secret = totp.new_secret()
    sealed = conceal(secret.encode(), purpose=_PURPOSE, bound=account.uid.bytes)
    shown = base64.b64encode(sealed.ciphertext).decode()
    request.session[_PROPOSED] = [shown, sealed.key_id, sealed.alg]
    return secret
