"""A piece: sent in, read by the office, used or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency, Level
from gongkai.agencies.standing import Standing
from gongkai.documents.intake import clean_body
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.views.finding import document_or_404
from gongkai.people.audience import staff
from gongkai.sharing.actions import adopt_offer, decline_offer, send_offer, withdraw_offer
from gongkai.sharing.forms import NoteForm, PartForm, ReasonForm
from gongkai.sharing.models import Offer
from gongkai.sharing.refusal import SharingRefused
from gongkai.sharing.rules import OFFICE, SENDERS, is_office, may_offer, may_write
from gongkai.sharing.views.finding import REFUSED, offer_or_404


@staff
def send(request: HttpRequest, url_key: str) -> HttpResponse:
    """Send the newest edition of a document to the office."""
    standing = standing_of(request)
    document = document_or_404(standing, url_key)
    require(may_offer(standing, document.agency), SENDERS)
    edition = document.editions.filter(discarded_at=None).order_by("-n").first()
    if edition is None:
        raise Http404(url_key)
    edition.document = document
    form, refusal = NoteForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_offer(edition, note=form.cleaned_data["note"], by=standing.person)
        except SharingRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "已报送县政府办公室，办理结果会发消息给您。")
            return redirect("sharing-offer", sent.uid)
    context = {"document": document, "edition": edition, "form": form, "refusal": refusal}
    return render(request, "sharing/send.html", context, status=REFUSED if refusal else 200)


@staff
@require_safe
def offer(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    return _page(request, standing, offer_or_404(standing, uid))


@staff
@require_POST
def adopt(request: HttpRequest, uid: UUID) -> HttpResponse:
    def act(found: Offer, said: dict[str, Any], standing: Standing) -> Offer:
        return adopt_offer(found, into=_own(standing), by=standing.person)

    return _handle(request, uid, Form(request.POST), act, "已采用，稿子在本单位的信息里。")


@staff
@require_POST
def quote(request: HttpRequest, uid: UUID) -> HttpResponse:
    def act(found: Offer, said: dict[str, Any], standing: Standing) -> Offer:
        return adopt_offer(found, into=_own(standing), part=said["part"], by=standing.person)

    return _handle(request, uid, PartForm(request.POST), act, "已部分采用，稿子在本单位的信息里。")


@staff
@require_POST
def decline(request: HttpRequest, uid: UUID) -> HttpResponse:
    def act(found: Offer, said: dict[str, Any], standing: Standing) -> Offer:
        return decline_offer(found, reason=said["reason"], by=standing.person)

    return _handle(request, uid, ReasonForm(request.POST), act, "已答复报送单位。")


@staff
@require_POST
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    found = offer_or_404(standing, uid)
    require(may_write(standing, found.agency), SENDERS)
    try:
        withdraw_offer(found, by=standing.person)
    except SharingRefused as refused:
        return _page(request, standing, found, refusal=str(refused))
    messages.success(request, "已撤回。")
    return redirect("sharing-offer", found.uid)


def _own(standing: Standing) -> Agency:
    """Return the agency in whose name the office writes."""
    levels = (Level.OFFICE, Level.COUNTY)
    held = sorted(
        (one for one in standing.held if one.level in levels),
        key=lambda one: levels.index(one.level),
    )
    return Agency.objects.get(pk=held[0].agency_id)


def _handle(
    request: HttpRequest,
    uid: UUID,
    form: Form,
    act: Callable[[Offer, dict[str, Any], Standing], object],
    done: str,
) -> HttpResponse:
    standing = standing_of(request)
    found = offer_or_404(standing, uid)
    require(is_office(standing), OFFICE)
    if not form.is_valid():
        return _page(request, standing, found, form)
    try:
        act(found, form.cleaned_data, standing)
    except (SharingRefused, DocumentRefused) as refused:
        found.refresh_from_db()
        return _page(request, standing, found, form, str(refused))
    messages.success(request, done)
    return redirect("sharing-offer", found.uid)


def _page(
    request: HttpRequest,
    standing: Standing,
    found: Offer,
    form: Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    waits = found.state == Offer.State.SENT
    context = {
        "offer": found,
        "agency": names_of(request)[found.agency_id].name,
        "body": clean_body(found.body),
        "office": is_office(standing),
        "may_handle": waits and is_office(standing),
        "may_withdraw": waits and may_write(standing, found.agency),
        "part_form": form if isinstance(form, PartForm) else PartForm(),
        "reason_form": form if isinstance(form, ReasonForm) else ReasonForm(),
        "refusal": refusal,
    }
    return render(request, "sharing/offer.html", context, status=REFUSED if refusal else 200)
