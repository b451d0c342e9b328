"""A year as twelve month tables of days off and days worked: for a page, or for the wall."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.calendar import Calendar, Day
from gongkai.law.notice import is_weekend


class Mark(StrEnum):
    """What is particular about a day. The first three are said in a word, never by colour alone."""

    HOLIDAY = "休"
    MAKEUP = "班"
    DOUBTFUL = "未定"
    WEEKEND = ""
    WORKING = " "

    @property
    def kind(self) -> str:
        """The mark as a name for a style."""
        return self.name.lower()


@dataclass(frozen=True)
class DayCell:
    """A day on the wall: its mark, and why in a sentence."""

    on: date
    mark: Mark
    why: str


@dataclass(frozen=True)
class Month:
    """*weeks* start on Monday; None stands for a day of another month."""

    n: int
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working: int


@dataclass(frozen=True)
class Year:
    """A year's working days. *provisional* until its notice and the next year's are known."""

    n: int
    months: tuple[Month, ...]
    working: int
    fewest: int
    most: int
    covered: bool

    @property
    def provisional(self) -> bool:
        return self.fewest != self.most


def year_of(calendar: Calendar, year: int) -> Year:
    """Return *year* by *calendar*, with the fewest and most working days it may still come to have.

    Raises :class:`~gongkai.law.errors.OutsideCalendarError` for a year of which nothing is known.
    """
    months = tuple(_month(calendar, year, n) for n in range(1, 13))
    working = sum(month.working for month in months)
    fewest, most = _bounds(calendar, year, working)
    return Year(year, months, working, fewest, most, calendar.covers(year))


def _month(calendar: Calendar, year: int, n: int) -> Month:
    weeks = tuple(
        tuple(_cell(calendar, on) if on.month == n else None for on in week)
        for week in Weeks().monthdatescalendar(year, n)
    )
    cells = [cell for week in weeks for cell in week if cell is not None]
    return Month(n, weeks, sum(calendar.is_working(cell.on) for cell in cells))


def _cell(calendar: Calendar, on: date) -> DayCell:
    day = calendar.day(on)
    return DayCell(on, _mark(calendar, day), day.why)


def _mark(calendar: Calendar, day: Day) -> Mark:
    if calendar.doubt(day.on) is not None:
        return Mark.DOUBTFUL
    if day.working:
        return Mark.MAKEUP if is_weekend(day.on) else Mark.WORKING
    listed = day.notice is not None or not is_weekend(day.on)
    return Mark.HOLIDAY if listed else Mark.WEEKEND


def _bounds(calendar: Calendar, year: int, working: int) -> tuple[int, int]:
    """How the doubtful days may still turn: at most as many of each as every festival allows."""
    may_rest: dict[tuple[int, str], int] = {}
    may_work: dict[tuple[int, str], int] = {}
    on, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    for doubt in map(calendar.doubt, map(date.fromordinal, range(on, last + 1))):
        for found, occurrences, most in (
            (may_rest, doubt.may_rest_for if doubt else (), "rest"),
            (may_work, doubt.may_work_for if doubt else (), "makeup"),
        ):
            for entry in occurrences:
                key = (entry.year, entry.key)
                found[key] = min(found.get(key, 0) + 1, getattr(entry, most))
    return working - sum(may_rest.values()), working + sum(may_work.values())
