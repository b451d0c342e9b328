"""The live items of a list, the newest first: what feeds and the front page show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gongkai.publication.models import Publication
from gongkai.publication.queries import taken

_SLACK = 3
"""Places looked at for each that is wanted: what was withdrawn keeps its place and is passed over."""


@dataclass(frozen=True)
class Live:
    """A live publication, and when its document first went out: its year is part of the address."""

    publication: Publication
    first: datetime


def newest(listing: str, count: int) -> list[Live]:
    """Return up to *count* live items of *listing*: three queries, however long the list is."""
    last = taken(listing)
    return within(listing, last - _SLACK * count, last)[:count]


def within(listing: str, after: int, to: int) -> list[Live]:
    """Return the live items of the places after *after* up to *to* of *listing*, the newest first."""
    rows = _placed(listing, after, to).select_related("document__agency", "edition")
    live = list(rows.filter(live=True).order_by("-document__places__ordinal"))
    documents = [publication.document_id for publication in live]
    firsts = Publication.objects.filter(seq=1, document__in=documents)
    days = dict(firsts.values_list("document", "published_at"))
    return [Live(publication, days[publication.document_id]) for publication in live]


def whereabouts(listing: str, after: int, to: int) -> Iterator[tuple[str, datetime, datetime]]:
    """Yield key, first and present publication of the live items of those places: no text is read."""
    rows = _placed(listing, after, to)
    firsts = dict(rows.filter(seq=1).values_list("document", "published_at"))
    live = rows.filter(live=True).order_by("-document__places__ordinal")
    for document, url_key, at in live.values_list(
        "document", "document__url_key", "published_at"
    ).iterator(chunk_size=2_000):
        yield url_key, firsts[document], at


def _placed(listing: str, after: int, to: int) -> QuerySet[Publication]:
    return Publication.objects.filter(
        document__places__listing=listing,
        document__places__ordinal__gt=after,
        document__places__ordinal__lte=to,
    )
