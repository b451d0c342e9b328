"""Four previews of an edition: on a computer, on a phone, for the elderly, on paper. Nobody else sees them."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from gongkai.agencies.access import standing_of
from gongkai.documents.models import Document, Edition
from gongkai.documents.views.finding import document_or_404, edition_or_404
from gongkai.documents.views.pictures import file_of
from gongkai.people.audience import staff
from gongkai.portal.filed.preview import WAYS, Way, preview_of


@staff
@require_safe
@csp_replace({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # typed for views without arguments
def preview(request: HttpRequest, url_key: str, way: str = "desktop") -> HttpResponse:
    """One of the previews in a frame, and the way to the others; ``?n=`` names an edition."""
    document = document_or_404(standing_of(request), url_key)
    edition = _edition(request, document)
    context = {
        "document": document,
        "edition": edition,
        "ways": WAYS.values(),
        "way": _way(way),
    }
    return render(request, "desk/preview.html", context)


@staff
@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # typed for views without arguments
def preview_page(request: HttpRequest, url_key: str, way: str) -> HttpResponse:
    """The page itself, as it would be public."""
    document = document_or_404(standing_of(request), url_key)
    return HttpResponse(preview_of(_edition(request, document), _way(way)))


@staff
@require_safe
def preview_file(request: HttpRequest, url_key: str, way: str, name: str) -> FileResponse:
    """A file of the previewed page, at the address it has beside the public one."""
    return file_of(document_or_404(standing_of(request), url_key), name)


def _edition(request: HttpRequest, document: Document) -> Edition:
    latest = document.editions.order_by("-n").values_list("n", flat=True)[0]
    edition = edition_or_404(document, request.GET.get("n", str(latest)))
    edition.document = document
    return edition


def _way(name: str) -> Way:
    if name not in WAYS:
        raise Http404(name)
    return WAYS[name]
