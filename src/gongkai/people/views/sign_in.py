"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.people.actions.sessions import end_session
from gongkai.people.audience import Audience, declare
from gongkai.people.credentials import account_by_password, confirm
from gongkai.people.entering import Waiting, enter, first_step_taken, safe_next, waiting
from gongkai.people.errors import SignInRefused
from gongkai.people.forms import CodeForm, SignInForm, sent
from gongkai.people.models import SessionEnd, User
from gongkai.people.presence import OVER, session_of

_OVER = {
    SessionEnd.IDLE.value: "您有一段时间没有操作，已自动退出。请重新登录。",
    SessionEnd.TOO_LONG.value: "这次登录已到最长时间，已自动退出。请重新登录。",
}


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def _sign_in(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        return HttpResponseRedirect(safe_next(request))
    form = SignInForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            account = account_by_password(request, given["username"], given["password"])
            then = safe_next(request)
            return HttpResponseRedirect(
                first_step_taken(request, account, way="password", then=then)
            )
        except SignInRefused as wrong:
            form.add_error(None, str(wrong))
    return sign_in_page(request, form)


def sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    """Answer with the sign-in page; *form* holds what was wrong."""
    over = request.session.pop(OVER, "") if request.session.session_key else ""
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "over": _OVER.get(over, ""),
        "provider": settings.PROVIDER.label if settings.PROVIDER.issuer else "",
        "idle_minutes": settings.SIGN_IN.idle_minutes,
    }
    return render(request, "people/sign_in.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def _code(request: HttpRequest) -> HttpResponse:
    """The second step: nobody is signed in before it."""
    who = waiting(request)
    if who is None:
        return HttpResponseRedirect(reverse("sign-in"))
    form = CodeForm(sent(request))
    if form.is_valid():
        try:
            return HttpResponseRedirect(_second_step(request, who, form.cleaned_data["code"]))
        except SignInRefused as wrong:
            form.add_error("code", str(wrong))
    return render(request, "people/code.html", {"form": form})


def _second_step(request: HttpRequest, who: Waiting, code: str) -> str:
    confirm(request, who.account, code, factor=True)
    enter(request, who.account, way=who.way, factor=True)
    return who.next


@never_cache
@require_POST
def _sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        end_session(session_of(request), why=SessionEnd.LEFT, by=request.user.person)
    logout(request)
    return HttpResponseRedirect(reverse("home"))


sign_in = declare(_sign_in, Audience.PUBLIC)
sign_in_code = declare(_code, Audience.PUBLIC)
sign_out = declare(_sign_out, Audience.PUBLIC)
