"""Who holds which role since when, and whose unpublished work that lets a person see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.actions import appoint, establish_agency
from gongkai.agencies.models import Agency, Level, Membership, Role
from gongkai.agencies.queries import memberships_on, standing_on, visible_to
from gongkai.people.models import Person
from tests.rooms.cast import SINCE, Cast

NOW = date(2024, 6, 3)
EVE = date(2019, 5, 14)


def seen(person: Person, on: date = NOW) -> Sequence[Agency]:
    return list(visible_to(standing_on(person, on)).order_by("code"))


def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(cast: Cast) -> None:
    """不变量十一：任职自任职日起，免职当日不再任职。"""
    Membership.objects.filter(person=cast.chen).update(ended=NOW)
    days = (EVE, SINCE, date(2024, 6, 2), NOW)
    assert [
        list(memberships_on(cast.chen, day).values_list("role", flat=True)) for day in days
    ] == [
        [],
        [Role.INFORMATION_OFFICER],
        [Role.INFORMATION_OFFICER],
        [],
    ]


def test_a_role_cannot_end_before_it_began(cast: Cast) -> None:
    """数据库拒绝免职日早于任职日。"""
    with (
        pytest.raises(IntegrityError, match="membership_ends_after_it_began"),
        transaction.atomic(),
    ):
        Membership.objects.filter(person=cast.chen).update(ended=EVE)


def test_members_see_their_own_agency_only(cast: Cast) -> None:
    """不变量四：甲局的人看不到乙局；县办中不管公开的人只看到县办，公开办及其负责人看到全县。"""
    assert {p.name: seen(p) for p in (cast.chen, cast.sun, cast.wang, cast.zhao)} == {
        "信息员小陈": [cast.grain],
        "外局孙": [cast.lakes],
        "复审王": [cast.office],
        "终审赵": [cast.county, cast.office, cast.grain, cast.lakes],
    }


def test_the_county_s_openness_office_sees_what_it_compiles(cast: Cast) -> None:
    """条例第三条：县政务公开办看到计入县级年报的全部机关，不计入的看不到。"""
    establish_agency(
        code="T00000009",
        credit_code="11000000T00000009X",
        level=Level.INSTITUTION,
        name="示例县供水站",
        short="供水站",
        mark="示水",
        since=SINCE,
        rolls_up=False,
        by=cast.li,
    )
    assert seen(cast.li) == [cast.county, cast.office, cast.grain, cast.lakes]


def test_an_openness_officer_of_a_bureau_compiles_nothing(cast: Cast) -> None:
    """不变量四：部门自己的政务公开岗不因岗位名称看到别的部门。"""
    appoint(cast.sun, cast.lakes, role=Role.OPENNESS_OFFICER, since=SINCE, by=cast.li)
    assert seen(cast.sun) == [cast.lakes]


def test_what_is_seen_follows_the_day(cast: Cast) -> None:
    """不变量四、十一：任职前、免职后什么都看不到；调动后看新单位。"""
    Membership.objects.filter(person=cast.sun).update(ended=NOW)
    appoint(cast.sun, cast.grain, role=Role.CASE_OFFICER, since=NOW, by=cast.li)
    Membership.objects.filter(person=cast.li).update(ended=NOW)
    assert [seen(cast.sun, day) for day in (EVE, date(2024, 6, 2), NOW)] == [
        [],
        [cast.lakes],
        [cast.grain],
    ]
    assert seen(cast.li) == []
