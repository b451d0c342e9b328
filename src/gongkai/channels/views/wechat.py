"""An approved text ready for the editor of another platform."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.access import names_of, standing_of
from gongkai.audit import clock
from gongkai.channels.queries import approved_edition
from gongkai.documents.intake import clean_body
from gongkai.documents.models import Document
from gongkai.documents.views.finding import document_or_404
from gongkai.people.audience import staff
from gongkai.publication.models import Publication
from gongkai.text.body.inlined import inlined


@staff
@require_safe
def ready(request: HttpRequest, url_key: str) -> HttpResponse:
    """The live text as HTML with inline styles: to be copied whole, by a button or by hand."""
    document = document_or_404(standing_of(request), url_key)
    edition = approved_edition(document)
    agency = names_of(request)[document.agency_id].name
    made = ""
    if edition is not None:
        content = edition.content
        address = request.build_absolute_uri(_address(document))
        source = str(content.fields.get("source") or agency)
        made = inlined(content.title, clean_body(content.text), source=source, address=address)
    context = {"document": document, "edition": edition, "made": made}
    return render(request, "channels/wechat.html", context)


def _address(document: Document) -> str:
    """Where the item is, or will be: its year is that of its first publication."""
    first = Publication.objects.filter(document=document, seq=1).first()
    year = clock.legal_date(first.published_at if first else clock.now()).year
    return reverse("item", kwargs={"year": year, "url_key": document.url_key})
