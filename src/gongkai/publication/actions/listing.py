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
    there = _there(publications)
    fresh = {
        listing: [one for one in some if (listing, one.document_id) not in there]
        for listing, some in lists.items()
    }
    # One order for everybody: two publishers never wait for each other.
    for listing in sorted(lists):
        latest = max(one.published_at for one in lists[listing])
        _take(listing, len(fresh[listing]), latest)
    heads = ListingHead.objects.filter(listing__in=lists).values_list("listing", "last")
    rows = [
        (listing, last - len(fresh[listing]) + n, one.document_id)
        for listing, last in heads
        for n, one in enumerate(fresh[listing], start=1)
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_PLACE, rows)  # moving in gives tens of thousands of places


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


def _take(listing: str, count: int, at: datetime) -> None:
    """Take *count* places more; the row stays held until the transaction ends."""
    later = Case(
        When(updated_at__gt=at, then=F("updated_at")),
        default=Value(at),
        output_field=DateTimeField(),
    )
    head = ListingHead.objects.filter(listing=listing)
    taken = {"last": F("last") + count, "updated_at": later}
    if not head.update(**taken):
        ListingHead.objects.bulk_create([ListingHead(listing=listing)], ignore_conflicts=True)
        head.update(**taken)


def _there(publications: Sequence[Publication]) -> set[tuple[str, int]]:
    """Return the places the documents of *publications* have already: (list, document)."""
    there: set[tuple[str, int]] = set()
    for start in range(0, len(publications), _BATCH):
        some = [one.document_id for one in publications[start : start + _BATCH]]
        there.update(Listed.objects.filter(document__in=some).values_list("listing", "document_id"))
    return there
