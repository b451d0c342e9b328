"""Reading jobs: what one may see, and whether the workers keep up."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from gongkai.agencies.queries import visible_to
from gongkai.agencies.standing import Standing
from gongkai.jobs.models import Job, State, TaskWorker
from gongkai.jobs.rules import sees_the_agencies, sees_the_installation


def visible_jobs(standing: Standing) -> QuerySet[Job]:
    """Return the jobs *standing* may see, the latest first (invariant 4)."""
    seen = Q(asked_by=standing.person)
    if sees_the_installation(standing):
        seen |= Q(agency=None)
    if sees_the_agencies(standing):
        seen |= Q(agency__in=visible_to(standing))
    return Job.objects.filter(seen).select_related("agency", "asked_by").order_by("-pk")


def waiting_since(present: datetime) -> datetime | None:
    """Return since when the longest waiting job could have been taken, or None when none waits."""
    waiting = Job.objects.filter(state=State.QUEUED).annotate(
        ready=Coalesce(F("next_try_at"), F("created_at"))
    )
    found: datetime | None = waiting.filter(ready__lte=present).aggregate(first=Min("ready"))[
        "first"
    ]
    return found


def last_beat() -> datetime | None:
    """Return when a worker was last heard of, or None when none has been."""
    found: datetime | None = TaskWorker.objects.aggregate(last=Max("beat_at"))["last"]
    return found


def failed_since(instant: datetime, *kinds: str) -> int:
    """Return how many jobs (of *kinds*, or of any) have failed since *instant* and were not done again."""
    failed = Job.objects.filter(state=State.FAILED, finished_at__gte=instant)
    return (failed.filter(kind__in=kinds) if kinds else failed).count()
