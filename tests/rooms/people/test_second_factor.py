"""The second factor: each code once, within its time, counted like a password."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Role
from gongkai.audit.models import Event
from gongkai.people import totp
from gongkai.people.actions.factors import remove_factor, use_code
from gongkai.people.errors import SignInRefused
from gongkai.people.models import Factor, RecoveryCode, User
from gongkai.people.presence import recent_second_factor, signed_in
from gongkai.vault.columns import declared
from tests.rooms.cast import SINCE, Cast
from tests.rooms.people.conftest import PASSWORD, SECRET, MovedClock, code, enrol, sign_in

CODE_PAGE = "/desk/sign-in/code/"


def at_second_step() -> Client:
    client = Client()
    assert sign_in(client)["Location"] == CODE_PAGE
    return client


def send(client: Client, typed: str) -> int:
    return client.post(CODE_PAGE, {"code": typed}).status_code


def test_the_password_alone_lets_nobody_in(chen: User, moved: MovedClock) -> None:
    """双因素：密码对了还没有登录；验证码对了才是。"""
    enrol(chen, moved)
    client = at_second_step()
    assert client.get("/desk/me/").status_code == 302
    assert send(client, code(moved.at)) == 302
    assert client.get("/desk/me/").status_code == 200


def test_a_code_is_good_once(chen: User, moved: MovedClock) -> None:
    """同一个验证码不能用第二次，哪怕还在有效时间里。"""
    enrol(chen, moved)
    assert send(at_second_step(), code(moved.at)) == 302
    again = at_second_step()
    text = again.post(CODE_PAGE, {"code": code(moved.at)}).content.decode()
    assert "已经用过" in text


def test_the_code_of_the_step_before_is_good_once(chen: User, moved: MovedClock) -> None:
    """慢一步：上一个验证码还认，只认一次；再上一个不认。"""
    enrol(chen, moved)
    late = code(moved.at - timedelta(seconds=30))
    with pytest.raises(SignInRefused, match="验证码不对"):
        use_code(chen, code(moved.at - timedelta(seconds=60)))
    assert use_code(chen, late) == "totp"
    with pytest.raises(SignInRefused, match="已经用过"):
        use_code(chen, late)
    assert use_code(chen, code(moved.at)) == "totp"


def test_of_two_with_the_same_code_one_comes_first(chen: User, moved: MovedClock) -> None:
    """两人同时用一个验证码：一步只认一次，由一次条件更新定先后。"""
    enrol(chen, moved)
    step = totp.step_of(SECRET, code(moved.at), moved.at)
    row = Factor.objects.filter(account=chen, last_step__lt=step)
    assert [row.update(last_step=step), row.update(last_step=step)] == [1, 0]


def test_a_clock_gone_back_refuses_codes_and_takes_a_recovery_code(
    chen: User, moved: MovedClock
) -> None:
    """服务器时间倒退：旧时间的验证码不认，恢复码照样能用。"""
    codes = enrol(chen, moved)
    use_code(chen, code(moved.at))
    moved.forward(hours=-1)
    with pytest.raises(SignInRefused, match="服务器时间曾经倒退"):
        use_code(chen, code(moved.at))
    assert use_code(chen, codes[0]) == "recovery"


def test_wrong_codes_are_counted_and_lock(chen: User, moved: MovedClock) -> None:
    """第二步的试错也计数：连同密码那一次共五次，然后锁定，对的码也要等。"""
    enrol(chen, moved)
    client = at_second_step()
    for wrong in ("000000", "111111", "222222"):
        assert "验证码不对" in client.post(CODE_PAGE, {"code": wrong}).content.decode()
    assert "暂时锁定" in client.post(CODE_PAGE, {"code": "333333"}).content.decode()
    assert "暂时锁定" in client.post(CODE_PAGE, {"code": code(moved.at)}).content.decode()


def test_right_passwords_do_not_buy_more_codes(chen: User, moved: MovedClock) -> None:
    """反复从密码开始，换不来更多次试码的机会。"""
    enrol(chen, moved)
    told = []
    for _ in range(10):
        client = Client()
        if sign_in(client).status_code == 302:
            told.append(client.post(CODE_PAGE, {"code": "000000"}).content.decode())
    assert ["验证码不对" in text for text in told] == [True, True, False]


def test_the_second_step_waits_ten_minutes(chen: User, moved: MovedClock) -> None:
    """密码之后放得太久：从头再来。"""
    enrol(chen, moved)
    client = at_second_step()
    moved.forward(minutes=10)
    assert client.post(CODE_PAGE, {"code": code(moved.at)})["Location"] == "/desk/sign-in/"


def test_recovery_codes_are_ten_hashed_and_good_once(chen: User, moved: MovedClock) -> None:
    """恢复码十个，只存哈希，各用一次；大小写、空格不计较。"""
    codes = enrol(chen, moved)
    stored = RecoveryCode.objects.values_list("digest", flat=True)
    assert (len(set(codes)), len(stored)) == (10, 10)
    assert [one for one in codes if re.search(one.replace("-", ""), " ".join(stored))] == []
    assert use_code(chen, codes[3].upper().replace("-", " ")) == "recovery"
    with pytest.raises(SignInRefused):
        use_code(chen, codes[3])
    event = Event.objects.filter(kind="factor.recovery_code_used").get()
    assert event.payload_text == '{"left":9}'


def test_somebody_else_s_recovery_code_opens_nothing(
    chen: User, cast: Cast, moved: MovedClock
) -> None:
    """恢复码只属于一个账号。"""
    enrol(chen, moved)
    other = User(person=cast.sun, login="sun")
    other.set_unusable_password()
    other.save()
    codes = enrol(other, moved)
    with pytest.raises(SignInRefused):
        use_code(chen, codes[0])


def test_the_secret_is_stored_concealed_and_declared(chen: User, moved: MovedClock) -> None:
    """密钥加密存放，登记在换钥名单里，换钥后照样能用。"""
    enrol(chen, moved)
    factor = Factor.objects.get()
    assert SECRET.encode() not in bytes(factor.ciphertext)
    (column,) = [one for one in declared() if one.model_label == "people.Factor"]
    assert column.open(factor) == SECRET.encode()
    Factor.objects.update(**column.seal_again(factor))
    assert use_code(chen, code(moved.at)) == "totp"


def test_a_secret_that_cannot_be_read_is_said(chen: User, moved: MovedClock) -> None:
    """密文被改动：一句中文，不是出错页，恢复码仍能用。"""
    codes = enrol(chen, moved)
    Factor.objects.update(ciphertext=b"x" * 40)
    text = at_second_step().post(CODE_PAGE, {"code": code(moved.at)}).content.decode()
    assert "验证器的密钥读不出来" in text
    assert use_code(chen, codes[0]) == "recovery"


@pytest.mark.parametrize(
    "typed", ["", "12345", "1" * 5000, "１２３ ４５６", "abcdef", "\0\0", "-1"]
)
def test_hostile_codes_are_answered_politely(chen: User, moved: MovedClock, typed: str) -> None:
    """空的、太长的、全角的、控制字符：都是一句中文。"""
    enrol(chen, moved)
    answer = at_second_step().post(CODE_PAGE, {"code": typed})
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (200, True)


def test_a_role_that_asks_for_it_leads_to_enrolment_and_nowhere_else(
    chen: User, cast: Cast, moved: MovedClock, sign_in_set: Callable[..., None]
) -> None:
    """终审等角色没有登记验证器：登录后只能登记，登记后才办得了事。"""
    sign_in_set(factor_roles=["final_reviewer"])
    appoint(cast.chen, cast.grain, role=Role.FINAL_REVIEWER, since=SINCE, by=cast.li)
    client = Client()
    sign_in(client)
    led = "/desk/me/factor/?next=%2Fdesk%2F"
    assert [client.get("/desk/")["Location"], client.post("/desk/kept/")["Location"]] == [led, led]
    page = client.get("/desk/me/factor/")
    secret = page.context["secret"].replace(" ", "")
    assert "style=" not in page.context["picture"]
    assert re.search(r'<svg viewBox="[^>]*class="qr"', page.content.decode()) is not None
    wrong = client.post("/desk/me/factor/", {"code": "000000"})
    assert (wrong.context["secret"].replace(" ", ""), Factor.objects.count()) == (secret, 0)
    done = client.post("/desk/me/factor/", {"code": code(moved.at, secret)})
    assert len(done.context["codes"]) == 10
    assert client.get("/desk/").status_code == 200


def test_a_role_that_does_not_ask_is_left_alone(
    chen: User, sign_in_set: Callable[..., None]
) -> None:
    """信息员不要求：直接到工作台，可以自愿登记。"""
    sign_in_set(factor_roles=["final_reviewer"])
    client = Client()
    sign_in(client)
    assert client.get("/desk/").status_code == 200
    assert "登记验证器" in client.get("/desk/me/").content.decode()


def test_a_lost_telephone_starts_anew(chen: User, cast: Cast, moved: MovedClock) -> None:
    """解除验证器：登录全部结束，旧恢复码作废，原因入日志。"""
    codes = enrol(chen, moved)
    client = at_second_step()
    send(client, code(moved.at))
    remove_factor(chen, reason="手机遗失，已当面核实", by=cast.li)
    assert client.get("/desk/me/").status_code == 302
    assert sign_in(Client())["Location"] == "/desk/"
    with pytest.raises(SignInRefused):
        use_code(chen, codes[0])
    event = Event.objects.filter(kind="factor.removed").get()
    assert event.payload_text == '{"reason":"手机遗失，已当面核实","sessions":1}'


def test_recent_proof_passes_and_grows_old(chen: User, moved: MovedClock) -> None:
    """再证明一次：十分钟内算数，过了要再输，输过又算数。"""
    enrol(chen, moved)
    client = at_second_step()
    send(client, code(moved.at))
    moved.forward(minutes=11)
    answer = client.post("/desk/me/factor/codes/")
    assert answer["Location"] == "/desk/confirm/?next=%2Fdesk%2Fme%2F"
    assert client.post("/desk/confirm/", {"code": "000000"}).status_code == 200
    proved = client.post("/desk/confirm/", {"code": code(moved.at), "next": "/desk/me/"})
    assert proved["Location"] == "/desk/me/"
    request = RequestFactory().get("/desk/")
    request.session = client.session
    request.user = signed_in(request)
    asked = [timedelta(minutes=n) for n in (10, 0)]
    assert [recent_second_factor(request, within=one) for one in asked] == [True, True]
    moved.forward(minutes=2)
    assert [recent_second_factor(request, within=one) for one in asked] == [True, False]
    assert len(client.post("/desk/me/factor/codes/").context["codes"]) == 10


def test_exchanging_the_authenticator(chen: User, moved: MovedClock) -> None:
    """本人换验证器：先证明，再登记新的；旧的不再认。"""
    enrol(chen, moved)
    client = at_second_step()
    send(client, code(moved.at))
    assert client.post("/desk/me/factor/exchange/")["Location"] == "/desk/me/factor/"
    secret = client.get("/desk/me/factor/").context["secret"].replace(" ", "")
    assert secret != SECRET
    client.post("/desk/me/factor/", {"code": code(moved.at, secret)})
    moved.forward(seconds=60)
    with pytest.raises(SignInRefused):
        use_code(chen, code(moved.at))
    assert (use_code(chen, code(moved.at, secret)), PASSWORD in secret) == ("totp", False)
