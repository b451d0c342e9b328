"""Working days: weekdays that the State Council did not make holidays, and 调休 weekends.

A year with a notice is certain. A year without one (law: only the 办法 itself) counts weekends and the
public holidays of :mod:`gongkai.law.festivals` and is provisional; its :meth:`Calendar.doubt` says for
each day what the notice may still change. Days before the first notice are refused: their notices
exist, they are only not loaded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from gongkai.law.errors import NoticeRefused, OutsideCalendarError
from gongkai.law.festivals import Occurrence, holidays, occurrences, statutory_name
from gongkai.law.notice import DaysOff, Notice, is_weekend, parse_notice
from gongkai.law.packaged import notice_files

__all__ = [
    "Calendar",
    "Day",
    "DayChange",
    "DaysOff",
    "Doubt",
    "Notice",
    "NoticeRefused",
    "compare",
    "parse_notice",
]

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Day:
    """What kind of day *on* is and why. *notice* is the one that lists it, if any does."""

    on: date
    working: bool
    why: str
    notice: Notice | None
    provisional: bool

    @property
    def basis(self) -> str:
        """The document a proof quotes for this day."""
        if self.notice is not None:
            return self.notice.citation
        statutory = self.provisional and not self.working and not is_weekend(self.on)
        return "《全国年节及纪念日放假办法》" if statutory else holidays().weekend.source


@dataclass(frozen=True)
class Doubt:
    """What a notice that has not come may still do to a day.

    A weekday may be given off, a weekend day may be worked, for any of the festivals named; the one
    whose possible days end first stands first.
    """

    may_rest_for: tuple[Occurrence, ...]
    may_work_for: tuple[Occurrence, ...]


@dataclass(frozen=True)
class DayChange:
    """A day that is worked in one calendar and not in the other."""

    on: date
    before: Day
    after: Day


class Calendar:
    """Working days by a set of notices. Immutable; a second notice for a year replaces the first."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        by_year = {notice.year: notice for notice in notices}
        self.notices = tuple(by_year[year] for year in sorted(by_year))
        self._noticed = frozenset(by_year)
        self._listed = {day.on: day for notice in self.notices for day in _listed(notice)}
        self._first_year = min(by_year, default=holidays().years[0])
        self._working: dict[int, list[int]] = {}
        self._doubts: dict[int, dict[date, Doubt]] = {}

    @classmethod
    def national(cls) -> Calendar:
        """The calendar by the packaged notices."""
        return _national()

    def with_notices(self, notices: Iterable[Notice]) -> Calendar:
        """A calendar that knows *notices* too; of the same notices the same one, with what it reckoned."""
        more = tuple(notices)
        return _of((*self.notices, *more)) if more else self

    @property
    def last_noticed_year(self) -> int | None:
        return self.notices[-1].year if self.notices else None

    def covers(self, year: int) -> bool:
        """Whether the notice for *year* is loaded."""
        return year in self._noticed

    def day(self, on: date) -> Day:
        """The day with its reason. Raises :class:`OutsideCalendarError` where nothing is known."""
        listed = self._listed.get(on)
        if listed is not None and self._first_year <= on.year:
            return listed
        self._require(on.year)
        provisional = not self.covers(on.year) or on in self._year_doubts(on.year)
        holiday = None if self.covers(on.year) else statutory_name(on)
        if holiday is not None:
            return Day(on, False, f"{holiday}（法定节日，当年放假通知未公布）", None, True)
        if is_weekend(on):
            return Day(on, False, f"周{WEEKDAYS[on.weekday()]}，休息日", None, provisional)
        return Day(on, True, "工作日", None, provisional)

    def is_working(self, on: date) -> bool:
        """Whether *on* is worked; a provisional answer for a year without a notice."""
        days, wanted = self._ordinals(on.year), on.toordinal()
        place = bisect_left(days, wanted)
        return place < len(days) and days[place] == wanted

    def nth_working_after(self, start: date, count: int) -> date:
        """The *count*-th working day after *start*, which itself is never counted (民法典 201)."""
        year, place = start.year, bisect_right(self._ordinals(start.year), start.toordinal())
        wanted = place + count - 1
        while wanted >= len(self._ordinals(year)):
            wanted -= len(self._ordinals(year))
            year += 1
        return date.fromordinal(self._ordinals(year)[wanted]) if count else start

    def count_working(self, first: date, last: date) -> int:
        """Working days from *first* to *last*, both included."""
        low, high = first.toordinal(), last.toordinal()
        return sum(
            bisect_right(self._ordinals(year), high) - bisect_left(self._ordinals(year), low)
            for year in range(first.year, last.year + 1)
            if low <= high
        )

    def settled(self, first: date, last: date) -> bool:
        """Whether no notice still to come can change a day from *first* to *last*."""
        return all(
            self.covers(year) and not any(first <= day <= last for day in self._year_doubts(year))
            for year in range(first.year, last.year + 1)
        )

    def doubt(self, on: date) -> Doubt | None:
        """What may still happen to *on*, or None when it is as certain as it looks."""
        return self._year_doubts(on.year).get(on)

    def _require(self, year: int) -> None:
        if year < self._first_year:
            raise OutsideCalendarError(
                f"无法计算{year}年的工作日：放假通知从{self._first_year}年起收录，请先导入{year}年的通知。"
            )

    def _ordinals(self, year: int) -> list[int]:
        known = self._working.get(year)
        if known is None:
            self._require(year)
            known = [day.toordinal() for day in _days_of(year) if self.day(day).working]
            self._working[year] = known
        return known

    def _year_doubts(self, year: int) -> dict[date, Doubt]:
        known = self._doubts.get(year)
        if known is None:
            known = self._find_doubts(year)
            self._doubts[year] = known
        return known

    def _find_doubts(self, year: int) -> dict[date, Doubt]:
        pending = [
            occurrence
            for near in (year, year + 1)  # New Year's Day reaches back into December
            if near not in self._noticed and near in holidays().years
            for occurrence in occurrences(near)
        ]
        if not pending:
            return {}
        found = {day: _doubt(day, pending) for day in _days_of(year) if day not in self._listed}
        return {day: doubt for day, doubt in found.items() if doubt is not None}


