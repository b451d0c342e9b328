"""Agencies as they stood on a day, and what a person may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from gongkai.agencies.models import (
    ADMINISTRATORS,
    Agency,
    AgencyContact,
    AgencyEnding,
    AgencyName,
    Level,
    Membership,
    Role,
    Subordination,
    Succession,
)
from gongkai.agencies.rules import FIRST_ROLES
from gongkai.agencies.standing import Held, Standing
from gongkai.agencies.tree import Node, Tree
from gongkai.people.models import Person


def names_on(on: date, agencies: Iterable[Agency] | None = None) -> dict[int, AgencyName]:
    """Return each agency's name in force on *on*, by the agency's primary key."""
    names = AgencyName.objects.filter(since__lte=on).select_related("agency").order_by("since")
    if agencies is not None:
        names = names.filter(agency__in=agencies)
    return {name.agency_id: name for name in names}


def changed_on(day: date) -> bool:
    """Whether anything of an agency begins or ends on *day*: a name, a parent, a contact, a succession, itself."""
    begun = (AgencyName, Subordination, AgencyContact)
    return (
        any(facts.objects.filter(since=day).exists() for facts in begun)
        or AgencyEnding.objects.filter(on=day).exists()
        or Succession.objects.filter(on=day).exists()
    )


def name_of(agency: Agency, on: date) -> AgencyName:
    """Return what *agency* was called on *on*. Raises ``AgencyName.DoesNotExist`` before its first name."""
    return AgencyName.objects.filter(agency=agency, since__lte=on).latest("since")


def names_of(agencies: Iterable[int]) -> dict[int, list[AgencyName]]:
    """Return every name that the agencies (primary keys) ever had, by agency, the oldest first."""
    names: dict[int, list[AgencyName]] = {}
    for name in AgencyName.objects.filter(agency__in=list(agencies)).order_by("since"):
        names.setdefault(name.agency_id, []).append(name)
    return names


def county() -> Agency:
    """Return the county government, the one agency of its level."""
    return Agency.objects.get(level=Level.COUNTY)


def rolled_up() -> QuerySet[Agency]:
    """Return the agencies whose figures make the county's report, in code order.

    Those that are no more among them: what they did and what they left open is still the county's.
    """
    return Agency.objects.filter(rolls_up=True).order_by("code")


def existing_in(year: int, agencies: Iterable[Agency], *, to_its_end: bool) -> list[Agency]:
    """Return those of *agencies* that were there on a day of *year*, in their order.

    *to_its_end* leaves out those that were no more on its last day.
    """
    agencies = list(agencies)
    last = date(year, 12, 31)
    needed = last if to_its_end else date(year, 1, 1)
    lives = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])
    there = lives.alias(began=Min("names__since")).filter(
        Q(ending=None) | Q(ending__on__gt=needed), began__lte=last
    )
    keys = set(there.values_list("pk", flat=True))
    return [agency for agency in agencies if agency.pk in keys]


def contact_on(agency: Agency, on: date) -> AgencyContact | None:
    """Return what was made known of *agency* on *on* (条例第二十条第二项), None where nothing was."""
    return AgencyContact.objects.filter(agency=agency, since__lte=on).order_by("since").last()


def parents_on(on: date) -> dict[int, int | None]:
    """Return under whom each agency stood on *on*, by primary keys."""
    rows = Subordination.objects.filter(since__lte=on).order_by("since")
    return {row.agency_id: row.parent_id for row in rows}


def tree_on(on: date) -> Tree:
    """Return the agencies as they stood on *on*."""
    names, parents = names_on(on), parents_on(on)
    ended = dict(AgencyEnding.objects.values_list("agency", "on"))
    nodes = {
        agency.pk: Node(agency, names[agency.pk], parents.get(agency.pk), ended.get(agency.pk))
        for agency in Agency.objects.order_by("code")
        if agency.pk in names
    }
    return Tree(on, nodes, parents)


def heirs_on(on: date) -> dict[int, frozenset[int]]:
    """Return, by agency, the agencies whose whole work has passed to it by *on*, directly or through others.

    An agency leaves its work when it ends. A function that moved from an agency that goes on leaves
    its past work where it was done: nothing tells which of its files belong to the function.
    """
    rows = Succession.objects.filter(on__lte=on, source__ending__on__lte=on)
    direct: dict[int, set[int]] = {}
    for source, target in rows.values_list("source", "target"):
        direct.setdefault(target, set()).add(source)
    return {heir: _all_before(heir, direct) for heir in direct}


def _all_before(heir: int, direct: Mapping[int, set[int]]) -> frozenset[int]:
    found: set[int] = set()
    ahead = set(direct.get(heir, ()))
    while ahead:
        key = ahead.pop()
        found.add(key)
        ahead |= direct.get(key, set()) - found
    return frozenset(found - {heir})


def memberships_on(person: Person, on: date) -> QuerySet[Membership]:
    """Return the roles *person* holds on *on*, those held in somebody's place among them."""
    still = Q(ended=None) | Q(ended__gt=on)
    held = Membership.objects.filter(still, person=person, since__lte=on)
    return held.select_related("agency").order_by("agency__code", "role")


def holding(on: date, *roles: Role) -> QuerySet[Person]:
    """Return the persons who hold one of *roles* anywhere on *on*, each once."""
    still = Q(ended=None) | Q(ended__gt=on)
    held = Membership.objects.filter(still, role__in=roles, since__lte=on)
    return Person.objects.filter(pk__in=held.values("person")).order_by("staff_no")


def first_roles_missing() -> list[Role]:
    """Return the roles without which a county cannot begin and which nobody has ever held there."""
    held = Membership.objects.filter(agency__level=Level.COUNTY, role__in=FIRST_ROLES)
    ever = set(held.values_list("role", flat=True))
    return [role for role in FIRST_ROLES if role.value not in ever]


def seats_on(on: date) -> QuerySet[Membership]:
    """Return who holds the administrators' seats on *on*."""
    still = Q(ended=None) | Q(ended__gt=on)
    held = Membership.objects.filter(still, role__in=ADMINISTRATORS, since__lte=on)
    return held.select_related("person").order_by("role", "since", "pk")


def holding_on(role: Role, on: date) -> QuerySet[Membership]:
    """Return who holds *role* on *on*, in whatever agency."""
    still = Q(ended=None) | Q(ended__gt=on)
    held = Membership.objects.filter(still, role=role, since__lte=on)
    return held.select_related("person").order_by("since", "pk")


def standing_on(person: Person, on: date) -> Standing:
    """Return who *person* is on *on*: one query, two where an agency of theirs took over another's work."""
    took_over = Succession.objects.filter(
        target=OuterRef("agency"), on__lte=on, source__ending__on__lte=on
    )
    rows = list(memberships_on(person, on).annotate(is_heir=Exists(took_over)))
    heirs = heirs_on(on) if any(row.is_heir for row in rows) else {}
    return Standing(
        person,
        on,
        tuple(
            Held(
                row.agency_id,
                row.agency.code,
                Level(row.agency.level),
                Role(row.role),
                heirs.get(row.agency_id, frozenset()),
            )
            for row in rows
        ),
    )


def visible_to(standing: Standing) -> QuerySet[Agency]:
    """Return the agencies whose unpublished work *standing* lets one see (invariant 4).

    One's own; those whose work passed to one's own; for the county's supervisors those of its report.
    """
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
