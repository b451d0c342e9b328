"""The registry of figures. A room registers families of figures when it is ready; nobody types a number.

A family computes many figures from few queries (the 175 cells of table 3 come from four). For each of
its keys it can also list the records the value is made of, and the value always equals what those
records weigh together: that is what a figure's door opens onto.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from gongkai.agencies.models import Agency
from gongkai.law.rules import Rules


@dataclass(frozen=True)
class Scope:
    """Whose figures, for which year, as of which day. *as_of* is 31 December except in a draft."""

    agencies: tuple[Agency, ...]
    year: int
    as_of: date
    rules: Rules

    @property
    def agency_ids(self) -> tuple[int, ...]:
        return tuple(agency.pk for agency in self.agencies)

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)


@dataclass(frozen=True)
class Definition:
    """What a figure means: the sentence printed beside its list, its unit and its legal source."""

    key: str
    title: str
    meaning: str
    unit: str
    basis: str
    version: int = 1


@dataclass(frozen=True)
class Record:
    """One thing a figure counts. *weight* is 1 for things counted, or the amount the record adds."""

    uid: UUID
    label: str
    detail: str
    agency_id: int
    on: date | None
    weight: int = 1
    address: str = ""


@dataclass(frozen=True)
class Gap:
    """Something that should be there and is not: it blocks the figure, because missing is not zero."""

    agency_id: int
    reason: str


@dataclass(frozen=True)
class Value:
    """A figure's value, or None with the gaps that keep it from being known."""

    amount: int | None
    gaps: tuple[Gap, ...] = ()


class Family(Protocol):
    """A set of figures computed together."""

    @property
    def definitions(self) -> Sequence[Definition]: ...

    def values(self, scope: Scope) -> Mapping[str, Value]:
        """Return the value of every key of this family."""
        ...

    def records(self, scope: Scope, key: str) -> Iterator[Record]:
        """Yield the records behind *key*, in a stable order."""
        ...

    def uids(self, scope: Scope, key: str) -> Iterator[UUID]:
        """Yield the uids of those records only: what a freeze keeps."""
        ...


class UnknownFigure(KeyError):
    """No room has registered this key."""


_families: dict[str, Family] = {}
_owners: dict[str, str] = {}


def register(name: str, family: Family) -> None:
    """Enter *family* under *name*. Raises ``ValueError`` when one of its keys is taken."""
    for definition in family.definitions:
        owner = _owners.setdefault(definition.key, name)
        if owner != name:
            raise ValueError(f"figure {definition.key} is already registered by {owner}")
    _families[name] = family


def registered() -> tuple[str, ...]:
    """Return every registered key."""
    return tuple(_owners)


def definition(key: str) -> Definition:
    """Return what *key* means. Raises ``UnknownFigure``."""
    family = family_of(key)
    return next(found for found in family.definitions if found.key == key)


def family_of(key: str) -> Family:
    """Return the family that computes *key*. Raises ``UnknownFigure``."""
    try:
        return _families[_owners[key]]
    except KeyError:
        raise UnknownFigure(key) from None


def values(scope: Scope) -> dict[str, Value]:
    """Return the value of every registered figure."""
    found: dict[str, Value] = {}
    for family in _families.values():
        found.update(family.values(scope))
    return found


def records(scope: Scope, key: str) -> Iterator[Record]:
    """Yield the records behind *key*. Raises ``UnknownFigure``."""
    return family_of(key).records(scope, key)


def uids(scope: Scope, key: str) -> Iterator[UUID]:
    """Yield the uids behind *key*. Raises ``UnknownFigure``."""
    return family_of(key).uids(scope, key)
