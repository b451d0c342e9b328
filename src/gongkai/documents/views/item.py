"""One document: its editions, files, 公开属性 and what happened to it; a file; two editions compared."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.agencies.standing import Standing
from gongkai.columns.queries import named
from gongkai.documents import blobs
from gongkai.documents.besides import parts
from gongkai.documents.comparing import compare as compared
from gongkai.documents.forms import ReasonForm
from gongkai.documents.happenings import happenings
from gongkai.documents.intake import clean_body
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import Disclosure, Document, Edition
from gongkai.documents.queries import attached_to, lock_of, relay_due, shortcomings
from gongkai.documents.rules import may_draft
from gongkai.documents.views.finding import (
    REFUSED,
    attachment_or_404,
    document_or_404,
    edition_or_404,
)
from gongkai.people.audience import staff
from gongkai.rulebook.queries import rules_on
from gongkai.text.body.comparison import Change


@staff
@require_safe
def item(request: HttpRequest, url_key: str) -> HttpResponse:
    standing = standing_of(request)
    return item_page(request, standing, document_or_404(standing, url_key))


def item_page(
    request: HttpRequest, standing: Standing, document: Document, refusal: str = ""
) -> HttpResponse:
    """Show *document*; with *refusal*, why what was asked was not done."""
    editions = list(document.editions.select_related("author_person", "saved_by").order_by("-n"))
    shown = _wanted(editions, request.GET.get("n", ""))
    shown.document = document
    content = shown.content
    being_written = next((one for one in editions if one.is_open), None)
    lacking = shortcomings(shown) if shown.is_open else []
    context = {
        "document": document,
        "agency": names_of(request)[document.agency_id].name,
        "editions": editions,
        "shown": shown,
        "content": content,
        "body": clean_body(content.text),  # cleaned again: a page trusts no stored markup
        "fields": schema_of(document.kind).shown(content.fields),
        "columns": named(standing.on, content.columns),
        "files": attached_to(shown),
        "draft": being_written,
        "lock": lock_of(being_written) if being_written else None,
        "lacking": lacking,
        "relay_due": relay_due(shown, rules_on(standing.on)),
        "withholding": document.withholdings.filter(ended_on=None).first(),
        "history": list(happenings(document)),
        "parts": parts(document, standing),
        "may_draft": may_draft(standing, document.agency),
        "may_submit": shown.is_open
        and not lacking
        and shown.author_person_id == standing.person.pk
        and document.disclosure == Disclosure.PUBLIC,
        "ever_closed": any(one.closed_at for one in editions),
        "discard_form": ReasonForm(prefix="discard"),
        "refusal": refusal,
        "me": standing.person,
    }
    return render(request, "documents/item.html", context, status=REFUSED if refusal else 200)


@staff
@require_safe
def compare(request: HttpRequest, url_key: str) -> HttpResponse:
    """Two editions side by side: ``?a=`` the older, ``?b=`` the newer, by default the last two."""
    standing = standing_of(request)
    document = document_or_404(standing, url_key)
    numbers = list(document.editions.order_by("-n").values_list("n", flat=True))
    a = edition_or_404(document, request.GET.get("a", str(numbers[min(1, len(numbers) - 1)])))
    b = edition_or_404(document, request.GET.get("b", str(numbers[0])))
    said = (a.content, b.content)
    names = named(standing.on, {slug for one in said for slug in one.columns})
    rows = compared(*said, schema_of(document.kind), names)
    context = {
        "document": document,
        "numbers": numbers,
        "a": a,
        "b": b,
        "rows": rows,
        "changes": sum(row.change is not Change.SAME for row in rows),
    }
    return render(request, "documents/compare.html", context)


@staff
@require_safe
def attached_file(request: HttpRequest, url_key: str, uid: UUID) -> FileResponse:
    """Hand out a file to be kept: never shown by the browser in our name."""
    document = document_or_404(standing_of(request), url_key)
    attachment = attachment_or_404(document, uid)
    try:
        content = blobs.path_of(attachment.blob.sha256).open("rb")
    except FileNotFoundError as lost:
        raise Http404(uid) from lost
    return FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.blob.kind,
    )


def _wanted(editions: list[Edition], n: str) -> Edition:
    if not n:
        return editions[0]
    found = next((one for one in editions if str(one.n) == n), None)
    if found is None:
        raise Http404(n)
    return found
