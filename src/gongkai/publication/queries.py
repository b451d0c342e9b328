"""Reading what is live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.audit import clock
from gongkai.publication.models import Publication
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
