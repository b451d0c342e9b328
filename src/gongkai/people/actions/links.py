"""Linking accounts with the county's identity provider."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people.errors import AccountRefused
from gongkai.people.models import ExternalIdentity, User
from gongkai.people.stream import STREAM


@transaction.atomic
def link_identity(account: User, *, issuer: str, subject: str, by: Actor) -> ExternalIdentity:
    """Let *subject* of *issuer* sign in as *account*. Raises ``ValidationError``, ``AccountRefused``."""
    link = ExternalIdentity(account=account, issuer=issuer, subject=subject.strip())
    link.clean_fields()
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError as taken:
        raise AccountRefused("这个统一认证用户已经关联到一个账号，不能再关联。") from taken
    record(
        "account.linked",
        stream=STREAM,
        subject=f"account:{account.uid}",
        payload={"link": str(link.uid)},
        by=by,
    )
    return link


@transaction.atomic
def unlink_identity(link: ExternalIdentity, *, by: Actor) -> None:
    """Take a link away; who is signed in by it stays so until the session ends."""
    if ExternalIdentity.objects.filter(pk=link.pk).delete()[0]:
        record(
            "account.unlinked",
            stream=STREAM,
            subject=f"account:{link.account.uid}",
            payload={"link": str(link.uid)},
            by=by,
        )
