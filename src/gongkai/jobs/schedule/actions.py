"""Writing the table of what is due. None of it is a person's decision: the log is not told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.audit import clock
from gongkai.jobs.actions import start
from gongkai.jobs.errors import JobRefused
from gongkai.jobs.identity import CLOCKWORK
from gongkai.jobs.models import Job, Recurring, State, TaskWorker
from gongkai.jobs.recurring import Repeat

_QUEUE_KEPT, _ROUTINE_KEPT = timedelta(weeks=1), timedelta(weeks=4)


@transaction.atomic
def keep_table(present: datetime, declared: Mapping[str, Repeat]) -> None:
    """Make the table what is *declared*: a new turn, another time of day, or no turn any more."""
    Recurring.objects.exclude(name__in=declared).delete()
    for name, repeat in declared.items():
        seconds = int(repeat.every.total_seconds())
        fresh = {"every": seconds, "next_run": repeat.after(present)}
        row, made = Recurring.objects.get_or_create(name=name, defaults=fresh)
        moved = row.every != seconds or repeat.after(row.next_run) != row.next_run + repeat.every
        if not made and moved:
            Recurring.objects.filter(pk=row.pk).update(**fresh)


def start_due(present: datetime, declared: Mapping[str, Repeat]) -> None:
    """Start what is due. A turn missed while no worker ran is made up for once, not many times.

    A turn farther ahead than any can be was set by a clock that was wrong: it is set anew, or nothing would ever run.
    """
    for row in Recurring.objects.filter(name__in=declared):
        following = declared[row.name].after(present)
        if row.next_run <= present:
            _take_turn(row, following)
        elif row.next_run > following + declared[row.name].every:
            Recurring.objects.filter(pk=row.pk, next_run=row.next_run).update(next_run=following)


@transaction.atomic
def forget_finished() -> int:
    """Remove finished rows of the task queue, routine jobs of the program, and workers long gone.

    Returns how many jobs and queue rows went. What a person asked for and what failed stay.
    """
    present = clock.now()
    rows, _ = DBTaskResult.objects.filter(
        Q(finished_at__lt=present - _QUEUE_KEPT)
        | Q(status=TaskResultStatus.RUNNING, started_at__lt=present - _QUEUE_KEPT)
    ).delete()
    over = (State.DONE, State.STOPPED)
    jobs, _ = Job.objects.filter(
        asked_by=None, state__in=over, finished_at__lt=present - _ROUTINE_KEPT
    ).delete()
    TaskWorker.objects.filter(beat_at__lt=present - _QUEUE_KEPT).delete()
    return rows + jobs


@transaction.atomic
def _take_turn(row: Recurring, following: datetime) -> None:
    mine = Recurring.objects.filter(pk=row.pk, next_run=row.next_run)
    if not mine.update(next_run=following):
        return  # another worker came first
    try:
        start(row.name, by=CLOCKWORK)
    except JobRefused:
        return  # the last one is not over yet: this turn falls out
