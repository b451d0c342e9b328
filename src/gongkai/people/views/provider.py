"""Signing in through the county's identity provider: off to it, and back."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.people.audience import Audience, declare
from gongkai.people.entering import first_step_taken, safe_next
from gongkai.people.forms import SignInForm
from gongkai.people.oidc.errors import ProofRefused, ProviderDown
from gongkai.people.oidc.journey import arrival, departure
from gongkai.people.views.sign_in import sign_in_page


@never_cache
@require_safe
def _depart(request: HttpRequest) -> HttpResponse:
    _refuse_unset()
    try:
        return HttpResponseRedirect(departure(request, safe_next(request)))
    except ProviderDown as down:
        return _told(request, str(down), 503)


@never_cache
@require_safe
def _arrive(request: HttpRequest) -> HttpResponse:
    _refuse_unset()
    try:
        account, factor, then = arrival(request)
    except ProviderDown as down:
        return _told(request, str(down), 503)
    except ProofRefused as refused:
        return _told(request, str(refused), 403)
    return HttpResponseRedirect(
        first_step_taken(request, account, way="oidc", then=then, factor=factor)
    )


def _refuse_unset() -> None:
    if not settings.PROVIDER.issuer:
        raise Http404("没有设置统一身份认证")


def _told(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    form = SignInForm({})
    form.errors.clear()
    form.add_error(None, sentence)
    return sign_in_page(request, form, status)


sign_in_oidc = declare(_depart, Audience.PUBLIC)
sign_in_oidc_return = declare(_arrive, Audience.PUBLIC)
