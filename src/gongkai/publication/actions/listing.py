"""Giving documents their places in the public lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F

from gongkai.documents.models import Document
from gongkai.publication.models import Listed, ListingHead

_BATCH = 500


@transaction.atomic
def place(documents: Mapping[str, Sequence[Document]]) -> None:
    """Give *documents* the next places of their lists, for ever; who has a place already keeps it."""
    for listing in sorted(
        documents
    ):  # one order for everybody: two publishers never wait for each other
        _append(listing, documents[listing])


def _append(listing: str, documents: Sequence[Document]) -> None:
    there = _there(listing, documents)
    fresh = [one for one in documents if one.pk not in there]
    if not fresh:
        return
    last = _take(listing, len(fresh))
    Listed.objects.bulk_create(
        [
            Listed(listing=listing, ordinal=last - len(fresh) + n, document=document)
            for n, document in enumerate(fresh, start=1)
        ],
        batch_size=_BATCH,
    )


def _take(listing: str, count: int) -> int:
    """Return the last of *count* places taken now; the row stays held until the transaction ends."""
    ListingHead.objects.bulk_create([ListingHead(listing=listing)], ignore_conflicts=True)
    ListingHead.objects.filter(listing=listing).update(last=F("last") + count)
    return ListingHead.objects.get(listing=listing).last


def _there(listing: str, documents: Sequence[Document]) -> set[int]:
    there: set[int] = set()
    for start in range(0, len(documents), _BATCH):
        some = documents[start : start + _BATCH]
        placed = Listed.objects.filter(listing=listing, document__in=some)
        there.update(placed.values_list("document_id", flat=True))
    return there
