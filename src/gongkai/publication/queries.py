"""Reading what is, or was, public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from gongkai.agencies.models import Agency
from gongkai.audit import clock
from gongkai.documents.models import Document, Edition, Kind
from gongkai.publication.listings import column_of, of_column
from gongkai.publication.models import Listed, ListingHead, Publication
from gongkai.publication.plans import Plan
from gongkai.review.models import WaiverKind


def published_between(first: date, last: date) -> QuerySet[Publication]:
    """Return first publications of documents from *first* to *last*, both days included, Asia/Shanghai.

    A document counts once, in the year it first went out, also when it was ended later.
    """
    start, end = clock.start_of(first), clock.start_of(date.fromordinal(last.toordinal() + 1))
    return Publication.objects.filter(seq=1, published_at__gte=start, published_at__lt=end)


def waived() -> QuerySet[Publication]:
    """Return live publications without a seal: shown, counted, never hidden."""
    return Publication.objects.filter(live=True, seal=None)


def histories_of(url_keys: Iterable[str]) -> dict[str, list[Publication]]:
    """Return all publications of the documents *url_keys*, by key, the first one first: one query."""
    found = Publication.objects.filter(document__url_key__in=list(url_keys)).order_by("seq")
    histories: dict[str, list[Publication]] = {}
    for one in found.select_related("document__agency", "edition", "ending", "seal", "waiver"):
        histories.setdefault(one.document.url_key, []).append(one)
    return histories


def first_of(publication: Publication) -> Publication:
    """Return the first publication of the same document: its year is part of the address for ever."""
    if publication.seq == 1:
        return publication
    return Publication.objects.get(document=publication.document_id, seq=1)


def with_former(publication: Publication) -> list[Publication]:
    """Return *publication* and the one of the same document that it replaced, if there was one."""
    if publication.seq == 1:
        return [publication]
    former = with_approval().filter(document=publication.document_id, seq=publication.seq - 1)
    return [publication, *former]


def live() -> QuerySet[Publication]:
    """Return what is public now, in the order in which it went out."""
    shown = Publication.objects.filter(live=True).select_related("document", "edition")
    return shown.order_by("pk")


def with_approval() -> QuerySet[Publication]:
    """Return publications with what they were approved by: a seal or a waiver."""
    return Publication.objects.select_related("document", "edition", "seal", "waiver")


def approved_here() -> QuerySet[Publication]:
    """Return what this installation published itself: not what was moved in from another system."""
    return with_approval().exclude(waiver__kind=WaiverKind.IMPORTED)


def first_published() -> Iterator[tuple[str, datetime]]:
    """Yield the key of every document that ever went out, and when it first did."""
    firsts = Publication.objects.filter(seq=1).order_by("pk")
    yield from firsts.values_list("document__url_key", "published_at").iterator(chunk_size=2_000)


@dataclass(frozen=True)
class Entry:
    """A place of a list, with what a line of it shows. *first* is when the document first went out."""

    ordinal: int
    url_key: str
    kind: Kind
    title: str
    first: datetime
    is_live: bool


def entries(listing: str, after: int, to: int) -> list[Entry]:
    """Return the places after *after* up to *to* of a list, the newest first: two queries."""
    places = Listed.objects.filter(listing=listing, ordinal__gt=after, ordinal__lte=to)
    placed = list(places.order_by("-ordinal").select_related("document"))
    shown = _shown([place.document_id for place in placed])
    return [
        Entry(
            place.ordinal,
            place.document.url_key,
            Kind(place.document.kind),
            *shown[place.document_id],
        )
        for place in placed
    ]


@dataclass(frozen=True)
class Placed:
    """A place of a list: its document, the latest publication of it, and when the first went out."""

    document: Document
    shown: Publication
    first: datetime


def placed(listing: str, after: int, to: int) -> list[Placed]:
    """Return the places after *after* up to *to* of a list with their texts, the newest first: two queries."""
    places = Listed.objects.filter(listing=listing, ordinal__gt=after, ordinal__lte=to)
    rows = list(places.order_by("-ordinal").select_related("document__agency"))
    public = Publication.objects.filter(document__in=[row.document_id for row in rows])
    shown: dict[int, tuple[Publication, datetime]] = {}
    for one in public.select_related("edition").order_by("document_id", "seq"):
        first = shown[one.document_id][1] if one.document_id in shown else one.published_at
        shown[one.document_id] = (one, first)
    return [Placed(row.document, *shown[row.document_id]) for row in rows]


def _shown(documents: Sequence[int]) -> dict[int, tuple[str, datetime, bool]]:
    """Return title of the latest publication, instant of the first, and whether the latest is live."""
    rows = Publication.objects.filter(document__in=documents).order_by("document_id", "seq")
    shown: dict[int, tuple[str, datetime, bool]] = {}
    for pk, title, at, live in rows.values_list(
        "document_id", "edition__title", "published_at", "live"
    ):
        first = shown[pk][1] if pk in shown else at
        shown[pk] = (title, first, bool(live))
    return shown


def taken(listing: str) -> int:
    """Return how many places of a list are taken."""
    head = ListingHead.objects.filter(listing=listing).first()
    return head.last if head else 0


@dataclass(frozen=True)
class Filling:
    """How many places of a column's list are taken, and the day something last appeared in it."""

    count: int
    last: date


