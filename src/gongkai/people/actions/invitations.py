"""Invitations: made, withdrawn, taken up."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.db import transaction

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people import sign_in_settings
from gongkai.people.actions.sessions import end_all_of
from gongkai.people.actions.tries import forget_login
from gongkai.people.errors import AccountRefused
from gongkai.people.models import Invitation, SessionEnd, User
from gongkai.people.stream import STREAM
from gongkai.people.tokens import digest_of, new_token

GONE = "这个链接已经用过、作废或者过期。请联系安全管理员重新邀请。"


@transaction.atomic
def invite(account: User, *, by: Actor) -> str:
    """Return a fresh token for setting the password of *account*; it is shown once and not stored.

    Earlier invitations and the present password are void from now on, and every session ends: this
    is how a password is reset. Raises ``AccountRefused`` for a closed account.
    """
    if not User.objects.filter(pk=account.pk, is_active=True).exists():
        raise AccountRefused("这个账号已停用。请先恢复账号，再邀请。")
    withdraw_invitations(account)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_all_of(account, why=SessionEnd.PASSWORD)
    token, now = new_token(), clock.now()
    invitation = Invitation(
        account=account,
        digest=digest_of(token),
        made_at=now,
        expires_at=now + sign_in_settings.invited_for(),
    )
    invitation.full_clean()
    invitation.save(force_insert=True)
    _record("account.invited", invitation, by=by)
    return token


def mail_invitation(account: User, link: str) -> None:
    """Send *link* to the person's work address, once the transaction is through. No name, no agency."""
    if account.person.email:
        transaction.on_commit(
            lambda: send_mail(
                "账号开通通知",
                f"请打开下面的链接设置密码，链接只能用一次：\n\n{link}\n\n"
                f"登录名：{account.login}\n如与您无关，请不要打开，并告知安全管理员。\n",
                None,
                [account.person.email],
                fail_silently=True,  # the link is on the administrator's screen as well
            )
        )


@transaction.atomic
def accept_invitation(invitation: Invitation, *, password: str) -> User:
    """Set the password the person chose. Raises ``ValidationError``, ``AccountRefused``."""
    account, now = invitation.account, clock.now()
    validate_password(password, account)
    open_ = Invitation.objects.filter(
        pk=invitation.pk, used_at=None, withdrawn_at=None, expires_at__gt=now
    )
    if not account.is_active or not open_.update(used_at=now):
        raise AccountRefused(GONE)
    account.set_password(password)
    account.password_set_at = now
    account.full_clean()
    account.save(update_fields=["password", "password_set_at"])
    forget_login(account.login)
    _record("account.invitation_used", invitation, by=account.person)
    return account


def withdraw_invitations(account: User) -> None:
    """Void what was sent before, as part of a larger act."""
    Invitation.objects.filter(account=account, used_at=None, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )


def _record(kind: str, invitation: Invitation, *, by: Actor) -> None:
    record(
        kind,
        stream=STREAM,
        subject=f"account:{invitation.account.uid}",
        payload={"invitation": str(invitation.uid)},
        by=by,
    )
