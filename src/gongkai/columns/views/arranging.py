"""Opening, naming, placing, handing over and closing columns."""

from __future__ import annotations

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.models import Agency, Level
from gongkai.agencies.standing import Standing
from gongkai.agencies.views.asking import agency_or_404, attempt, living
from gongkai.columns import forms
from gongkai.columns.actions.keeping import (
    close_column,
    hand_over_column,
    move_column,
    rename_column,
)
from gongkai.columns.actions.opening import Setup, adopt_standard_tree, open_column
from gongkai.columns.models import Audience, Column, Manner, Template
from gongkai.columns.models import Level as ColumnLevel
from gongkai.columns.queries import names_on
from gongkai.columns.refusal import ColumnRefused
from gongkai.columns.rules import KEEPERS, may_keep_columns
from gongkai.columns.views.asking import chosen, column_choices, column_or_404
from gongkai.law.platform import Freshness, Section
from gongkai.law.publishing import LimitKind, TimeLimit
from gongkai.people.audience import staff


@staff
def open_one(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request)
    require(may_keep_columns(standing), KEEPERS)
    form = forms.OpenForm(living(standing.on), column_choices(standing), request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _open(form, standing), ColumnRefused):
        messages.success(request, f"栏目“{form.cleaned_data['name']}”已开设。")
        return _to(form.cleaned_data["slug"])
    return _page(request, None, form, "开设栏目", "开设")


def _open(form: forms.OpenForm, standing: Standing) -> None:
    asked = form.cleaned_data
    try:
        limit = TimeLimit(LimitKind(asked["limit_kind"]), asked["limit_days"])
    except ValueError as wrong:
        raise ColumnRefused(
            "公开时限和天数对不上：按工作日、自然日计算的要写天数，及时、实时、永久公开的不写。"
        ) from wrong
    setup = Setup(
        section=Section(asked["section"]),
        basis=asked["basis"],
        limit=limit,
        duty=asked["duty"],
        field=asked["field"],
        freshness=Freshness(asked["freshness"]),
        rhythm_days=asked["rhythm_days"],
        channels=asked["channels"],
        audience=Audience(asked["audience"]),
        manner=Manner(asked["manner"]),
        level=ColumnLevel(asked["level"]),
        template=Template(asked["template"]),
    )
    open_column(
        asked["slug"],
        name=asked["name"],
        owner=agency_or_404(asked["owner"]),
        setup=setup,
        parent=chosen(asked["parent"]),
        opened=asked["opened"],
        by=standing.person,
    )


@staff
@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Open what is missing of the standard tree; the county's office answers for it until it is handed over."""
    standing = standing_of(request)
    require(may_keep_columns(standing), KEEPERS)
    offices = Agency.objects.filter(level__in=(Level.OFFICE, Level.COUNTY), ending=None)
    owner = offices.order_by("-level").first()
    if owner is None:
        messages.error(request, "还没有登记县政府和县政府办公室，请先到“机关”里登记。")
    else:
        made = adopt_standard_tree(owner=owner, by=standing.person)
        messages.success(
            request,
            f"已按标准设立 {len(made)} 个栏目，先由县政府办公室负责，请逐个移交给各责任机关。"
            if made
            else "标准栏目已经齐全，没有变化。",
        )
    return HttpResponseRedirect(reverse("desk-columns"))


@staff
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    standing, column = _asked(request, slug)
    form = forms.NameForm(request.POST or None)

    def step() -> object:
        return rename_column(column, **form.cleaned_data, by=standing.person)

    return _form(request, column, form, step, ("栏目更名", "登记新名称", "新名称已登记。"))


@staff
def move(request: HttpRequest, slug: str) -> HttpResponse:
    standing, column = _asked(request, slug)
    form = forms.MoveForm(column_choices(standing, without=column), request.POST or None)

    def step() -> object:
        asked = form.cleaned_data
        return move_column(
            column, parent=chosen(asked["parent"]), on=asked["on"], by=standing.person
        )

    return _form(request, column, form, step, ("调整位置", "移动", "栏目已移动，网址不变。"))


@staff
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    standing, column = _asked(request, slug)
    form = forms.HandOverForm(living(standing.on), request.POST or None)

    def step() -> object:
        asked = form.cleaned_data
        owner = agency_or_404(asked["owner"])
        return hand_over_column(column, owner=owner, since=asked["since"], by=standing.person)

    return _form(request, column, form, step, ("移交栏目", "移交", "移交已登记。"))


@staff
def close(request: HttpRequest, slug: str) -> HttpResponse:
    standing, column = _asked(request, slug)
    form = forms.CloseForm(column_choices(standing, without=column), request.POST or None)

    def step() -> object:
        asked = form.cleaned_data
        target = chosen(asked["moved_to"])
        return close_column(
            column, on=asked["on"], reason=asked["reason"], moved_to=target, by=standing.person
        )

    return _form(request, column, form, step, ("停用栏目", "停用", "停用已登记，网址保留。"))


def _asked(request: HttpRequest, slug: str) -> tuple[Standing, Column]:
    """Another agency's column does not exist; one's own may be looked at, and is arranged by the office."""
    standing = standing_of(request)
    column = column_or_404(standing, slug)
    require(may_keep_columns(standing), KEEPERS)
    return standing, column


def _form(
    request: HttpRequest,
    column: Column,
    form: django_forms.Form,
    step: Callable[[], object],
    words: tuple[str, str, str],
) -> HttpResponse:
    title, submit, done = words
    if request.method == "POST" and attempt(form, step, ColumnRefused):
        messages.success(request, done)
        return _to(column.slug)
    return _page(request, column, form, title, submit)


def _to(slug: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk-column", args=[slug]))


def _page(
    request: HttpRequest, column: Column | None, form: object, title: str, submit: str
) -> HttpResponse:
    on = standing_of(request).on
    name = names_on(on, [column]).get(column.pk, column.slug) if column else ""
    context = {"column": column, "name": name, "form": form, "title": title, "submit": submit}
    return render(request, "columns/form.html", context)
