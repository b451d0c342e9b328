"""Who gives whom a role, for how long, and which one may not be ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.actions import (
    appoint,
    appoint_deputy,
    assign_role,
    end_membership,
    transfer,
)
from gongkai.agencies.models import Membership, Role
from gongkai.agencies.queries import standing_on
from gongkai.agencies.refusal import AgencyRefused, RoleRefused
from gongkai.audit.models import Event
from gongkai.people.actions import register_person
from gongkai.people.models import Person
from tests.rooms.agencies.county import names_of_roles
from tests.rooms.agencies.test_reorganisation import together
from tests.rooms.cast import SINCE, Cast, make_cast

DAY = date(2024, 2, 29)
NEXT = date(2024, 3, 15)


def seat(person: Person, role: Role) -> Membership:
    return Membership.objects.select_related("agency", "person").get(person=person, role=role)


def test_the_county_office_and_an_agency_s_own_head_appoint(cast: Cast) -> None:
    """任命由县政务公开办，或本单位负责人、政务公开岗；别的单位的人、信息员都不行。"""
    assign_role(cast.wang, cast.grain, role=Role.LEADER, since=SINCE, by=cast.li)
    assign_role(cast.sun, cast.grain, role=Role.CASE_OFFICER, since=DAY, by=cast.wang)
    for by, agency in ((cast.wang, cast.lakes), (cast.chen, cast.grain), (cast.sun, cast.lakes)):
        before = Event.objects.count()
        with pytest.raises(RoleRefused) as refused:
            assign_role(cast.zhao, agency, role=Role.CASE_OFFICER, since=DAY, by=by)
        assert str(refused.value).startswith(
            "任命由县政府办公室的“政务公开办”，或者本单位的“负责人”“政务公开办”办理（谁办理谁负责）"
        )
        assert Event.objects.count() == before
    assert names_of_roles(cast.sun)[-1] == (cast.grain.code, Role.CASE_OFFICER, None)


def test_nobody_appoints_themselves_or_an_administrator(cast: Cast) -> None:
    """不变量二的前提：不能自己任命自己；三员的任命不走这里。"""
    with pytest.raises(AgencyRefused) as refused:
        assign_role(cast.li, cast.grain, role=Role.RETURN_APPROVER, since=DAY, by=cast.li)
    assert str(refused.value) == (
        "不能任命自己。请由本单位另一位负责人，或者县政府办公室政务公开办办理。"
    )
    with pytest.raises(RoleRefused):
        assign_role(cast.sun, cast.office, role=Role.AUDIT_ADMINISTRATOR, since=DAY, by=cast.li)
    assert Membership.objects.count() == 5


def test_a_role_is_not_given_twice(cast: Cast) -> None:
    """同一人在同一机关的同一角色不重复登记。"""
    with pytest.raises(AgencyRefused, match="已担任"):
        assign_role(cast.chen, cast.grain, role=Role.INFORMATION_OFFICER, since=DAY, by=cast.li)


def test_a_deputy_s_standing_begins_and_ends_by_the_day(cast: Cast) -> None:
    """不变量十一：代理自开始日到截止日前一天，到期不用办手续；闰日照算。"""
    appoint_deputy(
        cast.wang,
        cast.grain,
        role=Role.INFORMATION_OFFICER,
        since=DAY,
        ended=NEXT,
        in_place_of=cast.chen,
        by=cast.li,
    )
    days = [DAY - timedelta(days=1), DAY, NEXT - timedelta(days=1), NEXT]
    held = [standing_on(cast.wang, d).holds(Role.INFORMATION_OFFICER, cast.grain) for d in days]
    assert held == [False, True, True, False]
    event = Event.objects.filter(stream=cast.grain.code).latest("seq")
    assert (event.kind, event.payload_text) == (
        "membership.deputed",
        f'{{"ended":"2024-03-15","in_place_of":"{cast.chen.uid}","person":"{cast.wang.uid}",'
        '"role":"information_officer","since":"2024-02-29"}',
    )


@pytest.mark.parametrize(
    ("role", "ended", "said"),
    [
        (Role.INFORMATION_OFFICER, DAY, "代理必须有期限，到日自动失效"),
        (Role.FIRST_REVIEWER, NEXT, "被代理人在这个机关并不担任“初审”"),
    ],
)
def test_a_deputy_stands_in_for_somebody_until_a_day(
    role: Role, ended: date, said: str, cast: Cast
) -> None:
    """代理要有期限，也要有被代理的人正担任这一角色。"""
    with pytest.raises(AgencyRefused, match=said):
        appoint_deputy(
            cast.wang,
            cast.grain,
            role=role,
            since=DAY,
            ended=ended,
            in_place_of=cast.chen,
            by=cast.li,
        )
    assert Membership.objects.count() == 5


@pytest.mark.parametrize("ended", [None, NEXT])
def test_the_database_refuses_a_deputy_without_an_end(ended: date | None, cast: Cast) -> None:
    """数据库拒绝没有期限的代理，也拒绝自己代理自己。"""
    whom = cast.chen if ended is None else cast.wang
    row = Membership(
        person=cast.wang,
        agency=cast.grain,
        role=Role.INFORMATION_OFFICER,
        since=DAY,
        ended=ended,
        in_place_of=whom,
    )
    with pytest.raises(IntegrityError, match="membership_deputy_until_a_day"), transaction.atomic():
        row.save()


def test_a_role_ends_on_a_day(cast: Cast) -> None:
    """免职当日起不再任职；不得早于任职；结束过的不再结束一次；谁能任命谁能免。"""
    row = seat(cast.chen, Role.INFORMATION_OFFICER)
    with pytest.raises(RoleRefused):
        end_membership(row, on=DAY, by=cast.sun)
    with pytest.raises(AgencyRefused, match="免职日期应在任职日期 2019-05-15 之后"):
        end_membership(row, on=SINCE, by=cast.li)
    end_membership(row, on=DAY, by=cast.li)
    assert row.ended == DAY
    with pytest.raises(AgencyRefused, match="已由他人结束"):
        end_membership(row, on=NEXT, by=cast.li)


def test_the_last_openness_officer_of_the_county_stays(cast: Cast) -> None:
    """条例第四条：县政务公开办不能一个人都没有；有接任的才能免，代理不算接任。"""
    appoint(cast.zhao, cast.office, role=Role.INFORMATION_OFFICER, since=SINCE, by=cast.li)
    row = seat(cast.li, Role.OPENNESS_OFFICER)
    appoint_deputy(
        cast.wang,
        cast.office,
        role=Role.OPENNESS_OFFICER,
        since=SINCE,
        ended=NEXT,
        in_place_of=cast.li,
        by=cast.zhao,
    )
    with pytest.raises(AgencyRefused, match="最后一位政务公开办人员"):
        end_membership(row, on=DAY, by=cast.zhao)
    appoint(cast.chen, cast.office, role=Role.OPENNESS_OFFICER, since=DAY, by=cast.li)
    end_membership(row, on=DAY, by=cast.zhao)
    assert row.ended == DAY


def test_an_administrator_s_seat_is_not_ended_here(cast: Cast) -> None:
    """三员的任免不归县政务公开办：它看得到，动不了。"""
    keeper = register_person(name="审计员钱", staff_no="T006", by=cast.li)
    row = appoint(keeper, cast.office, role=Role.AUDIT_ADMINISTRATOR, since=SINCE, by=cast.li)
    with pytest.raises(AgencyRefused, match="三员"):
        end_membership(row, on=DAY, by=cast.li)
    row.refresh_from_db()
    assert row.ended is None


@pytest.mark.django_db(transaction=True)
def test_two_last_officers_do_not_end_each_other(transactional_db: None) -> None:
    """两位政务公开办人员同时互相免职：只成一件，总有一位在任。"""
    cast = make_cast()
    appoint(cast.wang, cast.county, role=Role.OPENNESS_OFFICER, since=SINCE, by=cast.li)
    mine, theirs = (seat(person, Role.OPENNESS_OFFICER) for person in (cast.li, cast.wang))
    answers = together(
        lambda: end_membership(theirs, on=DAY, by=cast.li),
        lambda: end_membership(mine, on=DAY, by=cast.wang),
    )
    assert sorted(answers) in (["AgencyRefused", "Membership"], ["Membership", "RoleRefused"])
    officers = Membership.objects.filter(role=Role.OPENNESS_OFFICER, ended=None)
    assert officers.count() == 1


def test_a_transfer_ends_and_begins_on_one_day(cast: Cast) -> None:
    """调动：原任职到日结束，新任职同日开始；新单位不能任命的，原任职也不动。"""
    row = seat(cast.chen, Role.INFORMATION_OFFICER)
    transfer(row, to=cast.lakes, role=Role.CASE_OFFICER, on=DAY, by=cast.li)
    assert names_of_roles(cast.chen) == [
        (cast.grain.code, Role.INFORMATION_OFFICER, DAY),
        (cast.lakes.code, Role.CASE_OFFICER, None),
    ]
    appoint(cast.wang, cast.lakes, role=Role.LEADER, since=SINCE, by=cast.li)
    there = seat(cast.sun, Role.INFORMATION_OFFICER)
    with pytest.raises(RoleRefused):
        transfer(there, to=cast.grain, role=Role.CASE_OFFICER, on=DAY, by=cast.wang)
    there.refresh_from_db()
    assert there.ended is None
