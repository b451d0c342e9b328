"""One proposed value of a county: what it moves; approving it, turning it down, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongkai.agencies.access import standing_of
from gongkai.audit import clock
from gongkai.people.audience import staff
from gongkai.rulebook.actions import approve_parameter, reject_parameter
from gongkai.rulebook.catalogue import entry_of
from gongkai.rulebook.models import Parameter, State
from gongkai.rulebook.plans import parameter_plan
from gongkai.rulebook.queries import value_of
from gongkai.rulebook.views.deciding import REFUSED, Deciding, steps


def _page(request: HttpRequest, row: Parameter, refusal: str) -> HttpResponse:
    waits = row.state == State.PROPOSED
    context = {
        "row": row,
        "entry": entry_of(row.key, clock.today()),
        "value": value_of(row),
        "refusal": refusal,
        "plan": parameter_plan(row, clock.today()) if waits else None,
        **steps(standing_of(request), row),
    }
    return render(request, "rulebook/value.html", context, status=REFUSED if refusal else 200)


_DECIDING = Deciding(Parameter, _page, "rulebook-value", approve_parameter, reject_parameter)


@staff
def value(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _DECIDING.show(request, uid)


@staff
@require_POST
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _DECIDING.approved(request, uid)


@staff
@require_POST
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _DECIDING.rejected(request, uid)
