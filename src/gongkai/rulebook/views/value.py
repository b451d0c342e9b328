"""One proposed value of a county: what it moves; approving it, turning it down, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.audit import clock
from gongkai.people.audience import staff
from gongkai.rulebook.actions import (
    DecisionRefused,
    ParameterRefused,
    approve_parameter,
    reject_parameter,
)
from gongkai.rulebook.catalogue import entry_of
from gongkai.rulebook.forms import ReasonForm
from gongkai.rulebook.models import Parameter, State
from gongkai.rulebook.plans import parameter_plan
from gongkai.rulebook.queries import value_of
from gongkai.rulebook.rules import APPROVES, may_approve
from gongkai.rulebook.views.notice import may_reject, steps

_REFUSED = 409


@staff
def value(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _page(request, _found(uid))


@staff
@require_POST
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the value in force, if it still moves what the page showed."""
    standing = standing_of(request)
    require(may_approve(standing), APPROVES)
    row = _found(uid)
    try:
        approve_parameter(row, seen=request.POST.get("seen", ""), by=standing.person)
    except (DecisionRefused, ParameterRefused) as refused:
        return _page(request, _found(uid), str(refused))
    return HttpResponseRedirect(reverse("rulebook-value", args=[uid]))


@staff
@require_POST
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Turn the value down; whoever proposed it may take it back."""
    standing = standing_of(request)
    row = _found(uid)
    require(may_reject(standing, row), APPROVES)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, "没有写理由，没有办理。不批准或者撤回都要写明理由。")
    try:
        reject_parameter(row, reason=form.cleaned_data["reason"], by=standing.person)
    except DecisionRefused as refused:
        return _page(request, _found(uid), str(refused))
    return HttpResponseRedirect(reverse("rulebook-value", args=[uid]))


def _found(uid: UUID) -> Parameter:
    people = ("proposed_by", "decided_by", "moves")
    found = Parameter.objects.select_related(*people).filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found


def _page(request: HttpRequest, row: Parameter, refusal: str = "") -> HttpResponse:
    waits = row.state == State.PROPOSED
    context = {
        "row": row,
        "entry": entry_of(row.key, clock.today()),
        "value": value_of(row),
        "refusal": refusal,
        "plan": parameter_plan(row, clock.today()) if waits else None,
        **steps(standing_of(request), row),
    }
    return render(request, "rulebook/value.html", context, status=_REFUSED if refusal else 200)
