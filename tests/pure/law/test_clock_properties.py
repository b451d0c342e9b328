"""期限计算必须成立的关系，随机案例检验。"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.law.calendar import Calendar
from gongkai.law.clock import (
    Interval,
    Kind,
    consultation,
    correction,
    deadline,
    due_date,
    due_days,
    extension,
    fee_hold,
)
from gongkai.law.rules import Limit, Rules, Unit

NATIONAL = Calendar.national()
RULES = Rules.national(date(2026, 1, 1))
REPLY = RULES.limit("reply.limit")
NOTICED = range(2019, 2027)

received_days = st.dates(date(2019, 5, 15), date(2028, 6, 30))
working_limits = st.integers(1, 60).map(lambda count: Limit(count, Unit.WORKING_DAY))
day_limits = st.builds(
    Limit, st.integers(1, 90), st.sampled_from([Unit.WORKING_DAY, Unit.NATURAL_DAY])
)
limits = st.one_of(day_limits, st.builds(Limit, st.integers(1, 12), st.sampled_from([Unit.MONTH])))
offsets = st.integers(0, 60)


@st.composite
def pauses(draw: st.DrawFn, received: date) -> list[Interval]:
    """Consultations of all kinds after *received*, overlapping as they like."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = received + timedelta(days=draw(offsets))
        kind = draw(st.sampled_from([Kind.THIRD_PARTY, Kind.CO_MAKER, Kind.OPINION]))
        open_ended = kind is not Kind.OPINION and draw(st.booleans())
        end = None if open_ended else start + timedelta(days=draw(offsets))
        found.append(consultation(kind, start, end))
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, list[Interval]]:
    """A receipt day with any mix of events that leads to a due day."""
    received = draw(received_days)
    events = draw(pauses(received))
    if draw(st.booleans()):
        told = received + timedelta(days=draw(st.integers(0, 10)))
        events.append(correction(told, told + timedelta(days=draw(offsets))))
    if draw(st.booleans()):
        told = received + timedelta(days=draw(offsets))
        events.append(fee_hold(told, told + timedelta(days=draw(offsets))))
    if draw(st.booleans()):
        events.append(extension(draw(st.integers(1, 20))))
    return received, draw(st.permutations(events))


@given(cases())
@settings(max_examples=300, deadline=None)
def test_proof_and_date_tell_the_same_story(case: tuple[date, list[Interval]]) -> None:
    """证明逐日连续，计数从 1 到期限总数，最后一个计数日就是截止日。"""
    received, events = case
    found = deadline(received, events, REPLY, RULES)
    counted = [day for day in found.proof if day.counted]
    assert [day.n for day in counted] == list(range(1, found.limit.count + 1))
    assert counted[-1].on == found.due == found.proof[-1].on
    assert found.due == due_date(received, events, REPLY, RULES)
    span = (found.proof[-1].on - received).days
    assert [day.on for day in found.proof] == [
        received + timedelta(days=n) for n in range(span + 1)
    ]
    assert all(day.why and day.basis for day in found.proof)


@given(received_days, day_limits)
@settings(max_examples=200, deadline=None)
def test_counted_days_sum_to_the_limit(received: date, limit: Limit) -> None:
    """工作日和自然日期限：计数合计等于期限；工作日期限的截止日必是工作日。"""
    found = deadline(received, (), limit, RULES)
    assert sum(day.counted for day in found.proof) == limit.count
    assert found.due is not None
    assert NATIONAL.is_working(found.due)


@given(received_days, st.integers(0, 40), limits)
@settings(max_examples=300, deadline=None)
def test_later_receipt_is_never_due_earlier(received: date, later: int, limit: Limit) -> None:
    """收到越晚，截止日不会更早；最早、最晚可能日同样。"""
    first = due_days(received, (), limit, RULES)
    second = due_days(received + timedelta(days=later), (), limit, RULES)
    assert first.due is not None
    assert second.due is not None
    assert first.due <= second.due
    assert (first.earliest or first.due) <= (second.earliest or second.due)
    assert (first.latest or first.due) <= (second.latest or second.due)


