"""One version of a letter's wording: read it, compare it, approve it, turn it down, take it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.audit import clock
from gongkai.law.letters import LETTERS
from gongkai.letters.actions import (
    WordingRefused,
    approve_wording,
    reject_wording,
    take_back_wording,
)
from gongkai.letters.changes import changes
from gongkai.letters.models import State, Wording
from gongkai.letters.queries import words_of, words_on
from gongkai.letters.rules import APPROVES, PROPOSES, may_approve, may_propose, may_stop
from gongkai.letters.views.preview import REFUSED, previewed
from gongkai.people.audience import staff


@staff
def wording(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A version beside the one in use."""
    return _page(request, _found(uid), "")


@staff
@require_POST
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let the version be used from its day on."""
    standing = standing_of(request)
    require(may_propose(standing), APPROVES)
    row = _found(uid)
    return _done(request, row, lambda: approve_wording(row, by=standing.person))


@staff
@require_POST
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Turn the version down, or take one's own back."""
    return _stopped(request, uid, reject_wording)


@staff
@require_POST
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop an approved version before its day."""
    return _stopped(request, uid, take_back_wording)


def _stopped(request: HttpRequest, uid: UUID, act: Callable[..., object]) -> HttpResponse:
    standing = standing_of(request)
    require(may_stop(standing), PROPOSES)
    row, reason = _found(uid), request.POST.get("reason", "")
    return _done(request, row, lambda: act(row, reason=reason, by=standing.person))


def _done(request: HttpRequest, row: Wording, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except WordingRefused as refused:
        told = "".join((str(refused), *(one.sentence for one in refused.problems)))
        return _page(request, _found(row.uid), told)
    return HttpResponseRedirect(reverse("letter-wording", args=[row.uid]))


def _found(uid: UUID) -> Wording:
    rows = Wording.objects.select_related("author", "approver", "ended_by")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found


def _page(request: HttpRequest, row: Wording, refusal: str) -> HttpResponse:
    standing, today = standing_of(request), clock.today()
    waits = row.state == State.PROPOSED
    words = words_of(row)
    context = {
        "row": row,
        "title": LETTERS[row.code].title,
        "refusal": refusal,
        "changes": changes(words_on(row.code, today), words),
        "sample": previewed(words),
        "waits": waits,
        "mine": row.author_id == standing.person.pk,
        "may_approve": waits and may_approve(standing, row),
        "may_reject": waits and may_stop(standing),
        "may_take_back": row.state == State.APPROVED and row.since > today and may_stop(standing),
        "approves": APPROVES,
    }
    return render(request, "letters/wording.html", context, status=REFUSED if refusal else 200)
