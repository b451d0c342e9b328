"""送达：每种方式的日期规则、公告的天数；复议六十日和起诉六个月从申请人知道之日算起。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.errors import ServiceError
from gongkai.law.parameters import Certainty, Parameter, Unit
from gongkai.law.rules import Rules
from gongkai.law.service import MEANS, Means, notice_ends, served, windows

RULES = Rules.national(date(2024, 6, 1))
SENT, ARRIVED = date(2024, 4, 2), date(2024, 4, 8)
_ANY_DAY = st.dates(date(2023, 12, 20), date(2025, 1, 10))


def days(means: Means, rules: Rules = RULES) -> tuple[date, date]:
    found = served(means, SENT, ARRIVED, rules)
    return found.served_on, found.known_on


def test_each_way_has_its_day_with_a_source() -> None:
    """国办公开办函〔2016〕235号：直接、委托送达为签收之日，邮寄为交邮之日；知道之日总是到达之日。"""
    end = date(2024, 5, 2)
    assert {means: days(means) for means in Means} == {
        Means.HANDED: (ARRIVED, ARRIVED),
        Means.ENTRUSTED: (ARRIVED, ARRIVED),
        Means.POST: (SENT, ARRIVED),
        Means.ELECTRONIC: (ARRIVED, ARRIVED),
        Means.LEFT: (ARRIVED, ARRIVED),
        Means.NOTICE: (end, end),
    }
    assert set(MEANS) == set(Means)
    assert all(way.basis and way.rule and way.proof for way in MEANS.values())


def test_a_county_may_count_the_slip_of_the_post() -> None:
    """参数 service.post_day 改为 receipt 后，邮寄以签收之日为送达日期。"""
    local = Parameter(
        *("service.post_day", "邮寄", "receipt", Unit.TEXT, "某市规定（虚构）"),
        *(date(2024, 1, 1), Certainty.PRACTICE, ("posting", "receipt")),
    )
    assert days(Means.POST, RULES.with_parameters([local])) == (ARRIVED, ARRIVED)


def test_the_days_of_a_notice_follow_the_day_it_was_put_up() -> None:
    """参数 service.notice_days：2021 年发出的六十日，2022 年起三十日。"""
    assert notice_ends(date(2021, 12, 31), RULES) == date(2022, 3, 1)
    assert notice_ends(date(2022, 1, 1), RULES) == date(2022, 1, 31)


@pytest.mark.parametrize(
    ("arrived", "said"), [(None, "还缺这一天的凭证"), (date(2024, 4, 1), "早于发出")]
)
def test_a_day_without_proof_or_before_the_sending_is_refused(
    arrived: date | None, said: str
) -> None:
    with pytest.raises(ServiceError, match=said):
        served(Means.POST, SENT, arrived, RULES)


def test_review_comes_first_against_a_refusal() -> None:
    """行政复议法第二十三条：不予公开只有六十日的复议期限在走，起诉要等复议决定。"""
    refusal = windows("refused_internal", SENT, ARRIVED, RULES)
    granted = windows("granted", SENT, ARRIVED, RULES)
    assert [one.last_day for one in refusal.open_until] == [date(2024, 6, 7)]
    assert [one.last_day for one in granted.open_until] == [date(2024, 6, 7), date(2024, 10, 8)]
    assert [granted.over(date(2024, 10, day)) for day in (8, 9)] == [False, True]


@settings(max_examples=40, deadline=None)
@given(_ANY_DAY)
def test_a_window_ends_on_the_first_working_day_from_its_last_day_on(known: date) -> None:
    """民法典第二百零一条至第二百零三条：跨年、遇节假日顺延，证明的最后一行就是期满日。"""
    review, suit = windows("granted", known, known, RULES).open_until
    sixtieth = known + timedelta(days=60)
    month = (known.month + 5) % 12 + 1
    half_a_year = known.year + (known.month + 6 > 12)
    for window, least in ((review, sixtieth), (suit, date(half_a_year, month, 1))):
        last = window.last_day
        assert last is not None
        assert last >= least
        assert RULES.calendar.is_working(last)
        assert window.deadline.proof[-1].on == last
    assert review.last_day is not None
    skipped = (sixtieth + timedelta(days=n) for n in range((review.last_day - sixtieth).days))
    assert not any(RULES.calendar.is_working(day) for day in skipped)
    assert [day.n for day in review.deadline.proof if day.counted] == list(range(1, 61))
