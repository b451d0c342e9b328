"""三员分立: refused by the action with a sentence, and by the database whatever the way."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from gongkai.agencies.actions import appoint
from gongkai.agencies.administrators import SeatsMixed
from gongkai.agencies.models import ADMINISTRATORS, Membership, Role
from tests.rooms.cast import SINCE, Cast

LATER = date(2024, 6, 3)
REFUSED = pytest.raises((IntegrityError, InternalError), match="三员分立")


@pytest.mark.parametrize("second", sorted(ADMINISTRATORS - {Role.SYSTEM_ADMINISTRATOR}))
def test_two_of_the_three_seats_are_refused(cast: Cast, second: Role) -> None:
    """GB/T 22239 权限分离：一人不能兼两种管理员。"""
    Membership.objects.filter(person=cast.sun).update(ended=SINCE)
    appoint(cast.sun, cast.county, role=Role.SYSTEM_ADMINISTRATOR, since=SINCE, by=cast.li)
    with pytest.raises(SeatsMixed, match="三员分立"):
        appoint(cast.sun, cast.county, role=second, since=LATER, by=cast.li)
    with REFUSED, transaction.atomic():
        Membership.objects.create(person=cast.sun, agency=cast.county, role=second, since=LATER)


def test_a_seat_beside_a_role_of_the_work_is_refused_either_way(cast: Cast) -> None:
    """管理员不兼业务角色，业务人员不兼管理员，先后次序不论。"""
    with pytest.raises(SeatsMixed, match="信息员"):
        appoint(cast.chen, cast.county, role=Role.AUDIT_ADMINISTRATOR, since=LATER, by=cast.li)
    Membership.objects.filter(person=cast.sun).update(ended=LATER)
    appoint(cast.sun, cast.county, role=Role.AUDIT_ADMINISTRATOR, since=LATER, by=cast.li)
    with pytest.raises(SeatsMixed, match="审计管理员"):
        appoint(cast.sun, cast.lakes, role=Role.CASE_OFFICER, since=LATER, by=cast.li)


def test_one_after_the_other_is_allowed(cast: Cast) -> None:
    """免去一种、次日任另一种，可以。"""
    Membership.objects.filter(person=cast.sun).update(ended=LATER)
    appoint(cast.sun, cast.county, role=Role.SYSTEM_ADMINISTRATOR, since=LATER, by=cast.li)
    roles = (
        Membership.objects.filter(person=cast.sun).order_by("since").values_list("role", flat=True)
    )
    assert list(roles) == ["information_officer", "system_administrator"]


def test_the_database_refuses_an_update_that_mixes(cast: Cast) -> None:
    """改角色、改免职日绕过去的，数据库也拒绝。"""
    Membership.objects.filter(person=cast.sun).update(ended=LATER)
    appoint(cast.sun, cast.county, role=Role.SYSTEM_ADMINISTRATOR, since=LATER, by=cast.li)
    with REFUSED, transaction.atomic():
        Membership.objects.filter(person=cast.sun, ended=LATER).update(ended=None)
    with REFUSED, transaction.atomic():
        appoint(cast.chen, cast.lakes, role=Role.CASE_OFFICER, since=LATER, by=cast.li)
        Membership.objects.filter(person=cast.chen, agency=cast.lakes).update(
            role=Role.AUDIT_ADMINISTRATOR
        )


def test_the_same_seat_in_two_agencies_and_the_work_of_others_are_no_mixture(cast: Cast) -> None:
    """同一角色在两个机关、业务人员兼两个业务角色，都不算。"""
    appoint(cast.chen, cast.lakes, role=Role.INFORMATION_OFFICER, since=SINCE, by=cast.li)
    appoint(cast.chen, cast.grain, role=Role.CASE_OFFICER, since=SINCE, by=cast.li)
    assert Membership.objects.filter(person=cast.chen).count() == 3
