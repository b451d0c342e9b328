"""Sessions of our own: seen, ended, never revived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session as StoredSession
from django.test import Client

from gongkai.audit.models import Event
from gongkai.people.actions import change_password, close_account, open_account
from gongkai.people.models import AdministratorSession, Session, SessionEnd, User
from gongkai.people.tokens import digest_of
from tests.rooms.cast import Cast
from tests.rooms.people.conftest import PASSWORD, MovedClock, sign_in

NEW = "谷场-天枢-2031"


def signed_in(login: str = "chen") -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537"})
    assert sign_in(client, login).status_code == 302
    return client


def inside(client: Client) -> bool:
    return client.get("/desk/me/").status_code == 200


def test_a_session_keeps_a_hash_and_what_a_person_recognises(chen: User, moved: MovedClock) -> None:
    """只存会话键的哈希；设备写人话，不留指纹。"""
    client = signed_in()
    row = Session.objects.get()
    assert (row.account, row.digest, row.device, row.address, row.started_at, row.why) == (
        chen,
        digest_of(str(client.session.session_key)),
        "Windows · Chrome",
        "127.0.0.1",
        moved.at,
        "",
    )


def test_idle_for_too_long_ends_it_and_says_so(chen: User, moved: MovedClock) -> None:
    """三十分钟没有操作自动退出；不到时间的每次操作都续上。"""
    client = signed_in()
    for _ in range(3):
        moved.forward(minutes=29)
        assert inside(client)
    moved.forward(minutes=31)
    answer = client.get("/desk/me/")
    assert answer["Location"] == "/desk/sign-in/?next=/desk/me/"
    assert "有一段时间没有操作，已自动退出" in client.get("/desk/sign-in/").content.decode()
    assert list(Session.objects.values_list("why", "ended_at")) == [("idle", moved.at)]


def test_after_twelve_hours_it_ends_however_busy(chen: User, moved: MovedClock) -> None:
    """最长十二小时。"""
    client = signed_in()
    for _ in range(24):
        moved.forward(minutes=29)
        assert inside(client)
    moved.forward(minutes=25)
    assert not inside(client)
    assert Session.objects.get().why == SessionEnd.TOO_LONG


def test_a_clock_gone_back_neither_ends_nor_prolongs(chen: User, moved: MovedClock) -> None:
    """服务器时间倒退：不误退，也不因此延长空闲时间。"""
    client = signed_in()
    moved.forward(minutes=-20)
    assert inside(client)
    moved.forward(minutes=20 + 31)
    assert not inside(client)


def test_a_stolen_copy_of_an_ended_session_is_refused(chen: User) -> None:
    """退出后，偷来的 Cookie 不能再用，哪怕服务器上的会话数据又被放回去。"""
    client, thief = signed_in(), Client()
    thief.cookies.load(client.cookies.output(header=""))
    kept = StoredSession.objects.get(pk=client.session.session_key)
    assert inside(thief)
    client.post("/desk/sign-out/")
    kept.save()
    assert not inside(thief)


def test_one_ends_another_of_one_s_own_sessions(chen: User) -> None:
    """“我的登录”：结束别处的一个，别处立刻退出，这里照常。"""
    here, there = signed_in(), signed_in()
    assert len(here.get("/desk/me/").context["sessions"]) == 2
    other = Session.objects.get(digest=digest_of(str(there.session.session_key)))
    assert here.post(f"/desk/me/sessions/{other.uid}/end/").status_code == 302
    assert (inside(here), inside(there)) == (True, False)


def test_one_ends_all_others(chen: User) -> None:
    """一个按钮结束其他所有登录。"""
    here, *others = signed_in(), signed_in(), signed_in()
    here.post("/desk/me/sessions/end-others/")
    assert [inside(client) for client in (here, *others)] == [True, False, False]


def test_somebody_else_s_session_does_not_exist(chen: User, cast: Cast) -> None:
    """别人的登录：404，也结束不了。"""
    open_account(cast.sun, login="sun", password=PASSWORD, by=cast.li)
    mine, theirs = signed_in(), signed_in("sun")
    row = Session.objects.get(account__login="sun")
    assert mine.post(f"/desk/me/sessions/{row.uid}/end/").status_code == 404
    assert inside(theirs)


def test_a_new_password_ends_every_session(chen: User) -> None:
    """改密码：原来的登录全部结束，旧密码不能用，新密码可以。"""
    here, there = signed_in(), signed_in()
    sent = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert "密码已更改" in here.post("/desk/me/password/", sent).content.decode()
    assert [inside(here), inside(there)] == [False, False]
    assert sign_in(Client(), password=PASSWORD).status_code == 200
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"current": "不对", "password": NEW, "again": NEW}, "密码不对，请重新输入"),
        ({"current": PASSWORD, "password": NEW, "again": NEW + "1"}, "两次输入的不一样"),
        ({"current": PASSWORD, "password": PASSWORD, "again": PASSWORD}, "与现在的密码相同"),
        ({"current": PASSWORD, "password": "短", "again": "短"}, "密码太短：至少 10 个字符。"),
        (
            {"current": PASSWORD, "password": "19870604123", "again": "19870604123"},
            "密码不能全是数字。",
        ),
        (
            {"current": PASSWORD, "password": "password123", "again": "password123"},
            "这个密码太常见",
        ),
        ({"current": PASSWORD, "password": "chen123456", "again": "chen123456"}, "与登录名太相近"),
    ],
)
def test_a_password_the_rules_refuse_says_why(cast: Cast, sent: dict[str, str], told: str) -> None:
    """口令规则：太短、全数字、常见、与登录名相近、两次不同、与现在的相同，都用中文说明。"""
    open_account(cast.chen, login="chen123456x", password=PASSWORD, by=cast.li)
    client = signed_in("chen123456x")
    answer = client.post("/desk/me/password/", sent)
    assert (answer.status_code, told in answer.content.decode()) == (200, True)
    assert inside(client)


def test_closing_an_account_ends_its_sessions_at_once(chen: User, cast: Cast) -> None:
    """停用账号：正登录着的立刻退出。"""
    client = signed_in()
    close_account(chen, reason="调离", by=cast.li)
    assert not inside(client)
    event = Event.objects.filter(kind="account.closed").get()
    assert event.payload_text == '{"reason":"调离","sessions":1}'


def test_what_is_past_keeping_is_swept_and_nothing_younger(chen: User, moved: MovedClock) -> None:
    """网络安全法第二十一条：登录记录至少留六个月，过期的在下一次登录时清掉；管理员会话永远留着。"""
    old = Session.objects.get(account=signed_in().get("/desk/me/").context["account"])
    AdministratorSession.objects.create(
        session=old,
        person=chen.person,
        seat="audit_administrator",
        reason="查看管理员会话",
        started_at=moved.at,
        ends_at=moved.at + timedelta(minutes=15),
    )
    moved.forward(days=184)
    signed_in()
    assert Session.objects.count() == 2
    moved.forward(days=3)
    signed_in()
    assert (Session.objects.count(), AdministratorSession.objects.get().session) == (2, None)
    assert StoredSession.objects.count() <= 3


def test_an_old_password_has_to_be_changed_where_an_age_is_set(
    chen: User, moved: MovedClock, sign_in_set: Callable[..., None]
) -> None:
    """设了期限才管：到期后先改密码，别的都办不了。"""
    moved.forward(days=100)
    assert inside(signed_in())
    sign_in_set(password_days=90)
    User.objects.update(password_set_at=moved.at - timedelta(days=91))
    client = signed_in()
    assert client.get("/desk/me/")["Location"] == "/desk/me/password/?next=%2Fdesk%2Fme%2F"
    assert "已用满本单位规定的期限" in client.get("/desk/me/password/").content.decode()


def test_a_page_costs_two_queries_for_knowing_who_it_is(
    chen: User, moved: MovedClock, django_assert_num_queries: Any
) -> None:
    """每页：会话数据、登录记录（带账号和人）各一次；一分钟内不再写。"""
    client = signed_in()
    client.get("/desk/me/password/")
    # Those two, today's roles, what agencies are called, unread.
    with django_assert_num_queries(5):
        client.get("/desk/me/password/")


@pytest.mark.parametrize(
    "altered",
    [
        {"_auth_user_id": "999999"},
        {"_auth_user_hash": ""},
        {"_auth_user_hash": "0" * 64},
        {"_auth_user_backend": "nobody.Knows"},
    ],
)
def test_both_sessions_have_to_name_the_same_account(chen: User, altered: dict[str, str]) -> None:
    """会话数据与登录记录对不上（别的账号、别的口令、不认识的方式）：当作没有登录，会话清空。"""
    client = signed_in()
    store = client.session
    store.update(altered)
    store.save()
    assert not inside(client)
    assert not StoredSession.objects.filter(session_key=store.session_key).exists()


def test_the_actor_of_a_change_of_password_is_the_person(chen: User) -> None:
    """改密码的日志写明本人，不写口令。"""
    change_password(chen, password=NEW, by=chen.person)
    event = Event.objects.filter(kind="account.password_changed").get()
    assert (event.actor_uid, event.payload_text) == (chen.person.uid, '{"sessions":0}')
