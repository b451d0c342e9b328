"""The three administrators and the county's first people: given by the security administrator."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies import forms
from gongkai.agencies.access import standing_of
from gongkai.agencies.actions import appoint_administrator, end_administrator, seat_first
from gongkai.agencies.models import ADMINISTRATORS, Membership, Role
from gongkai.agencies.queries import first_roles_missing, seats_on
from gongkai.agencies.views.asking import attempt
from gongkai.people.administration import administrator
from gongkai.people.audience import staff
from gongkai.people.seats import Seat


@staff
@administrator(Seat.SECURITY)
def seats(request: HttpRequest) -> HttpResponse:
    """Who holds the three seats today, and which first people the county still lacks."""
    context = {"seats": seats_on(standing_of(request).on), "missing": first_roles_missing()}
    return render(request, "agencies/seats.html", context)


@staff
@administrator(Seat.SECURITY)
def seat(request: HttpRequest) -> HttpResponse:
    """Give somebody one of the three seats."""
    by, form = standing_of(request).person, forms.AdministratorForm(request.POST or None)

    def step() -> None:
        asked = form.cleaned_data
        role = Role(asked["role"])
        appoint_administrator(asked["person"], role=role, since=asked["since"], by=by)

    if request.method == "POST" and attempt(form, step):
        return _done(request, "管理员任职已登记。请再为本人开通账号。")
    return _page(request, form, "任命管理员", "任命")


@staff
@administrator(Seat.SECURITY)
def unseat(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End an administrator's seat."""
    by, held = standing_of(request).person, _seat_or_404(uid)
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: end_administrator(held, on=form.cleaned_data["on"], by=by)
    ):
        return _done(request, "管理员免职已登记。账号请在“人员与账号”里停用。")
    return _page(request, form, f"免去{held.person.name}的{held.get_role_display()}", "免职")


@staff
@administrator(Seat.SECURITY)
def first(request: HttpRequest) -> HttpResponse:
    """Give a county that begins its first officer and its first head."""
    by, form = standing_of(request).person, forms.FirstForm(request.POST or None)

    def step() -> None:
        asked = form.cleaned_data
        seat_first(asked["person"], role=Role(asked["role"]), since=asked["since"], by=by)

    if request.method == "POST" and attempt(form, step):
        return _done(request, "第一位已任命，以后的机关和任职由其办理。")
    return _page(request, form, "任命第一位政务公开办人员或负责人", "任命")


def _seat_or_404(uid: UUID) -> Membership:
    rows = Membership.objects.select_related("person", "agency")
    found = rows.filter(uid=uid, role__in=ADMINISTRATORS).first()
    if found is None:
        raise Http404(uid)
    return found


def _done(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("seats"))


def _page(request: HttpRequest, form: object, title: str, submit: str) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "trail": ("seats", "管理员任免")}
    return render(request, "agencies/seat.html", context)
