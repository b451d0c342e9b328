"""机构改革 on the desk: a form, then the plan of what it would do, then the deed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.actions.reorganising import carry_out
from gongkai.agencies.forms import ChangeForm
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import name_of, names_on
from gongkai.agencies.refusal import AgencyRefused
from gongkai.agencies.reorganisation import Change, ChangeKind, plan_of
from gongkai.agencies.rules import KEEPERS, may_keep_directory
from gongkai.agencies.views.asking import agency_or_404, living
from gongkai.people.audience import staff

_REFUSED = 409


@staff
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Three steps at one address: the form, the plan it leads to, and its confirmation by hash."""
    standing, agency = standing_of(request), agency_or_404(code)
    require(may_keep_directory(standing), KEEPERS)
    form = ChangeForm(living(standing.on, without=agency), request.POST or None)
    if request.method != "POST" or "edit" in request.POST or not form.is_valid():
        name = name_of(agency, standing.on).name
        context = {"agency": agency, "name": name, "form": form, "submit": "看会有什么变化"}
        return render(request, "agencies/form.html", {**context, "title": "撤并和职能划转"})
    asked, seen = _change(agency, form), request.POST.get("seen", "")
    if not seen:
        return _plan_page(request, agency, form, asked)
    try:
        carry_out(asked, seen=seen, by=standing.person)
    except AgencyRefused as refused:
        return _plan_page(request, agency, form, asked, str(refused))
    messages.success(request, f"已登记：{asked.kind.label}，自 {asked.on} 起。")
    return HttpResponseRedirect(reverse("desk-agency", args=[code]))


def _change(agency: Agency, form: ChangeForm) -> Change:
    asked = form.cleaned_data
    others = [other for other in asked["others"] if other != agency]
    heirs = tuple((agency_or_404(code), scope) for code, scope in form.heirs())
    kind = ChangeKind(asked["kind"])
    return Change(kind, (agency, *others), heirs, asked["on"], asked["basis"])


def _plan_page(
    request: HttpRequest, agency: Agency, form: ChangeForm, change: Change, refusal: str = ""
) -> HttpResponse:
    plan = plan_of(change)
    names = {key: name.name for key, name in names_on(change.on, change.involved).items()}
    context = {
        "agency": agency,
        "plan": plan,
        "change": change,
        "sources": [names.get(source.pk, source.code) for source in change.sources],
        "heirs": [(names.get(heir.pk, heir.code), scope) for heir, scope in change.heirs],
        "lines": [(names.get(line.agency.pk, line.agency.code), line) for line in plan.lines],
        "sent": [(name, form.data.get(name, "")) for name in form.fields],
        "refusal": refusal,
    }
    return render(request, "agencies/plan.html", context, status=_REFUSED if refusal else 200)
