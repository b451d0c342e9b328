"""Number series: how far each is used, what is missing, what was voided and why."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.people.audience import staff
from gongkai.rulebook.actions import NumberInUse, void_number
from gongkai.rulebook.forms import ReasonForm
from gongkai.rulebook.models import NumberSeries, NumberUse
from gongkai.rulebook.queries import gaps_of, series_of
from gongkai.rulebook.rules import VOIDS, may_void

_REFUSED = 409


@staff
def numbers(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request)
    context = {"series": series_of(visible_to(standing), standing.on)}
    return render(request, "rulebook/numbers.html", context)


@staff
def series(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    return _page(request, standing, _found(standing, uid))


@staff
@require_POST
def void(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Void one number of the series, with the reason why it is not used."""
    standing = standing_of(request)
    row = _found(standing, uid)
    require(may_void(standing, row.agency), VOIDS)
    form = ReasonForm(request.POST)
    use = _use(row, request.POST.get("n", ""))
    if use is None or not form.is_valid():
        return _page(
            request, standing, row, "没有办成：请填写这一序列里用过的号，并写明作废的理由。"
        )
    try:
        void_number(use, reason=form.cleaned_data["reason"], by=standing.person)
    except (NumberInUse, ValueError, ValidationError) as refused:
        return _page(request, standing, row, _sentence(refused))
    return HttpResponseRedirect(reverse("rulebook-series", args=[uid]))


def _use(row: NumberSeries, n: str) -> NumberUse | None:
    if not (n.isascii() and n.isdecimal()) or int(n) > row.last:
        return None
    return NumberUse.objects.select_related("series").filter(series=row, n=int(n)).first()


def _sentence(refused: Exception) -> str:
    return "；".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)


def _found(standing: Standing, uid: UUID) -> NumberSeries:
    rows = NumberSeries.objects.select_related("agency")
    found = rows.filter(uid=uid, agency__in=visible_to(standing)).first()
    if found is None:
        raise Http404(uid)
    return found


def _page(
    request: HttpRequest, standing: Standing, row: NumberSeries, refusal: str = ""
) -> HttpResponse:
    found = [line for line in series_of(visible_to(standing), standing.on) if line.uid == row.uid]
    context = {
        "line": found[0],
        "voided": row.uses.exclude(void_reason="").order_by("n"),
        "gaps": gaps_of(row),
        "may_void": may_void(standing, row.agency),
        "voids": VOIDS,
        "form": ReasonForm(),
        "refusal": refusal,
    }
    return render(request, "rulebook/series.html", context, status=_REFUSED if refusal else 200)
