"""年历：每天一个记号，全年工作日数与日历一致；没有通知的年份给出最少和最多。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.law.calendar import Calendar
from gongkai.law.errors import OutsideCalendarError
from gongkai.law.yearbook import Mark, year_of

NATIONAL = Calendar.national()
WORKING = {
    2019: 250,
    2020: 249,
    2021: 250,
    2022: 249,
    2023: 249,
    2024: 251,
    2025: 248,
    2026: 248,
}


def test_working_days_of_each_noticed_year() -> None:
    """2019 年至 2026 年的工作日数。"""
    assert {year: year_of(NATIONAL, year).working for year in WORKING} == WORKING


def test_marks_of_a_spring() -> None:
    """2026 年春节：休、班、周末、工作日各是各的记号。"""
    february = year_of(NATIONAL, 2026).months[1]
    cells = {cell.on: cell.mark for week in february.weeks for cell in week if cell}
    days = (date(2026, 2, 14), date(2026, 2, 15), date(2026, 2, 8), date(2026, 2, 9))
    assert [cells[day] for day in days] == [
        Mark.MAKEUP,
        Mark.HOLIDAY,
        Mark.WEEKEND,
        Mark.WORKING,
    ]
    assert len(cells) == 28


@pytest.mark.parametrize("year", range(2020, 2027))
def test_the_true_number_lies_between_fewest_and_most(year: int) -> None:
    """回测：抽去当年及以后的通知，真实工作日数必在给出的最少和最多之间。"""
    known = Calendar(notice for notice in NATIONAL.notices if notice.year < year)
    guessed = year_of(known, year)
    assert guessed.fewest <= WORKING[year] <= guessed.most
    assert (guessed.covered, guessed.provisional) == (False, True)


def test_each_month_shows_each_day_once() -> None:
    """每月每天恰好一格。"""
    found = year_of(NATIONAL, 2024)
    days = [cell.on for month in found.months for week in month.weeks for cell in week if cell]
    first = date(2024, 1, 1)
    assert days == [first + timedelta(days=n) for n in range(366)]


@pytest.mark.parametrize("year", [2018, 9998])
def test_a_year_of_which_nothing_is_known_is_refused(year: int) -> None:
    with pytest.raises(OutsideCalendarError):
        year_of(NATIONAL, year)
