"""An item passed on to units, and a unit's answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency, AgencyName, Level
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.channels.models import Channel
from gongkai.documents.intake import clean_body
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.views.finding import document_or_404
from gongkai.people.audience import staff
from gongkai.publication.models import Publication
from gongkai.rulebook.queries import rules_on
from gongkai.sharing.actions import decline_delivery, push_item, relay_delivery, show_delivery
from gongkai.sharing.forms import PushForm, ReasonForm, ShowForm
from gongkai.sharing.models import Delivery
from gongkai.sharing.queries import answer_due, receivers
from gongkai.sharing.refusal import SharingRefused
from gongkai.sharing.rules import OFFICE, SENDERS, is_office, may_write
from gongkai.sharing.views.finding import REFUSED, delivery_or_404


@staff
def push(request: HttpRequest, url_key: str) -> HttpResponse:
    """Choose who is asked to carry a published item."""
    standing, names = standing_of(request), names_of(request)
    document = document_or_404(standing, url_key)
    require(is_office(standing), OFFICE)
    agencies = {one.code: one for one in receivers()}
    form = PushForm(_by_level(agencies.values(), names), request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        chosen = [agencies[code] for code in form.codes]
        try:
            push_item(document, chosen, note=form.cleaned_data["note"], by=standing.person)
        except SharingRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"已推送给 {len(chosen)} 个单位，答复会列在这里。")
            return redirect("sharing")
    context = {"document": document, "form": form, "refusal": refusal}
    return render(request, "sharing/push.html", context, status=REFUSED if refusal else 200)


def _by_level(
    agencies: Iterable[Agency], names: Mapping[int, AgencyName]
) -> dict[Level, list[tuple[str, str]]]:
    """Return code and name of *agencies* by their level; a level without any is left out."""
    found: dict[Level, list[tuple[str, str]]] = {}
    for one in agencies:
        found.setdefault(Level(one.level), []).append((one.code, names[one.pk].name))
    return {level: found[level] for level in Level if level in found}


@staff
@require_safe
def delivery(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    return _page(request, standing, delivery_or_404(standing, uid))


@staff
@require_POST
def relay(request: HttpRequest, uid: UUID) -> HttpResponse:
    def act(found: Delivery, said: dict[str, Any], standing: Standing) -> Delivery:
        address = request.build_absolute_uri(_address(found))
        return relay_delivery(found, address=address, by=standing.person)

    return _answer(
        request, uid, Form(request.POST), act, "已起草转载，请补全后送审；时限从原文发布起算。"
    )


@staff
@require_POST
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    def act(found: Delivery, said: dict[str, Any], standing: Standing) -> Delivery:
        channel = Channel(said["channel"])
        return show_delivery(found, channel=channel, place=said["place"], by=standing.person)

    return _answer(request, uid, ShowForm(request.POST), act, "已答复。")


@staff
@require_POST
def refuse(request: HttpRequest, uid: UUID) -> HttpResponse:
    def act(found: Delivery, said: dict[str, Any], standing: Standing) -> Delivery:
        return decline_delivery(found, reason=said["reason"], by=standing.person)

    return _answer(request, uid, ReasonForm(request.POST), act, "已答复。")


def _answer(
    request: HttpRequest,
    uid: UUID,
    form: Form,
    act: Callable[[Delivery, dict[str, Any], Standing], object],
    done: str,
) -> HttpResponse:
    standing = standing_of(request)
    found = delivery_or_404(standing, uid)
    require(may_write(standing, found.agency), SENDERS)
    if not form.is_valid():
        return _page(request, standing, found, form)
    try:
        act(found, form.cleaned_data, standing)
    except (SharingRefused, DocumentRefused) as refused:
        found.refresh_from_db()
        return _page(request, standing, found, form, str(refused))
    messages.success(request, done)
    return redirect("sharing-delivery", found.uid)


def _address(found: Delivery) -> str:
    document = found.push.edition.document
    first = Publication.objects.get(document=document, seq=1)
    year = clock.legal_date(first.published_at).year
    return reverse("item", kwargs={"year": year, "url_key": document.url_key})


def _page(
    request: HttpRequest,
    standing: Standing,
    found: Delivery,
    form: Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    edition = found.push.edition
    due = answer_due(found, rules_on(standing.on))
    waits = found.state == Delivery.State.WAITING
    context = {
        "delivery": found,
        "agency": names_of(request)[found.agency_id].name,
        "title": edition.title,
        "body": clean_body(edition.content.text),
        "address": _address(found),
        "due": due,
        "late": waits and clock.now() > due,
        "may_answer": waits and may_write(standing, found.agency),
        "may_see_draft": found.draft_id is not None and may_write(standing, found.agency),
        "show_form": form if isinstance(form, ShowForm) else ShowForm(),
        "reason_form": form if isinstance(form, ReasonForm) else ReasonForm(),
        "refusal": refusal,
    }
    return render(request, "sharing/delivery.html", context, status=REFUSED if refusal else 200)
