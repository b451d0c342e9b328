"""Writing: beginning a document, its text, who holds it, the next edition, giving a draft up."""

from __future__ import annotations

from collections.abc import Callable

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.models import Agency
from gongkai.agencies.standing import Standing
from gongkai.documents.actions import (
    begin_editing,
    discard_draft,
    next_edition,
    open_draft,
    save_draft,
    take_over,
)
from gongkai.documents.asking import asked
from gongkai.documents.forms import EditForm, NewForm, ReasonForm
from gongkai.documents.intake import as_typed, clean_body, cleaned
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Edition
from gongkai.documents.placing import offered
from gongkai.documents.queries import attached_to, lock_of, shortcomings
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.views.beginning import choices_of, drafted, drafted_for, first_for
from gongkai.documents.views.finding import REFUSED, drafted_or_404, open_edition_or_404
from gongkai.documents.views.item import item_page
from gongkai.people.audience import staff
from gongkai.text.body.visible import paragraphs

EDITOR_POLICY = "ProseMirrorClipboard"
"""What the vendored editor calls its trusted-types policy: it reads what is pasted into a document never shown."""


@staff
def new(request: HttpRequest) -> HttpResponse:
    """Begin a document of an agency one drafts for."""
    standing = standing_of(request)
    agencies = drafted_for(standing)
    choices = choices_of(request, agencies)
    form = NewForm(choices, request.POST or None, first=first_for(standing))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            edition = _begin(form, agencies, standing)
        except DocumentRefused as refused:
            refusal = str(refused)
        else:
            return redirect("desk-item-edit", edition.document.url_key)
    context = {"form": form, "refusal": refusal}
    return render(request, "documents/new.html", context, status=REFUSED if refusal else 200)


@staff
@csp_replace({"trusted-types": [EDITOR_POLICY]})  # type: ignore[arg-type]  # typed for views without arguments
def edit(request: HttpRequest, url_key: str) -> HttpResponse:
    """The text of a draft. Who does not hold it sees who does, and may begin or take over."""
    standing = standing_of(request)
    document = drafted_or_404(standing, url_key)
    edition = open_edition_or_404(document)
    form = EditForm(
        schema_of(document.kind),
        offered(document.agency, document.kind),
        request.POST or None,
        initial=_initial(edition),
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            _save(edition, form, standing)
        except DocumentRefused as refused:
            refusal = str(refused)
            edition.refresh_from_db()
        else:
            messages.success(request, f"第 {edition.n} 版已保存。")
            for sentence in cleaned(form.cleaned_data["text"]).lost:
                messages.warning(request, sentence)
            return redirect("desk-item", document.url_key)
    return _edit_page(request, standing, edition, form, refusal)


@staff
@require_POST
def begin(request: HttpRequest, url_key: str) -> HttpResponse:
    """Hold the draft, then write."""
    return _step(request, url_key, lambda edition, by: begin_editing(edition, by=by.person))


@staff
@require_POST
def take(request: HttpRequest, url_key: str) -> HttpResponse:
    """Take the draft over from somebody, with a reason."""
    reason = _reason(request, "take")
    return _step(
        request, url_key, lambda edition, by: take_over(edition, reason=reason, by=by.person)
    )


@staff
@require_POST
def discard(request: HttpRequest, url_key: str) -> HttpResponse:
    """Give a draft up; its number and the reason stay."""
    standing = standing_of(request)
    document = drafted_or_404(standing, url_key)
    edition = open_edition_or_404(document)
    try:
        discard_draft(edition, reason=_reason(request, "discard"), by=standing.person)
    except DocumentRefused as refused:
        return item_page(request, standing, document, str(refused))
    messages.success(request, f"第 {edition.n} 版草稿已作废，记录仍在。")
    return redirect("desk-item", document.url_key)


@staff
@require_POST
def next_one(request: HttpRequest, url_key: str) -> HttpResponse:
    """Begin the next edition from the last closed one."""
    standing = standing_of(request)
    document = drafted_or_404(standing, url_key)
    try:
        next_edition(document, by=standing.person)
    except DocumentRefused as refused:
        return item_page(request, standing, document, str(refused))
    return redirect("desk-item-edit", document.url_key)


def _begin(form: NewForm, agencies: dict[str, Agency], standing: Standing) -> Edition:
    said = form.cleaned_data
    agency = agencies[said["agency"]]
    return open_draft(agency, drafted(form), ground=said["ground"], by=standing.person)


def _save(edition: Edition, form: EditForm, standing: Standing) -> None:
    save_draft(
        edition,
        title=form.cleaned_data["title"],
        text=form.cleaned_data["text"],
        fields=form.typed,
        columns=form.columns,
        expecting=form.cleaned_data["revision"],
        by=standing.person,
    )


def _initial(edition: Edition) -> dict[str, object]:
    content = edition.content
    return {
        **schema_of(edition.document.kind).write(content.fields),
        "title": content.title,
        "text": as_typed(content.text),
        "revision": edition.revision,
        "column": next(iter(content.columns), ""),
        "also": list(content.columns[1:]),
    }


def _edit_page(
    request: HttpRequest, standing: Standing, edition: Edition, form: EditForm, refusal: str
) -> HttpResponse:
    lock = lock_of(edition)
    mine = lock is not None and lock.person_id == standing.person.pk
    content = edition.content
    context = {
        "document": edition.document,
        "edition": edition,
        "agency": names_of(request)[edition.document.agency_id].name,
        "schema": schema_of(edition.document.kind),
        "form": form,
        "writes": mine or request.method == "POST",
        "lock": None if mine else lock,
        "take_form": ReasonForm(prefix="take"),
        "files": attached_to(edition),
        "lacking": shortcomings(edition),
        "asked": asked(content),
        "paragraphs": paragraphs(content.text),
        "body": _body(form, content.text),
        "refusal": refusal,
        "saved": content if refusal else None,
    }
    return render(request, "documents/edit.html", context, status=REFUSED if refusal else 200)


def _body(form: EditForm, saved: str) -> str:
    """The text in the form as a clean fragment, for the editor; the saved one where it cannot be cleaned."""
    if not form.is_bound:
        return clean_body(saved)
    try:
        return clean_body(form.data.get("text", ""))
    except DocumentRefused:
        return clean_body(saved)


def _step(
    request: HttpRequest, url_key: str, act: Callable[[Edition, Standing], object]
) -> HttpResponse:
    standing = standing_of(request)
    document = drafted_or_404(standing, url_key)
    try:
        act(open_edition_or_404(document), standing)
    except DocumentRefused as refused:
        return item_page(request, standing, document, str(refused))
    return redirect("desk-item-edit", document.url_key)


def _reason(request: HttpRequest, prefix: str) -> str:
    form = ReasonForm(request.POST, prefix=prefix)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""
