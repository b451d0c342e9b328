"""Reading documents: their editions and files, what an edition lacks, who writes it, what is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.audit import clock
from gongkai.audit.models import Event
from gongkai.documents import blobs
from gongkai.documents.asking import unanswered
from gongkai.documents.canonical import gone_bytes
from gongkai.documents.holding import holders
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import (
    Attachment,
    Blob,
    Document,
    DraftLock,
    Edition,
    Kind,
    Withholding,
)
from gongkai.documents.placing import unplaced
from gongkai.law.rules import Rules
from gongkai.people.models import Person
from gongkai.text.body.visible import visible_text
from gongkai.text.canonical import sha256_hex

RELAY_HOURS = "relay.limit"


def altered_editions() -> Iterator[Edition]:
    """Yield editions whose stored bytes no longer match their hash, but for those destroyed by law."""
    for edition in Edition.objects.select_related("document").iterator(chunk_size=2_000):
        stored = bytes(edition.canonical)
        if sha256_hex(stored) != edition.sha256 and stored != gone_bytes(
            edition.document.identity(edition.n)
        ):
            yield edition


def altered_files() -> Iterator[tuple[Blob, str]]:
    """Yield every file that is not on disk as it was attached, with what is wrong.

    A file whose every text was destroyed by law is gone with them; one that is still there is wrong too.
    """
    kept = Blob.objects.exclude(pk__in=destroyed_blobs())
    for blob in kept.order_by("sha256").iterator(chunk_size=2_000):
        found = blobs.hash_on_disk(blob.sha256)
        if found is None:
            yield blob, "磁盘上没有这个文件"
        elif found != blob.sha256:
            yield blob, "磁盘上的内容与哈希不符"
    for sha256 in undestroyed_files():
        yield Blob.objects.get(sha256=sha256), "已依法销毁，文件却还在磁盘上"


def destroyed_blobs() -> QuerySet[Blob]:
    """Return the files that nothing holds but editions whose text was destroyed."""
    gone, standing = Q(pk__in=[]), Q(pk__in=[])
    for holder in holders():
        gone |= Q(Exists(holder.gone()))
        standing |= Q(Exists(holder.standing()))
    return Blob.objects.filter(gone & ~standing)


def destroyed_with(document: Document) -> QuerySet[Blob]:
    """Return the files that were destroyed with *document*, or are to be."""
    own = Q(pk__in=[])
    for holder in holders():
        own |= Q(Exists(holder.gone().filter(**{f"{holder.edition}__document": document})))
    return destroyed_blobs().filter(own)


def undestroyed_files() -> Iterator[str]:
    """Yield the hash of each file that was to be destroyed and is still on disk: its process was killed before that."""
    hashes = destroyed_blobs().order_by("sha256").values_list("sha256", flat=True)
    return (sha256 for sha256 in hashes if blobs.path_of(sha256).exists())


def stray_files() -> Iterator[str]:
    """Yield the hash of every file on disk without a row: left by an upload that did not end well."""
    known = set(Blob.objects.values_list("sha256", flat=True))
    return (name for name in blobs.names_on_disk() if name not in known)


def attached_to(edition: Edition) -> QuerySet[Attachment]:
    """Return the files of *edition* in their order, what was taken off left out."""
    return edition.attachments.filter(detached_at=None).select_related("blob").order_by("order")


def file_at(document: Document, address: str) -> Attachment | None:
    """Return the file of *document*'s editions with that address beside its page, also one taken off."""
    name = address.rpartition("/")[2].partition("-")[2]
    found = Attachment.objects.filter(edition__document=document, name=name)
    return next((one for one in found.select_related("blob") if one.address == address), None)


def open_editions() -> QuerySet[Edition]:
    """Return the editions that are being written."""
    return Edition.objects.filter(closed_at=None, discarded_at=None)


def drafted_last_for(person: Person, agencies: QuerySet[Agency]) -> Agency | None:
    """Return the one of *agencies* for which *person* wrote last, None where it was none of them.

    What was entered in bulk does not count: it was closed before it was entered.
    """
    written = Q(closed_at=None) | Q(closed_at__gte=F("saved_at"))
    found = Edition.objects.filter(written, saved_by=person, document__agency__in=agencies)
    last = found.order_by("-saved_at", "-pk").select_related("document__agency")
    edition = last.defer("canonical").first()
    return edition.document.agency if edition else None


def open_edition(document: Document) -> Edition | None:
    """Return the edition of *document* that is being written, if any."""
    return open_editions().filter(document=document).select_related("saved_by").first()


def last_closed(document: Document) -> Edition | None:
    """Return the newest closed edition of *document*."""
    return document.editions.exclude(closed_at=None).order_by("-n").first()


def visible_documents(standing: Standing) -> QuerySet[Document]:
    """Return the documents *standing* lets one see (invariant 4)."""
    return Document.objects.filter(agency__in=visible_to(standing))


def shortcomings(edition: Edition) -> list[str]:
    """Return a sentence for everything *edition* lacks before it can be closed and sent to review."""
    content = edition.content
    lacking = [*schema_of(edition.document.kind).missing(content.fields)]
    lacking += unplaced(edition.document, content.columns)
    if not visible_text(content.text) and not content.attachments:
        lacking.append("正文是空的，也没有附件。")
    return lacking + unanswered(content)


def lapsed_before() -> datetime:
    """Return the instant before which a lock that was not refreshed has run out."""
    minutes: int = settings.DRAFT_LOCK_MINUTES
    return clock.now() - timedelta(minutes=minutes)


def lock_of(edition: Edition) -> DraftLock | None:
    """Return who is writing *edition*, None when nobody is or the lock has run out."""
    held = DraftLock.objects.filter(edition=edition, refreshed_at__gt=lapsed_before())
    return held.select_related("person").first()


def relay_due(edition: Edition, rules: Rules) -> datetime | None:
    """Return until when relayed information is to be out, None for what is not relayed or tells no time."""
    said = edition.content.fields.get("source_published_at")
    if edition.document.kind != Kind.RELAY or not said:
        return None
    return datetime.fromisoformat(str(said)) + timedelta(hours=rules.number(RELAY_HOURS))


def withheld(standing: Standing) -> QuerySet[Withholding]:
    """Return the running entries of the register that *standing* lets one see, the first due first."""
    seen = Withholding.objects.filter(ended_on=None, document__in=visible_documents(standing))
    return seen.select_related("document__agency", "decided_by").order_by("review_due", "pk")


def withheld_due(on: date) -> QuerySet[Withholding]:
    """Return what is to be looked at again on *on* or was before (条例第十八条)."""
    running = Withholding.objects.filter(ended_on=None, review_due__lte=on)
    return running.select_related("document__agency").order_by("review_due", "pk")


def history_of(document: Document) -> QuerySet[Event]:
    """Return the log of *document* and its editions, the newest first."""
    subjects = [
        f"document:{document.uid}",
        *(f"edition:{uid}" for uid in document.editions.values_list("uid", flat=True)),
    ]
    return Event.objects.filter(subject__in=subjects).order_by("-at", "-pk")
