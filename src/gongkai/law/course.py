"""From events to a course: which day is day 0, how much is to be counted, what is left out.

A course holds no calendar. The date and the proof are both read off the same course, so the two
cannot tell different stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law.errors import ClockError
from gongkai.law.intervals import CONSULTATION_LIMITS, CONSULTATIONS, Interval, Kind
from gongkai.law.parameters import Unit
from gongkai.law.rules import Limit, Rules

DELAY_BASIS = "《政府信息公开条例》第三十五条"
PAUSE_BASIS = "《政府信息公开条例》第三十三条第三款"
RESTART_BASIS = {
    Kind.CORRECTION: "《政府信息公开条例》第三十条",
    Kind.FEE: "国办函〔2020〕109号",
}
RESTART_WHY = {
    Kind.CORRECTION: "期限自收到补正后的申请之日重新计算，此前不计",
    Kind.FEE: "期限自缴费完成之日重新计算，此前不计",
}
STOP_WHY = {
    Kind.CORRECTION: "已告知补正，等待申请人补正，期限尚未起算",
    Kind.FEE: "已发收费通知，等待申请人缴费，缴费后期限重新计算",
    Kind.OTHER_ORGAN: "正在征求其他机关意见，法律没有规定答复期限，收到意见后才能确定截止日",
    Kind.OPINION: "正在征求意见，收到意见后才能确定截止日",
    Kind.THIRD_PARTY: "征求意见书已发出，尚无对方收到的凭证，暂不能确定截止日",
    Kind.CO_MAKER: "征求意见书已发出，尚无对方收到的凭证，暂不能确定截止日",
}


@dataclass(frozen=True)
class Pause:
    """Days after *after* that are not counted: to *end*, or to the end of *limit* from *asked*."""

    kind: Kind
    after: date
    end: date | None
    asked: date | None
    limit: Limit | None
    why: str


@dataclass(frozen=True)
class Stop:
    """Why no due day exists yet, and since when the clock stands."""

    on: date
    why: str


@dataclass(frozen=True)
class Course:
    """A clock before counting. *zero* is day 0 of the run in force, *limit* includes extensions.

    *delayed_to*: the last day of a reasonable longer period (Art 35), which the counted limit may not reach.
    """

    received: date
    zero: date
    restarted_by: Kind | None
    limit: Limit
    pauses: tuple[Pause, ...]
    stop: Stop | None
    notes: tuple[str, ...]
    extensions: tuple[Interval, ...] = ()
    delayed_to: date | None = None

    def extended(self, days: int) -> Course:
        """The same course with *days* more to count."""
        return replace(self, limit=replace(self.limit, count=self.limit.count + days))


def plan(received: date, intervals: Sequence[Interval], limit: Limit, rules: Rules) -> Course:
    """Lay out the clock of *limit* from *received*.

    Extensions that the run in force may use are listed in ``extensions``, not yet added: whether
    one came in time depends on the calendar. Raises :class:`ClockError` where the events contradict
    each other or an extension exceeds what Art 33 allows.
    """
    _check(received, intervals)
    restarts, notes = _restarts(intervals, rules)
    zero, by = _zero(received, restarts)
    course = Course(
        received=received,
        zero=zero,
        restarted_by=by,
        limit=limit,
        pauses=tuple(_pauses(intervals, zero, rules)),
        stop=None,
        notes=tuple(notes),
        extensions=_usable_extensions(intervals, zero, limit, rules),
        delayed_to=max((i.end for i in intervals if i.kind is Kind.DELAY and i.end), default=None),
    )
    return replace(course, stop=_stop(restarts, course, intervals, rules))


def _check(received: date, intervals: Iterable[Interval]) -> None:
    for interval in intervals:
        days = [day for day in (interval.sent, interval.start, interval.end) if day is not None]
        if days != sorted(days):
            raise ClockError(
                f"{interval.label}的日期前后矛盾（{_days(days)}），请核对发出、收到和结束的日期。"
            )
        if days and days[0] < received:
            raise ClockError(
                f"{interval.label}的日期 {days[0]} 早于收到申请的日期 {received}，请核对。"
            )


def _days(days: Iterable[date]) -> str:
    return "、".join(day.isoformat() for day in days)


def _restarts(intervals: Sequence[Interval], rules: Rules) -> tuple[list[Interval], list[str]]:
    """Corrections that count and fee holds, oldest first, with notes on those that do not count."""
    found = [i for i in intervals if i.kind in RESTART_WHY]
    found.sort(key=lambda interval: interval.sent or interval.end or date.max)
    corrections = [interval for interval in found if interval.kind is Kind.CORRECTION]
    if not corrections:
        return found, []
    surplus = corrections[rules.number("correction.times") :]
    notes = [
        "补正应当一次性告知（《政府信息公开条例》第三十条），再次要求补正不重新起算期限"
        for _ in surplus[:1]
    ]
    return [interval for interval in found if interval not in surplus], notes


def _zero(received: date, restarts: Iterable[Interval]) -> tuple[date, Kind | None]:
    zero, by = received, None
    for restart in restarts:
        if restart.end is not None and restart.end >= zero:
            zero, by = restart.end, restart.kind
    return zero, by


def _stop(
    restarts: Iterable[Interval], course: Course, intervals: Iterable[Interval], rules: Rules
) -> Stop | None:
    for restart in restarts:
        if restart.end is None and (restart.sent or course.zero) >= course.zero:
            return Stop(restart.sent or course.zero, STOP_WHY[restart.kind])
    for interval in intervals:
        since = _pause_start(interval, rules) if _is_consultation(interval) else None
        if since is None or interval.end is not None:
            continue
        if interval.kind not in CONSULTATION_LIMITS or interval.start is None:
            return Stop(max(since, course.zero), STOP_WHY[interval.kind])
    return None


def _is_consultation(interval: Interval) -> bool:
    return interval.kind in CONSULTATIONS


def _pause_start(interval: Interval, rules: Rules) -> date | None:
    """Receipt or sending of the letter, by the parameter ``pause.from``; None while it has no proof."""
    wanted = rules.text("pause.from")
    if wanted not in ("receipt", "sending"):
        raise ClockError(
            f"参数 pause.from 只能是 receipt（收到）或 sending（发出），现在是“{wanted}”。"
        )
    if wanted == "sending" and interval.sent is not None:
        return interval.sent
    return interval.start


def _pauses(intervals: Iterable[Interval], zero: date, rules: Rules) -> Iterable[Pause]:
    for interval in intervals:
        if not _is_consultation(interval):
            continue
        start = _pause_start(interval, rules)
        if start is None or (interval.end is not None and interval.end <= zero):
            continue
        key = CONSULTATION_LIMITS.get(interval.kind)
        yield Pause(
            kind=interval.kind,
            after=max(start, zero),
            end=interval.end,
            asked=interval.start,
            limit=rules.limit(key) if key and interval.start else None,
            why=f"{interval.label}期间，不计入",
        )


def _usable_extensions(
    intervals: Iterable[Interval], zero: date, limit: Limit, rules: Rules
) -> tuple[Interval, ...]:
    found = [interval for interval in intervals if interval.kind is Kind.EXTENSION]
    if not found:
        return ()
    if limit.unit is not Unit.WORKING_DAY:
        raise ClockError("只有以工作日计算的答复期限可以延长（《政府信息公开条例》第三十三条）。")
    _check_extensions(found, rules)
    return tuple(interval for interval in found if interval.sent is None or interval.sent >= zero)


def _check_extensions(found: Sequence[Interval], rules: Rules) -> None:
    most, times = rules.number("reply.extension_max"), rules.number("reply.extension_times")
    total = sum(interval.days for interval in found)
    if any(interval.days < 1 for interval in found):
        raise ClockError("延长的天数应为正整数（工作日）。")
    if total > most:
        raise ClockError(
            f"延长{total}个工作日超出上限：《政府信息公开条例》第三十三条规定延长答复的期限"
            f"最长不超过{most}个工作日，请改正延长天数。"
        )
    if len(found) > times:
        raise ClockError(
            f"同一申请登记了{len(found)}次延期，按规则库只能延长{times}次"
            f"（参数 reply.extension_times），请核对。"
        )
