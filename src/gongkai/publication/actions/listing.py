"""Giving documents their places in the public lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from gongkai.audit import clock
from gongkai.columns.queries import taken_by
from gongkai.documents.canonical import content_of
from gongkai.publication.listings import listings_of
from gongkai.publication.models import Listed, ListingHead, Publication

_BATCH = 500
_PLACE = f"INSERT INTO {Listed._meta.db_table} (listing, ordinal, document_id) VALUES (%s, %s, %s)"  # noqa: S608  # our own names

_HEAD = ListingHead._meta.db_table
_TAKE = (
    f"INSERT INTO {_HEAD} AS head (listing, last, updated_at) VALUES (%s, %s, %s) "  # noqa: S608  # 〃
    "ON CONFLICT (listing) DO UPDATE SET last = head.last + excluded.last, updated_at = "
    "CASE WHEN head.updated_at > excluded.updated_at THEN head.updated_at ELSE excluded.updated_at END"
)


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
    _take(
        (listing, len(fresh[listing]), max(one.published_at for one in lists[listing]))
        for listing in sorted(
            lists
        )  # one order for everybody: no two publishers wait for each other
    )
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


def _take(counts: Iterable[tuple[str, int, datetime]]) -> None:
    """Take so many places more of each list; its row stays held until the transaction ends."""
    at = ListingHead._meta.get_field("updated_at")
    rows = [
        (listing, count, at.get_db_prep_save(day, connection)) for listing, count, day in counts
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_TAKE, rows)


def _there(publications: Sequence[Publication]) -> set[tuple[str, int]]:
    """Return the places the documents of *publications* have already: (list, document)."""
    there: set[tuple[str, int]] = set()
    for start in range(0, len(publications), _BATCH):
        some = [one.document_id for one in publications[start : start + _BATCH]]
        there.update(Listed.objects.filter(document__in=some).values_list("listing", "document_id"))
    return there
