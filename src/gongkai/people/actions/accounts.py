"""People and accounts: entering, opening, closing, a new password."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people.actions.invitations import withdraw_invitations
from gongkai.people.actions.sessions import end_all_of
from gongkai.people.errors import AccountRefused
from gongkai.people.models import Person, SessionEnd, User
from gongkai.people.stream import STREAM
from gongkai.text.canonical import Plain


@transaction.atomic
def register_person(*, name: str, staff_no: str, email: str = "", by: Actor | None) -> Person:
    """Enter a person. *by* is None only for the very first one, who then answers for herself."""
    person = Person(name=name, staff_no=staff_no, email=email)
    person.full_clean()
    person.save(force_insert=True)
    payload: dict[str, Plain] = {"person": str(person.uid), "staff_no": staff_no}
    record(
        "person.registered",
        stream=STREAM,
        subject=f"person:{person.uid}",
        payload=payload,
        by=by or person,
    )
    return person


@transaction.atomic
def open_account(
    person: Person, *, login: str, password: str | None = None, is_demo: bool = False, by: Actor
) -> User:
    """Give *person* an account, without a *password* until an invitation to it is taken up.

    Raises ``ValidationError`` for a password the rules refuse.
    """
    account = User(person=person, login=login, is_demo=is_demo)
    _set(account, password)
    account.full_clean()
    account.save(force_insert=True)
    payload: dict[str, Plain] = {"person": str(person.uid), "login": login, "demo": is_demo}
    record(
        "account.opened", stream=STREAM, subject=f"account:{account.uid}", payload=payload, by=by
    )
    return account


@transaction.atomic
def change_password(account: User, *, password: str, by: Actor) -> None:
    """Give *account* a new password; every session of it ends, the present one too.

    Raises ``ValidationError`` for a password the rules refuse, or the one it had.
    """
    if account.check_password(password):
        raise ValidationError("新密码与现在的密码相同，请换一个。", code="same")
    _set(account, password)
    account.full_clean()
    account.save(update_fields=["password", "password_set_at"])
    ended = end_all_of(account, why=SessionEnd.PASSWORD)
    record(
        "account.password_changed",
        stream=STREAM,
        subject=f"account:{account.uid}",
        payload={"sessions": ended},
        by=by,
    )


@transaction.atomic
def close_account(account: User, *, reason: str, by: Actor) -> None:
    """Keep *account* from signing in, at once. Raises ``AccountRefused``."""
    if len(reason.strip()) < 2:
        raise AccountRefused("请写明停用的原因（如调离、退休）。")
    if not User.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        raise AccountRefused("这个账号已经停用，没有再办一次。")
    account.is_active = False
    withdraw_invitations(account)
    ended = end_all_of(account, why=SessionEnd.CLOSED)
    record(
        "account.closed",
        stream=STREAM,
        subject=f"account:{account.uid}",
        payload={"reason": reason.strip()[:200], "sessions": ended},
        by=by,
    )


@transaction.atomic
def reopen_account(account: User, *, by: Actor) -> None:
    """Let *account* sign in again, with the password it had. Raises ``AccountRefused``."""
    if not User.objects.filter(pk=account.pk, is_active=False).update(is_active=True):
        raise AccountRefused("这个账号本来就可以登录，不必恢复。")
    account.is_active = True
    record("account.reopened", stream=STREAM, subject=f"account:{account.uid}", payload={}, by=by)


def _set(account: User, password: str | None) -> None:
    if password is None:
        account.set_unusable_password()
        return
    validate_password(password, account)
    account.set_password(password)
    account.password_set_at = clock.now()
