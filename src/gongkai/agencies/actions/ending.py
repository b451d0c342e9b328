"""The end of a role, whoever's task it is to end it: one row, one event."""

from __future__ import annotations

from datetime import date

from django.db import models

from gongkai.agencies.models import Membership
from gongkai.agencies.refusal import AgencyRefused
from gongkai.audit.actions import record
from gongkai.people.models import Person


def end_on(membership: Membership, on: date, by: Person) -> Membership:
    """Let *membership* be held until the day before *on*, in the caller's transaction.

    Raises :class:`AgencyRefused` for a day before it began and when somebody else was quicker.
    """
    if on <= membership.since:
        raise AgencyRefused(f"免职日期应在任职日期 {membership.since} 之后。")
    still = models.Q(ended=None) | models.Q(ended__gt=on)
    if not Membership.objects.filter(still, pk=membership.pk).update(ended=on):
        raise AgencyRefused("这项任职已由他人结束，请刷新后查看。")
    membership.refresh_from_db()
    record(
        "membership.ended",
        stream=membership.agency.code,
        subject=f"person:{membership.person.uid}",
        payload={
            "person": str(membership.person.uid),
            "role": membership.role,
            "ended": on.isoformat(),
        },
        by=by,
    )
    return membership
