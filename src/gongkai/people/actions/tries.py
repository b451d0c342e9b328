"""Counting tries: each is claimed before anything is checked, so that many at once gain nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people import sign_in_settings
from gongkai.people.errors import AccountRefused
from gongkai.people.models import Tries, User
from gongkai.people.program import GATE
from gongkai.people.stream import SIGN_INS, STREAM
from gongkai.people.tokens import tries_key

_A_DAY = timedelta(hours=24)


def login_key(login: str) -> str:
    """Return the key under which tries at *login* are counted, however it was capitalised."""
    return tries_key("login", login.strip().casefold())


def claim_login(login: str) -> datetime | None:
    """Take one of the tries at *login*; return None, or until when it is locked.

    Tries of a day add up until one succeeds.
    """
    return _claim(login_key(login), most=settings.SIGN_IN.lock_tries, window=_A_DAY)


def claim_address(address: str) -> datetime | None:
    """Take one of the tries from a network *address*; return None, or until when it must wait."""
    return _claim(
        tries_key("address", address),
        most=settings.SIGN_IN.address_tries,
        window=sign_in_settings.locked_for(),
    )


def forget_login(login: str) -> None:
    """Start to count again: somebody proved to be who they say."""
    Tries.objects.filter(key=login_key(login)).update(count=0, locked_until=None)


def give_back_address(address: str) -> None:
    """Return the try of an *address* that succeeded: a whole office may share one."""
    Tries.objects.filter(key=tries_key("address", address), count__gt=0).update(
        count=F("count") - 1, locked_until=None
    )


@transaction.atomic
def record_failure(login: str, account: User | None, *, what: str) -> datetime | None:
    """Log a try that failed (*what*: password, code); return until when the login is now locked."""
    until = locked_until(login)
    subject = f"account:{account.uid}" if account else "account:unknown"
    record(
        "sign_in.locked" if until else "sign_in.failed",
        stream=SIGN_INS,
        subject=subject,
        payload={"what": what},
        by=GATE,
    )
    return until


@transaction.atomic
def unlock(account: User, *, by: Actor) -> None:
    """Lift the lock of *account*. Raises ``AccountRefused`` when there is none."""
    key, now = login_key(account.login), clock.now()
    if not Tries.objects.filter(key=key, locked_until__gt=now).update(count=0, locked_until=None):
        raise AccountRefused("这个账号现在没有锁定，不必解锁。")
    record("account.unlocked", stream=STREAM, subject=f"account:{account.uid}", payload={}, by=by)


def locked_until(login: str) -> datetime | None:
    """Return until when *login* is locked, None when it is not."""
    row = Tries.objects.filter(key=login_key(login), locked_until__gt=clock.now()).first()
    return row.locked_until if row else None


@transaction.atomic
def _claim(key: str, *, most: int, window: timedelta) -> datetime | None:
    """Count one try by one conditional UPDATE: of two at once both are counted, in either order."""
    now = clock.now()
    Tries.objects.get_or_create(key=key, defaults={"since": now})
    fresh = Q(locked_until__lte=now) | Q(since__lt=now - window)
    until = Value(now + sign_in_settings.locked_for())
    counted = Tries.objects.filter(Q(locked_until=None) | Q(locked_until__lte=now), key=key)
    taken = counted.update(
        count=Case(When(fresh, then=Value(1)), default=F("count") + 1),
        since=Case(When(fresh | Q(count=0), then=Value(now)), default=F("since")),
        locked_until=Case(When(~fresh & Q(count__gte=most - 1), then=until), default=None),
    )
    return None if taken else Tries.objects.get(key=key).locked_until
