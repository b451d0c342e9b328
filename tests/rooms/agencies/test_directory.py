"""Names, parents and contacts of a day, whatever was registered later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.agencies.actions import change_parent, record_contact, rename_agency
from gongkai.agencies.models import AgencyName, Subordination
from gongkai.agencies.queries import contact_on, existing_in, name_of, names_on, parents_on, tree_on
from gongkai.agencies.refusal import AgencyRefused, RoleRefused
from gongkai.audit.models import Event
from tests.rooms.agencies.county import CONTACT, REFORM, merge, station
from tests.rooms.cast import SINCE, Cast

LEAP = date(2024, 2, 29)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.integers(1, 4_000).map(lambda days: SINCE + timedelta(days=days)),
        unique=True,
        max_size=6,
    ),
    st.integers(-10, 4_100).map(lambda days: SINCE + timedelta(days=days)),
)
def test_the_name_of_a_day_is_the_last_that_began(
    cast: Cast, days: list[date], asked: date
) -> None:
    """不变量十一：任意几次更名之后，某日的名称总是当日以前最后启用的那个。"""
    with transaction.atomic():
        for day in sorted(days):
            rename_agency(
                cast.grain, name=f"示例县{day}局", short="局", mark="示", since=day, by=cast.li
            )
        begun = [day for day in sorted(days) if day <= asked]
        expected = f"示例县{begun[-1]}局" if begun else "示例县粮食局"
        if asked < SINCE:
            with pytest.raises(AgencyName.DoesNotExist):
                name_of(cast.grain, asked)
        else:
            assert name_of(cast.grain, asked).name == expected
            assert names_on(asked)[cast.grain.pk].name == expected
        transaction.set_rollback(True)


def test_a_name_may_begin_on_a_leap_day_and_not_before_the_last(cast: Cast) -> None:
    """不变量十一：闰日启用的名称，前一天还是旧名；新名称不能插到已启用的名称之前。"""
    rename_agency(cast.grain, name="示例县储局", short="储局", mark="示储", since=LEAP, by=cast.li)
    eve = LEAP - timedelta(days=1)
    assert [name_of(cast.grain, day).name for day in (eve, LEAP)] == ["示例县粮食局", "示例县储局"]
    for day in (eve, LEAP):
        with pytest.raises(ValidationError) as refused:
            rename_agency(
                cast.grain, name="示例县仓局", short="仓局", mark="示", since=day, by=cast.li
            )
        assert refused.value.message_dict["since"] == [
            "2024-02-29 已启用名称“示例县储局”，新名称的启用日期应在其后："
            "以前签发的文件用的是当时的名称，不能改写。"
        ]


def test_where_an_agency_stands_is_a_dated_fact(cast: Cast) -> None:
    """不变量十一：隶属只记起始日期，以前的隶属照旧查得到。"""
    below = station(cast, 9, parent=cast.grain)
    change_parent(below, parent=cast.lakes, since=LEAP, by=cast.li)
    change_parent(below, parent=None, since=REFORM, by=cast.li)
    eve = LEAP - timedelta(days=1)
    assert [parents_on(day).get(below.pk) for day in (eve, LEAP, REFORM)] == [
        cast.grain.pk,
        cast.lakes.pk,
        None,
    ]
    assert tree_on(LEAP).above(below.pk) == [cast.lakes.pk, cast.county.pk]


def test_a_circle_of_parents_is_refused(cast: Cast) -> None:
    """上级不能是自己或自己的下级；数据库也拒绝自己隶属自己。"""
    below = station(cast, 9, parent=cast.grain)
    for parent in (cast.grain, below):
        with pytest.raises(AgencyRefused, match="成了一个圈"):
            change_parent(cast.grain, parent=parent, since=LEAP, by=cast.li)
    with pytest.raises(IntegrityError, match="subordination_between_two"), transaction.atomic():
        Subordination.objects.create(agency=below, parent=below, since=LEAP)
    with pytest.raises(RoleRefused):
        change_parent(below, parent=cast.lakes, since=LEAP, by=cast.zhao)


def test_what_is_known_of_an_agency_begins_on_a_day(cast: Cast) -> None:
    """条例第二十条第二项：机构信息自启用日起公布；本单位信息员可以登记，外单位不行；姓名不进日志。"""
    record_contact(cast.grain, CONTACT, since=LEAP, by=cast.chen)
    eve = LEAP - timedelta(days=1)
    assert contact_on(cast.grain, eve) is None
    found = contact_on(cast.grain, LEAP)
    assert found is not None
    assert (found.head, found.address, found.hours) == (
        CONTACT.head,
        CONTACT.address,
        CONTACT.hours,
    )
    event = Event.objects.filter(stream=cast.grain.code).latest("seq")
    assert (event.kind, event.payload_text) == ("agency.described", '{"since":"2024-02-29"}')
    with pytest.raises(RoleRefused):
        record_contact(cast.grain, CONTACT, since=REFORM, by=cast.sun)
    with pytest.raises(ValidationError):
        record_contact(cast.grain, CONTACT, since=LEAP, by=cast.chen)


def test_which_agencies_a_year_knew(cast: Cast) -> None:
    """年中撤销的，当年算有；元旦当天撤销的，那一年不算；年后才设立的，不算。"""
    later = station(cast, 9, since=date(2025, 1, 1))
    merge(cast)
    every = [cast.grain, cast.lakes, later]
    assert existing_in(2024, every, to_its_end=False) == [cast.grain, cast.lakes]
    assert existing_in(2024, every, to_its_end=True) == [cast.grain]
    assert existing_in(2025, every, to_its_end=False) == [cast.grain, later]
    assert existing_in(2018, every, to_its_end=False) == []
