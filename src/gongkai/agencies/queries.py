"""Agencies as they stood on a day, and what a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, AgencyName, Level, Membership, Role
from gongkai.agencies.standing import Held, Standing
from gongkai.people.models import Person


def names_on(on: date, agencies: Iterable[Agency] | None = None) -> dict[int, AgencyName]:
    """Return each agency's name in force on *on*, by the agency's primary key."""
    names = AgencyName.objects.filter(since__lte=on).order_by("since")
    if agencies is not None:
        names = names.filter(agency__in=agencies)
    return {name.agency_id: name for name in names}


def name_of(agency: Agency, on: date) -> AgencyName:
    """Return what *agency* was called on *on*. Raises ``AgencyName.DoesNotExist`` before its first name."""
    return AgencyName.objects.filter(agency=agency, since__lte=on).latest("since")


def county() -> Agency:
    """Return the county government, the one agency of its level."""
    return Agency.objects.get(level=Level.COUNTY)


def rolled_up() -> QuerySet[Agency]:
    """Return the agencies whose figures make the county's report, in code order."""
    return Agency.objects.filter(rolls_up=True).order_by("code")


def memberships_on(person: Person, on: date) -> QuerySet[Membership]:
    """Return the roles *person* holds on *on*, those held in somebody's place among them."""
    still = Q(ended=None) | Q(ended__gt=on)
    held = Membership.objects.filter(still, person=person, since__lte=on)
    return held.select_related("agency").order_by("agency__code", "role")


def holding_on(role: Role, on: date) -> QuerySet[Membership]:
    """Return who holds *role* on *on*, in whatever agency."""
    still = Q(ended=None) | Q(ended__gt=on)
    held = Membership.objects.filter(still, role=role, since__lte=on)
    return held.select_related("person").order_by("since", "pk")


def standing_on(person: Person, on: date) -> Standing:
    """Return who *person* is on *on*: one query, asked once a page."""
    return Standing(
        person,
        on,
        tuple(
            Held(row.agency_id, row.agency.code, Level(row.agency.level), Role(row.role))
            for row in memberships_on(person, on)
        ),
    )


def visible_to(standing: Standing) -> QuerySet[Agency]:
    """Return the agencies whose unpublished work *standing* lets one see (invariant 4)."""
    own = Q(pk__in=standing.works_for)
    if standing.compiles_for_the_county:
        return Agency.objects.filter(own | Q(rolls_up=True))
    return Agency.objects.filter(own)


def working_as(standing: Standing, *roles: Role) -> QuerySet[Agency]:
    """Return the agencies for which one of *roles* is held; the office's roles hold for the county."""
    own = Q(pk__in=standing.agencies_as(*roles))
    if any(held.role in roles and held.level is Level.OFFICE for held in standing.held):
        own |= Q(level=Level.COUNTY)
    return Agency.objects.filter(own)
