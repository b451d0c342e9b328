"""What an agency, or a person, has in hand: told by the rooms above, which own those rows.

Each room enters its own when it is ready. Before agencies are merged or somebody leaves a post, the
one who decides is shown all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.people.models import Person

OfAgency = Callable[[Agency, date], Iterable[object]]
OfPerson = Callable[[Person, Agency], Iterable[object]]


def nothing(person: Person, agency: Agency) -> Iterable[object]:
    """What is an agency's and no single person's."""
    return ()


@dataclass(frozen=True)
class Estate:
    """One kind of thing in hand. *fate*: what becomes of it when its agency is no more, as a sentence.

    *of_agency* names what is open in an agency on a day (uids, or whatever tells one from another);
    *of_person* what is one person's there. *needs_heir*: somebody has to finish it.
    """

    name: str
    title: str
    fate: str
    of_agency: OfAgency
    of_person: OfPerson = nothing
    needs_heir: bool = True


_estates: dict[str, Estate] = {}


def register_estate(estate: Estate) -> None:
    """Enter *estate*. Raises ``ValueError`` when another room uses its name."""
    known = _estates.setdefault(estate.name, estate)
    if known is not estate:
        raise ValueError(f"estate {estate.name} is already registered")


def estates() -> tuple[Estate, ...]:
    """Return everything registered, in order of registration: that of the rooms."""
    return tuple(_estates.values())


def in_hand(agency: Agency, on: date) -> list[tuple[Estate, int]]:
    """Return how much of each kind *agency* has in hand on *on*; what it has none of is left out."""
    counted = [(estate, len(list(estate.of_agency(agency, on)))) for estate in estates()]
    return [(estate, n) for estate, n in counted if n]


def in_hand_of(person: Person, agency: Agency) -> list[tuple[Estate, int]]:
    """Return how much of each kind *person* has in hand in *agency*; what there is none of is left out."""
    counted = [(estate, len(list(estate.of_person(person, agency)))) for estate in estates()]
    return [(estate, n) for estate, n in counted if n]
