"""The alert every page shows at an instant, if any."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from gongkai.publication.models import Alert


def alert_at(instant: datetime) -> Alert | None:
    """Return the alert that holds at *instant*: of several the one raised last."""
    held = Alert.objects.filter(begins_at__lte=instant, ends_at__gt=instant, lowered_at=None)
    return held.order_by("-pk").first()


def not_over(instant: datetime) -> QuerySet[Alert]:
    """Return the alerts that hold or are still to come, the one raised last first."""
    return Alert.objects.filter(ends_at__gt=instant, lowered_at=None).order_by("-pk")
