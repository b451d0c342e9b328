"""Giving people their roles."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.actions.turn import one_at_a_time
from gongkai.agencies.administrators import refuse_mixed
from gongkai.agencies.models import Agency, Membership, Role
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def appoint(person: Person, agency: Agency, *, role: Role, since: date, by: Actor) -> Membership:
    """Give *person* a role in *agency* from *since* on.

    Raises ``SeatsMixed`` for an administrator's seat beside another one or beside a role of the work.
    """
    one_at_a_time(person)
    refuse_mixed(person, role, since=since)
    membership = Membership(person=person, agency=agency, role=role, since=since)
    membership.full_clean()
    membership.save(force_insert=True)
    payload: dict[str, Plain] = {
        "person": str(person.uid),
        "role": role.value,
        "since": since.isoformat(),
    }
    record(
        "membership.began",
        stream=agency.code,
        subject=f"person:{person.uid}",
        payload=payload,
        by=by,
    )
    return membership
