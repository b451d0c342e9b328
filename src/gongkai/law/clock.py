"""Due days with their proof. A due day is a value computed from dates, never a stored fact.

Counting rules: day 0 is not counted (民法典 201); working days by the calendar; a period in natural
days, months or years that ends on a day of rest ends on the next working day (民法典 203).
Corrections and paid fees start a full new period; consultations leave out the days after the other
side received the letter up to and including the day its opinion arrived or its limit ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law.counting import (
    ONE_DAY,
    Reading,
    Span,
    corresponding_day,
    last_natural_day,
    last_working_day,
    next_working,
    union,
)
from gongkai.law.course import DELAY_BASIS, RESTART_BASIS, Course, Pause, plan
from gongkai.law.intervals import (
    Interval,
    Kind,
    consultation,
    correction,
    extension,
    fee_hold,
)
from gongkai.law.parameters import Unit
from gongkai.law.proof import ProofDay, prove
from gongkai.law.rules import Limit, Rules

__all__ = [
    "RESTART_BASIS",
    "Deadline",
    "DueDays",
    "Interval",
    "Kind",
    "ProofDay",
    "consultation",
    "correction",
    "deadline",
    "due_date",
    "due_days",
    "extension",
    "fee_hold",
]


@dataclass(frozen=True)
class DueDays:
    """A due day without its proof. All three are None while the clock stands.

    *provisional*: a holiday notice still to come may move the day, at most from *earliest* to
    *latest*. *waiting* says in Chinese why there is no due day, *notes* what the clerk should know.
    """

    due: date | None
    earliest: date | None
    latest: date | None
    provisional: bool
    waiting: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Deadline:
    """A due day and its proof: each day from receipt to the due day, counted or not, and why.

    *zero* is day 0 of the run in force, *limit* the whole limit with extensions. While the clock
    stands (*waiting*), the proof shows the days counted up to the day it stopped.
    """

    received: date
    zero: date
    limit: Limit
    due: date | None
    earliest: date | None
    latest: date | None
    provisional: bool
    waiting: str | None
    notes: tuple[str, ...]
    proof: tuple[ProofDay, ...]


def deadline(received: date, intervals: Sequence[Interval], limit: Limit, rules: Rules) -> Deadline:
    """When *limit* runs out for something received on *received*, with the proof.

    Raises :class:`~gongkai.law.errors.ClockError` for contradicting events or an extension beyond
    Art 33, :class:`~gongkai.law.errors.OutsideCalendarError` for years the calendar does not know.
    """
    course = _course(received, intervals, limit, rules)
    days = _settle(course, rules)
    stop = course.stop.on if course.stop else None
    end = days.due or stop or course.zero
    pauses = [(_span(pause, rules, Reading.AS_IT_STANDS), pause) for pause in course.pauses]
    return Deadline(
        received=received,
        zero=course.zero,
        limit=course.limit,
        due=days.due,
        earliest=days.earliest,
        latest=days.latest,
        provisional=days.provisional,
        waiting=days.waiting,
        notes=days.notes,
        proof=prove(course, end, pauses, rules.calendar),
    )


def due_days(received: date, intervals: Sequence[Interval], limit: Limit, rules: Rules) -> DueDays:
    """The due day with its bounds, without writing the proof: for lists of many cases."""
    return _settle(_course(received, intervals, limit, rules), rules)


def due_date(
    received: date, intervals: Sequence[Interval], limit: Limit, rules: Rules
) -> date | None:
    """The due day alone, as the calendar stands; None while the clock stands."""
    course = _course(received, intervals, limit, rules)
    if course.stop:
        return None
    return max(_due(course, rules, Reading.AS_IT_STANDS), course.delayed_to or date.min)


def _course(received: date, intervals: Sequence[Interval], limit: Limit, rules: Rules) -> Course:
    """The course with the extensions that came in time, and notes on what came too late."""
    if limit.count < 0 or not limit.unit.is_period:
        raise ValueError(limit)
    course = plan(received, intervals, limit, rules) if intervals else _plain(received, limit)
    course = replace(course, notes=(*course.notes, *_late_corrections(course, intervals, rules)))
    for entry in course.extensions:
        due = _due(course, rules, Reading.AS_IT_STANDS) if course.stop is None else None
        if due is None or entry.sent is None or entry.sent <= due:
            course = course.extended(entry.days)
        else:
            late = f"延期告知（{entry.sent}）晚于原期限 {due}，不发生延长的效力"
            course = replace(course, notes=(*course.notes, late))
    return course


def _plain(received: date, limit: Limit) -> Course:
    return Course(received, received, None, limit, (), None, ())


def _late_corrections(course: Course, intervals: Sequence[Interval], rules: Rules) -> Sequence[str]:
    told = [i.sent for i in intervals if i.kind is Kind.CORRECTION and i.sent is not None]
    if not told:
        return ()
    limit = rules.limit("correction.notice")
    last = rules.calendar.nth_working_after(course.received, limit.count)
    if min(told) <= last:
        return ()
    return (
        f"补正告知（{min(told)}）超过收到申请之日起{limit.label}（应在 {last} 前，{limit.basis}）",
    )


def _settle(course: Course, rules: Rules) -> DueDays:
    if course.stop is not None:
        return DueDays(None, None, None, False, course.stop.why, course.notes)
    due = _due(course, rules, Reading.AS_IT_STANDS)
    if course.delayed_to is not None and due < course.delayed_to:
        until = course.delayed_to
        note = f"答复期限原到 {due}，延迟答复的合理期限定到 {until}（{DELAY_BASIS}）"
        return DueDays(until, until, until, False, None, (*course.notes, note))
    if due <= course.zero or rules.calendar.settled(course.zero + ONE_DAY, due):
        return DueDays(due, due, due, False, None, course.notes)
    earliest = _due(course, rules, Reading.EARLIEST)
    latest = _due(course, rules, Reading.LATEST)
    return DueDays(due, earliest, latest, True, None, course.notes)


def _due(course: Course, rules: Rules, reading: Reading) -> date:
    skipped = union([_span(pause, rules, reading) for pause in course.pauses])
    calendar, zero, limit = rules.calendar, course.zero, course.limit
    if limit.unit is Unit.WORKING_DAY:
        return last_working_day(calendar, zero, limit.count, skipped, reading)
    if limit.unit is Unit.NATURAL_DAY:
        return next_working(calendar, last_natural_day(zero, limit.count, skipped), reading)
    return next_working(calendar, corresponding_day(zero, limit), reading)


def _span(pause: Pause, rules: Rules, reading: Reading) -> Span:
    """The days a pause leaves out; a missing answer is taken to come on the last possible day."""
    ends = [] if pause.end is None else [pause.end]
    if pause.limit is not None and pause.asked is not None:
        calendar = rules.calendar
        ends.append(last_working_day(calendar, pause.asked, pause.limit.count, (), reading))
    return pause.after + ONE_DAY, min(ends, default=pause.after)
