"""Entering finished documents in bulk, after the fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import new_uid
from gongkai.documents.canonical import Content, edition_bytes
from gongkai.documents.intake import clean_body
from gongkai.documents.models import Disclosure, Document, Edition, Kind
from gongkai.documents.placing import proposed
from gongkai.people.models import Person
from gongkai.rulebook.actions import take_numbers
from gongkai.text.canonical import Plain, sha256_hex
from gongkai.text.urlkey import url_key

INDEX_SERIES = "index_no"
_BATCH = 500


@dataclass(frozen=True)
class Draft:
    """What a document says when it is entered: its kind, 公开属性, title, text, fields and columns.

    *columns* are addresses, the main one first; None stands for what its kind proposes.
    """

    kind: Kind
    title: str
    text: str
    disclosure: Disclosure = Disclosure.PUBLIC
    disclosure_reason: str = ""
    art20: int | None = None
    fields: Mapping[str, Plain] = field(default_factory=dict)
    columns: Sequence[str] | None = None


@transaction.atomic
def enter_documents(
    drafts: Sequence[Draft],
    *,
    agency: Agency,
    year: int,
    closed_at: datetime | Sequence[datetime] | None = None,
    by: Person,
) -> list[Edition]:
    """Enter documents of one agency with their first editions and 索引号 (国办秘函〔2009〕6号).

    *closed_at* closes the editions, each at its own instant or all at one: used when finished texts are entered
    after the fact. One event tells of the whole batch, with the hash over its editions' hashes.
    """
    uids = free_uids(len(drafts))
    numbers = take_numbers(agency, kind=INDEX_SERIES, year=year, subjects=uids)
    documents = [
        new_document(draft, uid, agency, year, n)
        for draft, uid, n in zip(drafts, uids, numbers, strict=True)
    ]
    Document.objects.bulk_create(documents, batch_size=_BATCH)
    drafts = placed(drafts)
    instants = closed_at if isinstance(closed_at, Sequence) else [closed_at] * len(drafts)
    editions = [
        first_edition(document, draft, at, by)
        for document, draft, at in zip(documents, drafts, instants, strict=True)
    ]
    Edition.objects.bulk_create(editions, batch_size=_BATCH)
    payload: dict[str, Plain] = {
        "count": len(editions),
        "year": year,
        "sha256": sha256_hex("".join(edition.sha256 for edition in editions).encode()),
    }
    record(
        "documents.entered",
        stream=agency.code,
        subject=f"agency:{agency.uid}",
        payload=payload,
        by=by,
    )
    return editions


def free_uids(count: int) -> list[UUID]:
    """Return *count* new identities whose public keys no document has: an address is never two documents'.

    Among a million documents two draw the same key about every other time (40 bits).
    """
    found: dict[str, UUID] = {}
    while len(found) < count:
        drawn = [new_uid() for _ in range(min(_BATCH, count - len(found)))]
        fresh = {key: uid for uid in drawn if (key := url_key(uid)) not in found}
        taken = set(Document.objects.filter(url_key__in=fresh).values_list("url_key", flat=True))
        found |= {key: uid for key, uid in fresh.items() if key not in taken}
    return list(found.values())


def placed(drafts: Sequence[Draft]) -> list[Draft]:
    """Return *drafts* with the column their kind proposes where they name none."""
    proposals = {kind: proposed(kind) for kind in {draft.kind for draft in drafts}}
    return [
        draft if draft.columns is not None else replace(draft, columns=proposals[draft.kind])
        for draft in drafts
    ]


def index_no(agency: Agency, year: int, n: int) -> str:
    """Return the 索引号: nine characters of the organ, the year and a five-digit serial."""
    return f"{agency.code}/{year}-{n:05d}"


def new_document(draft: Draft, uid: UUID, agency: Agency, year: int, n: int) -> Document:
    """Return the document of *draft*, not saved yet."""
    return Document(
        uid=uid,
        agency=agency,
        drafter_agency=agency,
        kind=draft.kind,
        disclosure=draft.disclosure,
        disclosure_reason=draft.disclosure_reason,
        art20=draft.art20,
        year=year,
        index_no=index_no(agency, year, n),
        url_key=url_key(uid),
    )


def first_edition(
    document: Document, draft: Draft, closed_at: datetime | None, by: Person
) -> Edition:
    """Return the first edition of *document*, not saved yet."""
    content = Content(
        draft.title, clean_body(draft.text), draft.fields, columns=tuple(draft.columns or ())
    )
    canonical = edition_bytes(document.identity(1), content)
    return Edition(
        document=document,
        n=1,
        title=draft.title,
        canonical=canonical,
        sha256=sha256_hex(canonical),
        author_person=by,
        closed_at=closed_at,
        saved_at=clock.now(),
        saved_by=by,
    )
