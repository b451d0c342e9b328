"""Staff pages of requests: looking at who asked, and who looked."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.models import Agency
from gongkai.foi.forms import LookForm
from gongkai.foi.personal.actions import LookRefused, look_at_identity
from gongkai.foi.personal.queries import look_events, looks_at, looks_of
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.rules import (
    MAY_LOOK,
    agencies_whose_looks,
    may_check_looks,
    may_look_at_identity,
)
from gongkai.foi.views.cases import case_or_404
from gongkai.people.audience import staff
from gongkai.vault.cipher import Unreadable

_PAGE = 100


@staff
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("identity")
def case_identity(request: HttpRequest, url_key: str) -> HttpResponse:
    """Ask for what; answer once, and only after the look is in the log. Asked again, it asks again."""
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    require(may_look_at_identity(standing, case), MAY_LOOK)
    form = LookForm(request.POST if request.method == "POST" else None)
    context = {"case": case, "form": form, "looks": looks_at(case)}
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "foi/identity.html", context, status=status)
    try:
        reason = Reason(form.cleaned_data["reason"])
        identity = look_at_identity(case, reason=reason, by=standing.person)
    except (LookRefused, Unreadable) as refused:
        return render(
            request, "foi/identity.html", {**context, "refused": str(refused)}, status=409
        )
    shown = {**context, "identity": identity, "reason": reason.label, "looks": looks_at(case)}
    return render(request, "foi/identity.html", shown)


@staff
@require_safe
def identity_looks(request: HttpRequest) -> HttpResponse:
    """谁看过身份信息: every look in the agencies one answers for or audits. No identity in it."""
    standing = standing_of(request)
    require(may_check_looks(standing), "本机关的负责人、审计")
    whose = agencies_whose_looks(standing)
    agencies = Agency.objects.all() if whose is None else Agency.objects.filter(pk__in=whose)
    events = look_events(agencies.values_list("code", flat=True))
    page = Paginator(events, _PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "looks": looks_of(page.object_list)}
    return render(request, "foi/looks.html", context)
