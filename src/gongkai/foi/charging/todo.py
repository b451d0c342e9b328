"""Fees whose days to pay have begun."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.foi.charging.models import FeeNotice
from gongkai.foi.models import State


def unpaid(agencies: QuerySet[Agency]) -> QuerySet[FeeNotice]:
    """Return the notices that arrived and are not paid in full."""
    return FeeNotice.objects.filter(
        state=FeeNotice.State.OPEN,
        arrived_on__isnull=False,
        case__state=State.PAYING,
        case__agency__in=agencies,
    )
