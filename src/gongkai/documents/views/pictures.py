"""Pictures of a text: shown to who may see the item, put to a draft by its editor, asked for as data."""

from __future__ import annotations

from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import standing_of
from gongkai.documents import blobs
from gongkai.documents.actions import add_picture
from gongkai.documents.forms import PasteForm, PictureForm
from gongkai.documents.intake import FileRefused, cleaned
from gongkai.documents.models import AttachmentRole, Document
from gongkai.documents.pictures import address_of
from gongkai.documents.queries import file_at
from gongkai.documents.refusal import DocumentRefused
from gongkai.documents.views.finding import (
    REFUSED,
    document_or_404,
    drafted_or_404,
    open_edition_or_404,
)
from gongkai.people.audience import staff


@staff
@require_safe
def picture(request: HttpRequest, url_key: str, name: str) -> FileResponse:
    """A picture of one of the item's editions, at the address its text calls it by."""
    return file_of(document_or_404(standing_of(request), url_key), name)


def file_of(document: Document, name: str) -> FileResponse:
    """Answer with the file of *document* called *name*: eight signs of its hash and its own name.

    Only pictures are shown by the browser in our name; what else there is, is handed out.
    """
    found = file_at(document, f"files/{name}")
    if found is None:
        raise Http404(name)
    try:
        content = blobs.path_of(found.blob.sha256).open("rb")
    except FileNotFoundError as lost:
        raise Http404(name) from lost
    return FileResponse(
        content,
        as_attachment=found.role != AttachmentRole.IMAGE,
        filename=found.name,
        content_type=found.blob.kind,
    )


@staff
@require_POST
def add(request: HttpRequest, url_key: str) -> HttpResponse:
    """Put a picture to the draft; answers with the address for the text, or why not."""
    standing = standing_of(request)
    edition = open_edition_or_404(drafted_or_404(standing, url_key))
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(" ".join(str(one) for all_of in form.errors.values() for one in all_of))
    sent: File[bytes] = form.cleaned_data["file"]
    try:
        put = add_picture(
            edition,
            sent,
            name=sent.name or "",
            alt=form.cleaned_data["alt"],
            by=standing.person,
        )
    except (DocumentRefused, FileRefused) as refused:
        return _refused(str(refused))
    return JsonResponse({"src": address_of(put.attached)})


@staff
@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """Clean what was pasted into the editor, as it will be when saved; say what of it is left out."""
    form = PasteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused("没有收到粘贴的内容，请重新粘贴。")
    try:
        kept = cleaned(form.cleaned_data["html"].read().decode("utf-8", "replace"))
    except DocumentRefused as refused:
        return _refused(str(refused))
    return JsonResponse({"html": kept.html, "lost": kept.lost})


def _refused(why: str) -> JsonResponse:
    return JsonResponse({"refusal": why}, status=REFUSED)
