"""What a search finds of a publication: title, 文号, visible text, fields, and the text of its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.audit import clock
from gongkai.documents.canonical import Content, content_of
from gongkai.documents.intake import clean_body
from gongkai.documents.kinds import schema_of
from gongkai.documents.models import FileText
from gongkai.publication.models import Publication
from gongkai.publication.naming import numbers_of
from gongkai.search.entry import Audience, Entry
from gongkai.text.body.visible import visible_text

_BATCH = 200
_NEVER_CLEANED = 1


class Published:
    """The items that are public, as a source of the search."""

    def keys(self) -> set[UUID]:
        """Return the documents that are public."""
        return set(_live().values_list("document__uid", flat=True))

    def entries(self, keys: Sequence[UUID]) -> Iterator[Entry]:
        """Yield what is found of those of *keys* that are documents and public."""
        for start in range(0, len(keys), _BATCH):
            some = _live().filter(document__uid__in=keys[start : start + _BATCH])
            yield from entries_of(list(some))

    def every(self) -> Iterator[Entry]:
        """Yield an entry for every item that is public, in few queries a batch."""
        rest = _live().order_by("pk").iterator(chunk_size=_BATCH)
        while batch := list(islice(rest, _BATCH)):
            yield from entries_of(batch)


def _live() -> QuerySet[Publication]:
    return Publication.objects.filter(live=True).select_related("document__agency", "edition")


def entries_of(publications: Sequence[Publication]) -> Iterator[Entry]:
    """Yield what is found of each of *publications*."""
    contents = [content_of(bytes(one.edition.canonical)) for one in publications]
    documents = [one.document_id for one in publications]
    firsts = _firsts(publications)
    numbers = numbers_of(documents)
    texts = _texts({file.sha256 for content in contents for file in content.attachments})
    for one, content in zip(publications, contents, strict=True):
        yield _entry(one, content, firsts[one.document_id], numbers.get(one.document_id, ""), texts)


def _entry(
    publication: Publication,
    content: Content,
    first: datetime,
    number: str,
    texts: Mapping[str, str],
) -> Entry:
    document = publication.document
    year = clock.legal_date(first).year
    body = content.text if content.layout > _NEVER_CLEANED else clean_body(content.text)
    facts = (f"{label} {value}" for label, value in schema_of(document.kind).shown(content.fields))
    names = (file.label or file.name for file in content.attachments)
    return Entry(
        key=document.uid,
        audience=Audience.PUBLIC,
        title=content.title,
        text="\n".join([visible_text(body), *facts, *names]),
        agency_id=document.agency_id,
        kind=document.kind,
        published_on=clock.legal_date(publication.published_at),
        year=year,
        url=reverse("item", args=[year, document.url_key]),
        columns=tuple(content.columns),
        number=number,
        parts=tuple(filter(None, (texts.get(file.sha256, "") for file in content.attachments))),
    )


def _firsts(publications: Sequence[Publication]) -> dict[int, datetime]:
    """Return when each document first went out: asked only for those that went out again."""
    known = {one.document_id: one.published_at for one in publications if one.seq == 1}
    again = [one.document_id for one in publications if one.seq > 1]
    if again:
        rows = Publication.objects.filter(document__in=again, seq=1)
        known |= dict(rows.values_list("document", "published_at"))
    return known


def _texts(hashes: Iterable[str]) -> dict[str, str]:
    wanted = list(hashes)
    if not wanted:
        return {}
    rows = FileText.objects.filter(blob__sha256__in=wanted).select_related("blob")
    return {row.blob.sha256: row.text for row in rows}