def fillings() -> dict[str, Filling]:
    """Return how full each column is, by its address; one in which nothing ever appeared is left out."""
    heads = ListingHead.objects.filter(listing__startswith=of_column(""), updated_at__isnull=False)
    return {
        column_of(head.listing): Filling(head.last, clock.legal_date(head.updated_at))
        for head in heads
        if head.updated_at
    }


def last_in_column(slug: F) -> Subquery:
    """Return, for the address of a column in a query, the instant something last appeared in its list."""
    listing = Concat(Value(of_column("")), slug)
    return Subquery(ListingHead.objects.filter(listing=listing).values("updated_at")[:1])


def every_listing() -> list[tuple[str, int]]:
    """Return every list with the number of its places."""
    return list(ListingHead.objects.order_by("listing").values_list("listing", "last"))


class Batch(tuple[Publication, ...]):
    """Publications that are asked about many times over: where they stand is read once."""

    @cached_property
    def places(self) -> list[tuple[str, int]]:
        return places_of(tuple(self))


def places_of(publications: Sequence[Publication], listing: str = "") -> list[tuple[str, int]]:
    """Return the places in public lists, or in one, of what *publications* are of, each with its list."""
    if isinstance(publications, Batch):
        return [place for place in publications.places if listing in ("", place[0])]
    placed = _places(publications).order_by("listing", "ordinal")
    if listing:
        placed = placed.filter(listing=listing)
    return list(placed.values_list("listing", "ordinal"))


def lists_of(publications: Sequence[Publication]) -> set[str]:
    """Return every list *publications* stand in, columns among them."""
    if isinstance(publications, Batch):
        return {listing for listing, _ in publications.places}
    return set(_places(publications).order_by().values_list("listing", flat=True).distinct())


def _places(publications: Sequence[Publication]) -> QuerySet[Listed]:
    return Listed.objects.filter(document__in=[one.document_id for one in publications])


def unlisted() -> QuerySet[Publication]:
    """Return first publications of documents that stand in no public list, the oldest first."""
    missing = Publication.objects.filter(seq=1, document__places=None)
    related = missing.select_related("document__agency", "edition")
    return related.order_by("published_at", "pk")


@dataclass(frozen=True)
class UrgentShare:
    """*urgent* of *total* publications went out before their review."""

    urgent: int
    total: int

    @property
    def percent(self) -> float | None:
        """The share in per cent, None where nothing went out: no share of nothing."""
        return 100 * self.urgent / self.total if self.total else None


def urgent_share(first: date, last: date) -> UrgentShare:
    """Return how many publications from *first* to *last* were urgent, both days included.

    What was imported from another system is left out: it never came to the reviewers of this one.
    """
    start, end = clock.start_of(first), clock.start_of(date.fromordinal(last.toordinal() + 1))
    rows = Publication.objects.filter(published_at__gte=start, published_at__lt=end)
    found = rows.exclude(waiver__kind=WaiverKind.IMPORTED).aggregate(
        total=Count("pk"), urgent=Count("pk", filter=Q(waiver__kind=WaiverKind.URGENT))
    )
    return UrgentShare(found["urgent"], found["total"])


def last_public_before(edition: Edition) -> Edition | None:
    """Return the last edition before *edition* that ever went out, whatever became of it."""
    former = Edition.objects.filter(
        document=edition.document_id, n__lt=edition.n, publication__isnull=False
    )
    return former.order_by("-n").first()


def due_plans(now: datetime) -> list[Plan]:
    """Return the plans whose minute has come, the oldest first."""
    return list(_with_edition(Plan.objects.filter(pending=True, due_at__lte=now)))


def pending_plans(agencies: QuerySet[Agency]) -> QuerySet[Plan]:
    """Return what of *agencies* is to go out, the nearest first; what went out by hand meanwhile is left out."""
    waiting = Plan.objects.filter(
        pending=True, edition__document__agency__in=agencies, edition__publication=None
    )
    return _with_edition(waiting)


def plan_of(edition: Edition) -> Plan | None:
    """Return the plan of *edition* that is waiting for its minute, None once the edition went out."""
    return plans_of(edition).filter(pending=True, edition__publication=None).first()


def plans_of(edition: Edition) -> QuerySet[Plan]:
    """Return every plan there was for *edition*, the newest first."""
    return _with_edition(Plan.objects.filter(edition=edition)).order_by("-pk")


def _with_edition(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    related = plans.select_related("edition__document__agency", "by_person")
    return related.defer("edition__canonical").order_by("due_at", "pk")
