"""Unit returns on the desk: where each unit stands, filing a figure, judging it, taking it back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import require, standing_of
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import name_of, names_on, visible_to
from gongkai.agencies.standing import Standing
from gongkai.annualreport.money import wan_yuan
from gongkai.people.audience import staff
from gongkai.returns.actions import (
    ReturnRefused,
    accept_return,
    file_return,
    send_back_return,
    withdraw_return,
)
from gongkai.returns.forms import ReturnForm
from gongkai.returns.models import Item, Return
from gongkai.returns.queries import Place, places
from gongkai.returns.rules import may_file, may_judge
from gongkai.returns.season import year_in_view
from gongkai.rulebook.queries import rules_on

_REFUSED = 409


@staff
def overview(request: HttpRequest) -> HttpResponse:
    """Where each unit one may see stands with the figures of a year."""
    standing = standing_of(request)
    year = _year_asked(request, standing)
    agencies = list(visible_to(standing).filter(rolls_up=True).order_by("code"))
    names = names_on(standing.on, agencies)
    by_agency: dict[int, list[Place]] = {agency.pk: [] for agency in agencies}
    for place in places(agencies, year):
        by_agency[place.agency.pk].append(place)
    context = {
        "year": year,
        "years": range(standing.on.year, standing.on.year - 6, -1),
        "items": list(Item),
        "rows": [(agency, names[agency.pk].short, by_agency[agency.pk]) for agency in agencies],
        "owed": sum(place.owed for found in by_agency.values() for place in found),
    }
    return render(request, "returns/overview.html", context)


@staff
def unit(request: HttpRequest, code: str, year: int) -> HttpResponse:
    standing = standing_of(request)
    return _unit_page(request, standing, agency_or_404(standing, code), year)


@staff
def file(request: HttpRequest, code: str, year: int, item: str) -> HttpResponse:
    """The form of one figure; filing it makes a new revision."""
    standing = standing_of(request)
    agency, item = agency_or_404(standing, code), _item_or_404(item)
    require(may_file(standing, agency), Role.RETURN_FILLER.label)
    form = ReturnForm(item, request.POST or None)
    if request.method == "POST" and form.is_valid():
        filed = file_return(
            agency,
            period=year,
            item=item,
            value=form.cleaned_data["amount"],
            source=form.cleaned_data["source"],
            absent_reason=form.cleaned_data["absent_reason"],
            by=standing.person,
        )
        messages.success(request, f"“{item.label}”第 {filed.revision} 稿已报送，等待审核。")
        return HttpResponseRedirect(_address(agency, year))
    context = {
        "agency": agency,
        "name": name_of(agency, standing.on).name,
        "year": year,
        "item": item,
        "form": form,
        "last": places([agency], year)[list(Item).index(item)].last,
    }
    return render(request, "returns/file.html", context)


@staff
@require_POST
def accept(request: HttpRequest, code: str, year: int, uid: str) -> HttpResponse:
    return _judge(
        request, code, year, uid, lambda row, by: accept_return(row, by=by.person), "已接收"
    )


@staff
@require_POST
def send_back(request: HttpRequest, code: str, year: int, uid: str) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:300]
    return _judge(
        request,
        code,
        year,
        uid,
        lambda row, by: send_back_return(row, reason=reason, by=by.person),
        "已退回",
    )


@staff
@require_POST
def withdraw(request: HttpRequest, code: str, year: int, uid: str) -> HttpResponse:
    """Undo of filing: by the filler, while nobody has judged it."""
    standing = standing_of(request)
    agency = agency_or_404(standing, code)
    require(may_file(standing, agency), Role.RETURN_FILLER.label)
    return _carry_out(
        request,
        standing,
        _return_or_404(agency, year, uid),
        lambda row, by: withdraw_return(row, by=by.person),
        "已撤回，可以改好后重新报送",
    )


def agency_or_404(standing: Standing, code: str) -> Agency:
    """Return an agency whose returns one may see. Another's answers as one that does not exist."""
    found = visible_to(standing).filter(code=code, rolls_up=True).first()
    if found is None:
        raise Http404(code)
    return found


def _judge(
    request: HttpRequest,
    code: str,
    year: int,
    uid: str,
    act: Callable[[Return, Standing], Return],
    done: str,
) -> HttpResponse:
    standing = standing_of(request)
    agency = agency_or_404(standing, code)
    require(may_judge(standing, agency), Role.RETURN_APPROVER.label)
    return _carry_out(request, standing, _return_or_404(agency, year, uid), act, done)


def _carry_out(
    request: HttpRequest,
    standing: Standing,
    row: Return,
    act: Callable[[Return, Standing], Return],
    done: str,
) -> HttpResponse:
    try:
        act(row, standing)
    except ReturnRefused as refused:
        return _unit_page(request, standing, row.agency, row.period, str(refused))
    messages.success(request, f"“{row.get_item_display()}”第 {row.revision} 稿{done}。")
    return HttpResponseRedirect(_address(row.agency, row.period))


def _unit_page(
    request: HttpRequest, standing: Standing, agency: Agency, year: int, refusal: str = ""
) -> HttpResponse:
    history = Return.objects.filter(agency=agency, period=year).select_related("filler", "approver")
    context = {
        "agency": agency,
        "name": name_of(agency, standing.on).name,
        "year": year,
        "places": [(place, _amount(place.last)) for place in places([agency], year)],
        "history": [(row, _amount(row)) for row in history.order_by("item", "-revision")],
        "may_file": may_file(standing, agency),
        "may_judge": may_judge(standing, agency),
        "refusal": refusal,
        "me": standing.person,
    }
    return render(request, "returns/unit.html", context, status=_REFUSED if refusal else 200)


def _amount(row: Return | None) -> str:
    if row is None or row.value_int is None:
        return ""
    return f"{wan_yuan(row.value_int)} 万元" if row.item == Item.FEE else f"{row.value_int} 件"


def _year_asked(request: HttpRequest, standing: Standing) -> int:
    """Return the year asked for, or the one whose figures are being collected."""
    text = request.GET.get("year", "")
    if text.isascii() and text.isdigit() and len(text) == 4:
        return int(text)
    return year_in_view(rules_on(standing.on))


def _item_or_404(text: str) -> Item:
    if text not in Item.values:
        raise Http404(text)
    return Item(text)


def _return_or_404(agency: Agency, year: int, uid: str) -> Return:
    rows = Return.objects.select_related("agency").filter(agency=agency, period=year)
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404(uid)
    return found


def _address(agency: Agency, year: int) -> str:
    return reverse("desk-returns-unit", args=[agency.code, year])
