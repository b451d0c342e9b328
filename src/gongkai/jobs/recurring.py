"""What is due by the clock: rooms declare it, workers start it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gongkai.audit.clock import SHANGHAI


@dataclass(frozen=True)
class Repeat:
    """Start a job of *kind* every so often, counted from *at* (a time of day in Asia/Shanghai)."""

    kind: str
    every: timedelta
    at: time

    def after(self, instant: datetime) -> datetime:
        """Return the first turn later than *instant*. China has no summer time: days are 24 hours."""
        local = instant.astimezone(SHANGHAI)
        turn = datetime.combine(local.date(), self.at, SHANGHAI)
        return turn + self.every * ((local - turn) // self.every + 1)


_repeats: dict[str, Repeat] = {}


def repeat(kind: str, *, every: timedelta, at: time) -> None:
    """Declare that a job of *kind* is started by the clock. Raises ``ValueError`` when it is already."""
    if kind in _repeats:
        raise ValueError(kind)
    _repeats[kind] = Repeat(kind, every, at)


def repeats() -> dict[str, Repeat]:
    """Return what is due by the clock, by kind."""
    return dict(_repeats)
