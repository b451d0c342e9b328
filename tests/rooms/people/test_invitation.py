"""An invitation: one link, once, until a day; and the pages of who sends it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from gongkai.audit.models import Event
from gongkai.people.actions import close_account, open_account
from gongkai.people.actions.invitations import invite
from gongkai.people.actions.tries import locked_until
from gongkai.people.models import Invitation, Person, User
from gongkai.people.tokens import digest_of
from tests.rooms.cast import Cast
from tests.rooms.people.conftest import (
    PASSWORD,
    MovedClock,
    Office,
    administrator_at,
    enrol,
    sign_in,
)

NEW = {"password": "谷场-天枢-2031", "again": "谷场-天枢-2031"}


def open_link(token: str, sent: dict[str, str] | None = None) -> int:
    address = f"/desk/invitation/{token}/"
    client = Client()
    return (client.post(address, sent) if sent else client.get(address)).status_code


def test_the_link_is_stored_as_a_hash_and_good_once(chen: User, moved: MovedClock) -> None:
    """链接只存哈希；设了密码就登录，再用答复已失效（410）。"""
    token = invite(chen, by=chen.person)
    assert list(Invitation.objects.values_list("digest", flat=True)) == [digest_of(token)]
    assert [open_link(token), open_link(token, NEW), open_link(token), open_link(token, NEW)] == [
        *(200, 302, 410, 410)
    ]
    assert sign_in(Client(), password=NEW["password"]).status_code == 302
    told = " ".join(Event.objects.values_list("payload_text", flat=True))
    assert (token in told, NEW["password"] in told) == (False, False)


def test_inviting_again_voids_the_link_and_the_password_before(chen: User) -> None:
    """重设密码就是重新邀请：旧链接、旧密码、正在的登录都作废。"""
    client = Client()
    sign_in(client)
    first = invite(chen, by=chen.person)
    second = invite(chen, by=chen.person)
    assert [open_link(first), open_link(second)] == [410, 200]
    assert sign_in(Client()).status_code == 200
    assert client.get("/desk/me/").status_code == 302


def test_a_link_ends_after_seven_days(chen: User, moved: MovedClock) -> None:
    """七天后作废。"""
    token = invite(chen, by=chen.person)
    moved.forward(days=7, seconds=-1)
    assert open_link(token) == 200
    moved.forward(seconds=1)
    assert [open_link(token), open_link(token, NEW)] == [410, 410]


def test_a_closed_account_cannot_be_entered_by_its_link(chen: User, cast: Cast) -> None:
    """停用以后，先前的链接也作废。"""
    token = invite(chen, by=cast.li)
    close_account(chen, reason="调离", by=cast.li)
    assert [open_link(token), open_link("没有的"), open_link("x" * 3000)] == [410, 410, 410]


def test_of_two_who_open_the_link_the_second_is_told(chen: User) -> None:
    """两处同时打开：先提交的算，后提交的答复已失效，密码是前一个的。"""
    token = invite(chen, by=chen.person)
    other = {"password": "另一个-口令-4242", "again": "另一个-口令-4242"}
    assert [open_link(token, NEW), open_link(token, other)] == [302, 410]
    assert sign_in(Client(), password=NEW["password"]).status_code == 302


def test_an_account_with_an_authenticator_is_asked_for_it_after_the_link(
    chen: User, moved: MovedClock
) -> None:
    """重设密码绕不过验证器：设完密码还要输验证码。"""
    enrol(chen, moved)
    client = Client()
    token = invite(chen, by=chen.person)
    answer = client.post(f"/desk/invitation/{token}/", NEW)
    assert answer["Location"] == "/desk/sign-in/code/"
    assert client.get("/desk/me/").status_code == 302


def test_registering_a_person_shows_the_link_once_and_mails_it(
    office: Office, django_capture_on_commit_callbacks: object
) -> None:
    """登记人员：屏幕上显示一次链接；有邮箱的同时发出，邮件里没有姓名和单位。"""
    client = administrator_at(office.security)
    sent = {"name": "新来的周", "staff_no": "N001", "email": "zhou@example.gov.cn", "login": "zhou"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = client.post("/desk/people/new/", sent)
    link = re.search(r"http://testserver(/desk/invitation/[\w-]+/)", answer.content.decode())
    assert link is not None
    (letter,) = mail.outbox
    assert (letter.subject, letter.to, link[0] in letter.body) == (
        "账号开通通知",
        ["zhou@example.gov.cn"],
        True,
    )
    assert ("新来的周" in letter.body, "粮食局" in letter.body) == (False, False)
    assert Client().post(link[1], NEW)["Location"] == "/desk/"
    zhou = Person.objects.get(staff_no="N001")
    assert link[1] not in client.get(f"/desk/people/{zhou.uid}/").content.decode()


def test_a_taken_login_leaves_nobody_half_registered(office: Office, chen: User) -> None:
    """登录名已有人用：人也不登记，提示写在原处。"""
    client = administrator_at(office.security)
    before = Person.objects.count()
    answer = client.post(
        "/desk/people/new/", {"name": "新来的周", "staff_no": "N001", "login": "chen"}
    )
    assert ("已存在" in answer.content.decode(), Person.objects.count()) == (True, before)


def test_the_verbs_of_an_account(office: Office, chen: User, moved: MovedClock) -> None:
    """人员页上的每件事都办得成：解锁、解除验证器、结束登录、停用、恢复。"""
    enrol(chen, moved)
    for _ in range(5):
        sign_in(Client(), password="错的口令")
    client = administrator_at(office.security)
    assert "锁定至" in client.get(f"/desk/people/{chen.person.uid}/").content.decode()
    act = f"/desk/people/account/{chen.uid}/"
    assert client.post(f"{act}unlock/").status_code == 302
    assert locked_until("chen") is None
    assert client.post(f"{act}remove-factor/", {"reason": ""}).status_code == 409
    assert client.post(f"{act}remove-factor/", {"reason": "手机遗失"}).status_code == 302
    theirs = Client()
    assert sign_in(theirs)["Location"] == "/desk/"
    assert client.post(f"{act}end-sessions/").status_code == 302
    assert theirs.get("/desk/me/").status_code == 302
    assert client.post(f"{act}close/", {"reason": "调离"}).status_code == 302
    assert client.post(f"{act}close/", {"reason": "调离"}).status_code == 409
    assert client.post(f"{act}reopen/").status_code == 302
    assert client.post(f"{act}no-such-verb/").status_code == 404
    kinds = Event.objects.filter(actor_uid=office.security.uid, subject=f"account:{chen.uid}")
    assert list(kinds.order_by("pk").values_list("kind", flat=True)) == [
        *("account.unlocked", "factor.removed", "session.all_ended"),
        *("account.closed", "account.reopened"),
    ]


def test_nobody_keeps_their_own_account(office: Office) -> None:
    """自己的账号不能自己办。"""
    client = administrator_at(office.security)
    own = User.objects.get(person=office.security)
    answer = client.post(f"/desk/people/account/{own.uid}/close/", {"reason": "试试"})
    assert (answer.status_code, "另一位安全管理员" in answer.content.decode()) == (409, True)
    own.refresh_from_db()
    assert own.is_active


def test_the_list_finds_and_asks_little(
    office: Office, chen: User, django_assert_max_num_queries: object
) -> None:
    """人员列表：按姓名、工号、登录名查；人再多也是那几次查询。"""
    client = administrator_at(office.security)
    for search in ("小陈", "T001", "chen"):
        found = client.get("/desk/people/", {"q": search}).context["page"]
        assert [person.name for person in found] == ["信息员小陈"]
    assert client.get("/desk/people/", {"q": "<script>\0"}).status_code == 200
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        client.get("/desk/people/")


@pytest.mark.parametrize("login", ["", "有中文", "a b", "<script>", "x" * 61])
def test_a_login_that_cannot_be_typed_is_refused(office: Office, login: str) -> None:
    """登录名只用字母、数字和几个符号。"""
    client = administrator_at(office.security)
    sent = {"name": "新来的周", "staff_no": "N001", "login": login}
    answer = client.post("/desk/people/new/", sent)
    assert ("errorlist" in answer.content.decode(), User.objects.filter(login=login).count()) == (
        True,
        0,
    )


def test_an_account_opened_for_somebody_already_registered(office: Office) -> None:
    """先登记、后开通账号。"""
    client = administrator_at(office.security)
    sun = office.cast.sun
    answer = client.post(f"/desk/people/{sun.uid}/account/", {"login": "sun"})
    assert "/desk/invitation/" in answer.content.decode()
    assert client.post(f"/desk/people/{sun.uid}/account/", {"login": "sun"}).status_code == 409
    assert not open_account(sun, login="sun2", password=None, by=sun).has_usable_password()
    assert PASSWORD not in answer.content.decode()
