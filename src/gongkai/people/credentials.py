"""Is it really they? A password, a code: counted, compared at equal cost, told nothing of."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from gongkai.audit import clock
from gongkai.people.actions.factors import use_code
from gongkai.people.actions.tries import (
    claim_address,
    claim_login,
    forget_login,
    give_back_address,
    record_failure,
)
from gongkai.people.errors import SignInRefused
from gongkai.people.limits import address_of
from gongkai.people.models import User

WRONG = "登录名或密码不对。请核对大小写后重试；忘记密码请联系安全管理员重新邀请。"


def account_by_password(request: HttpRequest, login: str, password: str) -> User:
    """Return the account of *login* and *password*. Raises ``SignInRefused``.

    The try is counted, and goes on being counted until the sign-in is complete.
    """
    address = address_of(request, settings.PROXIES)
    _refuse_if(claim_address(address), "这个网络地址")
    _refuse_if(claim_login(login), "这个登录名")
    account = User.objects.select_related("person").filter(login=login.strip()).first()
    fits = _password_fits(account, password) if account else _pretend(password)
    if account is None or not fits:
        sentence = _failed(login, account, "password", WRONG)
        raise SignInRefused(sentence)
    give_back_address(address)
    return account


def confirm(request: HttpRequest, account: User, given: str, *, factor: bool) -> None:
    """Check a code (*factor*) or the password of an account that is known. Raises ``SignInRefused``."""
    _refuse_if(claim_login(account.login), "这个账号")
    if factor:
        _confirm_code(account, given)
    elif not _password_fits(account, given):
        sentence = _failed(account.login, account, "password", "密码不对，请重新输入。")
        raise SignInRefused(sentence)
    forget_login(account.login)


def lock_sentence(what: str, until: datetime) -> str:
    """Return what somebody reads who must wait until *until*."""
    minutes = max(1, -int(-(until - clock.now()).total_seconds() // 60))
    return (
        f"{what}连续试错次数过多，已暂时锁定，请约 {minutes} 分钟后再试。"
        "急用请联系安全管理员解锁；如果不是您本人在试，也请告知安全管理员。"
    )


def _confirm_code(account: User, given: str) -> None:
    try:
        use_code(account, given)
    except SignInRefused as wrong:
        sentence = _failed(account.login, account, "code", str(wrong))
        raise SignInRefused(sentence) from wrong


def _password_fits(account: User, password: str) -> bool:
    if account.is_active and account.has_usable_password():
        return account.check_password(password)
    return _pretend(password)


def _pretend(password: str) -> bool:
    """Cost as much as a comparison, so that the answer's time does not tell whether there is an account."""
    make_password(password)
    return False


def _failed(login: str, account: User | None, what: str, sentence: str) -> str:
    until = record_failure(login, account, what=what)
    return lock_sentence("这个登录名", until) if until else sentence


def _refuse_if(until: datetime | None, what: str) -> None:
    if until is not None:
        raise SignInRefused(lock_sentence(what, until))
