"""What was given to a unit, as the unit sees it; and what a consultation holds sealed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.foi.actions import CaseRefused
from gongkai.foi.forms import LookForm
from gongkai.foi.handling.actions.assigning import return_with_files
from gongkai.foi.handling.actions.looking import look_at_consultation
from gongkai.foi.handling.forms import AnswerForm
from gongkai.foi.handling.models import Assignment, Consultation, ReturnedFile
from gongkai.foi.handling.queries import returned_files
from gongkai.foi.handling.rules import RETURNERS, may_return, may_see
from gongkai.foi.issuing.actions.taking_over import look_at_returned, take_over
from gongkai.foi.issuing.forms import TakeOverForm
from gongkai.foi.issuing.queries import held_at_the_gate
from gongkai.foi.models import Case
from gongkai.foi.personal.actions import LookRefused
from gongkai.foi.personal.reasons import Reason
from gongkai.foi.rules import MAY_LOOK, WORKS, may_look_at_identity, may_work
from gongkai.foi.views.cases import case_or_404
from gongkai.foi.views.letters import as_file, asking
from gongkai.foi.views.pages import handed
from gongkai.foi.views.steps import attempt
from gongkai.people.audience import staff
from gongkai.people.forms import sent
from gongkai.vault.cipher import Unreadable

_REFUSED, _WRONG = 409, 400


@staff
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def case_assignment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What one's unit is asked, and the form that gives it back. Of the case only its number is shown."""
    standing = standing_of(request)
    found = Assignment.objects.select_related("case__agency", "unit", "person", "returned_by")
    given = found.filter(uid=uid).first()
    if given is None or not may_see(standing, given):
        raise Http404(uid)
    form = AnswerForm(sent(request), request.FILES or None)
    agency = names_of(request)[given.case.agency_id].name
    context = {"given": given, "agency": agency, "form": form, "files": returned_files(given)}
    if request.method != "POST":
        return render(request, "foi/assignment.html", context)
    require(may_return(standing, given), RETURNERS)
    if not form.is_valid():
        return render(request, "foi/assignment.html", context, status=_WRONG)
    typed = form.cleaned_data
    refusal = attempt(
        lambda: return_with_files(
            given,
            nil=typed["nil"] == "yes",
            answer=typed["answer"],
            files=handed(typed),
            on=standing.on,
            by=standing.person,
        )
    )
    if refusal:
        shown = {**context, "refusal": refusal}
        return render(request, "foi/assignment.html", shown, status=_REFUSED)
    messages.success(request, "已交回。")
    return HttpResponseRedirect(reverse("case-assignment", args=[uid]))


@staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_returned(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    """A file a unit gave back, after the look is in the log."""
    case, row = _returned(request, url_key, uid)
    require(may_look_at_identity(standing_of(request), case), MAY_LOOK)
    form = LookForm(sent(request))
    context = {"case": case, "title": row.title}
    if not form.is_valid():
        return asking(request, "foi/letter.html", context, form)
    try:
        reason = Reason(form.cleaned_data["reason"])
        name, data = look_at_returned(row, reason=reason, by=standing_of(request).person)
    except (LookRefused, Unreadable) as refused:
        return asking(request, "foi/letter.html", context, form, str(refused))
    return as_file(data, "application/octet-stream", name)


@staff
@require_POST
def case_take_over(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    """Put it to what the applicant is given; what keeps it out is said on the case page."""
    case, row = _returned(request, url_key, uid)
    standing = standing_of(request)
    require(may_work(standing, case), WORKS)
    form = TakeOverForm(request.POST)
    title = form.cleaned_data["title"] if form.is_valid() else ""
    try:
        enclosed = take_over(row, title=title, on=standing.on, by=standing.person)
    except (CaseRefused, LookRefused, Unreadable) as refused:
        messages.warning(request, str(refused))
        return HttpResponseRedirect(reverse("desk-case", args=[url_key]))
    if held := held_at_the_gate(enclosed):
        messages.warning(request, held)
    else:
        messages.success(request, f"已放入给申请人的文件：{enclosed.title}。出门检查没有挡住。")
    return HttpResponseRedirect(reverse("desk-case", args=[url_key]))


def _returned(request: HttpRequest, url_key: str, uid: UUID) -> tuple[Case, ReturnedFile]:
    case = case_or_404(standing_of(request), url_key)
    found = ReturnedFile.objects.select_related("assignment", "enclosure")
    row = found.filter(assignment__case=case, uid=uid).first()
    if row is None:
        raise Http404(uid)
    row.assignment.case = case
    return case, row


@staff
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("opened")
def case_consultation(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    """Ask for what; open whom was asked and what was answered once, after the look is in the log."""
    standing = standing_of(request)
    case = case_or_404(standing, url_key)
    asked = Consultation.objects.filter(case=case, uid=uid).first()
    if asked is None:
        raise Http404(uid)
    require(may_look_at_identity(standing, case), MAY_LOOK)
    asked.case = case
    form = LookForm(sent(request))
    context = {"case": case, "asked": asked, "form": form}
    if not form.is_valid():
        status = _WRONG if form.is_bound else 200
        return render(request, "foi/consultation.html", context, status=status)
    reason = Reason(form.cleaned_data["reason"])
    try:
        opened = look_at_consultation(asked, reason=reason, by=standing.person)
    except Unreadable as refused:
        shown = {**context, "refusal": str(refused)}
        return render(request, "foi/consultation.html", shown, status=_REFUSED)
    return render(request, "foi/consultation.html", {**context, "opened": opened})
