"""What an agency is: its code, its names, where it stands, how to reach it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.actions.turn import take_turn
from gongkai.agencies.authority import Order, authorise
from gongkai.agencies.models import (
    Agency,
    AgencyContact,
    AgencyName,
    Kind,
    Level,
    Subordination,
    refuse_after_the_end,
)
from gongkai.agencies.queries import tree_on
from gongkai.agencies.refusal import AgencyRefused
from gongkai.agencies.rules import DESCRIBERS, KEEPERS, may_keep_directory, may_record_contact
from gongkai.audit.actions import record
from gongkai.audit.identity import Actor
from gongkai.people.models import Person
from gongkai.text.canonical import Plain


@dataclass(frozen=True)
class Contact:
    """机关职能、办公地址、办公时间、联系方式、负责人 (条例第二十条第二项) and the office that takes requests."""

    duties: str
    head: str
    office: str
    address: str
    hours: str
    telephone: str
    fax: str = ""
    online: str = ""
    email: str = ""


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
    kind: Kind = Kind.ORGAN,
    parent: Agency | None = None,
    rolls_up: bool = True,
    by: Actor,
) -> Agency:
    """Enter an agency together with its first name."""
    agency = Agency(code=code, credit_code=credit_code, level=level, kind=kind, rolls_up=rolls_up)
    agency.full_clean()
    agency.save(force_insert=True)
    _name(agency, name, short, mark, since)
    if parent is not None:
        _place(agency, parent, since)
    payload: dict[str, Plain] = {
        "code": code,
        "level": level.value,
        "name": name,
        "since": since.isoformat(),
    }
    _record("agency.established", agency, payload, by)
    return agency


@transaction.atomic
def rename_agency(
    agency: Agency, *, name: str, short: str, mark: str, since: date, by: Actor
) -> AgencyName:
    """Give *agency* a new name from *since* on; what was signed under the old one keeps it."""
    take_turn(agency)
    named = _name(agency, name, short, mark, since)
    _record("agency.renamed", agency, {"name": name, "since": since.isoformat()}, by)
    return named


@transaction.atomic
def record_contact(
    agency: Agency, contact: Contact, *, since: date, order: Order | None = None, by: Person
) -> AgencyContact:
    """Make known from *since* on how *agency* is reached and what it does (条例第十二条、第二十条第二项)."""
    authorise(
        by,
        lambda standing: may_record_contact(standing, agency),
        step="登记机构信息",
        whose=DESCRIBERS,
        order=order,
    )
    row = AgencyContact(agency=agency, since=since, **asdict(contact))
    row.full_clean()
    row.save(force_insert=True)
    # The head's name is made public by law, and still stays out of the log, which keeps no personal data.
    _record("agency.described", agency, {"since": since.isoformat()}, by)
    return row


@transaction.atomic
def change_parent(
    agency: Agency, *, parent: Agency | None, since: date, by: Person
) -> Subordination:
    """Put *agency* under *parent* from *since* on. Raises :class:`AgencyRefused` for a circle."""
    authorise(by, may_keep_directory, step="调整机关隶属", whose=KEEPERS)
    take_turn(agency, *([parent] if parent else []))
    placed = _place(agency, parent, since)
    payload: dict[str, Plain] = {
        "parent": parent.code if parent else None,
        "since": since.isoformat(),
    }
    _record("agency.moved", agency, payload, by)
    return placed


def _name(agency: Agency, name: str, short: str, mark: str, since: date) -> AgencyName:
    named = AgencyName(agency=agency, name=name, short=short, mark=mark, since=since)
    named.full_clean()
    named.save(force_insert=True)
    return named


def _place(agency: Agency, parent: Agency | None, since: date) -> Subordination:
    if parent is not None:
        _refuse_parent(agency, parent, since)
    placed = Subordination(agency=agency, parent=parent, since=since)
    placed.full_clean()
    placed.save(force_insert=True)
    return placed


def _refuse_parent(agency: Agency, parent: Agency, since: date) -> None:
    for day in (since, date.max):
        if agency.pk in (parent.pk, *tree_on(day).above(parent.pk)):
            raise AgencyRefused(
                "上级不能是这个机关自己，也不能是它的下级，否则隶属关系成了一个圈。请另选上级。"
            )
    later = Subordination.objects.filter(agency=agency, since__gte=since).first()
    if later is not None:
        raise AgencyRefused(
            f"{later.since} 已登记隶属关系，新的起始日期应在其后；以前的隶属不能改写。"
        )
    refuse_after_the_end(agency, since)
    refuse_after_the_end(parent, since)


def _record(kind: str, agency: Agency, payload: dict[str, Plain], by: Actor) -> None:
    record(kind, stream=agency.code, subject=f"agency:{agency.uid}", payload=payload, by=by)
