"""Three administrators, each inside a timed and reasoned session only, and none sees the work."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.agencies.models import ADMINISTRATORS
from gongkai.audit.models import Event
from gongkai.people.actions import open_account
from gongkai.people.models import AdministratorSession, User
from gongkai.people.seats import Seat
from tests.rooms.people.conftest import (
    PASSWORD,
    REASON,
    MovedClock,
    Office,
    administer,
    administrator_at,
    code,
    enrol,
    sign_in,
)

PEOPLE = "/desk/people/"
NEW = {"name": "新来的周", "staff_no": "N001", "login": "zhou"}


def test_the_seats_are_the_roles_of_the_agencies() -> None:
    """两处的代码一致。"""
    assert {seat.value for seat in Seat} == {role.value for role in ADMINISTRATORS}
    assert {seat.value: seat.label for seat in Seat} == {
        role.value: role.label for role in ADMINISTRATORS
    }


def test_without_a_session_reading_leads_to_its_start_and_writing_is_refused(
    office: Office,
) -> None:
    """没有管理员会话：看不了，也办不成。"""
    client = Client()
    client.force_login(open_account(office.security, login="g", password=PASSWORD, by=office.audit))
    assert client.get(PEOPLE)["Location"] == "/desk/administration/?next=%2Fdesk%2Fpeople%2F"
    answer = client.post(f"{PEOPLE}new/", NEW)
    assert (answer.status_code, "管理员会话已结束" in answer.content.decode()) == (403, True)
    assert User.objects.filter(login="zhou").count() == 0


def test_a_session_is_timed_reasoned_logged_and_shown(office: Office, moved: MovedClock) -> None:
    """写明事由和时长；每页有横幅和剩余时间；开始和结束都入日志。"""
    client = administrator_at(office.security)
    row = AdministratorSession.objects.get()
    assert (row.person, row.seat, row.reason, row.live) == (
        *(office.security, "security_administrator", REASON, True),
    )
    assert (row.ends_at - row.started_at).total_seconds() == 15 * 60
    moved.forward(minutes=5)
    text = client.get("/desk/me/").content.decode()
    assert (
        "安全管理员</strong>" in text or "安全管理员会话" in text,
        "还剩约 10 分钟" in text,
    ) == (
        True,
        True,
    )
    client.post("/desk/administration/end/")
    assert client.get(PEOPLE).status_code == 302
    events = Event.objects.filter(kind__startswith="administration.").order_by("seq")
    assert [(event.kind, event.payload_text) for event in events] == [
        (
            "administration.began",
            f'{{"minutes":15,"reason":"{REASON}","seat":"security_administrator"}}',
        ),
        ("administration.ended", "{}"),
    ]


def test_it_ends_by_itself_and_what_comes_late_is_refused(
    office: Office, moved: MovedClock
) -> None:
    """到时自动结束：最后一秒还行，到点提交的没有写入。"""
    client = administrator_at(office.security)
    moved.forward(minutes=14, seconds=59)
    assert client.get(PEOPLE).status_code == 200
    moved.forward(seconds=1)
    assert client.post(f"{PEOPLE}new/", NEW).status_code == 403
    assert (User.objects.filter(login="zhou").count(), AdministratorSession.objects.get().live) == (
        0,
        None,
    )
    assert "会话进行中" not in client.get("/desk/me/").content.decode()


def test_a_clock_gone_back_ends_it(office: Office, moved: MovedClock) -> None:
    """服务器时间倒退：宁可结束，不可延长。"""
    client = administrator_at(office.security)
    moved.forward(minutes=-5)
    assert client.get(PEOPLE).status_code == 302
    assert AdministratorSession.objects.get().live is None


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"reason": "", "minutes": 15}, "这个字段是必填项"),
        ({"reason": "开账号", "minutes": 15}, "至少 8 个字"),
        ({"reason": "        开        ", "minutes": 15}, "至少 8 个字"),
        ({"reason": REASON, "minutes": 600}, "600"),
        ({"reason": REASON, "minutes": 15, "code": "不对"}, "密码不对"),
        ({"reason": "字" * 201, "minutes": 15}, "200"),
    ],
)
def test_a_session_without_reason_length_or_proof_is_refused(
    office: Office, sent: dict[str, object], told: str
) -> None:
    """没有事由、时长不对、没有再证明一次：不开始。"""
    client = Client()
    client.force_login(open_account(office.system, login="g", password=PASSWORD, by=office.audit))
    answer = client.post("/desk/administration/", {"code": PASSWORD, **sent})
    assert (told in answer.content.decode(), AdministratorSession.objects.count()) == (True, 0)


def test_the_authenticator_is_asked_again(office: Office, moved: MovedClock) -> None:
    """有验证器的，开始时再输一次验证码；密码不行，登录时那个码也不行。"""
    account = open_account(office.system, login="g", password=PASSWORD, by=office.audit)
    enrol(account, moved)
    client = Client()
    sign_in(client, "g")
    client.post("/desk/sign-in/code/", {"code": code(moved.at)})
    assert administer(client, given=PASSWORD).status_code == 200
    assert "已经用过" in administer(client, given=code(moved.at)).content.decode()
    moved.forward(seconds=30)
    assert administer(client, given=code(moved.at)).status_code == 302


def test_only_one_at_a_time(office: Office) -> None:
    """同一登录里只有一个；已在进行的不重叠。"""
    client = administrator_at(office.security)
    assert "已有一个管理员会话在进行" in administer(client).content.decode()
    assert AdministratorSession.objects.count() == 1


def test_each_administrator_has_their_own_pages(office: Office) -> None:
    """三员各管各的：系统、审计管理员打不开人员与账号；审计管理员看得到全部会话。"""
    clients = [administrator_at(one) for one in (office.system, office.security, office.audit)]
    assert [client.get(PEOPLE).status_code for client in clients] == [403, 200, 403]
    listed = [client.get("/desk/administration/").context["sessions"] for client in clients]
    assert [len(rows) for rows in listed] == [1, 1, 3]


def test_nobody_else_begins_one(office: Office, chen: User) -> None:
    """不是管理员的：403。"""
    client = Client()
    client.force_login(chen)
    assert [client.get("/desk/administration/").status_code, administer(client).status_code] == [
        403,
        403,
    ]


def test_signing_out_ends_it(office: Office) -> None:
    """退出登录，管理员会话一并结束。"""
    client = administrator_at(office.security)
    client.post("/desk/sign-out/")
    assert AdministratorSession.objects.get().live is None
