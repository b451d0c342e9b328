"""Putting files to a draft and taking them off."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.agencies.access import standing_of
from gongkai.documents.actions import attach_file, detach_file
from gongkai.documents.forms import AttachForm
from gongkai.documents.intake import FileRefused
from gongkai.documents.models import Attachment, AttachmentRole, Edition
from gongkai.documents.queries import attached_to
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.views.finding import (
    REFUSED,
    attachment_or_404,
    drafted_or_404,
    open_edition_or_404,
)
from gongkai.documents.views.item import item_page
from gongkai.people.audience import staff
from gongkai.people.models import Person


@staff
def attach(request: HttpRequest, url_key: str) -> HttpResponse:
    standing = standing_of(request)
    document = drafted_or_404(standing, url_key)
    edition = open_edition_or_404(document)
    form = AttachForm(request.POST or None, request.FILES or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request, _attached(edition, form, standing.person))
            return redirect("desk-item-attach", document.url_key)
        except (DocumentRefused, FileRefused) as refused:
            refusal = str(refused)
    context = {
        "document": document,
        "edition": edition,
        "form": form,
        "files": attached_to(edition),
        "most": settings.ATTACHMENT_MOST_BYTES // 1_000_000,
        "refusal": refusal,
    }
    return render(request, "documents/attach.html", context, status=REFUSED if refusal else 200)


@staff
@require_POST
def detach(request: HttpRequest, url_key: str, uid: UUID) -> HttpResponse:
    standing = standing_of(request)
    document = drafted_or_404(standing, url_key)
    try:
        detach_file(attachment_or_404(document, uid), by=standing.person)
    except DocumentRefused as refused:
        return item_page(request, standing, document, str(refused))
    messages.success(request, "文件已取下。")
    return redirect("desk-item-attach", document.url_key)


def _attached(edition: Edition, form: AttachForm, by: Person) -> Attachment:
    sent: File[bytes] = form.cleaned_data["file"]
    return attach_file(
        edition,
        sent,
        name=sent.name or "",
        label=form.cleaned_data["label"],
        role=AttachmentRole(form.cleaned_data["role"]),
        by=by,
    )


def _tell(request: HttpRequest, attachment: Attachment) -> None:
    """Say that the file has come in, and what was noticed in it: a hidden sheet, a scan no search finds."""
    messages.success(request, "文件已上传。")
    for sentence in attachment.blob.said.notes.splitlines():
        messages.warning(request, f"“{attachment.name}”：{sentence}")
