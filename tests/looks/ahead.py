"""A clock of the journeys: it runs, but from a day of ours, and can be put forward."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gongkai.audit import clock


class Ahead:
    """A clock that starts at *start*, and how far it is from the machine's."""

    def __init__(self, start: datetime) -> None:
        self._now, self.by = clock.now, start - clock.now()

    def now(self) -> datetime:
        return self._now() + self.by

    def go_to(self, day: date) -> None:
        """Make it ten in the morning of *day*."""
        self.by = clock.start_of(day) + timedelta(hours=10) - self._now()
