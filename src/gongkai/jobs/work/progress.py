"""The handle a piece of work tells its progress with, and is stopped by."""

from __future__ import annotations

import time

from gongkai.jobs.errors import Interrupted, StopAsked
from gongkai.jobs.models import Job
from gongkai.jobs.work import actions
from gongkai.jobs.work.leaving import leaving

_EVERY = 0.5
"""Seconds between two rows written: a person watches, no machine does."""


class Progress:
    """Tell progress at every step that may be the last; each may raise to end the work there.

    To be used outside transactions: what is told must be seen, and a stop must be read.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._told_at = float("-inf")

    @property
    def job(self) -> Job:
        """The job in hand, as it was when it was taken."""
        return self._job

    def step(self, done: int, total: int, what: str = "") -> None:
        """*done* of *total* things are done and *what* comes next.

        Raises ``StopAsked``, ``Interrupted`` or ``TakenAway``: the work lets them pass.
        """
        if leaving.overdue:
            raise Interrupted
        present = time.monotonic()
        if present - self._told_at < _EVERY and done < total:
            return
        self._told_at = present
        if actions.report_progress(self._job, done=done, total=total, what=what):
            raise StopAsked