@given(st.data(), received_days, st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_later_receipt_with_the_same_pauses_is_never_due_earlier(
    data: st.DataObject, received: date, later: int
) -> None:
    second = received + timedelta(days=later)
    events = data.draw(pauses(second))
    first_due = due_date(received, events, REPLY, RULES)
    second_due = due_date(second, events, REPLY, RULES)
    assert first_due is not None
    assert second_due is not None
    assert first_due <= second_due


@given(received_days, st.lists(st.tuples(offsets, offsets), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_overlapping_pauses_equal_their_union(received: date, spans: list[tuple[int, int]]) -> None:
    """重叠的扣除期间不重复扣除：等于把各段并成不重叠的几段。"""
    days = {first + n for first, length in spans for n in range(1, length + 1)}
    merged = [n for n in sorted(days) if n - 1 not in days]
    runs = [(n - 1, next(m for m in range(n, 200) if m + 1 not in days)) for n in merged]
    separate = [(first, first + length) for first, length in spans]
    assert _due(received, separate) == _due(received, runs)


def _due(received: date, spans: list[tuple[int, int]]) -> date | None:
    asked = [
        consultation(
            Kind.OPINION, received + timedelta(days=first), received + timedelta(days=last)
        )
        for first, last in spans
    ]
    return due_date(received, asked, REPLY, RULES)


@given(cases(), st.sampled_from(NOTICED))
@settings(max_examples=300, deadline=None)
def test_a_notice_moves_only_deadlines_it_touches(
    case: tuple[date, list[Interval]], year: int
) -> None:
    """通知公布前后：期限所跨日子没有变化的，截止日不动；变动的都在事先给出的最早、最晚之间。"""
    received, events = case
    assume(received.year >= 2019)
    without = Rules(RULES.on, _without(year), RULES.parameters)
    before, after = (deadline(received, events, REPLY, rules) for rules in (without, RULES))
    assert before.due is not None
    assert after.due is not None
    assert before.earliest is not None
    assert before.latest is not None
    assert before.earliest <= after.due <= before.latest
    span = range(received.toordinal(), max(before.due, after.due).toordinal() + 1)
    changed = any(
        without.calendar.is_working(day) != NATIONAL.is_working(day)
        for day in map(date.fromordinal, span)
    )
    # A day before a fresh start of the period may change and move nothing: then neither word says it would.
    if not changed or not before.provisional:
        assert before.due == after.due


def _without(year: int) -> Calendar:
    """The national calendar as if the notice for *year* had not been published."""
    if year == min(NOTICED):
        return NATIONAL  # days before the first notice are refused, not guessed
    return Calendar(notice for notice in NATIONAL.notices if notice.year != year)


def test_every_true_due_day_lies_inside_the_bounds_given_before_the_notice() -> None:
    """回测：逐年抽去通知，用当时的办法给出的最早、最晚日必须包住后来的真实截止日。"""
    for year in list(NOTICED)[1:]:
        without = Rules(RULES.on, _without(year), RULES.parameters)
        for offset in range(-70, 360):
            received = date(year, 1, 1) + timedelta(days=offset)
            for key in ("correction.notice", "thirdparty.limit", "reply.limit"):
                limit = RULES.limit(key)
                guess, truth = (due_days(received, (), limit, r) for r in (without, RULES))
                assert guess.earliest is not None
                assert guess.latest is not None
                assert truth.due is not None
                assert guess.earliest <= truth.due <= guess.latest


def test_bounds_are_not_idle() -> None:
    """最早、最晚之间的宽度有限：2027 年各日收到的申请，最早与最晚相差不超过 18 天。"""
    widths = []
    for offset in range(365):
        found = due_days(date(2027, 1, 1) + timedelta(days=offset), (), REPLY, RULES)
        assert found.earliest is not None
        assert found.latest is not None
        widths.append((found.latest - found.earliest).days)
    assert max(widths) <= 18
