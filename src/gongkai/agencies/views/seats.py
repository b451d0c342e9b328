"""Giving, lending, moving and ending roles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies import forms
from gongkai.agencies.access import require, standing_of
from gongkai.agencies.actions import appoint_deputy, assign_role, end_membership, transfer
from gongkai.agencies.estates import in_hand_of
from gongkai.agencies.models import Agency, Membership, Role
from gongkai.agencies.queries import name_of
from gongkai.agencies.rules import APPOINTERS, may_appoint, may_see_people
from gongkai.agencies.standing import Standing
from gongkai.agencies.views.asking import agency_or_404, attempt, living
from gongkai.people.audience import staff
from gongkai.people.models import Person


@staff
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    standing, agency = _asked(request, code)
    form = forms.SeatForm(request.POST or None)

    def step() -> None:
        asked = form.cleaned_data
        assign_role(
            asked["person"],
            agency,
            role=Role(asked["role"]),
            since=asked["since"],
            by=standing.person,
        )

    if request.method == "POST" and attempt(form, step):
        _warn_of_both_chairs(request, form.cleaned_data["person"], agency)
        return _done(request, code, "任职已登记。")
    return _page(request, agency, form, "登记任职", "登记")


@staff
def deputy(request: HttpRequest, code: str) -> HttpResponse:
    standing, agency = _asked(request, code)
    form = forms.DeputyForm(request.POST or None)

    def step() -> None:
        asked = dict(form.cleaned_data)
        person, role = asked.pop("person"), Role(asked.pop("role"))
        appoint_deputy(person, agency, role=role, **asked, by=standing.person)

    if request.method == "POST" and attempt(form, step):
        return _done(request, code, "代理已登记，到期自动失效。")
    return _page(request, agency, form, "登记代理", "登记代理")


@staff
def end(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    standing, agency = _asked(request, code)
    seat = _seat_or_404(agency, uid)
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: end_membership(seat, on=form.cleaned_data["on"], by=standing.person)
    ):
        return _done(request, code, "免职已登记。")
    return _page(request, agency, form, "免职", "免职", seat)


@staff
def move(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    standing, agency = _asked(request, code)
    seat = _seat_or_404(agency, uid)
    form = forms.TransferForm(living(standing.on), request.POST or None)

    def step() -> None:
        asked = form.cleaned_data
        to, role = agency_or_404(asked["to"]), Role(asked["role"])
        transfer(seat, to=to, role=role, on=asked["on"], by=standing.person)

    if request.method == "POST" and attempt(form, step):
        return _done(request, code, "调动已登记：原任职到日结束，新任职同日开始。")
    return _page(request, agency, form, "调动", "登记调动", seat)


def _asked(request: HttpRequest, code: str) -> tuple[Standing, Agency]:
    standing, agency = standing_of(request), agency_or_404(code)
    if not may_see_people(standing, agency) and not may_appoint(standing, agency):
        raise Http404(code)
    require(may_appoint(standing, agency), APPOINTERS)
    return standing, agency


def _seat_or_404(agency: Agency, uid: UUID) -> Membership:
    rows = Membership.objects.select_related("person", "agency")
    found = rows.filter(agency=agency, uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found


def _warn_of_both_chairs(request: HttpRequest, person: Person, agency: Agency) -> None:
    """In a small bureau one person may file and approve, only never the same return."""
    both = (Role.RETURN_FILLER, Role.RETURN_APPROVER)
    held = Membership.objects.filter(person=person, agency=agency, role__in=both, ended=None)
    if held.values("role").distinct().count() == len(both):
        messages.warning(
            request,
            f"{person.name}在本单位既是“报送”又是“报送审核”：自己报的自己不能接收，请确认还有另一位审核人。",
        )


def _done(request: HttpRequest, code: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("desk-agency", args=[code]))


def _page(
    request: HttpRequest,
    agency: Agency,
    form: object,
    title: str,
    submit: str,
    seat: Membership | None = None,
) -> HttpResponse:
    context = {
        "agency": agency,
        "name": name_of(agency, standing_of(request).on).name,
        "form": form,
        "title": title,
        "submit": submit,
        "seat": seat,
        "hand": in_hand_of(seat.person, agency) if seat else [],
    }
    return render(request, "agencies/form.html", context)
