"""One showing: recording it, what differs, dealing with that, its end, striking it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import names_of, require, standing_of
from gongkai.agencies.standing import Standing
from gongkai.channels.actions import end_showing, record_showing, settle_finding, strike_showing
from gongkai.channels.forms import FORMS, EndForm, SettleForm, ShowingForm, StrikeForm
from gongkai.channels.likeness import differing
from gongkai.channels.models import Channel, Settlement, Showing
from gongkai.channels.queries import approved_documents, approved_edition
from gongkai.channels.refusal import ShowingRefused
from gongkai.channels.rules import RECORDERS, may_record
from gongkai.channels.views.finding import REFUSED, showing_or_404
from gongkai.documents import blobs
from gongkai.documents.models import Document
from gongkai.documents.views.finding import document_or_404
from gongkai.people.audience import staff


@staff
def new(request: HttpRequest, url_key: str, channel: str) -> HttpResponse:
    """Record that a document was shown on *channel*."""
    standing = standing_of(request)
    document = document_or_404(standing, url_key)
    if channel not in FORMS:
        raise Http404(channel)
    require(may_record(standing, document.agency), RECORDERS)
    form = FORMS[channel](request.POST or None, request.FILES or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            rows = _record(document, form, standing)
        except ShowingRefused as refused:
            refusal = str(refused)
        else:
            _tell(request, rows)
            return redirect("channel-showing", rows[0].uid)
    context = {
        "document": document,
        "edition": approved_edition(document),
        "channel": Channel(channel),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "channels/new.html", context, status=REFUSED if refusal else 200)


@staff
@require_safe
def showing(request: HttpRequest, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    return _page(request, standing, showing_or_404(standing, uid))


@staff
@require_POST
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _step(
        request,
        uid,
        SettleForm(request.POST),
        lambda found, said, standing: settle_finding(
            found, settlement=Settlement(said["settlement"]), why=said["why"], by=standing.person
        ),
        "已登记处理结果。",
    )


@staff
@require_POST
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _step(
        request,
        uid,
        EndForm(request.POST),
        lambda found, said, standing: end_showing(found, on=said["on"], by=standing.person),
        "已登记结束日期。",
    )


@staff
@require_POST
def strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _step(
        request,
        uid,
        StrikeForm(request.POST),
        lambda found, said, standing: strike_showing(found, why=said["reason"], by=standing.person),
        "已注销，记录留着。",
    )


@staff
@require_safe
def photo(request: HttpRequest, uid: UUID) -> FileResponse:
    """Hand the photograph out to be kept."""
    found = showing_or_404(standing_of(request), uid)
    if found.photo is None or not found.photo_name:  # destroyed with the text it showed
        raise Http404(uid)
    try:
        content = blobs.path_of(found.photo.sha256).open("rb")
    except FileNotFoundError as lost:
        raise Http404(uid) from lost
    return FileResponse(
        content, as_attachment=True, filename=found.photo_name, content_type=found.photo.kind
    )


def _record(document: Document, form: ShowingForm, standing: Standing) -> list[Showing]:
    numbers = [one for one in form.numbers() if one != document.index_no]
    known = approved_documents(numbers, standing)
    absent = [one for one in numbers if one not in known]
    if absent:
        raise ShowingRefused(f"没有索引号为 {'、'.join(absent)[:200]} 的信息，请核对。")
    others = [known[one] for one in numbers]
    return record_showing(
        [document, *others], form.shown, photo=form.photo_sent, by=standing.person
    )


def _tell(request: HttpRequest, rows: list[Showing]) -> None:
    if rows[0].differences:
        messages.warning(request, "已登记。那里的文字与审核通过的不同，请看对照，处理后登记结果。")
    else:
        messages.success(request, "已登记。")


def _step(
    request: HttpRequest, uid: UUID, form: Form, act: Callable[..., object], done: str
) -> HttpResponse:
    standing = standing_of(request)
    found = showing_or_404(standing, uid)
    require(may_record(standing, found.edition.document.agency), RECORDERS)
    if not form.is_valid():
        return _page(request, standing, found, form)
    try:
        act(found, form.cleaned_data, standing)
    except ShowingRefused as refused:
        found.refresh_from_db()
        return _page(request, standing, found, form, str(refused))
    messages.success(request, done)
    return redirect("channel-showing", found.uid)


def _page(
    request: HttpRequest,
    standing: Standing,
    found: Showing,
    form: Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    document = found.edition.document
    context = {
        "showing": found,
        "document": document,
        "agency": names_of(request)[document.agency_id].name,
        "unit": names_of(request)[found.unit_id].name if found.unit_id else "",
        "sees_push": standing.compiles_for_the_county or found.unit_id in standing.works_for,
        "rows": differing(found.edition.content, found.text) if found.differences else [],
        "beside": found.event.showings.exclude(pk=found.pk)
        .filter(struck_at=None)
        .select_related("edition__document")
        if found.event
        else [],
        "may_record": may_record(standing, document.agency) and found.struck_at is None,
        "settle_form": form if isinstance(form, SettleForm) else SettleForm(),
        "end_form": form if isinstance(form, EndForm) else EndForm(auto_id="id_end_%s"),
        "strike_form": form if isinstance(form, StrikeForm) else StrikeForm(),
        "refusal": refusal,
    }
    return render(request, "channels/showing.html", context, status=REFUSED if refusal else 200)
