"""Who a person is on a day: the roles held then, asked once and handed to every predicate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.agencies.models import ADMINISTRATORS, Agency, Level, Role
from gongkai.people.models import Person

_SUPERVISES = (Role.OPENNESS_OFFICER, Role.LEADER, Role.INSPECTOR, Role.AUDITOR)
_OF_THE_COUNTY = (Level.COUNTY, Level.OFFICE)


@dataclass(frozen=True)
class Held:
    """A role in an agency, as far as predicates ask.

    *heir_of*: the agencies that are no more and whose work passed to this one. The role holds for it too.
    """

    agency_id: int
    code: str
    level: Level
    role: Role
    heir_of: frozenset[int] = frozenset()

    @property
    def reach(self) -> frozenset[int]:
        """The agency and those it is heir of."""
        return self.heir_of | {self.agency_id}


@dataclass(frozen=True)
class Standing:
    """A person with the roles of one day. Frozen: what it answers does not change within a request."""

    person: Person
    on: date
    held: tuple[Held, ...]

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.held)

    @cached_property
    def works_for(self) -> frozenset[int]:
        """The agencies whose unpublished work one sees: an administrator's seat alone shows none.

        An agency that was dissolved is among them for those who took over its work.
        """
        own = [held.reach for held in self.held if held.role not in ADMINISTRATORS]
        return frozenset[int]().union(*own)

    @cached_property
    def compiles_for_the_county(self) -> bool:
        """Whether one belongs to those who direct and check the work of the whole county (条例第三条)."""
        return any(held.role in _SUPERVISES and held.level in _OF_THE_COUNTY for held in self.held)

    def is_any(self, *roles: Role) -> bool:
        """Whether one of *roles* is held anywhere."""
        return not self.roles.isdisjoint(roles)

    def holds(self, role: Role, agency: Agency) -> bool:
        """Whether *role* is held in *agency*.

        What the county government does as an agency is the work of its office (条例第三条), whose
        roles therefore hold for it.
        """
        return self.holds_for((role,), agency.pk, Level(agency.level))

    def holds_for(self, roles: Collection[Role], agency_id: int, level: Level) -> bool:
        """Whether one of *roles* is held in the agency of which only its key and level are at hand."""
        return any(
            held.role in roles
            and (agency_id in held.reach or (level is Level.COUNTY and held.level is Level.OFFICE))
            for held in self.held
        )

    def agencies_as(self, *roles: Role) -> frozenset[int]:
        """Return the agencies in which one of *roles* is held, with those they are heirs of."""
        return frozenset[int]().union(*[held.reach for held in self.held if held.role in roles])
