"""Agencies as they stood on a day, and what a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, AgencyName, Level, Membership, Role
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
    """Return the roles *person* holds on *on*."""
    still = Q(ended=None) | Q(ended__gt=on)
    return Membership.objects.filter(still, person=person, since__lte=on).select_related("agency")


def visible_to(person: Person, on: date) -> QuerySet[Agency]:
    """Return the agencies whose unpublished work *person* may see on *on*.

    Members see their own agency. The county's openness office and its head, who compile and release
    the county's report (条例第三条), see every agency that is rolled up.
    """
    held = memberships_on(person, on)
    own = Q(pk__in=held.values("agency"))
    compiles = held.filter(
        role__in=[Role.OPENNESS_OFFICER, Role.LEADER],
        agency__level__in=[Level.COUNTY, Level.OFFICE],
    )
    if compiles.exists():
        return Agency.objects.filter(own | Q(rolls_up=True)).distinct()
    return Agency.objects.filter(own)
