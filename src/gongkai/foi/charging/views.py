"""On what each agency charges, and choosing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.foi.charging.actions.choosing import choose_basis
from gongkai.foi.charging.forms import BasisForm
from gongkai.foi.charging.models import Basis, ChargingBasis
from gongkai.foi.charging.rules import CHOOSES, may_choose
from gongkai.foi.scope import agencies_seen
from gongkai.foi.views.steps import attempt
from gongkai.law.fees import TARIFF
from gongkai.people.audience import staff
from gongkai.people.forms import sent

_REFUSED, _WRONG = 409, 400


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def fees(request: HttpRequest) -> HttpResponse:
    """The choices of the agencies one may see, the tariff, and the form for who heads one."""
    standing = standing_of(request)
    agencies = _headed(request, standing)
    form = BasisForm(sent(request), agencies=agencies) if agencies else None
    if request.method != "POST":
        return _page(request, standing, form)
    require(form is not None, CHOOSES)
    assert form is not None  # noqa: S101  # required just now
    if not form.is_valid():
        return _page(request, standing, form, status=_WRONG)
    typed = form.cleaned_data
    agency = Agency.objects.get(code=typed["agency"])
    require(may_choose(standing, agency), CHOOSES)
    refusal = attempt(
        lambda: choose_basis(
            agency,
            basis=Basis(typed["basis"]),
            since=typed["since"],
            source=typed["source"],
            by=standing.person,
        )
    )
    if refusal:
        return _page(request, standing, form, refusal, _REFUSED)
    messages.success(request, "已选定收费方式。")
    return HttpResponseRedirect(reverse("fees"))


def _headed(request: HttpRequest, standing: Standing) -> list[tuple[str, str]]:
    names = names_of(request)
    mine = working_as(standing, Role.LEADER).order_by("code")
    return [(agency.code, names[agency.pk].name) for agency in mine if agency.pk in names]


def _page(
    request: HttpRequest,
    standing: Standing,
    form: BasisForm | None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    names = names_of(request)
    chosen = ChargingBasis.objects.filter(agency__in=agencies_seen(standing))
    context = {
        "rows": [
            (names[row.agency_id].name, row)
            for row in chosen.order_by("agency__code", "-since")
            if row.agency_id in names
        ],
        "tariff": TARIFF,
        "scales": [
            (label, scale, scale.portions(scale.step.from_))
            for label, scale in ((Basis.ITEM.label, TARIFF.item), (Basis.PAGE.label, TARIFF.page))
        ],
        "form": form,
        "chooses": CHOOSES,
        "refusal": refusal,
    }
    return render(request, "foi/fees.html", context, status=status)
