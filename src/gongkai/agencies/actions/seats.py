"""Roles given, lent to a deputy, passed on and ended, by somebody who may."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction

from gongkai.agencies.actions.appointing import appoint
from gongkai.agencies.actions.ending import end_on
from gongkai.agencies.actions.turn import one_at_a_time, take_turn
from gongkai.agencies.administrators import refuse_mixed
from gongkai.agencies.authority import authorise
from gongkai.agencies.models import (
    ADMINISTRATORS,
    Agency,
    Membership,
    Role,
    refuse_after_the_end,
)
from gongkai.agencies.refusal import AgencyRefused
from gongkai.agencies.rules import APPOINTERS, OF_THE_COUNTY, may_appoint, may_seat
from gongkai.audit.actions import record
from gongkai.people.models import Person
from gongkai.text.canonical import Plain

_OWN = "不能任命自己。请由本单位另一位负责人，或者县政府办公室政务公开办办理。"


@transaction.atomic
def assign_role(
    person: Person, agency: Agency, *, role: Role, since: date, by: Person
) -> Membership:
    """Give *person* a role in *agency* from *since* on. Raises :class:`AgencyRefused`."""
    _refuse(person, agency, role, by)
    take_turn(agency)
    refuse_after_the_end(agency, since)
    if _held(person, agency, role, since).exists():
        raise AgencyRefused("这位同志在这个机关已担任（或已登记将担任）这一角色，不用重复登记。")
    return appoint(person, agency, role=role, since=since, by=by)


@transaction.atomic
def appoint_deputy(
    person: Person,
    agency: Agency,
    *,
    role: Role,
    since: date,
    ended: date,
    in_place_of: Person,
    by: Person,
) -> Membership:
    """Let *person* hold the role of *in_place_of* from *since* until the day before *ended*."""
    _refuse(person, agency, role, by)
    take_turn(agency)
    if ended <= since:
        raise AgencyRefused("代理的截止日期应在开始日期之后：代理必须有期限，到日自动失效。")
    principal = Membership.objects.filter(
        models.Q(ended=None) | models.Q(ended__gt=since),
        person=in_place_of,
        agency=agency,
        role=role,
        since__lte=since,
        in_place_of=None,
    )
    if not principal.exists():
        raise AgencyRefused(
            f"{since} 这一天，被代理人在这个机关并不担任“{role.label}”，没有可以代理的职务。请核对。"
        )
    one_at_a_time(person)
    refuse_mixed(person, role, since=since, ended=ended)
    deputy = Membership(
        person=person, agency=agency, role=role, since=since, ended=ended, in_place_of=in_place_of
    )
    deputy.full_clean()
    deputy.save(force_insert=True)
    payload: dict[str, Plain] = {
        "person": str(person.uid),
        "role": role.value,
        "since": since.isoformat(),
        "ended": ended.isoformat(),
        "in_place_of": str(in_place_of.uid),
    }
    _record("membership.deputed", deputy, payload, by)
    return deputy


@transaction.atomic
def end_membership(membership: Membership, *, on: date, by: Person) -> Membership:
    """End a role: on *on* it is no longer held.

    Refused for the county's last openness officer: the office must always have somebody (条例第四条).
    """
    agency = membership.agency
    authorise(by, lambda standing: may_appoint(standing, agency), step="免职", whose=APPOINTERS)
    if membership.role in ADMINISTRATORS:
        raise AgencyRefused("三员（系统、安全、审计管理员）的任免不在这里办理，请联系安全管理员。")
    # The last officer must not leave because two are let go at the same moment.
    take_turn(agency, *Agency.objects.filter(level__in=OF_THE_COUNTY))
    _refuse_last_officer(membership, on)
    return end_on(membership, on, by)


@transaction.atomic
def transfer(membership: Membership, *, to: Agency, role: Role, on: date, by: Person) -> Membership:
    """Move somebody to another agency or role: the old one ends and the new one begins on *on*."""
    # The new one first: who may not appoint there is told so before anything is ended.
    began = assign_role(membership.person, to, role=role, since=on, by=by)
    end_membership(membership, on=on, by=by)
    return began


def _refuse(person: Person, agency: Agency, role: Role, by: Person) -> None:
    if person == by:
        raise AgencyRefused(_OWN)
    authorise(
        by, lambda standing: may_seat(standing, agency, role, person), step="任命", whose=APPOINTERS
    )


def _held(person: Person, agency: Agency, role: Role, since: date) -> models.QuerySet[Membership]:
    still = models.Q(ended=None) | models.Q(ended__gt=since)
    return Membership.objects.filter(
        still, person=person, agency=agency, role=role, in_place_of=None
    )


def _refuse_last_officer(membership: Membership, on: date) -> None:
    officer = Role.OPENNESS_OFFICER
    if membership.role != officer or membership.agency.level not in OF_THE_COUNTY:
        return
    if membership.in_place_of_id is not None:
        return
    others = Membership.objects.filter(
        ended=None,
        role=officer,
        agency__level__in=OF_THE_COUNTY,
        since__lte=on,
        in_place_of=None,
    )
    if not others.exclude(pk=membership.pk).exists():
        raise AgencyRefused(
            "这是县政府办公室最后一位政务公开办人员，免职后就无人受理申请、推进工作（条例第四条）。"
            "请先登记接任的人，再办理免职。"
        )


def _record(kind: str, membership: Membership, payload: dict[str, Plain], by: Person) -> None:
    record(
        kind,
        stream=membership.agency.code,
        subject=f"person:{membership.person.uid}",
        payload=payload,
        by=by,
    )
