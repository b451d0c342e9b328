"""What a worker looks after between two jobs: lost jobs go back, what is due by the clock begins."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from gongkai.audit import clock
from gongkai.jobs.errors import TakenAway
from gongkai.jobs.kinds import kind_of
from gongkai.jobs.models import Job, State
from gongkai.jobs.recurring import repeats
from gongkai.jobs.schedule.actions import start_due
from gongkai.jobs.work import actions


def look_after() -> None:
    """Put lost jobs back and start what is due. Several workers may do so at once."""
    put_lost_jobs_back()
    start_due(clock.now(), repeats())


def put_lost_jobs_back() -> None:
    """Put back every job whose worker has not been heard of for too long, or only in a time to come.

    The latter was heard of before the clock was put back; one that still runs says so within seconds.
    """
    long, present = timedelta(seconds=settings.JOB_LOST_SECONDS), clock.now()
    lost = Q(beat_at__lt=present - long) | Q(beat_at__gt=present + long)
    for job in Job.objects.filter(lost, state=State.RUNNING).select_related("agency"):
        kind = kind_of(job.kind)
        try:
            actions.put_back(job, most_tries=kind.most_tries if kind else 0)
        except TakenAway:
            continue  # another worker saw it first
