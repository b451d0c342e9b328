"""Establishing, naming, describing and placing an agency."""

from __future__ import annotations

from dataclasses import fields

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies import forms
from gongkai.agencies.access import require, standing_of
from gongkai.agencies.actions import (
    change_parent,
    establish_agency,
    record_contact,
    rename_agency,
)
from gongkai.agencies.actions.establishing import Contact
from gongkai.agencies.models import Agency, Kind, Level
from gongkai.agencies.queries import contact_on, name_of
from gongkai.agencies.rules import DESCRIBERS, KEEPERS, may_keep_directory, may_record_contact
from gongkai.agencies.views.asking import agency_or_404, attempt, living
from gongkai.people.audience import staff


@staff
def establish(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request)
    require(may_keep_directory(standing), KEEPERS)
    form = forms.EstablishForm(living(standing.on), request.POST or None)
    form.order_fields(["name", "short", "mark", "code", "credit_code", "level", "kind", "parent"])

    def step() -> None:
        asked = dict(form.cleaned_data)
        parent = agency_or_404(asked["parent"]) if asked["parent"] else None
        asked |= {"level": Level(asked["level"]), "kind": Kind(asked["kind"]), "parent": parent}
        establish_agency(**asked, by=standing.person)

    if request.method == "POST" and attempt(form, step):
        messages.success(request, f"“{form.cleaned_data['name']}”已登记。")
        return _to(form.cleaned_data["code"])
    return _form_page(request, None, form, "登记新机关", "登记")


@staff
def rename(request: HttpRequest, code: str) -> HttpResponse:
    standing, agency = standing_of(request), agency_or_404(code)
    require(may_keep_directory(standing), KEEPERS)
    form = forms.NameForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: rename_agency(agency, **form.cleaned_data, by=standing.person)
    ):
        messages.success(request, "新名称已登记，以前签发的仍用当时的名称。")
        return _to(code)
    return _form_page(request, agency, form, "机关更名", "登记新名称")


@staff
def contact(request: HttpRequest, code: str) -> HttpResponse:
    standing, agency = standing_of(request), agency_or_404(code)
    require(may_record_contact(standing, agency), DESCRIBERS)
    now = contact_on(agency, standing.on)
    known = [field.name for field in fields(Contact)]
    initial = {name: getattr(now, name) for name in known} if now else {}
    form = forms.ContactForm(request.POST or None, initial=initial)

    def step() -> None:
        asked = dict(form.cleaned_data)
        since = asked.pop("since")
        record_contact(agency, Contact(**asked), since=since, by=standing.person)

    if request.method == "POST" and attempt(form, step):
        messages.success(request, "机构信息已登记，自启用日期起对外公布。")
        return _to(code)
    return _form_page(request, agency, form, "登记机构信息", "登记")


@staff
def parent(request: HttpRequest, code: str) -> HttpResponse:
    standing, agency = standing_of(request), agency_or_404(code)
    require(may_keep_directory(standing), KEEPERS)
    form = forms.ParentForm(living(standing.on, without=agency), request.POST or None)

    def step() -> None:
        above = form.cleaned_data["parent"]
        change_parent(
            agency,
            parent=agency_or_404(above) if above else None,
            since=form.cleaned_data["since"],
            by=standing.person,
        )

    if request.method == "POST" and attempt(form, step):
        messages.success(request, "隶属已登记。")
        return _to(code)
    return _form_page(request, agency, form, "调整隶属", "登记")


def _to(code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk-agency", args=[code]))


def _form_page(
    request: HttpRequest, agency: Agency | None, form: object, title: str, submit: str
) -> HttpResponse:
    context = {
        "agency": agency,
        "name": name_of(agency, standing_of(request).on).name if agency else "",
        "form": form,
        "title": title,
        "submit": submit,
    }
    return render(request, "agencies/form.html", context)
