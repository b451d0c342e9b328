"""Handing a job to the task queue: a row in the caller's own transaction, or nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.module_loading import import_string

_TASK = "gongkai.jobs.work.run.run_job"


def enqueue(uid: UUID, *, after: datetime | None = None) -> None:
    """Ask for job *uid* to be run, not before *after*. A rollback takes the request back."""
    # By name: what runs a job also puts jobs back, and would be imported in a circle.
    task = import_string(_TASK)
    (task.using(run_after=after) if after else task).enqueue(str(uid))
