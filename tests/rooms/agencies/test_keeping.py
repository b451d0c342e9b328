"""What the security administrator gives: the three seats, and the first people of a new county."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from gongkai.agencies.actions import (
    appoint,
    appoint_administrator,
    end_administrator,
    establish_agency,
    seat_first,
)
from gongkai.agencies.models import Level, Membership, Role
from gongkai.agencies.queries import first_roles_missing, standing_on
from gongkai.agencies.refusal import AgencyRefused, RoleRefused
from gongkai.audit import clock
from gongkai.desk.todo import collected
from gongkai.people.actions import open_account, register_person
from gongkai.people.models import Person
from gongkai.rulebook.queries import rules_on
from tests.rooms.people.conftest import PASSWORD, administrator_at
from tests.rooms.portal.static_root import make_static_root

SINCE = date(2024, 1, 2)
LATER = date(2024, 6, 3)


@pytest.fixture(scope="module", autouse=True)
def static_root() -> None:
    make_static_root()


@pytest.fixture
def guard(db: None) -> Person:
    """A new county with its security administrator and nobody else."""
    person = register_person(name="安全甲", staff_no="K-1", by=None)
    agency = establish_agency(
        code="K00000001",
        credit_code="11000000K00000001X",
        level=Level.COUNTY,
        name="新设县人民政府",
        short="县政府",
        mark="新政",
        since=SINCE,
        by=person,
    )
    appoint(person, agency, role=Role.SECURITY_ADMINISTRATOR, since=SINCE, by=person)
    return person


def somebody(guard: Person, n: int) -> Person:
    return register_person(name=f"新人{n}", staff_no=f"K-1{n}", by=guard)


def test_the_first_officer_and_head_come_from_the_security_administrator(guard: Person) -> None:
    """条例第四条：县里还没有人时，由安全管理员任命第一位，各一次；以后由在任的人办理。"""
    officer, head = somebody(guard, 1), somebody(guard, 2)
    assert first_roles_missing() == [Role.OPENNESS_OFFICER, Role.LEADER]
    seat_first(officer, role=Role.OPENNESS_OFFICER, since=LATER, by=guard)
    seat_first(head, role=Role.LEADER, since=LATER, by=guard)
    assert first_roles_missing() == []
    with pytest.raises(AgencyRefused, match="已经有过"):
        seat_first(somebody(guard, 3), role=Role.LEADER, since=LATER, by=guard)


def test_only_first_roles_are_given_and_never_to_oneself(guard: Person) -> None:
    """授权的人不给自己授权，也不给别的业务角色。"""
    with pytest.raises(AgencyRefused, match="不在这里办理"):
        seat_first(somebody(guard, 1), role=Role.CASE_OFFICER, since=LATER, by=guard)
    with pytest.raises(AgencyRefused, match="不能任免自己"):
        seat_first(guard, role=Role.LEADER, since=LATER, by=guard)


def test_somebody_without_the_seat_is_refused_by_the_action(guard: Person) -> None:
    """动作本身核对角色：不是安全管理员的，任命不了管理员，也任命不了第一位。"""
    stranger, other = somebody(guard, 1), somebody(guard, 2)
    with pytest.raises(RoleRefused, match="安全管理员"):
        seat_first(other, role=Role.LEADER, since=LATER, by=stranger)
    with pytest.raises(RoleRefused, match="安全管理员"):
        appoint_administrator(other, role=Role.AUDIT_ADMINISTRATOR, since=LATER, by=stranger)


def test_the_last_administrator_of_a_kind_stays(guard: Person) -> None:
    """最后一位管理员免不掉；有了能登录的接任者才行。"""
    second, third = somebody(guard, 1), somebody(guard, 2)
    appoint_administrator(second, role=Role.SECURITY_ADMINISTRATOR, since=SINCE, by=guard)
    seat = Membership.objects.get(person=guard)
    with pytest.raises(AgencyRefused, match="最后一位"):
        end_administrator(seat, on=LATER, by=second)
    appoint_administrator(third, role=Role.SECURITY_ADMINISTRATOR, since=SINCE, by=guard)
    open_account(third, login="third", password=PASSWORD, by=guard)
    assert end_administrator(seat, on=LATER, by=second).ended == LATER
    with pytest.raises(AgencyRefused, match="已由他人结束"):
        end_administrator(seat, on=LATER, by=second)


def test_a_new_county_tells_what_to_do_first(guard: Person) -> None:
    """安全管理员的待办里有任命第一位；任命后消失。"""
    today = clock.today()

    def waits() -> list[str]:
        return [one.what for one in collected(standing_on(guard, today), rules_on(today))]

    assert waits() == ["县里还没有“政务公开办”", "县里还没有“负责人”"]
    seat_first(somebody(guard, 1), role=Role.OPENNESS_OFFICER, since=LATER, by=guard)
    assert waits() == ["县里还没有“负责人”"]


def test_pages_work_inside_an_administrator_session_only(guard: Person) -> None:
    """三员分立：没有开始管理员会话，不能任命；开始后一页办完。"""
    officer = somebody(guard, 1)
    sent = {"person": officer.staff_no, "role": "openness_officer", "since": "2024-06-03"}
    outside = Client()
    outside.force_login(open_account(guard, login="guard", password=PASSWORD, by=guard))
    assert outside.post("/desk/seats/first/", sent).status_code == 403
    client = administrator_at(guard)
    assert client.post("/desk/seats/first/", sent)["Location"] == "/desk/seats/"
    page = client.get("/desk/seats/").content.decode()
    assert ["安全甲" in page, "还缺：负责人" in page] == [True, True]
    wrong = client.post("/desk/seats/appoint/", {**sent, "role": "audit_administrator"})
    assert "三员分立" in wrong.content.decode()
    assert Membership.objects.filter(person=officer).count() == 1
