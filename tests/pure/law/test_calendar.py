"""放假通知汇成的工作日历，与公开的节假日程序库逐日核对。"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.law.calendar import Calendar, DayChange, compare
from gongkai.law.errors import OutsideCalendarError
from gongkai.law.festivals import holidays, occurrences, statutory_name

NATIONAL = Calendar.national()
YEARS = range(2019, 2027)
PER_YEAR = (250, 249, 250, 249, 249, 251, 248, 248)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_equals_the_public_library(year: int) -> None:
    """2019 至 2026 年每一天是否上班，与 chinesecalendar 一致。"""
    ours = {day: NATIONAL.is_working(day) for day in days_of(year)}
    assert ours == {day: chinese_calendar.is_workday(day) for day in days_of(year)}


@pytest.mark.parametrize(("year", "count"), [*zip(YEARS, PER_YEAR, strict=True)])
def test_working_days_in_a_year(year: int, count: int) -> None:
    """全年工作日数。"""
    assert NATIONAL.count_working(date(year, 1, 1), date(year, 12, 31)) == count


@pytest.mark.parametrize("year", YEARS)
def test_fast_answer_equals_the_day_with_its_reason(year: int) -> None:
    """快速判断与带理由的判断来自同一事实；有通知的年份（元旦前几日除外）不是暂定。"""
    for day in days_of(year):
        assert NATIONAL.day(day).working == NATIONAL.is_working(day)


def test_reasons_name_the_notice_that_lists_the_day() -> None:
    """2023-12-30 写在 2024 年的通知里：通知是哪一年的，和日期在哪一年，是两回事。"""
    december = NATIONAL.day(date(2023, 12, 30))
    makeup = NATIONAL.day(date(2025, 2, 8))
    assert (december.working, december.why, december.basis) == (
        False,
        "元旦放假",
        "《国务院办公厅关于2024年部分节假日安排的通知》",
    )
    assert (makeup.working, makeup.why, makeup.basis) == (
        True,
        "调休上班",
        "《国务院办公厅关于2025年部分节假日安排的通知》（国办发明电〔2024〕12号）",
    )


def test_coverage_is_known() -> None:
    assert NATIONAL.last_noticed_year == 2026
    assert [NATIONAL.covers(year) for year in (2018, 2019, 2026, 2027)] == [
        False,
        True,
        True,
        False,
    ]


def test_year_without_notice_counts_weekends_and_statutory_holidays() -> None:
    """《全国年节及纪念日放假办法》（2024年修订）：2027 年 13 个法定放假日，其余只看周末。"""
    off = [day for day in days_of(2027) if statutory_name(day)]
    assert off == [
        date(2027, 1, 1),
        *(date(2027, 2, day) for day in (5, 6, 7, 8)),
        date(2027, 4, 5),
        date(2027, 5, 1),
        date(2027, 5, 2),
        date(2027, 6, 9),
        date(2027, 9, 15),
        *(date(2027, 10, day) for day in (1, 2, 3)),
    ]
    for day in days_of(2027):
        found = NATIONAL.day(day)
        assert found.working == (day.isoweekday() < 6 and day not in off)
        assert found.provisional


def test_holidays_before_the_2024_revision_were_eleven() -> None:
    """2024 年以前除夕和 5 月 2 日不是法定放假日。"""
    counts = {year: sum(len(o.statutory) for o in occurrences(year)) for year in (2023, 2024, 2025)}
    assert counts == {2023: 11, 2024: 11, 2025: 13}


@pytest.mark.parametrize("year", YEARS)
def test_statutory_holidays_are_off_in_every_notice(year: int) -> None:
    """农历节日表与历年通知相互印证：每个法定节日当天都在放假安排里。"""
    for occurrence in occurrences(year):
        assert [NATIONAL.is_working(day) for day in sorted(occurrence.statutory)] == [False] * len(
            occurrence.statutory
        )


def test_unknown_years_are_refused_in_chinese() -> None:
    """没有依据的年份不猜。"""
    with pytest.raises(OutsideCalendarError, match=r"2018年.*请先导入2018年的通知"):
        NATIONAL.day(date(2018, 12, 31))
    beyond = holidays().years[-1] + 1
    with pytest.raises(OutsideCalendarError, match=f"无法计算{beyond}年"):
        NATIONAL.is_working(date(beyond, 6, 1))


def test_counting_from_a_day_never_counts_that_day() -> None:
    """民法典第二百零一条：开始的当日不计入。"""
    assert NATIONAL.nth_working_after(date(2024, 1, 2), 1) == date(2024, 1, 3)
    assert NATIONAL.nth_working_after(date(2024, 1, 2), 0) == date(2024, 1, 2)
    assert NATIONAL.count_working(date(2024, 1, 3), date(2024, 1, 2)) == 0


def test_compare_lists_exactly_the_days_that_change() -> None:
    """放假通知导入前后的差异，上年 12 月的日子也在内。"""
    without = Calendar(notice for notice in NATIONAL.notices if notice.year != 2026)
    changes = compare(without, NATIONAL, 2026)
    expected = [
        DayChange(day, without.day(day), NATIONAL.day(day))
        for day in [*days_of(2025), *days_of(2026)]
        if without.is_working(day) != NATIONAL.is_working(day)
    ]
    assert changes == expected
    assert {change.on for change in changes if change.after.working} == {
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    }
    assert compare(NATIONAL, NATIONAL, 2026) == []


def test_second_notice_for_a_year_replaces_the_first() -> None:
    """同一通知导入两次，日历不变。"""
    again = NATIONAL.with_notices([NATIONAL.notices[-1]])
    assert again.notices == NATIONAL.notices
    assert [again.day(day) for day in days_of(2026)] == [NATIONAL.day(day) for day in days_of(2026)]


def test_the_same_notices_make_the_same_calendar() -> None:
    """没有另外的通知，就是全国的日历本身；同样的通知，同一份日历，不重算工作日。"""
    national = Calendar.national()
    assert national.with_notices([]) is national
    earlier = Calendar(national.notices[:-1])
    assert earlier.with_notices(national.notices[-1:]) is earlier.with_notices(
        national.notices[-1:]
    )
    assert earlier.with_notices(national.notices[-1:]).notices == national.notices
