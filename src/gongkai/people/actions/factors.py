"""The second factor: enrolled, used, removed."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people import totp
from gongkai.people.actions.sessions import end_all_of
from gongkai.people.errors import AccountRefused, SignInRefused
from gongkai.people.models import Factor, RecoveryCode, SessionEnd, User
from gongkai.people.stream import SIGN_INS, STREAM
from gongkai.people.tokens import new_recovery_code, recovery_digest
from gongkai.vault.cipher import Sealed, Unreadable, conceal, reveal

PURPOSE = "people.factor"
CODES = 10
WRONG_CODE = "验证码不对。请核对登录名对应的那一项，等下一个验证码出现后再输；也可以用一个恢复码。"
USED_CODE = (
    "这个验证码已经用过，或者服务器时间曾经倒退。请等下一个验证码出现后再输，或者用一个恢复码。"
)


@transaction.atomic
def enrol_factor(account: User, *, secret: str, code: str, by: Actor) -> list[str]:
    """Bind an authenticator to *account* and return the recovery codes, which are not stored.

    *code* shows that the authenticator has the secret. Raises ``SignInRefused``, ``AccountRefused``.
    """
    now = clock.now()
    step = totp.step_of(secret, code, now)
    if step is None:
        raise SignInRefused("验证码不对。请核对手机时间是否准确，等下一个验证码出现后再输。")
    sealed = conceal(secret.encode(), purpose=PURPOSE, bound=account.uid.bytes)
    factor = Factor(
        account=account,
        ciphertext=sealed.ciphertext,
        key_id=sealed.key_id,
        alg=sealed.alg,
        last_step=step,
        enrolled_at=now,
    )
    try:
        with transaction.atomic():
            factor.save(force_insert=True)
    except IntegrityError as taken:
        raise AccountRefused("这个账号已经有验证器。要换一个，请先解除现在的。") from taken
    codes = _fresh_codes(account)
    _record("factor.enrolled", account, by=by)
    return codes


@transaction.atomic
def renew_recovery_codes(account: User, *, by: Actor) -> list[str]:
    """Void the recovery codes of *account* and return ten new ones."""
    codes = _fresh_codes(account)
    _record("factor.codes_renewed", account, by=by)
    return codes


@transaction.atomic
def use_code(account: User, typed: str) -> str:
    """Accept a code of the authenticator or a recovery code, each once; return which it was.

    Raises ``SignInRefused``.
    """
    if totp.is_code(typed):
        _use_step(account, typed)
        return "totp"
    digest = recovery_digest(typed, account.uid)
    unused = RecoveryCode.objects.filter(account=account, digest=digest, used_at=None)
    if not unused.update(used_at=clock.now()):
        raise SignInRefused(WRONG_CODE)
    record(
        "factor.recovery_code_used",
        stream=SIGN_INS,
        subject=f"account:{account.uid}",
        payload={"left": RecoveryCode.objects.filter(account=account, used_at=None).count()},
        by=account.person,
    )
    return "recovery"


@transaction.atomic
def remove_factor(account: User, *, reason: str, by: Actor) -> None:
    """Take a lost authenticator off *account*; its sessions end and the person enrols again.

    Raises ``AccountRefused``.
    """
    if len(reason.strip()) < 2:
        raise AccountRefused("请写明解除的原因（如手机遗失），并先当面核实本人。")
    if not Factor.objects.filter(account=account).delete()[0]:
        raise AccountRefused("这个账号没有登记验证器，不必解除。")
    RecoveryCode.objects.filter(account=account).delete()
    ended = end_all_of(account, why=SessionEnd.FACTOR)
    record(
        "factor.removed",
        stream=STREAM,
        subject=f"account:{account.uid}",
        payload={"reason": reason.strip()[:200], "sessions": ended},
        by=by,
    )


@transaction.atomic
def give_up_factor(account: User, *, by: Actor) -> None:
    """Take one's own authenticator off, to enrol another. Raises ``AccountRefused``."""
    if not Factor.objects.filter(account=account).delete()[0]:
        raise AccountRefused("您的账号没有登记验证器。")
    RecoveryCode.objects.filter(account=account).delete()
    _record("factor.given_up", account, by=by)


def _use_step(account: User, code: str) -> None:
    factor = Factor.objects.filter(account=account).first()
    if factor is None:
        raise SignInRefused(WRONG_CODE)
    step = totp.step_of(_secret(factor, account), code, clock.now())
    if step is None:
        raise SignInRefused(WRONG_CODE)
    if not Factor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step):
        raise SignInRefused(USED_CODE)


def _secret(factor: Factor, account: User) -> str:
    sealed = Sealed(bytes(factor.ciphertext), factor.key_id, factor.alg)
    try:
        return reveal(sealed, purpose=PURPOSE, bound=account.uid.bytes).decode()
    except Unreadable as wrong:
        raise SignInRefused(
            "验证器的密钥读不出来：服务器换过密钥，或者数据被改动过。请用一个恢复码登录，并告知系统管理员。"
        ) from wrong


def _fresh_codes(account: User) -> list[str]:
    RecoveryCode.objects.filter(account=account).delete()
    codes = [new_recovery_code() for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=recovery_digest(code, account.uid)) for code in codes
    )
    return codes


def _record(kind: str, account: User, *, by: Actor) -> None:
    record(kind, stream=STREAM, subject=f"account:{account.uid}", payload={}, by=by)