@lru_cache(maxsize=16)
def _of(notices: tuple[Notice, ...]) -> Calendar:
    """Kept, because the working days of a year are reckoned once a calendar and asked for on every page."""
    return Calendar(notices)


def compare(old: Calendar, new: Calendar, year: int) -> list[DayChange]:
    """The days that change between two calendars around *year*, the neighbouring months included.

    A notice for *year* may touch the last days of the year before, so these are compared as well.
    """
    reach = timedelta(days=holidays().longest_off)
    first, last = date(year, 1, 1) - reach, date(year, 12, 31) + reach
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    pairs = ((day, _known(old, day), _known(new, day)) for day in days)
    return [
        DayChange(day, before, after)
        for day, before, after in pairs
        if before is not None and after is not None and before.working != after.working
    ]


def _known(calendar: Calendar, on: date) -> Day | None:
    try:
        return calendar.day(on)
    except OutsideCalendarError:
        return None


@cache
def _national() -> Calendar:
    return Calendar(parse_notice(path.read_bytes()) for path in notice_files())


def _listed(notice: Notice) -> Iterable[Day]:
    for entry in notice.festivals:
        for on in entry.days:
            yield Day(on, False, f"{entry.name}放假", notice, False)
    for on in notice.makeup:
        yield Day(on, True, "调休上班", notice, False)


def _days_of(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    return (
        first + timedelta(days=offset) for offset in range((date(year, 12, 31) - first).days + 1)
    )


def _doubt(on: date, pending: list[Occurrence]) -> Doubt | None:
    if any(on in occurrence.statutory for occurrence in pending):
        return None
    if not is_weekend(on):
        resting = [occurrence for occurrence in pending if _within(on, occurrence.block)]
        resting.sort(key=lambda occurrence: occurrence.block[1])
        return Doubt(tuple(resting), ()) if resting else None
    if any(_within(on, occurrence.core) for occurrence in pending):
        return None
    reaching = [occurrence for occurrence in pending if _within(on, occurrence.reach)]
    reaching.sort(key=lambda occurrence: occurrence.reach[1])
    return Doubt((), tuple(reaching)) if reaching else None


def _within(on: date, span: tuple[date, date]) -> bool:
    return span[0] <= on <= span[1]
