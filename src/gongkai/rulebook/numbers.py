"""Which rows bear the numbers of a series: the room that numbers its rows tells, when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Kind:
    """A kind of series: its *title*, and which of some rows exist and therefore bear their number."""

    title: str
    existing: Callable[[Collection[UUID]], set[UUID]]


_registered: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Make a kind of series known. Raises ``ValueError`` for a name that is taken."""
    if name in _registered:
        raise ValueError(name)
    _registered[name] = kind


def title_of(name: str) -> str:
    """Return what a kind is called, or the name itself where no room claims it."""
    found = _registered.get(name)
    return found.title if found else name


def is_borne(name: str, subject: UUID) -> bool:
    """Whether the row a number was taken for exists."""
    found = _registered.get(name)
    return found is not None and subject in found.existing([subject])
