"""Sessions: begun, seen, ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Q

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people import sign_in_settings
from gongkai.people.models import AdministratorSession, Session, SessionEnd, Tries, User
from gongkai.people.stream import SIGN_INS, STREAM

_A_DAY = timedelta(hours=24)


@transaction.atomic
def begin_session(
    account: User, *, digest: str, address: str, device: str, way: str, factor: bool
) -> Session:
    """Note that *account* signed in; *way* says how (password, oidc). Sweeps out what is past keeping."""
    now = clock.now()
    _sweep(now)
    session = Session(
        account=account,
        digest=digest,
        address=address[:64],
        device=device[:120],
        started_at=now,
        last_seen_at=now,
        proved_at=now,
        factor_at=now if factor else None,
    )
    session.full_clean()
    session.save(force_insert=True)
    record(
        "sign_in.succeeded",
        stream=SIGN_INS,
        subject=f"account:{account.uid}",
        payload={"session": str(session.uid), "way": way, "factor": factor},
        by=account.person,
    )
    return session


def see_session(session: Session, *, at: datetime) -> None:
    """Note that *session* is in use. No event: this is every page somebody opens."""
    Session.objects.filter(pk=session.pk, ended_at=None, last_seen_at__lt=at).update(
        last_seen_at=at
    )


def prove_session(session: Session, *, factor: bool) -> None:
    """Note that its owner proved once more who they are; *factor*: with the second factor."""
    session.proved_at = clock.now()
    if factor:
        session.factor_at = session.proved_at
    Session.objects.filter(pk=session.pk, ended_at=None).update(
        proved_at=session.proved_at, factor_at=session.factor_at
    )


@transaction.atomic
def end_session(session: Session, *, why: SessionEnd, by: Actor) -> bool:
    """End one session; False when it had ended before."""
    if not _end(Q(pk=session.pk), why):
        return False
    record(
        "session.ended",
        stream=SIGN_INS,
        subject=f"account:{session.account.uid}",
        payload={"session": str(session.uid), "why": why.value},
        by=by,
    )
    return True


@transaction.atomic
def end_sessions(account: User, *, except_for: Session | None, why: SessionEnd, by: Actor) -> int:
    """End every session of *account*, or every other one; return how many."""
    ended = end_all_of(account, why=why, except_for=except_for)
    record(
        "session.all_ended",
        stream=STREAM,
        subject=f"account:{account.uid}",
        payload={"sessions": ended, "why": why.value},
        by=by,
    )
    return ended


def end_all_of(account: User, *, why: SessionEnd, except_for: Session | None = None) -> int:
    """End sessions as part of a larger act, which records it."""
    which = Q(account=account)
    if except_for is not None:
        which &= ~Q(pk=except_for.pk)
    return _end(which, why)


def _end(which: Q, why: SessionEnd) -> int:
    now = clock.now()
    AdministratorSession.objects.filter(
        live=True, session__in=Session.objects.filter(which, ended_at=None)
    ).update(live=None, ended_at=now)
    return Session.objects.filter(which, ended_at=None).update(ended_at=now, why=why)


def _sweep(now: datetime) -> None:
    Session.objects.filter(started_at__lt=now - sign_in_settings.kept()).delete()
    Tries.objects.filter(since__lt=now - _A_DAY).exclude(locked_until__gt=now).delete()
    SessionStore.clear_expired()
