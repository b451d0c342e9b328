"""One examination: what was found, what to do, and letting go of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.standing import Standing
from gongkai.people.audience import staff
from gongkai.screening.actions import release
from gongkai.screening.forms import ReleaseForm
from gongkai.screening.models import Screening
from gongkai.screening.queries import groups_of, is_current
from gongkai.screening.refusal import ScreeningRefused
from gongkai.screening.rules import RELEASERS, may_release
from gongkai.screening.views.finding import REFUSED, screening_or_404


@staff
@require_safe
def screening(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    return _page(request, standing, screening_or_404(standing, uid))


@staff
@require_POST
def let_go(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer for what holds a file back."""
    standing = standing_of(request)
    found = screening_or_404(standing, uid)
    require(may_release(standing, found.agency), RELEASERS)
    form = _form(found, request)
    if not form.is_valid():
        return _page(request, standing, found, form)
    try:
        release(found, reasons=form.reasons, by=standing.person)
    except ScreeningRefused as refused:
        return _page(request, standing, found, form, str(refused))
    messages.success(request, "已放行，理由和放行人记录在案。")
    return redirect("screening", found.uid)


def _form(found: Screening, request: HttpRequest | None = None) -> ReleaseForm:
    kinds = [one.kind for one in groups_of(found) if one.is_open and one.kind.releasable]
    return ReleaseForm(kinds, request.POST if request else None)


def _page(
    request: HttpRequest,
    standing: Standing,
    found: Screening,
    form: ReleaseForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    groups = groups_of(found)
    still = [one for one in groups if one.is_open]
    mine = found.by_person_id == standing.person.pk
    releasing = may_release(standing, found.agency) and not mine and is_current(found)
    context = {
        "screening": found,
        "agency": names_of(request)[found.agency_id].name,
        "held": [one for one in groups if one.kind.blocking],
        "told": [one for one in groups if not one.kind.blocking],
        "open": still,
        "for_nobody": [one.kind for one in still if not one.kind.releasable],
        "releasable": any(one.kind.releasable for one in still),
        "current": is_current(found),
        "form": (form or _form(found)) if releasing and still else None,
        "releasers": RELEASERS,
        "mine": mine,
        "refusal": refusal,
    }
    return render(request, "screening/screening.html", context, status=REFUSED if refusal else 200)
