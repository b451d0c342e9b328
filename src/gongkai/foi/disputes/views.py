"""The list of disputes, one of them with its clocks, and the forms that enter and conclude it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.foi.actions import CaseRefused
from gongkai.foi.disputes.actions.entering import (
    PASSING,
    end_dispute,
    enter_dispute,
    record_step,
)
from gongkai.foi.disputes.actions.looking import look_at_claims
from gongkai.foi.disputes.clocks import clocks_of
from gongkai.foi.disputes.forms import DayForm, EndingForm, EntryForm
from gongkai.foi.disputes.listing import STATES, Wanted, disputes_wanted, page_of, rows_of
from gongkai.foi.disputes.models import DisputeStep
from gongkai.foi.disputes.rules import WHO_ENTERS, WHO_READS, may_enter, may_read_claims
from gongkai.foi.forms import LookForm
from gongkai.foi.models import Case, Dispute
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.scope import agencies_seen
from gongkai.foi.views.cases import case_or_404
from gongkai.foi.views.sent_once import new_key, taking, was_taken
from gongkai.foi.views.steps import attempt
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.rulebook.queries import rules_on
from gongkai.vault.cipher import Unreadable

_REFUSED, _WRONG = 409, 400
END = "end"
_LEADS: Mapping[str, str] = {
    DisputeStep.Kind.RESPONDED: "没有在期限内答复、举证的，视为没有依据（复议法第七十条、行政诉讼法第三十四条）。",
    DisputeStep.Kind.HEARING: "每开一次庭、听取一次意见登记一次。",
    DisputeStep.Kind.EXTENDED: "收到延长审理期限通知的，登记通知的日期（复议法第六十二条）。",
    END: "一件只登记一次审结，登记后年报表四随之改变。",
}


@staff
@require_safe
def dispute_list(request: HttpRequest) -> HttpResponse:
    standing, wanted = standing_of(request), Wanted.from_query(request.GET.dict())
    page = page_of(disputes_wanted(standing, wanted), request.GET.get("page", "1"))
    names = names_of(request)
    rows = rows_of(page, rules_on(standing.on))
    seen = agencies_seen(standing).order_by("code")
    context = {
        "wanted": wanted,
        "states": STATES,
        "kinds": Dispute.Kind.choices,
        "page": page,
        "rows": [(row, names[row.dispute.case.agency_id].short) for row in rows],
        "agencies": [(agency.code, names[agency.pk].short) for agency in seen],
    }
    return render(request, "foi/disputes/list.html", context)


@staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispute_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing, dispute = standing_of(request), _dispute_or_404(request, uid)
    steps = list(dispute.steps.order_by("on", "pk"))
    context = {
        "dispute": dispute,
        "agency": names_of(request)[dispute.case.agency_id].name,
        "steps": steps,
        "suits": dispute.suits.order_by("filed_on", "pk"),
        "redo": getattr(dispute, "redo", None),
        "clocks": list(clocks_of(dispute, steps, rules_on(standing.on))),
        "offers": _offers(dispute, {step.kind for step in steps}),
        "may_enter": may_enter(standing, dispute.case),
        "may_read": may_read_claims(standing, dispute.case),
        "kept": bool(dispute.asked),
    }
    if request.method == "POST":
        require(may_read_claims(standing, dispute.case), WHO_READS)
    claims, status = _claims(request, dispute)
    return render(request, "foi/disputes/one.html", {**context, **claims}, status=status)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def dispute_enter(request: HttpRequest, url_key: str) -> HttpResponse:
    """Enter a reconsideration or suit over a request."""
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    require(may_enter(standing, case), WHO_ENTERS)
    reviews = case.disputes.filter(kind=Dispute.Kind.REVIEW).order_by("filed_on", "pk")
    form = EntryForm(sent(request), reviews=list(reviews), on=standing.on)
    page = {
        "title": "登记复议、诉讼",
        "about": f"申请 {case.number}",
        "lead": "照受理通知书、应诉通知书填写。登记后答复、举证的期限列入待办。",
        "back": reverse("desk-case", args=[url_key]),
    }
    if was_taken(request, case):
        return HttpResponseRedirect(page["back"])
    act = lambda: enter_dispute(case, form.entry(), by=standing.person)  # noqa: E731
    done = "已登记，答复和举证的期限开始计算。"
    return _taken(request, form, case, act, page, done)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def dispute_step(request: HttpRequest, uid: UUID, step_name: str) -> HttpResponse:
    """Record what happened in a dispute, or how it ended."""
    standing, dispute = standing_of(request), _dispute_or_404(request, uid)
    if step_name != END and step_name not in PASSING:
        raise Http404(step_name)
    require(may_enter(standing, dispute.case), WHO_ENTERS)
    title = "登记审结" if step_name == END else f"登记{DisputeStep.Kind(step_name).label}"
    page = {
        "title": title,
        "about": dispute.number,
        "lead": _LEADS[step_name],
        "back": reverse("dispute", args=[uid]),
    }
    by, on = standing.person, standing.on
    if was_taken(request, dispute.case):
        return HttpResponseRedirect(page["back"])
    if dispute.concluded_on:
        closed = f"{dispute.number} 已登记审结，不能再登记经过。"
        return _page(request, {**page, "refusal": closed}, _REFUSED)
    if step_name == END:
        ending = EndingForm(sent(request), on=on)
        act = lambda: end_dispute(dispute, ending.ending(), by=by)  # noqa: E731
        return _taken(request, ending, dispute.case, act, page, "已登记审结，年报表四随之改变。")
    form, kind = DayForm(sent(request), on=on), DisputeStep.Kind(step_name)
    passed = lambda: record_step(dispute, kind, on=form.cleaned_data["on"], by=by)  # noqa: E731
    return _taken(request, form, dispute.case, passed, page, f"已登记{kind.label}。")


def _taken(
    request: HttpRequest,
    form: forms.Form,
    case: Case,
    act: Callable[[], object],
    page: Mapping[str, Any],
    done: str,
) -> HttpResponse:
    if request.method != "POST":
        return _page(request, {**page, "form": form})
    if not form.is_valid():
        return _page(request, {**page, "form": form}, _WRONG)
    by = standing_of(request).person
    if refusal := attempt(taking(request, case, act, step="dispute", by=by, done=done)):
        return _page(request, {**page, "form": form, "refusal": refusal}, _REFUSED)
    return HttpResponseRedirect(page["back"])


def _page(request: HttpRequest, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    whole = {"form_key": new_key(), **context}
    return render(request, "foi/disputes/step.html", whole, status=status)


def _dispute_or_404(request: HttpRequest, uid: UUID) -> Dispute:
    """Return a dispute over a case one may see; another one answers as one that does not exist."""
    related = ("case__agency", "after", "redo__case")
    dispute = Dispute.objects.select_related(*related).filter(uid=uid).first()
    if dispute is None:
        raise Http404(uid)
    case_or_404(standing_of(request), dispute.case.url_key)
    return dispute


@sensitive_variables("asked")
def _claims(request: HttpRequest, dispute: Dispute) -> tuple[dict[str, object], int]:
    """Return the form that asks for what, or what is claimed once the look is in the log."""
    form = LookForm(sent(request))
    if not form.is_valid():
        return {"form": form}, _WRONG if form.is_bound else 200
    reason, by = Reason(form.cleaned_data["reason"]), standing_of(request).person
    try:
        asked = look_at_claims(dispute, reason=reason, by=by)
    except (CaseRefused, Unreadable) as refused:
        return {"form": form, "refusal": str(refused)}, _REFUSED
    return {"asked": asked}, 200


def _offers(dispute: Dispute, happened: set[str]) -> list[tuple[str, str]]:
    review = dispute.kind == Dispute.Kind.REVIEW
    open_to = [kind for kind in PASSING if review or kind is not DisputeStep.Kind.EXTENDED]
    left = [one for one in open_to if one is DisputeStep.Kind.HEARING or one not in happened]
    return [*((kind.value, f"登记{kind.label}") for kind in left), (END, "登记审结")]
