"""The one place that reads the machine's clock. Everything else is handed a date or an instant.

Legal dates are dates in Asia/Shanghai whatever zone the server keeps.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def not_before(*earlier: datetime | None) -> datetime:
    """Return the present instant, or the latest of *earlier* where the machine's clock was put back since.

    What follows from something is never dated before it: a publication before its seal, a verdict before the
    submission.
    """
    return max(now(), *(one for one in earlier if one is not None))


def today() -> date:
    """Return the legal date in Asia/Shanghai."""
    return legal_date(now())


def legal_date(instant: datetime) -> date:
    """Return the date in Asia/Shanghai on which *instant* falls."""
    return instant.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """Return the first instant of *day* in Asia/Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)


def in_shanghai(instant: datetime) -> datetime:
    """Return the same instant as the clocks of Asia/Shanghai show it."""
    return instant.astimezone(SHANGHAI)
