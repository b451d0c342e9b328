"""Putting two lines on every page of the site, and taking them away: nobody else is waited for."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.authority import authorise
from gongkai.audit import clock
from gongkai.audit.actions import record
from gongkai.jobs import actions as jobs
from gongkai.jobs.identity import CLOCKWORK
from gongkai.people.models import Person
from gongkai.publication.actions.asking import ask_soon
from gongkai.publication.errors import PublicationRefused
from gongkai.publication.models import Alert
from gongkai.publication.rules import ALERTERS, may_alert
from gongkai.text.canonical import Plain

STREAM = "site"
TURN_ALERT = "publication.alert"
SHOWN_ON = (("alert-sheet", ""), ("alert", ""))
"""The two pages that show it. Every other page asks for the first of them, and is not written anew."""


@transaction.atomic
def raise_alert(
    *, headline: str, text: str, begins_at: datetime, ends_at: datetime, by: Person
) -> Alert:
    """Show *headline* and *text* on every page from *begins_at* until *ends_at*.

    Raises :class:`PublicationRefused`, and ``RoleRefused`` for somebody who does not answer for the whole site.
    """
    authorise(by, may_alert, step="发布紧急公告", whose=ALERTERS)
    present = clock.now()
    if ends_at <= max(begins_at, present):
        raise PublicationRefused("紧急公告的结束时间必须晚于开始时间和现在，请改正后再发布。")
    alert = Alert(
        headline=headline.strip(),
        text=text.strip(),
        begins_at=begins_at,
        ends_at=ends_at,
        raised_by=by,
        raised_at=present,
    )
    try:
        alert.full_clean()
    except ValidationError as wrong:
        raise PublicationRefused("；".join(wrong.messages)) from wrong
    alert.save(force_insert=True)
    ask_soon(SHOWN_ON)
    for turn in (begins_at, ends_at):
        if turn > present:
            jobs.start(TURN_ALERT, after=turn, by=CLOCKWORK)
    payload: dict[str, Plain] = {
        "from": clock.in_shanghai(begins_at).isoformat(),
        "to": clock.in_shanghai(ends_at).isoformat(),
    }
    _record("alert.raised", alert, payload, by)
    return alert


@transaction.atomic
def lower_alert(alert: Alert, *, by: Person) -> None:
    """End *alert* before its time. Raises :class:`PublicationRefused` when it is over already."""
    authorise(by, may_alert, step="结束紧急公告", whose=ALERTERS)
    present = clock.now()
    running = Alert.objects.filter(pk=alert.pk, lowered_at=None, ends_at__gt=present)
    if not running.update(lowered_at=present, lowered_by=by):
        raise PublicationRefused("这条紧急公告已经结束，请刷新后查看。")
    ask_soon(SHOWN_ON)
    _record("alert.lowered", alert, {}, by)


def _record(kind: str, alert: Alert, payload: dict[str, Plain], by: Person) -> None:
    record(kind, stream=STREAM, subject=f"alert:{alert.uid}", payload=payload, by=by)
