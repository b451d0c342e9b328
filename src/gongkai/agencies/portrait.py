"""One agency as it stood on a day, with its past: what its page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.agencies.models import (
    Agency,
    AgencyContact,
    AgencyEnding,
    AgencyName,
    Succession,
)
from gongkai.agencies.queries import contact_on, parents_on


@dataclass(frozen=True)
class Passing:
    """Functions that came from or went to *other* on a day."""

    other: Agency
    name: str
    on: date
    scope: str


@dataclass(frozen=True)
class Portrait:
    """*names* are all the agency ever had, oldest first; *named* the one of the day."""

    agency: Agency
    on: date
    named: AgencyName
    names: Sequence[AgencyName]
    ending: AgencyEnding | None
    contact: AgencyContact | None
    parent: AgencyName | None
    below: Sequence[AgencyName]
    came: Sequence[Passing]
    went: Sequence[Passing]

    @property
    def is_gone(self) -> bool:
        return self.ending is not None and self.ending.on <= self.on


def portrait_of(code: str, on: date) -> Portrait | None:
    """Return the agency with *code* as of *on*, None where there was none yet. Four queries."""
    every = list(AgencyName.objects.select_related("agency", "agency__ending").order_by("since"))
    own = [name for name in every if name.agency.code == code]
    current = {name.agency_id: name for name in every if name.since <= on}
    if not own or own[0].agency_id not in current:
        return None
    agency = own[0].agency
    parents = parents_on(on)
    above = parents.get(agency.pk)
    passings = Succession.objects.filter(Q(source=agency) | Q(target=agency), on__lte=on)
    rows = list(passings.select_related("source__ending", "target__ending").order_by("on", "pk"))
    return Portrait(
        agency=agency,
        on=on,
        named=current[agency.pk],
        names=own,
        ending=getattr(agency, "ending", None),
        contact=contact_on(agency, on),
        parent=current.get(above) if above else None,
        below=_below(agency, current, parents, on),
        came=[_passing(row.source, row, current) for row in rows if row.target_id == agency.pk],
        went=[_passing(row.target, row, current) for row in rows if row.source_id == agency.pk],
    )


def _below(
    agency: Agency,
    current: Mapping[int, AgencyName],
    parents: Mapping[int, int | None],
    on: date,
) -> list[AgencyName]:
    """Return the names of those that stood under *agency*, without those that were no more."""
    found = [name for key, name in current.items() if parents.get(key) == agency.pk]
    ends = [(name, getattr(name.agency, "ending", None)) for name in found]
    living = [name for name, ending in ends if ending is None or ending.on > on]
    return sorted(living, key=lambda name: name.agency.code)


def _passing(other: Agency, row: Succession, current: Mapping[int, AgencyName]) -> Passing:
    return Passing(other, current[other.pk].name, row.on, row.scope)
