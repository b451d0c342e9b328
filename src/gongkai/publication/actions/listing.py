"""Giving documents their places in the public lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Case, DateTimeField, F, Value, When

from gongkai.audit import clock
from gongkai.columns.queries import taken_by
from gongkai.documents.canonical import content_of
from gongkai.publication.listings import listings_of
from gongkai.publication.models import Listed, ListingHead, Publication

_BATCH = 500
_PLACE = f"INSERT INTO {Listed._meta.db_table} (listing, ordinal, document_id) VALUES (%s, %s, %s)"  # noqa: S608  # our own names


@transaction.atomic
def place(publications: Sequence[Publication]) -> None:
    """Give the documents of *publications* the next places of their lists, for ever; who has a place keeps it.

    The lists are those of the columns the approved bytes name, besides everything and the agency's own.
    """
    lists = _in_order(publications)
    # One order for everybody: two publishers never wait for each other.
    for listing in sorted(lists):
        _append(listing, lists[listing])


def _in_order(publications: Sequence[Publication]) -> Mapping[str, list[Publication]]:
    """Return what each list gets, in the order of *publications*."""
    named = [content_of(bytes(one.edition.canonical)).columns for one in publications]
    goes = taken_by({slug for slugs in named for slug in slugs}, clock.today())
    lists: dict[str, list[Publication]] = {}
    for publication, slugs in zip(publications, named, strict=True):
        columns = [goes[slug] for slug in slugs if slug in goes]
        for listing in listings_of(publication.document, columns):
            lists.setdefault(listing, []).append(publication)
    return lists


def _append(listing: str, publications: Sequence[Publication]) -> None:
    there = _there(listing, publications)
    fresh = [one for one in publications if one.document_id not in there]
    last = _take(listing, len(fresh), max(one.published_at for one in publications))
    first = last - len(fresh)
    rows = [(listing, first + n, one.document_id) for n, one in enumerate(fresh, start=1)]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_PLACE, rows)  # moving in gives tens of thousands of places


def _take(listing: str, count: int, at: datetime) -> int:
    """Return the last of *count* places taken now; the row stays held until the transaction ends."""
    ListingHead.objects.bulk_create([ListingHead(listing=listing)], ignore_conflicts=True)
    later = Case(
        When(updated_at__gt=at, then=F("updated_at")),
        default=Value(at),
        output_field=DateTimeField(),
    )
    ListingHead.objects.filter(listing=listing).update(last=F("last") + count, updated_at=later)
    return ListingHead.objects.get(listing=listing).last


def _there(listing: str, publications: Sequence[Publication]) -> set[int]:
    there: set[int] = set()
    for start in range(0, len(publications), _BATCH):
        some = [one.document_id for one in publications[start : start + _BATCH]]
        placed = Listed.objects.filter(listing=listing, document__in=some)
        there.update(placed.values_list("document_id", flat=True))
    return there
