"""Counting days in three readings of a calendar: as it stands, the earliest and the latest possible.

The rule for years without a notice. Let W be the days counted by the law as it stands (weekends and
the holidays of the 办法 left out). A notice still to come can only

* take weekdays inside a festival's block away from W, at most ``rest`` for a festival, and
* add weekend days within a festival's reach, outside every core, at most ``makeup`` for a festival.

EARLIEST counts W and as many weekend days as could be added, LATEST counts W without as many weekdays
as could be taken; each day is charged to the festival whose possible days end first, which gives the
largest number that the festivals allow. Hence in any stretch LATEST <= truth <= EARLIEST in days
counted, and the dates stand the other way round; loading a notice can only bring them together.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

from gongkai.law.calendar import Calendar
from gongkai.law.festivals import Occurrence
from gongkai.law.parameters import Unit
from gongkai.law.rules import Limit

Span = tuple[date, date]

ONE_DAY = timedelta(days=1)
MONTHS = 12


class Reading(Enum):
    """How days that a notice may still change are read."""

    AS_IT_STANDS = "as it stands"
    EARLIEST = "earliest"
    LATEST = "latest"


def union(spans: Sequence[Span]) -> list[Span]:
    """The same days as *spans*, without overlaps, oldest first; empty spans vanish."""
    merged: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if merged and first <= merged[-1][1] + ONE_DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def last_working_day(
    calendar: Calendar, zero: date, count: int, skipped: Sequence[Span], reading: Reading
) -> date:
    """The *count*-th working day after *zero* that lies in no skipped span."""
    if reading is not Reading.AS_IT_STANDS:
        return _walk(calendar, zero, count, skipped, reading)
    due = calendar.nth_working_after(zero, count)
    for first, last in skipped:
        if first > due:
            break
        count += calendar.count_working(max(first, zero + ONE_DAY), last)
        due = calendar.nth_working_after(zero, count)
    return due


def last_natural_day(zero: date, count: int, skipped: Sequence[Span]) -> date:
    """The *count*-th day after *zero* that lies in no skipped span."""
    due = zero + timedelta(days=count)
    for first, last in skipped:
        if first > due:
            break
        due += last - max(first, zero + ONE_DAY) + ONE_DAY
    return due


def next_working(calendar: Calendar, on: date, reading: Reading) -> date:
    """*on* if it is worked, else the first working day after it (民法典 203)."""
    tally = _Tally(calendar, reading)
    while not tally.counts(on):
        on += ONE_DAY
    return on


def corresponding_day(zero: date, limit: Limit) -> date:
    """The same day of the month *limit* months or years later.

    A month without that day ends the period on its last day (民法典 202).
    """
    years = limit.count if limit.unit is Unit.YEAR else 0
    months = limit.count if limit.unit is Unit.MONTH else 0
    carried, month = divmod(zero.month - 1 + months, MONTHS)
    year = zero.year + years + carried
    return date(year, month + 1, min(zero.day, monthrange(year, month + 1)[1]))


class _Tally:
    """Which days count in one reading, charging doubtful days to their festivals as it goes."""

    def __init__(self, calendar: Calendar, reading: Reading) -> None:
        self._calendar = calendar
        self._reading = reading
        self._used: dict[tuple[str, int], int] = {}

    def counts(self, on: date) -> bool:
        working, doubt = self._calendar.is_working(on), self._calendar.doubt(on)
        if doubt is None or self._reading is Reading.AS_IT_STANDS:
            return working
        if self._reading is Reading.LATEST:
            return working and not self._charge(doubt.may_rest_for)
        return working or self._charge(doubt.may_work_for)

    def _charge(self, festivals: Sequence[Occurrence]) -> bool:
        for festival in festivals:
            name = (festival.key, festival.year)
            most = festival.makeup if self._reading is Reading.EARLIEST else festival.rest
            if self._used.get(name, 0) < most:
                self._used[name] = self._used.get(name, 0) + 1
                return True
        return False


def _walk(
    calendar: Calendar, zero: date, count: int, skipped: Sequence[Span], reading: Reading
) -> date:
    tally, on = _Tally(calendar, reading), zero
    while count > 0:
        on += ONE_DAY
        if not any(first <= on <= last for first, last in skipped) and tally.counts(on):
            count -= 1
    return on
