"""Writing agencies, their names and memberships."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from gongkai.agencies.administrators import refuse_mixed
from gongkai.agencies.models import Agency, AgencyName, Level, Membership, Role
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@transaction.atomic
def establish_agency(
    *,
    code: str,
    credit_code: str,
    level: Level,
    name: str,
    short: str,
    mark: str,
    since: date,
    parent: Agency | None = None,
    rolls_up: bool = True,
    by: Actor,
) -> Agency:
    """Enter an agency together with its first name."""
    agency = Agency(
        code=code, credit_code=credit_code, level=level, parent=parent, rolls_up=rolls_up
    )
    agency.full_clean()
    agency.save(force_insert=True)
    named = AgencyName(agency=agency, name=name, short=short, mark=mark, since=since)
    named.full_clean()
    named.save(force_insert=True)
    payload: dict[str, Plain] = {
        "code": code,
        "level": level.value,
        "name": name,
        "since": since.isoformat(),
    }
    record(
        "agency.established", stream=code, subject=f"agency:{agency.uid}", payload=payload, by=by
    )
    return agency


@transaction.atomic
def rename_agency(
    agency: Agency, *, name: str, short: str, mark: str, since: date, by: Actor
) -> AgencyName:
    """Give *agency* a new name from *since* on; what was signed under the old one keeps it."""
    named = AgencyName(agency=agency, name=name, short=short, mark=mark, since=since)
    named.full_clean()
    named.save(force_insert=True)
    payload: dict[str, Plain] = {"name": name, "since": since.isoformat()}
    record(
        "agency.renamed", stream=agency.code, subject=f"agency:{agency.uid}", payload=payload, by=by
    )
    return named


@transaction.atomic
def appoint(person: Person, agency: Agency, *, role: Role, since: date, by: Actor) -> Membership:
    """Give *person* a role in *agency* from *since* on.

    Raises ``SeatsMixed`` for an administrator's seat beside another one or beside a role of the work.
    """
    Person.objects.filter(pk=person.pk).update(staff_no=F("staff_no"))  # one appointment at a time
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
