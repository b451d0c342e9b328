"""Reading what is live."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai.audit import clock
from gongkai.publication.models import Publication


def published_between(first: date, last: date) -> QuerySet[Publication]:
    """Return first publications of documents from *first* to *last*, both days included, Asia/Shanghai.

    A document counts once, in the year it first went out, also when it was ended later.
    """
    start, end = clock.start_of(first), clock.start_of(date.fromordinal(last.toordinal() + 1))
    return Publication.objects.filter(seq=1, published_at__gte=start, published_at__lt=end)


def waived() -> QuerySet[Publication]:
    """Return live publications without a seal: shown, counted, never hidden."""
    return Publication.objects.filter(live=True, seal=None)
