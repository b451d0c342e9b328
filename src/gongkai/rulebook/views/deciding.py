"""What the pages of a notice and of a value have in common: another person approves, or turns down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.standing import Standing
from gongkai.rulebook.actions import DecisionRefused, ParameterRefused
from gongkai.rulebook.forms import ReasonForm
from gongkai.rulebook.kept_moves import kept_moves
from gongkai.rulebook.models import Proposal, State
from gongkai.rulebook.rules import APPROVES, may_approve, may_reject

REFUSED = 409
_NO_REASON = "没有写理由，没有办理。不批准或者撤回都要写明理由。"
P = TypeVar("P", bound=Proposal)


@dataclass(frozen=True)
class Deciding(Generic[P]):
    """One kind of proposal: its rows, its page, the name of its address, and the two verbs."""

    model: type[P]
    page: Callable[[HttpRequest, P, str], HttpResponse]
    url_name: str
    approve: Callable[..., Any]
    reject: Callable[..., Any]

    def show(self, request: HttpRequest, uid: UUID) -> HttpResponse:
        return self.page(request, self._found(uid), "")

    def approved(self, request: HttpRequest, uid: UUID) -> HttpResponse:
        """Put the proposal in force, if it still moves what the page showed."""
        standing = standing_of(request)
        require(may_approve(standing), APPROVES)
        row, seen = self._found(uid), request.POST.get("seen", "")
        return self._done(request, uid, lambda: self.approve(row, seen=seen, by=standing.person))

    def rejected(self, request: HttpRequest, uid: UUID) -> HttpResponse:
        """Turn the proposal down; whoever proposed it may take it back."""
        standing, row = standing_of(request), self._found(uid)
        require(may_reject(standing, row), APPROVES)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.page(request, row, _NO_REASON)
        reason = form.cleaned_data["reason"]
        return self._done(request, uid, lambda: self.reject(row, reason=reason, by=standing.person))

    def _done(self, request: HttpRequest, uid: UUID, act: Callable[[], object]) -> HttpResponse:
        try:
            act()
        except (DecisionRefused, ParameterRefused) as refused:
            return self.page(request, self._found(uid), str(refused))
        return HttpResponseRedirect(reverse(self.url_name, args=[uid]))

    def _found(self, uid: UUID) -> P:
        rows = self.model._default_manager.select_related("proposed_by", "decided_by", "moves")
        found = rows.filter(uid=uid).first()
        if found is None:
            raise Http404(uid)
        return found


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
