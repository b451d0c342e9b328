"""Administrator sessions: begun for a reason and a while, ended."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction

from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.people.errors import AccountRefused
from gongkai.people.models import AdministratorSession, Session
from gongkai.people.seats import Seat
from gongkai.people.stream import STREAM

MINUTES = (15, 30, 60)
SHORTEST_REASON = 8
"""Characters: enough for a matter and its subject."""


@transaction.atomic
def begin_administration(
    session: Session, *, seat: Seat, reason: str, minutes: int
) -> AdministratorSession:
    """Let the person of *session* act as *seat* for *minutes*. The second factor was asked before.

    Raises ``AccountRefused``.
    """
    why = " ".join(reason.split())
    if len(why) < SHORTEST_REASON:
        raise AccountRefused(
            f"请写明事由，至少 {SHORTEST_REASON} 个字，例如“为新到岗人员开通账号”。"
        )
    if minutes not in MINUTES:
        raise AccountRefused("时长只能是 15、30 或 60 分钟。")
    now, person = clock.now(), session.account.person
    AdministratorSession.objects.filter(session=session, live=True, ends_at__lte=now).update(
        live=None, ended_at=now
    )
    begun = AdministratorSession(
        session=session,
        person=person,
        seat=seat.value,
        reason=why[:200],
        started_at=now,
        ends_at=now + timedelta(minutes=minutes),
    )
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
    except IntegrityError as running:
        raise AccountRefused("已有一个管理员会话在进行，请先结束它。") from running
    record(
        "administration.began",
        stream=STREAM,
        subject=f"administration:{begun.uid}",
        payload={"seat": seat.value, "minutes": minutes, "reason": begun.reason},
        by=person,
    )
    return begun


@transaction.atomic
def end_administration(running: AdministratorSession) -> None:
    """End an administrator session before its time; ended twice is ended once."""
    still = AdministratorSession.objects.filter(pk=running.pk, live=True)
    if still.update(live=None, ended_at=clock.now()):
        record(
            "administration.ended",
            stream=STREAM,
            subject=f"administration:{running.uid}",
            payload={},
            by=running.person,
        )
