"""Wrong tries are counted, whatever they were tried at, and lock for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from gongkai.audit.models import Event
from gongkai.audit.queries import verify_all
from gongkai.people.actions.accounts import close_account
from gongkai.people.actions.invitations import invite
from gongkai.people.actions.tries import claim_login, locked_until, login_key
from gongkai.people.models import Tries, User
from gongkai.people.stream import SIGN_INS
from tests.rooms.people.conftest import PASSWORD, MovedClock, sign_in

WRONG = "登录名或密码不对"
LOCKED = "连续试错次数过多，已暂时锁定，请约 15 分钟后再试"


def test_the_fifth_wrong_try_locks_and_the_right_password_waits(
    chen: User, moved: MovedClock
) -> None:
    """GB/T 22239 登录失败处理：连错五次锁定十五分钟，锁定中对的密码也不行，到时自动解开。"""
    client = Client()
    answers = [sign_in(client, password="错的口令").content.decode() for _ in range(5)]
    assert [(WRONG in text, LOCKED in text) for text in answers] == [
        *[(True, False)] * 4,
        (False, True),
    ]
    assert LOCKED in sign_in(client).content.decode()
    moved.forward(minutes=14, seconds=59)
    assert sign_in(client).status_code == 200
    moved.forward(seconds=1)
    assert sign_in(client)["Location"] == "/desk/"


def test_a_login_that_does_not_exist_answers_and_locks_alike(chen: User, moved: MovedClock) -> None:
    """不透露有没有这个登录名：答复逐字相同，锁定也相同。"""

    def told(login: str) -> list[str]:
        client = Client()
        texts = [sign_in(client, login, "错的口令").content.decode() for _ in range(6)]
        return [text[text.index("<main") : text.index("<form")] for text in texts]

    assert told("nobody") == told("chen")


def test_unknown_closed_and_invited_accounts_cost_the_same_work(
    chen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """时间不透露：没有的登录名、停用的、还没设密码的，都照样算一次散列。"""
    work: list[str] = []
    ordinary = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        work.append(password)
        return ordinary(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    spent: list[int] = []
    for login in ("chen", "nobody"):
        spent.append(_work(work, login))
    invite(chen, by=chen.person)
    spent.append(_work(work, "chen"))
    close_account(chen, reason="调离", by=chen.person)
    spent.append(_work(work, "chen"))
    assert spent == [1, 1, 1, 1]


def _work(work: list[str], login: str) -> int:
    before = len(work)
    sign_in(Client(), login, "错的口令")
    return len(work) - before


def test_capitals_and_spaces_do_not_buy_more_tries(chen: User) -> None:
    """大小写、空格不同的写法算同一个登录名。"""
    for login in ("chen", "CHEN", " Chen", "cHen ", "chen"):
        sign_in(Client(), login, "错的口令")
    assert locked_until("chen") is not None


def test_success_starts_the_count_again(chen: User) -> None:
    """登录成功后从头数起。"""
    for _ in range(3):
        for _ in range(4):
            sign_in(Client(), password="错的口令")
        assert sign_in(Client()).status_code == 302
    assert Tries.objects.get(key=login_key("chen")).count == 0


def test_tries_at_once_are_all_counted(
    chen: User, moved: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """先占一次再核对：同时来的十个，最多五个能试密码。"""
    taken = [claim_login("chen") for _ in range(10)]
    assert [until is None for until in taken] == [True] * 5 + [False] * 5
    assert taken[-1] == moved.at + timedelta(minutes=15)


def test_one_address_has_only_so_many_tries(
    chen: User, sign_in_set: Callable[..., None], moved: MovedClock
) -> None:
    """同一地址试很多登录名：到数就停；成功的不计。"""
    sign_in_set(address_tries=5)
    for _ in range(7):
        assert sign_in(Client()).status_code == 302
    for n in range(5):
        sign_in(Client(), f"guess{n}", "错的口令")
    text = sign_in(Client()).content.decode()
    assert "这个网络地址连续试错次数过多" in text
    moved.forward(minutes=15)
    assert sign_in(Client()).status_code == 302


def test_the_log_knows_who_and_what_but_no_address_and_no_name(chen: User) -> None:
    """安全审计：成功、失败、锁定都入日志，没有地址、登录名、口令。"""
    for login in ("chen", "nobody"):
        sign_in(Client(), login, "错的口令")
    for _ in range(4):
        sign_in(Client(), password="错的口令")
    Tries.objects.update(count=0, locked_until=None)
    sign_in(Client())
    events = Event.objects.filter(stream=SIGN_INS).order_by("seq")
    assert [(event.kind, event.subject, event.actor_name) for event in events] == [
        ("sign_in.failed", f"account:{chen.uid}", "登录程序"),
        ("sign_in.failed", "account:unknown", "登录程序"),
        *[("sign_in.failed", f"account:{chen.uid}", "登录程序")] * 3,
        ("sign_in.locked", f"account:{chen.uid}", "登录程序"),
        ("sign_in.succeeded", f"account:{chen.uid}", "信息员小陈"),
    ]
    told = " ".join(event.payload_text for event in events)
    assert [
        word for word in ("chen", "nobody", "127.0.0.1", PASSWORD, "小陈") if word in told
    ] == []
    assert verify_all() == []


def hostile() -> Iterator[Any]:
    yield pytest.param({}, id="空")
    yield pytest.param({"username": "", "password": ""}, id="空字段")
    yield pytest.param({"username": "a" * 5000, "password": "b" * 100_000}, id="很长")
    yield pytest.param({"username": "che\0n", "password": "x\0"}, id="控制字符")
    yield pytest.param({"username": "<script>alert(1)</script>", "password": "x"}, id="脚本")
    yield pytest.param({"username": "' OR 1=1 --", "password": "' OR '1'='1"}, id="注入")


@pytest.mark.parametrize("sent", [*hostile()])
def test_hostile_input_is_answered_politely(chen: User, sent: dict[str, str]) -> None:
    """空的、超长的、控制字符、脚本：200 加一句中文，不出错，不回显脚本。"""
    answer = Client().post("/desk/sign-in/", sent)
    text = answer.content.decode()
    assert (answer.status_code, "<script>alert" in text) == (200, False)
    assert "errorlist" in text or "error-summary" in text


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/desk/report/T00000001/2024/", "/desk/report/T00000001/2024/"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
    ],
)
def test_next_stays_on_this_site(chen: User, asked: str, led: str) -> None:
    """登录后只回到本站的地址。"""
    assert sign_in(Client(), next=asked)["Location"] == led


def test_the_page_costs_no_query(chen: User, django_assert_num_queries: Any) -> None:
    """打开登录页：只查一次本机关名称。"""
    client = Client()
    client.get("/desk/sign-in/")
    with django_assert_num_queries(1):
        assert client.get("/desk/sign-in/").status_code == 200
