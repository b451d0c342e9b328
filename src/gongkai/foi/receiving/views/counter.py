"""The counter: whoever stands there, and what the post, the fax and the mailbox brought, on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import working_as
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.foi.identity import Identity
from gongkai.foi.issuing.queries import receipt_of
from gongkai.foi.receiving.actions import Sent, receive_at_counter
from gongkai.foi.receiving.codes import Begun, StaleForm
from gongkai.foi.receiving.content import DocumentKind
from gongkai.foi.receiving.files import Inspected
from gongkai.foi.receiving.forms.counter import COUNTER_CHANNELS, CounterForm
from gongkai.foi.receiving.models import FileRole
from gongkai.foi.receiving.queries import authorities
from gongkai.foi.receiving.refusal import SubmissionRefused
from gongkai.foi.receiving.rules import RECEIVES, acts_unproved, receives_anywhere
from gongkai.foi.receiving.views.finding import REFUSED
from gongkai.foi.receiving.views.one import inspected, sheet
from gongkai.law.receipt import Channel
from gongkai.people.audience import staff
from gongkai.rulebook.queries import rules_on

_BAD = 400


@staff
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Take in one request. The channel, a tab with an address of its own, decides which proofs are asked."""
    standing = standing_of(request)
    require(receives_anywhere(standing), RECEIVES)
    agencies = {agency.code: agency for agency in _agencies(standing)}
    names = names_of(request)
    choices = [(code, names[agency.pk].name) for code, agency in agencies.items()]
    if request.method != "POST":
        channel = _channel(request.GET.get("channel", ""))
        first = {
            "begun": Begun.now().token,
            "channel": channel.value,
            "agency": _own(standing, agencies),
        }
        return _page(request, CounterForm(channel, choices, initial=first), channel)
    channel = _channel(request.POST.get("channel", ""))
    data, refusal = request.POST.dict(), ""
    try:
        begun = Begun.read(data.get("begun", ""))
    except StaleForm as stale:
        begun, refusal = Begun.now(), str(stale)
    form = CounterForm(channel, choices, {**data, "begun": begun.token}, request.FILES)
    if not form.is_valid():
        return _page(request, form, channel, refusal, _BAD)
    if refusal:
        return _page(request, form, channel, refusal, REFUSED)
    return _received(request, standing, form, begun, agencies)


@sensitive_variables()
def _received(
    request: HttpRequest,
    standing: Standing,
    form: CounterForm,
    begun: Begun,
    agencies: Mapping[str, Agency],
) -> HttpResponse:
    said, identity = form.cleaned_data, form.identity()
    channel = _channel(said["channel"])
    try:
        sent = receive_at_counter(
            agencies[said["agency"]],
            asked=form.asked(mail_number=said.get("mail_number", "")),
            applicant=identity,
            klass=said["klass"],
            brought=form.brought(channel),
            files=_papers(said),
            begun=begun,
            by=standing.person,
        )
    except (SubmissionRefused, ValidationError) as refused:
        return _page(request, form, channel, _sentence(refused), REFUSED)
    return _done(request, standing, sent, identity)


def _done(request: HttpRequest, standing: Standing, sent: Sent, identity: Identity) -> HttpResponse:
    """Return the sheet to sign, with the slip for the applicant: number and code, this once."""
    more = {
        "identity": identity,
        "document": DocumentKind(identity.document_kind).label,
        "code": sent.code,
        "again": sent.again,
        "letter": receipt_of(sent.submission.case) if sent.submission.case else None,
        "wants_authority": acts_unproved(
            sent.submission,
            rules_on(clock.today()),
            authorised=authorities().filter(submission=sent.submission).exists(),
        ),
    }
    return sheet(request, standing, sent.submission, more)


def _papers(said: Mapping[str, Any]) -> list[tuple[FileRole, Inspected]]:
    """Return what was photographed at once. Raises :class:`SubmissionRefused`."""
    roles = ((FileRole.AUTHORITY, "authority"), (FileRole.PROOF, "proof"))
    return [(role, inspected(said[name])) for role, name in roles if said.get(name)]


def _agencies(standing: Standing) -> list[Agency]:
    mine = working_as(standing, Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
    return list(mine.filter(ending=None).order_by("code"))


def _own(standing: Standing, agencies: Mapping[str, Agency]) -> str:
    """Return the agency one holds the role in: the office's officers also take in for the county."""
    own = standing.agencies_as(Role.CASE_OFFICER, Role.OPENNESS_OFFICER)
    return next((code for code, agency in agencies.items() if agency.pk in own), "")


def _channel(text: str) -> Channel:
    return Channel(text) if text in COUNTER_CHANNELS else Channel.IN_PERSON


def _sentence(refused: Exception) -> str:
    return "；".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)


def _page(
    request: HttpRequest, form: CounterForm, channel: Channel, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "channel": channel,
        "channels": COUNTER_CHANNELS,
        "refusal": refusal,
    }
    return render(request, "foi/receiving/counter.html", context, status=status)
