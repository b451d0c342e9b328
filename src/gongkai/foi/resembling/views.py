"""Two requests that may be the same, side by side, and what a person says of them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.refusal import RoleRefused
from gongkai.foi.actions import CaseRefused
from gongkai.foi.forms import LookForm
from gongkai.foi.models import Case
from gongkai.foi.personal.actions import LookRefused
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.resembling.actions.comparing import look_at_both
from gongkai.foi.resembling.actions.enclosing import enclose_prior_letter
from gongkai.foi.resembling.actions.judging import judge
from gongkai.foi.resembling.forms import VerdictForm
from gongkai.foi.resembling.models import Verdict
from gongkai.foi.resembling.queries import Found, found_of
from gongkai.foi.rules import MAY_LOOK, WORKS, may_look_at_identity, may_work
from gongkai.foi.views.cases import case_or_404
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.vault.cipher import Unreadable

_REFUSED, _WRONG = 409, 400


@staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("both")
def case_compare(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    """Ask for what; show both texts once, after the look is in the log, with the form that decides."""
    case, found = _found(request, url_key, uid)
    require(may_look_at_identity(standing_of(request), case), MAY_LOOK)
    form = LookForm(sent(request), initial={"reason": Reason.REPEATED.value})
    if not form.is_valid():
        return _page(request, found, {"form": form}, _WRONG if form.is_bound else 200)
    try:
        reason = Reason(form.cleaned_data["reason"])
        both = look_at_both(found, reason=reason, by=standing_of(request).person)
    except LookRefused as refused:
        return _page(request, found, {"form": form, "refusal": str(refused)}, _REFUSED)
    return _page(request, found, {"form": form, "both": both})


@staff
@never_cache
@require_POST
def case_judge(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    """Record the decision; what is repeated goes on to its draft, with the earlier letter enclosed."""
    case, found = _found(request, url_key, uid)
    require(may_work(standing_of(request), case), WORKS)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, found, {"verdict_form": form}, _WRONG)
    verdict, by = Verdict(form.cleaned_data["verdict"]), standing_of(request).person
    try:
        judge(found, verdict=verdict, reason=form.cleaned_data["reason"], by=by)
    except CaseRefused as refused:
        shown = {"verdict_form": form, "refusal": str(refused)}
        return _page(request, found, shown, _REFUSED)
    messages.success(request, f"已登记：{verdict.label}。")
    if verdict is not Verdict.REPEATED:
        return HttpResponseRedirect(reverse("desk-case", args=[url_key]))
    _enclose(request, found)
    return HttpResponseRedirect(
        f"{reverse('case-draft', args=[url_key])}?outcome={Verdict.REPEATED.value}"
    )


def _enclose(request: HttpRequest, found: Found) -> None:
    """Enclose the earlier letter; what keeps it out is said, and the decision stands."""
    standing = standing_of(request)
    try:
        enclosed = enclose_prior_letter(found, on=standing.on, by=standing.person)
    except (CaseRefused, LookRefused, RoleRefused, Unreadable) as refused:
        messages.warning(request, f"前一件的答复没有附上：{refused}")
        return
    if enclosed is None:
        messages.warning(
            request, "前一件的答复书不在本系统里，请扫描后在“附上要给申请人的文件”放入。"
        )
    else:
        messages.success(request, f"已附上：{enclosed.title}。")


def _found(request: HttpRequest, url_key: str, uid: UUID) -> tuple[Case, Found]:
    case = case_or_404(standing_of(request), url_key)
    for found in found_of(case):
        if found.likeness.uid == uid:
            found.likeness.case = case
            return case, found
    raise Http404(uid)


def _page(
    request: HttpRequest, found: Found, more: Mapping[str, object], status: int = 200
) -> HttpResponse:
    case = found.likeness.case
    context = {
        "case": case,
        "found": found,
        "form": LookForm(initial={"reason": Reason.REPEATED.value}),
        "verdict_form": VerdictForm(auto_id="id_judge_%s"),
        "may_judge": may_work(standing_of(request), case) and case.decided_on is None,
        **more,
    }
    return render(request, "foi/compare.html", context, status=status)
