"""Destroying what a document said. The room of publication decides that, by two persons; this does it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.documents.canonical import GONE, gone_bytes
from gongkai.documents.holding import DESTROYED
from gongkai.documents.models import Attachment, Document, Edition, FileText
from gongkai.documents.queries import destroyed_with
from gongkai.people.models import Person


@dataclass(frozen=True)
class Destroyed:
    """The hashes of the texts that are gone, and of the files nothing else is attached to."""

    editions: tuple[str, ...]
    files: tuple[str, ...]


@transaction.atomic
def destroy_text(document: Document, *, by: Person) -> Destroyed:
    """Overwrite title, text, fields and file names of every edition of *document*, drafts included, and what files say.

    The hashes stay. A trigger refuses it while nobody has approved it. The files themselves are the caller's to
    remove once this is committed.
    """
    editions = list(Edition.objects.filter(document=document))
    drafts = Edition.objects.filter(document=document, closed_at=None, discarded_at=None)
    drafts.update(discarded_at=clock.now())
    for edition in editions:
        Edition.objects.filter(pk=edition.pk).update(
            title=GONE, canonical=gone_bytes(document.identity(edition.n))
        )
    attached = Attachment.objects.filter(edition__document=document)
    for row in attached:
        Attachment.objects.filter(pk=row.pk).update(name=f"file-{row.order}", label="")
    gone = destroyed_with(document)
    FileText.objects.filter(blob__in=gone).delete()
    files = tuple(gone.order_by("sha256").values_list("sha256", flat=True))
    found = Destroyed(tuple(edition.sha256 for edition in editions), files)
    payload = {"editions": list(found.editions), "files": list(found.files)}
    subject = f"document:{document.uid}"
    record(DESTROYED, stream=document.agency.code, subject=subject, payload=payload, by=by)
    return found
