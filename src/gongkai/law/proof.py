"""The proof of a due day: one line for each day, counted or not, with the reason and its source.

It walks the days on its own and does not use the arithmetic of :mod:`gongkai.law.counting`, so the
last number it reaches is an independent check of the due day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.calendar import Calendar
from gongkai.law.counting import Span
from gongkai.law.course import DELAY_BASIS, PAUSE_BASIS, RESTART_BASIS, RESTART_WHY, Course, Pause
from gongkai.law.parameters import Unit

ZERO_BASIS = "《民法典》第二百零一条"
ROLL_BASIS = "《民法典》第二百零三条"
MONTH_BASIS = "《民法典》第二百零二条"


@dataclass(frozen=True)
class ProofDay:
    """One day of a proof. *n* is the running number of a counted day, None for any other."""

    on: date
    counted: bool
    n: int | None
    why: str
    basis: str


def prove(
    course: Course, end: date, pauses: Sequence[tuple[Span, Pause]], calendar: Calendar
) -> tuple[ProofDay, ...]:
    """The lines from the day of receipt to *end*."""
    if course.limit.unit in (Unit.MONTH, Unit.YEAR):
        return tuple(_by_month(course, end, calendar))
    return tuple(_by_day(course, end, pauses, calendar))


def _by_day(
    course: Course, end: date, pauses: Sequence[tuple[Span, Pause]], calendar: Calendar
) -> Iterable[ProofDay]:
    n = 0
    for on in _days(course.received, end):
        excluded = _before_count(course, on) or _left_out(course, on, n, pauses, calendar)
        if excluded is not None:
            yield ProofDay(on, False, None, *excluded)
            continue
        n += 1
        yield ProofDay(on, True, n, *_counted(course, on, calendar))


def _by_month(course: Course, end: date, calendar: Calendar) -> Iterable[ProofDay]:
    yield ProofDay(course.zero, False, None, "起算日，当日不计", ZERO_BASIS)
    day = calendar.day(end)
    why = f"期满日（{course.limit.label}，遇休假日顺延）"
    yield ProofDay(end, False, None, why, f"{MONTH_BASIS}；{day.basis}")


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _before_count(course: Course, on: date) -> tuple[str, str] | None:
    """Why a day up to day 0 is not counted."""
    if on > course.zero:
        return None
    if course.restarted_by is not None and on < course.zero:
        return RESTART_WHY[course.restarted_by], RESTART_BASIS[course.restarted_by]
    return "起算日，当日不计", ZERO_BASIS


def _left_out(
    course: Course,
    on: date,
    n: int,
    pauses: Sequence[tuple[Span, Pause]],
    calendar: Calendar,
) -> tuple[str, str] | None:
    """Why a day after day 0 is not counted, or None if it is."""
    day = calendar.day(on)
    if course.limit.unit is Unit.WORKING_DAY and not day.working:
        return day.why, day.basis
    for (first, last), pause in pauses:
        if first <= on <= last:
            return pause.why, PAUSE_BASIS
    if course.delayed_to is not None and n >= course.limit.count:
        return "延迟答复的合理期限之内", DELAY_BASIS
    if course.limit.unit is Unit.NATURAL_DAY and n >= course.limit.count:
        return "期满后遇休假日顺延", ROLL_BASIS
    return None


def _counted(course: Course, on: date, calendar: Calendar) -> tuple[str, str]:
    day = calendar.day(on)
    if course.limit.unit is Unit.WORKING_DAY:
        return day.why, day.basis
    return ("自然日，照计" if day.working else f"{day.why}，自然日照计"), course.limit.basis
