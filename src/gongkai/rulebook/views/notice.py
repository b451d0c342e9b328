"""One entered notice: what it says, what it moves; approving it, turning it down, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.standing import Standing
from gongkai.people.audience import staff
from gongkai.rulebook.actions import DecisionRefused, approve_notice, reject_notice
from gongkai.rulebook.forms import ReasonForm
from gongkai.rulebook.kept_moves import kept_moves
from gongkai.rulebook.models import HolidayNotice, Proposal, State
from gongkai.rulebook.queries import notice_of
from gongkai.rulebook.rules import APPROVES, may_approve, may_propose
from gongkai.rulebook.views.notice_sheet import preview

_REFUSED = 409


@staff
def notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _page(request, _found(uid))


@staff
@require_POST
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the notice in force, if it still moves what the page showed."""
    standing = standing_of(request)
    require(may_approve(standing), APPROVES)
    row = _found(uid)
    try:
        approve_notice(row, seen=request.POST.get("seen", ""), by=standing.person)
    except DecisionRefused as refused:
        return _page(request, _found(uid), str(refused))
    return HttpResponseRedirect(reverse("rulebook-notice", args=[uid]))


@staff
@require_POST
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Turn the notice down; whoever proposed it may take it back."""
    standing = standing_of(request)
    row = _found(uid)
    require(may_reject(standing, row), APPROVES)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, "没有写理由，没有办理。不批准或者撤回都要写明理由。")
    try:
        reject_notice(row, reason=form.cleaned_data["reason"], by=standing.person)
    except DecisionRefused as refused:
        return _page(request, _found(uid), str(refused))
    return HttpResponseRedirect(reverse("rulebook-notice", args=[uid]))


def may_reject(standing: Standing, row: Proposal) -> bool:
    """Whoever may approve, and whoever proposed as long as they still may."""
    mine = row.proposed_by_id == standing.person.pk
    return may_approve(standing) or (mine and may_propose(standing))


def steps(standing: Standing, row: Proposal) -> dict[str, object]:
    """Which step *standing* may take on a proposal, and whether it is their own."""
    waits = row.state == State.PROPOSED
    mine = row.proposed_by_id == standing.person.pk
    return {
        "waits": waits,
        "mine": mine,
        "may_approve": waits and may_approve(standing) and not mine,
        "may_reject": waits and may_reject(standing, row),
        "approves": APPROVES,
        "kept": kept_moves(row),
    }


def _found(uid: UUID) -> HolidayNotice:
    people = ("proposed_by", "decided_by", "moves")
    found = HolidayNotice.objects.select_related(*people).filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found


def _page(request: HttpRequest, row: HolidayNotice, refusal: str = "") -> HttpResponse:
    context = {
        "row": row,
        "refusal": refusal,
        **preview(notice_of(row)),
        **steps(standing_of(request), row),
    }
    return render(request, "rulebook/notice.html", context, status=_REFUSED if refusal else 200)
