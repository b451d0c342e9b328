"""Finding what an address names. Another agency's answers as one that does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from gongkai.agencies.access import require
from gongkai.agencies.standing import Standing
from gongkai.documents.models import Attachment, Document, Edition, Withholding
from gongkai.documents.queries import open_edition, visible_documents, withheld
from gongkai.documents.rules import DRAFTERS, may_draft

REFUSED = 409


def document_or_404(standing: Standing, url_key: str) -> Document:
    """Return a document one may see."""
    found = visible_documents(standing).select_related("agency").filter(url_key=url_key).first()
    if found is None:
        raise Http404(url_key)
    return found


def drafted_or_404(standing: Standing, url_key: str) -> Document:
    """Return a document one may see and draft; who may only see it is told whose task it is."""
    document = document_or_404(standing, url_key)
    require(may_draft(standing, document.agency), DRAFTERS)
    return document


def open_edition_or_404(document: Document) -> Edition:
    """Return the edition being written."""
    edition = open_edition(document)
    if edition is None:
        raise Http404(document.url_key)
    edition.document = document
    return edition


def edition_or_404(document: Document, n: str) -> Edition:
    """Return the edition with the number typed in an address."""
    known = n.isascii() and n.isdigit() and len(n) < 7
    edition = document.editions.filter(n=int(n)).first() if known else None
    if edition is None:
        raise Http404(n)
    return edition


def attachment_or_404(document: Document, uid: UUID) -> Attachment:
    """Return a file of one of the document's editions, also one that was taken off."""
    found = Attachment.objects.select_related("blob", "edition__document__agency")
    attachment = found.filter(edition__document=document, uid=uid).first()
    if attachment is None:
        raise Http404(uid)
    return attachment


def withholding_or_404(standing: Standing, uid: UUID) -> Withholding:
    """Return a running entry of the register one may see."""
    entry = withheld(standing).filter(uid=uid).first()
    if entry is None:
        raise Http404(uid)
    return entry
