"""What is planned to go out; planning it, moving it, giving it up."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.documents.models import Edition
from gongkai.people.audience import staff
from gongkai.publication.actions.planning import cancel_plan, move_plan, plan_publication
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Publication
from gongkai.publication.planning.forms import CancelForm, MoveForm, PlanForm
from gongkai.publication.plans import Plan
from gongkai.publication.queries import pending_plans, plan_of, plans_of
from gongkai.publication.rules import PUBLISHERS, may_publish

REFUSED = 409


@staff
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """What is to go out, of the agencies one may see, the nearest first."""
    names = names_of(request)
    rows = pending_plans(visible_to(standing_of(request)))
    shown = [(row, names[row.edition.document.agency_id].short) for row in rows]
    return render(request, "publication/plans.html", {"rows": shown})


@staff
def plan(request: HttpRequest, uid: str) -> HttpResponse:
    """The plan of one edition: when, or the form that says when; and what was planned before."""
    standing = standing_of(request)
    edition = _edition_or_404(standing, uid)
    require(may_publish(standing, edition.document.agency), PUBLISHERS)
    present = plan_of(edition)
    kind = MoveForm if present else PlanForm
    form = kind(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        refusal = _tried(
            request, lambda: _set(edition, present, form, standing), "发布时间已排定。"
        )
        if not refusal:
            return redirect("publication-plan", edition.uid)
    return _page(request, edition, form, refusal)


@staff
@require_POST
def cancel(request: HttpRequest, uid: str) -> HttpResponse:
    """Give a plan up, with a reason."""
    standing = standing_of(request)
    edition = _edition_or_404(standing, uid)
    require(may_publish(standing, edition.document.agency), PUBLISHERS)
    present = plan_of(edition)
    if present is None:
        return _page(request, edition, PlanForm(), "没有等待发布的安排，可能已经取消或者发出。")
    form = CancelForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    refusal = _tried(
        request,
        lambda: cancel_plan(present, reason=reason, by=standing.person),
        "已取消安排，这一版仍可以直接发布。",
    )
    return (
        _page(request, edition, MoveForm(), refusal)
        if refusal
        else redirect("publication-plan", edition.uid)
    )


def _set(edition: Edition, present: Plan | None, form: PlanForm, standing: Standing) -> Plan:
    if present is None:
        return plan_publication(edition, at=form.at, by=standing.person)
    reason = form.cleaned_data["reason"]
    return move_plan(present, at=form.at, reason=reason, by=standing.person)


def _tried(request: HttpRequest, step: Callable[[], object], said: str) -> str:
    """Take *step* and say so; return why it was refused, empty when it was not."""
    try:
        step()
    except PublicationRefused as refused:
        return str(refused)
    messages.success(request, said)
    return ""


def _page(request: HttpRequest, edition: Edition, form: PlanForm, refusal: str) -> HttpResponse:
    present = plan_of(edition)
    context = {
        "edition": edition,
        "agency": names_of(request)[edition.document.agency_id].name,
        "plan": present,
        "published": Publication.objects.filter(edition=edition).first(),
        "past": plans_of(edition).filter(pending=None),
        "form": form,
        "cancel_form": CancelForm(),
        "refusal": refusal,
    }
    return render(request, "publication/plan.html", context, status=REFUSED if refusal else 200)


def _edition_or_404(standing: Standing, uid: str) -> Edition:
    rows = Edition.objects.filter(document__agency__in=visible_to(standing), uid=uid)
    found = rows.select_related("document__agency").first()
    if found is None:
        raise Http404(uid)
    return found
