"""What the security administrator gives (授权): the three administrators' seats, and a county's first people.

Every other role is given by those who direct the work. In a county that begins nobody does yet, so its
first officer and its first head come from here, each once.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.actions.appointing import appoint
from gongkai.agencies.actions.ending import end_on
from gongkai.agencies.actions.turn import take_turn
from gongkai.agencies.authority import authorise
from gongkai.agencies.models import ADMINISTRATORS, Agency, Membership, Role
from gongkai.agencies.queries import county, holding_on
from gongkai.agencies.refusal import AgencyRefused
from gongkai.agencies.rules import FIRST_ROLES, SEAT_KEEPERS, may_keep_seats
from gongkai.people.models import Person

_OWN = "不能任免自己。请由另一位安全管理员办理；只有一位的，请先任命第二位。"


@transaction.atomic
def appoint_administrator(person: Person, *, role: Role, since: date, by: Person) -> Membership:
    """Give *person* one of the three seats, at the county. Raises :class:`AgencyRefused`."""
    _refuse_others(person, by)
    if role not in ADMINISTRATORS:
        raise AgencyRefused(f"“{role.label}”不是管理员，由本单位负责人或县政务公开办任命。")
    at = _in_turn()
    if holding_on(role, since).filter(person=person).exists():
        raise AgencyRefused(f"{person.name}已经是{role.label}，不用重复任命。")
    return appoint(person, at, role=role, since=since, by=by)


@transaction.atomic
def end_administrator(seat: Membership, *, on: date, by: Person) -> Membership:
    """End an administrator's seat on *on*. The last holder stays until there is another."""
    _refuse_others(seat.person, by)
    _in_turn()
    others = holding_on(Role(seat.role), on).exclude(person=seat.person)
    if not others.filter(person__accounts__is_active=True).exists():
        raise AgencyRefused(
            f"{seat.person.name}是最后一位{seat.get_role_display()}，免职后就无人办理。请先任命接任的人。"
        )
    return end_on(seat, on, by)


@transaction.atomic
def seat_first(person: Person, *, role: Role, since: date, by: Person) -> Membership:
    """Give the county its first officer or head: once, while nobody holds the role."""
    _refuse_others(person, by)
    if role not in FIRST_ROLES:
        raise AgencyRefused(f"“{role.label}”由县政务公开办或者本单位负责人任命，不在这里办理。")
    at = _in_turn()
    if Membership.objects.filter(agency=at, role=role).exists():
        raise AgencyRefused(
            f"县级人民政府已经有过“{role.label}”。以后的任免由在任的政务公开办、负责人办理。"
        )
    return appoint(person, at, role=role, since=since, by=by)


def _refuse_others(person: Person, by: Person) -> None:
    if person == by:
        raise AgencyRefused(_OWN)
    authorise(by, may_keep_seats, step="管理员的任免", whose=SEAT_KEEPERS)


def _in_turn() -> Agency:
    """Return the county, held until commit: two administrators at once are seen in turn."""
    at = county()
    take_turn(at)
    return at
